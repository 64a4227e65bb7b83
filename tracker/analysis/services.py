"""Every write of the figures' own: that a recount is asked for, and what it found."""

from django.db import transaction
from django.db.models.functions import Now

from tracker.common.jobs.running import Run
from tracker.common.jobs.services import enqueue_many
from tracker.framework.models import Strategy

from .models import Recount
from .recount.findings import find_words
from .recount.recounting import Outcome

RECOUNT = "analysis.recount"

_ATTEMPTS = 2


@transaction.atomic
def plan_recounts() -> int:
    """Queue a recount of every strategy that has periods; return how many."""
    strategies = list(Strategy.objects.filter(periods__isnull=False).distinct())
    jobs = enqueue_many(task=RECOUNT, number=len(strategies), max_attempts=_ATTEMPTS)
    Recount.objects.bulk_create(
        Recount(strategy=strategy, job=job) for strategy, job in zip(strategies, jobs, strict=True)
    )
    return len(strategies)


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
