"""What the words and marks of a page mean: the statuses, and what stands where there is no figure."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.common.formats import MISSING, THIN_SPACE, show_exact

from .shares import Judge
from .statuses import STATUSES, StatusStyle
from .terms import MissionStanding, RegionStanding, Standing

NOT_APPLICABLE_MARK = gettext_lazy("n/a")
NOTHING_MARK = "·"
"""Where there is nothing to print and nobody failed to report."""


@dataclass(frozen=True)
class Gap:
    """What stands where there is no figure: its mark, and why there is none. A zero is a figure."""

    mark: str | Promise
    why: str | Promise


GAPS: Mapping[str, Gap] = {
    "not_reported": Gap(MISSING, gettext_lazy("Not reported")),
    "not_applicable": Gap(NOT_APPLICABLE_MARK, gettext_lazy("Not applicable")),
    "not_due": Gap(NOTHING_MARK, gettext_lazy("Nothing was due yet")),
    "not_asked": Gap(NOTHING_MARK, gettext_lazy("Not asked of any mission")),
    "not_assigned": Gap(NOTHING_MARK, gettext_lazy("Not asked of this mission")),
    "too_few": Gap(NOTHING_MARK, gettext_lazy("Too few missions reported to compare")),
    "no_expected": Gap(NOTHING_MARK, gettext_lazy("No expected level")),
    "no_share": Gap(NOTHING_MARK, gettext_lazy("Cannot be computed")),
    "no_baseline": Gap(NOTHING_MARK, gettext_lazy("No baseline")),
    "nothing_judged": Gap(NOTHING_MARK, gettext_lazy("Nothing can be judged")),
    "nothing_due": Gap(NOTHING_MARK, gettext_lazy("Nothing is due")),
    "nothing_asked": Gap(MISSING, gettext_lazy("Nothing was asked for")),
    "not_in_table": Gap(NOTHING_MARK, gettext_lazy("Not in the table of the document")),
    "no_date": Gap(NOTHING_MARK, gettext_lazy("No date is given")),
}


def why_no_actual(standing: Standing, *, is_proposed: bool) -> str:
    """The code of the gap beside the target. A proposed indicator falls due for nobody."""
    if isinstance(standing, MissionStanding) and standing.not_applicable:
        return "not_applicable"
    if standing.value is not None:
        return "too_few"
    if standing.judged_at is None or is_proposed:
        return "not_due"
    if isinstance(standing, RegionStanding):
        excused = standing.coverage.not_applicable
        if not set(standing.coverage.kind) - set(excused):
            return "not_applicable" if excused else "not_asked"
    return "not_reported"


def status_meanings(judge: Judge) -> list[tuple[StatusStyle, str]]:
    """Every status and what it says, in the usual order."""
    shares = {
        "on_track": show_exact(judge.on_track_from.scaleb(2)) + f"{THIN_SPACE}%",
        "at_risk": show_exact(judge.at_risk_from.scaleb(2)) + f"{THIN_SPACE}%",
    }
    words = {
        "achieved": _(
            "The target is reached. “At target” with a date: reached before that date, and still to be kept."
        ),
        "on_track": _("At least %(on_track)s of the way that was expected by now is covered.") % shares,
        "at_risk": _("At least %(at_risk)s of it, and less than %(on_track)s.") % shares,
        "off_track": _("Less than %(at_risk)s of it, or further from the target than at the start.") % shares,
        "not_due": _("Nothing was due yet, or it is too early to judge."),
        "no_data": _("Nothing was reported that counts, or too few missions reported to compare."),
        "not_applicable": _("It does not apply at this time; the report says why."),
        "no_baseline": _("Where it started is unknown, so how far it came cannot be said."),
        "no_target": _("Nothing was planned: the value alone is shown."),
    }
    return [(style, words[code]) for code, style in STATUSES.items()]


def figure_meanings() -> list[tuple[str, str]]:
    """What stands in a column of figures where it is not simply a figure, and what it says."""
    return [
        ("0", _("A zero was reported.")),
        (MISSING, _("Nothing was reported, though it was due.")),
        (str(NOT_APPLICABLE_MARK), _("It does not apply; the report says why.")),
        (
            NOTHING_MARK,
            _(
                "There is nothing to show: not due yet, no target or baseline, or too few missions to compare."
            ),
        ),
    ]


def column_meanings() -> list[tuple[str, str]]:
    """The figures of a standing by name, and what they say."""
    return [
        (_("Actual"), _("What is set against the target; where it is not the whole value, the row says so.")),
        (_("Expected"), _("The level that the plan had reached by then, on the way to the target.")),
        (_("Attained"), _("How much of the way from the baseline to the final target is covered.")),
        (
            _("Pace"),
            _("How much of the way that was expected by then is covered. The status follows from it."),
        ),
    ]
