"""To the provider and back."""

import logging
from typing import Any

from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException

from ..adapters.provider import PROVIDER, SignedTokens

log = logging.getLogger(__name__)


@require_POST
def continue_with_provider(request: HttpRequest) -> HttpResponse:
    """Sign in by the provider, or (``process`` is ``connect``) tie one's own account to the one there."""
    process = AuthProcess.CONNECT if request.POST.get("process") == "connect" else AuthProcess.LOGIN
    if process == AuthProcess.CONNECT and not request.user.is_authenticated:
        return redirect("account_login")
    return go_to_provider(request, process=process, next_url=get_next_redirect_url(request))


def go_to_provider(request: HttpRequest, *, process: str, **state: Any) -> HttpResponse:
    """A page that leads on to the provider by itself.

    Not a redirect: the content policy lets forms go nowhere else, and an organization's provider may hand people on to
    further hosts that nobody could name beforehand.
    """
    try:
        provider = get_adapter().get_provider(request, provider=PROVIDER)
        provider.oauth2_adapter_class = (
            SignedTokens  # which refuses a server that is not the one of the settings
        )
        answer = provider.redirect(request, process, **state)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    except (OAuth2Error, RequestException, ValueError) as error:
        log.exception("The provider of sign-ins could not be asked.")
        return render_authentication_error(request, provider, exception=error)
    if not isinstance(answer, HttpResponseRedirect):
        return answer
    page = render(request, "socialaccount/going.html", {"provider": provider.name, "address": answer.url})
    page.headers["Refresh"] = f"0; url={answer.url}"
    return page


@require_safe
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """The provider sends people here with its answer."""
    try:
        return OAuth2CallbackView.adapter_view(SignedTokens(request, provider_id))(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
