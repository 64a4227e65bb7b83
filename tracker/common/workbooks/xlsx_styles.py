"""The looks of the workbooks that are written: each cell format made once, colours that also print."""

from dataclasses import dataclass
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from .specs import Column

INK, GREY_INK = "#1F2933", "#595959"
ACCENT, PALE, GREY, LINE = "#1B4F7A", "#DCE6F1", "#EDEFF2", "#C5CCD4"
# No program offers this very fill, so that what was painted is known again.
ERROR_INK, ERROR_FILL, ERROR_LINE = "#8E0B14", "#FFC9CD", "#C8323C"

_HEADER: dict[str, Any] = {"bold": True, "bottom": 1, "valign": "top", "text_wrap": True}
# The format @ keeps what is typed: 1-2 does not turn into a date.
_FORM: dict[str, Any] = {
    "typed": "@",
    "locked": False,
    "valign": "top",
    "text_wrap": True,
    "border": 1,
    "border_color": LINE,
}


@dataclass(frozen=True, slots=True)
class CellLook:
    """The formats of the cells of a column. `quoted` is for text that a program could take for a formula:
    it stays text even when somebody opens the cell and leaves it again. `empty` is for a cell without a value.
    None is the program's own look.
    """

    text: Format | None
    quoted: Format
    value: Format
    date: Format
    moment: Format
    empty: Format | None


class Styles:
    """The cell formats of one workbook, by what they are for; the same properties give the same one."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def make(self, **properties: Any) -> Format:
        """Give a cell format of these properties, under the names XlsxWriter has for them."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(properties)
        return self._made[key]

    @property
    def header(self) -> Format:
        """The heading of a column in an export."""
        return self.make(**_HEADER, bg_color=PALE)

    @property
    def tag(self) -> Format:
        """A HXL tag."""
        return self.make(italic=True, font_color=GREY_INK)

    @property
    def note(self) -> Format:
        """A line above the header."""
        return self.make(italic=True)

    def find_heading(self, column: Column) -> Format:
        """Give the look of a heading in a template: dark where every row needs a value."""
        if column.required:
            return self.make(**_HEADER, bg_color=ACCENT, font_color="#FFFFFF")
        return self.make(**_HEADER, bg_color=PALE, font_color=INK)

    def find_look(self, column: Column, *, typed: str = "General", **more: Any) -> CellLook:
        """Give the formats of a column's cells; `more` are properties that all of them share, `typed` is the
        number format of text."""
        value = self.make(**more, num_format=column.shown_format)
        dates = "d mmm yyyy" if column.kind == "text" else column.shown_format
        moments = column.shown_format if column.kind in ("number", "percent", "datetime") else None
        text: Format | None = None
        if more:
            text = self.make(**more, num_format=typed if column.kind == "text" else column.shown_format)
        return CellLook(
            text=text,
            quoted=self.make(**more, num_format=typed, quote_prefix=True),
            value=value,
            date=self.make(**more, num_format=dates),
            moment=self.make(**more, num_format=moments or "d mmm yyyy hh:mm"),
            empty=text if column.kind == "text" else value,
        )

    def find_open_look(self, column: Column, *, locked: bool = False) -> CellLook:
        """Give the formats of cells that a person fills in, or leaves alone where they are not for their row;
        of a sheet that is `locked`, the latter take nothing."""
        if column.closed:
            return self.find_look(column, **{**_FORM, "locked": locked, "bg_color": GREY})
        return self.find_look(column, **_FORM)

    def find_fixed_look(self, column: Column, *, locked: bool = False) -> CellLook:
        """Give the formats of cells that say what a row is about."""
        side = {"align": "right"} if column.right else {}
        return self.find_look(column, **{**_FORM, "locked": locked, "bg_color": GREY, **side})
