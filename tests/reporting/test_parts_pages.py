"""The pages of a report beside its results: written by hand or as one goes, and nothing typed is lost."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from tests import stage
from tests.formfields import fields_of
from tests.pages import MOST_QUERIES, give_password
from tests.reporting.test_unsaved_typing import end_session, enter
from tracker.activities.models import Activity
from tracker.progress.choices import Language
from tracker.progress.models import ActivityUpdate, NarrativePart, ReportRevision
from tracker.progress.services import reports

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def activity(strategy, missions) -> Activity:
    return stage.make_activity("KG-1", missions["KG"], title="Курсы для молодёжи", currency="EUR", budget=1)


@pytest.fixture
def url(activity, open_period) -> str:
    return reverse("report-activities", args=["2024-Q4", "KG"])


@pytest.fixture
def story(strategy, missions, open_period) -> str:
    return reverse("report-narrative", args=["2024-Q4", "KG"])


def row(activity: Activity, **typed: str) -> dict[str, str]:
    return {f"{activity.pk}-{name}": text for name, text in typed.items()}


def test_an_update_is_typed_as_in_the_grid_and_read_back(url, activity, open_tab, cast):
    tab = open_tab(cast.reporter)
    assert tab.fields[f"{activity.pk}-currency"] == "EUR"
    tab.fields.update(row(activity, status="ongoing", spent="1 200.50", people="1,234", internal="Долго"))
    tab.press()
    assert "1 activity saved. Read: “1,234” as 1" in tab.words
    update = ActivityUpdate.objects.get()
    assert (update.status, update.spent, update.currency, update.people, update.internal) == (
        "ongoing", 1200.5, "EUR", 1234, "Долго",
    )  # fmt: skip
    assert "Activities 1 of 1" in tab.words
    tab.press()
    assert "Nothing was changed" in tab.words


@pytest.mark.parametrize(
    ("field", "text", "why"),
    [
        ("people", "-3", "This cannot be negative."),
        ("people", "1e309", "“1e309” is a shortened number"),
        ("people", "9" * 12, "This number is too large"),
        ("people", "2.5", "Whole numbers only."),
        ("people", "1.234", "“1.234” is no whole number. If 1234 is meant"),
        ("people", "10 %", "is a percentage, and a number is asked for"),
        ("spent", "12.345", "“12.345” has three decimals, and at most 2 are taken."),
        ("spent", "many", "many"),
        ("currency", "euro", "Give the currency as three letters"),
        ("status", "historical", "Choose one of the list."),
        ("internal", "я" * 10_000, "This has 10000 characters; at most 5000 are kept. Shorten it."),
    ],
)
def test_what_cannot_be_is_said_beside_what_was_typed(url, activity, open_tab, cast, field, text, why):
    tab = open_tab(cast.reporter)
    sent = {"spent": "5", "quotable": "Kept as typed", field: text}
    tab.fields.update(row(activity, **sent))
    tab.press()
    assert tab.status == 422
    assert why in tab.words
    back = {name: tab.fields[f"{activity.pk}-{name}"] for name in sent if name != "status"}
    assert back == {name: text for name, text in sent.items() if name != "status"} | (
        {"currency": "EURO"} if field == "currency" else {}
    )
    assert not ActivityUpdate.objects.exists()


def test_a_row_is_saved_by_itself_and_the_page_is_told(url, activity, open_tab, cast, missions):
    other = stage.make_activity("KG-2", missions["KG"])
    tab = open_tab(cast.reporter)
    sent = {
        **{name: text for name, text in tab.fields.items() if not name.startswith(f"{other.pk}-")},
        **row(activity, people="12"),
    }
    in_bishkek = [f"{datetime.now(ZoneInfo('Asia/Bishkek')):%H:%M}"]
    answer = tab.client.post(url, sent, headers=HTMX)
    in_bishkek.append(f"{datetime.now(ZoneInfo('Asia/Bishkek')):%H:%M}")
    text = answer.content.decode()
    assert answer.status_code == 200
    [at] = re.findall(r'id="state"[^>]*data-saved[^>]*>Saved (\d\d:\d\d)<', text)
    assert at in in_bishkek
    assert f'id="said-{activity.pk}"' in text
    assert f'id="said-{other.pk}"' not in text
    assert "1 of 2" in text
    # What it carries now is what it is compared with the next time.
    [shown] = re.findall(rf'name="{activity.pk}-shown" value="(\w+)"', text)
    tab.client.post(url, {**sent, f"{activity.pk}-shown": shown, **row(activity, people="13")}, headers=HTMX)
    assert ActivityUpdate.objects.get().people == 13
    wrong = {**sent, f"{activity.pk}-shown": shown, **row(activity, people="-1")}
    text = tab.client.post(url, wrong, headers=HTMX).content.decode()
    assert "This cannot be negative." in text
    assert f'data-blamed="{activity.pk}-people"' in text
    assert ActivityUpdate.objects.get().people == 13


def test_what_two_people_changed_is_shown_and_chosen(url, activity, open_tab, cast):
    open_tab(cast.reporter).press()
    stale = open_tab(cast.reporter)
    colleague = open_tab(cast.colleague)
    colleague.fields.update(row(activity, people="15", spent="10"))
    colleague.press()
    stale.fields.update(row(activity, people="12"))
    text = stale.client.post(url, stale.fields, headers=HTMX).content.decode()
    assert "Two people changed this" in text
    assert "data-saved" not in text
    stale.press()
    assert stale.status == 422
    assert re.search(r"People reached\. You wrote 12; Colleague saved 15 on", stale.words)
    assert "Spent. You wrote nothing; Colleague saved 10" in stale.words
    [mine, _theirs] = re.findall(rf'name="{activity.pk}-choice" value="([^"]+)"', stale.text)
    stale.fields[f"{activity.pk}-choice"] = mine
    stale.press()
    assert (ActivityUpdate.objects.get().people, ActivityUpdate.objects.get().spent) == (12, None)
    late = colleague
    late.fields.update(row(activity, people="16"))
    late.fields[f"{activity.pk}-choice"] = "theirs"
    late.press()
    assert late.fields[f"{activity.pk}-people"] == "12"


def test_a_submitted_report_says_so_and_gives_everything_back(url, activity, open_tab, cast):
    open_tab(cast.reporter).press()
    stale = open_tab(cast.reporter)
    revision = ReportRevision.objects.get()
    reports.submit_report(revision=revision, user=cast.colleague)
    stale.fields.update(row(activity, people="12", internal="Из реестра"))
    text = stale.client.post(url, stale.fields, headers=HTMX).content.decode()
    assert "Nothing was saved. The report is submitted" in text
    stale.press()
    assert stale.status == 409
    for tab in (stale, open_tab(cast.reporter)):
        assert "Typed, not saved: People reached: 12 Comment: “Из реестра”" in tab.words
    assert "Из реестра" not in open_tab(cast.colleague).words
    reports.recall_report(revision=revision, user=cast.colleague)
    again = open_tab(cast.reporter)
    assert again.fields[f"{activity.pk}-people"] == "12"
    again.press()
    assert ActivityUpdate.objects.get().people == 12
    assert "not saved" not in open_tab(cast.reporter).words


def test_a_closed_window_takes_nothing_and_says_whom_to_ask(url, activity, open_tab, cast, open_period):
    tab = open_tab(cast.reporter)
    type(open_period).objects.filter(pk=open_period.pk).update(
        opens_on="2025-01-01", due_on="2025-01-20", closes_on="2025-02-10"
    )
    tab.fields.update(row(activity, people="12"))
    tab.press()
    assert tab.status == 409
    assert "The window of Q4 2024 closed on 10 Feb 2025. Ask Head, Officer or Second.Officer" in tab.words
    assert "Typed, not saved: People reached: 12" in tab.words


def test_another_activity_of_the_mission_can_be_added(url, activity, cast, sign_in, missions):
    stage.make_activity("KG-9", missions["KG"], title="Of next year", starts_on="2025-02-01")
    stage.make_activity("TJ-1", missions["TJ"], title="Not ours")
    client = sign_in(cast.reporter)
    page = client.get(url).content.decode()
    assert "Of next year" in page.split('<select id="add"')[1]
    page = client.get(url, {"add": ["KG-9", "TJ-1", "nothing"]}).content.decode()
    assert 'id="said-' in page.split("KG-9")[1]
    assert "Not ours" not in page


# -- The narrative ------------------------------------------------------------------------------------
def test_a_narrative_is_told_in_three_sections_each_in_its_language(story, cast, sign_in):
    client = sign_in(cast.reporter)
    fields = fields_of(client.get(story).content.decode(), "entry")
    assert fields["challenges-language"] == "en"
    typed = {
        "achievements-language": "ru",
        "achievements-quotable": "Первый абзац.\r\n\r\nВторой.",
        "achievements-internal": "Только для нас",
        "challenges-language": "ky",
    }
    page = client.post(story, {**fields, **typed}, follow=True).content.decode()
    assert "1 section saved." in page
    told = NarrativePart.objects.get()
    assert (told.section, told.language, told.quotable, told.internal) == (
        "achievements", "ru", "Первый абзац.\n\nВторой.", "Только для нас",
    )  # fmt: skip
    assert re.search(r'<textarea[^>]*name="achievements-quotable" lang="ru" dir="auto"', page)
    # Whoever wrote Russian last goes on in it.
    assert fields_of(page, "entry")["next_steps-language"] == "ru"
    fields = fields_of(page, "entry")
    client.post(story, {**fields, "achievements-quotable": "", "achievements-internal": " "})
    assert not NarrativePart.objects.exists()


def test_a_save_by_the_button_leads_back_to_the_last_row_that_was_written_and_says_so_there(
    story, url, activity, cast, missions, sign_in
):
    """Without scripts: the message stands above the row, out of sight, and so in the bar too."""
    client = sign_in(cast.reporter)
    stage.make_activity("KG-2", missions["KG"])
    fields = fields_of(client.get(url).content.decode(), "entry")
    answer = client.post(url, {**fields, **row(activity, people="5")})
    assert answer.url == f"{url}#row-{activity.pk}"
    page = client.get(url).content.decode()
    assert f'<tr id="row-{activity.pk}"' in page
    assert page.count("1 activity saved.") == 2
    assert client.post(url, fields_of(page, "entry")).url == url
    fields = fields_of(client.get(story).content.decode(), "entry")
    answer = client.post(story, {**fields, "achievements-quotable": "A", "challenges-internal": "B"})
    assert answer.url == f"{story}#row-challenges"
    assert '<section id="row-challenges"' in client.get(story).content.decode()


def test_ten_thousand_characters_fit_and_one_more_is_given_back(story, cast, sign_in):
    client = sign_in(cast.reporter)
    fields = fields_of(client.get(story).content.decode(), "entry")
    fields["challenges-internal"] = "я" * 10_001
    answer = client.post(story, fields)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "This has 10001 characters; at most 10000 are kept. Shorten it." in text
    assert fields_of(text, "entry")["challenges-internal"] == "я" * 10_001
    fields["challenges-internal"] = "я" * 10_000
    assert client.post(story, fields).status_code == 302
    assert len(NarrativePart.objects.get().internal) == 10_000


def test_a_language_that_is_not_on_the_list_is_refused(story, cast, sign_in):
    client = sign_in(cast.reporter)
    fields = fields_of(client.get(story).content.decode(), "entry")
    answer = client.post(story, {**fields, "challenges-language": "tlh", "challenges-quotable": "nuqneH"})
    assert answer.status_code == 422
    assert "Choose the language that it is written in." in answer.content.decode()
    assert {"en", "ru", "fr", "ky", "ka", "he"} < set(Language.values)


@pytest.mark.parametrize("by_itself", [False, True], ids=["by its button", "by itself"])
def test_what_was_typed_outlives_the_session(story, cast, by_itself):
    give_password(cast.reporter, cast.colleague)
    client = Client(enforce_csrf_checks=True)
    enter(client, cast.reporter)
    fields = fields_of(client.get(story).content.decode(), "entry")
    end_session(client)
    sent = {**fields, "next_steps-quotable": "Не потерять"}
    answer = client.post(story, sent, headers=HTMX if by_itself else {})
    if by_itself:
        assert (
            "Your session has ended, so nothing was saved. What you typed is kept." in answer.content.decode()
        )
        # And another row after that: both are kept.
        first = {name: text for name, text in fields.items() if not name.startswith("next_steps")}
        client.post(story, {**first, "challenges-quotable": "И это"}, headers=HTMX)
    else:
        assert answer.url == story
    assert "Не потерять" not in enter(client, cast.colleague, next_page=story)
    other = Client(enforce_csrf_checks=True)
    text = enter(other, cast.reporter, next_page=story)
    back = fields_of(text, "entry")
    assert "is back in its boxes, and not saved yet" in text
    assert back["next_steps-quotable"] == "Не потерять"
    assert not NarrativePart.objects.exists()
    other.post(story, back)
    assert dict(NarrativePart.objects.values_list("section", "quotable")) == {
        "next_steps": "Не потерять",
        **({"challenges": "И это"} if by_itself else {}),
    }
    assert "is back in its boxes" not in other.get(story).content.decode()


def test_what_is_saved_by_itself_leaves_what_came_back_of_other_rows(story, cast):
    give_password(cast.reporter)
    client = Client()
    enter(client, cast.reporter)
    fields = fields_of(client.get(story).content.decode(), "entry")
    end_session(client)
    client.post(story, {**fields, "next_steps-quotable": "Later", "challenges-quotable": "Now"})
    enter(client, cast.reporter)
    back = fields_of(client.get(story).content.decode(), "entry")
    one = {name: text for name, text in back.items() if not name.startswith("next_steps")}
    client.post(story, one, headers=HTMX)
    assert NarrativePart.objects.get().quotable == "Now"
    again = fields_of(client.get(story).content.decode(), "entry")
    assert (again["challenges-quotable"], again["next_steps-quotable"]) == ("Now", "Later")


# -- For readers --------------------------------------------------------------------------------------
def test_officers_read_all_parts_and_readers_of_the_activity_only_its_figures(
    url, story, activity, cast, sign_in, open_tab
):
    tab = open_tab(cast.reporter)
    tab.fields.update(row(activity, status="completed", people="12", internal="Between us", quotable="Aloud"))
    tab.press()
    client = sign_in(cast.reporter)
    fields = fields_of(client.get(story).content.decode(), "entry")
    client.post(story, {**fields, "challenges-language": "ru", "challenges-internal": "Между нами"})
    revision = ReportRevision.objects.get()
    reports.submit_report(revision=revision, user=cast.reporter)
    page = sign_in(cast.officer).get(reverse("review-report", args=[revision.pk])).content.decode()
    for text in ("Between us", "Aloud", 'lang="ru" dir="auto">Между нами'):
        assert text in page
    reports.approve_reports(revisions=[revision], user=cast.officer)
    at = reverse("activity", args=["KG-1"])
    of_reader, of_mission = (
        sign_in(person).get(at).content.decode() for person in (cast.viewer, cast.reporter)
    )
    for page in (of_reader, of_mission):
        assert "Reported for Q4 2024" in page
        assert "Completed" in page.split("Reported for Q4 2024")[1]
    assert "Between us" in of_mission
    assert "Between us" not in of_reader
    assert "Aloud" not in of_reader


def test_the_pages_take_the_same_statements_for_one_activity_and_forty(
    url, story, activity, cast, sign_in, missions, django_assert_max_num_queries
):
    client = sign_in(cast.reporter)
    with django_assert_max_num_queries(MOST_QUERIES) as few:
        client.get(url)
    for number in range(40):
        stage.make_activity(f"KG-X{number}", missions["KG"])
    with django_assert_max_num_queries(len(few)):
        page = client.get(url).content.decode()
    assert page.count("-shown") >= 41
