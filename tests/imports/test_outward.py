"""Downloads and templates: what is in them, for whom, and that it is written down who took them."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import hxl
import openpyxl
import pytest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.db.models import CharField, DecimalField
from django.urls import reverse

from tests import stage
from tests.batches.sheets import csv_of, load, look
from tests.scenery import scenery
from tracker.batches.choices import Outcome
from tracker.batches.downloads import send
from tracker.batches.selections import Selection
from tracker.batches.services import find_taken
from tracker.common.workbooks import ods_writing, xlsx_sheets
from tracker.common.workbooks.numbers import NumberError
from tracker.common.workbooks.specs import Column, SheetSpec
from tracker.imports.registry import KINDS
from tracker.imports.templates import make_template


@scenery
def indicators(strategy, missions, cast, open_period):
    """A number of Kyrgyzstan and Tajikistan, a percentage and a stage of Kyrgyzstan."""
    number = stage.make_indicator("SP1-O1-I1", decimals=0)
    share = stage.make_indicator("SP1-O1-I2", measure="percentage", period_rule="latest", decimals=1)
    steps = stage.make_indicator(
        "SP1-O1-I3",
        measure="stage",
        period_rule="latest",
        mission_rule="count_reached",
        stages=["Not started", "In force"],
    )
    stage.assign(number, missions["KG"], missions["TJ"])
    stage.assign(share, missions["KG"])
    stage.assign(steps, missions["KG"])
    stage.approve(missions["TJ"], "2024-Q2", {number: 5}, reporter=cast.stranger, officer=cast.officer)
    return [number, share, steps]


def content(answer) -> bytes:
    assert answer.status_code == 200
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_a_viewer_takes_approved_results_and_it_is_written_down(indicators, cast, sign_in) -> None:
    answer = sign_in(cast.viewer).get(reverse("export", args=["history", "csv"]), {"missions": "TJ,KG"})
    assert content(answer).decode("utf-8-sig").splitlines()[1].startswith("SP1-O1-I1,TJ,2024-Q2,5,")
    assert answer["Content-Disposition"].startswith('attachment; filename="history-')
    [taking] = find_taken()
    assert (taking.what, taking.format, taking.chosen) == ("history", "csv", {"missions": "KG, TJ"})
    assert taking.person == cast.viewer.pk


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "ods"])
@pytest.mark.parametrize("kind", ["indicators", "baselines", "history"])
def test_without_a_strategy_there_is_nothing_to_take(cast, sign_in, kind: str, suffix: str) -> None:
    """Said before the answer begins, in CSV too, which is sent while it is read."""
    assert sign_in(cast.viewer).get(reverse("export", args=[kind, suffix])).status_code == 404


TAG = re.compile(r"#[a-z][a-z0-9_]*(\+[a-z][a-z0-9_]*)*")


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_libhxl_reads_the_tagged_file_of_every_kind(
    indicators, missions, cast, sign_in, suffix: str, tmp_path: Path
) -> None:
    """Each column is tagged, each tag its own, and every cell is found below its tag."""
    load("offices", csv_of("code,country,city,kind,mission,source", "KG-B,KG,Bishkek,main,KG,x"))
    load("conventions", csv_of("code,year,title,source", "CRC,1989,Rights of the child,x"))
    load("ratifications", csv_of("convention,country,status,date,source", "CRC,KG,ratified,1994-10-07,x"))
    load("key_figures", csv_of("code,title,value,unit,geography,document,source", "F1,A,1,people,Here,D,x"))
    load("breakdowns", csv_of("code,name,exclusive,cell,cell_name,order", "sex,Sex,yes,f,Female,1"))
    load(
        "alignments",
        csv_of(
            "objective,framework,goal,basis,reason,source",
            f"SP1-O1,SDG,{stage.make_goal().code},ours,It helps,Strategy",
        ),
    )
    stage.make_goal("MIGOF", "P1")
    load("tags", csv_of("code,name", "labour,Labour"))
    load("activities", csv_of("code,mission,title,status", "KG-1,KG,Something,ongoing"))
    load("funding", csv_of("year,mission,goal,amount,source", "2019,KG,P1,5,x"))
    load("funding_totals", csv_of("year,mission,amount,amount_printed,source", "2019,KG,5,5,x"))
    load("baselines", csv_of("indicator,mission,baseline_value", "SP1-O1-I1,KG,12"))
    load("targets", csv_of("indicator,mission,due,target_value,basis", "SP1-O1-I1,KG,2024,30,to_date"))
    load("progress", csv_of("indicator,mission,period,value", "SP1-O1-I1,KG,2024-Q4,12"), user=cast.reporter)
    for code, kind in KINDS.items():
        if kind.export is None:
            continue
        person = cast.reporter if kind.export.of_drafts else cast.administrator
        data = content(sign_in(person).get(reverse("export", args=[code, suffix]), {"hxl": "1"}))
        path = tmp_path / f"{code}.{suffix}"
        path.write_bytes(data)
        with hxl.data(str(path), hxl.input.InputOptions(allow_local=True, encoding="utf-8-sig")) as source:
            tags = source.display_tags
            rows = list(source)
        own = [column.name for column in kind.columns]
        headers = [column.header for column in source.columns]
        assert headers[: len(own)] == own, code
        assert all(TAG.fullmatch(tag) for tag in tags), (code, tags)
        assert len(set(tags)) == len(tags), (code, tags)
        plain = _rows_of(data, suffix)
        assert len(rows) == len(plain) - 2 > 0, code
        found = [[_spell(value) for value in row.values[: len(own)]] for row in rows]
        assert found == [[_spell(value) for value in line[: len(own)]] for line in plain[2:]], code


def _rows_of(data: bytes, suffix: str) -> list[list[Any]]:
    """The same file, read without libhxl."""
    if suffix == "csv":
        return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def _spell(value: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    return "" if value is None else str(value)


def test_the_whole_strategy_is_one_workbook(indicators, cast, sign_in) -> None:
    data = content(sign_in(cast.viewer).get(reverse("export-all", args=["xlsx"])))
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames[:3] == ["countries", "missions", "country_facts"]
    assert "progress" not in book.sheetnames
    assert [cell.value for cell in book.worksheets[-1][2]][:4] == ["SP1-O1-I1", "TJ", "2024-Q2", 5]


def test_the_page_lists_what_one_may_take(indicators, cast, sign_in) -> None:
    page = sign_in(cast.viewer).get(reverse("downloads")).content.decode()
    assert reverse("export", args=["history", "ods"]) in page
    assert reverse("export", args=["progress", "csv"]) not in page
    assert reverse("template", args=["targets"]) not in page
    assert reverse("everything") not in page
    page = sign_in(cast.administrator).get(reverse("downloads")).content.decode()
    assert reverse("everything") in page
    assert reverse("template", args=["targets"]) in page


def test_missions_periods_and_priorities_are_chosen_by_a_form(indicators, cast, sign_in) -> None:
    client = sign_in(cast.administrator)
    page = client.get(reverse("downloads")).content.decode()
    assert '<input type="checkbox" name="missions" value="KG"' in page
    assert f'href="{reverse("export", args=["history", "csv"])}"' in page
    chosen = {"missions": ["KG", "TJ"], "periods": "2024-Q2", "priorities": "SP1"}
    answer = client.get(reverse("downloads"), chosen)
    page = answer.content.decode()
    query = "missions=KG,TJ&amp;periods=2024-Q2&amp;priorities=SP1"
    for address in (
        f"{reverse('export', args=['history', 'csv'])}?{query}",
        f"{reverse('export', args=['history', 'ods'])}?hxl=1&amp;{query}",
        f"{reverse('export-all', args=['xlsx'])}?{query}",
        f"{reverse('template', args=['progress'])}?{query}",
    ):
        assert f'href="{address}"' in page
        assert client.get(address.replace("&amp;", "&")).status_code == 200
    assert "<strong>Kyrgyzstan, Tajikistan</strong>" in page
    assert "<strong>Q2 2024</strong>" in page
    assert answer.context["form"].chosen == {
        "missions": ["KG", "TJ"],
        "periods": ["2024-Q2"],
        "priorities": ["SP1"],
    }


def test_a_code_that_there_is_not_is_passed_over_and_named(indicators, cast, sign_in) -> None:
    answer = sign_in(cast.viewer).get(reverse("downloads"), {"missions": "KG,XX", "periods": "1999-Q1"})
    page = answer.content.decode()
    assert "Passed over, since there is no such thing: XX, 1999-Q1." in page
    assert answer.context["form"].query == "missions=KG"


def test_who_took_what_is_said_in_words(indicators, cast, sign_in) -> None:
    client = sign_in(cast.administrator)
    client.get(reverse("template", args=["targets"]), {"missions": "KG"})
    client.get(reverse("imports"), {"as": "csv"})
    client.get(reverse("export-all", args=["ods"]))
    assert [what for _taking, what, _person in client.get(reverse("downloads")).context["taken"]] == [
        "The whole strategy",
        "List: Imports",
        "Template: Targets",
    ]


def test_every_column_says_what_it_means(indicators) -> None:
    for kind in KINDS.values():
        silent = [column.name for column in (*kind.columns, *kind.more_columns({})) if not column.help]
        # A column of a year is its year.
        assert [name for name in silent if not name.isdigit()] == [], kind.code


# What their plans refuse: codes of countries and currencies, by their letters.
CHECKED_LATER = {
    ("countries", "iso2"),
    ("countries", "iso3"),
    ("activities", "currency"),
    ("funding", "currency"),
}


def too_much_for_columns() -> Iterator[tuple[str, str, str]]:
    """Kind, column, and what no column of the table by the same name could hold."""
    for kind in KINDS.values():
        fields = {field.name: field for field in kind.tables[0]._meta.concrete_fields}
        for column in kind.columns:
            field = fields.get(column.name)
            if (kind.code, column.name) in CHECKED_LATER:
                continue
            if isinstance(field, CharField) and not field.choices and not column.codes:
                yield kind.code, column.name, "x" * (max(field.max_length, 500) + 1)
            elif isinstance(field, DecimalField):
                yield kind.code, column.name, "9" * (max(field.max_digits - field.decimal_places, 14) + 1)


@pytest.mark.parametrize(("kind", "name", "too_much"), list(too_much_for_columns()))
def test_no_column_takes_what_its_table_cannot_hold(kind: str, name: str, too_much: str) -> None:
    [column] = [each for each in KINDS[kind].columns if each.name == name]
    with pytest.raises(NumberError):
        column.parse(too_much, None)


# -- Templates ----------------------------------------------------------------------------------------
def test_a_template_of_progress_has_a_row_for_all_that_is_due(indicators, cast, missions) -> None:
    data = make_template(
        kind=KINDS["progress"],
        selection=Selection(missions=frozenset({"KG"}), periods=frozenset({"2024-Q4"})),
        user=cast.reporter,
    )
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["Progress"]
    header = [cell.value for cell in sheet[1]]
    rows = [
        dict(zip(header, (cell.value for cell in row), strict=True)) for row in sheet.iter_rows(min_row=2)
    ]
    assert [(row["indicator"], row["mission"], row["period"], row["value"]) for row in rows] == [
        ("SP1-O1-I1", "KG", "2024-Q4", None),
        ("SP1-O1-I2", "KG", "2024-Q4", None),
        ("SP1-O1-I3", "KG", "2024-Q4", None),
    ]
    assert rows[0]["row_key"] == "SP1-O1-I1 / KG / 2024-Q4"
    assert sheet.column_dimensions[sheet.cell(1, header.index("row_key") + 1).column_letter].hidden
    assert rows[1]["about"] == "People assisted (SP1-O1-I2) (persons)"
    assert "%" in sheet.cell(3, header.index("value") + 1).number_format
    assert "Instructions" in book.sheetnames


def grey_cells(sheet, row: int) -> set[str]:
    """The headings under which a row's empty cells are grey."""
    return {
        str(head.value)
        for head, cell in zip(sheet[1], sheet[row], strict=True)
        if cell.value is None and cell.fill.fill_type and cell.fill.fgColor.rgb.endswith("EDEFF2")
    }


def test_what_is_not_for_a_row_is_grey_and_refuses_to_be_typed_into(indicators, cast) -> None:
    """A number has no stage, a stage no value; women and men are asked of the number alone."""
    stage.ask_by_sex(indicators[0])
    chosen = Selection(missions=frozenset({"KG"}), periods=frozenset({"2024-Q4"}))
    sheet = openpyxl.load_workbook(
        io.BytesIO(make_template(kind=KINDS["progress"], selection=chosen, user=cast.reporter))
    )["Progress"]
    cells = {"sex:female", "sex:male", "sex:unknown"}
    assert grey_cells(sheet, 2) == {"numerator", "denominator", "stage"}
    assert grey_cells(sheet, 3) == {"stage", *cells}
    assert grey_cells(sheet, 4) == {"value", "numerator", "denominator", *cells}
    refused = {
        str(area)
        for rule in sheet.data_validations.dataValidation
        if rule.errorTitle == "Not asked of this row"
        for area in rule.sqref.ranges
    }
    letter = next(cell.column_letter for cell in sheet[1] if cell.value == "stage")
    assert f"{letter}2:{letter}3" in refused


def test_a_template_has_the_breakdowns_of_what_is_due_alone(indicators, cast, missions) -> None:
    """What Tajikistan is asked for is not split; a breakdown of Kyrgyzstan's share is no column of its template."""
    stage.ask_by_sex(indicators[1])
    chosen = Selection(periods=frozenset({"2024-Q4"}))
    headers = []
    for person in (cast.stranger, cast.reporter):
        data = make_template(kind=KINDS["progress"], selection=chosen, user=person)
        headers.append([cell.value for cell in openpyxl.load_workbook(io.BytesIO(data))["Progress"][1]])
    assert [name for name in headers[0] if str(name).startswith("sex:")] == []
    assert "sex:female:n" in headers[1]


def test_a_filled_template_is_loaded_and_a_changed_code_refused(indicators, cast) -> None:
    chosen = Selection(missions=frozenset({"KG"}), periods=frozenset({"2024-Q4"}))
    data = make_template(kind=KINDS["progress"], selection=chosen, user=cast.reporter)
    untouched = look("progress", data, filename="t.xlsx", user=cast.reporter)
    assert untouched.plan.errors == []
    assert {change.outcome for change in untouched.plan.changes} == {Outcome.UNCHANGED}
    assert untouched.unknown_columns == []

    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["Progress"]
    header = [cell.value for cell in sheet[1]]
    sheet.cell(2, header.index("value") + 1).value = 12
    sheet.cell(3, header.index("value") + 1).value = 0.4
    sheet.cell(4, header.index("stage") + 1).value = "In force"
    filled = io.BytesIO()
    book.save(filled)
    checked = look("progress", filled.getvalue(), filename="t.xlsx", user=cast.reporter)
    assert checked.plan.errors == []
    assert [
        {name: new for name, (_old, new) in change.cells.items() if name in ("value", "stage")}
        for change in checked.plan.changes
    ] == [{"value": 12}, {"value": 40}, {"stage": "In force"}]

    sheet.cell(2, header.index("mission") + 1).value = "TJ"
    book.save(changed := io.BytesIO())
    checked = look("progress", changed.getvalue(), filename="t.xlsx", user=cast.reporter)
    assert [(error.row, error.column, error.value) for error in checked.plan.errors] == [(2, "mission", "TJ")]


@pytest.mark.parametrize("kind", ["baselines", "targets", "progress", "history"])
def test_rows_of_a_template_that_nobody_filled_in_say_nothing(kind: str, indicators, cast) -> None:
    """Three rows stand there for Kyrgyzstan; one is filled in, and one is added below without an amount."""
    chosen = Selection(missions=frozenset({"KG"}), periods=frozenset({"2024-Q4"}))
    user = cast.reporter if kind == "progress" else cast.administrator
    book = openpyxl.load_workbook(io.BytesIO(make_template(kind=KINDS[kind], selection=chosen, user=user)))
    sheet = book.worksheets[1]
    header = [cell.value for cell in sheet[1]]

    def write(row: int, **cells: object) -> None:
        for name, value in cells.items():
            if name in header:
                sheet.cell(row, header.index(name) + 1).value = value

    def seen() -> tuple[list[tuple[int, str]], list[tuple[int | None, str | None]]]:
        book.save(out := io.BytesIO())
        plan = look(kind, out.getvalue(), filename="t.xlsx", user=user, source="x").plan
        changes = [(change.row, change.outcome.value) for change in plan.changes]
        return changes, [(error.row, error.column) for error in plan.errors]

    assert seen() == ([(row, "unchanged") for row in (2, 3, 4)], [])
    write(2, value=7, baseline_value=7, target_value=7, due=date(2024, 12, 31), basis="to_date")
    changes, errors = seen()
    assert changes[0][1] in ("new", "changed")
    assert (changes[1:], errors) == ([(3, "unchanged"), (4, "unchanged")], [])
    if kind in ("baselines", "targets"):
        write(5, indicator="SP1-O1-I1", mission="TJ", basis="to_date", due=date(2024, 12, 31))
        assert [row for row, _column in seen()[1]] == [5]


def test_a_row_left_empty_in_a_template_leaves_what_a_draft_says(indicators, cast) -> None:
    chosen = Selection(missions=frozenset({"KG"}), periods=frozenset({"2024-Q4"}))
    template = make_template(kind=KINDS["progress"], selection=chosen, user=cast.reporter)
    load("progress", csv_of("indicator,mission,period,value", "SP1-O1-I1,KG,2024-Q4,12"), user=cast.reporter)
    plan = look("progress", template, filename="t.xlsx", user=cast.reporter).plan
    assert (plan.errors, plan.counts()) == ([], {"new": 0, "changed": 0, "unchanged": 3})


def test_reporters_get_rows_of_their_own_missions_alone(indicators, cast) -> None:
    chosen = Selection(periods=frozenset({"2024-Q4"}))
    data = make_template(kind=KINDS["progress"], selection=chosen, user=cast.stranger)
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Progress"]
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == ["TJ"]


@pytest.mark.parametrize("kind", [code for code in KINDS if KINDS[code].export is not None])
def test_every_template_comes_back_without_an_unknown_column(kind: str, indicators, cast) -> None:
    data = make_template(kind=KINDS[kind], selection=Selection(), user=cast.administrator)
    checked = look(kind, data, filename="t.xlsx", user=cast.administrator, source="x")
    assert checked.unknown_columns == []


def test_a_period_that_there_is_not_is_named(indicators, cast, sign_in) -> None:
    answer = sign_in(cast.reporter).get(reverse("template", args=["progress"]), {"period": "2031-Q1"})
    assert answer.status_code == 404


# -- Everything ---------------------------------------------------------------------------------------
def test_everything_asks_for_a_word_and_is_written_down(indicators, cast, sign_in) -> None:
    client = sign_in(cast.administrator)
    first = client.get(reverse("everything")).content.decode()
    assert "Confidential" in first
    assert '<form method="post" action="/imports/everything/"' not in first
    assert "CONFIDENTIAL" in client.get(reverse("everything"), {"step": "confirm"}).content.decode()
    wrong = client.post(reverse("everything"), {"word": "yes"})
    assert wrong["Content-Type"].startswith("text/html")
    assert find_taken() == []
    answer = client.post(reverse("everything"), {"word": "CONFIDENTIAL"})
    names = zipfile.ZipFile(io.BytesIO(content(answer))).namelist()
    assert "confidential" in answer["Content-Disposition"]
    assert names[:2] == ["countries.csv", "history_of_countries.csv"]
    assert {"README.txt", "data_dictionary.csv", "manifest.csv"} <= set(names)
    [taking] = find_taken()
    assert (taking.what, taking.format, taking.person) == ("everything", "zip", cast.administrator.pk)
    assert "Administrator" in client.get(reverse("downloads")).content.decode()


def test_a_sheet_of_more_rows_than_a_workbook_holds_is_said_on_the_page(
    indicators, cast, sign_in, monkeypatch
) -> None:
    """The header and three indicators: a sheet of three rows is too short."""
    monkeypatch.setattr(xlsx_sheets, "MOST_ROWS", 3)
    monkeypatch.setattr(ods_writing, "MOST_ROWS", 3)
    client = sign_in(cast.viewer)
    for suffix in ("xlsx", "ods"):
        answer = client.get(reverse("export", args=["indicators", suffix]), follow=True)
        assert answer.redirect_chain == [(reverse("downloads"), 302)]
        assert "“indicators” has more rows than a workbook holds (3)." in answer.content.decode()
    assert content(client.get(reverse("export", args=["indicators", "csv"]))).count(b"\n") == 4


def test_a_long_csv_file_is_sent_as_it_is_read_and_lets_the_database_go_when_nobody_takes_the_rest() -> None:
    """Rows enough for more pieces than are read before the answer: the rest waits, and is closed with it."""
    taken: list[int | str] = []

    def rows() -> Iterator[tuple[int]]:
        try:
            for number in range(20_000):
                taken.append(number)
                yield (number,)
        finally:
            taken.append("closed")

    def sheet(rows: Iterable[tuple[int]]) -> SheetSpec:
        return SheetSpec("numbers", [Column("number")], rows)

    answer = send([sheet(rows())], name="numbers", suffix="csv")
    assert answer.streaming
    assert 1 < len(taken) < 10_000
    pieces = iter(answer)
    assert next(pieces).decode("utf-8-sig").split() == ["number", "0"]
    request_finished.disconnect(close_old_connections)
    try:
        answer.close()
    finally:
        request_finished.connect(close_old_connections)
    assert taken[-1] == "closed"
    assert len(taken) < 10_000

    again = send([sheet([(number,) for number in range(20_000)])], name="n", suffix="csv")
    assert len(b"".join(again).split()) == 20_001
    short = send([sheet([(1,), (2,)])], name="n", suffix="csv")
    assert (short.streaming, short.content) == (False, b"\xef\xbb\xbfnumber\r\n1\r\n2\r\n")
