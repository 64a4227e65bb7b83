"""Progress loaded into drafts obeys what typing obeys."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import stage
from tests.batches.fixtures import kept_files  # noqa: F401
from tests.batches.sheets import counts, csv_of, digest_of, load, look, messages
from tracker.access.policies import rights_of
from tracker.progress.models import IndicatorResult, ReportRevision, ReviewEvent
from tracker.progress.services.reports import begin_report, submit_report

HEADER = "indicator,mission,period,value,comment"


@pytest.fixture
def flow(strategy, missions, open_period):
    indicator = stage.make_indicator()
    stage.assign(indicator, missions["KG"], missions["TJ"])
    return indicator


def test_a_reporter_loads_her_missions_rows_into_a_draft(flow, cast) -> None:
    plan = load("progress", csv_of(HEADER, "SP1-O1-I1,KG,2024-Q4,12,counted"), user=cast.reporter)
    assert counts(plan) == {"new": 1, "changed": 0, "unchanged": 0}
    revision = ReportRevision.objects.get()
    assert (revision.status, revision.number, revision.on_behalf, revision.created_by) == (
        "draft", 1, False, cast.reporter,
    )  # fmt: skip
    assert ReviewEvent.objects.get().transition == "start"
    result = IndicatorResult.objects.get()
    assert (result.value, result.comment, result.origin, result.entered_by, result.version) == (
        12, "counted", "entered", cast.reporter, 1,
    )  # fmt: skip
    assert result.batch is not None


def test_a_second_file_changes_the_draft_and_keeps_who_entered_what_it_leaves(flow, missions, cast) -> None:
    second = stage.make_indicator("SP1-O1-I2")
    stage.assign(second, missions["KG"])
    cells = stage.ask_by_sex(flow)
    head = "indicator,mission,period,value,comment,sex:female,sex:male"
    load(
        "progress",
        csv_of(head, "SP1-O1-I1,KG,2024-Q4,12,,7,5", "SP1-O1-I2,KG,2024-Q4,3,,,"),
        user=cast.reporter,
    )
    plan = load(
        "progress",
        csv_of(head, "SP1-O1-I1,KG,2024-Q4,13,,8,", "SP1-O1-I2,KG,2024-Q4,3,checked,,"),
        user=cast.colleague,
    )
    assert counts(plan) == {"new": 0, "changed": 2, "unchanged": 0}
    first = IndicatorResult.objects.get(indicator=flow)
    assert (first.value, first.entered_by, first.version) == (13, cast.colleague, 2)
    # The column of men is there and empty now: not reported.
    assert dict(first.cells.values_list("cell", "value")) == {cells["female"].pk: 8}
    other = IndicatorResult.objects.get(indicator=second)
    assert (other.comment, other.entered_by, other.version) == ("checked", cast.reporter, 2)
    assert ReportRevision.objects.count() == 1


def test_a_new_comment_alone_leaves_the_breakdown_as_it_is(flow, cast) -> None:
    cells = stage.ask_by_sex(flow)
    head = "indicator,mission,period,value,sex:female,sex:male"
    load("progress", csv_of(head, "SP1-O1-I1,KG,2024-Q4,12,7,5"), user=cast.reporter)
    parts = IndicatorResult.objects.get().cells.order_by("cell__order").values_list("pk", "cell", "value")
    before = list(parts)
    plan = load("progress", csv_of(HEADER, "SP1-O1-I1,KG,2024-Q4,12,checked"), user=cast.colleague)
    assert plan.changes[0].cells == {"comment": ("", "checked")}
    assert [(cell, value) for _pk, cell, value in before] == [
        (cells["female"].pk, 7), (cells["male"].pk, 5),
    ]  # fmt: skip
    assert list(parts) == before
    load("progress", csv_of(HEADER, "SP1-O1-I1,KG,2024-Q4,13,"), user=cast.colleague)
    assert list(parts) == before


def test_parts_that_go_are_shown_before_they_go(flow, cast) -> None:
    stage.ask_by_sex(flow)
    head = "indicator,mission,period,value,sex:female,sex:male"
    load("progress", csv_of(head, "SP1-O1-I1,KG,2024-Q4,12,7,5"), user=cast.reporter)
    shown = look("progress", csv_of(head, "SP1-O1-I1,KG,2024-Q4,12,7,"), user=cast.reporter).plan
    assert shown.changes[0].cells == {"sex:male": (5, None)}
    same = look("progress", csv_of(head, "SP1-O1-I1,KG,2024-Q4,12,7,5"), user=cast.reporter).plan
    assert digest_of(shown) != digest_of(same)
    not_applicable = "indicator,mission,period,not_applicable,comment"
    plan = load(
        "progress", csv_of(not_applicable, "SP1-O1-I1,KG,2024-Q4,yes,Nobody there"), user=cast.reporter
    )
    assert plan.changes[0].cells == {
        "value": (12, None), "not_applicable": (None, True), "comment": ("", "Nobody there"),
        "sex:female": (7, None), "sex:male": (5, None),
    }  # fmt: skip
    assert not IndicatorResult.objects.get().cells.exists()


def test_an_empty_row_says_nothing(flow, cast) -> None:
    plan = load("progress", csv_of(HEADER, "SP1-O1-I1,KG,2024-Q4,,"), user=cast.reporter)
    assert counts(plan) == {"new": 0, "changed": 0, "unchanged": 1}
    assert not ReportRevision.objects.exists()


@pytest.mark.parametrize(
    ("line", "column", "says"),
    [
        ("SP1-O1-I1,TJ,2024-Q4,1,", "mission", "Only the people of Tajikistan"),
        ("SP1-O1-I1,KG,2020-Q1,1,", "period", "The window of Q1 2020 closed on 10 May 2020"),
        ("SP1-O1-I2,KG,2024-Q4,1,", "indicator", "is not due in Q4 2024"),
        ("SP1-O1-I1,KG,2024-Q4,-1,", "value", "cannot be negative"),
    ],
)
def test_what_may_not_be_entered_is_refused(flow, missions, cast, line, column, says) -> None:
    proposed = stage.make_indicator("SP1-O1-I2", status="proposed")
    stage.assign(proposed, missions["KG"])
    [(row, at, message)] = messages(look("progress", csv_of(HEADER, line), user=cast.reporter))
    assert (row, at) == (2, column)
    assert says in message


def test_a_submitted_report_is_refused(flow, missions, open_period, cast) -> None:
    load("progress", csv_of(HEADER, "SP1-O1-I1,KG,2024-Q4,12,"), user=cast.reporter)
    revision = begin_report(mission=missions["KG"], period=open_period, user=cast.reporter)
    submit_report(revision=revision, user=cast.reporter)
    checked = look("progress", csv_of(HEADER, "SP1-O1-I1,KG,2024-Q4,13,"), user=cast.reporter)
    [(_row, column, message)] = messages(checked)
    assert column == "period"
    assert "is submitted and waits for review" in message


def test_an_administrator_begins_a_draft_on_a_missions_behalf_and_reads_no_other(flow, cast) -> None:
    data = csv_of(HEADER, "SP1-O1-I1,TJ,2024-Q4,12,")
    load("progress", data, user=cast.administrator)
    assert ReportRevision.objects.get().on_behalf
    load("progress", csv_of(HEADER, "SP1-O1-I1,KG,2024-Q4,12,"), user=cast.reporter)
    checked = look("progress", csv_of(HEADER, "SP1-O1-I1,KG,2024-Q4,9,"), user=cast.administrator)
    assert [(row, column) for row, column, _message in messages(checked)] == [(2, "mission")]
    assert not checked.plan.changes


def test_as_many_statements_for_fifty_rows_as_for_two(flow, missions, cast) -> None:
    for number in range(2, 54):
        stage.assign(stage.make_indicator(f"SP1-O1-I{number}"), missions["KG"], missions["TJ"])
    rows = [f"SP1-O1-I{number},{code},2024-Q4,{number}," for number in range(2, 54) for code in ("KG", "TJ")]

    def statements(lines: list[str]) -> int:
        with CaptureQueriesContext(connection) as queries:
            load("progress", csv_of(HEADER, *lines), user=cast.head)
        return len(queries)

    rights_of(cast.head)  # read once and kept on the person
    assert statements(rows[:2]) == statements(rows[2:])
