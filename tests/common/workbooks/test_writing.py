"""What is written is what is read again, and text never becomes a formula."""

import io
import re
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.common.workbooks.cells import clean_text
from tracker.common.workbooks.numbers import parse_date, parse_decimal
from tracker.common.workbooks.reading import read_rows
from tracker.common.workbooks.writing import Column, SheetSpec, write_csv, write_workbook

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", " =1+1", "'=1", "''+2", "'quoted'", "=cmd|' /C calc'!A0", "5"]


def test_text_never_becomes_a_formula():
    spec = SheetSpec(name="Data", columns=[Column("text")], rows=[{"text": text} for text in FORMULAS])
    workbook = write_workbook([spec])
    page = openpyxl.load_workbook(io.BytesIO(workbook))["Data"]
    assert {cell.data_type for cell in page["A"]} == {"s"}
    assert [cell.value for cell in page["A"][1:]] == FORMULAS
    lines = write_csv(spec).decode("utf-8-sig").split("\r\n")[1:-1]
    assert not any(re.match(r"\s*[=+\-@]", line.strip('"')) for line in lines)
    for data, name in ((workbook, "a.xlsx"), (write_csv(spec), "a.csv")):
        read = [row.cells["text"] for row in read_rows(data=data, filename=name).rows]
        assert read == [text.strip() for text in FORMULAS]


def test_a_written_workbook_has_real_numbers_dates_and_percentages():
    spec = SheetSpec(
        name="Targets: 2021/2022",
        columns=[
            Column("mission", "Mission", width=30, hxl="#country"),
            Column("due", "Due", kind="date"),
            Column("share", "Share", kind="percent"),
            Column("count", "Count", kind="number", number_format="#,##0"),
            Column("sure", "Sure"),
        ],
        rows=[
            {
                "mission": "KG",
                "due": date(2021, 12, 31),
                "share": Decimal("12.5"),
                "count": 1234,
                "sure": True,
            },
            {"mission": "TJ", "count": 0},
        ],
        notes=["Made for the test"],
    )
    page = openpyxl.load_workbook(io.BytesIO(write_workbook([spec, spec]))).worksheets[0]
    assert page.title == "Targets  2021 2022"
    assert (page.freeze_panes, page.auto_filter.ref, page.column_dimensions["A"].width > 29) == (
        "A4",
        "A3:E6",
        True,
    )
    assert [cell.value for cell in page[5]] == ["KG", datetime(2021, 12, 31), 0.125, 1234, True]
    assert [page[f"{letter}5"].number_format for letter in "BCD"] == ["d mmm yyyy", "0.0%", "#,##0"]
    assert [cell.value for cell in page[6]] == ["TJ", None, None, 0, None]

    columns = ("mission", "due", "share", "count", "sure")
    sheet = read_rows(
        data=write_workbook([spec]), filename="a.xlsx", columns=columns, percent_columns=("share",)
    )
    assert sheet.hxl == {"mission": "#country"}
    first, second = sheet.rows
    assert first.number == 5
    assert first.cells == {
        "mission": "KG", "due": date(2021, 12, 31), "share": Decimal("12.5"), "count": Decimal(1234), "sure": True,
    }  # fmt: skip
    assert second.cells == {"mission": "TJ", "due": None, "share": None, "count": Decimal(0), "sure": None}


def test_the_same_rows_give_the_same_bytes():
    def write(created: datetime | None = None) -> bytes:
        spec = SheetSpec(
            name="Data", columns=[Column("a"), Column("b", kind="number")], rows=[("x", 1), ("y", 2)]
        )
        return write_workbook([spec]) if created is None else write_workbook([spec], created=created)

    assert write() == write()
    assert write(datetime(2022, 11, 4, tzinfo=UTC)) != write()


def test_what_a_workbook_cannot_hold_is_cut_or_refused_and_never_lost_silently():
    long = SheetSpec(name="Data", columns=[Column("a")], rows=[("x" * 40_000,)])
    (row,) = read_rows(data=write_workbook([long]), filename="a.xlsx").rows
    assert len(row.cells["a"]) == 32_767
    assert row.cells["a"].endswith("x…")
    for data in (float("nan"), Decimal("Infinity")):
        spec = SheetSpec(name="Data", columns=[Column("a")], rows=[(data,)])
        for write in (write_csv, lambda one: write_workbook([one])):
            with pytest.raises((ValueError, TypeError)):
                write(spec)
    with pytest.raises(ValueError, match="1 values for 2 columns"):
        write_csv(SheetSpec(name="Data", columns=[Column("a"), Column("b")], rows=[("x",)]))


# Text as a reader leaves it; what it drops or folds is tested beside it.
TEXTS = (
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), max_size=20)
    .map(lambda text: clean_text(text) or "text")
    .filter(lambda text: not text.startswith("#"))
)
NUMBERS = st.decimals(min_value=-(10**9), max_value=10**9, places=4)
DATES = st.dates(date(1901, 1, 1), date(2199, 12, 31))
ROWS = st.lists(
    st.tuples(TEXTS, st.none() | NUMBERS, st.none() | NUMBERS, st.none() | DATES), min_size=1, max_size=8
)
COLUMNS = [
    Column("text"),
    Column("number", kind="number"),
    Column("share", kind="percent"),
    Column("day", kind="date"),
]


@settings(max_examples=60, deadline=None)
@given(rows=ROWS)
def test_what_is_written_is_read_again(rows):
    spec = SheetSpec(name="Data", columns=COLUMNS, rows=rows)
    sheet = read_rows(data=write_workbook([spec]), filename="a.xlsx", percent_columns=("share",))
    assert [tuple(row.cells.values()) for row in sheet.rows] == rows
    assert [row.number for row in sheet.rows] == list(range(2, len(rows) + 2))

    text = read_rows(data=write_csv(spec), filename="a.csv", percent_columns=("share",))
    read = [
        (
            row.cells["text"],
            row.cells["number"] and parse_decimal(row.cells["number"]),
            row.cells["share"] and parse_decimal(row.cells["share"]),
            row.cells["day"] and parse_date(row.cells["day"]),
        )
        for row in text.rows
    ]
    assert read == rows
