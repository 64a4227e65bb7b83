"""Old Excel workbooks: read as the sheet shows them; a damaged or hostile one is a sentence, soon."""

import random
import struct
import time
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal

import pytest
import xlwt

from tests.common.workbooks.files import make_xls, values
from tracker.common.workbooks.numbers import parse_date
from tracker.common.workbooks.reading import CellError, Limits, Reading, WorkbookError, read_rows

COLUMNS = ("code", "value", "share", "due", "note")
DIVIDED_BY_ZERO, NOT_AVAILABLE = 0x07, 0x2A


def read(data: bytes, **options):
    return read_rows(
        data=data, filename="a.xls", columns=COLUMNS, key_columns=("code",), percent_columns=("share",),
        date_columns=("due",), **options,
    )  # fmt: skip


def fill(page) -> None:
    """Every kind of cell, under a title, with an empty row between."""
    percent, day, clock = (xlwt.easyxf(num_format_str=form) for form in ("0.0%", "D.M.YYYY", "[h]:mm:ss"))
    page.write(0, 0, "Отчёт")
    for column, title in enumerate(("Code", "Value", "Share", "Due", "Note")):
        page.write(2, column, title)
    page.write(3, 0, "საქართველო")
    page.write(3, 1, 0.1)
    page.write(3, 2, 0.4, percent)
    page.write(3, 3, date(2021, 12, 31), day)
    page.write(3, 4, True)
    page.write(5, 0, " X\u00a0")
    page.row(5).set_cell_error(1, DIVIDED_BY_ZERO)
    page.write(5, 2, 40)
    page.write(5, 3, datetime(2021, 12, 31, 13, 5), day)
    page.write(5, 4, 1.25, clock)


def test_an_old_workbook_gives_the_same_cells_as_a_new_one():
    sheet = read(make_xls(fill))
    assert (sheet.name, sheet.header_row) == ("Data", 3)
    assert values(sheet) == [
        (
            4,
            {
                "code": "საქართველო", "value": Decimal("0.1"), "share": Decimal(40), "due": date(2021, 12, 31),
                "note": True,
            },
        ),
        (
            6,
            {
                "code": "X", "value": CellError("#DIV/0!"), "share": Decimal(40),
                "due": datetime(2021, 12, 31, 13, 5), "note": "30:00:00",
            },
        ),
    ]  # fmt: skip


@pytest.mark.parametrize("since_1904", [False, True])
def test_days_count_from_1900_or_1904(since_1904):
    def days(page) -> None:
        page.write(0, 0, "code")
        page.write(0, 3, "due")
        page.write(1, 0, "X")
        page.write(1, 3, date(2021, 12, 31), xlwt.easyxf(num_format_str="D.M.YYYY"))
        page.write(2, 0, "Y")
        page.write(2, 3, 44561 - 1462 * since_1904)

    shown, bare = read(make_xls(days, since_1904=since_1904)).columns["due"]
    assert shown == date(2021, 12, 31)
    assert parse_date(bare) == date(2021, 12, 31)


def test_hidden_and_merged_cells_are_as_in_a_new_workbook():
    def mark(page) -> None:
        for column, title in enumerate(("code", "value", "note")):
            page.write(0, column, title)
        page.write_merge(1, 2, 0, 0, "X")
        page.write(1, 1, 1)
        page.write(2, 1, 2)
        page.write(3, 0, "Y")
        page.write_merge(3, 4, 1, 1, 3)
        page.row(2).hidden = True
        page.col(2).hidden = True

    sheet = read(make_xls(mark))
    assert sheet.columns["code"] == ["X", "X", "Y"]
    assert sheet.columns["value"][:2] == [1, 2]
    assert "merged over rows 4–5" in sheet.columns["value"][2].message
    assert sheet.warnings == [
        "In “code”, cells merged over several rows count for each of them: rows 2–3.",
        "Row 3 is hidden; it was read too.",
        "Column C is hidden; it was read too.",
    ]


def test_sheets_of_an_old_workbook_are_chosen_as_in_a_new_one():
    def more(page) -> None:
        book = page.get_parent()
        page.write(0, 0, "hidden")
        page.visibility = 1
        for name in ("KG", "TJ"):
            other = book.add_sheet(name)
            other.write(0, 0, "code")
            other.write(0, 1, "value")
            other.write(1, 0, name)
        book.set_active_sheet(1)

    data = make_xls(more)
    assert [choice.name for choice in read(data).sheets] == ["KG", "TJ"]
    assert read(data, reading=Reading(sheet="*")).columns["code"] == ["KG", "TJ"]
    with pytest.raises(WorkbookError, match="no visible sheet “Data”"):
        read(data, reading=Reading(sheet="Data"))


# Files that are refused


def replace_record(data: bytes, kind: int, change) -> bytes:
    """Give the same workbook with the first record of a kind changed, in its id or its content."""
    place = data.index(b"\x09\x08\x10\x00")
    while True:
        found, length = struct.unpack_from("<HH", data, place)
        content = data[place + 4 : place + 4 + length]
        if found == kind:
            new_kind, new = change(content)
            assert len(new) == length
            return data[:place] + struct.pack("<HH", new_kind, length) + new + data[place + 4 + length :]
        place += 4 + length


def with_password(data: bytes) -> bytes:
    return replace_record(data, 0x00E1, lambda content: (0x002F, content))


def with_endless_texts(data: bytes) -> bytes:
    """The list of texts says that it has two thousand million, the first of which leads back to itself."""
    endless = struct.pack("<II", 0x7FFFFFFF, 0x7FFFFFFF) + struct.pack("<HBi", 0, 0x04, -7)
    return replace_record(data, 0x00FC, lambda content: (0x00FC, (endless + content)[: len(content)]))


def with_a_vast_row(data: bytes) -> bytes:
    return replace_record(data, 0x00FD, lambda content: (0x00FD, b"\xff\xff" + content[2:]))


def with_endless_sectors(data: bytes) -> bytes:
    """Every sector of the file is followed by itself."""
    place = 512 * (struct.unpack_from("<i", data, 76)[0] + 1)
    return data[:place] + b"".join(struct.pack("<i", n) for n in range(128)) + data[place + 512 :]


REFUSED = {
    "a password": (with_password, "is protected by a password"),
    "half a file": (lambda data: data[: len(data) // 2], "is damaged"),
    "endless sectors": (with_endless_sectors, "is damaged"),
    "another document": (
        lambda data: data.replace("Workbook".encode("utf-16-le"), "WordDocu".encode("utf-16-le")),
        "is no workbook",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_an_old_workbook_that_cannot_be_read_is_refused_with_a_sentence(name):
    change, sentence = REFUSED[name]
    with pytest.raises(WorkbookError, match=sentence):
        read(change(make_xls(fill)))


def test_a_file_that_would_keep_the_reader_busy_for_ever_is_refused_in_time():
    data = with_endless_texts(make_xls(fill))
    began = time.monotonic()
    with pytest.raises(
        WorkbookError, match=r"took too long, or its inside is broken|holds more than can be read"
    ):
        read(data, limits=Limits(xls_seconds=1))
    assert time.monotonic() - began < 20


def test_a_file_that_fills_the_memory_is_refused():
    def many(page) -> None:
        for row in range(20_000):
            page.write(row, 0, f"text {row}")

    data = make_xls(many)
    assert len(read_rows(data=data, filename="a.xls").numbers) == 19_999
    with pytest.raises(WorkbookError, match=r"holds more than can be read"):
        read_rows(data=data, filename="a.xls", limits=Limits(xls_memory=20 * 1024 * 1024))


@pytest.mark.parametrize(
    ("limits", "sentence"),
    [
        (Limits(xls_bytes=5_000), "is too large"),
        (Limits(rows=5), "down to row 6"),
        (Limits(columns=4), "across to column E"),
        (Limits(cells=29), "holds more than can be read"),
        (Limits(text_bytes=20), "holds more than can be read"),
        (Limits(sheets=0), "holds more than can be read"),
    ],
)
def test_an_old_workbook_beyond_the_limits_is_refused(limits, sentence):
    assert read(make_xls(fill), limits=Limits(rows=6, columns=5, cells=30)).numbers == [4, 6]
    with pytest.raises(WorkbookError, match=sentence):
        read(make_xls(fill), limits=limits)


def test_a_damaged_old_workbook_is_read_or_refused_and_nothing_else():
    data = make_xls(fill)
    chance = random.Random(7)
    for _round in range(12):
        bent = bytearray(data)
        for _byte in range(chance.choice((1, 20, 400))):
            bent[chance.randrange(512, len(bent))] = chance.randrange(256)
        with suppress(WorkbookError):
            read_rows(data=bytes(bent), filename="a.xls", limits=Limits(xls_seconds=5))
