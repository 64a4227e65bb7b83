"""“Your account”: what somebody signs in with."""

from typing import Any

from allauth.mfa.base.views import IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.views import ConnectionsView
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils import timezone
from django.views.decorators.http import require_safe

from ..policies import needs_second_factor
from ..requests import PersonRequest
from ..wording import say_roles


@require_safe
@login_required
def account(request: PersonRequest) -> HttpResponse:
    """The page to which one's name in the top bar leads."""
    kinds = list(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    factors = [each for each in kinds if each != Authenticator.Type.RECOVERY_CODES]
    return render(
        request,
        "account/account.html",
        {
            "has_app": Authenticator.Type.TOTP in factors,
            "passkeys": factors.count(Authenticator.Type.WEBAUTHN),
            "has_factor": bool(factors),
            "needs_factor": needs_second_factor(request.user),
            "provider": settings.OIDC_NAME,
            "ties": SocialAccount.objects.filter(user=request.user).order_by("pk"),
            "memberships": say_roles(
                request.user.memberships.in_force(on=timezone.localdate())
                .select_related("mission", "stand_in")
                .order_by("pk")
            ),
        },
    )


class TiesView(ConnectionsView):
    """Cuts the tie to the provider's account; the ties themselves stand on “Your account”."""

    success_url = reverse_lazy("account")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        ties = SocialAccount.objects.filter(user=self.request.user).order_by("pk")
        return super().get_context_data(**kwargs, ties=ties, provider=settings.OIDC_NAME)


class RemovePasskeyView(RemoveWebAuthnView):
    """Back to the second factor, where the others stand."""

    success_url = reverse_lazy("mfa_index")


class FactorsView(IndexView):
    """One's second factors; says where one is needed."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, needs_factor=needs_second_factor(self.request.user))
