"""When the daily mail of notices goes, pure."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo


def last_digest_moment(now: datetime, *, hour: int, zone: ZoneInfo) -> datetime:
    """The latest moment up to ``now`` at which the daily mail was to go: this hour of the day by this clock."""
    local = now.astimezone(zone)
    today = local.replace(hour=hour, minute=0, second=0, microsecond=0, fold=0)
    # By the calendar, not by 24 hours: on the days on which clocks change it goes at the same hour too.
    return today if today <= local else today - timedelta(days=1)
