"""The pages of periods: their windows, what other dates would change, more periods, more time for one mission."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import stage
from tests.formfields import fields_of
from tests.pages import questions_of
from tracker.framework.models import Strategy
from tracker.progress.models import Extension, ReportingPeriod
from tracker.progress.rules import Amount, Entry
from tracker.progress.services import reports, results
from tracker.progress.services.extensions import grant_extension
from tracker.progress.services.results import Typed
from tracker.progress.services.windows import add_periods, propose_periods

TODAY = stage.today()


@pytest.fixture
def indicator(strategy, missions):
    made = stage.make_indicator()
    stage.assign(made, missions["KG"], missions["TJ"], missions["IL"])
    return made


@pytest.fixture
def office(indicator, open_period, cast, sign_in) -> Client:
    return sign_in(cast.officer)


def hand_in(mission, period, indicator, person, *, officer=None) -> None:
    typed = {indicator.pk: Typed(Entry(Amount(Decimal(5))))}
    revision = results.save_results(mission=mission, period=period, user=person, typed=typed).revision
    reports.submit_report(revision=revision, user=person)
    if officer:
        reports.approve_reports(revisions=[revision], user=officer)


def text_of(answer) -> str:
    """What a page says, without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def row_of(text: str, name: str) -> str:
    """The text from a name in a table on, as far as a row goes."""
    return text[text.index(name) :][:160]


# -- All of them --------------------------------------------------------------------------------------
def test_each_period_says_its_window_and_where_its_reports_stand(
    office, indicator, missions, open_period, cast
):
    hand_in(missions["KG"], open_period, indicator, cast.reporter, officer=cast.officer)
    hand_in(missions["TJ"], open_period, indicator, cast.stranger)
    lines = {line.period.code: line for line in office.get(reverse("periods")).context["lines"]}
    now = lines["2024-Q4"]
    assert (now.due, now.handed_in, now.approved, now.overdue, now.is_current) == (3, 2, 1, 0, True)
    before = lines["2024-Q3"]
    assert (before.due, before.handed_in, before.approved, before.overdue) == (3, 0, 0, 3)
    assert [line.is_current for line in lines.values()].count(True) == 1
    assert "Q4 2024 Current Open" in text_of(office.get(reverse("periods")))


def test_one_that_is_due_and_open_is_overdue_by_each_missions_deadline(
    office, indicator, missions, open_period, cast
):
    ReportingPeriod.objects.filter(pk=open_period.pk).update(due_on=TODAY - timedelta(days=2))
    open_period.refresh_from_db()
    until = TODAY + timedelta(days=3)
    grant_extension(
        mission=missions["KG"], period=open_period, until=until, reason="Flood", user=cast.officer
    )
    hand_in(missions["TJ"], open_period, indicator, cast.stranger)
    line = office.get(reverse("periods")).context["lines"][0]
    # Israel alone: Kyrgyzstan has more time, Tajikistan has handed in.
    assert (line.due, line.handed_in, line.overdue, line.extended) == (3, 1, 1, 1)


def test_the_list_asks_the_same_of_twenty_and_of_twenty_eight_periods(office, strategy, cast):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            office.get(reverse("periods"))
        return len(questions_of(queries))

    few = asked()
    for _year in range(2):
        codes = [period.code for period in propose_periods(strategy)]
        add_periods(strategy=strategy, codes=codes, user=cast.officer)
    assert len(office.get(reverse("periods")).context["lines"]) == 28
    assert asked() == few


def test_without_a_strategy_the_page_says_what_to_do(cast, sign_in):
    client = sign_in(cast.administrator)
    for name in ("periods", "periods-add"):
        assert "load_strategy" in client.get(reverse(name)).content.decode()


# -- One window ---------------------------------------------------------------------------------------
def send(client: Client, code: str, **fields) -> object:
    """Post the form of a period as the page gives it, with these fields otherwise."""
    page = client.get(reverse("period", args=[code]))
    return client.post(reverse("period", args=[code]), {**_form(page), **fields})


def _form(answer) -> dict[str, str]:
    return fields_of(answer.content.decode(), "window")


def test_other_dates_are_looked_at_before_they_are_saved(office, missions, open_period):
    days = {
        "opens_on": str(TODAY - timedelta(days=5)),
        "due_on": str(TODAY - timedelta(days=3)),
        "closes_on": str(TODAY - timedelta(days=2)),
    }
    answer = send(office, "2024-Q4", **days)
    text = text_of(answer)
    assert answer.status_code == 200
    assert "Nothing is saved yet. This is what would happen:" in text
    assert "3 reports close: Israel, Kyrgyzstan, Tajikistan." in text
    assert "can be written until" not in text
    assert "3 reports are overdue at once: Israel, Kyrgyzstan, Tajikistan." in text
    original = open_period.due_on
    assert f"“On time” goes on to be judged by {original.day} " in text
    open_period.refresh_from_db()
    assert open_period.closes_on == TODAY + timedelta(days=30)

    answer = office.post(reverse("period", args=["2024-Q4"]), _form(answer))
    assert answer.status_code == 302
    open_period.refresh_from_db()
    assert (open_period.due_on, open_period.closes_on, open_period.judged_on) == (
        TODAY - timedelta(days=3),
        TODAY - timedelta(days=2),
        original,
    )
    assert "“On time” goes by the original due date" in text_of(office.get(answer.url))


def test_a_closed_window_is_opened_again_and_says_for_whom(office, indicator, missions, cast):
    hand_in_past = ReportingPeriod.objects.get(code="2024-Q3")
    stage.approve(missions["TJ"], "2024-Q3", {indicator: 1}, reporter=cast.stranger, officer=cast.officer)
    page = office.get(reverse("period", args=["2024-Q3"]), {"propose": "again"})
    assert "open it again for ten working days" in text_of(page)
    answer = office.post(reverse("period", args=["2024-Q3"]), _form(page))
    assert "2 reports open: Israel, Kyrgyzstan." in text_of(answer)
    assert "Reports can be written until the end of" in text_of(answer)
    office.post(reverse("period", args=["2024-Q3"]), _form(answer))
    hand_in_past.refresh_from_db()
    assert hand_in_past.closes_on > TODAY
    assert (hand_in_past.due_on, hand_in_past.first_due_on) == (date(2024, 10, 20), None)


def test_a_window_is_opened_early_and_closed_with_the_end_of_today(office, open_period):
    ahead = TODAY + timedelta(days=10)
    ReportingPeriod.objects.filter(pk=open_period.pk).update(opens_on=ahead)
    page = office.get(reverse("period", args=["2024-Q4"]), {"propose": "open"})
    answer = office.post(reverse("period", args=["2024-Q4"]), _form(page))
    assert "3 reports open: Israel, Kyrgyzstan, Tajikistan." in text_of(answer)
    office.post(reverse("period", args=["2024-Q4"]), _form(answer))
    open_period.refresh_from_db()
    # The page goes by the day of the server, which may be a day behind that of Bishkek.
    assert TODAY - open_period.opens_on <= timedelta(days=1)

    page = office.get(reverse("period", args=["2024-Q4"]), {"propose": "close"})
    fields = _form(page)
    assert fields["due_on"] == fields["closes_on"]
    answer = office.post(reverse("period", args=["2024-Q4"]), fields)
    office.post(reverse("period", args=["2024-Q4"]), _form(answer))
    open_period.refresh_from_db()
    assert open_period.closes_on <= TODAY


def test_a_step_that_does_not_fit_proposes_nothing(office, open_period):
    for step in ("open", "again", "rubbish"):
        page = office.get(reverse("period", args=["2024-Q4"]), {"propose": step})
        assert _form(page)["closes_on"] == str(open_period.closes_on)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"opens_on": "2024-12-31"}, "The period ends on 31 Dec 2024, and its window opens after that."),
        ({"due_on": "2025-01-01"}, "The report is due on the day the window opens, or later."),
        ({"closes_on": "2025-01-01"}, "The window closes on the day the report is due, or later."),
        ({"closes_on": ""}, "Give a day."),
        ({"closes_on": "soon"}, "This is no day. Write it as 4 Nov 2022."),
    ],
)
def test_dates_that_make_no_sense_come_back_with_what_is_wrong(office, open_period, fields, sentence):
    answer = send(office, "2024-Q4", **fields)
    assert answer.status_code == 422
    text = text_of(answer)
    assert sentence in text
    assert "Nothing was saved." in text
    [(name, typed)] = fields.items()
    assert not typed or f'name="{name}" value="{typed}"' in answer.content.decode()
    before = (open_period.opens_on, open_period.due_on, open_period.closes_on)
    open_period.refresh_from_db()
    assert (open_period.opens_on, open_period.due_on, open_period.closes_on) == before


def test_who_looked_at_a_window_that_was_re_dated_meanwhile_is_told(office, open_period):
    page = office.get(reverse("period", args=["2024-Q4"]))
    later = open_period.closes_on + timedelta(days=5)
    ReportingPeriod.objects.filter(pk=open_period.pk).update(closes_on=later)
    fields = {**_form(page), "closes_on": str(later + timedelta(days=5))}
    answer = office.post(reverse("period", args=["2024-Q4"]), fields)
    assert answer.status_code == 409
    assert "Somebody has re-dated this window meanwhile" in text_of(answer)
    assert f'value="{later + timedelta(days=5)}"' in answer.content.decode()


def test_the_dates_that_it_has_change_nothing(office):
    answer = send(office, "2024-Q4")
    assert answer.status_code == 302
    assert "nothing was changed" in text_of(office.get(answer.url))


def test_only_where_nobody_has_handed_in_the_original_date_may_give_way(
    office, indicator, missions, open_period, cast
):
    page = reverse("period", args=["2024-Q4"])
    later = {"due_on": str(open_period.due_on + timedelta(days=5))}
    assert "Nobody was asked to report by" in text_of(office.get(page))
    answer = send(office, "2024-Q4", **later, counts_anew="on")
    assert "“On time” goes by" in text_of(answer)
    assert office.post(page, {**_form(answer), **later, "counts_anew": "on"}).status_code == 302
    open_period.refresh_from_db()
    assert open_period.first_due_on is None
    hand_in(missions["KG"], open_period, indicator, cast.reporter)
    assert "Nobody was asked to report by" not in text_of(office.get(page))


def test_a_period_lists_its_missions_and_how_they_came(office, indicator, missions, open_period, cast):
    hand_in(missions["KG"], open_period, indicator, cast.reporter)
    text = text_of(office.get(reverse("period", args=["2024-Q4"])))
    assert "Kyrgyzstan Submitted" in text
    assert ", on time" in row_of(text, "Kyrgyzstan Submitted")
    assert "Tajikistan Not begun" in text
    assert "Regional Office" not in text  # owes nothing
    # Administrators set windows and grant nothing.
    client = Client()
    client.force_login(cast.administrator)
    assert "Extend" not in text_of(client.get(reverse("period", args=["2024-Q4"])))


def test_an_unknown_period_is_not_there(office):
    assert office.get("/periods/2031-Q1/").status_code == 404
    assert office.get("/periods/2024-Q4/ZZ/").status_code == 404


# -- More periods -------------------------------------------------------------------------------------
def test_the_next_four_are_previewed_and_added_in_one_step(office, strategy: Strategy):
    page = office.get(reverse("periods-add"))
    assert "1 Apr 2025 20 Apr 2025 10 May 2025 3 results of 3 missions" in text_of(page)
    codes = ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"]
    answer = office.post(reverse("periods-add"), {"period": codes}, follow=True)
    assert "4 periods added." in text_of(answer)
    assert strategy.periods.count() == 24
    answer = office.post(reverse("periods-add"), {"period": codes}, follow=True)
    assert "These periods were added already." in text_of(answer)
    answer = office.post(reverse("periods-add"), {"period": ["2031-Q4"]}, follow=True)
    assert "Other periods come next by now" in text_of(answer)
    assert strategy.periods.count() == 24


# -- More time for one mission ------------------------------------------------------------------------
def test_an_officer_grants_an_extension_replaces_and_withdraws_it(office, missions, cast):
    url = reverse("extension", args=["2024-Q3", "KG"])
    until = TODAY + timedelta(days=5)
    answer = office.post(url, {"until": str(until), "reason": "The register was down"}, follow=True)
    text = text_of(answer)
    assert "Kyrgyzstan can write its report for Q3 2024 until" in text
    assert "Extended until" in text
    assert "“The register was down”" in text
    later = until + timedelta(days=5)
    fields = {"until": later.strftime("%d %b %Y"), "reason": "Still down"}
    # From a page that was opened before the first was granted; and then from the one that says so.
    overtaken = office.post(url, fields)
    assert overtaken.status_code == 409
    assert "granted, replaced or withdrawn meanwhile" in text_of(overtaken)
    assert "Still down" in text_of(overtaken)
    shown = re.search(r'name="replaces" value="(\d+)"', overtaken.content.decode())
    assert shown
    office.post(url, {**fields, "replaces": shown[1]})
    held = Extension.objects.in_force().get()
    assert (held.until, held.granted_by) == (later, cast.officer)
    answer = office.post(url + "withdraw/", {"extension": held.pk}, follow=True)
    text = text_of(answer)
    assert "Withdrawn: the window holds again." in text
    assert "Granted before" in text
    assert text.index("Still down") < text.index("The register was down")
    assert not Extension.objects.in_force().exists()


def test_what_is_refused_comes_back_as_it_was_typed(office):
    url = reverse("extension", args=["2024-Q3", "KG"])
    answer = office.post(url, {"until": "2001-01-01", "reason": "Flood & fire"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "1 Jan 2001 has passed" in page
    assert "Flood &amp; fire" in page
    answer = office.post(url, {"until": "", "reason": ""})
    assert answer.status_code == 422
    assert "Say why the mission gets more time." in answer.content.decode()
    assert office.post(url + "withdraw/", {"extension": "rubbish"}).status_code == 404


def test_a_report_that_is_handed_in_offers_no_extension(office, indicator, missions, open_period, cast):
    hand_in(missions["KG"], open_period, indicator, cast.reporter)
    url = reverse("extension", args=["2024-Q4", "KG"])
    page = office.get(url)
    assert "there is nothing to extend" in text_of(page)
    assert 'name="until"' not in page.content.decode()
    answer = office.post(url, {"until": str(TODAY + timedelta(days=60)), "reason": "Flood"})
    assert "To have it written on, return it" in text_of(answer)
