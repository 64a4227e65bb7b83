"""What the workers do for periodic reports."""

from celery import shared_task

from tracker.common.jobs.running import Run
from tracker.common.jobs.tasks import job_task

from . import services
from .gathering import gather_figures
from .models import Edition
from .rendering import render_files


@shared_task(name="reports.plan_due_editions")
def plan_due_editions() -> None:
    """Every few seconds, by beat: queue what the schedules owe."""
    services.plan_due_editions()


def make_files(run: Run) -> None:
    """Gather, draw, write, keep."""
    edition = Edition.objects.select_related("period__strategy", "mission").get(job_id=run.job_id)
    run.progress(stage="gathering", done=0, total=3)
    figures = gather_figures(edition)
    run.progress(stage="writing", done=1)
    files = render_files(figures)
    run.progress(stage="keeping", done=2)
    services.keep_edition(run=run, edition=edition, figures=figures, files=files)


make_edition = job_task(name=services.MAKE_EDITION)(make_files)
