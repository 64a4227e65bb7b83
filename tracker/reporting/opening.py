"""The report that a page is about, and what all of its pages say of it above their tabs."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from tracker.access.policies import rights_of
from tracker.access.requests import PersonRequest
from tracker.progress import policies
from tracker.progress.models import ReportingPeriod, ReportRevision
from tracker.progress.services.completeness import count_results
from tracker.progress.services.locks import lock_on, today_of
from tracker.progress.wording import say_counts, say_dates, say_lock
from tracker.region.models import Mission

from .parts import read_tabs
from .workspace import latest_revisions


def find_report(
    request: PersonRequest, period: str, mission: str
) -> tuple[ReportingPeriod, Mission, ReportRevision | None]:
    """The report of these codes, or 404: another mission's report does not exist for a stranger."""
    of = get_object_or_404(
        ReportingPeriod.objects.of_current_strategy().select_related("strategy"), code=period
    )
    by = get_object_or_404(Mission, code=mission)
    revision = latest_revisions(missions=[by], periods=[of]).get((by.pk, of.pk))
    if revision is not None:
        revision.report.period, revision.report.mission = of, by
    if not policies.can_read_report(rights_of(request.user), mission=by, revision=revision):
        raise Http404
    return of, by, revision


def head_of(
    request: PersonRequest, of: ReportingPeriod, by: Mission, revision: ReportRevision | None, *, refused: str
) -> dict[str, Any]:
    """What ``reporting/head.html`` and ``reporting/tabs.html`` show, for a page beside the results. ``refused`` says
    why nothing was saved, and then the lock is not said twice.
    """
    rights = rights_of(request.user)
    lock = lock_on(mission=by, period=of, revision=revision)
    revisions = {(by.pk, of.pk): revision} if revision else {}
    counts = count_results(missions=[by], periods=[of], revisions=revisions).get((by.pk, of.pk))
    return {
        "period": of,
        "mission": by,
        "revision": revision,
        "counted": say_counts(counts) if counts else "",
        "tabs": read_tabs(mission=by, period=of, revision=revision, counts=counts),
        "lock": say_lock(lock, period=of) if lock and not refused else "",
        "dates": say_dates(period=of, revision=revision, today=today_of(by)),
        "refused": refused,
        "may_enter": lock is None and policies.can_enter(rights, mission=by, revision=revision),
        "may_recall": revision is not None and policies.can_recall(request.user, rights, revision=revision),
        "on_behalf": by.pk not in rights.missions,
        "events": revision.review_events.select_related("actor") if revision else [],
    }
