"""The one Django app, its admin site, and which static files are collected."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.utils.translation import gettext_lazy as _


class TrackerConfig(AppConfig):
    name = "tracker"
    verbose_name = _("Strategy results tracker")


class TrackerAdminConfig(AdminConfig):
    default_site = "tracker.access.site.TrackerAdminSite"


class CollectedFilesConfig(StaticFilesConfig):
    """Without what libraries bring and no page asks for: every start of the demonstration would compress it anew."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "*.rtl.*",
        *(
            "bootstrap.css*",
            "bootstrap-grid.*",
            "bootstrap-reboot.*",
            "bootstrap-utilities.*",
            "js/bootstrap.*",
        ),
        *("htmax-*", "htmx-4.*", "htmx-2.js", "django_htmx/ext/*"),
    ]
