"""What the workers do for notices."""

from celery import shared_task

from . import services


@shared_task(name="notices.send_digests")
def send_digests() -> None:
    """Every few minutes, by beat: write the daily mails that are due."""
    services.send_digests()
