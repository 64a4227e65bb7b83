"""Forms of a report whose session has ended, or whose page is older than the sign-in: what was typed is kept for
whose page it was, until they open it again.
"""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure

from tracker.access.requests import wants_part

from . import services

View = Callable[..., HttpResponse]

# The pages with a form, by the name of their address.
PARTS = {
    "report": services.RESULTS,
    "report-activities": services.ACTIVITIES,
    "report-narrative": services.NARRATIVE,
    "report-evidence": services.EVIDENCE,
}


def keeps_typing(part: str) -> Callable[[View], View]:
    """What is sent after the session has ended is kept for whose page it was, until they signed in again."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(request: HttpRequest, period: str, mission: str) -> HttpResponse:
            if request.method != "POST" or request.user.is_authenticated or "page" not in request.POST:
                return view(request, period, mission)
            kept = _keep_for_owner(request, period, mission, part)
            return kept or render(request, "403_csrf.html", status=403)

        return wrapper

    return decorate


def refuse_old_page(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose page is older than the sign-in (CSRF): a report's keeps what was typed."""
    found = request.resolver_match
    kept = None
    if found and found.view_name in PARTS:
        kept = _keep_for_owner(request, **found.kwargs, part=PARTS[found.view_name])
    return kept or csrf_failure(request, reason)


def _keep_for_owner(request: HttpRequest, period: str, mission: str, part: str) -> HttpResponse | None:
    """Keep what was typed for whose page it was, and lead to where it comes back; None where it cannot be."""
    page = services.read_mark(request.POST.get("page", ""), period=period, mission=mission, part=part)
    saves_itself = wants_part(request)
    typing = services.typing_in(request.POST, part)
    if page is None or not services.keep_typing(page=page, typing=typing, is_row=saves_itself):
        return None
    if saves_itself and part == services.RESULTS:
        # Its script tells the person, and holds on to what it sent.
        return HttpResponse(status=401)
    if saves_itself:
        # The page stands as it is; its line of state says how to go on.
        to_sign_in = redirect_to_login(request.get_full_path()).url
        is_signed_in = request.user.is_authenticated
        leads_to = request.get_full_path() if is_signed_in else to_sign_in
        return render(request, "reporting/ended.html", {"leads_to": leads_to, "is_signed_in": is_signed_in})
    if not request.user.is_authenticated:
        if part == services.EVIDENCE:
            said = _(
                "Your session had ended, so nothing was saved. Sign in again, and what you wrote is back in the "
                "form; a file has to be chosen again."
            )
        else:
            said = _(
                "Your session had ended, so nothing was saved. Sign in again, and what you typed is back in the "
                "form."
            )
        messages.info(request, said)
    elif request.user.pk != page.person:
        messages.warning(
            request,
            _(
                "That page was somebody else’s, so nothing was saved. What was typed on it is kept for them "
                "until they sign in."
            ),
        )
        return redirect("home")
    return redirect(request.get_full_path())
