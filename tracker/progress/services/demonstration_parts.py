"""What the demonstration's reports hold beside their figures: narratives, updates of activities, links as evidence.

``source`` is the table of `services.demonstration` that knows of each report its revision and its reporter.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from tracker.common.bulk import run, staged


class PlannedText(NamedTuple):
    """What a report tells of a section of its narrative."""

    section: str
    language: str
    quotable: str
    internal: str


class PlannedUpdate(NamedTuple):
    """What a report says of an activity, given by its code."""

    mission: int
    period: int
    activity: str
    status: str
    spent: Decimal
    currency: str
    people: int
    quotable: str
    internal: str


def lay_narratives(source: str, told: Iterable[tuple[Any, ...]]) -> None:
    """Insert what is told, each a mission, a period and the fields of a `PlannedText`."""
    columns = {
        "mission_id": "bigint", "period_id": "bigint", "section": "text", "language": "text", "quotable": "text",
        "internal": "text",
    }  # fmt: skip
    with staged(columns=columns, rows=told, name="narratives") as given:
        run(
            f"""
            INSERT INTO tracker_narrativepart
                (revision_id, is_copy, section, language, quotable, internal, version, written_by_id, written_at)
            SELECT s.revision_id, false, n.section, n.language, n.quotable, n.internal, 1, s.reporter, s.begun_at
            FROM {given} n JOIN {source} s USING (mission_id, period_id)
            """
        )


def lay_updates(source: str, updates: Iterable[PlannedUpdate]) -> None:
    """Insert what is said of activities."""
    columns = {
        "mission_id": "bigint", "period_id": "bigint", "activity": "text", "status": "text", "spent": "numeric",
        "currency": "text", "people": "integer", "quotable": "text", "internal": "text",
    }  # fmt: skip
    with staged(columns=columns, rows=updates, name="updates") as given:
        run(
            f"""
            INSERT INTO tracker_activityupdate (revision_id, is_copy, activity_id, status, spent, currency, people,
                                                quotable, internal, version, written_by_id, written_at)
            SELECT s.revision_id, false, a.id, u.status, u.spent, u.currency, u.people, u.quotable, u.internal, 1,
                   s.reporter, s.begun_at
            FROM {given} u JOIN {source} s USING (mission_id, period_id)
            JOIN tracker_activity a ON a.code = u.activity
            """
        )


def lay_evidence(source: str) -> None:
    """Give the results that ask for evidence a link each, but for one in ten, which an officer will ask about."""
    run(
        f"""
        INSERT INTO tracker_evidence
            (revision_id, is_copy, indicator_id, title, note, link, file, filename, kind, size, sha256,
             added_by_id, added_at)
        SELECT s.revision_id, false, i.id, 'Register behind ' || i.code || ' (demonstration)', '',
               'https://example.org/demonstration/' || s.revision_id || '/' || i.code, '', '', '', 0, '',
               s.reporter, s.begun_at
        FROM {source} s
        JOIN tracker_indicatorresult r ON r.revision_id = s.revision_id
        JOIN tracker_indicator i ON i.id = r.indicator_id
        WHERE i.needs_evidence AND (r.value IS NOT NULL OR r.numerator IS NOT NULL)
            AND mod(i.id + s.period_id + s.mission_id, 10) <> 0
        """
    )
