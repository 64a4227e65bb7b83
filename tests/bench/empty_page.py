"""The project's addresses with one more: a page of the same layout that has nothing on it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from config.urls import handler404, urlpatterns

__all__ = ["handler404", "urlpatterns"]


@login_required
def empty(request: HttpRequest) -> HttpResponse:
    template = engines["django"].from_string("{% extends 'base.html' %}")
    return HttpResponse(template.render({}, request))


urlpatterns = [*urlpatterns, path("empty/", empty)]
