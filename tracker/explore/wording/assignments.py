"""What is said of a choice in the grid of assignments: why nothing is done, what is wrong, what was done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.batches.choices import Outcome
from tracker.batches.plans import Change
from tracker.batches.services import Looked
from tracker.common.formats import show_date, show_quarter
from tracker.progress.choices import AssigningStep
from tracker.progress.services.assigning import Choice, Outlook
from tracker.progress.services.taking_back import LeantOn

if TYPE_CHECKING:
    from ..reading.assignments import Ticked

MOST_ERRORS = 12
MOST_NAMED = 4

T = TypeVar("T")


def say_nothing_ticked(ticked: "Ticked", *, one_mission: bool) -> str:
    """What is missing from the boxes that were ticked."""
    if one_mission:
        # Its column is always meant.
        return _("Nothing is ticked. Tick indicators, or all that are listed.")
    if (ticked.rows or ticked.all_rows) and not ticked.columns:
        return _("Indicators are ticked, and no mission: tick the missions too, in the head of the grid.")
    if ticked.columns:
        return _("Missions are ticked, and no indicator: tick the indicators too, or all that are listed.")
    return _("Nothing is ticked. Tick cells, or indicators and missions.")


def say_nothing_changes(choice: Choice) -> str:
    """Why a choice comes to nothing."""
    day = {"day": show_date(choice.on)}
    if choice.step == AssigningStep.END:
        return _("Nothing would change: none of these is assigned after %(day)s.") % day
    if choice.step == AssigningStep.FIRST_DAY:
        return (
            _("Nothing would change: none of these is assigned, or all of them begin on %(day)s already.")
            % day
        )
    if choice.step == AssigningStep.LAST_DAY:
        return (
            _(
                "Nothing would change: none of these has a last day, or it is %(day)s already. End what has none."
            )
            % day
        )
    return _("Nothing would change: all of these are assigned, without an end.")


def say_errors(looked: Looked) -> list[str]:
    """What is wrong, each with the pair that it is about."""
    errors = looked.plan.errors
    rows = {row.row: row for row in looked.rows}
    said = []
    for error in errors[:MOST_ERRORS]:
        row = rows.get(error.row or 0)
        said.append(f"{row.indicator}, {row.mission}: {error.message}" if row else str(error.message))
    return _with_more(said, len(errors))


def say_leant_on(found: Sequence[LeantOn]) -> list[str]:
    """Why assignments cannot be taken back, each with what leans on it and what to do."""
    said = []
    for each in found[:MOST_ERRORS]:
        what = []
        if each.periods:
            what.append(_("results for %(periods)s") % {"periods": _say_some(each.periods, show_quarter)})
        if each.has_baseline:
            what.append(_("a baseline"))
        if each.targets:
            what.append(_("targets by %(days)s") % {"days": _say_some(each.targets, show_date)})
        said.append(
            _("%(indicator)s, %(mission)s cannot be taken back: it has %(what)s.")
            % {"indicator": each.indicator, "mission": each.mission, "what": "; ".join(what)}
        )
    said = _with_more(said, len(found))
    if found:
        said.append(
            _(
                "End these instead; or withdraw their baselines and targets first, on their pages. What has results "
                "was asked for."
            )
        )
    return said


def _say_some(things: Sequence[T], show: Callable[[T], str]) -> str:
    """A few in a row; of many the first, the last, and how many there are."""
    if len(things) <= MOST_NAMED:
        return ", ".join(map(show, things))
    return _("%(first)s to %(last)s (%(count)d in all)") % {
        "first": show(things[0]),
        "last": show(things[-1]),
        "count": len(things),
    }


def _with_more(said: list[str], in_all: int) -> list[str]:
    if more := in_all - len(said):
        said.append(
            ngettext("… and %(count)s more like it.", "… and %(count)s more like these.", more)
            % {"count": more}
        )
    return said


def say_done(choice: Choice, outlook: Outlook) -> str:
    """What was saved."""
    day = {"day": show_date(choice.on)}
    if choice.step == AssigningStep.END:
        return ngettext(
            "%(count)s assignment ends on %(day)s.", "%(count)s assignments end on %(day)s.", outlook.ended
        ) % {"count": outlook.ended, **day}
    if choice.step == AssigningStep.FIRST_DAY:
        return ngettext(
            "The first day of %(count)s assignment is %(day)s now.",
            "The first day of %(count)s assignments is %(day)s now.",
            outlook.corrected,
        ) % {"count": outlook.corrected, **day}
    if choice.step == AssigningStep.LAST_DAY:
        return ngettext(
            "The last day of %(count)s assignment is %(day)s now.",
            "The last day of %(count)s assignments is %(day)s now.",
            outlook.corrected,
        ) % {"count": outlook.corrected, **day}
    said = []
    if outlook.begun:
        said.append(
            ngettext(
                "%(count)s assignment begins on %(day)s.",
                "%(count)s assignments begin on %(day)s.",
                outlook.begun,
            )
            % {"count": outlook.begun, **day}
        )
    if outlook.resumed:
        said.append(
            ngettext(
                "%(count)s assignment goes on without an end.",
                "%(count)s assignments go on without an end.",
                outlook.resumed,
            )
            % {"count": outlook.resumed}
        )
    return " ".join(said)


def say_taken_back(count: int) -> str:
    """How many assignments were taken back."""
    if not count:
        return _("These were taken back already: the grid shows how they stand.")
    return ngettext("%(count)s assignment is taken back.", "%(count)s assignments are taken back.", count) % {
        "count": count
    }


@dataclass(frozen=True)
class ChangedSpan:
    """An assignment that changes: its first and last day, in words."""

    indicator: str
    mission: str
    first: str
    last: str


def say_change(change: Change) -> ChangedSpan:
    """A planned row in words."""
    is_new = change.outcome == Outcome.NEW

    def say(name: str) -> str:
        if name not in change.cells:
            return _("none") if is_new else _("stays")
        old, new = change.cells[name]
        return _say_day(new) if is_new else f"{_say_day(old)} → {_say_day(new)}"

    return ChangedSpan(change.key[0], change.key[1], say("active_from"), say("active_to"))


def _say_day(day: date | None) -> str:
    return show_date(day) if day else _("none")
