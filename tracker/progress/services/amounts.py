"""Between what people write and what is kept: 40 is 0.4 of a percentage, "In force" the third stage, "yes" 1.

What a cell or a box means depends on its indicator, so it is worked out after the indicator was found.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, Protocol

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tracker.common.formats import show_exact
from tracker.common.workbooks.cells import Percent
from tracker.common.workbooks.numbers import AmbiguousNumber, NumberError, parse_decimal
from tracker.framework.choices import Measure, MissionRule
from tracker.framework.models import Indicator

from ..rules import Amount, Entry, EntryRules, admits_number, admits_percentage, check_entry
from ..wording import say_finding

HUNDRED = Decimal(100)


@dataclass(slots=True)
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
                return Amount(), [Fault(column, value, say_stages(indicator, value))]
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


class PlainRow(Protocol):
    """A row as far as its amount goes."""

    value: Decimal | str | None
    numerator: Decimal | None
    denominator: Decimal | None
    stage: str | None


ReadPlain = Callable[[PlainRow], Amount | None]


def plain_reader(indicator: Indicator, rules: EntryRules) -> ReadPlain:
    """A fast ``read_amount`` for the rows of an indicator: the amount of a row that is plainly right, None for
    every other, with which ``read_amount`` then takes its time.
    """
    if indicator.scale:
        return _plain_word_reader(indicator)
    if indicator.measure == Measure.PERCENTAGE:
        return _plain_share_reader(rules)
    return _plain_number_reader(rules)


def _plain_number_reader(rules: EntryRules) -> ReadPlain:
    fits = admits_number(rules)

    def read(row: PlainRow) -> Amount | None:
        value = row.value
        alone = row.numerator is None and row.denominator is None and row.stage is None
        return Amount(value) if alone and value.__class__ is Decimal and fits(value) else None

    return read


class AmountReader:
    """``read_amount`` for the levels of a whole sheet, fast where an amount is plainly right."""

    def __init__(self) -> None:
        self._plain: dict[tuple[int, bool], ReadPlain] = {}

    def read(
        self, indicator: Indicator, written: Written, *, names: Names, regional: bool
    ) -> tuple[Amount, list[Fault]]:
        """As ``read_amount``."""
        key = indicator.pk, regional
        if key not in self._plain:
            self._plain[key] = _plain_level_reader(indicator, regional=regional)
        amount = self._plain[key](written)
        if amount is not None:
            return amount, []
        return read_amount(indicator, written, names=names, regional=regional)


def _plain_level_reader(indicator: Indicator, *, regional: bool) -> ReadPlain:
    rules = entry_rules(indicator, regional=regional)
    if counts_missions(indicator, regional=regional):
        return _plain_number_reader(rules)
    return plain_reader(indicator, rules)


def _plain_word_reader(indicator: Indicator) -> ReadPlain:
    places = {word: Amount(Decimal(place)) for place, word in enumerate(indicator.scale)}

    def read(row: PlainRow) -> Amount | None:
        if row.numerator is not None or row.denominator is not None:
            return None
        if row.stage is not None:
            return places.get(row.stage) if row.value is None else None
        return places.get(row.value) if row.value.__class__ is str else None

    return read


def _plain_share_reader(rules: EntryRules) -> ReadPlain:
    fits = admits_percentage(rules)

    def read(row: PlainRow) -> Amount | None:
        value, n, d = row.value, row.numerator, row.denominator
        if row.stage is not None:
            return None
        if value is None and n.__class__ is Decimal and d.__class__ is Decimal:
            amount = Amount(None, n, d)
        elif isinstance(value, Decimal) and n is None and d is None:
            amount = Amount(value / HUNDRED)
        else:
            return None
        return amount if fits(amount) else None

    return read


def _find_misplaced(indicator: Indicator, written: Written, names: Names, regional: bool) -> Iterator[Fault]:
    """What stands in a column that is not for this indicator."""
    is_share = indicator.measure == Measure.PERCENTAGE and not counts_missions(indicator, regional=regional)
    for column, amount in (
        (names.value, None if is_share else written.value),
        (names.numerator, written.numerator),
        (names.denominator, written.denominator),
    ):
        if isinstance(amount, Percent):
            yield Fault(column or names.value, amount, say_no_percentage(amount))
            return
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


def say_no_percentage(amount: Percent) -> str:
    """Why a percentage is refused where a number is asked for."""
    return _("%(amount)s %% is a percentage, and a number is asked for here. Write the number itself.") % {
        "amount": show_exact(amount)
    }


# -- What is typed into a form ------------------------------------------------------------------------
Mark = Literal[",", "."]


def mark_of_language() -> Mark:
    """How the person's language writes decimals: printed and read the same."""
    return "," if (get_language() or "en")[:2] in ("ru", "fr") else "."


def as_typed(number: Decimal | None) -> str:
    """A stored number as a person would type it: no trailing zeros, no exponent."""
    return "" if number is None else format(number.normalize(), "f").replace(".", mark_of_language())


def read_typed(text: str, *, indicator: Indicator, mark: Mark, is_part: bool = False) -> Decimal:
    """The number that a person typed, in a language whose decimal mark is ``mark``; 40 for "40 %".

    ``is_part``: it is a numerator or a denominator. Thousands may be grouped. What could be two numbers, as
    1,234 could be 1234 or 1.234, is asked about, unless the indicator takes so few decimals that it can only be
    1234 and the language writes decimals otherwise. Raises NumberError.
    """
    has_fractions = is_part or indicator.measure == Measure.PERCENTAGE or indicator.decimals > 2
    return read_number(
        text,
        mark=mark,
        decimals=indicator.decimals,
        has_fractions=has_fractions,
        takes_percent=not is_part and indicator.measure == Measure.PERCENTAGE,
    )


def read_number(
    text: str, *, mark: Mark, decimals: int, has_fractions: bool = False, takes_percent: bool = False
) -> Decimal:
    """The number that a person typed where at most so many decimals are taken, as ``read_typed`` understands it.

    ``has_fractions``: three decimals are usual here, so that 1,234 may be either. Raises NumberError.
    """
    try:
        # A comma is a decimal mark where the language writes it so; elsewhere people write it so all the same.
        number = parse_decimal(text, locale_hint="," if mark == "," and has_fractions else None)
    except AmbiguousNumber as error:
        if has_fractions:
            raise
        whole, _fraction = error.readings
        if mark in text:
            raise NumberError(_say_grouped(text, whole, decimals)) from None
        return whole
    if isinstance(number, Percent) and not takes_percent:
        raise NumberError(say_no_percentage(number))
    return number


def _say_grouped(text: str, whole: Decimal, decimals: int) -> str:
    names = {"text": text, "whole": f"{whole:f}", "decimals": decimals}
    if decimals:
        sentence = ngettext(
            "“%(text)s” has three decimals, and at most %(decimals)s is taken.",
            "“%(text)s” has three decimals, and at most %(decimals)s are taken.",
            decimals,
        )
    else:
        sentence = _("“%(text)s” is no whole number.")
    return " ".join((sentence, _("If %(whole)s is meant, write it without the separator."))) % names


def say_how_to_type(mark: Mark) -> str:
    """The ways of writing a number that are taken without asking back."""
    if mark == ",":
        return _("Write numbers as 1234, 1 234 or 1.234; decimals with a comma, as 12,5.")
    return _("Write numbers as 1234, 1 234 or 1,234; decimals with a point, as 12.5.")


def say_reading(text: str, number: Decimal, *, mark: Mark) -> str:
    """How a number was understood that others could read otherwise: “1,234” as 1 234; nothing of a plain one."""
    other = "," if mark == "." else "."
    if other not in text and text.count(mark) < 2:
        return ""
    return _("“%(text)s” as %(number)s") % {"text": text, "number": show_exact(number)}


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


def say_stages(indicator: Indicator, written: Decimal | str) -> str:
    """That a word is no stage of the indicator, and which there are."""
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
