"""What a spreadsheet program lets people type into a cell: drop-downs, limits, and what it says otherwise.

A rule is worked out once for each column (or for what single cells are like) and then laid over all the cells
it holds for, down to the end of the sheet, so that rows that people add are checked too.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from tracker.common.formats import show_date

from .letters import column_letters
from .specs import Column, Limit, clip_text
from .xlsx_sheets import MOST_ROWS, find_serial, stands, write_text

LISTS_SHEET = "Lists"
# What a spreadsheet program shows of a message; a longer one is refused by it.
_MOST_IN_TITLE, _MOST_IN_MESSAGE = 32, 255
# How many separate stretches of rows one rule of the file names.
_STRETCHES_AT_ONCE = 200
# Wider than any figure and any date that can be read again.
_NUMBERS = Decimal(-999_999_999_999_999), Decimal(999_999_999_999_999)
_DATES = date(1900, 3, 1), date(2200, 12, 31)
_SHOWN_CHOICES = 6


def describe(column: Column) -> str:
    """Say in a line what may stand in a cell: for instructions, notes and messages."""
    if column.choices:
        return _describe_choices(column)
    low, high = _show(column.minimum, column), _show(column.maximum, column)
    if column.kind == "text":
        return _("Text")
    if column.kind in ("date", "datetime"):
        whats = (
            _("A date"),
            _("A date from %(low)s on"),
            _("A date up to %(high)s"),
            _("A date from %(low)s to %(high)s"),
        )
    elif column.kind == "percent":
        whats = (
            _("A percentage (40 is 40 %%)"),
            _("A percentage of %(low)s or more (40 is 40 %%)"),
            _("A percentage up to %(high)s (40 is 40 %%)"),
            _("A percentage from %(low)s to %(high)s (40 is 40 %%)"),
        )
    elif column.whole:
        whats = (
            _("A whole number"),
            _("A whole number, %(low)s or more"),
            _("A whole number, at most %(high)s"),
            _("A whole number from %(low)s to %(high)s"),
        )
    else:
        whats = (
            _("A number"),
            _("A number, %(low)s or more"),
            _("A number, at most %(high)s"),
            _("A number from %(low)s to %(high)s"),
        )
    what = whats[(column.minimum is not None) + 2 * (column.maximum is not None)]
    return what % {"low": low, "high": high}


def _describe_choices(column: Column) -> str:
    choices = [str(choice) for choice in column.choices]
    if len(choices) <= _SHOWN_CHOICES:
        listed = " · ".join(choices)
        return (_("One of: %(choices)s") if column.strict else _("For example: %(choices)s")) % {
            "choices": listed
        }
    shown = {"count": len(choices), "first": choices[0], "last": choices[-1]}
    if column.strict:
        return (
            ngettext(
                "One of %(count)d value in the list of the cell, from %(first)s to %(last)s",
                "One of the %(count)d values in the list of the cell, from %(first)s to %(last)s",
                len(choices),
            )
            % shown
        )
    return (
        ngettext(
            "%(count)d value is offered in the list of the cell; another may be written",
            "%(count)d values are offered in the list of the cell; another may be written",
            len(choices),
        )
        % shown
    )


def _show(limit: Limit, column: Column) -> str:
    if limit is None:
        return ""
    if isinstance(limit, date):
        return show_date(limit)
    return format(limit, "f" if isinstance(limit, Decimal) else "d")


class Lists:
    """The hidden sheet of choices: each list once, in a column of its own under a defined name, so that a
    list may be long and its values may have commas."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, ...], str] = {}

    def name(self, choices: Sequence[str]) -> str:
        """Give the name of the list of these choices."""
        return self._names.setdefault(tuple(choices), f"choices_{len(self._names) + 1}")

    def __bool__(self) -> bool:
        return bool(self._names)

    def write(self, workbook: Workbook) -> None:
        """Add the sheet, with the lists side by side, and define their names."""
        worksheet = workbook.add_worksheet(LISTS_SHEET)
        worksheet.hide()
        for row in range(max((len(choices) for choices in self._names), default=0)):
            for index, choices in enumerate(self._names):
                if row < len(choices):
                    write_text(worksheet, row, index, str(choices[row]))
        for index, (choices, name) in enumerate(self._names.items()):
            letters = column_letters(index + 1)
            workbook.define_name(name, f"={LISTS_SHEET}!${letters}$1:${letters}${len(choices)}")


class Validations:
    """Takes note, cell by cell, of which rule holds where in a sheet, and then lays the rules over it."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._columns = columns
        # For each column, stretches of rows (first, last; from 0) by what the cells in them are like:
        # None for what stands and is to be left as it is.
        self._stretches: list[dict[Column | None, list[tuple[int, int]]]] = [
            {column: []} for column in columns
        ]
        self._latest: list[tuple[Column | None, list[tuple[int, int]]]] = [
            (column, stretches[column]) for column, stretches in zip(columns, self._stretches, strict=True)
        ]

    def watch(self, row: int, index: int, column: Column, value: Any) -> None:
        """Take note of one cell; `column` is what it is like."""
        like = None if stands(self._columns[index], value) or stands(column, value) else column
        latest, rows = self._latest[index]
        if like is not latest:
            rows = self._stretches[index].setdefault(like, [])
            self._latest[index] = like, rows
        if rows and rows[-1][1] == row - 1:
            rows[-1] = rows[-1][0], row
        else:
            rows.append((row, row))

    def find_likes(self, index: int) -> list[Column]:
        """Give the column, and what single cells in it are like instead."""
        return [like for like in self._stretches[index] if like is not None and not like.closed]

    def lay(self, worksheet: Worksheet, lists: Lists, *, below: int | None) -> None:
        """Give the rules to the sheet. From the row `below` on, which has no data, that of the column holds (None:
        no row is added)."""
        for index, column in enumerate(self._columns):
            if below is not None and not column.hidden:
                self._stretches[index][column].append((below, MOST_ROWS - 1))
            for like, rows in self._stretches[index].items():
                rule = _find_rule_for_standing() if like is None else find_rule(like, column.heading, lists)
                if rule is None or not rows:
                    continue
                for start in range(0, len(rows), _STRETCHES_AT_ONCE):
                    (top, bottom), *others = rows[start : start + _STRETCHES_AT_ONCE]
                    more = [[first, index, last, index] for first, last in others]
                    worksheet.data_validation(top, index, bottom, index, {**rule, "other_cells": more})


def find_rule(column: Column, heading: str, lists: Lists) -> dict[str, Any] | None:
    """Give the rule of a cell in XlsxWriter's terms, None where anything may be written."""
    if column.closed:
        return _find_rule_for_closed()
    if column.choices:
        if not column.strict:
            return {"validate": "list", "source": f"={lists.name(column.choices)}", "show_error": False}
        return _make_rule(
            {"validate": "list", "source": f"={lists.name(column.choices)}"},
            title=_("Choose from the list"),
            message=_(
                "“%(heading)s” takes one of %(count)d values, such as %(example)s. Open the list by the arrow "
                "beside the cell and choose, or leave the cell empty."
            )
            % {"heading": heading, "count": len(column.choices), "example": column.choices[0]},
        )
    if column.kind == "text":
        return None
    if column.kind in ("date", "datetime"):
        checked, title = "date", _("A date is needed")
    else:
        checked = "integer" if column.whole and column.kind == "number" else "decimal"
        title = _("A number is needed")
    low, high = find_limits(column)
    return _make_rule(
        {"validate": checked, "criteria": "between", "minimum": low, "maximum": high},
        title=title,
        message=_("“%(heading)s” takes this: %(what)s. Correct the value, or leave the cell empty.")
        % {"heading": heading, "what": describe(column)},
    )


def find_limits(column: Column) -> tuple[str, str]:
    """Give the smallest and the largest number that a cell takes, as files hold them: dates by their serial
    numbers, percentages as fractions."""
    smallest, largest = _DATES if column.kind in ("date", "datetime") else _NUMBERS
    low = smallest if column.minimum is None else column.minimum
    high = largest if column.maximum is None else column.maximum
    return _spell_limit(low, column), _spell_limit(high, column)


def _spell_limit(limit: int | Decimal | date, column: Column) -> str:
    if isinstance(limit, date):
        return str(find_serial(limit))
    number = Decimal(limit)
    return format(number.scaleb(-2).normalize() if column.kind == "percent" else number, "f")


def _find_rule_for_standing() -> dict[str, Any]:
    """Refuse what is typed over a cell that says what its row is about.

    The cell is not locked instead: in a protected sheet, programs neither sort nor delete rows with a locked
    cell, and rows sorted without their keys would report on something else.
    """
    return _make_rule(
        {"validate": "custom", "value": "=FALSE", "ignore_blank": False},
        title=_("Leave this as it is"),
        message=_(
            "The grey cells say what the row is about. To write about something else, use an empty row below."
        ),
    )


def _find_rule_for_closed() -> dict[str, Any]:
    """Refuse what is typed into a cell that is not for its row."""
    return _make_rule(
        {"validate": "custom", "value": "=FALSE", "ignore_blank": False},
        title=_("Not asked of this row"),
        message=_("This column is not for the indicator of this row. Leave the cell empty."),
    )


def _make_rule(rule: dict[str, Any], *, title: str, message: str) -> dict[str, Any]:
    return {
        **rule,
        "error_title": clip_text(title, _MOST_IN_TITLE),
        "error_message": clip_text(message, _MOST_IN_MESSAGE),
    }
