"""What the workers do for reports."""

from celery import shared_task

from .services.telling import tell_of_deadlines as tell


@shared_task(name="progress.tell_of_deadlines")
def tell_of_deadlines() -> None:
    """Every hour, by beat: tell missions of windows that have opened and of days that are near or over."""
    tell()
