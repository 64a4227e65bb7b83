"""Addresses of the pages to read."""

from django.urls import path

from .views import (
    activities,
    conventions,
    countries,
    framework,
    funding,
    health,
    home,
    indicator,
    indicators,
    key_figures,
    offices,
    references,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("framework/", framework.framework, name="framework"),
    path("objectives/<str:code>/", framework.objective, name="objective"),
    path("indicators/", indicators.indicators, name="indicators"),
    path("indicators/adopt/", indicators.adopt, name="indicators-adopt"),
    path("indicators/<str:code>/", indicator.indicator, name="indicator"),
    path("countries/", countries.countries, name="countries"),
    path("countries/<str:iso2>/", countries.country, name="country"),
    path("missions/<str:code>/", countries.mission, name="mission"),
    path("offices/", offices.offices, name="offices"),
    path("conventions/", conventions.conventions, name="conventions"),
    path("key-figures/", key_figures.key_figures, name="key-figures"),
    path("references/", references.references, name="references"),
    path("references/<str:framework>/", references.reference, name="reference"),
    path("references/<str:framework>/<str:goal>/", references.goal, name="reference-goal"),
    path("activities/", activities.activities, name="activities"),
    path("activities/new/", activities.new, name="activity-new"),
    path("activities/<str:code>/", activities.activity, name="activity"),
    path("activities/<str:code>/edit/", activities.edit, name="activity-edit"),
    path("funding/", funding.funding, name="funding"),
    path("healthz", health.healthz, name="healthz"),
]
