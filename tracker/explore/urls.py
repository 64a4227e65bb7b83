"""Addresses of the pages to read."""

from django.urls import path

from .views import activities, framework, funding, health, home, indicator

urlpatterns = [
    path("", home.home, name="home"),
    path("framework/", framework.framework, name="framework"),
    path("objectives/<str:code>/", framework.objective, name="objective"),
    path("indicators/<str:code>/", indicator.indicator, name="indicator"),
    path("activities/", activities.activities, name="activities"),
    path("activities/new/", activities.new, name="activity-new"),
    path("activities/<str:code>/", activities.activity, name="activity"),
    path("activities/<str:code>/edit/", activities.edit, name="activity-edit"),
    path("funding/", funding.funding, name="funding"),
    path("healthz", health.healthz, name="healthz"),
]
