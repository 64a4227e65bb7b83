"""What a document is, is told by its content; and its name is made harmless."""

import io
import zipfile

import pytest

from tests.documents import JPEG, PDF, PNG, docx, ods, odt, xlsx, zipped
from tracker.common.documents import LONGEST_NAME, Unfit, find_kind, safe_name

EXECUTABLE = b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 200


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PDF, "report.pdf", "pdf"),
        (PDF, "report.exe", "pdf"),
        (PNG, "photo.png", "png"),
        (JPEG, "photo.JPEG", "jpg"),
        (docx(), "letter.docx", "docx"),
        (xlsx(), "letter.docx", "xlsx"),
        (odt(), "letter.odt", "odt"),
        (ods(), "table.ods", "ods"),
        ("день,женщины\r\n1,2\r\n".encode(), "list.csv", "csv"),
        ("день;женщины".encode("cp1251"), "list.CSV", "csv"),
        ("день;женщины".encode("utf-16"), "list.txt", "txt"),
    ],
)
def test_a_kind_is_told_by_the_content(content: bytes, name: str, kind: str) -> None:
    file = io.BytesIO(content)
    assert find_kind(file, name=name) == kind
    assert file.tell() == 0


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (EXECUTABLE, "report.pdf", Unfit.UNKNOWN),
        (EXECUTABLE, "list.csv", Unfit.UNKNOWN),
        (b"\x7fELF" + b"\x00" * 50, "report.txt", Unfit.UNKNOWN),
        (b"#!/bin/sh\nrm -rf /\n", "list.txt", Unfit.UNKNOWN),
        (b"<html><script>alert(1)</script>", "page.html", Unfit.UNKNOWN),
        (b"a,b", "list.bat", Unfit.UNKNOWN),
        (b" \n", "list.txt", Unfit.UNKNOWN),
        (zipped({"evil.exe": EXECUTABLE}), "report.docx", Unfit.UNKNOWN),
        (docx(**{"word/vbaProject.bin": b"x"}), "letter.docx", Unfit.MACROS),
        (xlsx(listed=b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"), "t.xlsx", Unfit.MACROS),
        (odt(**{"Basic/Standard/Module1.xml": b"x"}), "letter.odt", Unfit.MACROS),
        (docx()[:-40], "letter.docx", Unfit.DAMAGED),
        (b"PK\x03\x04" + b"\x00" * 99, "letter.docx", Unfit.DAMAGED),
    ],
)
def test_what_is_none_of_the_kinds_is_told_and_why(content: bytes, name: str, why: Unfit) -> None:
    assert find_kind(io.BytesIO(content), name=name) is why


def test_a_container_that_unpacks_to_very_much_is_read_no_further_than_it_takes() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", b"\x00" * (64 << 20))
    assert len(packed.getvalue()) < 1 << 20
    assert find_kind(packed, name="bomb.odt") is Unfit.UNKNOWN


@pytest.mark.parametrize(
    ("name", "kind", "safe"),
    [
        ("Отчёт за квартал.pdf", "pdf", "Отчёт за квартал.pdf"),
        ("C:\\Users\\me\\..\\minutes.pdf", "pdf", "minutes.pdf"),
        ("../../etc/passwd", "txt", "passwd.txt"),
        ("report.exe", "pdf", "report.exe.pdf"),
        ("scan.jpeg", "jpg", "scan.jpeg"),
        # A mark that turns what follows around would show “reportfdp.exe” as “reportexe.pdf”.
        ("report\u202efdp.exe", "pdf", "report_fdp.exe.pdf"),
        ('a"b\r\nSet-Cookie: x.pdf', "pdf", "a_b__Set-Cookie_ x.pdf"),
        ("   ...", "pdf", "file.pdf"),
        ("", "txt", "file.txt"),
    ],
)
def test_a_name_is_made_harmless(name: str, kind: str, safe: str) -> None:
    assert safe_name(name, kind=kind) == safe


def test_a_name_is_short_and_keeps_its_suffix() -> None:
    name = safe_name("ы" * 400 + ".pdf", kind="pdf")
    assert len(name) == LONGEST_NAME
    assert name.endswith("ы.pdf")
