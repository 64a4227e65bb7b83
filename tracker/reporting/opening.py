"""What all pages of a report say of it above their tabs."""

from typing import Any

from tracker.access.policies import rights_of
from tracker.access.requests import PersonRequest
from tracker.progress import policies
from tracker.progress.models import ReportingPeriod, ReportRevision
from tracker.progress.rules import Counts, Lock
from tracker.progress.services.completeness import count_results
from tracker.progress.services.locks import explain_lock, extended_until, lock_with, today_of
from tracker.progress.wording import say_dates
from tracker.region.models import Mission

from .corrections import read_correction
from .parts import read_tabs

EXTENDABLE = (Lock.CLOSED, Lock.EXTENSION_PASSED, Lock.ANSWER_PASSED)
"""The locks that an extension opens."""


def head_of(
    request: PersonRequest, of: ReportingPeriod, by: Mission, revision: ReportRevision | None, *, refused: str
) -> dict[str, Any]:
    """What ``reporting/head.html`` and ``reporting/tabs.html`` show. ``refused`` says why nothing was saved, and then
    the lock is not said twice.
    """
    return {**state_of(request, of, by, revision, refused=refused), **tabs_of(of, by, revision)}


def tabs_of(
    of: ReportingPeriod, by: Mission, revision: ReportRevision | None, counts: Counts | None = None
) -> dict[str, Any]:
    """How far the report is, part by part; ``counts`` are those of its results, where the page knows them."""
    if counts is None:
        revisions = {(by.pk, of.pk): revision} if revision else {}
        found = count_results(missions=[by], periods=[of], revisions=revisions)
        counts = found.get((by.pk, of.pk), Counts())
    tabs = read_tabs(mission=by, period=of, revision=revision, counts=counts)
    return {"counts": counts, "tabs": tabs}


def state_of(
    request: PersonRequest, of: ReportingPeriod, by: Mission, revision: ReportRevision | None, *, refused: str
) -> dict[str, Any]:
    """What the report is, what is in the way, and what this person may do with it."""
    rights = rights_of(request.user)
    until = extended_until(mission=by, period=of)
    lock = lock_with(extended_until=until, period=of, revision=revision, today=today_of(by))
    return {
        "strategy": of.strategy,
        "period": of,
        "mission": by,
        "revision": revision,
        "lock": explain_lock(lock, period=of, extended_until=until) if lock and not refused else "",
        "extends": lock in EXTENDABLE and policies.can_extend(request.user),
        "correction": read_correction(request, mission=by, revision=revision),
        "dates": say_dates(period=of, revision=revision, today=today_of(by), extended_until=until),
        "refused": refused,
        "may_enter": lock is None and policies.can_enter(rights, mission=by, revision=revision),
        "may_recall": revision is not None and policies.can_recall(request.user, rights, revision=revision),
        "on_behalf": by.pk not in rights.missions,
        "events": revision.review_events.select_related("actor") if revision else [],
    }
