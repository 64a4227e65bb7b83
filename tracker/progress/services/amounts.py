"""Between a sheet and what is kept: 40 is 0.4 of a percentage, "In force" is the third stage, "yes" is 1.

What a cell means depends on the indicator of its row, so it is worked out after the indicator was found.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from tracker.framework.choices import Measure, MissionRule
from tracker.framework.models import Indicator

from ..rules import Amount, Entry, EntryRules, check_entry
from ..wording import say_finding

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Written:
    """An amount as a row writes it: a number or a word, or a numerator and a denominator."""

    value: Decimal | str | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    stage: str | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """The columns that an amount is written in; the messages name them."""

    value: str
    numerator: str | None = None
    denominator: str | None = None
    stage: str | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an amount: the column, what stands there, a sentence."""

    column: str
    value: object
    message: str


def counts_missions(indicator: Indicator, *, regional: bool) -> bool:
    """A regional figure of a count rule is a number of missions, whatever the indicator measures."""
    return regional and indicator.mission_rule in (MissionRule.COUNT_REACHED, MissionRule.COUNT_AT_LEAST)


def entry_rules(indicator: Indicator, *, regional: bool = False, level: bool = True) -> EntryRules:
    """What may be entered. A ``level`` (baseline, target) may always be a percentage without n and d."""
    if counts_missions(indicator, regional=regional):
        return EntryRules("number", "latest", 0, False, True, 0)
    return EntryRules(
        measure=indicator.measure,
        period_rule="latest" if level else indicator.period_rule,
        decimals=indicator.decimals,
        allows_negative=indicator.allows_negative,
        bounded=indicator.bounded,
        stages=len(indicator.scale),
    )


def read_amount(
    indicator: Indicator, written: Written, *, names: Names, regional: bool = False, level: bool = True
) -> tuple[Amount, list[Fault]]:
    """The amount that is kept, and what is wrong with it; an empty amount where nothing is written."""
    faults = list(_find_misplaced(indicator, written, names, regional))
    if faults:
        return Amount(), faults
    value = written.value
    if written.stage is not None:
        value = written.stage
    kept: Decimal | None = None
    if indicator.scale and not counts_missions(indicator, regional=regional):
        if value is not None:
            column = names.value if written.stage is None else names.stage or names.value
            place = find_stage(indicator, value)
            if place is None:
                return Amount(), [Fault(column, value, _say_stages(indicator, value))]
            kept = Decimal(place)
    elif isinstance(value, str):
        return Amount(), [Fault(names.value, value, _("“%(text)s” is not a number.") % {"text": value})]
    elif value is not None:
        percentage = indicator.measure == Measure.PERCENTAGE and not counts_missions(
            indicator, regional=regional
        )
        kept = value / HUNDRED if percentage else value
    amount = Amount(kept, written.numerator, written.denominator)
    rules = entry_rules(indicator, regional=regional, level=level)
    for finding in check_entry(rules, Entry(amount=amount)):
        at_fault: str | None = names.value
        if amount.numerator is not None or amount.denominator is not None:
            at_fault = names.denominator if amount.denominator is None else names.numerator
        shown = written.value if amount.numerator is None else written.numerator
        faults.append(Fault(at_fault or names.value, shown, say_finding(finding)))
    return amount, faults


def _find_misplaced(indicator: Indicator, written: Written, names: Names, regional: bool) -> Iterator[Fault]:
    """What stands in a column that is not for this indicator."""
    fraction = written.numerator is not None or written.denominator is not None
    if counts_missions(indicator, regional=regional):
        if fraction or written.stage is not None or isinstance(written.value, str):
            yield Fault(
                names.value,
                written.stage if written.value is None else written.value,
                _("For the region, %(code)s counts missions: write their number in %(column)s.")
                % {"code": indicator.code, "column": names.value},
            )
        return
    if written.stage is not None and not indicator.scale:
        yield Fault(
            names.stage or names.value,
            written.stage,
            _("%(code)s has no stages. Write its amount in %(column)s.")
            % {"code": indicator.code, "column": names.value},
        )
    if fraction and indicator.measure != Measure.PERCENTAGE:
        yield Fault(
            names.numerator or names.value,
            written.numerator,
            _("%(code)s is no percentage. Write its amount in %(column)s.")
            % {"code": indicator.code, "column": names.value},
        )
    given = [written.value is not None, fraction, written.stage is not None]
    if sum(given) > 1:
        yield Fault(
            names.value,
            written.value,
            _(
                "The amount is given in two ways. Keep one: the value, or numerator and "
                "denominator, or the stage."
            ),
        )


def find_stage(indicator: Indicator, written: Decimal | str) -> int | None:
    """The place of a stage by its word; yes and no also as 1 and 0 and in other languages of the region."""
    if isinstance(written, Decimal):
        if indicator.measure == Measure.YES_NO and written in (0, 1):
            return int(written)
        return None
    word = written.strip().casefold()
    scale = [stage.casefold() for stage in indicator.scale]
    if word in scale:
        return scale.index(word)
    if indicator.measure == Measure.YES_NO:
        return {"y": 1, "true": 1, "да": 1, "oui": 1, "n": 0, "false": 0, "нет": 0, "non": 0}.get(word)
    return None


def _say_stages(indicator: Indicator, written: Decimal | str) -> str:
    return _("“%(word)s” is no stage of %(code)s. Write one of: %(stages)s.") % {
        "word": f"{written:f}" if isinstance(written, Decimal) else written,
        "code": indicator.code,
        "stages": ", ".join(indicator.scale),
    }


def to_sheet(indicator: Indicator, value: Decimal | None, *, regional: bool = False) -> Decimal | str | None:
    """A kept value as a sheet says it: 40 for 0.4, the word of a stage."""
    if value is None or counts_missions(indicator, regional=regional):
        return value
    if indicator.measure == Measure.PERCENTAGE:
        return value * HUNDRED
    if indicator.scale:
        place = int(value)
        return indicator.scale[place] if 0 <= place < len(indicator.scale) else value
    return value
