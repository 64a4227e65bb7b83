"""The Celery application: ``celery -A config.celery worker`` and ``celery -A config.celery beat``."""

import os
from pathlib import Path
from typing import Any

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from tracker.common.jobs.filesystem import use_for_filesystem_urls

use_for_filesystem_urls()

app = Celery("tracker")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["tracker.common.jobs", "tracker.reports"])


@app.on_after_configure.connect
def make_broker_folders(sender: Celery, **_signal: Any) -> None:
    """Make the folders of the filesystem broker, which does not make them itself, at its first use."""
    options = sender.conf.broker_transport_options or {}
    for folder in ("data_folder_in", "processed_folder", "control_folder"):
        if path := options.get(folder):
            Path(path).mkdir(parents=True, exist_ok=True)
