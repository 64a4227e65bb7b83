"""Signing in by a provider: tied by subject, after an invitation or by oneself, and never by an address."""

import re
from collections.abc import Iterator
from html import unescape

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, expect

from tests.conftest import Cast
from tests.pages import PASSWORD, give_password
from tests.pages import sign_in as sign_in_there
from tests.provider import FakeProvider, provider
from tracker.access.choices import Role
from tracker.access.models import Invitation, User
from tracker.access.services import invite_person, take_back_invitation
from tracker.common.jobs.models import Outbox

pytestmark = pytest.mark.django_db


@pytest.fixture
def fake(settings) -> Iterator[FakeProvider]:
    with provider() as running:
        running.use_in(settings)
        yield running


def go(client: Client, fake: FakeProvider, name: str = "provider", *args: str, **data: str) -> HttpResponse:
    """Press the button that leads to the provider, sign in there, and come back."""
    on = client.post(reverse(name, args=args), data)
    assert on.status_code == 200, on
    [address] = re.findall(r'href="(http://127[^"]+)"', on.content.decode())
    assert on.headers["Refresh"] == f"0; url={unescape(address)}"
    return client.get(fake.sign_in_there(unescape(address)), follow=True)


def who(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def invited(cast: Cast, email: str = "aigul@example.org") -> tuple[User, str]:
    """Somebody who was invited, and the key of their link."""
    person = invite_person(
        email=email,
        name="Aigul",
        role=Role.VIEWER,
        link="https://here/invitation/TOKEN/",
        user=cast.administrator,
    )
    [token] = re.findall(r"^https://here/invitation/(\S+)/$", Outbox.objects.latest("pk").body, re.MULTILINE)
    return person, token


def test_an_invitation_ties_an_account_to_a_subject_by_which_one_signs_in_from_then_on(
    cast: Cast, strategy, fake, client
):
    person, token = invited(cast)
    # What else the provider claims is of no account, not even when it is somebody's address.
    fake.claims = {"email": cast.administrator.email, "email_verified": True, "name": "Somebody else"}
    page = client.get(reverse("invitation", args=[token])).content.decode()
    assert "Continue with Example ID" in page
    answer = go(client, fake, "invitation-provider", token)
    assert answer.redirect_chain[-1][0] == "/"
    assert who(client) == str(person.pk)
    tie = SocialAccount.objects.get()
    assert (tie.user, tie.provider, tie.uid, tie.extra_data) == (person, "oidc", "subject-1", {})
    assert Invitation.objects.get().used_at is not None
    assert "/userinfo" not in fake.asked

    again = Client()
    assert "Continue with Example ID" in again.get(reverse("account_login")).content.decode()
    go(again, fake)
    assert who(again) == str(person.pk)
    # Nothing of what was claimed came into any account.
    person.refresh_from_db()
    assert (person.name, person.email) == ("Aigul", "aigul@example.org")
    assert SocialAccount.objects.get().extra_data == {"id_token": {"sub": "subject-1"}}


def test_the_link_works_once_and_not_for_a_second_subject(cast: Cast, strategy, fake, client):
    _person, token = invited(cast)
    go(client, fake, "invitation-provider", token)
    fake.subject = "subject-2"
    other = Client()
    assert other.post(reverse("invitation-provider", args=[token])).url == reverse("invitation", args=[token])
    assert other.get(reverse("invitation", args=[token])).status_code == 410
    assert SocialAccount.objects.count() == 1


def test_a_link_that_dies_while_one_signs_in_there_ties_nothing(cast: Cast, strategy, fake, client):
    person, token = invited(cast)
    on = client.post(reverse("invitation-provider", args=[token]))
    [address] = re.findall(r'href="(http://127[^"]+)"', on.content.decode())
    take_back_invitation(person=person, user=cast.administrator)
    answer = client.get(fake.sign_in_there(unescape(address)))
    assert answer.status_code == 403
    assert "This invitation no longer works" in answer.content.decode()
    assert who(client) is None
    assert not SocialAccount.objects.exists()


def test_a_subject_is_tied_to_one_person(cast: Cast, strategy, fake, client):
    _first, token = invited(cast)
    go(client, fake, "invitation-provider", token)
    _second, another = invited(cast, "bermet@example.org")
    answer = go(Client(), fake, "invitation-provider", another)
    assert answer.status_code == 403
    assert "tied to another person’s account here already" in answer.content.decode()
    # The link is not used up by that.
    assert Client().get(reverse("invitation", args=[another])).status_code == 200


def test_an_unknown_subject_is_told_whom_to_ask_and_an_equal_address_changes_nothing(
    cast: Cast, strategy, fake, client, settings
):
    settings.CONTACT_EMAIL = "help@tracker.example"
    fake.claims = {"email": cast.officer.email, "email_verified": True}
    people = User.objects.count()
    answer = go(client, fake)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "<h1>You are not known here</h1>" in page
    assert 'href="mailto:help@tracker.example"' in page
    assert who(client) is None
    assert (User.objects.count(), SocialAccount.objects.count()) == (people, 0)


def test_an_account_that_has_ended_stays_shut(cast: Cast, strategy, fake, client):
    SocialAccount.objects.create(user=cast.viewer, provider="oidc", uid="subject-1")
    User.objects.filter(pk=cast.viewer.pk).update(is_active=False)
    assert "<h1>This account has ended</h1>" in go(client, fake).content.decode()
    assert who(client) is None


def test_somebody_who_is_signed_in_ties_and_cuts_on_their_own_page(cast: Cast, strategy, fake, sign_in):
    client = sign_in(cast.viewer)
    assert "Tie your account there" in client.get(reverse("account")).content.decode()
    page = go(client, fake, process="connect").content.decode()
    assert "<h1>Your account</h1>" in page
    assert "You can sign in with your account there from now on." in page
    assert SocialAccount.objects.get().user == cast.viewer
    [mail] = Outbox.objects.filter(to=cast.viewer.email)
    assert "tied to one at another provider" in mail.body

    cut = {"account": str(SocialAccount.objects.get().pk)}
    # Without a password nobody could come in any more.
    kept = client.post(reverse("socialaccount_connections"), cut)
    assert "Choose a password first, then cut the tie." in kept.content.decode()
    assert SocialAccount.objects.exists()
    give_password(cast.viewer)
    client.post(reverse("account_login"), {"login": cast.viewer.email, "password": PASSWORD})
    client.force_login(cast.viewer)
    asked = client.post(reverse("socialaccount_connections"), cut, follow=True)
    assert "<h1>Is it still you?</h1>" in asked.content.decode()
    again = asked.redirect_chain[-1][0]
    done = client.post(
        again, {"password": PASSWORD, "next": reverse("socialaccount_connections")}, follow=True
    )
    assert not SocialAccount.objects.exists()
    assert "The tie is cut" in done.content.decode()


def test_a_subject_of_somebody_elses_is_not_taken_over(cast: Cast, strategy, fake, sign_in):
    SocialAccount.objects.create(user=cast.officer, provider="oidc", uid="subject-1")
    client = sign_in(cast.viewer)
    page = go(client, fake, process="connect").content.decode()
    assert "tied to another person’s account here" in page
    assert SocialAccount.objects.get().user == cast.officer
    assert who(client) == str(cast.viewer.pk)


TENANT = "11111111-2222-3333-4444-555555555555"


@pytest.mark.parametrize(
    "fault",
    ["issuer", "audience", "tenant", "expired", "no subject", "other key", "no signature", "not that server"],
)
def test_a_token_that_is_not_right_signs_nobody_in(cast: Cast, strategy, fake, client, monkeypatch, fault):
    SocialAccount.objects.create(user=cast.viewer, provider="oidc", uid="subject-1")
    match fault:
        case "issuer":
            fake.claims = {"iss": "https://login.example/other"}
        case "audience":
            fake.claims = {"aud": "another client"}
        case "tenant":
            fake.claims = {"tid": TENANT}
        case "expired":
            fake.claims = {"exp": 1_700_000_000}
        case "no subject":
            fake.claims = {"sub": None}
        case "other key":
            fake.signing_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        case "no signature":
            unsigned = jwt.encode(
                {"iss": fake.issuer, "aud": "tracker", "sub": "subject-1", "exp": 4_000_000_000},
                key="",
                algorithm="none",
            )
            monkeypatch.setattr(fake, "token", lambda sent: {"access_token": "x", "id_token": unsigned})
        case "not that server":
            monkeypatch.setattr(
                fake, "discovery", lambda: {**FakeProvider.discovery(fake), "issuer": "https://x"}
            )
            answer = client.post(reverse("provider"))
            assert answer.status_code == 401
            assert "<h1>You are not signed in</h1>" in answer.content.decode()
            return
    answer = go(client, fake)
    assert answer.status_code == 401
    assert "<h1>You are not signed in</h1>" in answer.content.decode()
    assert who(client) is None


def test_the_tenant_of_the_issuer_is_the_right_one(cast: Cast, strategy, fake, client, settings):
    SocialAccount.objects.create(user=cast.viewer, provider="oidc", uid="subject-1")
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    # As with Microsoft, whose issuer ends in the tenant; the discovery still stands where it stood.
    app["settings"]["server_url"] = f"{fake.address}/{TENANT}/v2.0"
    fake.issuer = f"{fake.address}/{TENANT}/v2.0"
    fake.claims = {"tid": TENANT}
    assert go(client, fake).status_code == 200
    assert who(client) == str(cast.viewer.pk)


def test_a_provider_that_is_out_is_said(db, client, settings, fake):
    fake.address = "http://127.0.0.1:9"
    fake.use_in(settings)
    answer = client.post(reverse("provider"))
    assert answer.status_code == 401
    assert "it gave no answer" in answer.content.decode()


def test_whoever_breaks_off_there_is_where_they_were(db, client, fake):
    on = client.post(reverse("provider"))
    [state] = re.findall(r"state=(\w+)", on.content.decode())
    back = reverse("openid_connect_callback", args=["oidc"])
    answer = client.get(back, {"error": "access_denied", "state": state}, follow=True)
    assert "<h1>You did not go on</h1>" in answer.content.decode()


def test_an_answer_that_nobody_asked_for_signs_nobody_in(cast: Cast, strategy, fake, client):
    """A link with somebody else's code: the state is not of this session."""
    SocialAccount.objects.create(user=cast.viewer, provider="oidc", uid="subject-1")
    on = Client().post(reverse("provider"))
    [address] = re.findall(r'href="(http://127[^"]+)"', on.content.decode())
    answer = client.get(fake.sign_in_there(unescape(address)))
    assert answer.status_code == 401
    assert who(client) is None


def test_without_a_provider_there_is_no_such_way(db, client):
    assert "Continue with" not in client.get(reverse("account_login")).content.decode()
    assert client.post(reverse("provider")).status_code == 404
    assert client.get(reverse("openid_connect_callback", args=["oidc"])).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_browser_goes_there_and_comes_back_under_the_content_policy(
    cast: Cast, strategy, fake, live_server, browser: Browser
):
    SocialAccount.objects.create(user=cast.viewer, provider="oidc", uid="subject-1")
    page = browser.new_context().new_page()
    page.goto(live_server.url + reverse("account_login"))
    page.get_by_role("button", name="Continue with Example ID").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    give_password(cast.officer)
    sign_in_there(page, live_server.url, cast.officer)
    expect(page.get_by_text(str(cast.officer))).to_be_visible()
