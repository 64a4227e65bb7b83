"""Addresses of the imports."""

from django.urls import path

from . import outward_views as outward
from . import views

urlpatterns = [
    path("imports/", views.imports, name="imports"),
    path("imports/<int:pk>/file/", views.batch_file, name="batch-file"),
    path("imports/downloads/", outward.downloads, name="downloads"),
    path("imports/export/all.<slug:suffix>", outward.export_all, name="export-all"),
    path("imports/export/<slug:code>.<slug:suffix>", outward.export_kind, name="export"),
    path("imports/template/<slug:code>.xlsx", outward.template, name="template"),
    path("imports/everything/", outward.everything, name="everything"),
]
