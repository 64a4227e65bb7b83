"""Writes the cells of an ODS file: a number as a number, a date as a date, text as nothing but text."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from .ods_parts import CellStyles, clean
from .specs import Column, Kind, find_zone_free, is_too_exact

# Spaces that XML would run together: at either end of a line, and several in a row.
_SPACES = re.compile(r"^ +| +$| {2,}")


class CellWriter:
    """Writes the values of one column. `rule` is the name of its validation, "" for none."""

    def __init__(self, column: Column, rule: str, styles: CellStyles) -> None:
        self._styles = styles
        self._rule = f' table:content-validation-name="{rule}"' if rule else ""
        self._percent = column.kind == "percent"
        # The look of a cell of the column's own kind, and of an empty one.
        self._own = self._rule
        if column.kind != "text":
            self._own += self._name_style(column.kind, column.shown_format)
        self._number = self._rule if column.kind in ("date", "datetime") else self._own
        self._empty = f"<table:table-cell{self._own}/>"

    def _name_style(self, kind: Kind, number_format: str) -> str:
        return f' table:style-name="{self._styles.name(kind, number_format)}"'

    def write(self, value: Any) -> str:
        """Give the cell of a value."""
        if value is None or value == "":
            return self._empty
        if isinstance(value, str):
            return write_text(value, self._rule)
        if isinstance(value, bool):
            shown = "true" if value else "false"
            return (
                f'<table:table-cell{self._rule} office:value-type="boolean" office:boolean-value="{shown}">'
                f"<text:p>{shown.upper()}</text:p></table:table-cell>"
            )
        if isinstance(value, (int, float, Decimal)):
            return self._write_number(value)
        if isinstance(value, date):
            return self._write_date(value)
        return write_text(str(value), self._rule)

    def _write_number(self, value: int | float | Decimal) -> str:
        number = value if isinstance(value, Decimal) else Decimal(str(value))
        if not number.is_finite():
            raise ValueError(f"{value} cannot be written as a number.")
        shown = format(number, "f")
        if is_too_exact(number):
            return write_text(f"{shown} %" if self._percent else shown, self._rule)
        if self._percent:
            return (
                f'<table:table-cell{self._number} office:value-type="percentage" '
                f'office:value="{number.scaleb(-2):f}"><text:p>{shown}%</text:p></table:table-cell>'
            )
        return (
            f'<table:table-cell{self._number} office:value-type="float" office:value="{shown}">'
            f"<text:p>{shown}</text:p></table:table-cell>"
        )

    def _write_date(self, value: date) -> str:
        has_time = isinstance(value, datetime)
        style = self._name_style("datetime" if has_time else "date", "")
        shown = (find_zone_free(value) if isinstance(value, datetime) else value).isoformat()
        return (
            f'<table:table-cell{self._rule}{style} office:value-type="date" office:date-value="{shown}">'
            f"<text:p>{shown}</text:p></table:table-cell>"
        )


def write_text(text: str, attributes: str = "") -> str:
    """Write a cell of text: a paragraph for every line; a tab becomes a space, for not every reader has tabs."""
    if not text:
        return f"<table:table-cell{attributes}/>"
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").split("\n")
    paragraphs = "".join(f"<text:p>{_write_spaces(clean(line))}</text:p>" for line in lines)
    return f'<table:table-cell{attributes} office:value-type="string">{paragraphs}</table:table-cell>'


def _write_spaces(line: str) -> str:
    if "  " in line or line[:1] == " " or line[-1:] == " ":
        line = _SPACES.sub(lambda match: f'<text:s text:c="{len(match[0])}"/>', line)
    return line
