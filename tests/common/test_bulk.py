"""Bulk writes: what the database does for many rows is planned for many, and history says who wrote them."""

from collections.abc import Callable

import pghistory
import pytest
from django.db import connection, transaction

from tests import stage
from tracker.common.bulk import add, columns_of, draw_ids, fetch, own_context, run, staged, upsert
from tracker.framework.models import Objective, StrategicPriority, Strategy

FIELDS = ("strategy", "priority", "summary", "source", "order", "code", "title")


@pytest.fixture
def strategy() -> Strategy:
    return stage.make_strategy()


def rows_of(strategy: Strategy, *codes: str) -> list[tuple[object, ...]]:
    same = (strategy.pk, StrategicPriority.objects.get().pk, "", "", 1)
    return [(*same, code, f"Title of {code}") for code in codes]


def by_staging(strategy: Strategy) -> None:
    with staged(columns={"n": "integer"}, rows=[(1,)]):
        pass


def by_upserting(strategy: Strategy) -> None:
    upsert(model=Objective, fields=FIELDS, unique=["strategy", "code"], rows=rows_of(strategy, "X1"))


def by_adding(strategy: Strategy) -> None:
    add(model=Objective, columns=list(columns_of(Objective, FIELDS)), rows=rows_of(strategy, "X1"))


@pytest.mark.django_db
@pytest.mark.parametrize("write", [by_staging, by_upserting, by_adding])
def test_functions_are_planned_anew_before_a_bulk_write(
    strategy: Strategy, write: Callable[[Strategy], None]
) -> None:
    """A session keeps the plans of its trigger functions: that of one row, used for many, takes the square of
    their number. Whether one is kept shows in how a function goes on reading a table: by its index, as planned
    at first, or from end to end, as it has to once it is planned under a new rule.
    """
    run("CREATE TEMPORARY TABLE probed AS SELECT n FROM generate_series(1, 5000) n")
    run("CREATE INDEX ON probed (n)")
    run("ANALYZE probed")
    run(
        "CREATE FUNCTION pg_temp.probe() RETURNS bigint LANGUAGE plpgsql AS "
        "'BEGIN RETURN (SELECT count(*) FROM probed WHERE n = 5); END'"
    )

    def scans_from_end_to_end() -> int:
        [(before,)] = fetch("SELECT seq_scan FROM pg_stat_xact_user_tables WHERE relname = 'probed'")
        assert fetch("SELECT pg_temp.probe()") == [(1,)]
        [(after,)] = fetch("SELECT seq_scan FROM pg_stat_xact_user_tables WHERE relname = 'probed'")
        return int(after) - int(before)

    assert scans_from_end_to_end() == 0
    for way in ("indexscan", "indexonlyscan", "bitmapscan"):
        run(f"SET LOCAL enable_{way} = off")
    assert scans_from_end_to_end() == 0, "the plan is not kept: nothing is tested"
    write(strategy)
    assert scans_from_end_to_end() == 1


@pytest.mark.django_db(transaction=True)
def test_rows_added_by_copy_have_their_history_with_who_wrote_them() -> None:
    """COPY is the one statement that django-pghistory does not tell the context of."""
    strategy = stage.make_strategy()
    connection.close()  # a new session has been told nothing
    with transaction.atomic(), pghistory.context(url="/imports/"), own_context(batch=7):
        by_adding(strategy)
    [made] = Objective.objects.filter(code="X1")
    [event] = made.events.all()  # type: ignore[attr-defined]
    assert (event.pgh_label, event.pgh_obj_id, event.title) == ("insert", made.pk, "Title of X1")
    assert event.pgh_context == {"url": "/imports/", "batch": 7}


@pytest.mark.django_db(transaction=True)
def test_rows_added_later_in_a_session_do_not_carry_who_wrote_before() -> None:
    strategy = stage.make_strategy()
    for batch, code in ((1, "X1"), (2, "X2")):
        with transaction.atomic(), own_context(batch=batch):
            add(
                model=Objective,
                columns=list(columns_of(Objective, FIELDS)),
                rows=rows_of(strategy, code),
            )
    history = Objective.pgh_event_model  # type: ignore[attr-defined]
    found = {event.code: event.pgh_context for event in history.objects.filter(code__in=["X1", "X2"])}
    assert found == {"X1": {"batch": 1}, "X2": {"batch": 2}}


@pytest.mark.django_db
def test_drawn_ids_are_new_and_all_different(strategy: Strategy) -> None:
    by_adding(strategy)
    drawn = draw_ids(Objective, 5)
    assert len(set(drawn)) == 5
    assert min(drawn) > Objective.objects.get(code="X1").pk
    assert draw_ids(Objective, 0) == []
