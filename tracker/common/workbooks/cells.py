"""What a cell may hold once it is read, and how raw values become that.

Every value is what the person sees: exact decimals (never a float), trimmed text, nothing for an empty cell,
and a `CellError` where the sheet shows an error.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell that has no value to be read.

    `code` is what the sheet shows, such as #N/A; the empty code is a formula that was never calculated.
    `sentence` says what is wrong where the cell shows no error of its own, such as a merged one.
    """

    code: str
    sentence: str = ""

    def __str__(self) -> str:
        return self.code or _("a formula without a result")

    @property
    def message(self) -> str:
        """Say what is wrong with the cell and what to do."""
        if self.sentence:
            return self.sentence
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

# What the programs print in a cell that has no value; it arrives as text from CSV.
_ERROR_TEXT = re.compile(
    r"#(?:N/A|DIV/0!|REF!|VALUE!|NAME\?|NULL!|NUM!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|UNKNOWN!|"
    r"GETTING_DATA)|Err:\d{3}"
)
# No-break and typographic spaces look like spaces; zero-width ones look like nothing. Control characters are what
# programs leave behind; most cannot be kept, nor written into a workbook again. Halves of letters are none.
_INVISIBLE = str.maketrans(
    dict.fromkeys("\u00a0\u2007\u202f\u2002\u2003\u2009\u200a\u3000", " ")
    | dict.fromkeys("\u200b\u2060\ufeff\ufffe\uffff")
    | dict.fromkeys(map(chr, (*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0xA0))))
    | dict.fromkeys("\r\x0b\x0c\x85\u2028\u2029", "\n")
    | dict.fromkeys(map(chr, range(0xD800, 0xE000)), "\ufffd")
)
# Some join letters or turn the direction of writing inside a text; at its ends they are left-overs like spaces.
_AT_ENDS = "".join(filter(str.isspace, map(chr, range(0x3001)))) + (
    "\u00ad\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)


def clean_text(text: str) -> str:
    """Trim, fold no-break spaces to plain ones, drop zero-width ones and control characters, and end every
    line with a line feed.
    """
    return text.replace("\r\n", "\n").translate(_INVISIBLE).strip(_AT_ENDS)


def is_error_text(text: str) -> bool:
    """Tell whether this is how a spreadsheet program prints an error."""
    return text[:1] in ("#", "E") and _ERROR_TEXT.fullmatch(text) is not None


def read_text(text: str) -> str | CellError | None:
    """Give clean text, None where nothing is left of it, or the error that it spells."""
    # Most text is ASCII, and a call for each text of a large sheet is felt.
    cleaned = text.strip() if text.isascii() and text.isprintable() else clean_text(text)
    if not cleaned:
        return None
    return CellError(cleaned) if is_error_text(cleaned) else cleaned


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


class CellReader:
    """Turns raw values into cells. `characters` is the most a text may have."""

    def __init__(self, *, characters: int) -> None:
        self._characters = characters

    def read(self, values: Sequence[Any]) -> list[Cell]:
        """Convert many values, each distinct one once: figures, codes and words repeat a great deal."""
        distinct = set(values)
        if len(distinct) < 3 and distinct <= {"", None}:
            return [None] * len(values)
        types = set(map(type, values))
        if bool in types and (float in types or int in types):
            # To a dictionary True and 1 are one key.
            return [self._read_value(value) for value in values]
        cells = {value: self._read_value(value) for value in distinct}
        return [cells[value] for value in values]

    def _read_value(self, value: Any) -> Cell:
        if isinstance(value, str):
            return self._read_text(value)
        if isinstance(value, float):
            return read_float(value)
        if isinstance(value, timedelta):
            return read_duration(value)
        if isinstance(value, time):
            return str(value)
        if isinstance(value, int) and not isinstance(value, bool):
            return Decimal(value)
        assert value is None or isinstance(value, (bool, date, CellError, Decimal))
        return value

    def _read_text(self, text: str) -> Cell:
        cell = read_text(text)
        if isinstance(cell, str) and len(cell) > self._characters:
            return CellError(
                cell[:60] + "…",
                ngettext(
                    "The text has %(length)d character; a cell can hold %(most)d. Shorten it.",
                    "The text has %(length)d characters; a cell can hold %(most)d. Shorten it.",
                    len(cell),
                )
                % {"length": len(cell), "most": self._characters},
            )
        return cell
