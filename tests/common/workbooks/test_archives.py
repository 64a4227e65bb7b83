"""Tagged files, streamed files, and archives of many files with a data dictionary."""

import io
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import hxl
import pytest

from tracker.common.workbooks.archives import make_dictionary, write_archive, write_tables
from tracker.common.workbooks.reading import read_rows
from tracker.common.workbooks.specs import Column, SheetSpec
from tracker.common.workbooks.writing import stream_csv, write_csv, write_workbook

from .samples import COLUMNS, ROWS

# Tags


TAGS = [
    Column("indicator", "Indicator", hxl="#indicator+code"),
    Column("mission", "Mission", hxl="#country+code"),
    Column("value", "Value", kind="number", hxl="#value"),
    Column("due", "Due", kind="date", hxl="#date+due"),
    Column("comment", "Comment"),
]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_libhxl_reads_what_is_tagged(suffix: str, tmp_path: Path):
    rows = [("SP1-O1-I1", "KG", Decimal("2.5"), date(2021, 12, 31), "=1"), ("SP1-O1-I2", "TJ", 0, None, None)]
    spec = SheetSpec("Data", TAGS, rows)
    path = tmp_path / f"tagged{suffix}"
    path.write_bytes(write_csv(spec) if suffix == ".csv" else write_workbook([spec]))
    with hxl.data(str(path), hxl.input.InputOptions(allow_local=True)) as source:
        assert source.display_tags == ["#indicator+code", "#country+code", "#value", "#date+due", ""]
        assert len(list(source)) == 2
    with hxl.data(str(path), hxl.input.InputOptions(allow_local=True, encoding="utf-8-sig")) as source:
        assert source.headers == ["Indicator", "Mission", "Value", "Due", "Comment"]
        assert source.display_tags == ["#indicator+code", "#country+code", "#value", "#date+due", ""]
        read = [row.values for row in source]
    guarded = "'=1" if suffix == ".csv" else "=1"
    assert [[str(value) for value in row] for row in read] == [
        ["SP1-O1-I1", "KG", "2.5", "2021-12-31", guarded],
        ["SP1-O1-I2", "TJ", "0", "", ""],
    ]


# Archives


def test_an_archive_has_its_files_in_order_and_is_dated_alike():
    data = write_archive({"b.csv": b"2", "a.csv": [b"1", b"1"], "Z/c.txt": b"3"})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == ["Z/c.txt", "a.csv", "b.csv"]
        assert [archive.read(name) for name in archive.namelist()] == [b"3", b"11", b"2"]
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None
    assert data == write_archive({"a.csv": b"11", "Z/c.txt": b"3", "b.csv": b"2"})


@pytest.mark.parametrize(
    "name",
    ["../a.csv", "/a.csv", "a/../b.csv", "", "a//b.csv", "c:\\a.csv", "a\x00.csv", "a.csv ", "..", "a./b"],
)
def test_a_name_that_could_be_unpacked_somewhere_else_is_refused(name: str):
    with pytest.raises(ValueError, match="no name"):
        write_archive({name: b""})


def test_two_files_of_one_name_are_refused():
    with pytest.raises(ValueError, match="Two files"):
        write_archive({"a.csv": b"", "A.csv": b""})
    spec = SheetSpec("targets", [Column("a")], [])
    with pytest.raises(ValueError, match="Two files"):
        write_tables([spec, spec], to=io.BytesIO())
    with pytest.raises(ValueError, match="Two files"):
        write_tables([spec], to=io.BytesIO(), more={"data_dictionary.csv": b""})


def test_tables_are_archived_with_a_data_dictionary():
    sheets = [
        SheetSpec("targets", COLUMNS, ROWS),
        SheetSpec("countries", [Column("code", hxl="#country")], [("KG",)]),
    ]
    target = io.BytesIO()
    write_tables(sheets, to=target, more={"README.txt": b"Read me"})
    with zipfile.ZipFile(target) as archive:
        assert archive.namelist() == ["README.txt", "countries.csv", "data_dictionary.csv", "targets.csv"]
        assert archive.read("targets.csv") == write_csv(SheetSpec("targets", COLUMNS, ROWS))
        read = read_rows(data=archive.read("data_dictionary.csv"), filename="data_dictionary.csv")
    lines = [row.cells for row in read.rows]
    assert [(line["file"], line["column"]) for line in lines] == [
        *(("targets.csv", column.heading) for column in COLUMNS), ("countries.csv", "code"),
    ]  # fmt: skip
    assert lines[2] == {
        "file": "targets.csv",
        "column": "Mission",
        "meaning": "The mission that reports.",
        "kind": "text",
        "required": "yes",
        "values": 'One of: KG · TJ · Côte d\'Ivoire, North · the "other"',
        "choices": 'KG; TJ; Côte d\'Ivoire, North; the "other"',
        "example": None,
        "hxl_tag": None,
    }
    assert lines[-1]["hxl_tag"] == "#country"
    assert make_dictionary(sheets).name == "data_dictionary"


def test_a_streamed_csv_file_is_the_same_as_one_made_at_once():
    rows = [(number, f"row {number}") for number in range(5_000)]
    spec = SheetSpec("Data", [Column("n", kind="number"), Column("text")], rows)
    pieces = list(stream_csv(spec))
    assert len(pieces) > 2
    assert b"".join(pieces) == write_csv(spec)
    assert b"".join(pieces).count("\ufeff".encode()) == 1
    utf16 = write_csv(spec, encoding="utf-16").decode("utf-16")
    assert utf16.count("\ufeff") == 0
    assert utf16.splitlines()[-1] == "4999,row 4999"
