"""Addresses of notices."""

from django.urls import path

from . import views

urlpatterns = [
    path("notices/", views.list_notices, name="notices"),
    path("notices/read/", views.mark_all_read, name="notices-read"),
    path("notices/<int:pk>/", views.open_notice, name="notice"),
    path("account/notices/", views.edit_preferences, name="notice-preferences"),
]
