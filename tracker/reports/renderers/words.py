"""The sentences that every file of an edition carries, whatever its format."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.analysis.statuses import STATUSES
from tracker.common.formats import MISSING, show_date, show_percent, show_quarter
from tracker.reports.figures import EditionFigures, IndicatorFigures, PriorityFigures


def level_word(level: str) -> str:
    """The word for a level of results; an unknown one is shown as it is."""
    words = {"output": _("output"), "outcome": _("outcome"), "impact": _("impact"), "context": _("context")}
    return words.get(level, level)


def coverage_sentence(figures: EditionFigures) -> str:
    """How many of the reports that were due are in these figures."""
    coverage = figures.coverage
    if not coverage.missions_due:
        return _("No report was due.")
    parts = {"approved": coverage.reports_approved, "due": coverage.missions_due}
    return (
        ngettext(
            "%(approved)s of %(due)s report due is approved and counted here.",
            "%(approved)s of %(due)s reports due are approved and counted here.",
            coverage.missions_due,
        )
        % parts
    )


def missing_sentence(figures: EditionFigures) -> str:
    """Whose report is missing; empty where none is."""
    if not figures.coverage.missing:
        return ""
    return _("Not in these figures: %(missions)s.") % {"missions": ", ".join(figures.coverage.missing)}


def generated_sentence(figures: EditionFigures) -> str:
    """When the file was made."""
    return _("Generated %(date)s") % {"date": show_date(figures.generated_on)}


def standing_sentences(figures: EditionFigures) -> list[str]:
    """What a reader has to know before trusting a number: draft, demonstration, provisional."""
    sentences = []
    if figures.draft:
        sentences.append(_("Draft: not released. The figures and the text may still change."))
    if figures.provisional:
        sentences.append(_("Provisional: reports that are not yet approved are counted."))
    if figures.demonstration:
        sentences.append(_("Demonstration data: made up to show the tracker, not results of any mission."))
    return sentences


def kosovo_note(figures: EditionFigures) -> str:
    """The note that goes with the name, wherever the edition uses it; empty where it does not."""
    if "Kosovo" not in figures.to_json():
        return ""
    return _(
        "References to Kosovo shall be understood in the context of United Nations Security Council"
        " resolution 1244 (1999)."
    )


def nothing_due_sentence(figures: EditionFigures) -> str:
    """What an edition without indicators says."""
    return _("No indicators were due for %(scope)s by %(quarter)s.") % {
        "scope": figures.scope_name,
        "quarter": show_quarter(figures.period),
    }


def counts_in_words(priority: PriorityFigures) -> list[tuple[str, str]]:
    """(status code, “4 on track”) for each status that occurs, in the usual order."""
    counts = priority.status_counts
    return [
        (code, f"{counts[code]} {str(style.word).lower()}")
        for code, style in STATUSES.items()
        if counts.get(code)
    ]


def row_remarks(row: IndicatorFigures) -> list[str]:
    """What stands under an indicator's name: its unit and level, and what is particular about it."""
    remarks = [part for part in (row.row_unit, level_word(row.level)) if part]
    lines = [" · ".join(remarks)] if remarks else []
    if row.proposed:
        lines.append(_("Proposed, not adopted by IOM"))
    if row.note:
        lines.append(row.note[:1].upper() + row.note[1:])
    return lines


def shown_missing(status: str) -> str:
    """What stands for a value that is not there: n/a where the indicator does not apply, else a dash."""
    return _("n/a") if status == "not_applicable" else MISSING


def rules_in_words(figures: EditionFigures) -> list[tuple[str, str]]:
    """(term, explanation): how the numbers came about, for a reader who has never seen the tracker."""
    if figures.provisional:
        counted = _(
            "What the reports add up to, as of the quarter named. Reports not yet approved count too."
        )
    else:
        counted = _("What the reports add up to, as of the quarter named. Only approved reports count.")
    shares = {
        "on_track": show_percent(figures.on_track_from, 0),
        "at_risk": show_percent(figures.at_risk_from, 0),
    }
    return [
        (_("Value"), counted),
        (
            _("Expected"),
            _(
                "The level that the plan had reached by that quarter, on a straight line between targets;"
                " a stage stays at the last target that was due."
            ),
        ),
        (_("Target"), _("The final level to be reached, and the date by which.")),
        (
            _("Attainment"),
            _("How much of the way from the baseline to the target has been covered. It can pass 100 %%.")
            % {},
        ),
        (
            _("Pace"),
            _("How much of the way that was expected by now has been covered. The status follows from it."),
        ),
        (
            _("Some missions only"),
            _(
                "A target is compared with the missions that have one. Where that is not all of them, the row"
                " says so and gives the value of all beside it."
            ),
        ),
        (
            _("No figure"),
            _("“%(dash)s” means that nothing was reported, 0 is a zero, n/a that it does not apply.")
            % {"dash": MISSING},
        ),
        (
            _("Status"),
            _(
                "Achieved: the target is reached. On track: pace of %(on_track)s or more. At risk:"
                " %(at_risk)s or more. Off track: less."
            )
            % shares,
        ),
        (
            _("Not judged"),
            _(
                "Not due yet: too early to say. No data: nothing was reported. Not applicable: it does not"
                " apply at this time. No baseline: the start is unknown. No target: nothing was planned."
            ),
        ),
    ]
