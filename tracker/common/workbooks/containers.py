"""What an uploaded file really is, whatever its name says, and a zip archive that is safe to unpack."""

import io
import re
import zipfile
import zlib
from enum import Enum
from pathlib import PurePath

from django.utils.translation import gettext as _

from .encodings import is_text
from .sheets import Limits, WorkbookError


class Kind(Enum):
    """The kinds of file that can be read."""

    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    CSV = "csv"


_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The first record of a worksheet of Excel 2, 3 and 4, which had no workbooks yet.
_ANCIENT = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
_NO_TEXT = (b"%PDF", b"{\\rtf")
_MIMES_OF_ODS = (b"application/vnd.oasis.opendocument.spreadsheet",)
_TEXT_NAMES = frozenset({".csv", ".tsv", ".tab", ".txt"})
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,100}<(?:!doctype|html|\?xml|table|meta|head)", re.IGNORECASE)
_XML_PARTS = (".xml", ".rels")
# Some programs number the part that names the sheets.
_XLSX_WORKBOOK = re.compile(r"xl/workbook\d{0,3}\.xml")
_MOST_PARTS = 10_000
UNPACK_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
    ValueError,
)
"""All that reading an archive may raise where it, or what is packed in it, is damaged, encrypted or of a method that
is not known here.
"""
_USUAL_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def find_kind(*, data: bytes, filename: str, limits: Limits) -> Kind:
    """Tell what kind of file this is by its first bytes; refuse with a WorkbookError what cannot be read."""
    if not data:
        raise WorkbookError(
            _("%(file)s is empty (0 bytes). Save it again and upload that.") % {"file": filename}
        )
    compound = data.startswith(_COMPOUND)
    most = min(limits.file_bytes, limits.xls_bytes) if compound else limits.file_bytes
    if len(data) > most:
        raise WorkbookError(
            _("%(file)s is too large: %(size)s MB, where %(limit)s MB is the most. Split it into parts.")
            % {"file": filename, "size": _megabytes(len(data)), "limit": _megabytes(most)}
        )
    if compound:
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise refuse_encrypted(filename)
        return Kind.XLS
    if data.startswith(_ZIP):
        return _find_kind_of_zip(data, filename)
    if is_named_as_text(filename):
        return Kind.CSV
    if _MARKUP.match(data):
        raise WorkbookError(
            _(
                "%(file)s is a web page or plain XML under the name of a workbook. Open it in a spreadsheet "
                "program, save it as “Excel workbook (.xlsx)”, and upload that."
            )
            % {"file": filename}
        )
    if data.startswith(_ANCIENT):
        raise WorkbookError(
            _(
                "%(file)s was made by a very old Excel. Open it in a newer one, save it as “Excel workbook (.xlsx)”, "
                "and upload that."
            )
            % {"file": filename}
        )
    if is_text(data) and not data.startswith(_NO_TEXT):
        return Kind.CSV
    raise refuse_no_workbook(filename)


def is_named_as_text(filename: str) -> bool:
    """Tell whether a file has the name of a text file, such as .csv."""
    return PurePath(filename).suffix.lower() in _TEXT_NAMES


def _find_kind_of_zip(data: bytes, filename: str) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {name.lower() for name in archive.namelist()}
            mime = b""
            if "mimetype" in archive.namelist():
                with archive.open("mimetype") as part:
                    mime = part.read(100)
    except UNPACK_ERRORS:
        raise refuse_damaged(filename) from None
    if any(_XLSX_WORKBOOK.fullmatch(name) for name in names):
        return Kind.XLSX
    if "content.xml" in names and mime.startswith(_MIMES_OF_ODS):
        return Kind.ODS
    if "xl/workbook.bin" in names:
        raise WorkbookError(
            _(
                "%(file)s is a binary Excel workbook (.xlsb). Save it as “Excel workbook (.xlsx)” "
                "and upload that."
            )
            % {"file": filename}
        )
    if any(name.endswith(".iwa") for name in names):
        raise WorkbookError(
            _("%(file)s is a document of Apple Numbers. Export it as Excel (.xlsx) and upload that.")
            % {"file": filename}
        )
    raise refuse_no_workbook(filename)


def unpack(*, data: bytes, filename: str, limits: Limits) -> dict[str, bytes]:
    """Unpack the XML parts of a spreadsheet, by name in lower case (other parts are only named).

    Refuses a damaged, encrypted or swollen archive. Every part is truly unpacked here, under the sizes that
    the archive declares, before any other program sees it: an archive that lies about its sizes fails its
    checksum.
    """
    parts: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if any(info.flag_bits & 1 for info in infos):
                raise refuse_encrypted(filename)
            if len(infos) > _MOST_PARTS or sum(info.file_size for info in infos) > limits.unpacked_bytes:
                raise refuse_swollen(filename, limits.unpacked_bytes)
            for info in infos:
                name = info.filename.lower()
                if name in parts or info.compress_type not in _USUAL_METHODS:
                    raise refuse_damaged(filename)
                content = archive.read(info)
                parts[name] = content if name.endswith(_XML_PARTS) else b""
    except UNPACK_ERRORS as error:
        if isinstance(error, WorkbookError):
            raise
        raise refuse_damaged(filename) from None
    return parts


def refuse_swollen(filename: str, most: int) -> WorkbookError:
    """Give the error for a workbook that is small as a file and vast once it is opened."""
    return WorkbookError(
        _(
            "%(file)s is too large when unpacked (more than %(limit)s MB). "
            "Copy the rows you need into a new workbook and upload that."
        )
        % {"file": filename, "limit": _megabytes(most)}
    )


def refuse_encrypted(filename: str) -> WorkbookError:
    """Give the error for a workbook that asks for a password."""
    return WorkbookError(
        _("%(file)s is protected by a password. Save it without one and upload that.") % {"file": filename}
    )


def refuse_damaged(filename: str) -> WorkbookError:
    """Give the error for a workbook whose inside cannot be understood."""
    return WorkbookError(
        _("%(file)s is damaged and cannot be read. Open it, save it again, and upload that.")
        % {"file": filename}
    )


def refuse_no_workbook(filename: str) -> WorkbookError:
    """Give the error for a file of another kind."""
    return WorkbookError(
        _("%(file)s is no workbook. Upload an Excel (.xlsx, .xls), OpenDocument (.ods) or CSV file.")
        % {"file": filename}
    )


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.0f}" if size >= 10 * 1024 * 1024 else f"{size / 1024 / 1024:.1f}"
