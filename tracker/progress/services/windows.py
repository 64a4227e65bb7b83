"""When the reports of a period are taken: setting a window, and extending the strategy by periods."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.access.models import User
from tracker.access.policies import can_plan
from tracker.common.bulk import share_writes
from tracker.common.errors import NotAllowed, Refused, Stale
from tracker.framework.models import Strategy
from tracker.region.models import Mission

from ..choices import Transition
from ..models import ReportingPeriod, ReviewEvent
from ..rules import Window
from .locks import PROGRESS, today_of
from .plans import make_quarters, quarters_between

PROPOSED = 4
"""How many periods are proposed, and the most that are added at once."""


# -- One window ---------------------------------------------------------------------------------------
def window_of(period: ReportingPeriod) -> Window:
    """The window that a period has now."""
    return Window(period.opens_on, period.due_on, period.closes_on)


def has_opened(period: ReportingPeriod) -> bool:
    """Whether some mission's clock has reached the day on which the window opens: one statement."""
    missions = Mission.objects.order_by("time_zone").distinct("time_zone")
    return period.opens_on <= max((today_of(each) for each in missions), default=timezone.localdate())


def may_count_anew(period: ReportingPeriod) -> bool:
    """Whether “on time” may go by another due date than the one with which the window opened: where nobody has
    handed in by it. So it is when the tracker begins to be used, and when its periods have long passed.
    """
    return not ReviewEvent.objects.filter(
        revision__report__period=period, transition=Transition.SUBMIT
    ).exists()


def first_due_date(
    *, period: ReportingPeriod, due_on: date, has_opened: bool, counts_anew: bool
) -> date | None:
    """The original due date, once the window has this one; None where they are the same.

    Before a window opens nobody was asked to hand in by its date, and the new one is the original. Once it has
    opened, the date with which it did stays, however often it is set again.
    """
    if not has_opened or counts_anew or due_on == period.judged_on:
        return None
    return period.judged_on


@transaction.atomic
def set_window(
    *,
    period: ReportingPeriod,
    opens_on: date,
    due_on: date,
    closes_on: date,
    user: User,
    shown: Window | None = None,
    counts_anew: bool = False,
) -> ReportingPeriod:
    """Give a period's window other dates, for every mission. All three days count in full, by each mission's clock.

    “On time” goes on to be judged against the due date with which the window opened; ``counts_anew``: by the new
    one, which is refused once somebody has handed in. ``shown`` is the window that the person saw (None: any).

    Raises NotAllowed for all but officers and administrators, Refused where the dates are not in order, Stale where
    somebody else has re-dated it meanwhile.
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
    # The race it prevents: of two who re-date at once, the second waits, and is told what the first has set.
    held = ReportingPeriod.objects.select_for_update().get(pk=period.pk)
    wanted = Window(opens_on, due_on, closes_on)
    if shown is not None and window_of(held) not in (shown, wanted):
        raise Stale(_("Somebody has re-dated this window meanwhile. Look at its dates again."))
    if counts_anew and not may_count_anew(held):
        raise Refused(
            _(
                "A report of this period was handed in already, so “on time” stays judged by the original due date."
            )
        )
    period.first_due_on = first_due_date(
        period=held, due_on=due_on, has_opened=has_opened(held), counts_anew=counts_anew
    )
    period.opens_on, period.due_on, period.closes_on = opens_on, due_on, closes_on
    period.save(update_fields=["opens_on", "due_on", "closes_on", "first_due_on"])
    return period


# -- More periods -------------------------------------------------------------------------------------
def propose_periods(strategy: Strategy, *, count: int = PROPOSED) -> list[ReportingPeriod]:
    """The quarters that would come next, with their windows, not saved: one statement."""
    last = ReportingPeriod.objects.filter(strategy=strategy).order_by("number").last()
    first = last.ends_on + timedelta(days=1) if last else strategy.starts_on
    # A quarter has at most 92 days; one more because the strategy may begin within one.
    until = first + timedelta(days=92 * (count + 1))
    return make_quarters(strategy, quarters_between(first, until)[:count])


@transaction.atomic
def add_periods(*, strategy: Strategy, codes: Sequence[str], user: User) -> list[ReportingPeriod]:
    """Extend a strategy by the periods that come next: ``codes`` are those that the person was shown, in order.

    Gives what was added, nothing where they are all there (a double click). Raises NotAllowed, and Stale where
    others come next by now.
    """
    share_writes(PROGRESS)
    if not can_plan(user):
        raise NotAllowed(_("Only officers and administrators add periods."))
    # The race it prevents: of two who extend at once, the second waits, and does not add the years after.
    strategy = Strategy.objects.select_for_update().get(pk=strategy.pk)
    there = ReportingPeriod.objects.filter(strategy=strategy, code__in=codes).count()
    if codes and there == len(set(codes)):
        return []
    proposed = propose_periods(strategy)[: len(codes)]
    if not codes or [period.code for period in proposed] != list(codes):
        raise Stale(_("Other periods come next by now. Look at what is proposed, and add them from there."))
    return ReportingPeriod.objects.bulk_create(proposed)
