"""What a figure is made of: the part that each mission has in a region's, and each result in a mission's.

Pure, as `rules` is, and in its terms. The parts of a figure add up to it: of a mean each has its share, of a
percentage its numerator over everybody's denominators, of a count one or nothing; the largest and the smallest
are one mission's, the first by code.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeVar

from .arithmetic import ZERO, divide, in_fifty_digits
from .rules.over_missions import Members, qualifies
from .rules.questions import Question
from .rules.regions import value_or_baseline
from .terms import Amount, IndicatorRules, MissionStanding, RegionStanding, Result

Figure = Literal["value", "compared_value", "baseline", "expected", "target"]
LevelOf = Callable[[MissionStanding], Decimal | None]
K = TypeVar("K")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one mission (None: the region's own baseline or target) has in a figure.

    `level` is where it stands itself, `contributed` what of that is in the figure. `at_baseline`: it has no
    data, and is taken to stand at its baseline."""

    mission: str | None
    level: Decimal | None
    contributed: Decimal
    at_baseline: bool = False


@in_fifty_digits
def region_parts(
    question: Question,
    region: RegionStanding,
    missions: Members,
    figure: Figure,
    *,
    has_own_baseline: bool = False,
) -> list[Part]:
    """The parts of a region's or a subregion's figure, by mission; none where there is no figure.

    `missions` are at least the region's; `has_own_baseline`: a baseline is recorded for the region itself."""
    total = getattr(region, figure)
    if total is None:
        return []
    indicator = question.indicator
    members = {code: missions[code] for code in region.coverage.kind}
    reporting = {code: missions[code] for code in region.coverage.in_value}
    has_own_target = region.basis == "regional_target"
    adds_each = indicator.mission_rule == "sum" and not indicator.adds_parts
    if figure == "value" or (
        figure == "compared_value"
        and (region.basis == "none" or (has_own_target and not indicator.counts_missions and not adds_each))
    ):
        return _over(question, reporting, _value)
    if figure == "compared_value":
        in_x = {*region.coverage.counted, *region.coverage.at_baseline}
        return _over(question, {c: m for c, m in members.items() if c in in_x}, value_or_baseline)
    if has_own_target and (figure != "baseline" or has_own_baseline):
        return [Part(mission=None, level=total, contributed=total)]
    if has_own_target:
        is_zero = indicator.is_flow and not indicator.counts_missions
        return [] if is_zero else _over_baselines(question, members)
    compared = reporting if indicator.adds_parts else members
    planned = {
        code: m
        for code, m in compared.items()
        if m.target is not None and (indicator.counts_missions or m.baseline is not None)
    }
    if figure == "target" and indicator.mission_rule == "count_reached":
        return [Part(mission=code, level=m.target, contributed=Decimal(1)) for code, m in planned.items()]
    level_of: LevelOf = {"baseline": _baseline, "expected": _expected, "target": _target}[figure]
    return _over(question, planned, level_of)


@in_fifty_digits
def result_parts(indicator: IndicatorRules, made_of: Mapping[int, Result]) -> dict[int, Decimal]:
    """What each result has in a mission's value, by period; given the results that the value is made of."""
    if indicator.period_rule in ("latest", "maximum"):
        return {period: result.level for period, result in made_of.items() if result.level is not None}
    if indicator.measure == "percentage":
        return _pooled(made_of)
    share = len(made_of) if indicator.period_rule == "average" else 1
    return {period: result.value / share for period, result in made_of.items() if result.value is not None}


def _value(mission: MissionStanding) -> Decimal | None:
    return mission.value


def _baseline(mission: MissionStanding) -> Decimal | None:
    return mission.baseline


def _expected(mission: MissionStanding) -> Decimal | None:
    return mission.expected


def _target(mission: MissionStanding) -> Decimal | None:
    return mission.target


def _over(question: Question, members: Members, level_of: LevelOf) -> list[Part]:
    """The parts of these missions' levels put together by the mission rule."""
    levels = {code: level_of(m) for code, m in members.items()}
    contributed = _shared(question, members, levels)
    return [
        Part(
            mission=code,
            level=levels[code],
            contributed=contributed.get(code, ZERO),
            at_baseline=level_of is value_or_baseline and m.value is None,
        )
        for code, m in members.items()
    ]


def _shared(
    question: Question, members: Members, levels: Mapping[str, Decimal | None]
) -> Mapping[str, Decimal]:
    indicator, rule = question.indicator, question.indicator.mission_rule
    if indicator.counts_missions:
        return {code: Decimal(qualifies(question, m, levels[code])) for code, m in members.items()}
    if indicator.adds_parts:
        weights = {code: m.parts[1] for code, m in members.items() if m.parts}
        whole = sum(weights.values(), ZERO)
        return {code: divide((levels[code] or ZERO) * d, whole) or ZERO for code, d in weights.items()}
    known = {code: level for code, level in levels.items() if level is not None}
    if rule in ("maximum", "minimum") and known:
        most = max(known.values()) if rule == "maximum" else min(known.values())
        return {next(code for code, level in known.items() if level == most): most}
    return {code: level / (len(known) if rule == "average" else 1) for code, level in known.items()}


def _over_baselines(question: Question, members: Members) -> list[Part]:
    """The parts of a region's baseline that is made from its missions'; a percentage's by their own parts."""
    if not question.indicator.adds_parts:
        return _over(question, members, _baseline)
    pooled = _pooled(
        {
            code: Amount(numerator=m.baseline_parts[0], denominator=m.baseline_parts[1])
            for code, m in members.items()
            if m.baseline_parts
        }
    )
    return [Part(mission=code, level=members[code].baseline, contributed=n) for code, n in pooled.items()]


def _pooled(amounts: Mapping[K, Amount]) -> dict[K, Decimal]:
    """Each one's numerator over the denominators of all."""
    parts = {key: amount.parts for key, amount in amounts.items() if amount.parts}
    whole = sum((d for _, d in parts.values()), ZERO)
    return {key: divide(n, whole) or ZERO for key, (n, _) in parts.items()}
