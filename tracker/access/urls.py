"""Sign-in, second factors, one's own account; invitations; people and their roles.

Of allauth's addresses these and no others: nobody makes an account or changes an address here. Their names are
allauth's own, which its pages and mails refer to.
"""

from allauth.account import views as allauth
from allauth.socialaccount import views as socialaccount
from django.urls import include, path, re_path

from .views import account, invitations, people, provider
from .views.passwords import AskForPasswordView, ChoosePasswordView, MailSentView

_sign_in = [
    path("login/", allauth.login, name="account_login"),
    path("logout/", allauth.logout, name="account_logout"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    # Says that accounts are given, not made: the adapter keeps it closed.
    path("signup/", allauth.signup, name="account_signup"),
    path("reauthenticate/", allauth.reauthenticate, name="account_reauthenticate"),
    path("password/change/", allauth.password_change, name="account_change_password"),
    path("password/set/", allauth.password_set, name="account_set_password"),
    path("password/reset/", AskForPasswordView.as_view(), name="account_reset_password"),
    path("password/reset/done/", MailSentView.as_view(), name="account_reset_password_done"),
    # The key has a hyphen of its own: the person's number ends at the first one.
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        ChoosePasswordView.as_view(),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    # Before allauth's own, of which one says less and the other leads to another page.
    path("second-factor/", account.FactorsView.as_view(), name="mfa_index"),
    path(
        "second-factor/webauthn/keys/<int:pk>/remove/",
        account.RemovePasskeyView.as_view(),
        name="mfa_remove_webauthn",
    ),
    path("second-factor/", include("allauth.mfa.urls")),
    path("provider/", provider.continue_with_provider, name="provider"),
    path("provider/tie/", account.TiesView.as_view(), name="socialaccount_connections"),
    path("provider/cancelled/", socialaccount.login_cancelled, name="socialaccount_login_cancelled"),
    path("<slug:provider_id>/callback/", provider.come_back, name="openid_connect_callback"),
]

urlpatterns = [
    path("account/", account.account, name="account"),
    path("accounts/", include(_sign_in)),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("invitation/<str:token>/provider/", invitations.invitation_by_provider, name="invitation-provider"),
    path("people/", people.people, name="people"),
    path("people/invite/", people.invite, name="people-invite"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/invite/", people.invite_once_more, name="person-invite"),
    path("people/<int:pk>/take-back/", people.take_back, name="person-take-back"),
    path("people/<int:pk>/second-factor/", people.remove_factor, name="person-second-factor"),
    path("people/<int:pk>/leaves/", people.leaving, name="person-leaves"),
    path("people/roles/<int:pk>/", people.membership, name="membership"),
]
