"""The process that reads an old Excel file (.xls) with xlrd and prints what it finds as JSON.

Run by `xls.open_xls`, alone and under limits of time and memory: a hostile file can keep xlrd busy for ever or
fill the memory of the machine. The file comes on standard input; the answer has the visible sheets, column by
column, or `refused` with the reason.

Nothing of this project is imported here, so that the process starts quickly.
"""

import io
import json
import re
import resource
import sys
from datetime import timedelta
from typing import Any

import xlrd
from xlrd.xldate import xldate_as_datetime

_DURATION = re.compile(r"\[[hms]+\]", re.IGNORECASE)
_VISIBLE = 0


class Refused(Exception):
    """The file cannot be read; the text is the reason, in one word."""


def read(data: bytes, limits: dict[str, int]) -> dict[str, Any]:
    """Give the sheets of a file. Raises Refused."""
    try:
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, on_demand=True, ragged_rows=True, logfile=io.StringIO()
        )
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            raise Refused("encrypted") from None
        if "Can't find workbook" in str(error):
            raise Refused("other") from None
        raise
    if book.nsheets > limits["sheets"]:
        raise Refused("size")
    sheets = []
    cells = characters = 0
    for number, name in enumerate(book.sheet_names()):
        sheet = book.sheet_by_index(number)
        if sheet.visibility == _VISIBLE:
            found = read_sheet(book, sheet, name)
            sheets.append(found)
            cells += found["height"] * len(found["columns"])
            characters += sum(
                len(value) for column in found["columns"] for value in column if isinstance(value, str)
            )
        if (
            cells > limits["cells"]
            or characters > limits["text_bytes"]
            or len(sheet.merged_cells) > limits["merged"]
        ):
            raise Refused("size")
        book.unload_sheet(number)
    return {"sheets": sheets, "since_1904": book.datemode == 1}


def read_sheet(book: Any, sheet: Any, name: str) -> dict[str, Any]:
    """Give one sheet: its columns down to the last value, and its marks; rows and columns count from 1."""
    formats = {index: book.format_map[xf.format_key].format_str for index, xf in enumerate(book.xf_list)}
    durations = {index for index, form in formats.items() if _DURATION.search(form)}
    columns: list[list[Any]] = []
    styles: list[list[int]] = []
    height = 0
    for row in range(sheet.nrows):
        # xlrd gives the formats of a row only cell by cell, which is slow.
        xfs = sheet._cell_xf_indexes[row]
        cells = zip(sheet.row_types(row), sheet.row_values(row), xfs, strict=True)
        for column, (kind, value, xf) in enumerate(cells):
            if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) or value == "":
                continue
            while len(columns) <= column:
                columns.append([])
                styles.append([])
            columns[column].extend([None] * (row - len(columns[column])))
            styles[column].extend([0] * (row - len(styles[column])))
            columns[column].append(read_value(kind, value, xf in durations, book.datemode))
            styles[column].append(xf)
            height = row + 1
    for read in columns:
        read.extend([None] * (height - len(read)))
    return {
        "name": name,
        "height": height,
        "columns": columns,
        "styles": styles,
        "formats": formats,
        "hidden_rows": [row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden and row < height],
        "hidden_columns": [column + 1 for column, info in sheet.colinfo_map.items() if info.hidden],
        "merged": [
            (top + 1, left + 1, bottom, right)
            for top, bottom, left, right in sheet.merged_cells
            if bottom > top
        ],
    }


def read_value(kind: int, value: Any, is_duration: bool, datemode: int) -> Any:
    """Give a value as JSON can say it: dates, durations and errors as {"kind": text}."""
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if kind == xlrd.XL_CELL_ERROR:
        return {"error": xlrd.error_text_from_code.get(value, "#N/A")}
    if kind != xlrd.XL_CELL_DATE:
        return value
    try:
        if is_duration:
            return {"seconds": timedelta(days=value).total_seconds()}
        moment = xldate_as_datetime(value, datemode)
    except (OverflowError, ValueError):
        return value
    if 0 <= value < 1:
        return {"time": str(moment.time())}
    return {"date": moment.isoformat()}


def main() -> None:
    """Read standard input under the limits given as the first argument, in JSON."""
    limits = json.loads(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (limits["xls_memory"], limits["xls_memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (limits["xls_seconds"], limits["xls_seconds"] + 1))
    try:
        answer = read(sys.stdin.buffer.read(), limits)
    except Refused as refusal:
        answer = {"refused": str(refusal)}
    except MemoryError:
        answer = {"refused": "size"}
    except Exception:
        # xlrd meets a damaged file with many kinds of exception.
        answer = {"refused": "damaged"}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
