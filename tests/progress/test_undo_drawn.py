"""Whatever files are loaded after each other, undoing them leaves everything reading as before: one by one from the
last, or in any order that is allowed.
"""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Model
from hypothesis import given
from hypothesis import strategies as st

from tests import stage
from tests.batches.fixtures import kept_files  # noqa: F401
from tests.batches.sheets import check, content_of, csv_of, csv_of_rows, load, undo
from tests.drawing import drawn
from tests.progress.test_undo import counting, holding
from tracker.analysis import engine
from tracker.batches.models import ImportBatch
from tracker.batches.services import UndoRefused, apply_batch
from tracker.framework.models import (
    Breakdown,
    Cell,
    Indicator,
    IndicatorBreakdown,
    IndicatorReplacement,
    Strategy,
)
from tracker.imports.registry import KINDS
from tracker.progress.models import CellValue, IndicatorResult, ReportingPeriod, ReportRevision

SETUP: tuple[type[Model], ...] = (Indicator, IndicatorBreakdown, IndicatorReplacement, Breakdown, Cell)
CODES = ["SP1-O1-I1", "SP1-O1-I2", "SP1-O1-I3"]
MISSIONS = ["KG", "TJ"]

numbers = st.integers(min_value=0, max_value=60)


def rows(
    *columns: st.SearchStrategy[Any], missions: Sequence[str] = MISSIONS
) -> st.SearchStrategy[list[list[Any]]]:
    """Up to five rows of a sheet, each of another indicator and mission, with these cells."""
    cells = st.tuples(*columns)
    keys = st.tuples(st.sampled_from(CODES), st.sampled_from(missions))
    return st.dictionaries(keys, cells, min_size=1, max_size=5).map(
        lambda drawn: [[*key, *rest] for key, rest in drawn.items()]
    )


def sheet(kind: str, header: str, drawn: st.SearchStrategy[list[list[Any]]], **options: str) -> Any:
    return drawn.map(lambda rows: (kind, csv_of_rows(header.split(","), rows), options))


RULE = ["SP1-O1", "persons", "number", "increase", "sum", "sum", "quarterly"]
SHEETS = st.one_of(
    sheet(
        "assignments",
        "indicator,mission,active_from,active_to",
        rows(
            st.sampled_from(["2020-01-01", "2020-07-01"]), st.sampled_from(["", "2022-12-31", "2024-12-31"])
        ),
    ),
    sheet(
        "baselines",
        "indicator,mission,baseline_value,baseline_date,active_from",
        st.one_of(
            rows(
                numbers,
                st.sampled_from(["", "2019-12-31", "2020-06-30"]),
                st.sampled_from(["", "2020-01-01"]),
            ),
            rows(numbers, st.just(""), st.just(""), missions=["REGION", "ROV"]),
        ),
    ),
    sheet(
        "targets",
        "indicator,mission,due,target_value,basis",
        rows(
            st.sampled_from(["2020", "2021", "2022", "2024"]),
            numbers,
            st.sampled_from(["to_date", "per_year"]),
            missions=[*MISSIONS, "REGION"],
        ),
        reason="drawn",
    ),
    sheet(
        "history",
        "indicator,mission,period,value,sex:female",
        rows(st.sampled_from(["2020-Q1", "2020-Q2", "2020", "2021-Q4"]), numbers, st.sampled_from(["", "0"])),
        source="Matrix",
        reason="drawn",
    ),
    sheet(
        "progress",
        "indicator,mission,period,value,sex:female",
        rows(st.just("2024-Q4"), st.just(60), st.sampled_from(["", "1", "60"])),
    ),
    sheet(
        "indicators",
        "code,name,objective,unit,measure,direction,period_rule,mission_rule,frequency,breakdowns,replaces",
        st.dictionaries(
            st.sampled_from([*CODES, "SP1-O1-I8", "SP1-O1-I9"]),
            st.tuples(st.sampled_from(["A", "B"]), st.sampled_from(["", "sex"])),
            min_size=1,
        ).map(
            lambda drawn: [
                [code, name, *RULE, breakdown, "SP1-O1-I1" if code == "SP1-O1-I9" else ""]
                for code, (name, breakdown) in drawn.items()
            ]
        ),
    ),
    sheet(
        "breakdowns",
        "code,name,exclusive,cell,cell_name",
        st.dictionaries(st.sampled_from(["female", "male", "other"]), st.sampled_from("AB"), min_size=1).map(
            lambda drawn: [["sex", "Sex", "yes", code, name] for code, name in drawn.items()]
        ),
    ),
)


def reads() -> dict[str, Any]:
    """All that people read: the framework, plans, figures that count, and what drafts say."""
    drafts = IndicatorResult.objects.filter(revision__status__in=["draft", "returned"])
    of_drafts = (
        "indicator__code",
        "revision__report__mission__code",
        "value",
        "comment",
        "entered_by",
        "batch",
    )
    return {
        "framework": content_of(*SETUP),
        "plans": holding(),
        "figures": counting(),
        "standings": {
            found.code: found
            for found in engine.standings(
                strategy=Strategy.objects.get(), as_of=ReportingPeriod.objects.get(code="2022-Q4")
            ).values()
        },
        "drafts": sorted(drafts.values_list(*of_drafts), key=str),
        "cells": sorted(
            CellValue.objects.filter(result__in=drafts).values_list(
                "result__indicator__code", "result__revision__report__mission__code", "cell__code", "value"
            ),
            key=str,
        ),
        "open": sorted(
            ReportRevision.objects.filter(status="draft").values_list("report__mission__code", flat=True)
        ),
    }


@pytest.fixture
def world(strategy, missions, open_period, cast) -> Callable[[], None]:
    def make() -> None:
        for code in CODES[:2]:
            stage.make_indicator(code)
        stage.make_indicator(CODES[2], period_rule="latest")
        load("breakdowns", csv_of("code,name,exclusive,cell,cell_name", "sex,Sex,yes,female,Women"))
        load(
            "assignments",
            csv_of(
                "indicator,mission,active_from", *(f"{c},{m},2020-01-01" for c in CODES for m in MISSIONS)
            ),
        )

    return make


def load_all(files: list[Any], user: Any) -> tuple[list[ImportBatch], list[dict[str, Any]]]:
    """Save what can be saved of these files, the good rows of those that have errors; what read before each, and
    at the end.
    """
    batches, states = [], [reads()]
    for kind, data, options in files:
        batch = check(kind, data, user=user, **options).batch
        assert batch is not None
        if batch.can_be_confirmed or batch.has_good_rows:
            good = batch.has_good_rows
            digest = batch.plan_digest
            apply_batch(batch=batch, kind=KINDS[kind], digest=digest, user=user, good_rows_only=good)
            batches.append(batch)
            states.append(reads())
    return batches, states


def check_reasons(refused: UndoRefused) -> None:
    """What has counted is withdrawn and not gone, and the rules that it rests on stand for ever."""
    whys = {conflict.why.partition(":")[0] for conflict in refused.plan.conflicts}
    assert whys <= {
        "has results since, so its rules stand",
        "results are broken down by it since",
        "in use since",
    }
    assert IndicatorResult.objects.filter(revision__withdrawn_at__isnull=False).exists()


@pytest.mark.django_db
@drawn(examples=6)
@given(files=st.lists(SHEETS, min_size=1, max_size=5))
def test_loaded_one_after_the_other_and_undone_one_by_one_all_reads_as_it_did(world, cast, files) -> None:
    point = transaction.savepoint()
    try:
        world()
        batches, states = load_all(files, cast.administrator)
        for batch in reversed(batches):
            shown = states.pop()
            assert reads() == shown
            try:
                undo(batch, user=cast.administrator)
            except UndoRefused as refused:
                check_reasons(refused)
                assert reads() == shown
                return
        assert reads() == states.pop()
    finally:
        transaction.savepoint_rollback(point)


@pytest.mark.django_db
@drawn(examples=4)
@given(files=st.lists(SHEETS, min_size=2, max_size=5), data=st.data())
def test_undone_in_any_order_that_is_allowed_all_reads_as_it_did(world, cast, files, data) -> None:
    point = transaction.savepoint()
    try:
        world()
        batches, states = load_all(files, cast.administrator)
        while batches:
            shown = reads()
            batch = data.draw(st.sampled_from(batches))
            try:
                undo(batch, user=cast.administrator)
            except UndoRefused as refused:
                assert reads() == shown
                if batch is batches[-1]:
                    check_reasons(refused)
                    return
            else:
                batches.remove(batch)
        assert reads() == states[0]
    finally:
        transaction.savepoint_rollback(point)
