"""Makes the workbook of a report: what it asks for and what it says already, in sheets that are locked but for the
cells to be filled in.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tracker.access.models import User
from tracker.common.formats import show_date, show_exact, show_quarter
from tracker.common.workbooks.specs import Column, Entry, SheetSpec
from tracker.common.workbooks.templates import Template, write_template
from tracker.framework.choices import Measure
from tracker.framework.exports import plain
from tracker.framework.models import Indicator
from tracker.progress.choices import Language
from tracker.progress.exports import like_amount
from tracker.progress.models import ActivityUpdate, ReportingPeriod
from tracker.progress.models.parts import REPORTED
from tracker.progress.rules import Amount
from tracker.progress.services.amounts import to_sheet
from tracker.progress.services.results import fingerprint
from tracker.region.models import Mission

from ..forms import ReportGrid
from ..part_forms import NarrativeForm, UpdatesForm
from ..rows import EMPTY
from .layout import (
    ACTIVITIES,
    BREAKDOWNS,
    KIND,
    NARRATIVE,
    RESULTS,
    ROW_KEY,
    SHOWN,
    VERSION,
    Layout,
    RowName,
)

_CLOSED = Entry(None, Column("closed", closed=True))
# A cell of a grey column that has nothing to say: it takes nothing either.
_COUNT = Column("count", kind="number", minimum=0)
_WIDTHS = {
    "code": 14, "about": 58, "unit": 16, "previous": 15, "to_date": 12, "expected": 12, "target": 17, "value": 14,
    "n": 13, "d": 13, "na": 12, "comment": 48, "breakdown": 20, "cell": 26, "status": 15, "spent": 14,
    "currency": 10, "people": 12, "internal": 48, "quotable": 48, "language": 13,
}  # fmt: skip
_WIDE = 70
_FIGURES = ("previous", "to_date", "expected", "target")


@dataclass(frozen=True, slots=True)
class Filling:
    """What a workbook is made of: the report by its mission and period, and its forms as they are stored."""

    mission: Mission
    period: ReportingPeriod
    results: ReportGrid
    activities: UpdatesForm
    narrative: NarrativeForm
    dates: str
    """Until when the report is due, as a sentence."""


def make_workbook(filling: Filling, *, user: User) -> bytes:
    """The XLSX workbook of a report, for this person to fill in."""
    names = {"mission": filling.mission, "period": show_quarter(filling.period.code)}
    sheets = [
        *([_results(filling), _breakdowns(filling)] if filling.results.rows else []),
        *([_activities(filling)] if filling.activities.rows else []),
        _narrative(filling),
    ]
    return write_template(
        Template(
            kind=KIND,
            version=VERSION,
            title=_("%(mission)s, %(period)s") % names,
            sheets=[sheet for sheet in sheets if sheet is not None],
            steps=_steps(filling),
            selection={
                "mission": filling.mission.code,
                "period": filling.period.code,
                "language": get_language() or "",
            },
            facts=[
                (_("Mission"), str(filling.mission)),
                (_("Period"), f"{names['period']} ({_say_span(filling.period)})"),
                (_("Due"), filling.dates),
                (
                    _("Made"),
                    _("%(date)s for %(person)s") % {"date": show_date(timezone.localdate()), "person": user},
                ),
            ],
        )
    )


def _say_span(period: ReportingPeriod) -> str:
    return f"{show_date(period.starts_on)} – {show_date(period.ends_on)}"


def _steps(filling: Filling) -> list[str]:
    return [
        _(
            "Fill in the white cells. The grey ones say what a row is about and what was given before: they are "
            "locked. What the report says already stands in its cells."
        ),
        _(
            "0 is a value: nothing happened. An empty cell says nothing, and a value that you empty is taken out of "
            "the report."
        ),
        _(
            "Where an indicator does not apply, choose yes under “%(heading)s” and give the reason in the comment. "
            "Explain what is missing or unusual in the comment as well."
        )
        % {"heading": RESULTS.headings["na"]},
        _(
            "Groups of a breakdown stand in the sheet “%(sheet)s”, one row each. Together they may come to less than "
            "the amount in “%(results)s”, never to more."
        )
        % {"sheet": BREAKDOWNS.name, "results": RESULTS.name},
        _("Name no beneficiary anywhere. Evidence is added on the page of the report, not here."),
        _(
            "Save it (XLSX or ODS) and upload it where you downloaded it: the report, “Fill it in offline”. You are "
            "shown every difference before anything is taken over. What colleagues change on the page meanwhile is "
            "not lost: where you both changed the same, you are asked."
        ),
    ]  # fmt: skip


# -- Sheets -------------------------------------------------------------------------------------------
def _sheet(
    layout: Layout,
    columns: Mapping[str, Column],
    rows: Iterable[Mapping[str, Any]],
    *,
    frozen: int,
    lines: int = 1,
) -> SheetSpec:
    """A sheet of this layout; a column that is not described is grey."""
    titles = layout.titles
    made = [
        columns.get(key) or Column(key, titles[key], width=_WIDTHS[key], fixed=True, right=key in _FIGURES)
        for key in layout.headings
    ]
    hidden = [Column(ROW_KEY, hidden=True), Column(SHOWN, hidden=True)]
    return SheetSpec(
        layout.name,
        [*made, *hidden],
        [_shut(row, made) for row in rows],
        frozen=frozen,
        locked=True,
        lines=lines,
    )


def _shut(row: Mapping[str, Any], columns: Iterable[Column]) -> dict[str, Any]:
    """The row, its grey cells that say nothing closed."""
    return {
        **row,
        **{c.key: _CLOSED for c in columns if c.fixed and row.get(c.key) in (None, "")},
    }


def _open(layout: Layout, key: str, **like: Any) -> Column:
    return Column(key, layout.titles[key], width=_WIDTHS[key], **like)


def _amounts(layout: Layout) -> dict[str, Column]:
    return {
        "value": _open(
            layout,
            "value",
            help=_("The amount of this period alone, or the level at its end."),
            kind="number",
        ),
        "n": _open(layout, "n", help=_("Of a percentage: how many."), kind="number"),
        "d": _open(layout, "d", help=_("Of a percentage: out of how many."), kind="number"),
    }


def _results(filling: Filling) -> SheetSpec:
    columns = {
        **_amounts(RESULTS),
        "na": _open(RESULTS, "na", choices=[_("yes")], help=_("Give the reason in the comment.")),
        "comment": _open(RESULTS, "comment", help=_("What explains the figure, or why there is none.")),
    }

    def rows() -> Iterator[Mapping[str, Any]]:
        for row in filling.results.rows:
            told, entry = row.told, row.said.stored
            due = f" ({told.target_due})" if told.target_due else ""
            yield {
                "code": row.indicator.code,
                "about": row.indicator.name,
                "unit": row.indicator.unit,
                "previous": f"{told.previous} ({told.previous_of})" if told.previous else "",
                "to_date": told.to_date,
                "expected": told.expected,
                "target": f"{told.target}{due}" if told.target else "",
                **_say_amount(row.indicator, entry.amount),
                "na": _("yes") if entry.not_applicable else None,
                "comment": row.comment.text or None,
                **_name(filling, row.indicator.code, fingerprint(entry)),
            }

    return _sheet(RESULTS, columns, rows(), frozen=2)


def _breakdowns(filling: Filling) -> SheetSpec | None:
    rows = [
        {
            "code": row.indicator.code,
            "about": row.indicator.name,
            "breakdown": asked.name,
            "cell": name,
            **_say_amount(row.indicator, row.said.stored.cells.get(cell, EMPTY)),
            **_name(filling, row.indicator.code, "", cell=cell),
        }
        for row in filling.results.rows
        for asked in row.said.breakdowns
        for cell, name in asked.cells.items()
    ]
    return _sheet(BREAKDOWNS, _amounts(BREAKDOWNS), rows, frozen=4) if rows else None


def _say_amount(indicator: Indicator, amount: Amount) -> dict[str, Any]:
    """An amount in its cells, those closed that its indicator does not ask for."""
    value = to_sheet(indicator, amount.value)
    said = value if isinstance(value, str) else plain(value)
    like = Entry(said, like_amount(indicator, "value"))
    if indicator.measure != Measure.PERCENTAGE:
        return {"value": like, "n": _CLOSED, "d": _CLOSED}
    return {
        # As on the page: a percentage that is known only as such keeps its cell.
        "value": _CLOSED if said is None else like,
        "n": Entry(plain(amount.numerator), _COUNT),
        "d": Entry(plain(amount.denominator), _COUNT),
    }


def _activities(filling: Filling) -> SheetSpec:
    columns = {
        "status": _open(ACTIVITIES, "status", choices=[str(status.label) for status in REPORTED]),
        "spent": _open(ACTIVITIES, "spent", kind="number", minimum=0, help=_("In this period alone.")),
        "currency": _open(ACTIVITIES, "currency", help=_("Three letters, such as USD.")),
        "people": _open(
            ACTIVITIES,
            "people",
            kind="number",
            whole=True,
            minimum=0,
            help=_("In this period alone."),
        ),
        "internal": _open(ACTIVITIES, "internal", help=_("For your mission and the region’s officers.")),
        "quotable": _open(ACTIVITIES, "quotable", help=_("May go into the region’s reports.")),
    }
    rows = (
        {
            "code": row.subject.code,
            "about": row.title,
            "previous": _say_update(row.previous),
            "status": row.stored.status and str(dict(filling.activities.statuses)[row.stored.status]),
            "spent": plain(row.stored.spent),
            "currency": row.boxes["currency"].text,
            "people": None if row.stored.people is None else Decimal(row.stored.people),
            "internal": row.stored.internal,
            "quotable": row.stored.quotable,
            **_name(filling, row.subject.code, row.shown),
        }
        for row in filling.activities.rows
    )
    return _sheet(ACTIVITIES, columns, rows, frozen=2)


def _say_update(update: ActivityUpdate | None) -> str:
    if update is None:
        return ""
    said = [str(update.get_status_display())] if update.status else []
    if update.spent is not None:
        said.append(f"{show_exact(update.spent)} {update.currency}")
    if update.people is not None:
        said.append(_("%(count)s people") % {"count": show_exact(Decimal(update.people))})
    quarter = show_quarter(update.revision.report.period.code)
    return f"{', '.join(said)} ({quarter})" if said else quarter


def _narrative(filling: Filling) -> SheetSpec:
    titles = NARRATIVE.titles
    columns = {
        "code": Column("code", titles["code"], width=20, fixed=True),
        "language": _open(NARRATIVE, "language", choices=[str(label) for _code, label in Language.choices]),
        "quotable": Column(
            "quotable",
            titles["quotable"],
            help=_("Goes into the region’s reports once approved."),
            width=_WIDE,
        ),
        "internal": Column(
            "internal", titles["internal"], help=_("For your mission and the region’s officers."), width=_WIDE
        ),
    }
    languages = dict(Language.choices)
    rows = (
        {
            "code": row.title,
            "language": str(languages[row.boxes["language"].text]),
            "quotable": row.stored.quotable,
            "internal": row.stored.internal,
            **_name(filling, row.key, row.shown),
        }
        for row in filling.narrative.rows
    )
    return _sheet(NARRATIVE, columns, rows, frozen=1, lines=6)


def _name(filling: Filling, code: str, shown: str, *, cell: int | None = None) -> dict[str, str]:
    return {ROW_KEY: str(RowName.of(code, filling.mission, filling.period, cell=cell)), SHOWN: shown}
