"""load_strategy twice, and import_data from the shell."""

import io
import json
from dataclasses import replace

import pytest
from django.core.management import call_command

from tests import stage
from tests.batches.sheets import csv_of, load, state_of_tables, xlsx_of_sheets
from tracker.batches.models import ImportBatch
from tracker.framework.models import Indicator, Strategy
from tracker.imports.registry import KINDS
from tracker.progress.models import Baseline, IndicatorAssignment, IndicatorResult, ReportingPeriod
from tracker.region.models import Mission


def load_strategy() -> str:
    out = io.StringIO()
    call_command("load_strategy", stdout=out)
    return out.getvalue()


def test_load_strategy_twice_changes_nothing_the_second_time(db) -> None:
    printed = load_strategy()
    assert printed.startswith(
        "20 countries and areas, 21 missions, 8 priorities and areas, 65 objectives, 131 indicators, "
        "20 periods; "
    )
    assert Strategy.objects.get(is_current=True).code == "SEEECA-2020"
    assert Mission.objects.get(code="IL").covered_by.code == "ROV"
    assert set(Indicator.objects.values_list("status", flat=True)) == {"proposed"}
    assert ReportingPeriod.objects.order_by("number").values_list("code", flat=True)[0] == "2020-Q1"
    batches = ImportBatch.objects.count()
    before = state_of_tables()  # the tables of events are among them
    assert "; rows: 0 new, 0 changed, " in load_strategy()
    assert state_of_tables() == before
    assert ImportBatch.objects.count() == batches

    # What people decided since stays: a status, a threshold, a revised baseline, a withdrawn assignment.
    Indicator.objects.filter(code="SP1-O1-I1").update(status="active")
    Strategy.objects.update(on_track_from="0.90")
    baseline = Baseline.objects.filter(mission__isnull=True).first()
    assert baseline is not None
    load("baselines", csv_of("indicator,mission,baseline_value", f"{baseline.indicator.code},REGION,77"))
    IndicatorAssignment.objects.filter(indicator__code="SP1-O1-I1", mission__code="AL").update(
        withdrawn_at="2024-01-01T00:00Z"
    )
    before = state_of_tables()
    assert "; rows: 0 new, 0 changed, " in load_strategy()
    assert state_of_tables() == before


def import_data(*arguments: str) -> tuple[int, dict]:
    """The exit code and the object that is printed."""
    out = io.StringIO()
    code = 0
    try:
        call_command("import_data", *arguments, stdout=out)
    except SystemExit as left:
        code = int(left.code or 0)
    return code, json.loads(out.getvalue())


@pytest.fixture
def sheet(tmp_path):
    def write(name: str, data: bytes) -> str:
        path = tmp_path / name
        path.write_bytes(data)
        return str(path)

    return write


@pytest.fixture
def indicator(strategy, missions):
    indicator = stage.make_indicator()
    stage.assign(indicator, missions["KG"])
    return indicator


def test_questions_go_to_standard_error_and_the_file_is_saved(indicator, sheet, capsys) -> None:
    path = sheet("t.csv", csv_of("indicator,mission,2022,2023,basis", "SP1-O1-I1,KG,30,20,to_date"))
    code, answer = import_data("targets", path, "--commit")
    assert (code, answer["committed"], answer["new"], answer["errors"]) == (0, True, 1, [])
    assert (
        "Row 2, 2023, “20”: The running total falls from 30 to 20 by 31 Dec 2023." in capsys.readouterr().err
    )


def test_a_dry_run_prints_one_object_and_saves_nothing(indicator, sheet) -> None:
    path = sheet("b.csv", csv_of("indicator,mission,baseline_value,colour", "SP1-O1-I1,KG,12,red"))
    before = state_of_tables()
    assert import_data("baselines", path) == (
        0,
        {
            "kind": "baselines",
            "committed": False,
            "rows": 1,
            "new": 1,
            "changed": 0,
            "unchanged": 0,
            "errors": [],
            "unknown_columns": ["colour"],
        },
    )
    assert state_of_tables() == before
    assert not ImportBatch.objects.exists()


def test_committing_saves_and_the_second_time_is_unchanged(indicator, sheet) -> None:
    path = sheet("b.csv", csv_of("indicator,mission,baseline_value", "SP1-O1-I1,KG,12"))
    code, answer = import_data("baselines", path, "--commit")
    assert (code, answer["committed"], answer["new"]) == (0, True, 1)
    baseline = Baseline.objects.get()
    assert (baseline.value, baseline.recorded_by) == (12, None)
    assert import_data("baselines", path)[1]["unchanged"] == 1


def test_one_bad_row_exits_1_names_row_and_column_and_saves_nothing(indicator, sheet) -> None:
    path = sheet(
        "b.csv", csv_of("indicator,mission,baseline_value", "SP1-O1-I1,KG,12", "SP1-O1-I1,XX,twelve")
    )
    before = state_of_tables()
    code, answer = import_data("baselines", path, "--commit")
    assert (code, answer["committed"]) == (1, False)
    assert answer["errors"] == [
        {
            "row": 3,
            "column": "mission",
            "value": "XX",
            "message": "There is no mission with the code “XX”. Check the code.",
        },
        {
            "row": 3,
            "column": "baseline_value",
            "value": "twelve",
            "message": "“twelve” is not a number. Write digits only, for example 1234.5.",
        },
    ]
    assert state_of_tables() == before
    assert ImportBatch.objects.get().status == "refused"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["colours", "b.csv"], "There is no kind"),
        (["baselines", "missing.csv"], "cannot be read"),
        (["baselines", "b.csv", "--as", "ghost@example.org"], "has the address ghost@example.org"),
        (["baselines", "b.csv", "--as", "reporter@example.org"], "may not load"),
        (["progress", "b.csv", "--approved", "--source", "S"], "in somebody"),
        (["baselines", "b.csv", "--approved"], "for progress alone"),
    ],
)
def test_what_cannot_be_done_is_an_error_without_a_row(indicator, cast, sheet, arguments, says) -> None:
    path = sheet("b.csv", csv_of("indicator,mission,baseline_value", "SP1-O1-I1,KG,12"))
    code, answer = import_data(*[path if argument == "b.csv" else argument for argument in arguments])
    assert code == 1
    [error] = answer["errors"]
    assert error["row"] is None
    assert says in error["message"]


def test_a_file_is_read_as_the_shell_says(indicator, sheet) -> None:
    data = "Blatt\nIndikator;mission;baseline_value;Bemerkung\nSP1-O1-I1;KG;1,5;Übersicht\n".encode("cp1252")
    path = sheet("b.csv", data)
    assert import_data("baselines", path)[0] == 1
    Indicator.objects.update(decimals=1)
    code, answer = import_data(
        "baselines", path, "--commit", "--encoding", "cp1252", "--delimiter", ";", "--decimal-mark", ",",
        "--header-row", "2", "--column", "Indikator=indicator", "--column", "Bemerkung=note",
    )  # fmt: skip
    assert (code, answer["committed"], answer["unknown_columns"]) == (0, True, [])
    baseline = Baseline.objects.get()
    assert (str(baseline.value), baseline.note) == ("1.500000", "Übersicht")
    assert import_data("baselines", path, "--column", "nonsense")[1]["errors"][0]["message"].startswith(
        "Write"
    )


def test_the_row_of_an_error_is_that_of_its_sheet_where_there_are_several(indicator, sheet) -> None:
    head = ["indicator", "mission", "baseline_value"]
    path = sheet(
        "b.xlsx",
        xlsx_of_sheets({"A": [head, ["SP1-O1-I1", "KG", 1]], "B": [head, ["SP1-O1-I1", "XX", 1]]}),
    )
    code, answer = import_data("baselines", path, "--sheet", "*")
    assert (code, answer["rows"], [error["row"] for error in answer["errors"]]) == (1, 2, [2])


def test_a_file_loaded_by_the_shell_is_planned_once_and_its_lines_are_kept(
    indicator, sheet, monkeypatch
) -> None:
    planned = []
    plan = KINDS["baselines"].plan
    monkeypatch.setitem(
        KINDS,
        "baselines",
        replace(KINDS["baselines"], plan=lambda **given: planned.append(1) or plan(**given)),
    )
    path = sheet("b.csv", csv_of("indicator,mission,baseline_value", "SP1-O1-I1,KG,12"))
    assert import_data("baselines", path, "--commit")[0] == 0
    assert planned == [1]
    batch = ImportBatch.objects.get()
    assert (batch.status, batch.new, batch.lines.get().key) == ("applied", 1, "SP1-O1-I1 / KG")


def test_approved_history_is_loaded_in_an_administrators_name(indicator, cast, sheet) -> None:
    path = sheet("p.csv", csv_of("indicator,mission,period,value", "SP1-O1-I1,KG,2020-Q1,9"))
    code, answer = import_data(
        "progress", path, "--commit", "--approved", "--source", "Matrix", "--as", "Administrator@example.org"
    )
    assert (code, answer["kind"], answer["committed"]) == (0, "progress", True)
    result = IndicatorResult.objects.counting().get()
    assert (result.value, result.revision.approved_by) == (9, cast.administrator)
