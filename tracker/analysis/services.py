"""Every write of the figures' own: that a recount is asked for, and what it found."""

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now

from tracker.common.jobs.choices import JobStatus
from tracker.common.jobs.running import Run
from tracker.common.jobs.services import enqueue_many
from tracker.framework.models import Strategy
from tracker.progress.models import ReportingPeriod

from .models import Recount
from .recount.findings import find_words
from .recount.recounting import Outcome

RECOUNT = "analysis.recount"
GOING = (JobStatus.QUEUED, JobStatus.RUNNING)

_ATTEMPTS = 2


@transaction.atomic
def plan_recounts() -> int:
    """Queue a recount of every strategy that has periods and none queued or at work; return how many."""
    # Of two who ask at once, the second waits here and then finds the first one's.
    has_periods = Exists(ReportingPeriod.objects.filter(strategy=OuterRef("pk")))
    strategies = list(Strategy.objects.filter(has_periods).order_by("pk").select_for_update(no_key=True))
    going = set(
        Recount.objects.filter(ended_at=None, job__status__in=GOING).values_list("strategy_id", flat=True)
    )
    wanted = [strategy for strategy in strategies if strategy.pk not in going]
    jobs = enqueue_many(task=RECOUNT, number=len(wanted), max_attempts=_ATTEMPTS)
    Recount.objects.bulk_create(
        Recount(strategy=strategy, job=job) for strategy, job in zip(wanted, jobs, strict=True)
    )
    return len(wanted)


def keep_outcome(*, recount: Recount, outcome: Outcome, run: Run | None = None) -> None:
    """Write down what a recount found; that of a job together with its end."""
    recount.periods = len(outcome.periods)
    recount.figures = outcome.figures
    recount.differences = outcome.differences
    recount.altered = outcome.altered.total
    recount.findings = find_words(outcome).as_json()
    recount.ended_at = Now()
    if run is None:
        recount.save()
        return
    with run.commit():
        recount.save()
