"""Which rules of an indicator go together, as sentences; the database keeps the same in its constraints."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from ..choices import YES_NO_STAGES, Direction, Measure, MissionRule, PeriodRule

_SCALES = (Measure.STAGE, Measure.YES_NO)
_OF_PERCENTAGES = (MissionRule.SUM, MissionRule.COUNT_REACHED, MissionRule.COUNT_AT_LEAST)


def read_threshold(written: Decimal | str, *, measure: str, stages: Sequence[str]) -> Decimal | str:
    """The threshold as it is kept: a fraction of a percentage, the place of a stage, 1 for yes.

    What cannot be read is given back as it is, for ``find_rule_problems`` to name.
    """
    if measure in _SCALES:
        scale = [word.casefold() for word in (YES_NO_STAGES if measure == Measure.YES_NO else stages)]
        if isinstance(written, str):
            word = written.strip().casefold()
            return Decimal(scale.index(word)) if word in scale else written
        return written
    if isinstance(written, str):
        return written
    return written.scaleb(-2) if measure == Measure.PERCENTAGE else written


def write_threshold(
    kept: Decimal | str | None, *, measure: str, stages: Sequence[str]
) -> Decimal | str | None:
    """A kept threshold as a sheet says it: 40 for 0.4, the word of a stage."""
    if not isinstance(kept, Decimal):
        return kept
    if measure in _SCALES:
        scale = YES_NO_STAGES if measure == Measure.YES_NO else stages
        return scale[int(kept)] if kept == int(kept) and 0 <= kept < len(scale) else kept
    return kept.scaleb(2) if measure == Measure.PERCENTAGE else kept


def find_rule_problems(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What does not fit: the column at fault and a sentence that says what to do."""
    yield from _find_stage_problems(values)
    yield from _find_threshold_problems(values)
    measure, over_periods, over_missions = (
        values[name] for name in ("measure", "period_rule", "mission_rule")
    )
    if measure == Measure.PERCENTAGE:
        if over_periods == PeriodRule.MAXIMUM:
            yield (
                "period_rule",
                _("A percentage has no largest value over periods. Use sum, year, latest or average."),
            )
        if over_missions not in _OF_PERCENTAGES:
            yield (
                "mission_rule",
                _(
                    "Percentages of missions are not averaged or compared: numerators and denominators are "
                    "added. Use sum, count_reached or count_at_least."
                ),
            )
    if measure in _SCALES:
        if over_periods not in (PeriodRule.LATEST, PeriodRule.MAXIMUM):
            yield "period_rule", _("Stages cannot be added over periods. Use latest or maximum.")
        if over_missions in (MissionRule.SUM, MissionRule.AVERAGE):
            yield (
                "mission_rule",
                _(
                    "Stages cannot be added or averaged over missions. Use count_reached, count_at_least, "
                    "maximum or minimum."
                ),
            )
    flow = measure == Measure.NUMBER and over_periods == PeriodRule.SUM
    if flow and values["direction"] not in (Direction.INCREASE, Direction.MONITOR):
        yield (
            "direction",
            _("A number summed over periods can only grow. Use increase or monitor, or another period rule."),
        )


def _find_stage_problems(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    stages = values["stages"]
    if values["measure"] == Measure.STAGE:
        if len(stages) < 2:
            yield (
                "stages",
                _("Name the stages in order, at least two, separated by semicolons: Not started; In force."),
            )
        elif len({stage.casefold() for stage in stages}) < len(stages):
            yield "stages", _("A stage stands twice. Give each a name of its own.")
    elif stages:
        yield "stages", _("Only an indicator measured by stage has stages. Leave this empty.")
    if any(len(stage) > 100 for stage in stages):
        yield "stages", _("The name of a stage has at most 100 characters. Shorten it.")


def _find_threshold_problems(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    threshold = values["threshold"]
    if isinstance(threshold, str):
        yield (
            "threshold",
            _("“%(word)s” is no number, and no stage of this indicator. Correct it.") % {"word": threshold},
        )
        return
    if values["mission_rule"] != MissionRule.COUNT_AT_LEAST:
        if threshold is not None:
            yield "threshold", _("Only the rule count_at_least has a threshold. Leave this empty.")
        return
    if threshold is None:
        yield "threshold", _("Counting missions needs the threshold that they are counted from. Give it.")
    elif values["measure"] in _SCALES:
        steps = len(YES_NO_STAGES if values["measure"] == Measure.YES_NO else values["stages"])
        if threshold != int(threshold) or not 0 <= threshold < steps:
            yield "threshold", _("The threshold is one of the stages. Write its name.")
    if values["direction"] == Direction.DECREASE:
        yield (
            "mission_rule",
            _(
                "Counting missions at or above a threshold is not for what should decrease. Use "
                "count_reached."
            ),
        )
