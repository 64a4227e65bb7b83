"""The project's addresses: sign-in, the admin, and the tracker."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("accounts/", include("tracker.access.urls")),
    path("admin/", admin.site.urls),
    path("", include("tracker.urls")),
]
