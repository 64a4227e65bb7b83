"""OpenDocument files: typed values, the looks of the others, and nothing lost on the way."""

import io
import re
import zipfile
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.common.workbooks.ods_writing import write_ods
from tracker.common.workbooks.reading import read_rows
from tracker.common.workbooks.specs import Column, SheetSpec

from .samples import COLUMNS, MISSIONS, ROWS, TAGGED

# OpenDocument


def read_content(data: bytes) -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return ElementTree.fromstring(archive.read("content.xml"))


OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
VALUES = Column("a"), Column("b", kind="number"), Column("c", kind="percent"), Column("d", kind="date")


def test_values_in_an_ods_file_are_typed():
    row = ("=1+1", Decimal("1.10"), Decimal("12.5"), date(2021, 12, 31))
    second = (True, 0, None, datetime(2021, 12, 31, 14, 5))
    content = read_content(write_ods([SheetSpec("Data", VALUES, [row, second])]))
    cells = [
        {key.rpartition("}")[2]: value for key, value in cell.attrib.items() if key.startswith(OFFICE)}
        for cell in content.iter(f"{TABLE}table-cell")
    ][4:12]
    assert cells == [
        {"value-type": "string"},
        {"value-type": "float", "value": "1.10"},
        {"value-type": "percentage", "value": "0.125"},
        {"value-type": "date", "date-value": "2021-12-31"},
        {"value-type": "boolean", "boolean-value": "true"},
        {"value-type": "float", "value": "0"},
        {},
        {"value-type": "date", "date-value": "2021-12-31T14:05:00"},
    ]
    assert b"formula" not in ElementTree.tostring(content)


def test_an_ods_file_has_widths_formats_filters_and_a_header_that_stays():
    spec = SheetSpec("It's", [*VALUES[:3], Column("key", hidden=True)], [("x", 1, 2, "k")], frozen=1)
    data = write_ods([spec], title="A & B", created=datetime(2022, 11, 4))
    content = read_content(data)
    assert [each.get(f"{TABLE}visibility") for each in content.iter(f"{TABLE}table-column")] == [
        None, None, None, "collapse",
    ]  # fmt: skip
    assert len(list(content.iter(f"{TABLE}table-header-rows"))) == 1
    (area,) = content.iter(f"{TABLE}database-range")
    assert area.get(f"{TABLE}target-range-address") == "'It''s'.A1:'It''s'.D2"
    # 24 letters of 7 pixels and 5 more, 96 pixels to the inch.
    widths = [each.get(f"{STYLE}column-width") for each in content.iter(f"{STYLE}table-column-properties")]
    assert widths[0] == "4.58cm"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist()[0] == "mimetype"
        assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED
        settings_xml = archive.read("settings.xml").decode()
        assert "<dc:title>A &amp; B</dc:title>" in archive.read("meta.xml").decode()
    for item in ("VerticalSplitPosition", "HorizontalSplitPosition"):
        assert re.search(rf'config:name="{item}" config:type="int">1<', settings_xml)


def test_tags_belong_to_the_header_and_are_not_sorted_with_the_rows():
    content = read_content(write_ods([SheetSpec("Progress", TAGGED, ROWS, notes=["A note"])]))
    (area,) = content.iter(f"{TABLE}database-range")
    assert area.get(f"{TABLE}target-range-address") == "'Progress'.A4:'Progress'.I8"
    (header,) = content.iter(f"{TABLE}table-header-rows")
    assert len(list(header)) == 2


def test_an_ods_file_offers_choices_and_keeps_limits_in_spare_rows_too():
    content = read_content(write_ods([SheetSpec("Data", COLUMNS, ROWS)]))
    conditions = {
        rule.get(f"{TABLE}name"): rule.get(f"{TABLE}condition")
        for rule in content.iter(f"{TABLE}content-validation")
    }
    table, lists = content.iter(f"{TABLE}table")
    assert lists.get(f"{TABLE}style-name") == "table-false"
    *_rows, spare = table.iter(f"{TABLE}table-row")
    assert spare.get(f"{TABLE}number-rows-repeated") == "500"
    found = [conditions.get(cell.get(f"{TABLE}content-validation-name", "")) for cell in spare]
    assert found == [
        None,
        "of:cell-content-is-in-list([$Lists.$A$1:.$A$300])",
        "of:cell-content-is-in-list([$Lists.$B$1:.$B$4])",
        "of:cell-content-is-decimal-number() and cell-content-is-between(0,999999999999999)",
        "of:cell-content-is-whole-number() and cell-content-is-between(0,10000)",
        "of:cell-content-is-decimal-number() and cell-content-is-between(0,0.625)",
        "of:cell-content-is-date() and cell-content-is-between(43831,45657)",
        "of:cell-content-is-in-list([$Lists.$C$1:.$C$2])",
        None,
    ]
    second = [["".join(cell.itertext()) for cell in row] for row in lists.iter(f"{TABLE}table-row")]
    assert [row[1] for row in second[:4]] == list(MISSIONS)


def test_the_same_rows_give_the_same_ods_bytes():
    assert write_ods([SheetSpec("Data", COLUMNS, ROWS)]) == write_ods([SheetSpec("Data", COLUMNS, ROWS)])
    with pytest.raises(ValueError, match="at least one sheet"):
        write_ods([])
    with pytest.raises(ValueError, match="cannot be written"):
        write_ods([SheetSpec("Data", [Column("b", kind="number")], [(Decimal("NaN"),)])])


# Any character but those that cannot be written in XML, and the marks that a reader drops.
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Cf")), max_size=20).map(
    lambda text: " ".join(text.split()) or "text"
).filter(lambda text: not text.startswith("#"))  # fmt: skip
NUMBERS = st.decimals(min_value=-(10**9), max_value=10**9, places=4)
DRAWN = st.lists(
    st.tuples(
        TEXTS, st.none() | NUMBERS, st.none() | NUMBERS, st.none() | st.dates(date(1901, 1, 1), date(2199, 12, 31))
    ),
    min_size=1,
    max_size=8,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(rows=DRAWN)
def test_what_is_written_as_ods_is_read_again(rows: list[tuple[Any, ...]]):
    sheet = read_rows(
        data=write_ods([SheetSpec("Data", VALUES, rows)]), filename="a.ods", percent_columns=("c",)
    )
    assert [tuple(row.cells.values()) for row in sheet.rows] == rows


def test_spaces_lines_and_what_xml_cannot_hold_survive_an_ods_file():
    texts = [
        "a  b   c",
        "two\nlines",
        "two\r\nlines",
        "tab\tstop",
        "a\x01b",
        "<&>\"'",
        "\ud800",
        "\U0001f600",
    ]
    spec = SheetSpec("Data", [Column("a")], [(text,) for text in texts])
    read = [row.cells["a"] for row in read_rows(data=write_ods([spec]), filename="a.ods").rows]
    assert read == [
        "a  b   c", "two\nlines", "two\nlines", "tab stop", "ab", "<&>\"'", "\ufffd", "\U0001f600",
    ]  # fmt: skip
