"""The one Django app, and its admin site."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class TrackerConfig(AppConfig):
    name = "tracker"
    verbose_name = _("Strategy results tracker")


class TrackerAdminConfig(AdminConfig):
    default_site = "tracker.access.site.TrackerAdminSite"
