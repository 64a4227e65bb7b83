"""What the environment makes of the settings, and what every answer says to the browser."""

import json
import logging
import os
import re
import runpy
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as current
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse
from playwright.sync_api import ConsoleMessage, expect

from config import settings as project
from tests import stage
from tests.pages import give_password, sign_in
from tracker.common.content_policy import CONTENT_POLICY
from tracker.common.jobs.models import Job
from tracker.explore.views import health
from tracker.progress.models import Target
from tracker.reports.models import Edition

PRODUCTION = {
    "DATABASE_URL": "postgres://tracker@localhost/tracker",
    "SECRET_KEY": "a long random string for the tests, which nobody signs with",
    "ALLOWED_HOSTS": "tracker.example.org, .example.net",
}


def in_production(*names: str, **environment: str) -> list[object]:
    """The values of these settings (None where one is not set) in a process with this environment."""
    code = f"import json; from config import settings as s; print(json.dumps([getattr(s, n, None) for n in {names}]))"
    kept = {k: v for k, v in os.environ.items() if k not in {"BEHIND_PROXY", "CELERY_BROKER_URL"}}
    answer = subprocess.run(
        [sys.executable, "-c", code],
        cwd=current.BASE_DIR, env={**kept, **PRODUCTION, **environment}, capture_output=True, check=True,
    )  # fmt: skip
    return json.loads(answer.stdout)


# -- Production ---------------------------------------------------------------------------------------
def test_a_proxys_word_on_https_is_believed_only_where_there_is_a_proxy():
    assert in_production("SECURE_PROXY_SSL_HEADER", "SECURE_SSL_REDIRECT") == [None, True]
    assert in_production("SECURE_PROXY_SSL_HEADER", BEHIND_PROXY="1") == [
        ["HTTP_X_FORWARDED_PROTO", "https"],
    ]  # fmt: skip


def test_visitors_are_told_apart_behind_a_proxy_that_names_them():
    """Otherwise ten wrong passwords a minute of anybody would lock everybody out."""
    assert in_production("ALLAUTH_TRUSTED_PROXY_COUNT") == [0]
    assert in_production("ALLAUTH_TRUSTED_PROXY_COUNT", BEHIND_PROXY="1") == [1]


def test_forms_are_trusted_from_the_allowed_hosts_and_from_those_below_a_leading_dot():
    assert in_production("ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS") == [
        ["tracker.example.org", ".example.net"],
        ["https://tracker.example.org", "https://example.net", "https://*.example.net"],
    ]
    assert project._trusted_origins(["*"]) == []


OIDC = {
    "OIDC_NAME": "Microsoft",
    "OIDC_SERVER_URL": "https://login.example/11111111-2222/v2.0/",
    "OIDC_CLIENT_ID": "an id",
    "OIDC_CLIENT_SECRET": "a secret",
}


def read_settings(monkeypatch, **environment: str) -> dict[str, Any]:
    """What the settings are in this environment, in production."""
    for name, value in {**PRODUCTION, **environment}.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(Path(current.BASE_DIR, "config", "settings.py")))


def test_a_provider_of_sign_ins_is_set_by_the_environment_with_one_scope_and_pkce(monkeypatch):
    assert read_settings(monkeypatch)["SOCIALACCOUNT_PROVIDERS"] == {"openid_connect": {"APPS": []}}
    [app] = read_settings(monkeypatch, **OIDC)["SOCIALACCOUNT_PROVIDERS"]["openid_connect"]["APPS"]
    assert app == {
        "provider_id": "oidc",
        "name": "Microsoft",
        "client_id": "an id",
        "secret": "a secret",
        "settings": {
            "server_url": "https://login.example/11111111-2222/v2.0",
            "scope": ["openid"],
            "oauth_pkce_enabled": True,
        },
    }


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"OIDC_CLIENT_SECRET": ""}, "Set OIDC_CLIENT_SECRET too, or none of"),
        ({"OIDC_NAME": "", "OIDC_SERVER_URL": ""}, "Set OIDC_NAME, OIDC_SERVER_URL too"),
        ({"OIDC_SERVER_URL": "http://login.example/x"}, "OIDC_SERVER_URL must begin with https://"),
        ({"OIDC_SERVER_URL": "https://login.example/common/v2.0"}, "must name one tenant"),
        ({"OIDC_SERVER_URL": "https://login.example/organizations/v2.0"}, "must name one tenant"),
    ],
)
def test_a_provider_that_is_set_by_half_or_too_wide_is_refused(monkeypatch, change, sentence):
    with pytest.raises(ImproperlyConfigured, match=sentence):
        read_settings(monkeypatch, **{**OIDC, **change})


def test_links_in_mails_lead_to_the_first_host_unless_told_otherwise():
    assert in_production("SITE_URL") == ["https://tracker.example.org"]
    assert in_production("SITE_URL", ALLOWED_HOSTS=".example.net") == ["https://example.net"]
    assert in_production("SITE_URL", SITE_URL="https://results.example.org/") == [
        "https://results.example.org"
    ]
    with pytest.raises(subprocess.CalledProcessError) as refused:
        in_production("SITE_URL", ALLOWED_HOSTS="*")
    assert b"Set SITE_URL: the address of the tracker" in refused.value.stderr


def test_the_hour_of_the_daily_mail_is_an_hour():
    assert in_production("DIGEST_HOUR") == [7]
    assert in_production("DIGEST_HOUR", DIGEST_HOUR="18") == [18]
    with pytest.raises(subprocess.CalledProcessError) as refused:
        in_production("DIGEST_HOUR", DIGEST_HOUR="24")
    assert b"DIGEST_HOUR is 24: give an hour of the day, 0 to 23" in refused.value.stderr


def test_a_worker_in_production_says_that_its_messages_are_files(settings, caplog):
    from config.celery import warn_of_files_as_broker

    said = []
    for production, url in (
        (True, "filesystem://"),
        (True, "redis://localhost"),
        (False, "filesystem://"),
    ):
        settings.PRODUCTION, settings.CELERY_BROKER_URL = production, url
        caplog.clear()
        with caplog.at_level(logging.WARNING):
            warn_of_files_as_broker()
        said.append("Messages go through files" in caplog.text)
    assert said == [True, False, False]


# -- The demonstration's key --------------------------------------------------------------------------
def test_processes_that_start_at_once_sign_with_the_same_key(tmp_path, monkeypatch):
    for round_number in range(20):
        var = tmp_path / str(round_number)
        monkeypatch.setattr(project, "VAR_DIR", var)
        together, keys = threading.Barrier(8), []

        def start(together=together, keys=keys) -> None:
            together.wait()
            keys.append(project._demonstration_key())

        threads = [threading.Thread(target=start) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(keys) == 8
        assert len(set(keys)) == 1
        assert len(keys[0]) > 50
        assert [path.name for path in var.iterdir()] == ["secret_key"]
        assert (var / "secret_key").stat().st_mode & 0o777 == 0o600


def test_an_empty_key_is_refused_with_what_to_do(tmp_path, monkeypatch):
    (tmp_path / "secret_key").touch()
    monkeypatch.setattr(project, "VAR_DIR", tmp_path)
    with pytest.raises(ImproperlyConfigured, match="secret_key is empty"):
        project._demonstration_key()


# -- Words --------------------------------------------------------------------------------------------
def test_exactly_the_languages_that_have_a_catalogue_are_offered():
    catalogues = {
        path.parent.parent.name
        for folder in current.LOCALE_PATHS
        for path in Path(folder).glob("*/LC_MESSAGES/django.po")
    }
    offered = {code.replace("-", "_") for code, _name in current.LANGUAGES}
    # The words in the code are English.
    assert offered - {"en_gb"} == catalogues - {"en_gb"}


def test_a_browser_that_asks_for_a_language_without_a_catalogue_is_told_that_the_page_is_english(client, db):
    page = client.get(reverse("account_login"), headers={"Accept-Language": "ka"}).content.decode()
    assert '<html lang="en-gb">' in page


def test_a_fault_on_our_side_is_told_in_a_page_that_needs_nothing(client, db, monkeypatch):
    def fail() -> bool:
        raise RuntimeError("a fault that nobody foresaw")

    monkeypatch.setattr(health, "database_answers", fail)
    client.raise_request_exception = False
    response = client.get("/healthz")
    page = response.content.decode()
    assert response.status_code == 500
    assert "Something went wrong on our side" in page
    assert '<html lang="en-gb">' in page
    assert "foresaw" not in page
    assert re.findall(r"{[{%]", page) == []
    assert response.headers["Content-Security-Policy"] == CONTENT_POLICY


def test_the_shared_cache_keeps_five_thousand_entries():
    assert cache._max_entries == 5_000


# -- What a page may load -----------------------------------------------------------------------------
@pytest.mark.django_db
def test_every_answer_says_what_a_page_may_load(strategy, cast, client: Client):
    client.force_login(cast.administrator)
    for address in ("/", "/admin/", "/reports/", "/nowhere/"):
        policy = client.get(address).headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "script-src" not in policy  # as everything: from here, and none that stands in a page


@pytest.mark.django_db(transaction=True)
def test_no_page_asks_for_what_the_policy_forbids(
    strategy, missions, cast, open_period, browser, live_server
):
    """With charts, with htmx at work, and in the admin: the browser itself says what it did not load."""
    give_password(cast.administrator)
    indicator = stage.make_indicator()
    stage.assign(indicator, missions["KG"])
    Target.objects.create(indicator=indicator, mission=missions["KG"], due_on="2020-12-31", value=400)
    stage.approve(missions["KG"], "2020-Q4", {indicator: 300}, reporter=cast.reporter, officer=cast.officer)
    edition = Edition.objects.create(
        kind="regional_quarterly", period=open_period, job=Job.objects.create(task="reports.make_edition")
    )
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            complaints.append(f"{page.url}: {message.text}")

    page = browser.new_page()
    page.on("console", note)
    sign_in(page, live_server.url, cast.administrator)
    addresses = [
        "/",
        "/framework/",
        f"/indicators/{indicator.code}/",
        "/objectives/SP1-O1/",
        "/imports/",
    ]
    addresses += ["/admin/", f"/admin/tracker/indicator/{indicator.pk}/change/", "/admin/tracker/indicator/"]
    for address in addresses:
        assert page.goto(live_server.url + address).status == 200
    page.goto(f"{live_server.url}/reports/{edition.pk}/")
    Job.objects.update(status="running", stage="writing")
    # Nobody reloads: htmx looks again by itself, every three seconds.
    expect(page.get_by_role("status")).to_contain_text("drawing and writing", timeout=10_000)
    assert complaints == []
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('img'), {src: 'http://elsewhere.example/'}))"
    )
    page.wait_for_timeout(200)
    assert len(complaints) == 1  # it does complain
    page.close()
