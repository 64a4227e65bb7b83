"""What the workers do for the figures."""

from celery import shared_task

from tracker.common.jobs.running import Run
from tracker.common.jobs.tasks import job_task

from . import services
from .models import Recount
from .recount.recounting import recount

UNTIL_MORNING = 3 * 60 * 60
"""In seconds: a recount works by night, and may take its time."""


@shared_task(name="analysis.plan_recounts")
def plan_recounts() -> None:
    """Every night, by beat: queue a recount of each strategy."""
    services.plan_recounts()


def recount_figures(run: Run) -> None:
    """Work out all figures of a strategy once more, and keep what was found."""
    asked = Recount.objects.select_related("strategy").get(job_id=run.job_id)
    outcome = recount(
        strategy=asked.strategy,
        progress=lambda done, total: run.progress(stage="recounting", done=done, total=total),
    )
    services.keep_outcome(recount=asked, outcome=outcome, run=run)


recount_job = job_task(name=services.RECOUNT, seconds=UNTIL_MORNING)(recount_figures)
