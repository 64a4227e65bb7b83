"""``/favicon.ico``, which browsers ask for by themselves where no page has told them of another."""

from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

PICTURE = Path(__file__).parents[1] / "static" / "tracker" / "favicon.svg"


@require_safe
@cache_control(public=True, max_age=86_400)
def favicon(request: HttpRequest) -> HttpResponse:
    """The same picture as in the pages; browsers go by its type and not by the name."""
    return HttpResponse(_picture(), content_type="image/svg+xml")


@cache
def _picture() -> bytes:
    return PICTURE.read_bytes()
