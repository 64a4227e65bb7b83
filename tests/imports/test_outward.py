"""Downloads and templates: what is in them, for whom, and that it is written down who took them."""

import io
import zipfile
from pathlib import Path

import hxl
import openpyxl
import pytest
from django.urls import reverse

from tests import stage
from tests.batches.sheets import look
from tracker.batches.choices import Outcome
from tracker.batches.selections import Selection
from tracker.batches.services import find_taken
from tracker.imports.registry import KINDS
from tracker.imports.templates import make_template


@pytest.fixture
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


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_libhxl_reads_the_tagged_files(indicators, cast, sign_in, suffix: str, tmp_path: Path) -> None:
    client = sign_in(cast.viewer)
    for kind in ("indicators", "assignments", "history"):
        path = tmp_path / f"{kind}.{suffix}"
        path.write_bytes(content(client.get(reverse("export", args=[kind, suffix]), {"hxl": "1"})))
        with hxl.data(str(path), hxl.input.InputOptions(allow_local=True, encoding="utf-8-sig")) as source:
            rows = list(source)
            codes = [row.get("#indicator+code") for row in rows]
        assert codes[0] == "SP1-O1-I1", kind
    assert [str(row.get("#value-numerator-denominator")) for row in rows] == ["5"]


def test_the_whole_strategy_is_one_workbook(indicators, cast, sign_in) -> None:
    data = content(sign_in(cast.viewer).get(reverse("export-all", args=["xlsx"])))
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames[:3] == ["countries", "missions", "strategy"]
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
