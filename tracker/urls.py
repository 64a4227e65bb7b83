"""The tracker's addresses, capability by capability."""

from django.urls import include, path

urlpatterns = [
    path("", include("tracker.explore.urls")),
    path("", include("tracker.reporting.urls")),
    path("", include("tracker.review.urls")),
    path("", include("tracker.imports.urls")),
    path("", include("tracker.reports.urls")),
    path("", include("tracker.notices.urls")),
    path("", include("tracker.help.urls")),
]
