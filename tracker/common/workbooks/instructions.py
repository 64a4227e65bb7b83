"""The sheet of a template that people read first: what it is, how to fill it in, what each column means."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

from tracker.common.formats import show_date

from .specs import Column, SheetSpec, Text
from .validations import describe
from .xlsx_sheets import LINE_HEIGHT, count_lines, set_up_print, write_text
from .xlsx_styles import ACCENT, GREY, GREY_INK, INK, LINE, PALE, Styles

# In characters: what a column is called, what it means, required, what may stand there, example.
_WIDTHS = (24, 52, 10, 44, 24)
_REQUIRED = 2


def place_instructions(
    worksheet: Worksheet,
    styles: Styles,
    *,
    title: str,
    facts: Sequence[tuple[Text, Text]],
    steps: Sequence[Text],
    sheets: Sequence[tuple[str, SheetSpec]],
    likes: Mapping[str, Sequence[Sequence[Column]]],
) -> None:
    """Write the sheet. `sheets` are the names and specs of those to be filled in; `likes` gives, by the name of
    a sheet, for each column what its cells are like: itself, and what single cells are like instead."""
    _Page(worksheet, styles).write(title=title, facts=facts, steps=steps, sheets=sheets, likes=likes)


class _Page:
    """The sheet in the making: the next row to be written."""

    def __init__(self, worksheet: Worksheet, styles: Styles) -> None:
        self._worksheet = worksheet
        self._make = styles.make
        self._row = 0
        self._asks = True

    def write(
        self,
        *,
        title: str,
        facts: Sequence[tuple[Text, Text]],
        steps: Sequence[Text],
        sheets: Sequence[tuple[str, SheetSpec]],
        likes: Mapping[str, Sequence[Sequence[Column]]],
    ) -> None:
        worksheet = self._worksheet
        for index, width in enumerate(_WIDTHS):
            worksheet.set_column(index, index, width)
        worksheet.hide_gridlines(2)
        self._write_line(
            title, self._make(bold=True, font_size=16, font_color=ACCENT, valign="top"), height=32
        )
        for label, fact in facts:
            write_text(worksheet, self._row, 0, str(label), self._make(font_color=GREY_INK, valign="top"))
            self._write_wide(
                str(fact), start=1, look=self._make(text_wrap=True, valign="top", font_color=INK)
            )
        self._write_heading(_("How to fill it in"))
        for number, step in enumerate(steps, start=1):
            look = self._make(text_wrap=True, valign="top", font_color=INK, indent=1)
            self._write_wide(f"{number}.  {step}", start=0, look=look)
        columns = [column for _name, sheet in sheets for column in _to_be_told(sheet)]
        self._asks = any(column.required for column in columns)
        self._write_legend()
        for name, sheet in sheets:
            self._write_columns(name, sheet, likes[name])
        set_up_print(worksheet, title)

    def _write_line(self, text: str, look: Any, *, height: float | None = None) -> None:
        if height:
            self._worksheet.set_row(self._row, height)
        write_text(self._worksheet, self._row, 0, text, look)
        self._row += 1

    def _write_heading(self, text: str) -> None:
        self._row += 1
        self._write_line(text, self._make(bold=True, font_size=12, font_color=ACCENT), height=20)

    def _write_wide(self, text: str, *, start: int, look: Any) -> None:
        """Write text across the columns from `start` to the last, as high as it needs: programs find the
        height of a row by themselves only where no cells are merged."""
        last = len(_WIDTHS) - 1
        lines = count_lines(text, sum(_WIDTHS[start:]))
        self._worksheet.set_row(self._row, LINE_HEIGHT * lines + 3)
        self._worksheet.merge_range(self._row, start, self._row, last, "", look)
        write_text(self._worksheet, self._row, start, text, look)
        self._row += 1

    def _write_legend(self) -> None:
        self._row += 1
        headings = (
            (self._make(bg_color=ACCENT, font_color="#FFFFFF", bold=True, border=1, border_color=LINE),
             (_("Dark heading"), _("Every row needs a value here."))),
            (self._make(bg_color=PALE, font_color=INK, bold=True, border=1, border_color=LINE),
             (_("Light heading"), _("May be left empty."))),
        )  # fmt: skip
        for look, text in (
            *(headings if self._asks else ()),
            (self._make(bg_color=GREY, font_color=INK, border=1, border_color=LINE),
             (_("Grey cell"), _("Says what the row is about, or is not for this row. Leave it as it is."))),
        ):  # fmt: skip
            write_text(self._worksheet, self._row, 0, text[0], look)
            write_text(self._worksheet, self._row, 1, text[1], self._make(font_color=INK, indent=1))
            self._row += 1

    def _write_columns(self, name: str, sheet: SheetSpec, likes: Sequence[Sequence[Column]]) -> None:
        self._write_heading(_("The columns of the sheet “%(name)s”") % {"name": name})
        header = self._make(
            bold=True, bg_color=PALE, font_color=INK, border=1, border_color=LINE, valign="top"
        )
        titles = [_("Column"), _("What it means"), _("Required"), _("What may stand there"), _("Example")]
        if all(column.example is None for column in sheet.columns):
            titles.pop()
        self._write_cells(titles, header, header)
        cell = self._make(text_wrap=True, valign="top", border=1, border_color=LINE, font_color=INK)
        strong = self._make(
            text_wrap=True, valign="top", border=1, border_color=LINE, font_color=INK, bold=True
        )
        told = _to_be_told(sheet)
        for column, like in zip(sheet.columns, likes, strict=True):
            if column not in told:
                continue
            texts = (
                column.heading,
                str(column.help),
                _("Yes") if column.required else "",
                describe_column(column, like),
                show_example(column),
            )
            lines = max(count_lines(text, width) for text, width in zip(texts, _WIDTHS, strict=True))
            self._worksheet.set_row(self._row, LINE_HEIGHT * lines + 3)
            self._write_cells(texts[: len(titles)], strong, cell)

    def _write_cells(self, texts: Sequence[str], first: Any, others: Any) -> None:
        """Write a row of the table; where nothing is required anywhere, the meaning takes that column too."""
        for index, text in enumerate(texts):
            look = others if index else first
            if index == _REQUIRED and not self._asks:
                self._worksheet.merge_range(self._row, index - 1, self._row, index, "", look)
                write_text(self._worksheet, self._row, index - 1, texts[index - 1], look)
            else:
                write_text(self._worksheet, self._row, index, text, look)
        self._row += 1


def _to_be_told(sheet: SheetSpec) -> list[Column]:
    """The columns that people see, and of a locked sheet those that they fill in."""
    return [c for c in sheet.columns if not (c.hidden or (sheet.locked and c.fixed))]


def describe_column(column: Column, likes: Sequence[Column]) -> str:
    """Say what may stand in a column, and what else in those of its cells that differ."""
    whats = list(dict.fromkeys(describe(like) for like in likes or (column,)))
    if column.fixed:
        return _("%(what)s. The grey cells are filled in already.") % {"what": whats[0]}
    if len(whats) == 1:
        return whats[0]
    return "\n".join([_("As the row asks:"), *(f"– {what}" for what in whats)])


def show_example(column: Column) -> str:
    """Give the example of a column as a person would type it."""
    example = column.example
    if example is None:
        return ""
    if isinstance(example, bool):
        return _("yes") if example else _("no")
    if isinstance(example, date):
        return show_date(example)
    if isinstance(example, Decimal):
        return format(example, "f")
    return str(example)
