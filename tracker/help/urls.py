"""Addresses of the guides."""

from django.urls import path

from . import views

urlpatterns = [
    path("help/", views.guides, name="help"),
    # Before the guides: none is called so.
    path("help/beside/<str:page>/", views.beside, name="help-beside"),
    path("help/<slug:code>/", views.guide, name="help-guide"),
]
