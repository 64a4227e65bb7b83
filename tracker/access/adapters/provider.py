"""Sign-in by a provider that speaks OpenID Connect, one for the installation, set by the environment.

Who somebody is says the subject of a signed token alone. Names and addresses that a provider claims are not asked
for, not read and not kept; an account is tied to a subject by its invitation, or by its owner who is signed in.
"""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.common.errors import Refused

from ..services import accept_by_provider

PROVIDER = "oidc"
_TENANT = "tid"


class SignedTokens(OpenIDConnectOAuth2Adapter):
    """Takes the subject from an ID token whose signature, issuer, audience, days and tenant are right."""

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the server says of itself; it must be the one of the settings, and not one of all its tenants."""
        config: dict[str, Any] = super().openid_config
        expected = self.get_provider().app.settings["server_url"].partition("/.well-known/")[0].rstrip("/")
        if str(config.get("issuer", "")).rstrip("/") != expected:
            raise OAuth2Error(f"The issuer is {config.get('issuer')!r} and not {expected!r}.")
        return config

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        signed = kwargs["response"].get("id_token")
        if not signed:
            raise OAuth2Error("There is no ID token.")
        try:
            claims = jwtkit.verify_and_decode(
                credential=signed,
                keys_url=self.openid_config["jwks_uri"],
                issuer=self.openid_config["issuer"],
                audience=app.client_id,
                lookup_kid=jwtkit.lookup_kid_jwk,
            )
        except (KeyError, TypeError, ValueError) as error:  # no key is named, or none of that kind
            raise OAuth2Error("The ID token is not signed as it should be.") from error
        # Microsoft's issuers end in the tenant; a token that names another one is not of this server.
        tenant = claims.get(_TENANT)
        if tenant is not None and str(tenant) not in self.openid_config["issuer"].split("/"):
            raise OAuth2Error("The tenant is another.")
        if not claims.get("sub"):
            raise OAuth2Error("There is no subject.")
        return self.get_provider().sociallogin_from_response(request, {"id_token": {"sub": claims["sub"]}})


class TiedAccounts(DefaultSocialAccountAdapter):
    """Lets in whom an account is tied to, and nobody else."""

    @property
    def error_messages(self) -> dict[str, Any]:
        return {
            **DefaultSocialAccountAdapter.error_messages,
            "no_password": _("You could not sign in any more. Choose a password first, then cut the tie."),
            "connected_other": _("Your account there is tied to another person’s account here."),
        }

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def authenticate_by_email(self, login: SocialLogin) -> None:
        """Never: whoever a provider says has an address is not thereby the one who has it here."""

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        return reverse("account")

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """The provider has answered. Whoever follows an invitation is tied to it now; an unknown subject ends here."""
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            return
        token = (sociallogin.state.get("data") or {}).get("invitation")
        if token:
            account = sociallogin.account
            try:
                tied = accept_by_provider(token=token, provider=account.provider, subject=account.uid)
            except Refused as refusal:
                raise ImmediateHttpResponse(_refuse(request, sociallogin, refusal)) from refusal
            sociallogin.account, sociallogin.user = tied, tied.user
        elif not sociallogin.is_existing:
            raise ImmediateHttpResponse(_refuse(request, sociallogin))


def _refuse(request: HttpRequest, sociallogin: SocialLogin, refusal: Refused | None = None) -> HttpResponse:
    """Said with whom to ask; nobody is signed in."""
    context = {"provider": sociallogin.provider.name, "refusal": refusal}
    return render(request, "socialaccount/unknown.html", context, status=403)
