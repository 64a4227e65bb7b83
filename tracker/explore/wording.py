"""What the pages by which plans are changed say: what is wrong or missing, what has to be confirmed, what was done."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.batches.choices import Outcome
from tracker.batches.services import Looked
from tracker.common.formats import show_date, show_exact
from tracker.progress.choices import AssigningStep
from tracker.progress.services.assigning import Choice, Outlook

if TYPE_CHECKING:
    from .reading.assignments import Ticked

MOST_ERRORS = 12


# -- Assignments ---------------------------------------------------------------------------------------
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
    """Why there is nothing to confirm."""
    if choice.step == AssigningStep.END:
        return _("Nothing would change: none of these is assigned after %(day)s.") % {
            "day": show_date(choice.on)
        }
    return _("Nothing would change: all of these are assigned, without an end.")


def say_pair_errors(looked: Looked) -> list[str]:
    """What is wrong, each with the pair that it is about."""
    errors = looked.plan.errors
    if not errors:
        return []
    rows = {row.row: row for row in looked.rows}
    said = []
    for error in errors[:MOST_ERRORS]:
        row = rows.get(error.row or 0)
        said.append(f"{row.indicator}, {row.mission}: {error.message}" if row else str(error.message))
    if more := len(errors) - len(said):
        said.append(
            ngettext("… and %(count)s more like it.", "… and %(count)s more like these.", more)
            % {"count": more}
        )
    return said


def say_assigned(choice: Choice, outlook: Outlook) -> str:
    """What was saved."""
    day = {"day": show_date(choice.on)}
    if choice.step == AssigningStep.END:
        return ngettext(
            "%(count)s assignment ends on %(day)s.", "%(count)s assignments end on %(day)s.", outlook.ended
        ) % {"count": outlook.ended, **day}
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


# -- Baselines and targets -----------------------------------------------------------------------------
def asks_back(looked: Looked) -> bool:
    """Whether something has to be confirmed: it looks wrong, or moves more than what was typed."""
    moved = [change for change in looked.plan.changes if change.outcome != Outcome.UNCHANGED]
    return bool(looked.plan.questions) or len(moved) > 1


def say_asked(looked: Looked | None) -> list[str]:
    """What is asked about before it is saved, in sentences."""
    if looked is None:
        return []
    said = [str(question.message) for question in looked.plan.questions]
    for change in looked.plan.changes[1:]:
        for name, (old, new) in change.cells.items():
            due, _colon, what = name.partition(": ")
            if what == "level":
                said.append(
                    _("The running total by %(due)s, given per year, moves from %(old)s to %(new)s.")
                    % {
                        "due": show_date(date.fromisoformat(due)),
                        "old": show_exact(old),
                        "new": show_exact(new),
                    }
                )
    return said


def say_overtaken(now: int | None) -> str:
    """Why what was typed is not saved yet; ``now`` is the version that holds by now."""
    if now is None:
        return _(
            "Somebody withdrew what was shown here. What you typed is still there: look at the versions, and record "
            "it again if it is to hold."
        )
    return _(
        "Something else holds by now: somebody recorded it, or there was one for this date. What you typed is still "
        "there. Look at what holds, and record yours again if it is to replace it."
    )
