"""Small documents of every kind that is taken, made of what a program goes by to tell them."""

import io
import zipfile
from collections.abc import Mapping

PDF = b"%PDF-1.7\n1 0 obj << >> endobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 17
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 9

_OFFICE = b"application/vnd.openxmlformats-officedocument."


def zipped(members: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def docx(listed: bytes = _OFFICE + b"wordprocessingml.document.main+xml", **more: bytes) -> bytes:
    return zipped(
        {"[Content_Types].xml": b"<Types>" + listed + b"</Types>", "word/document.xml": b"", **more}
    )


def xlsx(listed: bytes = _OFFICE + b"spreadsheetml.sheet.main+xml", **more: bytes) -> bytes:
    return zipped({"[Content_Types].xml": b"<Types>" + listed + b"</Types>", "xl/workbook.xml": b"", **more})


def odt(**more: bytes) -> bytes:
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"", **more})


def ods(**more: bytes) -> bytes:
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"", **more})
