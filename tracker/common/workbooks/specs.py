"""What a sheet that is written holds: columns, rows, single cells that differ from their column.

The same description makes an export (XLSX, ODS, CSV), a template that people fill in, and a data dictionary.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from django.utils.functional import Promise

from .unwritable import replace_unwritable

Kind = Literal["text", "number", "percent", "date", "datetime"]
Text = str | Promise
Limit = int | Decimal | date | None

_FORMATS: dict[Kind, str] = {
    "text": "General",
    "number": "General",
    "percent": "0.0%",
    "date": "d mmm yyyy",
    "datetime": "d mmm yyyy hh:mm",
}
_WIDTHS: dict[Kind, float] = {"text": 24, "number": 14, "percent": 12, "date": 13, "datetime": 19}
MOST_CHARACTERS = 32_767
# What spreadsheet programs hold of a number; they put zeros for the rest.
_MOST_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `key` finds the value in a row, `title` is its heading (the key unless given).

    `width` is in characters, `number_format` is Excel's, `kind` decides both unless given. In a `percent`
    column 40 means 40 %, in its limits too. `hxl` is a HXL tag; where any column has one, a row of tags
    follows the header.

    The rest is for people who fill the sheet in, and for the data dictionary. `help` says what the column
    means, `required` that every row fills it, `example` is a value that could stand there. A cell takes one
    of the `choices` (others too unless `strict`), or what lies from `minimum` to `maximum`, in `whole`
    numbers if so. `fixed` columns say what a row is about: what stands there is not to be changed. `hidden`
    ones are fixed and not shown: stable keys by which a row is known again. What is `closed` stays empty: a
    cell that is like it is not for its row. `right`: its text is printed at the right, as figures are.
    """

    key: str
    title: Text = ""
    width: float | None = None
    number_format: str | None = None
    kind: Kind = "text"
    hxl: str = ""
    help: Text = ""
    required: bool = False
    example: Any = None
    choices: Sequence[str] = ()
    strict: bool = True
    minimum: Limit = None
    maximum: Limit = None
    whole: bool = False
    fixed: bool = False
    hidden: bool = False
    closed: bool = False
    right: bool = False

    def __post_init__(self) -> None:
        if self.kind == "percent" and self.number_format and "%" not in self.number_format:
            raise ValueError(f"The number format of the percent column {self.key} has no %.")
        if isinstance(self.choices, str):
            raise TypeError(f"The choices of the column {self.key} are a text, not a list of texts.")
        object.__setattr__(self, "choices", tuple(dict.fromkeys(self.choices)))
        for limit in (self.minimum, self.maximum):
            if limit is not None and isinstance(limit, date) != (self.kind in ("date", "datetime")):
                raise ValueError(f"The column {self.key} ({self.kind}) cannot have the limit {limit!r}.")

    @property
    def heading(self) -> str:
        """What stands in the header."""
        return str(self.title or self.key)

    @property
    def shown_format(self) -> str:
        """The number format of its cells."""
        # A count without separators: what a spreadsheet program shows as 1,234 it saves to CSV as 1,234.
        return self.number_format or ("0" if self.whole and self.kind == "number" else _FORMATS[self.kind])

    @property
    def usual_width(self) -> float:
        """Its width in characters: as given, else by its kind."""
        return self.width or _WIDTHS[self.kind]


@dataclass(frozen=True, slots=True)
class Entry:
    """A value in a cell that differs from its column: in kind, format, choices or limits.

    `like` is a column that the cell would fit. Where an indicator is a percentage, the cell in the column of
    values is `Entry(40, like=Column("value", kind="percent", minimum=0, maximum=100))`, also if it is empty.
    """

    value: Any
    like: Column


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """One sheet: its columns, and rows as mappings by key or as sequences in the order of the columns.

    Values are None (an empty cell), str, int, float, Decimal, bool, date or datetime, or an Entry of these;
    anything else is written as its text. `notes` are lines above the header, with an empty row after them
    (not in CSV). The first `frozen` columns stay in view when the sheet is scrolled sideways. Of a `locked` sheet
    to be filled in, the rows are those there are: only cells that are neither fixed nor closed take anything; each
    row has room for `lines` lines at least.
    """

    name: Text
    columns: Sequence[Column]
    rows: Iterable[Mapping[str, Any] | Sequence[Any]]
    notes: Sequence[Text] = ()
    frozen: int = 0
    locked: bool = False
    lines: int = 1

    @property
    def header_row(self) -> int:
        """The row of the header, counted from 0."""
        return len(self.notes) + 1 if self.notes else 0

    @property
    def first_row(self) -> int:
        """The first row of data, counted from 0: below the header and the row of tags, if there is one."""
        return self.header_row + (2 if self.is_tagged else 1)

    @property
    def is_tagged(self) -> bool:
        """Whether a row of HXL tags follows the header."""
        return any(column.hxl for column in self.columns)


def pick_values(row: Mapping[str, Any] | Sequence[Any], columns: Sequence[Column]) -> list[Any]:
    """Give the values of a row in the order of the columns; a mapping may lack some."""
    if isinstance(row, Mapping):
        return [row.get(column.key) for column in columns]
    if len(row) != len(columns):
        raise ValueError(f"A row has {len(row)} values for {len(columns)} columns.")
    return list(row)


def fit_text(text: str) -> str:
    """Keep text to what a cell of a workbook can hold; a longer one is cut and ends in an ellipsis."""
    if not (text.isascii() and text.isprintable()):
        text = replace_unwritable(text)
    return clip_text(text, MOST_CHARACTERS)


def clip_text(text: str, most: int) -> str:
    """Cut text to so many characters as spreadsheet programs count them; what is cut ends in an ellipsis."""
    if len(text) * 2 <= most:
        return text
    # They count in UTF-16, where a character may take two places.
    coded = text.encode("utf-16-le")
    if len(coded) <= most * 2:
        return text
    return coded[: most * 2 - 2].decode("utf-16-le", "ignore") + "…"


def is_too_exact(number: int | float | Decimal) -> bool:
    """Whether a number has more digits than a spreadsheet holds, so that only text keeps it as it is."""
    if isinstance(number, float) or len(str(number)) <= _MOST_DIGITS:
        return False
    digits = Decimal(number).normalize().as_tuple().digits
    return len(digits) > _MOST_DIGITS


def scale_percent(value: int | float | Decimal) -> float:
    """Give the fraction that a spreadsheet stores for a percentage: 0.4 for 40."""
    if isinstance(value, Decimal):
        return float(value.scaleb(-2))
    return value / 100 if isinstance(value, int) else float(Decimal(str(value)).scaleb(-2))


def find_zone_free(moment: datetime) -> datetime:
    """Give the same time on the clock without its zone, which sheets cannot hold."""
    return moment.replace(tzinfo=None)
