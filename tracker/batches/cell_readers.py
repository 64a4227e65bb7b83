"""How the cell of a column is read: text, numbers, dates, words of a closed list.

Each takes a filled cell, and the decimal mark of the file where it is known, and gives a value; what it cannot
read it refuses with a ``NumberError`` that says so. A column names one of them: ``Column("due", last_day)``.
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from tracker.common.addresses import UNFIT, fits_an_address
from tracker.common.workbooks.cells import Cell, Percent
from tracker.common.workbooks.numbers import (
    Mark,
    NoDate,
    NoFigure,
    NumberError,
    SuppressedFigure,
    parse_date,
    parse_decimal,
    parse_yes_no,
)

from .plans import show

# From a filled cell, and the decimal mark of the file where it is known, to a value; raises NumberError.
Parse = Callable[[Cell, Mark | None], Any]


def text(cell: Cell, mark: Mark | None = None) -> str:
    """What the cell says; a number or a date as it is written."""
    return show(cell)


def text_within(most: int) -> Parse:
    """Text of at most so many characters."""

    def read(cell: Cell, mark: Mark | None = None) -> str:
        value = show(cell)
        if len(value) > most:
            raise NumberError(
                _("The text has %(length)d characters; %(most)d are the most. Shorten it.")
                % {"length": len(value), "most": most}
            )
        return value

    return read


def code_within(most: int) -> Parse:
    """A code of at most so many characters, by which a page can be found."""
    read_text = text_within(most)

    def read(cell: Cell, mark: Mark | None = None) -> str:
        value = str(read_text(cell, mark))
        if not fits_an_address(value):
            raise NumberError(str(UNFIT))
        return value

    return read


def number(cell: Cell, mark: Mark | None = None) -> Decimal:
    """A number that the database can hold: at most 14 digits before the point and six after it."""
    value = parse_decimal(cell, locale_hint=mark)
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -6:
        raise NumberError(
            _("%(value)s has more than six decimals. Round it.") % {"value": format(value, "f")}
        )
    if value.adjusted() >= 14:
        raise NumberError(
            _("%(value)s is too large to be a figure. Check it.") % {"value": format(value, "f")}
        )
    return value


def share_of_one(cell: Cell, mark: Mark | None = None) -> Decimal:
    """A share as a number from 0 to 1 with at most four decimals; "85 %" is 0.85."""
    written = parse_decimal(cell, locale_hint=mark)
    value = written.scaleb(-2) if isinstance(written, Percent) else written
    exponent = value.as_tuple().exponent
    if not 0 <= value <= 1 or (isinstance(exponent, int) and exponent < -4):
        raise NumberError(_("Give a share from 0 to 1 with at most four decimals, such as 0.85 or 85 %."))
    return value


def whole(cell: Cell, mark: Mark | None = None) -> int:
    """A whole number from 0 up to what an order or a small count can be."""
    value = parse_decimal(cell, locale_hint=mark)
    if value != int(value) or not 0 <= value <= 32_000:
        raise NumberError(_("%(value)s is not a whole number from 0 up.") % {"value": format(value, "f")})
    return int(value)


def day(cell: Cell, mark: Mark | None = None) -> date:
    """A date."""
    return parse_date(cell)


_QUARTER = re.compile(r"(\d{4})[-\s]?Q([1-4])", re.IGNORECASE)
_HALF = re.compile(r"(\d{4})[-\s]?H([12])", re.IGNORECASE)
_YEAR = re.compile(r"(19|20)\d{2}")


def last_day(cell: Cell, mark: Mark | None = None) -> date:
    """A date, or the last day of a year (2022), half-year (2022-H1) or quarter (2022-Q1)."""
    if isinstance(cell, (date, datetime)):
        return parse_date(cell)
    written = show(cell).strip()
    if _YEAR.fullmatch(written):
        return date(int(written), 12, 31)
    for pattern, months in ((_QUARTER, 3), (_HALF, 6)):
        if match := pattern.fullmatch(written):
            year, month = int(match[1]), int(match[2]) * months
            return date(year, month, calendar.monthrange(year, month)[1])
    try:
        return parse_date(cell)
    except NoDate:
        raise NumberError(
            _("“%(text)s” is neither a date (2022-12-31) nor a year (2022) nor a quarter (2022-Q4).")
            % {"text": written}
        ) from None


def yes_no(cell: Cell, mark: Mark | None = None) -> bool:
    """Yes or no."""
    return parse_yes_no(cell)


@dataclass(frozen=True)
class OneOf:
    """Reads one of the codes of a closed list, however it is written: semi-annual is semi_annual."""

    choices: type[TextChoices]

    def __call__(self, cell: Cell, mark: Mark | None = None) -> str:
        written = show(cell)
        value = self._known.get(_fold(written))
        if value is None:
            raise NumberError(
                _("“%(text)s” is none of: %(choices)s.")
                % {"text": written, "choices": ", ".join(self.choices.values)}
            )
        return str(value)

    @cached_property
    def _known(self) -> dict[str, str]:
        known = {_fold(value): value for value in self.choices.values}
        return known | {_fold(str(label)): value for value, label in self.choices.choices}


def one_of(choices: type[TextChoices]) -> Parse:
    """One of the codes of a closed list."""
    return OneOf(choices)


def _fold(word: str) -> str:
    return re.sub(r"[\s_\-]+", " ", word).strip().casefold()


def several(cell: Cell, mark: Mark | None = None) -> tuple[str, ...]:
    """Words separated by semicolons."""
    words = [word.strip() for word in show(cell).split(";")]
    return tuple(word for word in words if word)


def as_written(cell: Cell, mark: Mark | None = None) -> Decimal | str:
    """A number where it is one, else the word: for cells whose meaning depends on the indicator."""
    try:
        return number(cell, mark)
    except (NoFigure, SuppressedFigure):
        raise
    except NumberError:
        if isinstance(cell, str) and cell[0].isalpha():
            return cell
        if isinstance(cell, bool):
            return "yes" if cell else "no"
        raise
