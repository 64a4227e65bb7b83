"""Addresses of the mission's workspace."""

from django.urls import path

from .views import activities, corrections, evidence, narrative, results, submitting, workbook, workspace

urlpatterns = [
    path("reporting/", workspace.workspace, name="reporting"),
    path("reporting/<str:period>/<str:mission>/", results.report, name="report"),
    path("reporting/<str:period>/<str:mission>/nothing/", submitting.nothing, name="report-nothing"),
    path("reporting/<str:period>/<str:mission>/recall/", submitting.recall, name="report-recall"),
    path("reporting/<str:period>/<str:mission>/ask/", corrections.ask, name="report-ask"),
    path("reporting/<str:period>/<str:mission>/activities/", activities.activities, name="report-activities"),
    path("reporting/<str:period>/<str:mission>/narrative/", narrative.narrative, name="report-narrative"),
    path("reporting/<str:period>/<str:mission>/evidence/", evidence.evidence, name="report-evidence"),
    path(
        "reporting/<str:period>/<str:mission>/evidence/<int:pk>/",
        evidence.evidence_file,
        name="evidence-file",
    ),
    path(
        "reporting/<str:period>/<str:mission>/evidence/<int:pk>/remove/",
        evidence.evidence_remove,
        name="evidence-remove",
    ),
    path("reporting/<str:period>/<str:mission>/workbook/", workbook.workbook, name="report-workbook"),
    path(
        "reporting/<str:period>/<str:mission>/workbook/download/",
        workbook.workbook_file,
        name="report-workbook-file",
    ),
    path("reporting/<str:period>/<str:mission>/workbook/<int:pk>/", workbook.filled, name="report-filled"),
    path(
        "reporting/<str:period>/<str:mission>/workbook/<int:pk>/marked/",
        workbook.filled_marked,
        name="report-filled-marked",
    ),
]
