"""Every write of periodic reports: what a schedule owes, what a job has made, what an officer releases."""

import hashlib
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.access.models import User
from tracker.common.errors import NotAllowed, Refused, Stale
from tracker.common.jobs.running import Run
from tracker.common.jobs.services import enqueue_many, requeue
from tracker.progress.models import IndicatorAssignment, ReportingPeriod, ReportRevision
from tracker.region.models import Mission

from . import policies
from .choices import EditionFormat, EditionKind
from .figures import EditionFigures
from .models import Edition, EditionFile, ReportSchedule
from .rules import PeriodState, due_moments, is_owed

MAKE_EDITION = "reports.make_edition"

# Held while what is owed is counted and written, so that two beats or two ticks do not count it twice; the
# unique constraint on editions stands behind it.
_PLANNING_LOCK = 7_310_001


# -- What is owed -------------------------------------------------------------------------------------
@transaction.atomic
def set_schedule(*, kind: str, days_after_close: int, is_on: bool = True, user: User) -> ReportSchedule:
    """Say whether this kind of edition is made by itself, and how long after a window closed.

    Switched on, it owes what falls due from now on; what fell due before, or while it was off, stays unmade. A
    schedule that is on already keeps the moment it was switched on, so that it goes on owing what it owes.
    """
    if not policies.can_schedule(user):
        raise NotAllowed(_("Only officers and administrators set the schedules of reports."))
    # Of two people who switch it on at once, the second finds the first one's row.
    schedule, _made = ReportSchedule.objects.select_for_update().get_or_create(
        kind=kind,
        defaults={"days_after_close": days_after_close, "is_on": is_on, "switched_on_at": timezone.now()},
    )
    if is_on and not schedule.is_on:
        schedule.switched_on_at = timezone.now()
    schedule.is_on, schedule.days_after_close = is_on, days_after_close
    schedule.save()
    return schedule


@transaction.atomic
def plan_due_editions(*, now: datetime | None = None) -> int:
    """Queue every edition that the schedules owe and that is not there yet; return how many."""
    now = now or timezone.now()
    schedules = list(ReportSchedule.objects.filter(is_on=True))
    if not schedules:
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_PLANNING_LOCK])
    periods = list(
        ReportingPeriod.objects.of_current_strategy()
        .ended(on=timezone.localdate(now))
        .select_related("strategy")
        .order_by("number")
    )
    missions = missions_due(periods)
    states = period_states(periods, missions)
    present = set(
        Edition.objects.filter(schedule__in=schedules).values_list("schedule_id", "period_id", "mission_id")
    )
    zone = timezone.get_default_timezone()
    owed = [
        Edition(kind=schedule.kind, schedule=schedule, period=period, mission_id=mission)
        for schedule in schedules
        for period in periods
        if is_owed(
            due_moments(states[period.pk], days_after_close=schedule.days_after_close, zone=zone),
            switched_on_at=schedule.switched_on_at,
            now=now,
        )
        for mission in (
            [None] if schedule.kind == EditionKind.REGIONAL_QUARTERLY else sorted(missions[period.pk])
        )
        if (schedule.pk, period.pk, mission) not in present
    ]
    _queue(owed)
    return len(owed)


def _queue(editions: list[Edition]) -> None:
    jobs = enqueue_many(task=MAKE_EDITION, number=len(editions)) if editions else []
    for edition, job in zip(editions, jobs, strict=True):
        edition.job = job
    Edition.objects.bulk_create(editions)


def missions_due(periods: list[ReportingPeriod]) -> dict[int, set[int]]:
    """Which missions owe a report in each of these periods: ids by period id."""
    owing: dict[int, set[int]] = {period.pk: set() for period in periods}
    for mission, period in IndicatorAssignment.objects.count_due(periods):
        owing[period].add(mission)
    return owing


def period_states(periods: list[ReportingPeriod], owing: dict[int, set[int]]) -> dict[int, PeriodState]:
    """How far each period is. A report counts where its mission owes one."""
    approved: dict[int, dict[int, datetime]] = {period.pk: {} for period in periods}
    rows = (
        ReportRevision.objects.approved()
        .filter(report__period__in=periods)
        .values_list("report__period_id", "report__mission_id")
        .annotate(first=Min("approved_at"))
    )
    for period, mission, first in rows:
        if mission in owing[period]:
            approved[period][mission] = first
    return {
        period.pk: PeriodState(
            closes_on=period.closes_on,
            missions_due=len(owing[period.pk]),
            approved=len(approved[period.pk]),
            last_approved_at=max(approved[period.pk].values(), default=None),
        )
        for period in periods
    }


@transaction.atomic
def request_edition(
    *, kind: str, period: ReportingPeriod, mission: Mission | None, user: User | None
) -> Edition:
    """Have an edition made now, out of turn (``user`` None: from the shell).

    What a person asked for and is not made yet is not asked for twice: they get that one.
    """
    if user is not None and not policies.can_request(user):
        raise NotAllowed(_("Only officers and administrators have reports made out of turn."))
    if (kind == EditionKind.REGIONAL_QUARTERLY) != (mission is None):
        raise Refused(_("A mission report names its mission; a regional report names none."))
    if user is not None:
        # Against a double click: the second waits here until the first is queued, and then finds it.
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        asked = Edition.objects.under_way().filter(
            kind=kind, period=period, mission=mission, requested_by=user, schedule__isnull=True
        )
        if (earlier := asked.first()) is not None:
            return earlier
    edition = Edition(kind=kind, period=period, mission=mission, requested_by=user)
    _queue([edition])
    return edition


@transaction.atomic
def retry_edition(*, edition: Edition, user: User) -> None:
    """Have an edition made after all, whose making failed: the same one, so that a schedule owes it no more.
    Who asked for it, and when, stands on it; who did before is in its history.
    """
    if not policies.can_request(user):
        raise NotAllowed(_("Only officers and administrators have a report made again."))
    # Of two who press the button at once, one finds it queued already.
    if not requeue(job_ids=[edition.job_id]):
        if Edition.objects.under_way().filter(pk=edition.pk, requested_by=user).exists():
            # The button was pressed twice.
            return
        raise Stale(_("This report is made already, or about to be. Nothing was changed."))
    Edition.objects.filter(pk=edition.pk).update(requested_by=user, requested_at=timezone.now())


# -- What is made -------------------------------------------------------------------------------------
@dataclass(frozen=True)
class MadeFile:
    """A rendered file, before it is kept."""

    format: EditionFormat
    is_draft: bool
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def keep_edition(*, run: Run, edition: Edition, figures: EditionFigures, files: Iterable[MadeFile]) -> None:
    """Store the files and the snapshot of an edition, once: in the transaction that ends its job.

    Files are written before and named by their content. An attempt that was killed while it wrote, or has
    been overtaken and writes late, leaves a file that no row points to, and harms none that one does.
    """
    rows = [
        EditionFile(
            edition=edition,
            format=made.format,
            is_draft=made.is_draft,
            file=_store(edition, made),
            sha256=made.sha256,
            size=len(made.content),
        )
        for made in files
    ]
    with run.commit():
        EditionFile.objects.bulk_create(rows)
        Edition.objects.filter(pk=edition.pk).update(
            snapshot=json.loads(figures.to_json()), digest=figures.digest(), made_at=timezone.now()
        )


def _store(edition: Edition, made: MadeFile) -> str:
    """Keep a file and return its name. Never deletes or overwrites one: a row may point to it."""
    mark = "draft" if made.is_draft else "final"
    name = f"editions/{edition.pk}/{mark}-{made.sha256[:16]}.{made.format}"
    if default_storage.exists(name):
        with default_storage.open(name) as stored:
            if hashlib.sha256(stored.read()).hexdigest() == made.sha256:
                return name
    # Where the name is taken, by a file that is half-written or being written, the storage adds to it.
    return default_storage.save(name, ContentFile(made.content))


# -- What is released ---------------------------------------------------------------------------------
@transaction.atomic
def release_editions(*, editions: Collection[Edition], user: User) -> int:
    """Let editions leave the house, all or none: from now on their files carry no mark and everyone may read
    them. Two statements, however many; returns how many. Those that this person has released already are
    released once.
    """
    if not policies.can_release(user):
        raise NotAllowed(_("Only a regional M&E officer releases a report."))
    ids = {edition.pk for edition in editions}
    # Of two officers who release at once, the second waits here and then finds what the first released.
    found = list(
        Edition.objects.filter(pk__in=ids)
        .select_for_update(of=("self",), no_key=True)
        .select_related("period", "mission")
        .order_by("pk")
    )
    if all(edition.released_by_id == user.pk for edition in found):
        return len(found)
    if others := [edition for edition in found if not edition.is_releasable]:
        raise Stale(
            _("Nothing was released. Not made yet, or released already: %(editions)s.")
            % {"editions": "; ".join(str(edition) for edition in others)}
        )
    return Edition.objects.filter(pk__in=ids).update(released_at=timezone.now(), released_by=user)
