"""Addresses of the pages to read."""

from django.urls import path

from .views import framework, health, home, indicator, indicators, references

urlpatterns = [
    path("", home.home, name="home"),
    path("framework/", framework.framework, name="framework"),
    path("objectives/<str:code>/", framework.objective, name="objective"),
    path("indicators/", indicators.indicators, name="indicators"),
    path("indicators/adopt/", indicators.adopt, name="indicators-adopt"),
    path("indicators/<str:code>/", indicator.indicator, name="indicator"),
    path("references/", references.references, name="references"),
    path("references/<str:framework>/", references.reference, name="reference"),
    path("references/<str:framework>/<str:goal>/", references.goal, name="reference-goal"),
    path("healthz", health.healthz, name="healthz"),
]
