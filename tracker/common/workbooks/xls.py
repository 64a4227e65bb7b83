"""Opens old Excel workbooks (.xls): xlrd reads them, in a process of its own that has limits.

A formula that was never calculated cannot be told from one whose result is 0 in this format.
"""

import json
import subprocess
import sys
from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from .cells import CellError
from .containers import refuse_damaged, refuse_encrypted, refuse_no_workbook
from .grids import Area, Grid, LaidOutBook, check_extent
from .sheets import Limits, WorkbookError
from .unwritable import replace_unwritable
from .xlsx import shows_percent

_PROGRAM = Path(__file__).with_name("xls_process.py")
_MACROS = "_VBA_PROJECT".encode("utf-16-le")


def open_xls(*, data: bytes, filename: str, limits: Limits) -> LaidOutBook:
    """Read the visible sheets of an old workbook. Raises WorkbookError."""
    answer = _run(data, filename, limits)
    if refused := answer.get("refused"):
        raise _refuse(refused, filename)
    try:
        grids = [_lay_out(sheet, answer["since_1904"]) for sheet in answer["sheets"]]
    except (KeyError, ValueError, TypeError, OverflowError):
        raise refuse_damaged(filename) from None
    for grid in grids:
        check_extent(grid.height, len(grid.columns), filename, limits)
    warnings = [_("The macros in this workbook were ignored.")] if _MACROS in data else []
    return LaidOutBook(grids, warnings)


def _run(data: bytes, filename: str, limits: Limits) -> dict[str, Any]:
    """Let the process read the file. Raises WorkbookError where it takes too long or breaks down."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(_PROGRAM), json.dumps(asdict(limits))],
            input=data,
            capture_output=True,
            # It may wait for a busy machine, and is stopped by its own limit of computing before.
            timeout=limits.xls_seconds * 4,
            check=True,
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        raise WorkbookError(
            _(
                "%(file)s could not be read: it took too long, or its inside is broken. Open it in Excel, choose "
                "“Save as”, “Excel workbook (.xlsx)”, and upload that."
            )
            % {"file": filename}
        ) from None
    return answer


def _refuse(reason: str, filename: str) -> WorkbookError:
    if reason == "encrypted":
        return refuse_encrypted(filename)
    if reason == "other":
        return refuse_no_workbook(filename)
    if reason == "size":
        return WorkbookError(
            _(
                "%(file)s holds more than can be read. Copy the rows you need into a new workbook (.xlsx) and "
                "upload that."
            )
            % {"file": filename}
        )
    return refuse_damaged(filename)


def _lay_out(sheet: dict[str, Any], since_1904: bool) -> Grid:
    percents = {int(index) for index, form in sheet["formats"].items() if shows_percent(form)}
    return Grid(
        # Old files may name a sheet by characters that no database keeps.
        replace_unwritable(sheet["name"]),
        [
            [_read_value(value) if isinstance(value, dict) else value for value in cells]
            for cells in sheet["columns"]
        ],
        percents=partial(_find_percents, sheet["styles"], percents),
        hidden_rows=sheet["hidden_rows"],
        hidden_columns=sheet["hidden_columns"],
        merged=[Area(*place) for place in sheet["merged"]],
        since_1904=since_1904,
    )


def _read_value(value: dict[str, Any]) -> Any:
    """Turn what JSON has no value for back into one."""
    if "date" in value:
        moment = datetime.fromisoformat(value["date"])
        return moment if moment.time() != datetime.min.time() else moment.date()
    if "seconds" in value:
        return timedelta(seconds=value["seconds"])
    return CellError(value["error"]) if "error" in value else value["time"]


def _find_percents(
    styles: list[list[int]], percents: set[int], columns: Collection[int]
) -> dict[int, set[int]]:
    return {
        column: {row for row, style in enumerate(styles[column - 1], start=1) if style in percents}
        for column in columns
    }
