"""Addresses of the imports."""

from django.urls import path

from . import views

urlpatterns = [
    path("imports/", views.imports, name="imports"),
    path("imports/<int:pk>/file/", views.batch_file, name="batch-file"),
]
