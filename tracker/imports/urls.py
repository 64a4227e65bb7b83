"""Addresses of the imports."""

from django.urls import path

from .views import batches, files, lists, outward, undoing, uploads

urlpatterns = [
    path("imports/", lists.imports, name="imports"),
    path("imports/new/<slug:code>/", uploads.new, name="import-new"),
    path("imports/<int:pk>/", batches.batch, name="import-batch"),
    path("imports/<int:pk>/check/", batches.read_again, name="import-check"),
    path("imports/<int:pk>/cancel/", batches.cancel, name="import-cancel"),
    path("imports/<int:pk>/save/", batches.save, name="import-save"),
    path("imports/<int:pk>/save-good-rows/", batches.save_good, name="import-save-good"),
    path("imports/<int:pk>/undo/", undoing.undo, name="import-undo"),
    path("imports/<int:pk>/undo/changed-since.csv", undoing.conflicts, name="import-conflicts"),
    path("imports/<int:pk>/file/", files.batch_file, name="batch-file"),
    path("imports/<int:pk>/marked/", files.marked_file, name="import-marked"),
    path("imports/<int:pk>/rows.<slug:format>", files.lines, name="import-lines"),
    path("imports/downloads/", outward.downloads, name="downloads"),
    path("imports/export/all.<slug:suffix>", outward.export_all, name="export-all"),
    path("imports/export/<slug:code>.<slug:suffix>", outward.export_kind, name="export"),
    path("imports/template/<slug:code>.xlsx", outward.template, name="template"),
    path("imports/everything/", outward.everything, name="everything"),
]
