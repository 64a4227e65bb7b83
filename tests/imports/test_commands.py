"""load_strategy twice, and import_data from the shell."""

import io
import json

import pytest
from django.core.management import call_command

from tests import stage
from tests.batches.sheets import csv_of, load, state_of_tables
from tracker.batches.models import ImportBatch
from tracker.framework.models import Indicator, Strategy
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
            "column": "baseline_value",
            "value": "twelve",
            "message": "“twelve” is not a number. Write digits only, for example 1234.5.",
        }
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


def test_approved_history_is_loaded_in_an_administrators_name(indicator, cast, sheet) -> None:
    path = sheet("p.csv", csv_of("indicator,mission,period,value", "SP1-O1-I1,KG,2020-Q1,9"))
    code, answer = import_data(
        "progress", path, "--commit", "--approved", "--source", "Matrix", "--as", "Administrator@example.org"
    )
    assert (code, answer["kind"], answer["committed"]) == (0, "progress", True)
    result = IndicatorResult.objects.counting().get()
    assert (result.value, result.revision.approved_by) == (9, cast.administrator)
