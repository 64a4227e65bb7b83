"""Addresses of the mission's workspace."""

from django.urls import path

from . import corrections, views

urlpatterns = [
    path("reporting/", views.workspace, name="reporting"),
    path("reporting/<str:period>/<str:mission>/", views.report, name="report"),
    path("reporting/<str:period>/<str:mission>/nothing/", views.nothing, name="report-nothing"),
    path("reporting/<str:period>/<str:mission>/recall/", views.recall, name="report-recall"),
    path("reporting/<str:period>/<str:mission>/ask/", corrections.ask, name="report-ask"),
]
