"""What is written opens in LibreOffice, its drop-downs and limits hold there, and what it saves reads the same.

Run by ``make soak``, which installs LibreOffice where it can; without it these tests fail and say what to do.
"""

import io
import time
import tracemalloc
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
import xlsxwriter

from tests.office import convert
from tracker.common.workbooks.markup import Mark, mark_up
from tracker.common.workbooks.ods_writing import write_ods
from tracker.common.workbooks.reading import read_rows
from tracker.common.workbooks.specs import Column, Entry, SheetSpec
from tracker.common.workbooks.stamps import find_stamp
from tracker.common.workbooks.templates import Template, write_template
from tracker.common.workbooks.writing import write_workbook

pytestmark = pytest.mark.soak

MISSIONS = ("KG", "TJ", "Côte d'Ivoire, North", 'the "other"')
CODES = tuple(f"SP1-O1-I{number}" for number in range(1, 301))
PERCENTAGE = Column("value", kind="percent", minimum=0, maximum=100)
STAGE = Column("value", choices=("Not started", "Drafted", "Adopted"))
COLUMNS = (
    Column("key", hidden=True),
    Column("indicator", "Indicator", choices=CODES, required=True, fixed=True, hxl="#indicator+code"),
    Column("mission", "Mission", choices=MISSIONS, required=True, help="The mission that reports."),
    Column("value", "Value", kind="number", minimum=0),
    Column("people", "People", kind="number", whole=True, minimum=0, maximum=10_000),
    Column("due", "Due", kind="date", minimum=date(2020, 1, 1), maximum=date(2024, 12, 31)),
    Column("comment", "Comment"),
)
KEYS = tuple(column.key for column in COLUMNS)


def make_rows() -> Iterator[dict[str, Any]]:
    for number, code in enumerate(CODES[:119]):
        value = (
            Entry(Decimal("12.5") if number % 2 else None, PERCENTAGE),
            Entry("Drafted" if number % 2 else None, STAGE),
            number if number % 2 else None,
        )[number % 3]
        yield {
            "key": f"r{number:05d}",
            "indicator": code,
            "mission": MISSIONS[number % 4],
            "value": value,
            "people": number if number % 5 else 0,
            "due": date(2021, 12, 31) if number % 7 else None,
            "comment": ("=1+1", "0012", "two\nlines", "Кыргыз საქართველო", None)[number % 5],
        }


SPEC = SheetSpec("Progress", COLUMNS, list(make_rows()), frozen=2)


def make_template() -> bytes:
    return write_template(
        Template(
            kind="progress",
            version="3",
            title="Progress of Kyrgyzstan",
            sheets=[SPEC],
            steps=["Fill in the white cells."],
            selection={"mission": "KG", "period": "2021-Q3"},
        )
    )


def read(data: bytes, suffix: str) -> list[dict[str, Any]]:
    sheet = read_rows(
        data=data,
        filename=f"saved.{suffix}",
        columns=KEYS,
        percent_columns=("value",),
        date_columns=("due",),
        number_columns=("value", "people"),
    )
    return [row.cells for row in sheet.rows]


EXPECTED = [
    {key: value.value if isinstance(value, Entry) else value for key, value in row.items()}
    for row in SPEC.rows
]


def unpack(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("suffix", ["xlsx", "ods", "xls"])
def test_what_office_saves_of_a_template_reads_the_same(suffix: str, tmp_path: Path):
    template = make_template()
    assert read(template, "xlsx") == EXPECTED
    saved = convert(template, suffix=".xlsx", to=suffix, folder=tmp_path)
    assert read(saved, suffix) == EXPECTED
    if suffix != "xls":
        stamp = find_stamp(unpack(saved))
        assert stamp == find_stamp(unpack(template))
        assert stamp is not None
        assert stamp.selection == {"mission": "KG", "period": "2021-Q3"}


def test_office_knows_the_drop_downs_and_limits_of_a_template(tmp_path: Path):
    saved = convert(make_template(), suffix=".xlsx", to="xlsx", folder=tmp_path)
    workbook = openpyxl.load_workbook(io.BytesIO(saved))
    sheet = workbook["Progress"]

    def find(place: str) -> Any:
        (rule,) = [rule for rule in sheet.data_validations.dataValidation if place in rule.sqref]
        assert rule.showErrorMessage
        assert rule.errorStyle in (None, "stop")
        return rule

    def find_choices(place: str) -> list[str]:
        rule = find(place)
        assert rule.type == "list"
        ((name, area),) = list(workbook.defined_names[rule.formula1].destinations)
        assert workbook[name].sheet_state == "hidden"
        return [cell.value for (cell,) in workbook[name][area]]

    # Rows 3 to 121 are filled in; a person adds the next ones.
    assert find_choices("C3") == find_choices("C122") == find_choices("C500") == list(MISSIONS)
    assert find_choices("B122") == list(CODES)
    assert find_choices("D4") == ["Not started", "Drafted", "Adopted"]
    assert [(rule.type, float(rule.formula1), float(rule.formula2)) for rule in map(find, ("D3", "E3", "F3"))] == [
        ("decimal", 0, 1), ("whole", 0, 10_000), ("date", 43_831, 45_657),
    ]  # fmt: skip
    assert (find("B3").type, find("B3").errorTitle) == ("custom", "Leave this as it is")
    protection = sheet.protection
    assert (protection.sheet, protection.password) == (True, None)
    assert not any((protection.sort, protection.autoFilter, protection.insertRows, protection.deleteRows))
    assert sheet["B1"].protection.locked
    assert not any(cell.protection.locked for cell in sheet[3] if cell.has_style)
    assert sheet.column_dimensions["A"].hidden
    assert sheet["C1"].comment.text.startswith("The mission that reports.")
    assert sheet.auto_filter.ref == "A2:G121"


def test_office_keeps_the_drop_downs_of_a_template_as_opendocument(tmp_path: Path):
    saved = convert(make_template(), suffix=".xlsx", to="ods", folder=tmp_path)
    table = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
    content = ElementTree.fromstring(unpack(saved)["content.xml"])
    rules = {
        rule.get(f"{table}name"): rule.get(f"{table}condition")
        for rule in content.iter(f"{table}content-validation")
    }
    used = {
        rules[name]
        for cell in content.iter(f"{table}table-cell")
        if (name := cell.get(f"{table}content-validation-name"))
    }
    assert sum("is-in-list" in str(condition) for condition in used) == 3
    assert "of:cell-content-is-whole-number() and cell-content-is-between(0,10000)" in used
    assert "of:cell-content-is-date() and cell-content-is-between(43831,45657)" in used


@pytest.mark.parametrize("suffix", ["ods", "xlsx"])
def test_what_office_saves_of_an_opendocument_export_reads_the_same(suffix: str, tmp_path: Path):
    data = write_ods([SPEC])
    assert read(data, "ods") == EXPECTED
    saved = convert(data, suffix=".ods", to=suffix, folder=tmp_path)
    assert read(saved, suffix) == EXPECTED
    if suffix == "xlsx":
        workbook = openpyxl.load_workbook(io.BytesIO(saved))
        sheet = workbook["Progress"]
        kinds = {
            rule.type: str(rule.sqref)
            for rule in sheet.data_validations.dataValidation
            if "E3" in rule.sqref or "C3" in rule.sqref
        }
        # 119 rows and 500 spare ones.
        assert kinds == {"list": "C3:C621", "whole": "E3:E621"}
        assert workbook["Lists"].sheet_state == "hidden"
        assert sheet.auto_filter.ref == "A2:G121"
        # The first share, at 12.5, as Excel would show it.
        assert (sheet["D6"].value, sheet["D6"].number_format) == (0.125, "0.0%")


@pytest.mark.parametrize("make", [make_template, lambda: write_ods([SPEC])], ids=["own", "copy"])
def test_what_office_saves_of_a_marked_workbook_reads_the_same(make: Any, tmp_path: Path):
    data = make()
    suffix = "ods" if b"opendocument" in data[:100] else "xlsx"
    marks = [Mark("Wrong. Correct it.", row=row, letters="D") for row in range(3, 60)]
    marked = mark_up(data=data, filename=f"mine.{suffix}", marks=marks, header_row=1)
    saved = convert(marked, suffix=".xlsx", to="xlsx", folder=tmp_path)
    assert read(saved, "xlsx") == EXPECTED
    workbook = openpyxl.load_workbook(io.BytesIO(saved))
    assert workbook.sheetnames[0] == "What to correct"
    assert workbook["Progress"]["D3"].comment.text.endswith("Wrong. Correct it.")
    assert workbook["Progress"]["D59"].fill.fgColor.rgb == "FFFFC9CD"


# Speed and memory


LARGE = [Column(f"text{number}") for number in range(3)] + [
    *(Column(f"number{number}", kind="number") for number in range(3)),
    Column("share", kind="percent"),
    Column("day", kind="date"),
]


def make_large(count: int) -> Iterator[tuple[Any, ...]]:
    for number in range(count):
        day = date(2021, 1, 1 + number % 28)
        yield (
            f"SP1-I{number % 90}",
            "KG",
            "2021-Q3",
            number,
            number / 4,
            Decimal(number) / 8,
            Decimal("12.5"),
            day,
        )


def test_a_hundred_thousand_rows_take_little_more_than_writing_them_bare():
    started = time.process_time()
    workbook = xlsxwriter.Workbook(io.BytesIO(), {"constant_memory": True})
    sheet = workbook.add_worksheet()
    formats = [workbook.add_format({"num_format": form}) for form in ("0.0%", "d mmm yyyy")]
    for line, row in enumerate(make_large(100_000)):
        for index, value in enumerate(row[:3]):
            sheet.write_string(line, index, value)
        for index, value in enumerate(row[3:6], start=3):
            sheet.write_number(line, index, value)
        sheet.write_number(line, 6, row[6], formats[0])
        sheet.write_datetime(line, 7, row[7], formats[1])
    workbook.close()
    bare = time.process_time() - started
    started = time.process_time()
    write_workbook([SheetSpec("Data", LARGE, make_large(100_000))])
    assert time.process_time() - started < bare * 1.5


@pytest.mark.parametrize("write", [write_workbook, write_ods])
def test_memory_does_not_grow_with_the_rows(write: Any):
    peaks = []
    for count in (10_000, 40_000):
        tracemalloc.start()
        made = write([SheetSpec("Data", LARGE, make_large(count))])
        peaks.append(tracemalloc.get_traced_memory()[1] - 2 * len(made))
        tracemalloc.stop()
    # What is kept grows by the file itself; ODS keeps 16 MB of the table before it goes to a temporary file.
    assert peaks[1] < 30 * 1024 * 1024
