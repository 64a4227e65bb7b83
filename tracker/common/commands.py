"""The base of every management command that writes: history knows which command it was."""

from typing import Any

import pghistory
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Runs ``handle`` inside one history context naming the command."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        with pghistory.context(command=type(self).__module__.rsplit(".", 1)[-1]):
            return super().execute(*args, **options)
