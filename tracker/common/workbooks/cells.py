"""What a cell may hold once it is read, and how raw values become that.

Every value is what the person sees: exact decimals (never a float), trimmed text, nothing for an empty cell,
and a `CellError` where the sheet shows an error.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell that shows an error instead of a value, such as #N/A or #DIV/0!.

    `code` is what the sheet shows; the empty code is a formula that was never calculated.
    """

    code: str

    def __str__(self) -> str:
        return self.code or _("a formula without a result")

    @property
    def message(self) -> str:
        """Say what is wrong with the cell and what to do."""
        if not self.code:
            return _(
                "The cell holds a formula that was never calculated. Open the file in a spreadsheet program, "
                "save it, and upload it again."
            )
        return _(
            "The cell shows the error %(code)s. Correct its formula, or type the value in its place."
        ) % {"code": self.code}


class Percent(Decimal):
    """A number that is written with a percent sign: 40 for "40 %". What is no percentage refuses it."""


Cell = str | Decimal | bool | date | datetime | CellError | None

# What the programs print in a cell that has no value; it arrives as text from CSV and ODS.
_ERROR_TEXT = re.compile(
    r"#(?:N/A|DIV/0!|REF!|VALUE!|NAME\?|NULL!|NUM!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|UNKNOWN!|"
    r"GETTING_DATA)|Err:\d{3}"
)
# No-break, figure and narrow no-break spaces look like spaces; zero-width ones look like nothing.
_INVISIBLE = str.maketrans(
    {"\u00a0": " ", "\u2007": " ", "\u202f": " ", "\u200b": None, "\ufeff": None, "\r": "\n"}
)


def clean_text(text: str) -> str:
    """Trim, fold no-break spaces to plain ones, drop zero-width ones, end every line with a line feed."""
    return text.replace("\r\n", "\n").translate(_INVISIBLE).strip()


def read_text(text: str) -> Cell:
    """Give clean text, None where nothing is left of it, or the error that it spells."""
    # Most text is ASCII, and a call for each cell of a large sheet is felt.
    cleaned = text.strip() if text.isascii() and "\r" not in text else clean_text(text)
    if not cleaned:
        return None
    if cleaned[0] in "#E" and _ERROR_TEXT.fullmatch(cleaned):
        return CellError(cleaned)
    return cleaned


def read_float(number: float) -> Decimal | CellError:
    """Give the decimal number that a spreadsheet shows for this binary one.

    Spreadsheets hold 15 significant digits. What lies behind them is the noise of binary arithmetic
    (0.1 + 0.2 is stored as 0.30000000000000004 and shown as 0.3).
    """
    if number.is_integer() and abs(number) < 1e16:
        return Decimal(int(number))
    if number != number or number in (float("inf"), float("-inf")):
        return CellError("#NUM!")
    shortest = repr(number)
    return Decimal(shortest if len(shortest) <= 16 else format(number, ".15g"))


def make_plain(number: Decimal) -> Decimal:
    """Give the same number without trailing zeros and, up to 20 digits, without an exponent: 40, not 4E+1."""
    number = number.normalize()
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and exponent > 0 and number.adjusted() < 20:
        return number.quantize(Decimal(1))
    return number


def read_duration(duration: timedelta) -> str:
    """Give a duration as hours, minutes and seconds, as the sheet shows it."""
    seconds = int(duration.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600}:{seconds % 3600 // 60:02d}:{seconds % 60:02d}"


class _Numbers(dict[float, Cell]):
    """Converts each distinct number once: making decimals is slow, and figures repeat a great deal."""

    def __missing__(self, number: float) -> Cell:
        cell = self[number] = read_float(number)
        return cell


class CellReader:
    """Turns rows of raw values into cells; one for each file, for it remembers its numbers."""

    def __init__(self) -> None:
        self._by_type: dict[type, Callable[[Any], Cell]] = {
            str: read_text,
            float: _Numbers().__getitem__,
            int: Decimal,
            bool: bool,
            date: _same,
            datetime: _same,
            time: str,
            timedelta: read_duration,
            CellError: _same,
            type(None): _same,
        }

    def read(self, values: Sequence[Any]) -> list[Cell]:
        """Convert the values of one row."""
        by_type = self._by_type
        return [by_type[type(value)](value) for value in values]


def _same(value: Any) -> Any:
    return value
