"""More time for one mission's report: granting an extension, and withdrawing it."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.access.models import User
from tracker.common.bulk import share_writes
from tracker.common.errors import NotAllowed, Refused, Stale
from tracker.common.formats import show_date, show_quarter
from tracker.region.models import Mission

from .. import policies
from ..choices import WRITABLE, RevisionStatus
from ..models import Extension, IndicatorAssignment, ReportingPeriod, ReportRevision
from .locks import PROGRESS, today_of
from .telling import tell_of_extension

MOST_DAYS = 366
"""An extension further ahead than this is a slip of the keyboard."""


@transaction.atomic
def grant_extension(
    *,
    mission: Mission,
    period: ReportingPeriod,
    until: date,
    reason: str,
    user: User,
    replaces: int | None = None,
) -> Extension:
    """Give a mission until the end of a day for its report of a period, by its own clock; in place of the extension
    that the person saw it to have (its number; None: none). A person who grants the same twice has granted it once.

    Raises NotAllowed for all but officers, Refused for a day that makes no sense, without a reason, and for a
    report that is handed in or not asked for, Stale where another officer has just granted one.
    """
    share_writes(PROGRESS)
    if not policies.can_extend(user):
        raise NotAllowed(_("Only a regional M&E officer grants an extension."))
    reason = reason.strip()
    if not reason:
        raise Refused(_("Say why the mission gets more time."))
    _refuse_unless_with_mission(mission, period)
    held = Extension.objects.in_force().filter(mission=mission, period=period).first()
    if held is not None and (held.until, held.reason, held.granted_by_id) == (until, reason, user.pk):
        return held
    if (held.pk if held else None) != replaces:
        raise Stale(_say_overtaken(mission, period))
    _refuse_odd_day(until, mission=mission, period=period)
    now = timezone.now()
    if held is not None and not _withdraw(held, user=user):
        # The race: two replace it at once, or one person twice.
        theirs = Extension.objects.in_force().filter(mission=mission, period=period).first()
        if theirs and (theirs.until, theirs.reason, theirs.granted_by_id) == (until, reason, user.pk):
            return theirs
        raise Stale(_say_overtaken(mission, period))
    try:
        with transaction.atomic():
            granted = Extension.objects.create(
                mission=mission, period=period, until=until, reason=reason, granted_by=user, granted_at=now
            )
    except IntegrityError as error:
        # The race: two officers grant the first one at once. The database lets one of them through.
        theirs = Extension.objects.in_force().filter(mission=mission, period=period).first()
        if theirs is None:
            raise
        if (theirs.until, theirs.reason, theirs.granted_by_id) == (until, reason, user.pk):
            return theirs
        raise Stale(_say_overtaken(mission, period)) from error
    tell_of_extension(granted, user=user)
    return granted


def _refuse_unless_with_mission(mission: Mission, period: ReportingPeriod) -> None:
    """Raise where the report is handed in, or nothing is due.

    Holds the revision, so that a submission at the same instant comes before, and is seen here, or after.
    """
    latest = (
        ReportRevision.objects.of(mission=mission, period=period)
        .exclude(status=RevisionStatus.DROPPED)
        .select_for_update(of=("self",))
        .order_by("-number")
        .first()
    )
    named = {"mission": mission, "period": show_quarter(period.code)}
    if latest is None:
        if not IndicatorAssignment.objects.due_in(period).filter(mission=mission).exists():
            raise Refused(
                _("Nothing is due from %(mission)s for %(period)s, so there is nothing to extend.") % named
            )
    elif latest.status == RevisionStatus.SUBMITTED:
        raise Refused(
            _(
                "%(mission)s has submitted its report for %(period)s. To have it written on, return it: it is then "
                "open until its answer-by date."
            )
            % named
        )
    elif latest.status not in WRITABLE:
        raise Refused(
            _(
                "The report of %(mission)s for %(period)s is approved. To have it corrected, reopen it: it is then "
                "open until its answer-by date."
            )
            % named
        )


def _refuse_odd_day(until: date, *, mission: Mission, period: ReportingPeriod) -> None:
    today = today_of(mission)
    if until < today:
        raise Refused(
            _("%(date)s has passed. Choose a day that is still to come.") % {"date": show_date(until)}
        )
    if until <= period.due_on:
        raise Refused(
            _("The report is due on %(due)s. An extension ends after that day.")
            % {"due": show_date(period.due_on)}
        )
    if (until - max(today, period.due_on)).days > MOST_DAYS:
        raise Refused(_("%(date)s is more than a year ahead. Check the year.") % {"date": show_date(until)})


def _say_overtaken(mission: Mission, period: ReportingPeriod) -> str:
    return _(
        "The extension of %(mission)s for %(period)s was granted, replaced or withdrawn meanwhile. Look at it again; "
        "nothing was changed."
    ) % {"mission": mission, "period": show_quarter(period.code)}


@transaction.atomic
def withdraw_extension(*, extension: Extension, user: User) -> bool:
    """Let an extension hold no more, with nothing in its place; False where the person has done so already.

    What was submitted while it held stays on time under extension. Raises NotAllowed, and Stale where somebody else
    has withdrawn or replaced it.
    """
    share_writes(PROGRESS)
    if not policies.can_extend(user):
        raise NotAllowed(_("Only a regional M&E officer withdraws an extension."))
    if _withdraw(extension, user=user):
        return True
    extension.refresh_from_db()
    if extension.withdrawn_by_id == user.pk:
        return False
    raise Stale(_("Another officer has withdrawn or replaced this extension. Look at it again."))


def _withdraw(extension: Extension, *, user: User) -> bool:
    """The UPDATE carries that it holds: of two who act at once, one changes it."""
    rows = Extension.objects.in_force().filter(pk=extension.pk)
    return bool(rows.update(withdrawn_at=timezone.now(), withdrawn_by=user))
