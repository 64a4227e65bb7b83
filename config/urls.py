"""The project's addresses: sign-in, the admin, and the tracker."""

from django.contrib import admin
from django.urls import include, path

from tracker.common.favicon import favicon

urlpatterns = [
    path("favicon.ico", favicon, name="favicon"),
    path("", include("tracker.access.urls")),
    path("admin/", admin.site.urls),
    path("", include("tracker.urls")),
]

# Says what is near a code that is not known.
handler404 = "tracker.explore.views.missing.show_not_found"
