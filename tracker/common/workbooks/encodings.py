"""Which encoding a text file is in: what it says, what fits, and what a person may choose instead."""

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .sheets import WorkbookError

# Those that can be chosen, by Python's names. The first four are also found out.
ENCODINGS: Mapping[str, "str | Promise"] = {
    "utf-8": gettext_lazy("Unicode (UTF-8)"),
    "utf-16": gettext_lazy("Unicode (UTF-16)"),
    "cp1251": gettext_lazy("Windows Cyrillic"),
    "cp1252": gettext_lazy("Windows Western"),
    "cp1250": gettext_lazy("Windows Central European"),
    "cp1254": gettext_lazy("Windows Turkish"),
    "cp866": gettext_lazy("DOS Cyrillic"),
    "koi8-r": gettext_lazy("KOI8 Cyrillic"),
    "mac-cyrillic": gettext_lazy("Macintosh Cyrillic"),
    "mac-roman": gettext_lazy("Macintosh Western"),
}

_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")
_CONTROL_BYTES = bytes([*range(0x09), *range(0x0E, 0x20)])
# A file of which every twentieth character or more is no character of text is no text.
_TEXT_OVER_CONTROLS = 20
_HIGH_RUN = re.compile(r"[^\W\d_a-zA-Z]{2,}")
_HIGH = re.compile(r"[^\W\d_a-zA-Z]")
_UTF_8_LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_SAMPLE = 200_000


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, the encoding it was read in, and a warning where that had to be guessed."""

    text: str
    encoding: str
    warnings: list[str] = field(default_factory=list)


def decode(data: bytes, *, filename: str, encoding: str | None = None) -> Decoded | None:
    """Give the text of a file; None where it is no text. Raises WorkbookError where the encoding does not fit."""
    if encoding is not None and encoding not in ENCODINGS:
        raise WorkbookError(
            _("“%(encoding)s” is no encoding that can be chosen. There are: %(all)s.")
            % {"encoding": encoding, "all": ", ".join(ENCODINGS)}
        )
    found = encoding or _guess(data)
    if found != "utf-16" and not is_text(data):
        return None
    try:
        text = data.decode("utf-8-sig" if found == "utf-8" else _byte_order(data, found))
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        raise WorkbookError(
            _(
                "%(file)s cannot be read as %(encoding)s: row %(row)d has a letter that does not fit. Choose "
                "another encoding, or save the file as “CSV UTF-8” or XLSX and upload that."
            )
            % {"file": filename, "encoding": ENCODINGS[found], "row": row}
        ) from None
    if stray := _CONTROLS.search(text):
        if len(_CONTROLS.findall(text)) * _TEXT_OVER_CONTROLS >= len(text):
            return None
        raise WorkbookError(
            _(
                "%(file)s has a character in row %(row)d that no text has (code %(code)d). Delete it, or save the file "
                "again as “CSV UTF-8” or XLSX and upload that."
            )
            % {"file": filename, "row": text.count("\n", 0, stray.start()) + 1, "code": ord(stray[0])}
        )
    warnings = []
    if encoding is None and found in ("cp1251", "cp1252"):
        warnings.append(
            _(
                "%(file)s is not in Unicode and was read as %(encoding)s (%(code)s). If letters look "
                "wrong, choose another encoding, or save it as “CSV UTF-8” or XLSX and upload that."
            )
            % {"file": filename, "encoding": ENCODINGS[found], "code": found}
        )
    return Decoded(text, found, warnings)


def is_text(data: bytes) -> bool:
    """Tell whether these bytes are text, though a few of them may be out of place."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _is_bare_utf_16(data):
        return True
    stray = len(data) - len(data.translate(None, delete=_CONTROL_BYTES))
    return stray * _TEXT_OVER_CONTROLS < len(data)


def _guess(data: bytes) -> str:
    """Find the encoding: by a byte order mark, else Unicode if it fits, else one of two Windows code pages.

    Cyrillic words are runs of high bytes; in Western text a high byte stands alone between ASCII letters.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _is_bare_utf_16(data):
        return "utf-16"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return "utf-8"
    sample = data[:_SAMPLE]
    high = sum(byte >= 0x80 for byte in sample)
    if sum(map(len, _UTF_8_LETTER.findall(sample))) > high * 0.9:
        # Unicode with a broken letter somewhere: in a code page every letter would come out wrong.
        return "utf-8"
    cyrillic = sample.decode("cp1251", "replace")
    in_runs = sum(len(run) for run in _HIGH_RUN.findall(cyrillic))
    return "cp1251" if in_runs * 2 > len(_HIGH.findall(cyrillic)) else "cp1252"


def _is_bare_utf_16(data: bytes) -> bool:
    """Tell whether this is UTF-16 without its mark: every second byte of its delimiters and digits is zero."""
    sample = data[:4096]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    return len(data) % 2 == 0 and min(even, odd) * 20 < max(even, odd) and b"\n" in sample


def _byte_order(data: bytes, encoding: str) -> str:
    """Give UTF-16 its order of bytes where no mark gives it."""
    if encoding != "utf-16" or data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return encoding
    return "utf-16-le" if data[1:4096:2].count(0) else "utf-16-be"
