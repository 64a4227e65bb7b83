"""Documents and links behind a report: taken in with what is wrong said, handed out to those who may read them."""

import io
import re

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests import stage
from tests.batches.fixtures import kept_files  # noqa: F401
from tests.documents import PDF, PNG, docx
from tests.formfields import fields_of
from tests.pages import give_password
from tests.reporting.test_unsaved_typing import end_session, enter
from tracker.progress.models import Evidence, ReportRevision
from tracker.progress.services import reports
from tracker.progress.services.evidence import add_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(strategy, missions, open_period) -> str:
    return reverse("report-evidence", args=["2024-Q4", "KG"])


def file_of(content: bytes, name: str) -> SimpleUploadedFile:
    # A browser says of a file's kind what it is told; nothing is believed.
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def test_a_document_is_added_to_an_indicator_and_comes_back_as_it_was(url, flow, cast, sign_in):
    client = sign_in(cast.reporter)
    name = "C:\\отчёты\\Протокол\u202efdp.pdf"
    sent = {"indicator": flow.pk, "title": "Протокол встречи", "note": "Оригинал в бюро"}
    page = client.post(url, {**sent, "file": file_of(PDF, name)}, follow=True).content.decode()
    assert "“Протокол встречи” is added." in page
    assert 'Evidence <span class="soft">1 file</span>' in page
    row = Evidence.objects.get()
    assert (row.indicator, row.kind, row.size, row.added_by) == (flow, "pdf", len(PDF), cast.reporter)
    answer = client.get(reverse("evidence-file", args=["2024-Q4", "KG", row.pk]))
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%D0%9F%D1%80%D0%BE")
    assert "%E2%80%AE" not in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))


def test_a_file_that_is_no_document_leaves_what_was_written_beside_it(url, cast, sign_in):
    client = sign_in(cast.reporter)
    for content, name, why in (
        (b"MZ\x90\x00" + b"\x00" * 100, "report.pdf", "report.pdf is none of the documents that are taken"),
        (docx(**{"word/vbaProject.bin": b"x"}), "letter.docx", "letter.docx holds macros."),
        (docx()[:-40], "letter.docx", "letter.docx cannot be opened: it is damaged."),
        (b"", "empty.pdf", "empty.pdf is empty (0 bytes)"),
    ):
        answer = client.post(url, {"title": "Minutes", "note": "Из бюро", "file": file_of(content, name)})
        assert answer.status_code == 422
        text = answer.content.decode()
        assert why in text
        fields = fields_of(text, "entry")
        assert (fields["title"], fields["note"]) == ("Minutes", "Из бюро")
    assert not ReportRevision.objects.exists()


def test_forty_megabytes_are_answered_by_a_page_and_laid_on_no_disk(url, cast, sign_in, tmp_path, settings):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    client = sign_in(cast.reporter)
    large = SimpleUploadedFile("scan.pdf", PDF + b"0" * (40 << 20))
    answer = client.post(url, {"title": "Скан", "file": large})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "scan.pdf is larger than 10 MB, which is the most." in text
    assert fields_of(text, "entry")["title"] == "Скан"
    # Just over the limit: read, and told with its size.
    settings.EVIDENCE_LIMIT_BYTES = 1 << 20
    answer = client.post(url, {"file": file_of(PDF + b"0" * (1 << 20), "scan.pdf")})
    assert "scan.pdf has 1 MB; 1 MB is the most." in answer.content.decode()
    assert not Evidence.objects.exists()


def test_a_link_is_added_and_one_that_is_none_is_given_back(url, cast, sign_in):
    client = sign_in(cast.reporter)
    answer = client.post(url, {"link": "javascript:alert(1)", "note": "Смотри"})
    assert answer.status_code == 422
    assert "Give a link that begins with https://" in answer.content.decode()
    assert fields_of(answer.content.decode(), "entry")["link"] == "javascript:alert(1)"
    both = {"link": "https://example.org/", "file": file_of(PDF, "a.pdf")}
    assert "Give a file or a link" in client.post(url, both).content.decode()
    assert "Choose a file, or give a link." in client.post(url, {}).content.decode()
    page = client.post(url, {"link": " HTTPS://example.org/лист?a=1 "}, follow=True).content.decode()
    assert 'href="https://example.org/лист?a=1" rel="noopener noreferrer nofollow"' in page
    assert Evidence.objects.get().title == "example.org/лист"


def test_evidence_is_removed_from_a_draft_with_its_file_and_stays_in_a_submitted_report(
    url, cast, sign_in, missions, open_period, django_capture_on_commit_callbacks
):
    to = {"mission": missions["KG"], "period": open_period, "user": cast.reporter}
    first = add_file(**to, file=io.BytesIO(PDF), name="a.pdf", size=len(PDF))
    second = add_file(**to, file=io.BytesIO(PNG), name="b.png", size=len(PNG))
    client = sign_in(cast.reporter)
    remove = reverse("evidence-remove", args=["2024-Q4", "KG", first.pk])
    for _ in range(2):  # the second press finds it gone
        with django_capture_on_commit_callbacks(execute=True):
            assert "Removed." in client.post(remove, follow=True).content.decode()
    assert not default_storage.exists(first.file.name)
    reports.submit_report(revision=second.revision, user=cast.reporter)
    remove = reverse("evidence-remove", args=["2024-Q4", "KG", second.pk])
    page = client.post(remove, follow=True).content.decode()
    assert "Nothing was removed. The report is submitted" in page
    assert default_storage.exists(second.file.name)
    assert 'name="file"' not in page


def test_who_reads_evidence_follows_the_report(url, cast, sign_in, missions, open_period):
    to = {"mission": missions["KG"], "period": open_period, "user": cast.reporter}
    row = add_file(**to, file=io.BytesIO(PDF), name="a.pdf", size=len(PDF))
    at = reverse("evidence-file", args=["2024-Q4", "KG", row.pk])

    def readers() -> set[str]:
        people = ("reporter", "colleague", "stranger", "officer", "head", "administrator", "viewer", "nobody")
        return {name for name in people if sign_in(getattr(cast, name)).get(at).status_code == 200}

    own = {"reporter", "colleague"}
    assert readers() == own
    reports.submit_report(revision=row.revision, user=cast.reporter)
    assert readers() == own | {"officer", "head"}
    reports.recall_report(revision=row.revision, user=cast.reporter)
    assert readers() == own
    reports.submit_report(revision=row.revision, user=cast.reporter)
    reports.approve_reports(revisions=[row.revision], user=cast.officer)
    assert readers() == own | {"officer", "head"}
    default_storage.delete(row.file.name)
    assert sign_in(cast.officer).get(at).status_code == 404


def test_what_was_written_beside_a_file_outlives_the_session(url, cast, missions):
    give_password(cast.reporter)
    client = Client(enforce_csrf_checks=True)
    enter(client, cast.reporter)
    fields = fields_of(client.get(url).content.decode(), "entry")
    end_session(client)
    sent = {**fields, "title": "Протокол", "file": file_of(PDF, "a.pdf")}
    answer = client.post(url, sent)
    assert answer.status_code == 302
    assert "a file has to be chosen again" in client.get(answer.url, follow=True).content.decode()
    text = enter(client, cast.reporter, next_page=url)
    assert fields_of(text, "entry")["title"] == "Протокол"
    back = {**fields_of(text, "entry"), "file": file_of(PDF, "a.pdf")}
    assert client.post(url, back).status_code == 302
    assert Evidence.objects.get().title == "Протокол"
    assert "is back in its boxes" not in client.get(url).content.decode()


def test_a_forged_form_adds_nothing(url, cast):
    """The page reads what is uploaded by itself, and asks for the mark of its own forms all the same."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.reporter)
    answer = client.post(url, {"file": file_of(PDF, "a.pdf")})
    assert answer.status_code == 403
    assert not Evidence.objects.exists()


def test_a_submitted_report_keeps_the_words_and_says_what_it_met(url, cast, open_tab):
    tab = open_tab(cast.reporter)
    tab.fields.pop("file", None)
    tab.client.post(url, {"link": "https://example.org/"})
    reports.submit_report(revision=ReportRevision.objects.get(), user=cast.colleague)
    tab.fields.update(title="Late", link="https://example.org/b")
    tab.press()
    assert tab.status == 409
    assert "Nothing was saved. The report is submitted" in tab.words
    assert re.search(r"Typed, not saved: .*Late", tab.words)
    assert Evidence.objects.count() == 1


def test_a_window_that_closed_meanwhile_keeps_the_words(url, cast, open_tab, open_period):
    tab = open_tab(cast.reporter)
    type(open_period).objects.filter(pk=open_period.pk).update(
        opens_on="2025-01-01", due_on="2025-01-20", closes_on="2025-02-10"
    )
    tab.fields.update(title="Протокол", note="Оригинал в бюро", file=file_of(PDF, "a.pdf"))
    tab.press()
    assert tab.status == 409
    assert "Nothing was saved. The window of Q4 2024 closed on 10 Feb 2025. Ask Head" in tab.words
    assert "Typed, not saved: Протокол Оригинал в бюро" in tab.words
    assert not ReportRevision.objects.exists()


@pytest.mark.parametrize(("field", "most"), [("title", 200), ("note", 2000), ("link", 500)])
def test_ten_thousand_characters_are_refused_beside_their_field_and_not_lost(
    field, most, url, cast, open_tab
):
    tab = open_tab(cast.reporter)
    long = "https://example.org/" + "я" * 9_980
    tab.fields.update({"title": "Minutes", "note": "Of May", "link": "https://example.org/", field: long})
    tab.fields.pop("file", None)
    tab.press()
    assert tab.status == 422
    assert f"10000 characters; at most {most} are kept." in tab.words
    assert tab.fields[field] == long
    assert {tab.fields["title"], tab.fields["note"]} & {"Minutes", "Of May"}
    assert not Evidence.objects.exists()


def test_the_page_takes_the_same_statements_for_one_document_and_thirty(
    url, cast, sign_in, missions, open_period, django_assert_max_num_queries
):
    to = {"mission": missions["KG"], "period": open_period, "user": cast.reporter}
    indicators = [stage.make_indicator(f"SP1-O1-I{number}") for number in range(30)]
    stage.assign(indicators[0], missions["KG"])
    add_file(**to, file=io.BytesIO(PDF), name="a.pdf", size=len(PDF))
    client = sign_in(cast.reporter)
    client.get(url)
    with django_assert_max_num_queries(25) as few:
        client.get(url)
    for indicator in indicators[1:]:
        stage.assign(indicator, missions["KG"])
    for number in range(30):
        content = PDF + str(number).encode()
        add_file(**to, file=io.BytesIO(content), name="a.pdf", size=len(content))
    with django_assert_max_num_queries(len(few)):
        client.get(url)
