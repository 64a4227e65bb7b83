"""Every address as every role: who gets in (200 or a redirect after a step), who may not (403), and for whom
it does not exist (404). An address that is missing from the table fails the test.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

import pgtrigger
import pytest
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests import stage
from tests.batches.fixtures import kept_files  # noqa: F401
from tests.conftest import Cast
from tests.pages import MOST_QUERIES, questions_of
from tests.scenery import scenery
from tracker.access.choices import Role
from tracker.access.models import Membership, User
from tracker.access.services import invite_person
from tracker.batches.models import ImportBatch
from tracker.common.jobs.models import Job, Outbox
from tracker.framework.models import Indicator
from tracker.help.reading import read_guide
from tracker.notices.models import Notice
from tracker.progress.choices import RevisionStatus
from tracker.progress.models import Baseline, Evidence, FilledWorkbook, ReportingPeriod, Target
from tracker.progress.rules import Amount, Entry
from tracker.progress.services import corrections, extensions, reports, results
from tracker.progress.services.results import Typed
from tracker.reports.models import Edition

pytestmark = pytest.mark.django_db

ROLES = ("anonymous", "nobody", "viewer", "reporter", "stranger", "officer", "head", "administrator")
SIGN_IN = 302


@dataclass(frozen=True)
class Door:
    """An address: how it is asked for, and the answer for each role, in the order of ROLES."""

    name: str
    args: tuple[str, ...]
    answers: tuple[int, ...]
    method: str = "get"
    data: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.method} {self.name} {' '.join(self.args)}".strip()


def door(name: str, /, *args: str, to: str, method: str = "get", **data: Any) -> Door:
    return Door(name, args, tuple(int(code) for code in to.split()), method, data)


# anonymous, nobody, viewer, reporter (of KG), stranger (of TJ), officer, head, administrator
DOORS = [
    # Everyone's own sign-in and password, and nothing more: no address is changed by the person.
    door("account_login", to="200 302 302 302 302 302 302 302"),
    door("account_logout", to="302 200 200 200 200 200 200 200"),
    door("account_signup", to="200 302 302 302 302 302 302 302"),
    door("account_inactive", to="200 200 200 200 200 200 200 200"),
    # The cast has no passwords yet: they are led to set one.
    door("account_change_password", to="302 302 302 302 302 302 302 302"),
    door("account_set_password", to="302 200 200 200 200 200 200 200"),
    door("account_reset_password", to="200 200 200 200 200 200 200 200"),
    door("account_reset_password_done", to="200 200 200 200 200 200 200 200"),
    door("account_reset_password_from_key", "1", "bad-key", to="200 200 200 200 200 200 200 200"),
    door("account_reset_password_from_key_done", to="200 200 200 200 200 200 200 200"),
    door("account_reauthenticate", to="302 403 403 403 403 403 403 403"),
    # What one signs in with: each their own, and no key of anybody else's.
    door("account", to="302 200 200 200 200 200 200 200"),
    door("mfa_index", to="302 200 200 200 200 200 200 200"),
    door("mfa_authenticate", to="302 302 302 302 302 302 302 302"),
    door("mfa_reauthenticate", to="302 403 403 403 403 403 403 403"),
    door("mfa_activate_totp", to="302 200 200 200 200 200 200 200"),
    door("mfa_deactivate_totp", to="302 404 404 404 404 404 404 404"),
    door("mfa_view_recovery_codes", to="302 404 404 404 404 404 404 404"),
    door("mfa_generate_recovery_codes", to="302 200 200 200 200 200 200 200"),
    door("mfa_download_recovery_codes", to="302 404 404 404 404 404 404 404"),
    door("mfa_list_webauthn", to="302 200 200 200 200 200 200 200"),
    door("mfa_add_webauthn", to="302 200 200 200 200 200 200 200"),
    door("mfa_reauthenticate_webauthn", to="302 403 403 403 403 403 403 403"),
    door("mfa_edit_webauthn", "PASSKEY", to="302 404 404 404 404 404 404 404"),
    door("mfa_remove_webauthn", "PASSKEY", to="302 404 404 404 404 404 404 404"),
    door("mfa_remove_webauthn", "PASSKEY", to="302 404 404 404 404 404 404 404", method="post"),
    door("mfa_login_webauthn", to="302 302 302 302 302 302 302 302"),
    # No provider is set here: there is none to go to. With one: tests/access/test_provider.py.
    door("provider", to="405 405 405 405 405 405 405 405"),
    door("provider", to="404 404 404 404 404 404 404 404", method="post"),
    door("provider", to="302 404 404 404 404 404 404 404", method="post", process="connect"),
    door("openid_connect_callback", "oidc", to="404 404 404 404 404 404 404 404"),
    door("socialaccount_connections", to="302 200 200 200 200 200 200 200"),
    door("socialaccount_login_cancelled", to="200 200 200 200 200 200 200 200"),
    # Whoever has the link of an invitation; administrators look after people.
    door("invitation", "TOKEN", to="200 200 200 200 200 200 200 200"),
    door("invitation", "nonsense", to="410 410 410 410 410 410 410 410"),
    door("invitation", "TOKEN", to="200 200 200 200 200 200 200 200", method="post", password1="x"),
    door("invitation-provider", "TOKEN", to="404 404 404 404 404 404 404 404", method="post"),
    door("people", to="302 403 403 403 403 403 403 200"),
    door("people", to="302 403 403 403 403 403 403 200", role="officer", standing="signed_in", q="x"),
    door("people-invite", to="302 403 403 403 403 403 403 200"),
    door("people-invite", to="302 403 403 403 403 403 403 422", method="post"),
    door("person", "OFFICER", to="302 403 403 403 403 403 403 200"),
    door("person", "OFFICER", to="302 403 403 403 403 403 403 302", method="post", role="viewer"),
    door("person", "0", to="302 403 403 403 403 403 403 404"),
    door("person-invite", "OFFICER", to="302 403 403 403 403 403 403 302", method="post"),
    door("person-take-back", "OFFICER", to="302 403 403 403 403 403 403 302", method="post"),
    door("person-second-factor", "OFFICER", to="302 403 403 403 403 403 403 302", method="post"),
    door("person-leaves", "OFFICER", to="302 403 403 403 403 403 403 200"),
    door("person-leaves", "OFFICER", to="302 403 403 403 403 403 403 422", method="post"),
    door(
        "person-leaves",
        "OFFICER",
        to="302 403 403 403 403 403 403 302",
        method="post",
        name="An officer",
        sure="on",
    ),
    door("membership", "MEMBERSHIP", to="302 403 403 403 403 403 403 200"),
    door("membership", "MEMBERSHIP", to="302 403 403 403 403 403 403 302", method="post"),
    door("favicon", to="200 200 200 200 200 200 200 200"),
    # The guides are open to all: who cannot sign in needs help too.
    door("help", to="200 200 200 200 200 200 200 200"),
    door("help-guide", "administrator", to="200 200 200 200 200 200 200 200"),
    door("help-guide", "settings", to="404 404 404 404 404 404 404 404"),
    door("help-beside", "report", to="200 200 200 200 200 200 200 200"),
    door("help-beside", "nothing", to="404 404 404 404 404 404 404 404"),
    door("home", to="302 200 200 200 200 200 200 200"),
    # Each sees their own notices, whatever their role; the one here is the reporter's.
    door("notices", to="302 200 200 200 200 200 200 200"),
    door("notices-read", to="302 302 302 302 302 302 302 302", method="post", up_to="1"),
    door("notice", "NOTICE", to="302 404 404 302 404 404 404 404"),
    door("notice-preferences", to="302 200 200 200 200 200 200 200"),
    door("notice-preferences", to="302 200 200 422 422 422 422 200", method="post"),
    door("healthz", to="200 200 200 200 200 200 200 200"),
    door("framework", to="302 403 200 200 200 200 200 200"),
    door("objective", "SP1-O1", to="302 403 200 200 200 200 200 200"),
    door("indicator", "SP1-O1-I1", to="302 403 200 200 200 200 200 200"),
    door("indicators", to="302 403 200 200 200 200 200 200"),
    door("indicators-adopt", to="302 403 403 403 403 302 302 302", method="post", indicator="SP1-O1-I1"),
    door("references", to="302 403 200 200 200 200 200 200"),
    door("reference", "SDG", to="302 403 200 200 200 200 200 200"),
    door("reference", "NONE", to="302 403 404 404 404 404 404 404"),
    door("reference-goal", "SDG", "10.7", to="302 403 200 200 200 200 200 200"),
    door("search", to="302 403 200 200 200 200 200 200"),
    door("search", to="302 403 200 200 200 200 200 200", q="SP1-O1"),
    door("checks", to="302 403 403 403 403 200 200 200"),
    door("recounts", to="302 403 403 403 403 200 200 200"),
    # Officers and administrators set windows and add periods; more time for one mission is the officers' to grant.
    door("periods", to="302 403 403 403 403 200 200 200"),
    door("periods-add", to="302 403 403 403 403 200 200 200"),
    door("periods-add", to="302 403 403 403 403 302 302 302", method="post", period="2025-Q1"),
    door("period", "2024-Q4", to="302 403 403 403 403 200 200 200"),
    door("period", "2024-Q4", to="302 403 403 403 403 422 422 422", method="post"),
    door("period", "2031-Q4", to="302 403 403 403 403 404 404 404"),
    door("extension", "2024-Q4", "KG", to="302 403 403 403 403 200 200 403"),
    door("extension", "2024-Q4", "KG", to="302 403 403 403 403 422 422 403", method="post"),
    door(
        "extension",
        "2024-Q3",
        "KG",
        to="302 403 403 403 403 302 302 403",
        method="post",
        until=str(date.today() + timedelta(days=9)),
        reason="Why?",
    ),
    door(
        "extension-withdraw",
        "2024-Q3",
        "TJ",
        to="302 403 403 403 403 302 302 403",
        method="post",
        extension="EXTENSION",
    ),
    door("extension-withdraw", "2024-Q3", "TJ", to="302 403 403 403 403 404 404 403", method="post"),
    door("countries", to="302 403 200 200 200 200 200 200"),
    door("country", "KG", to="302 403 200 200 200 200 200 200"),
    door("mission", "ROV", to="302 403 200 200 200 200 200 200"),
    door("mission", "KG", to="302 403 302 302 302 302 302 302"),
    door("offices", to="302 403 200 200 200 200 200 200"),
    door("conventions", to="302 403 200 200 200 200 200 200"),
    door("key-figures", to="302 403 200 200 200 200 200 200"),
    door("activities", to="302 403 200 200 200 200 200 200"),
    door("activity", "KG-1", to="302 403 200 200 200 200 200 200"),
    door("activity", "NONE", to="302 403 404 404 404 404 404 404"),
    door("activity-new", to="302 403 403 200 200 200 200 200"),
    door("activity-new", to="302 403 403 200 200 200 200 200", method="post"),
    door("activity-edit", "KG-1", to="302 403 403 200 403 200 200 200"),
    door("activity-edit", "KG-1", to="302 403 403 200 403 200 200 200", method="post"),
    door("activity-edit", "MI-1", to="302 403 403 403 403 403 403 403"),
    door("funding", to="302 403 200 200 200 200 200 200"),
    # Who reports on what, and the targets, are open to every role; officers, heads and administrators change them.
    door("assignments", to="302 403 200 200 200 200 200 200"),
    door("assignments", to="302 403 403 403 403 422 422 422", method="post"),
    door("target", "TARGET", to="302 403 200 200 200 200 200 200"),
    door("target", "TARGET", to="302 403 403 403 403 422 422 422", method="post"),
    door("target-withdraw", "TARGET", to="302 403 403 403 403 422 422 422", method="post"),
    door("target-withdraw", "TARGET", to="302 403 403 403 403 302 302 302", method="post", reason="Why?"),
    door("baseline", "BASELINE", to="302 403 200 200 200 200 200 200"),
    door("baseline", "REGIONAL", to="302 403 200 200 200 200 200 200"),
    door("baseline", "BASELINE", to="302 403 403 403 403 422 422 422", method="post"),
    door("baseline-withdraw", "BASELINE", to="302 403 403 403 403 302 302 302", method="post", reason="Why?"),
    door("baseline-new", "SP1-O1-I1", to="302 403 403 403 403 200 200 200"),
    door("target-new", "SP1-O1-I1", to="302 403 403 403 403 200 200 200"),
    door("target-new", "NO-SUCH", to="302 403 403 403 403 404 404 404"),
    door("indicator-new", to="302 403 403 403 403 200 200 200"),
    door("indicator-new", to="302 403 403 403 403 422 422 422", method="post"),
    door("indicator-edit", "SP1-O1-I1", to="302 403 403 403 403 200 200 200"),
    door("indicator-edit", "SP1-O1-I1", to="302 403 403 403 403 422 422 422", method="post"),
    door("reporting", to="302 403 403 200 200 200 200 403"),
    # A draft that the mission began: its own people alone.
    door("report", "2024-Q4", "KG", to="302 404 404 200 404 404 404 404"),
    door("report", "2024-Q4", "KG", to="302 404 404 302 404 404 404 404", method="post"),
    door("report", "2024-Q4", "KG", to="302 404 404 302 404 404 404 404", method="post", then="submit"),
    door("report-recall", "2024-Q4", "KG", to="302 404 404 302 404 404 404 404", method="post"),
    door("report-nothing", "2024-Q4", "KG", to="302 404 404 200 404 404 404 404"),
    door("report-nothing", "2024-Q4", "KG", to="302 404 404 302 404 404 404 404", method="post"),
    door("report-nothing", "2024-Q4", "IL", to="302 404 404 404 404 200 200 404"),
    # A correction of what is approved: the mission's people ask, an officer declines.
    door("report-ask", "2024-Q2", "TJ", to="302 404 404 404 200 403 403 404"),
    door("report-ask", "2024-Q2", "TJ", to="302 404 404 404 422 403 403 404", method="post"),
    door("report-ask", "2024-Q2", "TJ", to="302 404 404 404 302 403 403 404", method="post", comment="Why?"),
    door("report-ask", "2024-Q4", "KG", to="302 404 404 302 404 404 404 404"),
    door("review-decline", "APPROVED", to="302 403 403 403 403 302 302 403", method="post"),
    door("review-decline", "ASKED", to="302 403 403 403 403 422 422 403", method="post", asked="ASK"),
    door(
        "review-decline",
        "ASKED",
        to="302 403 403 403 403 302 302 403",
        method="post",
        asked="ASK",
        comment="No",
    ),
    # Not begun: an officer may, on the mission's behalf.
    door("report", "2024-Q4", "IL", to="302 404 404 404 404 200 200 404"),
    *(
        door(name, "2024-Q4", mission, to=to, method=method)
        for name in ("report-activities", "report-narrative")
        for mission, method, to in (
            ("KG", "get", "302 404 404 200 404 404 404 404"),
            ("KG", "post", "302 404 404 302 404 404 404 404"),
            ("IL", "get", "302 404 404 404 404 200 200 404"),
        )
    ),
    door("report-evidence", "2024-Q4", "KG", to="302 404 404 200 404 404 404 404"),
    door("report-evidence", "2024-Q4", "KG", to="302 404 404 422 404 404 404 404", method="post"),
    door("report-evidence", "2024-Q4", "IL", to="302 404 404 404 404 200 200 404"),
    # Whoever enters a report fills it in offline, and goes on with a workbook that they uploaded themselves.
    *(
        door(name, "2024-Q4", mission, to=to)
        for name in ("report-workbook", "report-workbook-file")
        for mission, to in (
            ("KG", "302 404 404 200 404 404 404 404"),
            ("IL", "302 404 404 404 404 200 200 404"),
        )
    ),
    door("report-workbook", "2024-Q4", "TJ", to="302 404 404 404 200 403 403 404"),
    door("report-workbook", "2024-Q4", "KG", to="302 404 404 422 404 404 404 404", method="post"),
    door("report-filled", "2024-Q4", "KG", "FILLED", to="302 404 404 302 404 404 404 404"),
    door("report-filled", "2024-Q4", "KG", "FILLED", to="302 404 404 302 404 404 404 404", method="post"),
    door("report-filled", "2024-Q4", "TJ", "FILLED", to="302 404 404 404 404 403 403 404"),
    door("report-filled-marked", "2024-Q4", "KG", "FILLED", to="302 404 404 302 404 404 404 404"),
    # What is approved is read by everyone, and the evidence behind it by officers and the mission alone.
    door("evidence-file", "2024-Q4", "KG", "DRAFT-FILE", to="302 404 404 200 404 404 404 404"),
    door("evidence-file", "2024-Q2", "TJ", "APPROVED-FILE", to="302 404 404 404 200 200 200 404"),
    door("evidence-file", "2024-Q4", "TJ", "APPROVED-FILE", to="302 404 404 404 404 404 404 404"),
    door(
        "evidence-remove", "2024-Q4", "KG", "DRAFT-FILE", to="302 404 404 302 404 404 404 404", method="post"
    ),
    door(
        "evidence-remove",
        "2024-Q2",
        "TJ",
        "APPROVED-FILE",
        to="302 404 404 404 302 403 403 404",
        method="post",
    ),
    door("review", to="302 403 403 403 403 200 200 403"),
    door("review-approve-many", to="302 403 403 403 403 302 302 403", method="post"),
    door("review-report", "SUBMITTED", to="302 403 403 403 403 200 200 403"),
    door("review-report", "DRAFT", to="302 403 403 403 403 404 404 403"),
    door("review-approve", "SUBMITTED", to="302 403 403 403 403 302 302 403", method="post"),
    door("review-approve", "DRAFT", to="302 403 403 403 403 404 404 403", method="post"),
    door("review-return", "SUBMITTED", to="302 403 403 403 403 302 302 403", method="post", comment="Why?"),
    door("review-return", "SUBMITTED", to="302 403 403 403 403 422 422 403", method="post"),
    door("review-reopen", "APPROVED", to="302 403 403 403 403 302 302 403", method="post", comment="Why?"),
    door("review-withdraw", "APPROVED", to="302 403 403 403 403 302 302 403", method="post", comment="Why?"),
    door("review-drop", "APPROVED", to="302 403 403 403 403 302 302 403", method="post"),
    # Reporters load drafts; setup is for officers and administrators, history for administrators.
    door("imports", to="302 403 403 200 200 200 200 200"),
    door("import-new", "progress", to="302 403 403 200 200 200 200 200"),
    door("import-new", "baselines", to="302 403 403 403 403 200 200 200"),
    door("import-new", "history", to="302 403 403 403 403 403 403 200"),
    door("import-new", "nothing", to="302 404 404 404 404 404 404 404"),
    door("import-new", "baselines", to="302 403 403 403 403 422 422 422", method="post"),
    door("import-batch", "BATCH", to="302 404 404 404 404 200 200 200"),
    door("batch-file", "BATCH", to="302 404 404 404 404 200 200 200"),
    door("import-lines", "BATCH", "csv", to="302 404 404 404 404 200 200 200"),
    door("import-marked", "BATCH", to="302 404 404 404 404 302 302 302"),
    door("import-check", "BATCH", to="302 404 404 404 404 302 302 302", method="post"),
    door("import-cancel", "BATCH", to="302 404 404 404 404 302 302 302", method="post"),
    door("import-save", "BATCH", to="302 404 404 404 404 302 302 302", method="post"),
    door("import-save-good", "BATCH", to="302 404 404 404 404 302 302 302"),
    door("import-save-good", "BATCH", to="302 404 404 404 404 403 403 302", method="post"),
    # The installation's own: nobody's but an administrator's to undo.
    door("import-undo", "BATCH", to="302 404 404 404 404 403 403 302"),
    door("import-undo", "BATCH", to="302 404 404 404 404 403 403 302", method="post"),
    door("import-conflicts", "BATCH", to="302 404 404 404 404 403 403 302"),
    # Drafts of Kyrgyzstan: whoever uploaded them; an administrator sees that they are there.
    door("import-batch", "DRAFTS", to="302 404 404 200 404 404 404 200"),
    door("import-lines", "DRAFTS", "csv", to="302 404 404 200 404 404 404 404"),
    door("batch-file", "DRAFTS", to="302 404 404 200 404 404 404 404"),
    door("import-save", "DRAFTS", to="302 404 404 302 404 404 404 404", method="post"),
    door("import-undo", "DRAFTS", to="302 404 404 403 404 404 404 302"),
    door("downloads", to="302 403 200 200 200 200 200 200"),
    door("export", "history", "csv", to="302 403 200 200 200 200 200 200"),
    door("export", "indicators", "xlsx", to="302 403 200 200 200 200 200 200"),
    # What a draft holds: never for viewers.
    door("export", "progress", "ods", to="302 403 403 200 200 200 200 403"),
    door("export-all", "xlsx", to="302 403 200 200 200 200 200 200"),
    door("template", "progress", to="302 403 403 200 200 200 200 200"),
    door("template", "targets", to="302 403 403 403 403 200 200 200"),
    door("everything", to="302 403 403 403 403 403 403 200"),
    door("everything", to="302 403 403 403 403 403 403 200", method="post"),
    door("reports", to="302 403 200 200 200 200 200 200"),
    door("edition", "KG-DRAFT", to="302 403 404 200 404 200 200 200"),
    door("edition", "RELEASED", to="302 403 200 200 200 200 200 200"),
    door("edition-file", "KG-DRAFT", "pdf", to="302 403 404 404 404 404 404 404"),
    door("edition-release-many", to="302 403 403 403 403 302 302 403"),
    door("edition-release-many", all="1", to="302 403 403 403 403 200 200 403"),
    door("edition-release-many", to="302 403 403 403 403 302 302 403", method="post", all="1"),
    door("edition-release", "KG-DRAFT", to="302 403 404 403 404 302 302 403", method="post"),
    door("edition-retry", "KG-DRAFT", to="302 403 404 403 404 302 302 302", method="post"),
    door("edition-request", to="302 403 403 403 403 302 302 302", method="post", period="2024-Q3"),
]


# What was uploaded, by the name under which it is kept.
UPLOADED = {
    "baselines.csv": b"indicator,mission",
    "progress.csv": b"indicator,mission,period,value",
    "draft.txt": b"text",
    "approved.txt": b"text",
}


@pytest.fixture
def world(world_of_rows) -> dict[str, Any]:
    for name, content in UPLOADED.items():
        default_storage.save(name, ContentFile(content))
    return world_of_rows


@scenery
def world_of_rows(strategy, missions, cast: Cast, open_period) -> dict[str, Any]:
    """A draft of Kyrgyzstan, a submitted and an approved report of Tajikistan, a draft and a released
    edition; their ids by the names that the table uses.
    """
    indicator = stage.make_indicator()
    stage.assign(indicator, *missions.values())
    stage.make_goal()
    stage.make_activity("KG-1", missions["KG"])
    stage.make_activity("MI-1", missions["KG"], status="historical", source="A document")
    typed = {indicator.pk: Typed(Entry(Amount(value=1)))}
    draft = results.save_results(
        mission=missions["KG"], period=open_period, user=cast.reporter, typed=typed
    ).revision
    submitted = results.save_results(
        mission=missions["TJ"], period=open_period, user=cast.stranger, typed=typed
    ).revision
    reports.submit_report(revision=submitted, user=cast.stranger)
    approved = stage.approve(
        missions["TJ"], "2024-Q2", {indicator: 5}, reporter=cast.stranger, officer=cast.second_officer
    )
    assert approved.status == RevisionStatus.APPROVED
    extension = extensions.grant_extension(
        mission=missions["TJ"],
        period=ReportingPeriod.objects.get(code="2024-Q3"),
        until=stage.today() + timedelta(days=5),
        reason="Flood",
        user=cast.officer,
    )
    asked = corrections.ask_for_correction(
        revision=stage.approve(
            missions["TJ"], "2024-Q1", {indicator: 5}, reporter=cast.stranger, officer=cast.second_officer
        ),
        user=cast.stranger,
        comment="Counted twice",
    )
    kg, region = (
        Edition.objects.create(
            kind=kind,
            period=open_period,
            mission=mission,
            job=Job.objects.create(
                task="reports.make_edition", status="done", finished_at="2024-01-01T00:00Z"
            ),
            made_at="2024-01-01T00:00Z",
            released_at=released,
            released_by=cast.officer if released else None,
        )
        for kind, mission, released in (
            ("mission_quarterly", missions["KG"], None),
            ("regional_quarterly", None, "2024-01-02T00:00Z"),
        )
    )
    notice = Notice.objects.create(
        person=cast.reporter,
        kind="approved",
        params={"mission": "Kyrgyzstan", "period": "2024-Q2", "by": "Officer"},
        url="/reporting/2024-Q2/KG/",
        by_mail="never",
    )
    target = Target.objects.create(indicator=indicator, mission=missions["KG"], due_on="2024-12-31", value=5)
    of_mission, regional = (
        Baseline.objects.create(indicator=indicator, mission=mission, value=1)
        for mission in (missions["KG"], None)
    )
    batch, drafts = (
        ImportBatch.objects.create(
            kind=kind,
            filename=filename,
            file=f"{kind}.csv",
            sha256=digit * 64,
            status="checked",
            checked_at="2024-01-01T00:00Z",
            uploaded_by=person,
        )
        for kind, filename, digit, person in (
            ("baselines", "b.csv", "0", None),
            ("progress", "p.csv", "1", cast.reporter),
        )
    )
    of_draft, of_approved = (
        Evidence(
            revision=revision, title="Minutes", file=f"{name}.txt", filename="minutes.txt", kind="txt", size=4,
            sha256="0" * 64,
        )
        for revision, name in ((draft, "draft"), (approved, "approved"))
    )  # fmt: skip
    of_draft.save()
    filled = FilledWorkbook.objects.create(
        mission=missions["KG"], period=open_period, file="draft.txt", filename="report.xlsx", size=4,
        sha256="0" * 64, uploaded_by=cast.reporter,
    )  # fmt: skip
    with pgtrigger.ignore("tracker.Evidence:closed_stays_insert"):
        of_approved.save()
    # Somebody's passkey and somebody's invitation, of no role of the table.
    passkey = Authenticator.objects.create(user=cast.colleague, type="webauthn", data={"name": "A key"})
    link = "http://testserver/invitation/TOKEN/"
    invite_person(
        email="invited@example.org", name="Invited", role=Role.VIEWER, link=link, user=cast.administrator
    )
    [token] = re.findall(r"/invitation/(\S+)/", Outbox.objects.latest("pk").body)
    return {
        "DRAFT-FILE": of_draft.pk,
        "FILLED": filled.pk,
        "APPROVED-FILE": of_approved.pk,
        "PASSKEY": passkey.pk,
        "TOKEN": token,
        "OFFICER": cast.second_officer.pk,
        "MEMBERSHIP": cast.second_officer.memberships.get().pk,
        "BATCH": batch.pk,
        "DRAFTS": drafts.pk,
        "DRAFT": draft.pk,
        "SUBMITTED": submitted.pk,
        "APPROVED": approved.pk,
        "KG-DRAFT": kg.pk,
        "RELEASED": region.pk,
        "TARGET": target.pk,
        "BASELINE": of_mission.pk,
        "REGIONAL": regional.pk,
        "EXTENSION": extension.pk,
        "ASKED": asked.revision_id,
        "ASK": asked.pk,
        "NOTICE": notice.pk,
    }


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("door", DOORS, ids=str)
def test_every_door_opens_for_whom_it_should(door: Door, role: str, world, cast: Cast):
    client = Client()
    if role != "anonymous":
        client.force_login(getattr(cast, role))
    url = reverse(door.name, args=[world.get(arg, arg) for arg in door.args])
    with CaptureQueriesContext(connection) as queries:
        data = {name: world.get(value, value) for name, value in door.data.items()}
        answer = getattr(client, door.method)(url, data)
    expected = door.answers[ROLES.index(role)]
    assert answer.status_code == expected, answer.content.decode()[:2000]
    if door.method == "get" and is_page(answer):
        asked = questions_of(queries)
        assert len(asked) <= MOST_QUERIES, "\n".join(sql[:150] for sql in asked)
        if expected == 200 and role not in ("anonymous", "nobody"):
            assert door.name in PAGES_ABOUT[role] | PAGES_ABOUT["everybody"], (
                "no section of a guide is about it"
            )
    if role == "anonymous" and expected == SIGN_IN and door.name != "account_logout":
        assert answer.url.startswith(reverse("account_login"))


# What the guides of each role speak of.
GUIDES_OF = {
    "everybody": ("account",),
    "viewer": ("viewer",),
    "reporter": ("viewer", "reporter"),
    "stranger": ("viewer", "reporter"),
    "officer": ("viewer", "reporter", "officer"),
    "head": ("viewer", "reporter", "officer"),
    "administrator": ("viewer", "officer", "administrator"),
}
PAGES_ABOUT = {
    role: {page for code in codes for section in read_guide(code, "en").sections for page in section.pages}
    for role, codes in GUIDES_OF.items()
}

# By the table; and what ends the session.
TAKE_POSTS = {d.name for d in DOORS if d.method == "post"} | {"account_logout"}
METHODS = ("head", "options", "put", "patch", "delete")


@pytest.mark.parametrize("role", ["anonymous", "reporter", "stranger", "officer", "administrator"])
def test_no_other_method_opens_or_changes_anything(role: str, world, cast: Cast):
    """A page knows GET and HEAD, a step POST: by any other method, and by a POST where the table has none, nobody gets
    in where GET keeps them out, nothing breaks, and nothing is written.
    """
    client = Client()
    if role != "anonymous":
        client.force_login(getattr(cast, role))
    addresses = {
        (d.name, d.args): reverse(d.name, args=[world.get(arg, arg) for arg in d.args]) for d in DOORS
    }
    with CaptureQueriesContext(connection) as queries:
        wrong = []
        for door, url in addresses.items():
            read = client.get(url).status_code
            posts = () if door[0] in TAKE_POSTS else ("post",)
            for method in (*METHODS, *posts):
                code = getattr(client, method)(url).status_code
                # What tells methods apart says 405, or 200 to whoever asks what there is (OPTIONS); what counts tries
                # counts these too.
                fits = {read, 405, 429}
                if method == "options":
                    fits.add(200)
                if method == "post" and read == 200:
                    fits |= {302, 422}  # a form that nothing was typed into
                if code not in fits:
                    wrong.append(f"{method} {door}: {code}, and {read} by GET")
        assert wrong == []
    written = re.compile(r"^(?:INSERT INTO|UPDATE|DELETE FROM) \"?(?!django_session|tracker_cache)(\w+)")
    assert {found[1] for q in queries if (found := written.match(q["sql"]))} <= MAY_BE_READ_AND_WRITTEN


# Who took what is written down as it is read.
MAY_BE_READ_AND_WRITTEN = {"pghistory_context"}


# Who acts in whose place, or no more: what each finds is what this role of the table finds.
AS_ROLES = {"lead": "reporter", "stand-in": "reporter", "ended": "nobody", "closed": "anonymous"}
# What is somebody's own, whatever their role: another person finds what a stranger does.
OWN = {"NOTICE", "DRAFTS", "FILLED"}


def _person_who_is(case: str, cast: Cast) -> User:
    """A lead of the mission; somebody without a role of their own who stands in for its reporter; an officer and lead
    whose roles ended yesterday; an administrator whose account was closed while they were signed in.
    """
    today = date.today()
    if case == "stand-in":
        cast.reporter.memberships.update(stand_in=cast.nobody, stand_in_from=today, stand_in_to=today)
        return cast.nobody
    if case == "ended":
        Membership.objects.create(user=cast.lead, role=Role.OFFICER)
        cast.lead.memberships.update(ends_on=today - timedelta(days=1))
    return cast.administrator if case == "closed" else cast.lead


@pytest.mark.parametrize("case", AS_ROLES)
def test_whoever_acts_for_somebody_or_no_more_finds_what_the_table_says(case: str, world, cast: Cast):
    person = _person_who_is(case, cast)
    client = Client()
    client.force_login(person)
    if case == "closed":
        User.objects.filter(pk=person.pk).update(is_active=False)
    wrong = []
    for door in DOORS:
        role = AS_ROLES[case]
        if role == "reporter" and OWN & set(door.args):
            role = "stranger"
        url = reverse(door.name, args=[world.get(arg, arg) for arg in door.args])
        data = {name: world.get(value, value) for name, value in door.data.items()}
        with undone():
            code = getattr(client, door.method)(url, data).status_code
        if code != door.answers[ROLES.index(role)]:
            wrong.append(f"{door}: {code}, and {role} {door.answers[ROLES.index(role)]}")
    assert wrong == []


@contextmanager
def undone() -> Iterator[None]:
    """A step that is taken, looked at, and never was."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("role", ROLES)
def test_a_part_of_a_page_is_fetched_by_whom_the_page_is_shown_to(role: str, world, cast: Cast):
    """What scripts ask for goes through the same doors: whoever the table keeps out is kept out, and sees nothing."""
    client = Client(headers={"HX-Request": "true"})
    if role != "anonymous":
        client.force_login(getattr(cast, role))
    indicator = Indicator.objects.get(code="SP1-O1-I1").pk
    of_draft = ("2024-Q4", "KG")
    parts = [
        door("report", *of_draft, to="0 " * len(ROLES), **{name: indicator}) for name in ("unfold", "define")
    ]
    parts_of = next(d for d in DOORS if d.name == "report" and d.args == of_draft)
    wrong = []
    for each in [*DOORS, *(replace(part, answers=parts_of.answers) for part in parts)]:
        url = reverse(each.name, args=[world.get(arg, arg) for arg in each.args])
        data = {name: world.get(value, value) for name, value in each.data.items()}
        expected = each.answers[ROLES.index(role)]
        with undone():
            answer = getattr(client, each.method)(url, data)
        is_out = (expected >= 400 and expected != 422) or (role == "anonymous" and expected == SIGN_IN)
        if is_out and (answer.status_code == 200 or answer.status_code != expected):
            wrong.append(f"{each}: {answer.status_code}, and {expected} as a page")
    assert wrong == []


def test_what_is_uploaded_has_no_address_of_its_own(world, cast: Cast):
    """Evidence and files of imports lie outside the web root: only the views that ask who comes send them."""
    client = Client()
    client.force_login(cast.administrator)
    for name in UPLOADED:
        for root in ("/", "/media/", "/static/", "/var/", "/files/"):
            assert client.get(f"{root}{name}").status_code == 404


def addresses_of_the_administration() -> list[str]:
    """Every address of the Django admin but those of signing in and out, of the row 1 where it is of one."""
    found = []
    for pattern in admin.site.get_urls():
        nested = pattern.url_patterns if isinstance(pattern, URLResolver) else [pattern]
        root = str(pattern.pattern) if isinstance(pattern, URLResolver) else ""
        for each in nested:
            path = re.sub(r"<[^>]+>", "1", root + str(each.pattern))
            found.append(reverse("admin:index") + re.sub(r"\(\?P.*", "tracker/", path.strip("^$")))
    return sorted(set(found) - {reverse("admin:login"), reverse("admin:logout")})


@pytest.mark.parametrize("role", ["anonymous", "viewer", "lead"])
def test_the_administration_is_closed_to_whoever_does_not_plan(role: str, world, cast: Cast):
    """Each address of each model, by GET and by POST: to the door, or refused."""
    client = Client()
    if role != "anonymous":
        client.force_login(getattr(cast, role))
    addresses = addresses_of_the_administration()
    assert len(addresses) > 100
    wrong = []
    for url in addresses:
        for method in ("get", "post"):
            with undone():
                answer = getattr(client, method)(url)
            if answer.status_code not in (302, 403, 404, 405):
                wrong.append(f"{method} {url}: {answer.status_code}")
            elif answer.status_code == 302 and not is_way_out(answer.url, url):
                wrong.append(f"{method} {url}: to {answer.url}")
    assert wrong == []


def is_way_out(target: str, url: str) -> bool:
    return target.startswith((reverse("account_login"), reverse("admin:login"))) or target in (url + "/", "/")


def is_page(answer: HttpResponseBase) -> bool:
    """Something to read, whatever it says; files may ask more."""
    return answer.headers.get("Content-Type", "").startswith("text/html")


def named_urls(patterns: list[URLPattern | URLResolver]) -> set[str]:
    names: set[str] = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.app_name != "admin":
                names |= named_urls(pattern.url_patterns)
        else:
            names.add(pattern.name or str(pattern.pattern))
    return names


def test_no_address_is_missing_from_the_table():
    assert named_urls(get_resolver().url_patterns) - {d.name for d in DOORS} == set()


def test_nobody_changes_their_own_address(cast, client):
    client.force_login(cast.reporter)
    answer = client.post("/accounts/email/", {"action_add": "", "email": "director@example.org"})
    assert answer.status_code == 404


def test_a_membership_that_has_ended_or_not_begun_opens_nothing(cast, missions, client, strategy):
    today = date.today()
    for dates in ({"ends_on": today - timedelta(days=1)}, {"starts_on": today + timedelta(days=1)}):
        cast.officer.memberships.update(starts_on=None, ends_on=None)
        cast.officer.memberships.update(**dates)
        client.force_login(cast.officer)
        assert client.get(reverse("review")).status_code == 403


def test_a_stand_in_has_the_absent_members_rights_between_the_dates(cast, missions, client, strategy):
    today = date.today()
    client.force_login(cast.viewer)
    assert client.get(reverse("review")).status_code == 403
    cast.officer.memberships.update(
        stand_in=cast.viewer, stand_in_from=today, stand_in_to=today + timedelta(days=3)
    )
    assert client.get(reverse("review")).status_code == 200
    cast.officer.memberships.update(
        stand_in_from=today - timedelta(days=3), stand_in_to=today - timedelta(days=1)
    )
    assert client.get(reverse("review")).status_code == 403


def test_five_wrong_passwords_lock_an_address(db, client):
    person = stage.make_person("locked")
    person.set_password("the right password")
    person.save()
    url = reverse("account_login")
    for _ in range(5):
        client.post(url, {"login": person.email, "password": "wrong"})
    answer = client.post(url, {"login": person.email, "password": "the right password"})
    assert answer.status_code == 200
    assert "Too many wrong passwords. Try again in 5 minutes" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_nobody_makes_an_account_of_their_own(db, client):
    answer = client.get(reverse("account_signup"))
    assert "closed" in answer.content.decode().lower()


def test_a_page_from_before_a_new_sign_in_is_refused_with_how_to_go_on(cast, strategy):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.reporter)
    answer = client.post("/reporting/2024-Q4/KG/", {"csrfmiddlewaretoken": "old"})
    assert answer.status_code == 403
    assert "what you typed is still there" in answer.content.decode()
