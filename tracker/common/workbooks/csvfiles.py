"""CSV files as people save them: in several encodings, with several delimiters, with Excel's own habits.

Also the guard against formulas: text that a spreadsheet would run as a formula is written with an apostrophe
in front, and read without it.
"""

import csv
import io
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .containers import is_named_as_text
from .encodings import decode
from .grids import Grid, LaidOutBook, check_extent, columns_of
from .headers import squeeze
from .sheets import Limits, Reading, WorkbookError

# Those that can be chosen, and are found out.
DELIMITERS: Mapping[str, "str | Promise"] = {
    ",": gettext_lazy("comma"),
    ";": gettext_lazy("semicolon"),
    "\t": gettext_lazy("tab"),
    "|": gettext_lazy("vertical bar"),
}

_BINARY = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"Rar!", b"\x1f\x8b", b"7z\xbc\xaf")
_MARKUP = re.compile(r"\s{0,100}<(?:!doctype|html|\?xml|table)", re.IGNORECASE)
_DELIMITER_LINE = re.compile(r"sep=([^\"\r\n])\r?\n", re.IGNORECASE)
# Text that a spreadsheet takes for a formula, with or without the apostrophes that already guard it.
_FORMULA = re.compile(r"'*\s*[=+\-@＝＋－＠]|'*[\t\r\n]")
_LONGEST_FIELD = 1_000_000


def guard_formula(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would take for a formula."""
    return "'" + text if _FORMULA.match(text) else text


def unguard_formula(text: str) -> str:
    """Take that apostrophe away again."""
    return text[1:] if text[:1] == "'" and _FORMULA.match(text) else text


def open_csv(
    *, data: bytes, filename: str, columns: Collection[str] | None, reading: Reading, limits: Limits
) -> LaidOutBook:
    """Read a CSV file as a book of one sheet without a name, whose row n is record n.

    What `reading` leaves open of encoding and delimiter is found out; `columns` are headings to look for.
    Raises WorkbookError for what is no text, cannot be decoded, has a quotation mark out of place or is too
    large.
    """
    if data.startswith(_BINARY):
        raise refuse_no_csv(filename)
    decoded = decode(data, filename=filename, encoding=reading.encoding)
    if decoded is None or _MARKUP.match(decoded.text):
        raise refuse_no_csv(filename)
    text, delimiter = decoded.text, reading.delimiter
    if delimiter is not None and delimiter not in DELIMITERS:
        raise WorkbookError(
            _("“%(delimiter)s” cannot part the columns of a CSV file. Choose one of: %(all)s.")
            % {"delimiter": delimiter, "all": ", ".join(str(name) for name in DELIMITERS.values())}
        )
    if match := _DELIMITER_LINE.match(text):
        # Excel's own first line, which it hides: the row after it is row 1.
        text = text[match.end() :]
        delimiter = delimiter or match[1]
    delimiter = delimiter or _guess_delimiter(text, columns)
    records = _read_records(text, delimiter, filename, limits)
    warnings = decoded.warnings
    if not is_named_as_text(filename):
        said = _("%(file)s is a text file, whatever its name, and was read as CSV.") % {"file": filename}
        warnings = [said, *warnings]
    grid = Grid("", [_unguard(values) for values in columns_of(records)])
    return LaidOutBook([grid], warnings, decoded.encoding, delimiter)


def _read_records(text: str, delimiter: str, filename: str, limits: Limits) -> list[list[str]]:
    csv.field_size_limit(_LONGEST_FIELD)
    records: list[list[str]] = []
    width = 0
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            records.append(record)
            if len(record) > width:
                width = len(record)
                check_extent(len(records), width, filename, limits)
            if len(records) > limits.rows:
                raise WorkbookError(
                    _("%(file)s has more than %(limit)d rows. Split it into parts.")
                    % {"file": filename, "limit": limits.rows}
                )
    except csv.Error:
        raise WorkbookError(
            _(
                "%(file)s cannot be read from row %(row)d on: a quotation mark is out of place or not "
                "closed, or a value is far too long. Correct it, or save the file as XLSX."
            )
            % {"file": filename, "row": len(records) + 1}
        ) from None
    while records and not any(records[-1]):
        records.pop()
    check_extent(len(records), width, filename, limits)
    return records


def _unguard(values: Sequence[Any]) -> Sequence[Any]:
    """Take the apostrophes away from those values of a column that have one."""
    guarded = {value: unguard_formula(value) for value in set(values) if value and value[0] == "'"}
    return [guarded.get(value, value) for value in values] if guarded else values


def refuse_no_csv(filename: str) -> WorkbookError:
    """Give the error for a file that is no text, or text of another kind."""
    return WorkbookError(
        _("%(file)s is no CSV file, whatever its name. Upload an XLSX, XLS, ODS or CSV file.")
        % {"file": filename}
    )


def _guess_delimiter(text: str, columns: Collection[str] | None) -> str:
    """Choose the delimiter that finds the most of the expected columns, else the most even split."""
    known = {squeeze(column) for column in columns or ()}
    sample = io.StringIO(text[:50_000], newline="").readlines()[:50]
    best, best_score = ",", (0, 0, 0)
    for delimiter in DELIMITERS:
        widths: list[int] = []
        found = 0
        try:
            for record in csv.reader(sample, delimiter=delimiter):
                if any(field.strip() for field in record):
                    widths.append(len(record))
                    found = max(found, len(known & {squeeze(field) for field in record}))
        except csv.Error:
            continue
        usual = max(set(widths), key=widths.count, default=1)
        score = (found, widths.count(usual) if usual > 1 else 0, usual)
        if score > best_score:
            best, best_score = delimiter, score
    return best
