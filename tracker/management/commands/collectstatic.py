"""Django's command, without what libraries bring and no page asks for: every start of the demonstration would
compress it anew.
"""

from typing import Any

from django.contrib.staticfiles.management.commands import collectstatic

UNUSED = (
    *("bootstrap.css*", "bootstrap-grid.*", "bootstrap-reboot.*", "bootstrap-utilities.*", "js/bootstrap.*"),
    *("*.rtl.*", "htmax-*", "htmx-4.*", "htmx-2.js", "django_htmx/ext/*"),
)
"""Patterns of names, or of paths in the folder that a library keeps them in."""


class Command(collectstatic.Command):
    def set_options(self, **options: Any) -> None:
        super().set_options(**options)
        self.ignore_patterns: list[str] = [*self.ignore_patterns, *UNUSED]
