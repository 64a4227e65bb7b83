"""What the cells of breakdowns come to: by the rules of their total, from the same results as the total.

Pure, as `rules` is, and in its terms. A cell that a result does not give is nothing, never 0; what the cells of an
exclusive breakdown leave of the total is "not disaggregated".

Decided here, where the rules leave room:

1.  An average divides by the results (the missions) of the total, not by those that give the cell: else the
    cells of an exclusive breakdown could come to more than their total.
2.  Under `maximum` and `minimum` the cells are those of the result, and of the mission, that made the value: the
    latest of several results that are as large, the first mission by code.
3.  A cell of a percentage that gives no numerator and denominator stands for its own result alone (`latest`) and
    is left out where numerators are added; 0 of 0 is nothing.
4.  Of a count of missions there are no cells.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from .arithmetic import ZERO, in_fifty_digits
from .rules.aggregates import aggregate, pool
from .rules.over_missions import with_data
from .rules.over_periods import results_up_to
from .rules.questions import Question
from .terms import Amount, IndicatorRules, MissionInput, MissionStanding, Result

Cells = Mapping[int, Amount]


@in_fifty_digits
def mission_cells(question: Question, mission: MissionInput, standing: MissionStanding) -> dict[int, Amount]:
    """The cells of a mission's value, given how it stands; without a value, none."""
    judged = standing.judged_at
    if judged is None or standing.value is None:
        return {}
    results = results_up_to(judged, question, mission)
    made_of = results_of_value(question.indicator, results, judged)
    return _added(question.indicator, [results[period].cells for period in made_of])


def results_of_value(indicator: IndicatorRules, results: Mapping[int, Result], judged: int) -> list[int]:
    """The periods whose results a value is made of; it is neither stale nor "not applicable"."""
    given = sorted(period for period, result in results.items() if result.has_value)
    if indicator.period_rule == "latest":
        return given[-1:]
    if indicator.period_rule == "year":
        given = [period for period in given if period // 4 == judged // 4]
    if indicator.period_rule == "maximum":
        return sorted(given, key=lambda period: (results[period].level or ZERO, period))[-1:]
    if indicator.measure == "percentage":
        return [period for period in given if results[period].parts]
    return given


@in_fifty_digits
def region_cells(
    question: Question, missions: Mapping[str, MissionStanding], cells: Mapping[str, Cells]
) -> dict[int, Amount]:
    """The cells of a region's value, from its missions' standings and cells, by code."""
    indicator = question.indicator
    kind = {
        code: m
        for code, m in sorted(missions.items())
        if m.judged_at is not None and (m.phase == "assigned" or indicator.is_flow)
    }
    members = with_data(question, {code: m for code, m in kind.items() if not m.not_applicable})
    if indicator.counts_missions or not members:
        return {}
    if indicator.mission_rule in ("maximum", "minimum"):
        value = aggregate(indicator.mission_rule, (m.value for m in members.values()))
        return dict(cells[next(code for code, m in members.items() if m.value == value)])
    return _added_over_missions(indicator, [cells[code] for code in members])


def not_disaggregated(total: Decimal | None, cells: Iterable[Amount | None]) -> Decimal | None:
    """What the cells of an exclusive breakdown leave of a number; of no total, nothing."""
    if total is None:
        return None
    return total - sum((cell.value for cell in cells if cell and cell.value is not None), ZERO)


def _added(indicator: IndicatorRules, results: list[Cells]) -> dict[int, Amount]:
    """Σ of the cells of several results; an average divided by how many they are."""
    if indicator.period_rule in ("latest", "maximum"):
        return {
            cell: amount for cells in results for cell, amount in cells.items() if amount.level is not None
        }
    share = len(results) if indicator.period_rule == "average" else 1
    return _sums(results, has_parts=indicator.measure == "percentage", share=share)


def _added_over_missions(indicator: IndicatorRules, missions: list[Cells]) -> dict[int, Amount]:
    share = len(missions) if indicator.mission_rule == "average" else 1
    return _sums(missions, has_parts=indicator.adds_parts, share=share)


def _sums(given: list[Cells], *, has_parts: bool, share: int) -> dict[int, Amount]:
    sums: dict[int, Amount] = {}
    for cell in sorted({cell for cells in given for cell in cells}):
        amounts = [cells[cell] for cells in given if cell in cells]
        if has_parts:
            pooled = pool(amount.parts for amount in amounts)
            if pooled:
                sums[cell] = pooled
        elif (total := aggregate("sum", (amount.value for amount in amounts))) is not None:
            sums[cell] = Amount(value=total / share)
    return sums
