"""Files of plans, history and drafts are taken back: what counted is withdrawn, and all reads as before."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

import pytest
from django.db.models import Model, Q
from django.urls import reverse
from django.utils import timezone

from tests import stage
from tests.batches.fixtures import kept_files  # noqa: F401
from tests.batches.sheets import conflicts, content_of, csv_of, load, look, save, undo
from tracker.batches.services import UndoRefused, plan_undo
from tracker.framework.models import Indicator
from tracker.imports.registry import KINDS
from tracker.progress.models import (
    Baseline,
    CellValue,
    IndicatorAssignment,
    IndicatorResult,
    ReportRevision,
    ReviewEvent,
    Target,
)
from tracker.progress.rules import Amount, Entry
from tracker.progress.services.reports import reopen_report, submit_report, withdraw_figures
from tracker.progress.services.results import Typed, fingerprint, save_results

ASSIGNED = "indicator,mission,active_from,active_to"
BASE = "indicator,mission,baseline_value,baseline_date,active_from"
TARGET = "indicator,mission,due,target_value,basis"
RESULT = "indicator,mission,period,value,comment"
KG, TJ = "SP1-O1-I1,KG", "SP1-O1-I1,TJ"


@pytest.fixture
def flow(strategy, missions) -> Indicator:
    return stage.make_indicator()


def holding(moment: datetime | None = None) -> dict[str, list[tuple]]:
    """What holds of assignments, baselines and targets, now or as known at a moment."""
    tables: tuple[tuple[type[Model], tuple[str, ...]], ...] = (
        (IndicatorAssignment, ("active_from", "active_to")),
        (Baseline, ("value", "numerator", "denominator", "date", "source", "note")),
        (Target, ("due_on", "value", "basis", "given")),
    )
    moment = moment or timezone.now()
    holds = Q(recorded_at__lte=moment) & (Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=moment))
    return {
        model.__name__: sorted(
            model._default_manager.filter(holds).values_list("indicator__code", "mission__code", *fields),
            key=str,
        )
        for model, fields in tables
    }


# -- Plans ---------------------------------------------------------------------------------------------
def load_plans() -> None:
    load("assignments", csv_of(ASSIGNED, f"{KG},2020-01-01,", f"{TJ},2020-01-01,2022-12-31"))
    load("baselines", csv_of(BASE, f"{KG},10,2019-12-31,"))
    load("targets", csv_of(TARGET, f"{KG},2022,100,to_date", f"{KG},2024,200,to_date"))


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("assignments", csv_of(ASSIGNED, f"{KG},2020-01-01,2023-12-31", f"{TJ},2020-01-01,2022-12-31")),
        ("assignments", csv_of(ASSIGNED, "SP1-O1-I1,ROV,2021-01-01,")),
        (
            "baselines",
            csv_of(BASE, f"{KG},12,2019-12-31,2020-04-01", f"{TJ},5,,", "SP1-O1-I1,ROV,1,,2021-01-01"),
        ),
        (
            "targets",
            csv_of(TARGET, f"{KG},2022,120,to_date", f"{KG},2023,80,per_year", f"{TJ},2021,7,to_date"),
        ),
        ("targets", csv_of(TARGET, "SP1-O1-I1,REGION,2024,900,to_date")),
    ],
    ids=["another end", "a new mission", "baselines and dates", "targets", "a target of the region"],
)
def test_plans_read_as_before_and_what_was_known_meanwhile_stays(flow, cast, kind, data) -> None:
    load_plans()
    before = holding()
    events = ReviewEvent.objects.count()
    batch = save(kind, data, user=cast.officer)
    meanwhile, known_then = timezone.now(), holding()
    assert known_then != before
    plan = undo(batch, user=cast.officer, reason="Loaded the draft by mistake")
    assert plan.deleted == 0
    assert plan.withdrawn > 0
    assert holding() == before
    assert holding(meanwhile) == known_then
    assert ReviewEvent.objects.count() == events
    anew = [row for model in (IndicatorAssignment, Baseline, Target) for row in model.objects.filter(
        reason__startswith="Undo of import")]  # fmt: skip
    assert len(anew) == plan.restored
    assert all(row.reason.endswith("(sheet.csv): Loaded the draft by mistake") for row in anew)
    assert all(row.recorded_by == cast.officer for row in anew)
    # The same file again does the same again.
    assert look(kind, data).plan.counts() == {
        "new": batch.new,
        "changed": batch.changed,
        "unchanged": batch.unchanged,
    }


def test_files_of_plans_are_undone_one_after_the_other(flow, cast) -> None:
    load_plans()
    states, batches = [holding()], []
    for value in (110, 120, 130):
        batches.append(save("targets", csv_of(TARGET, f"{KG},2022,{value},to_date"), user=cast.officer))
        states.append(holding())
    assert conflicts(batches[0]) == [("SP1-O1-I1 / KG / 31 Dec 2022", "replaced since", "Officer")]
    for batch in reversed(batches):
        assert holding() == states.pop()
        undo(batch, user=cast.administrator)
    assert holding() == states.pop()


def test_a_version_withdrawn_since_is_named(flow, cast) -> None:
    load_plans()
    batch = save("targets", csv_of(TARGET, f"{TJ},2021,7,to_date"), user=cast.officer)
    Target.objects.filter(batch=batch).update(withdrawn_at=timezone.now(), withdrawn_by=cast.head)
    assert conflicts(batch) == [("SP1-O1-I1 / TJ / 31 Dec 2021", "withdrawn since", "Head")]


def test_an_assignment_that_was_reported_on_since_stays(flow, missions, cast) -> None:
    load_plans()
    first = save("assignments", csv_of(ASSIGNED, "SP1-O1-I1,ROV,2021-01-01,"), user=cast.officer)
    longer = save("assignments", csv_of(ASSIGNED, f"{TJ},2020-01-01,2024-12-31"), user=cast.officer)
    people = {"reporter": cast.stranger, "officer": cast.officer}
    stage.approve(missions["ROV"], "2021-Q2", {flow: 1}, **people)
    stage.approve(missions["TJ"], "2022-Q4", {flow: 1}, **people)  # asked for with and without the file
    assert conflicts(first) == [("SP1-O1-I1 / ROV / 2021-Q2", "reported on since", "Stranger")]
    assert conflicts(longer) == []
    stage.approve(missions["TJ"], "2023-Q1", {flow: None}, **people)  # nothing said
    assert conflicts(longer) == []
    stage.approve(missions["TJ"], "2023-Q2", {flow: "na"}, **people)
    assert conflicts(longer) == [("SP1-O1-I1 / TJ / 2023-Q2", "reported on since", "Stranger")]


def test_an_assignment_goes_once_what_was_reported_on_it_is_withdrawn(flow, missions, cast) -> None:
    assignment = save("assignments", csv_of(ASSIGNED, f"{KG},2020-01-01,"), user=cast.administrator)
    history = load_history(cast, f"{KG},2021-Q1,9,")
    assert conflicts(assignment) == [("SP1-O1-I1 / KG / 2021-Q1", "reported on since", "Administrator")]
    undo(history, user=cast.administrator)
    undo(assignment, user=cast.administrator)
    assert holding()["IndicatorAssignment"] == []


def test_what_was_planned_since_is_not_left_hanging(flow, missions, cast) -> None:
    level = stage.make_indicator("SP1-O1-I2", period_rule="latest")
    assert level.pk
    batch = save(
        "assignments", csv_of(ASSIGNED, f"{KG},2020-01-01,", "SP1-O1-I2,KG,2020-01-01,"), user=cast.officer
    )
    load("targets", csv_of(TARGET, f"{KG},2024,5,to_date"), user=cast.head)
    load("baselines", csv_of(BASE, "SP1-O1-I2,KG,5,2019-12-31,"))
    assert sorted(conflicts(batch)) == [
        ("SP1-O1-I1 / KG", "has a target since", "Head"),
        ("SP1-O1-I2 / KG", "has a baseline since", ""),
    ]
    # A baseline of 2022 was corrected to 2019; since then there is a target for 2021.
    load("baselines", csv_of(BASE, "SP1-O1-I2,KG,5,2022-12-31,"))
    corrected = save("baselines", csv_of(BASE, "SP1-O1-I2,KG,5,2019-12-31,"), user=cast.officer)
    load("targets", csv_of(TARGET, "SP1-O1-I2,KG,2021,9,to_date"), user=cast.head)
    assert conflicts(corrected) == [
        ("SP1-O1-I2 / KG / 31 Dec 2021", "recorded since, and would be over before it begins", "Head"),
    ]


# -- Approved history ----------------------------------------------------------------------------------
def counting() -> dict[tuple[str, str, str], object]:
    return {
        (code, mission, period): value
        for code, mission, period, value in IndicatorResult.objects.counting().values_list(
            "indicator__code", "revision__report__mission__code", "revision__report__period__code", "value"
        )
    }


def load_history(cast, *rows: str, **options: str):
    return save("history", csv_of(RESULT, *rows), user=cast.administrator, **{"source": "Matrix", **options})


def test_history_is_withdrawn_and_the_former_figures_count_again(flow, missions, cast) -> None:
    stage.assign(flow, missions["KG"], missions["TJ"])
    stage.approve(missions["KG"], "2021-Q1", {flow: 5}, reporter=cast.reporter, officer=cast.officer)
    before = counting()
    batch = load_history(cast, f"{KG},2021-Q1,9,", f"{KG},2021-Q2,3,", f"{TJ},2021-Q1,4,", reason="Recounted")
    assert counting() == {
        (*KG.split(","), "2021-Q1"): 9,
        (*KG.split(","), "2021-Q2"): 3,
        (*TJ.split(","), "2021-Q1"): 4,
    }
    plan = undo(batch, user=cast.administrator, reason="Wrong matrix")
    assert (plan.withdrawn, plan.deleted, plan.restored) == (3, 0, 0)
    assert counting() == before == {(*KG.split(","), "2021-Q1"): 5}
    revisions = ReportRevision.objects.filter(batch=batch)
    said = f"Undo of import no. {batch.pk} (sheet.csv): Wrong matrix"
    assert (
        list(revisions.values_list("status", "withdrawn_by", "withdrawn_reason"))
        == [("approved", cast.administrator.pk, said)] * 3
    )
    events = ReviewEvent.objects.filter(transition="withdraw")
    assert sorted(events.values_list("revision", "actor", "comment")) == [
        (pk, cast.administrator.pk, said) for pk in sorted(revisions.values_list("pk", flat=True))
    ]
    # Nothing is gone.
    assert IndicatorResult.objects.filter(batch=batch, is_copy=False).count() == 3
    assert load_history(cast, f"{KG},2021-Q2,3,").status == "applied"


def test_files_of_history_are_undone_one_after_the_other(flow, missions, cast) -> None:
    stage.assign(flow, missions["KG"])
    batches = [load_history(cast, f"{KG},2021-Q1,{value},", reason="r") for value in (1, 2, 3)]
    what, why, by = conflicts(batches[0])[0]
    assert (what, why, by) == ("KG / 2021-Q1", "a later revision is there since (approved)", "Administrator")
    for value, batch in zip((3, 2, 1), reversed(batches), strict=True):
        assert list(counting().values()) == [value]
        undo(batch, user=cast.administrator)
    assert counting() == {}


def test_history_that_was_gone_on_from_stays(flow, missions, cast) -> None:
    stage.assign(flow, missions["KG"], missions["TJ"])
    batch = load_history(cast, f"{KG},2021-Q1,9,", f"{KG},2021-Q2,8,", f"{TJ},2021-Q1,4,", f"{TJ},2021-Q2,1,")
    of = {(r.report.mission.code, r.report.period.code): r for r in ReportRevision.objects.all()}
    reopen_report(report=of["KG", "2021-Q1"].report, user=cast.officer, comment="Please check")
    stage.approve(missions["TJ"], "2021-Q1", {flow: 5}, reporter=cast.stranger, officer=cast.second_officer)
    # Withdrawn by hand already: nothing is left to be done there, and nothing in the way.
    withdraw_figures(revision=of["TJ", "2021-Q2"], user=cast.officer, reason="Wrong")
    before = counting()
    assert conflicts(batch) == [
        ("KG / 2021-Q1", "a later revision is there since (draft)", "Officer"),
        ("TJ / 2021-Q1", "a later revision is there since (approved)", "Second.Officer"),
    ]
    assert plan_undo(batch=batch, kind=KINDS["history"]).withdrawn == 3
    with pytest.raises(UndoRefused):
        undo(batch, user=cast.administrator)
    assert counting() == before


# -- Drafts --------------------------------------------------------------------------------------------
@pytest.fixture
def due(flow, missions, open_period) -> Indicator:
    stage.assign(flow, missions["KG"], missions["TJ"])
    return flow


WRITTEN = (IndicatorResult, CellValue)
CELLS = f"{RESULT},sex:female,sex:male"


def typed(due, missions, open_period, person, value: int | None, over: int | None = None) -> None:
    """Somebody types a value into the draft over one that their page showed."""
    shown = Entry(Amount(None if over is None else Decimal(over)))
    saved = save_results(
        mission=missions["KG"],
        period=open_period,
        user=person,
        typed={due.pk: Typed(Entry(Amount(value and Decimal(value))), fingerprint(shown))},
    )
    assert not saved.conflicts


def test_a_draft_that_a_file_began_is_given_up(due, missions, cast, sign_in) -> None:
    stage.ask_by_sex(due)
    batch = save("progress", csv_of(CELLS, f"{KG},2024-Q4,12,,7,5"), user=cast.reporter)
    plan = undo(batch, user=cast.administrator)
    assert (plan.deleted, plan.restored) == (3, 0)
    assert content_of(*WRITTEN) == {"IndicatorResult": [], "CellValue": []}
    revision = ReportRevision.objects.get()
    assert revision.status == "dropped"
    assert revision.review_events.get(transition="drop").comment.endswith(": The wrong file")
    assert sign_in(cast.reporter).get(reverse("report", args=["2024-Q4", "KG"])).status_code == 200
    # The mission begins another.
    save("progress", csv_of(CELLS, f"{KG},2024-Q4,13,,7,6"), user=cast.reporter)
    assert ReportRevision.objects.get(status="draft").number == 2


def test_a_draft_is_given_up_with_the_last_of_the_files_that_filled_it(due, missions, cast) -> None:
    stage.assign(stage.make_indicator("SP1-O1-I2"), missions["KG"])
    first = save("progress", csv_of(RESULT, f"{KG},2024-Q4,12,"), user=cast.reporter)
    second = save("progress", csv_of(RESULT, "SP1-O1-I2,KG,2024-Q4,7,"), user=cast.reporter)
    undo(first, user=cast.administrator)
    assert ReportRevision.objects.get().status == "draft"
    undo(second, user=cast.administrator)
    assert ReportRevision.objects.get().status == "dropped"


def test_a_draft_that_a_person_began_stays_empty_as_it_was(due, missions, open_period, cast) -> None:
    typed(due, missions, open_period, cast.reporter, 12)
    typed(due, missions, open_period, cast.reporter, None, over=12)
    IndicatorResult.objects.all().delete()
    batch = save("progress", csv_of(RESULT, f"{KG},2024-Q4,12,"), user=cast.reporter)
    undo(batch, user=cast.administrator)
    assert ReportRevision.objects.get().status == "draft"


def test_a_draft_that_was_there_gets_back_what_it_said(due, missions, open_period, cast) -> None:
    stage.ask_by_sex(due)
    load("progress", csv_of(CELLS, f"{KG},2024-Q4,12,first,7,5"), user=cast.reporter)
    before = content_of(*WRITTEN, but=["version", "id"])
    batch = save("progress", csv_of(CELLS, f"{KG},2024-Q4,20,second,9,"), user=cast.colleague)
    assert content_of(*WRITTEN, but=["version", "id"]) != before
    undo(batch, user=cast.administrator)
    assert content_of(*WRITTEN, but=["version", "id"]) == before
    # Whoever had the page open meanwhile is told that it changed.
    assert IndicatorResult.objects.get().version == 3
    assert ReportRevision.objects.get().status == "draft"


def test_a_draft_in_which_something_else_was_typed_since_stays(due, missions, open_period, cast) -> None:
    other = stage.make_indicator("SP1-O1-I2")
    stage.assign(other, missions["KG"])
    batch = save("progress", csv_of(RESULT, f"{KG},2024-Q4,12,"), user=cast.reporter)
    typed(other, missions, open_period, cast.reporter, 3)
    undo(batch, user=cast.administrator)
    assert ReportRevision.objects.get().status == "draft"
    assert IndicatorResult.objects.get().indicator == other


@pytest.mark.parametrize("step", ["typed over", "submitted"])
def test_a_draft_that_went_on_since_stays(due, missions, open_period, cast, step) -> None:
    batch = save("progress", csv_of(RESULT, f"{KG},2024-Q4,12,"), user=cast.reporter)
    steps: dict[str, Callable[[], object]] = {
        "typed over": lambda: typed(due, missions, open_period, cast.colleague, 13, over=12),
        "submitted": lambda: submit_report(revision=ReportRevision.objects.get(), user=cast.reporter),
    }
    steps[step]()
    [(what, why, _by)] = conflicts(batch)
    assert (what, why) == {
        "typed over": ("SP1-O1-I1 / KG / 2024-Q4", "changed since"),
        "submitted": ("KG / 2024-Q4", "the report is not a draft any more (submitted)"),
    }[step]
    with pytest.raises(UndoRefused):
        undo(batch, user=cast.administrator)
    assert IndicatorResult.objects.get().value == (13 if step == "typed over" else 12)
