"""Second factors: an app, recovery codes, passkeys; wrong codes; and where the installation asks for one."""

import base64
import hmac
import re
import struct
import time
from datetime import date
from html import unescape

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from tests import stage
from tests.conftest import Cast
from tests.pages import PASSWORD, give_password
from tests.provider import provider
from tests.test_accessibility import WIDTHS, look
from tracker.access.adapters import SecondFactors
from tracker.access.models import User
from tracker.access.services import remove_second_factor
from tracker.common.errors import Refused
from tracker.common.jobs.models import Outbox

pytestmark = pytest.mark.django_db


def code_of(secret: str, *, steps: int = 0) -> str:
    """What an app with this key shows now, or so many half minutes later; worked out anew, by RFC 6238."""
    counter = int(time.time()) // 30 + steps
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", counter), "sha1").digest()
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def sign_in(client: Client, person: User, password: str = PASSWORD) -> str:
    """The page that follows on the password."""
    answer = client.post(reverse("account_login"), {"login": person.email, "password": password}, follow=True)
    return answer.content.decode()


def set_up_app(client: Client) -> str:
    """Set up an app as a person does; its key."""
    page = client.get(reverse("mfa_activate_totp"), follow=True).content.decode()
    if "Is it still you?" in page:
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        page = client.get(reverse("mfa_activate_totp")).content.decode()
    [secret] = re.findall(r'<code class="secret">(\w+)</code>', page)
    assert "<svg" in page  # drawn in the page: nothing is loaded
    assert "data:" not in page
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)}, follow=True)
    assert "<h1>Recovery codes</h1>" in answer.content.decode()
    return secret


@pytest.fixture
def person(cast: Cast, strategy) -> User:
    give_password(cast.viewer)
    return cast.viewer


def test_an_app_is_set_up_and_asked_for_at_the_next_sign_in(
    person, client, django_capture_on_commit_callbacks
):
    sign_in(client, person)
    with django_capture_on_commit_callbacks(execute=True):
        secret = set_up_app(client)
    [mail] = Outbox.objects.filter(to=person.email)
    assert "An authenticator app was added to your account." in mail.body
    # Kept encrypted.
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert kept != secret
    assert SecondFactors().decrypt(kept) == secret

    other = Client()
    assert "<h1>Now your second factor</h1>" in sign_in(other, person)
    assert "_auth_user_id" not in other.session
    assert other.get("/framework/").status_code == 302
    wrong = other.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Wait for the next code" in wrong.content.decode()
    # Not the code by which it was set up, which may have been read: the one after it.
    right = other.post(reverse("mfa_authenticate"), {"code": code_of(secret, steps=1)}, follow=True)
    assert right.redirect_chain[-1][0] == "/"
    assert other.session["_auth_user_id"] == str(person.pk)
    again = Client()
    sign_in(again, person)
    used = again.post(reverse("mfa_authenticate"), {"code": code_of(secret, steps=1)})
    assert "was used already" in used.content.decode()


def test_a_recovery_code_stands_in_for_the_app_once(person, client):
    sign_in(client, person)
    set_up_app(client)
    page = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    codes = re.findall(r"<li><code>(\d+)</code></li>", page)
    assert len(codes) == 10
    assert "10 of 10 are left." in " ".join(page.split())
    file = client.get(reverse("mfa_download_recovery_codes"))
    assert file.headers["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
    assert re.findall(r"^\d+$", file.content.decode(), re.MULTILINE) == codes
    for first in (True, False):
        other = Client()
        sign_in(other, person)
        other.post(reverse("mfa_authenticate"), {"code": codes[0]})
        assert ("_auth_user_id" in other.session) == first
    assert "9 of 10 are left." in " ".join(
        client.get(reverse("mfa_view_recovery_codes")).content.decode().split()
    )
    client.post(reverse("mfa_generate_recovery_codes"))
    other = Client()
    sign_in(other, person)
    other.post(reverse("mfa_authenticate"), {"code": codes[1]})
    assert "_auth_user_id" not in other.session


def test_five_wrong_codes_lock_the_second_factor_and_a_right_one_does_not_open_it(person, client):
    sign_in(client, person)
    secret = set_up_app(client)
    other = Client()
    sign_in(other, person)
    for _ in range(5):
        other.post(reverse("mfa_authenticate"), {"code": "000000"})
    page = other.post(reverse("mfa_authenticate"), {"code": code_of(secret, steps=1)}).content.decode()
    assert "Too many wrong codes. Try again in 5 minutes." in page
    # Nor from another browser.
    third = Client(REMOTE_ADDR="10.0.0.9")
    sign_in(third, person)
    third.post(reverse("mfa_authenticate"), {"code": code_of(secret, steps=1)})
    assert "_auth_user_id" not in third.session


def test_the_app_is_removed_after_saying_that_it_is_still_oneself(person, client):
    sign_in(client, person)
    set_up_app(client)
    client = Client()
    client.force_login(person)  # a session in which no password was typed
    asked = client.get(reverse("mfa_deactivate_totp"), follow=True)
    assert "<h1>Is it still you?</h1>" in asked.content.decode()
    to = {"password": PASSWORD, "next": reverse("mfa_deactivate_totp")}
    assert (
        "not your password"
        in client.post(reverse("account_reauthenticate"), {**to, "password": "wrong"}).content.decode()
    )
    page = client.post(reverse("account_reauthenticate"), to, follow=True).content.decode()
    assert "<h1>Remove the authenticator app?</h1>" in page
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.exists()  # the recovery codes went with it
    assert "Second factor" not in sign_in(Client(), person)


def test_a_key_kept_under_another_secret_fits_no_code_and_breaks_no_page(person, client, settings):
    sign_in(client, person)
    secret = set_up_app(client)
    settings.SECRET_KEY = "another one"
    other = Client()
    sign_in(other, person)
    answer = other.post(reverse("mfa_authenticate"), {"code": code_of(secret, steps=1)})
    assert answer.status_code == 200
    assert "_auth_user_id" not in other.session


def test_an_administrator_removes_the_factor_of_a_lost_phone_and_not_their_own(cast: Cast, person, client):
    sign_in(client, person)
    set_up_app(client)
    admin = Client()
    admin.force_login(cast.administrator)
    page = admin.get(reverse("person", args=[person.pk])).content.decode()
    assert "Remove the second factor (phone lost)" in page
    admin.post(reverse("person-second-factor", args=[person.pk]))
    assert not Authenticator.objects.exists()
    assert client.get("/framework/").status_code == 302  # whoever has the phone is out
    assert "Second factor" not in sign_in(Client(), person)
    with pytest.raises(Refused, match="on “Your account”"):
        remove_second_factor(person=cast.administrator, user=cast.administrator)


# -- Where the installation asks for one --------------------------------------------------------------
@pytest.mark.parametrize(
    ("part", "led"),
    [("officer", True), ("head", True), ("administrator", True), ("viewer", False), ("reporter", False)],
)
def test_who_reviews_or_administers_is_led_to_a_second_factor_where_that_is_asked_for(
    cast: Cast, strategy, settings, part, led
):
    person = getattr(cast, part)
    give_password(person)
    client = Client()
    client.force_login(person)
    assert client.get("/framework/").status_code == 200  # off unless set
    settings.SECOND_FACTOR_REQUIRED = True
    answer = client.get("/framework/")
    if not led:
        assert answer.status_code == 200
        return
    assert (answer.status_code, answer.url) == (302, reverse("mfa_index"))
    assert client.post("/people/invite/", {}).status_code == 302
    assert "Your role needs a second factor here." in client.get(answer.url).content.decode()
    assert client.get(reverse("account")).status_code == 200
    set_up_app(client)
    assert client.get("/framework/").status_code == 200


def test_a_stand_in_needs_one_too_and_who_comes_by_the_provider_does_not(cast: Cast, strategy, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    today = {"stand_in_from": date.today(), "stand_in_to": date.today()}
    cast.officer.memberships.update(stand_in=cast.viewer, **today)
    client = Client()
    client.force_login(cast.viewer)
    assert client.get("/framework/").status_code == 302
    SocialAccount.objects.create(user=cast.viewer, provider="oidc", uid="subject-1")
    with provider() as fake:
        fake.use_in(settings)
        on = client.post(reverse("provider")).content.decode()
        [address] = re.findall(r'href="(http://127[^"]+)"', on)
        client.get(fake.sign_in_there(unescape(address)))
    assert client.get("/framework/").status_code == 200


# -- In a browser -------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_a_passkey_signs_somebody_in_without_a_password_on_any_screen(live_server, browser: Browser):
    """The whole way, with a key that the browser plays: each page looked at."""
    cache.clear()
    person = stage.make_person("somebody")
    give_password(person)
    found: list[str] = []
    for width in WIDTHS:
        Authenticator.objects.all().delete()
        page = browser.new_context(viewport={"width": width, "height": 900}).new_page()
        plug_key_in(page)
        page.goto(live_server.url + reverse("account_login"))
        page.get_by_label("E-mail address").fill(person.email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("link", name=str(person)).click()
        found += look(page, width, "account")
        page.get_by_role("link", name="Set one up").click()
        found += look(page, width, "factors")
        page.get_by_role("link", name="Set up an app").click()
        page.get_by_label("Password").fill(PASSWORD)
        found += look(page, width, "still you")
        page.get_by_role("button", name="Go on").click()
        page.get_by_text("No camera?").click()
        found += look(page, width, "app")
        page.goto(live_server.url + reverse("mfa_add_webauthn"))
        found += look(page, width, "add a passkey")
        page.get_by_label("What you call it").fill("My laptop")
        page.get_by_role("button", name="Go on").click()
        expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
        found += look(page, width, "codes")
        page.goto(live_server.url + reverse("mfa_index"))
        expect(page.get_by_text("My laptop", exact=True).first).to_be_visible()
        found += look(page, width, "factors with a passkey")
        page.get_by_role("button", name="Sign out").click()

        page.get_by_role("button", name="Use a passkey instead").click()
        expect(page.get_by_role("button", name="Sign out")).to_be_visible()
        page.get_by_role("button", name="Sign out").click()
        # And after the password, as a second factor.
        page.get_by_label("E-mail address").fill(person.email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        found += look(page, width, "second factor asked")
        page.get_by_role("button", name="Use a passkey").click()
        expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    assert found == []


def plug_key_in(page: Page) -> None:
    """A key that says yes to everything, as Chromium plays it for tests."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def test_passkeys_are_not_offered_where_browsers_make_none(person, client):
    """By number and without HTTPS, as in a demonstration."""
    page = client.get(reverse("account_login"), headers={"host": "127.0.0.1:8000"}).content.decode()
    assert "passkey" not in page
    client.force_login(person)
    said = client.get(reverse("mfa_index"), headers={"host": "127.0.0.1:8000"}).content.decode()
    assert "Browsers make passkeys only where the tracker has a name" in said
    assert totp.validate_totp_code("GEZDGNBVGY3TQOJQ", code_of("GEZDGNBVGY3TQOJQ"))
