"""The page of an invitation: whoever follows the link chooses how to sign in."""

from allauth.account.utils import perform_login
from allauth.socialaccount.providers.base.constants import AuthProcess
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tracker.common.errors import Refused

from ..forms import SetPassword
from ..services import accept_by_password, find_invitation
from ..wording import say_roles
from .provider import go_to_provider


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a password, which signs in at once, or go on with the provider."""
    try:
        found = find_invitation(token=token)
        form = SetPassword(data=request.POST if request.method == "POST" else None, user=found.user)
        if request.method == "POST" and form.is_valid():
            person = accept_by_password(token=token, password=form.cleaned_data["password1"])
            return perform_login(request, person)
    except Refused as refusal:
        return render(request, "account/invitation_dead.html", {"refusal": refusal}, status=410)
    return render(
        request,
        "account/invitation.html",
        {
            "invitation": found,
            "token": token,
            "form": form,
            "memberships": say_roles(
                found.user.memberships.select_related("mission", "stand_in").order_by("pk")
            ),
            "provider": settings.OIDC_NAME,
        },
    )


@require_POST
def invitation_by_provider(request: HttpRequest, token: str) -> HttpResponse:
    """Go on with the provider; the invitation is used when it has answered."""
    try:
        find_invitation(token=token)
    except Refused:
        return redirect("invitation", token)
    return go_to_provider(request, process=AuthProcess.LOGIN, data={"invitation": token})
