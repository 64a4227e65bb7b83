"""Addresses of the pages to read."""

from django.urls import path

from .views import assignments, framework, health, home, indicator

urlpatterns = [
    path("", home.home, name="home"),
    path("framework/", framework.framework, name="framework"),
    path("objectives/<str:code>/", framework.objective, name="objective"),
    path("indicators/<str:code>/", indicator.indicator, name="indicator"),
    path("assignments/", assignments.assignments, name="assignments"),
    path("healthz", health.healthz, name="healthz"),
]
