"""Adopting proposed indicators: from then on they fall due."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from tracker.access.models import User
from tracker.access.policies import can_plan
from tracker.common.errors import NotAllowed, Stale

from ..choices import IndicatorStatus
from ..models import Indicator


@transaction.atomic
def adopt_indicators(*, indicators: Collection[int], user: User) -> int:
    """Make proposed indicators (by id) active, all or none, and say how many they are.

    Raises NotAllowed for all but officers and administrators, Stale where one is not proposed (any more).
    """
    if not can_plan(user):
        raise NotAllowed(_("Only officers and administrators adopt indicators."))
    wanted = set(indicators)
    proposed = Indicator.objects.filter(pk__in=wanted, status=IndicatorStatus.PROPOSED)
    # The old status is part of the UPDATE: of two people who adopt at once, the second changes nothing.
    adopted = proposed.update(status=IndicatorStatus.ACTIVE)
    if adopted != len(wanted):
        raise Stale(
            _("%(count)s of these indicators are not proposed any more. Look again; nothing was changed.")
            % {"count": len(wanted) - adopted}
        )
    return adopted
