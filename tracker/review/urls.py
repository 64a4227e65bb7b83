"""Addresses of the officer's desk."""

from django.urls import path

from . import views

urlpatterns = [
    path("review/", views.desk, name="review"),
    path("review/approve/", views.approve_many, name="review-approve-many"),
    path("review/<int:pk>/", views.report, name="review-report"),
    path("review/<int:pk>/approve/", views.approve, name="review-approve"),
    path("review/<int:pk>/return/", views.return_, name="review-return"),
    path("review/<int:pk>/reopen/", views.reopen, name="review-reopen"),
    path("review/<int:pk>/withdraw/", views.withdraw, name="review-withdraw"),
    path("review/<int:pk>/drop/", views.drop, name="review-drop"),
    path("review/<int:pk>/decline/", views.decline, name="review-decline"),
]
