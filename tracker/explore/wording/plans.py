"""What the pages of baselines and targets ask back and say: what has to be confirmed, and who came first."""

from datetime import date

from django.utils.translation import gettext as _

from tracker.batches.choices import Outcome
from tracker.batches.services import Looked
from tracker.common.formats import show_date, show_exact


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
