"""The Celery application: ``celery -A config.celery worker`` and ``celery -A config.celery beat``."""

import logging
import os
from pathlib import Path
from typing import Any

from celery import Celery
from celery.signals import worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from tracker.common.jobs.filesystem import use_for_filesystem_urls

use_for_filesystem_urls()

log = logging.getLogger(__name__)

# By name: tasks need the models, which are not there yet.
app = Celery("tracker", task_cls="tracker.common.jobs.tasks:HistoryTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(
    [
        "tracker.common.jobs",
        "tracker.notices",
        "tracker.progress",
        "tracker.analysis",
        "tracker.imports",
        "tracker.reports",
    ]
)


@app.on_after_configure.connect
def make_broker_folders(sender: Celery, **_signal: Any) -> None:
    """Make the folders of the filesystem broker, which does not make them itself, at its first use."""
    options = sender.conf.broker_transport_options or {}
    for folder in ("data_folder_in", "processed_folder", "control_folder"):
        if path := options.get(folder):
            Path(path).mkdir(parents=True, exist_ok=True)


@worker_ready.connect
def warn_of_files_as_broker(**_signal: Any) -> None:
    """Say once, as a worker starts, that production leaves its messages to files on one machine's disk."""
    from django.conf import settings

    if settings.PRODUCTION and settings.CELERY_BROKER_URL == "filesystem://":
        log.warning(
            "Messages go through files under %s. That holds while web, workers and beat run on this one "
            "machine; otherwise set CELERY_BROKER_URL to a redis:// or amqp:// address.",
            settings.VAR_DIR,
        )
