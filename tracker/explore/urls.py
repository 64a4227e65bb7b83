"""Addresses of the pages to read."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("framework/", views.framework, name="framework"),
    path("objectives/<str:code>/", views.objective, name="objective"),
    path("indicators/<str:code>/", views.indicator, name="indicator"),
    path("healthz", views.healthz, name="healthz"),
]
