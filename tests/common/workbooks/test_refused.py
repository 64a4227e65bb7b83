"""Files that are refused as a whole: each with a sentence that says what it is and what to do, and at once."""

import struct
import time
from contextlib import suppress

import pytest

from tests.common.workbooks.files import (
    SHEET_1,
    add_to_zip,
    make_ods,
    make_ods_of,
    make_xlsx,
    ods_cell,
    replace_in_zip,
    values,
)
from tracker.common.workbooks.reading import Limits, WorkbookError, read_rows

SMALL = make_xlsx({"A1": "a", "A2": 1})
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
ENTITIES = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def lying_zip() -> bytes:
    """Give a workbook whose sheet is larger than the archive's directory says."""
    data = bytearray(replace_in_zip(SMALL, "", bytes))
    place = data.rindex(b"xl/worksheets/sheet1.xml") - 46
    data[place + 24 : place + 28] = struct.pack("<I", 10)
    return bytes(data)


def odd_method() -> bytes:
    """Give a workbook whose sheet says that it was packed in a way that no spreadsheet program uses."""
    data = bytearray(SMALL)
    for mark, offset in ((b"PK\x01\x02", 10), (b"PK\x03\x04", 8)):
        place = data.index(mark)
        data[place + offset : place + offset + 2] = struct.pack("<H", 14)
    return bytes(data)


def in_sheet(old: bytes, new: bytes) -> bytes:
    """Give the small workbook with something replaced in its sheet."""
    changed = replace_in_zip(SMALL, SHEET_1, lambda xml: xml.replace(old, new))
    assert changed != SMALL
    return changed


def with_cell(tag: bytes) -> bytes:
    """Give the small workbook with one cell more."""
    return in_sheet(b"</row></sheetData>", tag + b"</row></sheetData>")


def with_texts(texts: bytes) -> bytes:
    """Give the small workbook with a list of texts."""
    relation = (
        b'<Relationship Id="rId77" Target="sharedStrings.xml" Type="http://schemas.openxmlformats.org/'
        b'officeDocument/2006/relationships/sharedStrings"/></Relationships>'
    )
    data = replace_in_zip(
        SMALL, "xl/_rels/workbook.xml.rels", lambda xml: xml.replace(b"</Relationships>", relation)
    )
    return add_to_zip(data, "xl/sharedStrings.xml", texts)


REFUSED = {
    "nothing at all": (b"", "a.xlsx", "is empty"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(50), "a.xlsx", "is no workbook"),
    "a picture as text": (b"\x89PNG\r\n\x1a\n" + bytes(50), "a.csv", "is no CSV file"),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3", "a.xlsx", "is no workbook"),
    "random bytes": (bytes(range(1, 250)) * 9, "a.xlsx", "is no workbook"),
    "random bytes as text": (bytes(range(1, 250)) * 9, "a.csv", "is no CSV file"),
    "a web page": (b"<!DOCTYPE html><html></html>", "a.csv", "is no CSV file"),
    "a web page as a workbook": (b"\n <html><table></table></html>", "a.xls", "is a web page or plain XML under"),
    "XML as a workbook": (b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>', "a.xls", "is a web page or plain XML"),
    "half an old workbook": (COMPOUND, "a.xls", "is damaged"),
    "a password": (COMPOUND + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "protected by a password"),
    "a password of OpenDocument": (
        replace_in_zip(make_ods(""), "META-INF/manifest.xml", lambda _xml: b"<encryption-data/>"),
        "a.ods",
        "protected by a password",
    ),
    "half a file": (SMALL[:2000], "a.xlsx", "is damaged"),
    "a lying archive": (lying_zip(), "a.xlsx", "is damaged"),
    "an archive packed in an odd way": (odd_method(), "a.xlsx", "is damaged"),
    "a part twice": (add_to_zip(SMALL, "xl/Worksheets/Sheet1.xml", b"<worksheet/>"), "a.xlsx", "is damaged"),
    "a text document": (
        replace_in_zip(make_ods(""), "mimetype", lambda mime: mime.replace(b"spreadsheet", b"text")),
        "a.ods",
        "is no workbook",
    ),
    "broken XML": (replace_in_zip(SMALL, "xl/workbook.xml", lambda xml: xml[:80]), "a.xlsx", "is damaged"),
    "a sheet that is nowhere": (
        replace_in_zip(SMALL, "xl/workbook.xml", lambda xml: xml.replace(b"rId1", b"rId9")),
        "a.xlsx",
        "has no data",
    ),
    "two sheets of one name": (
        replace_in_zip(
            SMALL,
            "xl/workbook.xml",
            lambda xml: xml.replace(b"</sheets>", b'<sheet name="Sheet" sheetId="2" r:id="rId1"/></sheets>').replace(
                b"<workbook ",
                b'<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ',
            ),
        ),
        "a.xlsx",
        "is damaged",
    ),
    "an unfinished table": (
        replace_in_zip(make_ods(""), "content.xml", lambda xml: xml.replace(b"</table:table>", b"")),
        "a.ods",
        "is damaged",
    ),
    "entities": (
        replace_in_zip(SMALL, "xl/workbook.xml", lambda xml: ENTITIES.encode() + xml),
        "a.xlsx",
        "is damaged",
    ),
    "entities of OpenDocument": (make_ods_of(ENTITIES + "<x>&b;</x>"), "a.ods", "is damaged"),
    "an encoding that nobody knows": (make_ods_of('<?xml version="1.0" encoding="x-9"?><x/>'), "a.ods", "is damaged"),
    "an empty sheet": (make_xlsx({}), "a.xlsx", "has no data"),
    "blank text": (b" \n\n", "a.csv", "has no header"),
    "only a header": (make_xlsx({"A1": "a", "B1": "b"}), "a.xlsx", "has no rows below its header"),
    "only a header and tags": (b"a,b\n#adm1,#affected\n", "a.csv", "has no rows"),
    "a heading twice": (
        make_xlsx({"A1": "Due", "C1": " due ", "A2": 1}),
        "a.xlsx",
        r"“due” twice \(columns A and C of row 1\)",
    ),
    "a stray cell in the last corner": (
        make_xlsx({"A1": "a", "A2": 1, "XFD1048576": 1}),
        "a.xlsx",
        "down to row 1048576",
    ),
    "a far cell behind a prefix": (
        in_sheet(
            b"</row></sheetData>",
            b'<q:c xmlns:q="urn:q" r="XFD1048576"><q:v>1</q:v></q:c></row></sheetData>',
        ),
        "a.xlsx",
        "down to row 1048576",
    ),
    "a far cell in small letters": (with_cell(b'<c r="xfd1048576"><v>1</v></c>'), "a.xlsx", "down to row 1048576"),
    "a far cell over two lines": (with_cell(b'<c\nr="XFD1048576"><v>1</v></c>'), "a.xlsx", "down to row 1048576"),
    "a far row of cells without places": (
        in_sheet(b'<row r="2"><c r="A2"', b'<row r="900000"><c'),
        "a.xlsx",
        "down to row 900000",
    ),
    "a cell beyond the last": (with_cell(b'<c r="ZZZZ99999999"><v>1</v></c>'), "a.xlsx", "is damaged"),
    "a cell at two places": (with_cell(b'<c r="B2" r="XFD1048576"><v>1</v></c>'), "a.xlsx", "is damaged"),
    "a cell at a place behind zeros": (
        with_cell(b'<c r="XFD0001048576"><v>1</v></c>'),
        "a.xlsx",
        "down to row 1048576",
    ),
    "a cell at no place": (with_cell(b'<c r="2A"><v>1</v></c>'), "a.xlsx", "is damaged"),
    "a text that is not in the list of texts": (with_cell(b'<c r="B2" t="s"><v>7</v></c>'), "a.xlsx", "is damaged"),
    "a number that is none": (with_cell(b'<c r="B2" t="n"><v>seven</v></c>'), "a.xlsx", "is damaged"),
    "two lists of texts": (
        with_texts(b'<sst a="1"><si><t>a</t></si><x:sst xmlns:x="x" uniqueCount="4294967295"/></sst>'),
        "a.xlsx",
        "is damaged",
    ),
    "a percent style that is none": (
        replace_in_zip(SMALL, "xl/styles.xml", lambda xml: xml.replace(b'numFmtId="0"', b'numFmtId="x"')),
        "a.xlsx",
        "is damaged",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_read_is_refused_with_a_clear_sentence(name):
    data, filename, sentence = REFUSED[name]
    with pytest.raises(WorkbookError, match=sentence) as refusal:
        read_rows(data=data, filename=filename)
    assert str(refusal.value).startswith(filename)


def test_a_sheet_without_any_known_column_is_refused():
    with pytest.raises(WorkbookError, match="expected are: code, value"):
        read_rows(data=b"x,y\n1,2\n", filename="a.csv", columns=("code", "value"))


@pytest.mark.parametrize(
    ("limits", "sentence"),
    [
        (Limits(file_bytes=1000), "where 0.0 MB is the most"),
        (Limits(unpacked_bytes=2000), "too large when unpacked"),
        (Limits(rows=5), "down to row 6, where 5"),
        (Limits(columns=2), "across to column C, where B"),
        (Limits(cells=17), r"too many cells \(6 rows × 3 columns\)"),
    ],
)
def test_a_file_beyond_the_limits_is_refused(limits, sentence):
    data = make_xlsx({"A1": "a", "B1": "b", "C1": "c", "A6": 1})
    assert read_rows(data=data, filename="a.xlsx", limits=Limits(rows=6, columns=3, cells=18)).numbers
    with pytest.raises(WorkbookError, match=sentence):
        read_rows(data=data, filename="a.xlsx", limits=limits)


def test_a_small_archive_that_unpacks_to_a_vast_one_is_refused_unread():
    data = add_to_zip(SMALL, "xl/media/image1.png", bytes(3_000_000))
    assert len(data) < 20_000
    assert read_rows(data=data, filename="a.xlsx").numbers == [2]
    with pytest.raises(WorkbookError, match=r"too large when unpacked \(more than 1.9 MB\)"):
        read_rows(data=data, filename="a.xlsx", limits=Limits(unpacked_bytes=2_000_000))


def test_one_long_text_shared_by_many_cells_is_refused_before_it_is_copied_into_each():
    cells = b"".join(b'<c r="A%d" t="s"><v>0</v></c>' % row for row in range(1, 2001))
    sheet = b'<worksheet><sheetData><row r="1">' + cells + b"</row></sheetData></worksheet>"
    texts = b"<sst><si><t>" + b"x" * 30_000 + b"</t></si></sst>"
    data = replace_in_zip(with_texts(texts), SHEET_1, lambda _xml: sheet)
    assert len(read_rows(data=data, filename="a.xlsx", limits=Limits(text_bytes=70_000_000)).numbers) == 1999
    with pytest.raises(WorkbookError, match="too large when unpacked"):
        read_rows(data=data, filename="a.xlsx", limits=Limits(text_bytes=50_000_000))


def test_errors_in_more_cells_than_anybody_would_correct_are_refused_as_one():
    data = make_xlsx({"A1": "a"} | {f"A{row}": "#N/A" for row in range(2, 9)})
    assert len(read_rows(data=data, filename="a.xlsx", limits=Limits(errors=7)).numbers) == 7
    with pytest.raises(WorkbookError, match="shows errors in more than 6 cells"):
        read_rows(data=data, filename="a.xlsx", limits=Limits(errors=6))


# What looks worse than it is


def test_a_sheet_that_lies_about_its_extent_is_read_by_what_it_holds():
    data = in_sheet(b'<dimension ref="A1:A2" />', b'<dimension ref="A1:XFD1048576"/>')
    assert values(read_rows(data=data, filename="a.xlsx")) == [(2, {"a": 1})]


@pytest.mark.parametrize(
    "texts",
    [
        b'<sst count="1" uniqueCount="4294967295"><si><t>a</t></si></sst>',
        b'<s:sst xmlns:s="x" uniqueCount="18446744073709551615"><s:si><s:t>a</s:t></s:si></s:sst>',
        b'<sst xmlns="x>" uniqueCount="4294967295"><si><t>a</t></si></sst>',
    ],
)
def test_a_list_of_texts_that_lies_about_its_length_is_read_by_what_it_holds(texts):
    data = replace_in_zip(
        with_texts(texts), SHEET_1, lambda xml: xml.replace(b't="n"><v>1</v>', b't="s"><v>0</v>')
    )
    assert read_rows(data=data, filename="a.xlsx").columns == {"a": ["a"]}


def test_formatting_without_content_far_below_does_no_harm():
    data = make_xlsx({"A1": "a", "A2": 1}, {"AZ1000000": "0%"})
    assert values(read_rows(data=data, filename="a.xlsx")) == [(2, {"a": 1})]


def test_a_sheet_beyond_column_z_or_row_199999_is_read_in_full():
    data = make_xlsx({"A1": "a", "AB1": "b", "A2": 1, "AB200100": 2})
    sheet = read_rows(data=data, filename="a.xlsx", limits=Limits(cells=28 * 200_100))
    assert values(sheet) == [(2, {"a": 1, "b": None}), (200_100, {"a": None, "b": 2})]


def test_a_workbook_under_another_name_is_what_its_bytes_say():
    assert read_rows(data=SMALL, filename="targets.csv").columns == {"a": [1]}
    assert read_rows(data=SMALL, filename="../../etc/passwd").columns == {"a": [1]}


TRAPS = {
    "errors without end": b'<c r="A1" t="e">',
    "formulas without end": b'<c r="A1"><f>',
    "hidden rows without end": b'<row hidden="1" ',
    "columns without end": b'<col hidden="1" min="1" max="16384"/>',
    "merged cells without end": b'<mergeCell ref="A1:XFD1048576"/>',
    "texts without end": b'<c r="A1" t="s"><v>',
    "styles without end": b'<c r="A1" s="1" ',
    "attributes without end": b"<a b='",
}


@pytest.mark.parametrize("name", TRAPS)
@pytest.mark.parametrize("place", [b"<sheetData>", b"</sheetData>"])
def test_xml_made_to_keep_the_searches_busy_is_over_at_once(name, place):
    trap = TRAPS[name] * (3_000_000 // len(TRAPS[name]))
    data = in_sheet(place, place + trap)
    began = time.process_time()
    with suppress(WorkbookError):
        read_rows(data=data, filename="a.xlsx")
    assert time.process_time() - began < 10


def test_paragraphs_nested_without_end_are_refused_at_once():
    data = make_ods(f"<table:table-row>{ods_cell('string', '<text:span>' * 200_000)}</table:table-row>")
    began = time.process_time()
    with pytest.raises(WorkbookError, match="is damaged"):
        read_rows(data=data, filename="a.ods")
    assert time.process_time() - began < 10
