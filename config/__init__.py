"""The project's configuration. Importing it makes its Celery application the one that messages go through."""

from .celery import app as celery_app

__all__ = ["celery_app"]
