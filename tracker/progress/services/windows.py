"""Setting when the reports of a period are taken."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tracker.access.models import User
from tracker.access.policies import can_plan
from tracker.common.bulk import share_writes
from tracker.common.errors import NotAllowed, Refused

from ..models import ReportingPeriod
from .locks import PROGRESS


@transaction.atomic
def set_window(
    *, period: ReportingPeriod, opens_on: date, due_on: date, closes_on: date, user: User
) -> ReportingPeriod:
    """Give a period's window other dates than those it came with, for every mission.

    All three days count in full, by each mission's own clock. Raises NotAllowed for all but officers and
    administrators, Refused where the dates are not in order.
    """
    share_writes(PROGRESS)
    if not can_plan(user):
        raise NotAllowed(_("Only officers and administrators set the dates of a window."))
    if not period.ends_on < opens_on <= due_on <= closes_on:
        raise Refused(
            _(
                "A window opens after the period’s last day, is due on or after that and closes on or after the "
                "due date. Correct the dates."
            )
        )
    period.opens_on, period.due_on, period.closes_on = opens_on, due_on, closes_on
    period.save(update_fields=["opens_on", "due_on", "closes_on"])
    return period
