"""Makes the workbooks that people fill in and send back.

    write_template(Template(kind="progress", version="1", title="Progress, Kyrgyzstan, Q3 2021",
                            sheets=[SheetSpec("Progress", columns, rows)], steps=[...],
                            selection={"mission": "KG", "period": "2021-Q3"}, facts=[...]))

It opens on its instructions. In the sheets to be filled in, cells have drop-downs and limits down to the end of
the sheet, headings carry notes and cannot be changed, and what says what a row is about is grey. Nothing but
headings and rows stands in these sheets: examples are on the instructions. Its document properties say what
the workbook is (see `stamps`).
"""

import io
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

from .instructions import describe_column, place_instructions, show_example
from .specs import Column, Entry, SheetSpec, Text, pick_values
from .stamps import Stamp, write_stamp
from .validations import LISTS_SHEET, Lists, Validations
from .writing import CREATED
from .xlsx_sheets import MOST_COLUMNS, Placed, name_sheet, place_form, write_note
from .xlsx_styles import Styles

# Rows that are looked at to find how wide a column of text need be, and how wide it may become.
_ROWS_TO_MEASURE, _NARROWEST, _WIDEST = 200, 10, 48
# The button of a filter takes the room of some letters of the heading.
_BUTTON = 4

# People may do everything that leaves the headings alone. No password: it guards against slips of the hand.
_MAY = {
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
    "insert_rows": True,
    "delete_rows": True,
    "sort": True,
    "autofilter": True,
}
# Where the rows are those there are.
_MAY_IN_LOCKED = {"format_columns": True, "format_rows": True, "autofilter": True}


@dataclass(frozen=True, slots=True)
class Template:
    """A workbook to be filled in.

    `kind` and `version` say to the program what it is, and `selection` for what it was made; `facts` say the
    same to people, as (label, text), with who made it and when. `steps` are what to do, in order.
    """

    kind: str
    version: str
    title: str
    sheets: Sequence[SheetSpec]
    steps: Sequence[Text]
    selection: Mapping[str, str] = field(default_factory=dict)
    facts: Sequence[tuple[Text, Text]] = ()
    author: str = ""
    created: datetime = CREATED


def write_template(template: Template) -> bytes:
    """Give the bytes of the XLSX workbook."""
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True})
    workbook.set_properties(
        {
            "title": template.title,
            "subject": ", ".join(f"{label}: {fact}" for label, fact in template.facts)[:255],
            "author": template.author,
            "created": template.created,
        }
    )
    styles, lists = Styles(workbook), Lists()
    taken = {LISTS_SHEET.casefold()}
    instructions_name = name_sheet(_("Instructions"), taken)
    instructions = workbook.add_worksheet(instructions_name)
    named = [(name_sheet(str(sheet.name), taken), fit_widths(sheet)) for sheet in template.sheets]
    if not named:
        raise ValueError("A template needs at least one sheet to be filled in.")
    likes = {name: _place_sheet(workbook.add_worksheet(name), sheet, styles, lists) for name, sheet in named}
    place_instructions(
        instructions,
        styles,
        title=template.title,
        facts=template.facts,
        steps=template.steps,
        sheets=named,
        likes=likes,
    )
    if lists:
        lists.write(workbook)
    stamp = Stamp(
        kind=template.kind,
        version=template.version,
        selection=template.selection,
        data=tuple(likes),
        ignored=(instructions_name,),
    )
    write_stamp(workbook, stamp)
    workbook.close()
    return buffer.getvalue()


def _place_sheet(worksheet: Worksheet, sheet: SheetSpec, styles: Styles, lists: Lists) -> list[list[Column]]:
    """Write one sheet to be filled in; give, for each column, what its cells are like."""
    validations = Validations(sheet.columns)
    placed = place_form(worksheet, sheet, styles, watch=validations.watch)
    validations.lay(worksheet, lists, below=None if sheet.locked else placed.last + 1)
    likes = [validations.find_likes(index) for index in range(len(sheet.columns))]
    if not sheet.locked:
        _open_columns(worksheet, sheet, styles)
    _write_notes(placed, sheet, likes)
    worksheet.protect("", _MAY_IN_LOCKED if sheet.locked else _MAY)
    return likes


def _open_columns(worksheet: Worksheet, sheet: SheetSpec, styles: Styles) -> None:
    """Give every column its look down to the end of the sheet, so that new rows have it too.

    The columns beside them are unlocked as well: programs delete a row only if none of its cells is locked.
    """
    for index, column in enumerate(sheet.columns):
        worksheet.set_column(
            index,
            index,
            column.usual_width,
            styles.find_open_look(column).empty,
            {"hidden": True} if column.hidden else {},
        )
    if len(sheet.columns) < MOST_COLUMNS:
        # Else XlsxWriter would look for a cell in each of these columns, row by row.
        reach = worksheet.dim_colmax
        worksheet.set_column(len(sheet.columns), MOST_COLUMNS - 1, None, styles.make(locked=False))
        worksheet.dim_colmax = reach


def _write_notes(placed: Placed, sheet: SheetSpec, likes: Sequence[Sequence[Column]]) -> None:
    """Put what a column means into a note on its heading."""
    for index, column in enumerate(sheet.columns):
        if column.hidden:
            continue
        lines = [str(column.help)] if column.help else []
        lines.append(_("Required: every row needs a value.") if column.required else _("May be left empty."))
        lines.append(describe_column(column, likes[index]) + ".")
        if example := show_example(column):
            lines.append(_("Example: %(example)s") % {"example": example})
        write_note(placed.worksheet, placed.header, index, "\n".join(lines))


def fit_widths(sheet: SheetSpec) -> SheetSpec:
    """Give the same sheet with a width for every column: as given, else for its heading and first rows."""
    rows = iter(sheet.rows)
    first = list(itertools.islice(rows, _ROWS_TO_MEASURE))
    values = [pick_values(row, sheet.columns) for row in first]
    columns = [
        column if column.width else replace(column, width=_find_width(column, [row[index] for row in values]))
        for index, column in enumerate(sheet.columns)
    ]
    return replace(sheet, columns=columns, rows=itertools.chain(first, rows))


def _find_width(column: Column, values: Sequence[Any]) -> float:
    heading = max((len(word) for word in column.heading.replace("_", "_ ").split()), default=0) + _BUTTON
    if column.kind != "text":
        return max(column.usual_width, heading)
    texts = [str(value.value if isinstance(value, Entry) else value) for value in values if value is not None]
    texts += [column.hxl, *(str(choice) for choice in column.choices[:_ROWS_TO_MEASURE])]
    longest = max(
        (len(line) for text in texts if text for line in text.split("\n")), default=column.usual_width
    )
    return min(max(longest + 3, heading, _NARROWEST), _WIDEST)
