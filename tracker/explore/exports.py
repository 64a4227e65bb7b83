"""What pages list in tables of their own, as files: numbers that can be counted with, words as the page has them."""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tracker.analysis.periods import period_code
from tracker.analysis.statuses import STATUSES
from tracker.common.workbooks.specs import Column, Entry, SheetSpec
from tracker.framework.choices import Measure
from tracker.framework.exports import plain
from tracker.framework.models import ReferenceFramework
from tracker.progress.services.amounts import to_sheet

from .reading.assignments import Grid
from .reading.choices import Choice
from .reading.conventions import Matrix
from .reading.references import Serving
from .reading.rows import IndicatorRow

_SHARES = Column("share", kind="percent", number_format="0.0%")


def _column_maker(*, tagged: bool) -> Callable[..., Column]:
    """Makes columns of a key, a title and an HXL tag, which is left out unless tags are wanted."""

    def column(key: str, title: str, hxl: str, **more: Any) -> Column:
        return Column(key, title, hxl=hxl if tagged else "", **more)

    return column


def framework_sheet(rows: Iterable[IndicatorRow], choice: Choice, *, tagged: bool) -> SheetSpec:
    """A row for each indicator, for the region or one mission, in the order of the page.

    ``actual`` is what stands beside the target on the page, ``value`` what the region or the mission has in all.
    An empty cell is a figure that there is not; 0 is a zero. Of a percentage 40 means 40 %, a stage is its name.
    """
    column = _column_maker(tagged=tagged)
    return SheetSpec(
        name=_("Framework"),
        columns=[
            column("indicator", _("Indicator"), "#indicator+code", width=14),
            column("name", _("Name"), "#indicator+name", width=60),
            column("unit", _("Unit"), "#indicator+unit", width=22),
            column("priority", _("Priority"), "#sector+code", width=10),
            column("objective", _("Objective"), "#subsector+code", width=12),
            column("adopted", _("Adopted"), "#indicator+status", width=12),
            column("mission", _("Mission"), "#org+code", width=10),
            column("period", _("Chosen period"), "#date+period", width=14),
            column("judged", _("Judged as of"), "#date+period+judged", width=14),
            column("figures", _("Figures"), "#meta+figures", width=12),
            column("baseline", _("Baseline"), "#value+baseline", kind="number"),
            column("actual", _("Actual"), "#value+actual", kind="number"),
            column("value", _("Value in all"), "#value+all", kind="number"),
            column("expected", _("Expected by now"), "#targeted+expected", kind="number", width=16),
            column("target", _("Target"), "#targeted+value", kind="number"),
            column("due", _("Target due"), "#date+due", kind="date"),
            column("attainment", _("Attainment, %"), "#indicator+attainment+pct", kind="percent"),
            column("pace", _("Pace, %"), "#indicator+pace+pct", kind="percent"),
            column("status", _("Status"), "#status", width=24),
            column("status_code", _("Code of the status"), "#status+code", width=18),
            column("note", _("What is compared"), "#description+note", width=60),
        ],
        rows=_rows(rows, choice),
        frozen=2,
    )


def serving_sheet(servings: Iterable[Serving], framework: ReferenceFramework, *, tagged: bool) -> SheetSpec:
    """A row for each objective that serves a goal, or a goal below it, in the order of the page: whose word it is,
    why, and how many of its indicators have which status.
    """
    column = _column_maker(tagged=tagged)
    return SheetSpec(
        name=framework.code,
        columns=[
            column("framework", _("Framework"), "#sector+code", width=12),
            column("goal", _("Goal"), "#subsector+code", width=10),
            column("goal_title", _("Title of the goal"), "#subsector+name", width=40),
            column("priority", _("Priority"), "#operations+code", width=10),
            column("objective", _("Objective"), "#activity+code", width=12),
            column("title", _("Title of the objective"), "#activity+name", width=60),
            column("basis", _("Basis"), "#meta+basis", width=22),
            column("reason", _("Reason"), "#description+reason", width=60),
            column("source", _("Source"), "#meta+source", width=60),
            column("indicators", _("Indicators"), "#indicator+num", kind="number"),
            *(
                column(code, str(style.word), f"#status+{code}", kind="number")
                for code, style in STATUSES.items()
            ),
        ],
        rows=(
            {
                "framework": framework.code,
                "goal": serving.tie.goal.code if serving.tie.goal else None,
                "goal_title": serving.tie.goal.title if serving.tie.goal else None,
                "priority": serving.objective.priority.code,
                "objective": serving.objective.code,
                "title": serving.objective.title,
                "basis": serving.tie.get_basis_display(),
                "reason": serving.tie.reason,
                "source": serving.tie.source,
                "indicators": len(serving.rows),
                **dict.fromkeys(STATUSES, 0),
                **{style.code: count for style, count in serving.counts},
            }
            for serving in servings
        ),
    )


def _rows(rows: Iterable[IndicatorRow], choice: Choice) -> Iterator[dict[str, Any]]:
    for row in rows:
        indicator, standing, figures = row.indicator, row.standing, row.figures
        actual = standing.value if standing.status == "no_target" else standing.compared_value
        yield {
            "indicator": indicator.code,
            "name": indicator.name,
            "unit": figures.unit,
            "priority": indicator.objective.priority.code,
            "objective": indicator.objective.code,
            "adopted": indicator.get_status_display(),
            "mission": choice.mission.code if choice.mission else _("Region"),
            "period": choice.period.code,
            "judged": choice.period.code if standing.judged_at is None else period_code(standing.judged_at),
            "figures": _("provisional") if choice.provisional else _("approved"),
            "baseline": _figure(row, standing.baseline),
            "actual": _figure(row, actual),
            "value": _figure(row, standing.value),
            "expected": _figure(row, standing.expected),
            "target": _figure(row, standing.target),
            "due": standing.target_due,
            "attainment": _share(standing.attainment),
            "pace": _share(standing.pace),
            "status": figures.words,
            "status_code": standing.status,
            "note": figures.note or None,
        }


def assignments_sheet(grid: Grid, *, tagged: bool) -> SheetSpec:
    """The grid of assignments as it is filtered, all its pages: a row for each indicator, a column for each
    mission, in words; an empty cell is not assigned.

    To change assignments in a workbook there is the kind ``assignments``: this one is for reading.
    """
    column = _column_maker(tagged=tagged)
    columns = [
        column("indicator", _("Indicator"), "#indicator+code", width=14),
        column("name", _("Name"), "#indicator+name", width=60),
        column("adopted", _("Adopted"), "#indicator+status", width=12),
        *(
            column(mission.code, mission.name, f"#status+{mission.code.lower()}", width=24)
            for mission in grid.missions
        ),
    ]
    rows = (
        {
            "indicator": row.indicator.code,
            "name": row.indicator.name,
            "adopted": row.indicator.get_status_display(),
            **{cell.mission.code: cell.words if cell.active_from else None for cell in row.cells},
        }
        for row in grid.listed
    )
    return SheetSpec(name=_("Assignments"), columns=columns, rows=rows, frozen=2)


def conventions_sheet(matrix: Matrix, *, tagged: bool) -> SheetSpec:
    """The matrix of conventions as it stands on the page, in words: a column for each country or area."""
    column = _column_maker(tagged=tagged)
    return SheetSpec(
        name=_("Conventions"),
        columns=[
            column("code", _("Code"), "#meta+code"),
            column("year", _("Year"), "#date+year"),
            column("title", _("Convention"), "#meta+name", width=60),
            *(
                column(each.iso2, each.name, f"#status+{each.iso2.lower()}", width=14)
                for each in matrix.countries
            ),
            column("note", _("Note"), "#description+note", width=40),
            column("source", _("Source"), "#meta+source", width=40),
        ],
        rows=[
            {
                "code": convention.code,
                "year": convention.year,
                "title": convention.title,
                "note": convention.note,
                "source": convention.source,
                **{each.country.iso2: each.words for each in standings},
            }
            for convention, standings in matrix.rows
        ],
        frozen=3,
    )


def _figure(row: IndicatorRow, value: Decimal | None) -> Any:
    """A figure of a row: a count of missions as it is, a percentage as a percentage, a stage by its name."""
    indicator = row.indicator
    if value is None:
        return None
    if row.figures.is_count:
        return plain(value)
    if indicator.measure == Measure.PERCENTAGE:
        return Entry(plain(value * 100), _SHARES)
    # A mean of stages is none of them.
    is_stage = bool(indicator.scale) and value == int(value)
    if is_stage:
        return to_sheet(indicator, value)
    # What is expected by now lies between two targets: shown as the indicator is, kept as it is.
    shown = "0" if not indicator.decimals else f"0.{'0' * indicator.decimals}"
    return Entry(plain(value), Column("figure", kind="number", number_format=shown))


def _share(value: Decimal | None) -> Decimal | None:
    return None if value is None else plain(value * 100)
