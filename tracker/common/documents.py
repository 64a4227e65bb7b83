"""What an uploaded document is, told by its content and never by its name; and a name that does no harm.

Documents with macros are told apart, so that they can be refused; what is inside is read no further than it takes.
"""

import re
import unicodedata
import zipfile
from enum import Enum
from pathlib import PurePath
from typing import IO

from .workbooks.containers import UNPACK_ERRORS

LONGEST_NAME = 120
_PIECE = 1 << 16
_MOST_READ = 1 << 20
"""Of a member of a container: a list of contents is short."""
_MOST_MEMBERS = 10_000

_SIGNATURES = {b"%PDF-": "pdf", b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}
_OFFICE = {
    b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "docx",
    b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "xlsx",
}
_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
# Bytes of control that stand in no text: all below the space but tab, line ends and form feed, and delete.
_NO_TEXT = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_TEXTS = {".csv": "csv", ".tsv": "csv", ".txt": "txt"}
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "png": "image/png",
    "jpg": "image/jpeg",
}
_SUFFIXES = {"jpg": (".jpg", ".jpeg"), "csv": (".csv", ".tsv")}


class Unfit(Enum):
    """Why a document is not taken."""

    UNKNOWN = "unknown"
    MACROS = "macros"
    DAMAGED = "damaged"


def find_kind(file: IO[bytes], *, name: str) -> str | Unfit:
    """The kind of a document, as the suffix of its name should be; or why it is none of those known.

    The name only tells a list from a text; ``file`` is read from its beginning and left there.
    """
    file.seek(0)
    head = file.read(_PIECE)
    file.seek(0)
    for signature, kind in _SIGNATURES.items():
        if head.startswith(signature):
            return kind
    if head.startswith(b"PK\x03\x04"):
        try:
            found = _kind_of_container(file)
        except UNPACK_ERRORS:
            found = Unfit.DAMAGED
        file.seek(0)
        return found
    kind = _TEXTS.get(PurePath(name).suffix.lower(), "")
    if not kind or head.startswith(b"#!") or not _is_text(file):
        kind = ""
    file.seek(0)
    return kind or Unfit.UNKNOWN


def _kind_of_container(file: IO[bytes]) -> str | Unfit:
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        if len(names) > _MOST_MEMBERS:
            return Unfit.UNKNOWN
        held = set(names)
        if "[Content_Types].xml" in held:
            return _kind_of_office(archive, names)
        if "mimetype" in held:
            # Basic and the other languages of macros each have a folder of their own.
            if any(name.startswith(("Basic/", "Scripts/")) for name in names):
                return Unfit.MACROS
            return _OPEN_DOCUMENT.get(_read(archive, "mimetype").strip(), Unfit.UNKNOWN)
    return Unfit.UNKNOWN


def _kind_of_office(archive: zipfile.ZipFile, names: list[str]) -> str | Unfit:
    listed = _read(archive, "[Content_Types].xml")
    if b"macroEnabled" in listed or any(name.lower().endswith("vbaproject.bin") for name in names):
        return Unfit.MACROS
    return next((kind for mark, kind in _OFFICE.items() if mark in listed), Unfit.UNKNOWN)


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    """The beginning of a member: what unpacks to more than a list of contents is none."""
    with archive.open(name) as member:
        return member.read(_MOST_READ)


def _is_text(file: IO[bytes]) -> bool:
    """Whether all of it is text: UTF-8 or an older encoding of bytes, or UTF-16 that says so."""
    file.seek(0)
    content = file.read()
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            content = content.decode("utf-16").encode()
        except UnicodeDecodeError:
            return False
    return bool(content.strip()) and not _NO_TEXT.search(content)


def safe_name(name: str, *, kind: str) -> str:
    """A name for a download: the last part of a path, nothing in it that a header, a file system or a reader could
    take for something else (control and format characters turn text around), and the suffix of its kind.
    """
    name = unicodedata.normalize("NFC", PurePath(name.replace("\\", "/")).name)
    kept = "".join(
        char if unicodedata.category(char)[0] != "C" and char not in '/\\:*?"<>|' else "_" for char in name
    )
    path = PurePath(kept.strip(". _") or "file")
    fits = path.suffix.lower() in _SUFFIXES.get(kind, (f".{kind}",))
    stem, suffix = (path.stem, path.suffix) if fits else (path.name, f".{kind}")
    return stem[: LONGEST_NAME - len(suffix)].rstrip(". ") + suffix
