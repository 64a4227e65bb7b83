"""Addresses of the mission's workspace."""

from django.urls import path

from . import corrections, part_views, views

urlpatterns = [
    path("reporting/", views.workspace, name="reporting"),
    path("reporting/<str:period>/<str:mission>/", views.report, name="report"),
    path("reporting/<str:period>/<str:mission>/nothing/", views.nothing, name="report-nothing"),
    path("reporting/<str:period>/<str:mission>/recall/", views.recall, name="report-recall"),
    path("reporting/<str:period>/<str:mission>/ask/", corrections.ask, name="report-ask"),
    path("reporting/<str:period>/<str:mission>/activities/", part_views.activities, name="report-activities"),
    path("reporting/<str:period>/<str:mission>/narrative/", part_views.narrative, name="report-narrative"),
    path("reporting/<str:period>/<str:mission>/evidence/", part_views.evidence, name="report-evidence"),
    path(
        "reporting/<str:period>/<str:mission>/evidence/<int:pk>/",
        part_views.evidence_file,
        name="evidence-file",
    ),
    path(
        "reporting/<str:period>/<str:mission>/evidence/<int:pk>/remove/",
        part_views.evidence_remove,
        name="evidence-remove",
    ),
]
