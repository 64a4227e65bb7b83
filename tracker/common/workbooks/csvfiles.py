"""CSV files as people save them: in several encodings, with several delimiters, with Excel's own habits.

Also the guard against formulas: text that a spreadsheet would run as a formula is written with an apostrophe
in front, and read without it.
"""

import codecs
import csv
import io
import re
from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .headers import squeeze
from .sheets import Limits, WorkbookError

DELIMITERS = (",", ";", "\t")

_BINARY = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"Rar!", b"\x1f\x8b", b"7z\xbc\xaf")
_MARKUP = re.compile(r"\s*<(?:!doctype|html|\?xml|table)", re.IGNORECASE)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_DELIMITER_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_HIGH_RUN = re.compile(r"[^\W\d_a-zA-Z]{2,}")
_HIGH = re.compile(r"[^\W\d_a-zA-Z]")
# Text that a spreadsheet takes for a formula, with or without the apostrophes that already guard it.
_FORMULA = re.compile(r"'*\s*[=+\-@]|'*[\t\r\n]")
_LONGEST_FIELD = 1_000_000


@dataclass(frozen=True, slots=True)
class CsvText:
    """The records of a CSV file, as text, and how it was read. Record n is row n of the sheet."""

    records: list[list[str]]
    encoding: str
    delimiter: str
    warnings: list[str]


def guard_formula(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would take for a formula."""
    return "'" + text if _FORMULA.match(text) else text


def unguard_formula(text: str) -> str:
    """Take that apostrophe away again."""
    return text[1:] if text[:1] == "'" and _FORMULA.match(text) else text


def read_csv(
    *,
    data: bytes,
    filename: str,
    columns: Collection[str] | None,
    limits: Limits,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> CsvText:
    """Read the records of a CSV file; what is not given of encoding and delimiter is found out.

    Raises WorkbookError for what is no text, cannot be decoded, has a quotation mark out of place or is too
    large.
    """
    text, encoding, warnings = _decode(data, filename, encoding)
    if _MARKUP.match(text):
        raise _no_csv(filename)
    if match := _DELIMITER_LINE.match(text):
        # Excel's own first line, which it hides: the row after it is row 1.
        text = text[match.end() :]
        delimiter = delimiter or match[1]
    delimiter = delimiter or _guess_delimiter(text, columns)
    records = []
    csv.field_size_limit(_LONGEST_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for record in reader:
            records.append([unguard_formula(field) for field in record])
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
    return CsvText(records=records, encoding=encoding, delimiter=delimiter, warnings=warnings)


def _decode(data: bytes, filename: str, encoding: str | None) -> tuple[str, str, list[str]]:
    """Give the text, the name of its encoding, and a warning where the encoding had to be guessed."""
    warnings = []
    encoding_given, encoding = encoding, encoding or _guess_encoding(data)
    if data.startswith(_BINARY) or (not encoding.startswith("utf-16") and _CONTROLS.search(data)):
        raise _no_csv(filename)
    if not encoding_given and encoding in ("cp1251", "cp1252"):
        name = _("Windows Cyrillic") if encoding == "cp1251" else _("Windows Western")
        warnings.append(
            _(
                "%(file)s is not in Unicode and was read as %(encoding)s (%(code)s). If letters look "
                "wrong, save it as “CSV UTF-8” or XLSX and upload that."
            )
            % {"file": filename, "encoding": name, "code": encoding}
        )
    try:
        return data.decode(encoding), encoding, warnings
    except (UnicodeDecodeError, LookupError):
        raise WorkbookError(
            _("%(file)s cannot be read as %(code)s text. Save it as “CSV UTF-8” or XLSX and upload that.")
            % {"file": filename, "code": encoding}
        ) from None


def _no_csv(filename: str) -> WorkbookError:
    return WorkbookError(
        _("%(file)s is no CSV file, whatever its name. Upload an XLSX, ODS or CSV file.") % {"file": filename}
    )


def _guess_encoding(data: bytes) -> str:
    """Find the encoding: by a byte order mark, else Unicode if it fits, else one of two Windows code pages.

    Cyrillic words are runs of high bytes; in Western text a high byte stands alone between ASCII letters.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = data[:4096]
    if sample.count(0) > len(sample) // 4:
        return "utf-16-le" if sample[1::2].count(0) >= sample[::2].count(0) else "utf-16-be"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return "utf-8-sig"
    cyrillic = data.decode("cp1251", "replace")
    in_runs = sum(len(run) for run in _HIGH_RUN.findall(cyrillic))
    return "cp1251" if in_runs * 2 > len(_HIGH.findall(cyrillic)) else "cp1252"


def _guess_delimiter(text: str, columns: Collection[str] | None) -> str:
    """Choose the delimiter that finds the most of the expected columns, else the most even split."""
    known = {squeeze(column) for column in columns or ()}
    sample = io.StringIO(text[:50_000], newline="").readlines()[:50]
    best, best_score = DELIMITERS[0], (0, 0, 0)
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
