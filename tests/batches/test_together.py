"""Two people act on the same things at the same moment: one comes after the other, and both are told the truth."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from threading import Event
from typing import Any

import pytest
from django.db import connection

from tests import stage
from tests.batches.sheets import check, csv_of, save, undo
from tests.batches.test_concurrency import wait_until_somebody_waits
from tests.conftest import Cast
from tracker.batches.models import ImportBatch
from tracker.batches.services import UndoRefused, apply_batch, applying, cancel_batch, life, undoing
from tracker.common.errors import Refused, Stale
from tracker.common.jobs.running import run_job
from tracker.imports import tasks
from tracker.imports.registry import KINDS
from tracker.progress.models import Baseline, IndicatorResult

committed = pytest.mark.django_db(transaction=True)
Act = Callable[[], object]


@pytest.fixture
def cast() -> Cast:
    strategy, missions = stage.make_strategy(), stage.make_missions()
    stage.open_window(strategy, "2024-Q4", today=date.today())
    stage.assign(stage.make_indicator(), missions["KG"])
    return Cast(**stage.make_cast(missions))


@pytest.fixture
def race(monkeypatch):
    """``race(first, second, at=(module, name))``: ``first`` goes ahead until it is at this step, by when it holds
    its locks; only then comes ``second``, and ``first`` goes on once ``second`` waits for it. Gives what became
    of both: what was raised, or None.
    """

    def run(first: Act, second: Act, *, at: tuple[Any, str]) -> list[Exception | None]:
        begun = Event()
        step = getattr(*at)

        def dawdle(*given: Any, **named: Any) -> Any:
            done = step(*given, **named)
            if not begun.is_set():
                begun.set()
                wait_until_somebody_waits()
            return done

        def act(what: Act, *, is_first: bool) -> Exception | None:
            try:
                if not is_first:
                    assert begun.wait(20)
                what()
            except Refused as refusal:
                return refusal
            finally:
                if is_first:
                    begun.set()
                connection.close()
            return None

        monkeypatch.setattr(*at, dawdle)
        with ThreadPoolExecutor(2) as pool:
            acts = [pool.submit(act, first, is_first=True), pool.submit(act, second, is_first=False)]
            return [each.result() for each in acts]

    return run


def confirm(batch: ImportBatch, user: Any) -> Act:
    digest, kind = batch.plan_digest, KINDS[batch.kind]
    return lambda: apply_batch(batch=batch, kind=kind, digest=digest, user=user)


def now(batch: ImportBatch) -> ImportBatch:
    return ImportBatch.objects.select_related("job").get(pk=batch.pk)


SAVING = (applying, "lock_tables")
UNDOING = (undoing, "lock_tables")
CANCELLING = (life, "move")
HISTORY = "indicator,mission,period,value"


@committed
def test_of_two_files_of_history_the_second_is_shown_anew_and_can_be_confirmed(cast, race) -> None:
    one, other = [
        check(
            "history",
            csv_of(HISTORY, f"SP1-O1-I1,KG,2020-Q1,{value}", f"SP1-O1-I1,KG,2020-Q{value},9"),
            user=cast.administrator,
            source="Matrix",
            reason="Recounted",
        ).batch
        for value in (2, 3)
    ]
    first, second = race(confirm(one, cast.administrator), confirm(other, cast.administrator), at=SAVING)
    assert first is None
    assert isinstance(second, Stale)
    assert (now(one).status, now(other).status) == ("applied", "checked")
    assert [(line.outcome, line.key, line.cells) for line in now(other).lines.in_order()] == [
        ("changed", "SP1-O1-I1 / KG / 2020-Q1", [["value", "2", "3"]]),
        ("new", "SP1-O1-I1 / KG / 2020-Q3", [["value", None, "9"]]),
    ]
    confirm(now(other), cast.administrator)()
    counts = IndicatorResult.objects.counting().values_list("revision__report__period__code", "value")
    assert dict(counts) == {"2020-Q1": 3, "2020-Q2": 9, "2020-Q3": 9}


@committed
def test_the_second_file_of_history_is_refused_where_it_gives_no_reason_to_overwrite(cast, race) -> None:
    one, other = [
        check(
            "history",
            csv_of(HISTORY, f"SP1-O1-I1,KG,2020-Q1,{value}"),
            user=cast.administrator,
            source="Matrix",
        ).batch
        for value in (2, 3)
    ]
    _first, second = race(confirm(one, cast.administrator), confirm(other, cast.administrator), at=SAVING)
    assert isinstance(second, Stale)
    assert now(other).status == "refused"
    [line] = now(other).lines.in_order()
    assert line.message.startswith("There is an approved value already.")


@committed
def test_of_two_files_for_one_draft_the_second_is_shown_anew_and_can_be_confirmed(cast, race) -> None:
    one, other = [
        check("progress", csv_of(HISTORY, f"SP1-O1-I1,KG,2024-Q4,{value}"), user=person).batch
        for person, value in ((cast.reporter, 5), (cast.colleague, 8))
    ]
    first, second = race(confirm(one, cast.reporter), confirm(other, cast.colleague), at=SAVING)
    assert first is None
    assert isinstance(second, Stale)
    assert now(other).lines.get().cells == [["value", "5", "8"]]
    assert IndicatorResult.objects.get().value == 5
    confirm(now(other), cast.colleague)()
    result = IndicatorResult.objects.get()
    assert (result.value, result.entered_by) == (8, cast.colleague)


def baseline(value: int) -> bytes:
    return csv_of("indicator,mission,baseline_value", f"SP1-O1-I1,KG,{value}")


def holds() -> list[Decimal | None]:
    return list(Baseline.objects.in_force().values_list("value", flat=True))


@committed
def test_of_two_who_undo_a_file_the_second_finds_it_undone(cast, race) -> None:
    save("baselines", baseline(10), user=cast.officer)
    batch = save("baselines", baseline(20), user=cast.officer)
    first, second = race(
        lambda: undo(batch, user=cast.officer), lambda: undo(batch, user=cast.administrator), at=UNDOING
    )
    assert first is None
    assert isinstance(second, Stale)
    assert "undone already" in str(second)
    assert (now(batch).undone_by, holds()) == (cast.officer, [10])
    assert Baseline.objects.count() == 3


@committed
def test_a_file_that_is_confirmed_while_the_one_before_is_undone_is_shown_anew(cast, race) -> None:
    save("baselines", baseline(10), user=cast.officer)
    before = save("baselines", baseline(20), user=cast.officer)
    batch = check("baselines", baseline(30), user=cast.officer).batch
    first, second = race(
        lambda: undo(before, user=cast.administrator), confirm(batch, cast.officer), at=UNDOING
    )
    assert first is None
    assert isinstance(second, Stale)
    assert holds() == [10]
    assert now(batch).lines.get().cells == [["baseline_value", "10", "30"]]
    confirm(now(batch), cast.officer)()
    assert holds() == [30]


@committed
def test_a_file_is_not_undone_while_one_that_builds_on_it_is_saved(cast, race) -> None:
    before = save("baselines", baseline(20), user=cast.officer)
    batch = check("baselines", baseline(30), user=cast.officer).batch
    first, second = race(
        confirm(batch, cast.officer), lambda: undo(before, user=cast.administrator), at=SAVING
    )
    assert first is None
    assert isinstance(second, UndoRefused)
    assert [(each.what, each.why, each.by) for each in second.plan.conflicts] == [
        ("SP1-O1-I1 / KG", "replaced since", "Officer")
    ]
    assert (now(before).status, now(batch).status, holds()) == ("applied", "applied", [30])


@committed
def test_a_file_that_is_just_being_saved_cannot_be_cancelled(cast, race) -> None:
    batch = check("baselines", baseline(10), user=cast.officer).batch
    first, second = race(
        confirm(batch, cast.officer),
        lambda: cancel_batch(batch=batch, kind=KINDS["baselines"], user=cast.officer),
        at=SAVING,
    )
    assert first is None
    assert isinstance(second, Stale)
    assert "It was saved on" in str(second)
    assert (now(batch).status, holds()) == ("applied", [10])


@committed
def test_a_file_that_is_just_being_cancelled_is_not_saved(cast, race) -> None:
    batch = check("baselines", baseline(10), user=cast.officer).batch
    first, second = race(
        lambda: cancel_batch(batch=batch, kind=KINDS["baselines"], user=cast.officer),
        confirm(batch, cast.officer),
        at=CANCELLING,
    )
    assert first is None
    assert isinstance(second, Refused)
    assert str(second).startswith("This file cannot be saved now.")
    assert (now(batch).status, holds()) == ("cancelled", [])


@committed
def test_a_worker_that_is_writing_ends_before_it_can_be_cancelled(cast, race) -> None:
    batch = check("baselines", baseline(10), user=cast.officer).batch
    kind = KINDS["baselines"]
    apply_batch(batch=batch, kind=kind, digest=batch.plan_digest, user=cast.officer, at_once=False)
    job = now(batch).job
    assert job is not None
    first, second = race(
        lambda: run_job(job_id=job.pk, task=job.task, body=tasks.save_file),
        lambda: cancel_batch(batch=now(batch), kind=kind, user=cast.officer),
        at=SAVING,
    )
    assert first is None
    assert isinstance(second, Stale)
    assert (now(batch).status, now(batch).job.status, holds()) == ("applied", "done", [10])
