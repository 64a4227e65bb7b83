"""Sign-in and passwords, and nothing else of allauth's: nobody makes an account or changes an address here.

The names are allauth's own, which its pages and mails refer to.
"""

from allauth.account import views
from django.urls import path, re_path

from .views import AskForPasswordView, ChoosePasswordView, MailSentView

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    # Says that accounts are given, not made: the adapter keeps it closed.
    path("signup/", views.signup, name="account_signup"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/set/", views.password_set, name="account_set_password"),
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
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
