"""What history costs: the same bulk write with its triggers and without them, and after small ones."""

import statistics

from django.db import connection, transaction

from tests import stage
from tests.bench.measuring import ROUNDS, Line, medians, seconds_of
from tracker.common.bulk import upsert
from tracker.framework.models import Objective, StrategicPriority, Strategy
from tracker.progress.models import ProgressReport, ReportingPeriod, ReportRevision
from tracker.region.models import Mission

ROWS = 100_000
RENAMED = 8_000

INSERT = """
    INSERT INTO tracker_indicatorresult (revision_id, indicator_id, value, not_applicable, comment, covers, origin,
                                         is_copy, held_back, version, entered_at)
    SELECT v.id, i.id, i.id + v.id, false, '', 1, 'entered', false, false, 1, now()
    FROM tracker_reportrevision v CROSS JOIN tracker_indicator i
"""


def prepare() -> None:
    """Five drafts for each of 20 quarters of a mission, and as many indicators as make up the rows."""
    stage.make_strategy()
    stage.make_missions()
    drafts = 0
    for mission in Mission.objects.all():
        for period in ReportingPeriod.objects.all():
            report = ProgressReport.objects.create(mission=mission, period=period)
            ReportRevision.objects.create(report=report, number=1)
            drafts += 1
    for number in range(ROWS // drafts):
        stage.make_indicator(f"SP1-O1-I{number + 1}")


UPDATE = "UPDATE tracker_indicatorresult SET value = value + 1, version = version + 1"


def write(statement: str, *, with_history: bool) -> None:
    """One statement over all rows, rolled back afterwards so that every round begins the same."""
    with transaction.atomic(), connection.cursor() as cursor:
        if not with_history:
            for trigger in history_triggers():
                cursor.execute(f"ALTER TABLE tracker_indicatorresult DISABLE TRIGGER {trigger}")
        cursor.execute("SELECT count(*) FROM tracker_indicatorresultevent")
        [before] = cursor.fetchone()
        cursor.execute(statement)
        assert cursor.rowcount == ROWS
        cursor.execute("SELECT count(*) FROM tracker_indicatorresultevent")
        assert cursor.fetchone() == (before + ROWS * with_history,)
        transaction.set_rollback(True)


def history_triggers() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = 'tracker_indicatorresult'::regclass "
            "AND tgname ~ 'pgtrigger_(insert_insert|update_update|delete_delete)_'"
        )
        found = [name for (name,) in cursor.fetchall()]
    assert len(found) == 3, found
    return found


def rename_many(*, small_ones_before: int) -> float:
    """Seconds of one upsert over all objectives in a session of its own, after so many of one row each.

    A session keeps the plans of its trigger functions: that of one row, used for many, would take the square of
    their number.
    """
    connection.close()
    for number in range(small_ones_before):
        rename(1, f"small {number}")
    return seconds_of(lambda: rename(RENAMED, f"after {small_ones_before}"))


def rename(rows: int, title: str) -> None:
    strategy, priority = Strategy.objects.get(), StrategicPriority.objects.get()
    fields = ("strategy", "priority", "summary", "source", "order", "code", "title")
    same = (strategy.pk, priority.pk, "", "", 1)
    with transaction.atomic():
        written = upsert(
            model=Objective,
            fields=fields,
            unique=["strategy", "code"],
            rows=[(*same, f"X{number}", title) for number in range(rows)],
        )
    assert written == rows


def line_of_sessions() -> Line:
    rename(RENAMED, "made")
    times = [(rename_many(small_ones_before=8), rename_many(small_ones_before=0)) for _ in range(ROUNDS)]
    later, fresh = (statistics.median(each) for each in zip(*times, strict=True))
    return Line(
        name=f"Update of {RENAMED:,} objectives after small ones in the same session",
        seconds=later,
        base="the same in a fresh session",
        base_seconds=fresh,
        allowed=1.5,
    )


def lines() -> list[Line]:
    prepare()
    found = [line_of("INSERT", INSERT)]
    with connection.cursor() as cursor:
        cursor.execute(INSERT)
    return [*found, line_of("UPDATE", UPDATE), line_of_sessions()]


def line_of(word: str, statement: str) -> Line:
    tracked, bare = medians(
        lambda: write(statement, with_history=True), lambda: write(statement, with_history=False)
    )
    return Line(
        name=f"{word} of {ROWS:,} results with history",
        seconds=tracked,
        base="the same without history",
        base_seconds=bare,
        allowed=2.5,
    )
