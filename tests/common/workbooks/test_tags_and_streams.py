"""Tagged files, files of an archive, and streamed files."""

import io
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import hxl
import pytest

from tracker.common.workbooks.archives import add_file
from tracker.common.workbooks.specs import Column, SheetSpec
from tracker.common.workbooks.writing import stream_csv, write_csv, write_workbook

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


def _archive(pieces: list[bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        add_file(archive, "a/b.csv", pieces)
        add_file(archive, "mimetype", [b"x"], compress=False, may_be_large=True)
    return file.getvalue()


def test_files_of_an_archive_are_dated_alike_and_equal_files_are_equal_bytes():
    data = _archive([b"1" * 50, b"1" * 50])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert [archive.read(name) for name in ("a/b.csv", "mimetype")] == [b"1" * 100, b"x"]
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert [info.compress_type for info in archive.infolist()] == [
            zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED,
        ]  # fmt: skip
        assert archive.testzip() is None
    assert data == _archive([b"1" * 100])


# Streams


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
