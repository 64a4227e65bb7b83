"""What history costs: the same bulk write with its triggers and without them."""

from django.db import connection, transaction

from tests import stage
from tests.bench.measuring import Line, medians
from tracker.progress.models import ProgressReport, ReportingPeriod, ReportRevision
from tracker.region.models import Mission

ROWS = 100_000

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


def lines() -> list[Line]:
    prepare()
    found = [line_of("INSERT", INSERT)]
    with connection.cursor() as cursor:
        cursor.execute(INSERT)
    return [*found, line_of("UPDATE", UPDATE)]


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
