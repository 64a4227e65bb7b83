"""Addresses of the pages to read."""

from django.urls import path

from .views import checks, framework, health, home, indicator, search

urlpatterns = [
    path("", home.home, name="home"),
    path("framework/", framework.framework, name="framework"),
    path("objectives/<str:code>/", framework.objective, name="objective"),
    path("indicators/<str:code>/", indicator.indicator, name="indicator"),
    path("checks/", checks.checks, name="checks"),
    path("search/", search.search_page, name="search"),
    path("healthz", health.healthz, name="healthz"),
]
