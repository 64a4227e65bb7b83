"""Which quarters a figure speaks for: a quarter, a half-year or a year, kept at the last of them."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tracker.common.formats import show_quarter
from tracker.common.workbooks.cells import Cell
from tracker.common.workbooks.numbers import Mark, NumberError

_SPAN = re.compile(r"(\d{4})(?:\s*[-/ ]?\s*([QH])\s*([1-4]))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Span:
    """``number`` is the last quarter's, year × 4 + quarter - 1; ``covers`` is how many quarters."""

    written: str
    number: int
    covers: int

    @property
    def code(self) -> str:
        """The code of the last quarter."""
        return f"{self.number // 4}-Q{self.number % 4 + 1}"

    @property
    def name(self) -> str:
        """What a person calls it."""
        return name_span(self.number, self.covers)

    @property
    def numbers(self) -> range:
        return range(self.number - self.covers + 1, self.number + 1)


def code_span(number: int, covers: int) -> str:
    """The quarters that end with this one as a sheet writes them: 2021-Q3, 2021-H1, 2021."""
    year, quarter = number // 4, number % 4 + 1
    if covers == 4 and quarter == 4:
        return f"{year}"
    if covers == 2 and quarter in (2, 4):
        return f"{year}-H{quarter // 2}"
    return f"{year}-Q{quarter}"


def name_span(number: int, covers: int) -> str:
    """What a person calls the quarters that end with this one: Q3 2021, H1 2021, 2021."""
    year, quarter = number // 4, number % 4 + 1
    if covers == 4 and quarter == 4:
        return f"{year}"
    if covers == 2 and quarter in (2, 4):
        return _("H%(half)s %(year)s") % {"half": quarter // 2, "year": year}
    last = show_quarter(f"{year}-Q{quarter}")
    return last if covers == 1 else f"{name_span(number - covers + 1, 1)}–{last}"


def read_span(cell: Cell, mark: Mark | None = None) -> Span:
    """2021-Q3, 2021-H1 or 2021. Raises NumberError."""
    written = str(cell).strip()
    match = _SPAN.fullmatch(written)
    if match:
        year, kind, part = int(match[1]), (match[2] or "").upper(), int(match[3] or 0)
        if not kind:
            return Span(f"{year}", year * 4 + 3, 4)
        if kind == "Q":
            return Span(f"{year}-Q{part}", year * 4 + part - 1, 1)
        if part <= 2:
            return Span(f"{year}-H{part}", year * 4 + part * 2 - 1, 2)
    raise NumberError(
        _("“%(text)s” is no period. Write a quarter (2021-Q3), a half-year (2021-H1) or a year (2021).")
        % {"text": written}
    )
