"""The Django admin, opened by membership and not by Django's own flags."""

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class TrackerAdminSite(AdminSite):
    site_header = _("Administration")
    site_title = _("Administration")
    index_title = _("Data of the tracker")
    login_template = None

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active
