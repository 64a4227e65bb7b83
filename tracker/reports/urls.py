"""Addresses of the periodic reports."""

from django.urls import path

from . import views

urlpatterns = [
    path("reports/", views.editions, name="reports"),
    path("reports/request/", views.request_edition, name="edition-request"),
    path("reports/release/", views.release_many, name="edition-release-many"),
    path("reports/<int:pk>/", views.edition, name="edition"),
    path("reports/<int:pk>/release/", views.release, name="edition-release"),
    path("reports/<int:pk>/retry/", views.retry, name="edition-retry"),
    path("reports/<int:pk>/<str:format>/", views.edition_file, name="edition-file"),
]
