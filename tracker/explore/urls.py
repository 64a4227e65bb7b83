"""Addresses of the pages to read."""

from django.urls import path

from .views import assignments, framework, health, home, indicator, indicator_form, plans

urlpatterns = [
    path("", home.home, name="home"),
    path("framework/", framework.framework, name="framework"),
    path("objectives/<str:code>/", framework.objective, name="objective"),
    path("indicators/new/", indicator_form.indicator_new, name="indicator-new"),
    path("indicators/<str:code>/edit/", indicator_form.indicator_edit, name="indicator-edit"),
    path("indicators/<str:code>/baselines/new/", plans.baseline_new, name="baseline-new"),
    path("indicators/<str:code>/targets/new/", plans.target_new, name="target-new"),
    path("indicators/<str:code>/", indicator.indicator, name="indicator"),
    path("assignments/", assignments.assignments, name="assignments"),
    path("baselines/<int:pk>/", plans.baseline, name="baseline"),
    path("baselines/<int:pk>/withdraw/", plans.baseline_withdraw, name="baseline-withdraw"),
    path("targets/<int:pk>/", plans.target, name="target"),
    path("targets/<int:pk>/withdraw/", plans.target_withdraw, name="target-withdraw"),
    path("healthz", health.healthz, name="healthz"),
]
