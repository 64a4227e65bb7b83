"""Workbooks made or damaged so that a program that opens them breaks, swells, reaches out or runs something."""

import io
import struct
import warnings
import zipfile

from tests.common.workbooks.files import (
    add_to_zip,
    make_ods,
    make_ods_of,
    make_xls,
    replace_in_zip,
)

from .cases import Saved, file, unreadable
from .extents import FOR_2020
from .layouts import TO_5
from .making import COMPOUND, SHEET, archive_of, biff, compound_of, ods_of, one_formula, parts_of, workbook

TEXTS = "xl/sharedStrings.xml"
GOOD = workbook(FOR_2020)


def damaged(name: str):
    return unreadable(f"{name} is damaged and cannot be read. Open it, save it again, and upload that.")


def swollen(name: str):
    return unreadable(
        f"{name} is too large when unpacked (more than 400 MB). Copy the "
        f"rows you need into a new workbook and upload "
        "that."
    )


def no_workbook(name: str):
    return unreadable(
        f"{name} is no workbook. Upload an Excel (.xlsx, .xls), OpenDocument (.ods) or CSV file."
    )


# -- Archives --------------------------------------------------------------------------------------------
@file("bomb.xlsx", swollen("bomb.xlsx"))
def zip_bomb() -> bytes:
    """A part of 401 megabytes of zeros, packed two hundredfold or more."""
    out = io.BytesIO(GOOD)
    with (
        zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/media/image1.bin", "w") as part,
    ):
        for _megabyte in range(401):
            part.write(bytes(1024 * 1024))
    assert len(out.getvalue()) < 4_000_000
    return out.getvalue()


@file("bomb.xlsx", damaged("bomb.xlsx"))
def zip_bomb_that_lies() -> bytes:
    """A sheet that unpacks to five megabytes, of which the archive says that it has ten bytes."""
    data = bytearray(replace_in_zip(GOOD, SHEET, lambda xml: xml + b" " * 5_000_000))
    place = data.rindex(SHEET.encode()) - 46
    data[place + 24 : place + 28] = struct.pack("<I", 10)
    return bytes(data)


@file("many.xlsx", swollen("many.xlsx"))
def archive_of_many_parts() -> bytes:
    """Eleven thousand parts, all of them empty."""
    return archive_of(
        {**parts_of(GOOD), **{f"xl/x{number}": b"" for number in range(11_000)}}, method=zipfile.ZIP_STORED
    )


@file("nested.xlsx", no_workbook("nested.xlsx"))
def archives_in_an_archive() -> bytes:
    """An archive of archives of archives, which a careless program unpacks one after the other."""
    inner = archive_of({"0": bytes(1_000_000)})
    for _depth in range(3):
        inner = archive_of({f"{number}.zip": inner for number in range(16)})
    return inner


@file("paths.xlsx", Saved(TO_5))
def paths_that_lead_out() -> bytes:
    """Parts are named ../../etc/passwd, /etc/cron.d/run and C:\\run.bat: nothing of them is ever written."""
    data = add_to_zip(GOOD, "../../../../etc/passwd", b"root::0:0::/:/bin/sh\n")
    data = add_to_zip(data, "/etc/cron.d/run", b"* * * * * root true\n")
    return add_to_zip(data, "C:\\run.bat", b"exit")


@file("outside.xlsx", damaged("outside.xlsx"))
def sheet_outside_the_archive() -> bytes:
    """The workbook says that its sheet is a file of the machine."""
    return replace_in_zip(
        GOOD,
        "xl/_rels/workbook.xml.rels",
        lambda xml: xml.replace(b"worksheets/sheet1.xml", b"../../../../etc/passwd"),
    )


@file("twice.xlsx", damaged("twice.xlsx"))
def part_twice() -> bytes:
    """The sheet stands in the archive twice, with two values: programs differ in which they read."""
    with warnings.catch_warnings(action="ignore"):
        return add_to_zip(GOOD, SHEET, parts_of(GOOD)[SHEET].replace(b"<v>5</v>", b"<v>999</v>"))


@file("cut.xlsx", damaged("cut.xlsx"))
def archive_cut_off() -> bytes:
    """The upload broke off in the middle."""
    return GOOD[: len(GOOD) // 2]


@file("crc.xlsx", damaged("crc.xlsx"))
def wrong_checksum() -> bytes:
    """A bit of the sheet has changed on its way."""
    data = bytearray(archive_of(parts_of(GOOD), method=zipfile.ZIP_STORED))
    place = data.index(b"<v>5</v>") + 3
    data[place] = ord("6")
    return bytes(data)


@file(
    "locked.xlsx", unreadable("locked.xlsx is protected by a password. Save it without one and upload that.")
)
def encrypted_part() -> bytes:
    """The archive says that its parts are encrypted."""
    data = bytearray(GOOD)
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        place = data.index(mark)
        data[place + offset] |= 1
    return bytes(data)


@file(
    "locked.xlsx", unreadable("locked.xlsx is protected by a password. Save it without one and upload that.")
)
def encrypted_workbook() -> bytes:
    """A workbook that Excel has encrypted with a password."""
    return compound_of(bytes(8192), name="EncryptedPackage")


# -- XML -------------------------------------------------------------------------------------------------
LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + depth, b"&%c;" % (97 + depth) * 10) for depth in range(9))
    + b"]>"
)
OUTSIDE = b'<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/passwd">]>'


def with_type(document_type: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The good workbook with a document type in one part, and something of it replaced."""

    def change(xml: bytes) -> bytes:
        declaration, end, rest = xml.partition(b"?>")
        assert old in rest
        return declaration + end + document_type + rest.replace(old, new)

    return replace_in_zip(GOOD, part, change)


@file("laughs.xlsx", damaged("laughs.xlsx"))
def billion_laughs_in_the_sheet() -> bytes:
    """Entities of entities in the sheet, a billion in the end."""
    return with_type(LAUGHS, SHEET, b"<v>5</v>", b"<v>&j;</v>")


@file("laughs.xlsx", damaged("laughs.xlsx"))
def billion_laughs_in_the_texts() -> bytes:
    """The same in the list of texts."""
    return with_type(LAUGHS, TEXTS, b"SP1-O1-I1", b"&j;")


@file("laughs.xlsx", damaged("laughs.xlsx"))
def billion_laughs_in_the_styles() -> bytes:
    """The same in the formats."""
    return with_type(LAUGHS, "xl/styles.xml", b"<fonts", b"<fonts")


@file("outside.xlsx", damaged("outside.xlsx"))
def file_of_the_machine_in_the_sheet() -> bytes:
    """An entity of the sheet stands for a file of the machine."""
    return with_type(OUTSIDE, SHEET, b"<v>5</v>", b"<v>&j;</v>")


@file("outside.xlsx", damaged("outside.xlsx"))
def file_of_the_machine_in_the_texts() -> bytes:
    """An entity of the list of texts stands for a file of the machine."""
    return with_type(OUTSIDE, TEXTS, b"SP1-O1-I1", b"&j;")


@file("outside.ods", damaged("outside.ods"))
def file_of_the_machine_in_opendocument() -> bytes:
    """An entity of an OpenDocument sheet stands for a file of the machine."""
    return make_ods_of('<?xml version="1.0"?>' + OUTSIDE.decode() + "<x>&j;</x>")


@file("broken.xlsx", damaged("broken.xlsx"))
def broken_sheet() -> bytes:
    """The XML of the sheet ends in the middle of a cell."""
    return replace_in_zip(GOOD, SHEET, lambda xml: xml[: xml.index(b"<v>5")])


@file("broken.xlsx", damaged("broken.xlsx"))
def broken_texts() -> bytes:
    """The XML of the texts ends in the middle of one."""
    return replace_in_zip(GOOD, TEXTS, lambda xml: xml[: xml.index(b"SP1-O1")])


@file("utf-16.xlsx", damaged("utf-16.xlsx"))
def sheet_in_utf_16() -> bytes:
    """The XML of the sheet is in UTF-16, as XML may be and no spreadsheet program has it."""
    return replace_in_zip(
        GOOD,
        SHEET,
        lambda xml: xml.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16"),
    )


# -- What runs or reaches out ----------------------------------------------------------------------------
@file("macros.xlsm", Saved(TO_5), warnings=("The macros in this workbook were ignored.",))
def macros() -> bytes:
    """A workbook with macros."""
    return add_to_zip(GOOD, "xl/vbaProject.bin", COMPOUND + b"Sub Auto_Open()")


@file("macros.xlsx", Saved(TO_5), warnings=("The macros in this workbook were ignored.",))
def macros_under_another_name() -> bytes:
    """The same under the name of a workbook that has none."""
    return macros()


@file("link.xlsx", Saved(TO_5))
def link_to_another_workbook() -> bytes:
    """The value comes from another workbook, on another machine: its last result counts, and nobody is asked."""
    link = (
        b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><externalBook '
        b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId1"/></externalLink>'
    )
    relations = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath" '
        b'Target="http://198.51.100.7/book.xlsx" TargetMode="External"/></Relationships>'
    )
    data = add_to_zip(one_formula("=[1]Sheet1!A1", 5), "xl/externalLinks/externalLink1.xml", link)
    return add_to_zip(data, "xl/externalLinks/_rels/externalLink1.xml.rels", relations)


@file("dde.xlsx", Saved(TO_5))
def dynamic_data_exchange() -> bytes:
    """The value is a formula that would start a program: its last result counts."""
    link = (
        b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><ddeLink ddeService="cmd" '
        b'ddeTopic="/C calc"><ddeItems><ddeItem name="A0" advise="1"/></ddeItems></ddeLink></externalLink>'
    )
    return add_to_zip(one_formula("=cmd|'/C calc'!A0", 5), "xl/externalLinks/externalLink1.xml", link)


# -- Old Excel -------------------------------------------------------------------------------------------
def fill(sheet) -> None:
    for row, cells in enumerate(FOR_2020):
        for place, value in enumerate(cells):
            sheet.write(row, place, value)


OLD = make_xls(fill)


@file("old.xls", Saved(TO_5))
def workbook_of_excel_97() -> bytes:
    """A workbook of Excel 97 to 2003."""
    return OLD


@file("old.xls", Saved(TO_5), sheet="Daa")
def old_workbook_whose_sheet_has_no_name_to_be_kept() -> bytes:
    """The name of the sheet in an old workbook has a character of no bits in it."""
    return OLD.replace(b"\x04\x00Data", b"\x04\x00Da\x00a")


@file("old.xls", Saved(TO_5))
def workbook_of_excel_95() -> bytes:
    """A workbook of Excel 5 or 95, whose texts are in one byte each."""
    end = biff(0x000A)
    begin = struct.pack("<HHHH", 0x0500, 0x0005, 0, 0)
    sheet_begin = struct.pack("<HHHH", 0x0500, 0x0010, 0, 0)
    cells = b"".join(
        biff(0x0204, struct.pack("<HHHH", row, place, 0, len(value)) + value.encode())
        if isinstance(value, str)
        else biff(0x0203, struct.pack("<HHHd", row, place, 0, value))
        for row, values in enumerate(FOR_2020)
        for place, value in enumerate(values)
    )
    sheet = biff(0x0809, sheet_begin) + cells + end
    formats = biff(0x00E0, struct.pack("<HHHHHHHH", 0, 0, 0xFFF5, 0x20, 0, 0, 0, 0))
    head = biff(0x0809, begin) + biff(0x0042, struct.pack("<H", 1252)) + formats
    name = b"\x04Data"
    place = len(head) + 4 + 6 + len(name) + len(end)
    book = head + biff(0x0085, struct.pack("<IH", place, 0) + name) + end + sheet
    return compound_of(book.ljust(8192, b"\0"), name="Book")


@file(
    "ancient.xls",
    unreadable(
        "ancient.xls was made by a very old Excel. Open it in a newer one, save it as “Excel workbook (.xlsx)”, and "
        "upload that."
    ),
)
def worksheet_of_excel_4() -> bytes:
    """A worksheet of Excel 4, which is no workbook yet."""
    return biff(0x0409, struct.pack("<HHH", 0, 0x10, 0)) + biff(0x000A)


@file("cut.xls", damaged("cut.xls"))
def old_workbook_cut_off() -> bytes:
    """An old workbook of which half is missing."""
    return OLD[:1000]


@file("chain.xls", damaged("chain.xls"))
def old_workbook_whose_sectors_go_round() -> bytes:
    """The sectors of an old workbook follow each other in a ring."""
    data = bytearray(OLD)
    first = 512 + struct.unpack("<I", data[76:80])[0] * 512
    data[first : first + 512] = b"".join(struct.pack("<I", 0 if number else 1) for number in range(128))
    return bytes(data)


@file("word.xls", no_workbook("word.xls"))
def old_text_document() -> bytes:
    """A document of old Word under the name of a workbook."""
    return compound_of(bytes(8192), name="WordDocument")


# -- OpenDocument ----------------------------------------------------------------------------------------
@file(
    "names.ods",
    unreadable(
        "names.ods has a sheet whose name is longer than 100 characters (“"
        + "n" * 30
        + "…”). Shorten it, or choose one sheet."
    ),
    reading={"sheet": "*"},
)
def sheet_with_a_very_long_name() -> bytes:
    """Of two sheets that are both to be read, the second has a name of 101 characters."""
    rows = ods_of(*[tuple(map(str, row)) for row in FOR_2020])
    return make_ods(rows, more=f'<table:table table:name="{"n" * 101}">{rows}</table:table>')


@file("macros.ods", Saved(TO_5), sheet="Sheet1", warnings=("The macros in this workbook were ignored.",))
def macros_in_opendocument() -> bytes:
    """An OpenDocument sheet with macros, whose number is a text."""
    data = make_ods(ods_of(*[tuple(map(str, row)) for row in FOR_2020]))
    return add_to_zip(data, "Basic/Standard/Module1.xml", b"<x/>")


@file("locked.ods", unreadable("locked.ods is protected by a password. Save it without one and upload that."))
def encrypted_opendocument() -> bytes:
    """An OpenDocument sheet with a password."""
    return replace_in_zip(make_ods(""), "META-INF/manifest.xml", lambda _xml: b"<manifest:encryption-data/>")
