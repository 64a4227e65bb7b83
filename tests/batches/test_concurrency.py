"""Two people confirm overlapping files at the same moment; one saves while another imports."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from threading import Barrier, Event
from time import monotonic, sleep

import pytest
from django.db import OperationalError, connection, transaction

from tests import stage
from tests.batches.sheets import check, csv_of
from tests.conftest import Cast
from tracker.batches.models import ImportBatch
from tracker.batches.services import apply_batch
from tracker.common.bulk import fetch, own_writes, share_writes
from tracker.common.errors import Stale
from tracker.imports.registry import KINDS
from tracker.progress.models import Baseline, IndicatorResult
from tracker.progress.rules import Amount, Entry
from tracker.progress.services import results


@pytest.mark.django_db(transaction=True)
def test_one_comes_after_the_other_and_sees_that_the_data_changed() -> None:
    stage.make_strategy()
    missions = stage.make_missions()
    stage.assign(stage.make_indicator(), missions["KG"])
    header = "indicator,mission,baseline_value"
    batches = [check("baselines", csv_of(header, f"SP1-O1-I1,KG,{value}")).batch for value in (10, 20)]
    together = Barrier(2)

    def confirm(batch) -> str:
        try:
            together.wait()
            apply_batch(kind=KINDS["baselines"], batch=batch, digest=batch.plan_digest, user=None)
        except Stale:
            return "stale"
        finally:
            connection.close()
        return "saved"

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(confirm, batches))
    assert sorted(outcomes) == ["saved", "stale"]
    [baseline] = Baseline.objects.all()
    first, second = (10, 20) if outcomes[0] == "saved" else (20, 10)
    assert baseline.value == first
    # The second sees the changed difference, and may confirm that.
    overtaken = batches[outcomes.index("stale")]
    shown = overtaken.plan_digest
    overtaken.refresh_from_db()
    assert (overtaken.status, overtaken.changed, overtaken.new) == ("checked", 1, 0)
    assert overtaken.lines.get().cells == [["baseline_value", str(first), str(second)]]
    assert overtaken.plan_digest != shown
    apply_batch(kind=KINDS["baselines"], batch=overtaken, digest=overtaken.plan_digest, user=None)
    assert Baseline.objects.in_force().get().value == second


@pytest.mark.django_db(transaction=True)
def test_two_who_confirm_the_same_preview_are_both_told_that_it_is_saved() -> None:
    stage.make_strategy()
    missions = stage.make_missions()
    stage.assign(stage.make_indicator(), missions["KG"])
    batch = check("baselines", csv_of("indicator,mission,baseline_value", "SP1-O1-I1,KG,10")).batch
    together = Barrier(2)

    def confirm(_number: int) -> bool:
        try:
            # Each their own, as two requests read it: an open file belongs to the object that opened it, and of two
            # that share one, one closes it under the other's hands.
            own = ImportBatch.objects.get(pk=batch.pk)
            together.wait()
            saved = apply_batch(kind=KINDS["baselines"], batch=own, digest=own.plan_digest, user=None)
            assert saved.batch.status == "applied"
            return saved.was_already
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(confirm, range(2))) == [False, True]
    assert Baseline.objects.count() == 1


def wait_until_somebody_waits(seconds: float = 10) -> None:
    """Until another connection waits for a lock; fails where nobody does."""
    until = monotonic() + seconds
    while not fetch(
        "SELECT 1 FROM pg_locks WHERE NOT granted AND (database IS NULL OR database = "
        "(SELECT oid FROM pg_database WHERE datname = current_database()))"
    ):
        assert monotonic() < until, "nobody waits"
        sleep(0.02)


@pytest.mark.django_db(transaction=True)
def test_a_save_and_an_import_wait_for_each_other_in_one_order_and_both_end_well(monkeypatch) -> None:
    strategy, missions = stage.make_strategy(), stage.make_missions()
    cast = Cast(**stage.make_cast(missions))
    period = stage.open_window(strategy, "2024-Q4", today=date.today())
    indicator = stage.make_indicator()
    stage.assign(indicator, *missions.values())
    batch = check(
        "history",
        csv_of("indicator,mission,period,value", "SP1-O1-I1,TJ,2021-Q4,5"),
        user=cast.administrator,
        source="Matrix",
    ).batch
    begun = Event()
    begin = results.begin_report

    def begin_and_dawdle(**given):
        """Between its first table and the next, while the import has come and waits."""
        revision = begin(**given)
        begun.set()
        wait_until_somebody_waits()
        return revision

    monkeypatch.setattr(results, "begin_report", begin_and_dawdle)

    def save() -> None:
        try:
            with transaction.atomic():
                share_writes("progress")
                typed = {indicator.pk: results.Typed(Entry(Amount(Decimal(12))))}
                results.save_results(mission=missions["KG"], period=period, user=cast.reporter, typed=typed)
        finally:
            begun.set()
            connection.close()

    def load() -> None:
        try:
            begun.wait()
            apply_batch(kind=KINDS["history"], batch=batch, digest=batch.plan_digest, user=cast.administrator)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        for act in [pool.submit(save), pool.submit(load)]:
            act.result()
    assert set(IndicatorResult.objects.values_list("revision__report__mission__code", "value")) == {
        ("KG", 12), ("TJ", 5),
    }  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_ordinary_writers_share_an_area_and_an_owner_is_alone_in_it() -> None:
    def try_for(area: str, how: str) -> bool:
        """Whether another connection gets the lock at once."""
        try:
            with transaction.atomic():
                fetch("SELECT set_config('lock_timeout', '100ms', true)")
                {"share": share_writes, "own": own_writes}[how](area)
        except OperationalError:
            return False
        finally:
            connection.close()
        return True

    def tries() -> list[bool]:
        with ThreadPoolExecutor(1) as pool:
            asked = [("progress", "share"), ("progress", "own"), ("framework", "own")]
            return [pool.submit(try_for, *each).result() for each in asked]

    with transaction.atomic():
        share_writes("progress")
        share_writes("progress")
        assert tries() == [True, False, True]
    with transaction.atomic():
        own_writes("progress")
        assert tries() == [False, False, True]
    assert tries() == [True, True, True]


def test_a_kind_owns_the_areas_of_the_tables_that_it_writes() -> None:
    assert [KINDS[code].areas for code in ("history", "progress", "baselines", "indicators", "countries")] == [
        ["progress"], ["progress"], ["progress"], ["framework"], ["region"],
    ]  # fmt: skip
