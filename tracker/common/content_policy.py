"""What a page may load and where it may stand, said to the browser with every answer."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

CONTENT_POLICY = "; ".join(
    [
        "default-src 'self'",
        # Small pictures of Bootstrap's own style sheet are data.
        "img-src 'self' data:",
        # Charts place their letters by style attributes, htmx and the Django admin bring a few lines of style.
        # No script stands in a page.
        "style-src 'self' 'unsafe-inline'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)

# For what is only taken away: should a browser show it all the same, it runs nothing, loads nothing and knows no
# cookie.
DOWNLOAD_POLICY = "default-src 'none'; sandbox"


class ContentPolicyMiddleware:
    """Puts the policy on every answer that has none of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
        return response
