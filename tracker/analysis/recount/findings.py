"""What a recount found, as it is kept and told: plain words and codes, a bounded number of each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from tracker.framework.models import Indicator
from tracker.progress.models import IndicatorResult, ReportingPeriod, ReportRevision
from tracker.region.models import Mission

from ..periods import period_code
from .altered import Altered
from .comparing import NEAR, Difference
from .recounting import Disputed, Outcome

MOST_INDICATORS = 100
MOST_FIGURES = 10
MOST_ROWS = 20

NOTHING = "–"
_PERIODS = ("judged_at", "stale_period")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure on which the two differ, as text."""

    period: str
    place: str
    name: str
    engine: str
    recount: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row under the figures. ``columns``: name, in the table, in the history; none where the row is only in
    one of the two, which ``state`` says: changed, added, deleted, or as it was (counted in a figure in dispute).
    """

    table: str
    id: int
    state: str
    indicator: str = ""
    mission: str = ""
    period: str = ""
    columns: Sequence[tuple[str, str, str]] = ()

    @property
    def is_of_all(self) -> bool:
        """Whether it is of no indicator, and so may be in the figures of any."""
        return not self.indicator


@dataclass(frozen=True, slots=True)
class IndicatorFinding:
    """An indicator whose figures differ: how many, the first of them, and the rows concerned."""

    indicator: str
    count: int
    figures: Sequence[Figure]
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything that a recount found."""

    indicators: Sequence[IndicatorFinding]
    altered: Sequence[Row]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def find_words(outcome: Outcome) -> Findings:
    """The findings of a recount; five statements, however many."""
    altered = _altered_rows(outcome.altered.rows)
    shown = outcome.disputed[:MOST_INDICATORS]
    untouched = _result_rows(pk for each in shown for pk in each.results[-MOST_ROWS:])
    return Findings(
        indicators=[_of_indicator(each, altered, untouched) for each in shown],
        altered=altered,
    )


def _of_indicator(each: Disputed, altered: Sequence[Row], untouched: Mapping[int, Row]) -> IndicatorFinding:
    """With the rows that were altered, if any may be in it; else with the latest that are in its figures."""
    own = [row for row in altered if row.indicator == each.code or row.is_of_all]
    rows = own or [untouched[pk] for pk in each.results[-MOST_ROWS:] if pk in untouched]
    return IndicatorFinding(
        indicator=each.code,
        count=len(each.differences),
        figures=[_figure(one) for one in each.differences[:MOST_FIGURES]],
        rows=rows[:MOST_ROWS],
    )


def _figure(one: Difference) -> Figure:
    shown = _as_period if one.figure in _PERIODS else _as_text
    return Figure(period_code(one.period), one.place, one.figure, shown(one.engine), shown(one.recount))


def _as_period(number: int | None) -> str:
    return NOTHING if number is None else period_code(number)


def _as_text(figure: Any) -> str:
    """A number to the decimals by which the two are compared; missions, and the parts of a percentage, in a row."""
    if isinstance(figure, Decimal):
        return f"{figure.quantize(NEAR).normalize():f}"
    if isinstance(figure, tuple):
        return ", ".join(map(_as_text, figure)) or NOTHING
    return NOTHING if figure is None else str(figure)


def _altered_rows(altered: Sequence[Altered]) -> list[Row]:
    """The altered rows with the codes of what they are of."""
    results = _result_rows(one.of("result_id") for one in altered)
    revisions = {
        pk: (mission, period)
        for pk, mission, period in ReportRevision.objects.filter(
            pk__in=_ids(one.of("revision_id") for one in altered)
        ).values_list("pk", "report__mission__code", "report__period__code")
    }
    codes = {
        "indicator_id": _codes(Indicator, altered, "indicator_id"),
        "mission_id": _codes(Mission, altered, "mission_id"),
        "period_id": _codes(ReportingPeriod, altered, "period_id"),
    }
    rows = []
    for one in altered:
        mission, period = revisions.get(one.of("revision_id"), ("", ""))
        result = results.get(one.of("result_id"))
        is_indicator = one.model is Indicator
        rows.append(
            Row(
                table=one.model._meta.model_name or "",
                id=one.pk,
                state=_state(one),
                indicator=codes["indicator_id"].get(one.of("indicator_id"))
                or (result.indicator if result else "")
                or (one.of("code") if is_indicator else ""),
                mission=codes["mission_id"].get(one.of("mission_id"))
                or (result.mission if result else mission),
                period=codes["period_id"].get(one.of("period_id")) or (result.period if result else period),
                columns=[
                    (name, str(one.in_table[name]), str(one.in_history[name]))
                    for name in one.columns
                    if one.in_table is not None and one.in_history is not None
                ],
            )
        )
    return rows


def _state(one: Altered) -> str:
    if one.in_history is None:
        return "added"
    return "deleted" if one.in_table is None else "changed"


def _result_rows(ids: Iterable[int | None]) -> dict[int, Row]:
    """Results by their ids, as they are."""
    found = IndicatorResult.objects.filter(pk__in=_ids(ids)).values_list(
        "pk", "indicator__code", "revision__report__mission__code", "revision__report__period__code"
    )
    return {
        pk: Row("indicatorresult", pk, "as it was", indicator, mission, period)
        for pk, indicator, mission, period in found
    }


def _codes(model: Any, altered: Sequence[Altered], column: str) -> dict[int, str]:
    ids = _ids(one.of(column) for one in altered)
    return dict(model.objects.filter(pk__in=ids).values_list("pk", "code"))


def _ids(ids: Iterable[int | None]) -> set[int]:
    return {pk for pk in ids if pk is not None}
