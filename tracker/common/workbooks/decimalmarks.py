"""Which decimal mark a file uses, told from all the numbers in it that are written as text.

"1,5" has a decimal comma, "1,234.5" a decimal point; "1,234" alone tells nothing, but means the same as its
neighbours do.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext as _

from .cells import Cell
from .numbers import Mark, split_sign

_POINT: Mark = "."
_COMMA: Mark = ","

# One separator: a decimal mark, unless it could as well part a group of three digits.
_SINGLE = re.compile(r"(\d*)([.,])(\d+)", re.ASCII)
# Groups of three: by spaces, then the other sign is the decimal mark; or by commas or points, twice or before a mark.
_GROUPED = re.compile(
    r"[1-9]\d{0,2}(?:( )\d{3}(?: \d{3})*([.,])\d+|([.,])\d{3}(?:\3\d{3})*(?:(?!\3)[.,]\d+)?)", re.ASCII
)


class Found(Enum):
    """How the decimal mark of a file is known."""

    GIVEN = "given"
    FOUND = "found"
    MIXED = "mixed"
    NOT_FOUND = "not found"


@dataclass(frozen=True, slots=True)
class DecimalMark:
    """The decimal mark of a file's text numbers, None where none is known, and how it is known.

    `example` is a number that shows it; with `Found.MIXED`, `other` is one that shows the contrary.
    """

    mark: Mark | None = None
    found: Found = Found.NOT_FOUND
    example: str = ""
    other: str = ""

    @property
    def sentence(self) -> str:
        """Say it to the person; nothing where no number is written as text."""
        if self.found is Found.MIXED:
            return _(
                "Numbers are written in two ways here, “%(example)s” and “%(other)s”. What could be read in both "
                "ways is not guessed: choose the decimal mark."
            ) % {"example": self.example, "other": self.other}
        if self.mark is None:
            return ""
        name = _("decimal comma") if self.mark == _COMMA else _("decimal point")
        if self.found is Found.GIVEN:
            return _("Numbers written as text were read with a %(mark)s, as chosen.") % {"mark": name}
        return _("Numbers written as text were read with a %(mark)s, as in “%(example)s”.") % {
            "mark": name,
            "example": self.example,
        }


def find_decimal_mark(columns: Iterable[list[Cell]], *, given: Mark | None = None) -> DecimalMark:
    """Find the decimal mark in the cells of columns that hold numbers; `given` overrules."""
    if given is not None:
        return DecimalMark(given, Found.GIVEN)
    examples: dict[Mark, str] = {}
    for cells in columns:
        for cell in dict.fromkeys(cells):
            if isinstance(cell, str) and (mark := tell_mark(cell)):
                examples.setdefault(mark, cell)
        if len(examples) == 2:
            return DecimalMark(None, Found.MIXED, examples[_COMMA], examples[_POINT])
    for mark, example in examples.items():
        return DecimalMark(mark, Found.FOUND, example)
    return DecimalMark()


def tell_mark(text: str) -> Mark | None:
    """Give the decimal mark that one number shows, None where it shows none or could be read with either."""
    _sign, body = split_sign(text)
    if match := _SINGLE.fullmatch(body):
        whole, mark, decimals = match[1], match[2], match[3]
        if len(decimals) == 3 and 1 <= len(whole) <= 3 and whole[0] != "0":
            return None
        return _COMMA if mark == "," else _POINT
    if match := _GROUPED.fullmatch(body):
        if match[1]:
            return _COMMA if match[2] == "," else _POINT
        return _POINT if match[3] == "," else _COMMA
    return None
