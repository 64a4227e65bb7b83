"""The mission's workspace through its pages, without JavaScript."""

import csv
import io
import re
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from tests import stage
from tracker.progress.models import CellValue, IndicatorResult, ReportRevision
from tracker.progress.rules import Amount, Entry
from tracker.progress.services import reports
from tracker.progress.services.results import HALF, NOTHING, fingerprint

pytestmark = pytest.mark.django_db


def typed(indicator, over=NOTHING, **parts):
    """What a form sends of one row, unfolded, that showed what ``over`` is the fingerprint of."""
    values = {f"{indicator.pk}-shown": over[:HALF], f"{indicator.pk}-parts": over[HALF:]}
    for name, value in parts.items():
        values[f"{indicator.pk}-{name}"] = value
    return values


def given(value, **more):
    """The fingerprint of a row that showed this value."""
    return fingerprint(Entry(Amount(Decimal(value)), **more))


def test_an_empty_workspace_says_when_something_will_be_there(strategy, missions, cast, sign_in):
    text = sign_in(cast.reporter).get(reverse("reporting")).content.decode()
    assert "Nothing is open for entry now." in text


def test_what_is_due_is_listed_with_days_left(flow, open_period, cast, sign_in):
    text = sign_in(cast.reporter).get(reverse("reporting")).content.decode()
    assert "Q4 2024" in text
    assert "15 days left" in text
    assert "0 of 1 given" in text
    assert "1 missing" in text
    assert "Tajikistan" not in text


def test_the_list_goes_out_as_a_file_of_ones_own_reports(flow, open_period, cast, sign_in):
    client = sign_in(cast.reporter)
    assert 'href="?as=csv"' in client.get(reverse("reporting")).content.decode()
    text = client.get(reverse("reporting"), {"as": "csv"}).content.decode("utf-8-sig")
    [row] = [row for row in csv.DictReader(io.StringIO(text)) if row["Period"] == open_period.code]
    assert (row["Code of the mission"], row["State"], row["Due"]) == (
        "KG",
        "Not begun",
        open_period.due_on.isoformat(),
    )
    assert [row[name] for name in ("Results due", "Given", "Explained", "Missing")] == ["1", "0", "0", "1"]
    assert "Tajikistan" not in text


def test_what_fits_is_saved_and_the_rest_comes_back_as_it_was_typed(flow, share, url, cast, sign_in):
    client = sign_in(cast.reporter)
    answer = client.post(url, {**typed(flow, value="1 200"), **typed(share, n="12", d="10")})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "1 result saved. 1 needs your attention and is not saved yet." in text
    assert "The numerator (12) is larger than the denominator (10)." in text
    assert 'value="12"' in text
    assert [(r.indicator, r.value) for r in IndicatorResult.objects.all()] == [(flow, 1200)]


def test_a_save_by_the_button_leads_back_to_the_last_row_that_was_written(flow, share, url, cast, sign_in):
    client = sign_in(cast.reporter)
    answer = client.post(url, {**typed(flow, value="1 200"), **typed(share)})
    assert answer.url == f"{url}#i{flow.pk}"
    page = client.get(url).content.decode()
    assert f'id="i{flow.pk}"' in page
    assert page.count("1 result saved.") == 2
    assert client.post(url, typed(flow, over=given(1200), value="1 200")).url == url


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("twelve", "is not a number"),
        ("1.234", "is no whole number"),
        ("-3", "This cannot be negative."),
        ("2.5", "Whole numbers only."),
        ("1e309", "shortened number"),
        ("9" * 16, "too large"),
    ],
)
def test_what_cannot_be_is_named_and_kept_as_typed(text, sentence, flow, url, cast, sign_in):
    answer = sign_in(cast.reporter).post(url, typed(flow, value=text))
    page = answer.content.decode()
    assert sentence in page
    assert f'value="{text}"' in page
    assert not IndicatorResult.objects.exists()


def test_ten_thousand_characters_are_refused_and_not_lost(flow, url, cast, sign_in):
    answer = sign_in(cast.reporter).post(url, typed(flow, value="5", comment="я" * 10_000))
    assert "at most 5000 are kept" in answer.content.decode()
    assert "я" * 10_000 in answer.content.decode()


def test_not_applicable_asks_for_its_reason(flow, url, cast, sign_in):
    client = sign_in(cast.reporter)
    assert "Say in the comment why" in client.post(url, typed(flow, na="on")).content.decode()
    client.post(url, typed(flow, na="on", comment="No such centre here"))
    row = IndicatorResult.objects.get()
    assert (row.not_applicable, row.value, row.is_given) == (True, None, True)


def test_cells_are_kept_and_shown_again_and_an_empty_one_is_not_a_zero(
    strategy, missions, url, cast, sign_in
):
    indicator = stage.make_indicator("SP1-O1-I3")
    cells = stage.ask_by_sex(indicator)
    stage.assign(indicator, missions["KG"])
    women, men, unknown = (cells[c].pk for c in ("female", "male", "unknown"))
    client = sign_in(cast.reporter)
    client.post(
        url,
        {
            **typed(indicator, NOTHING, value="10"),
            f"{indicator.pk}-c{women}-value": "6",
            f"{indicator.pk}-c{men}-value": "0",
            f"{indicator.pk}-c{unknown}-value": "",
        },
    )
    assert dict(CellValue.objects.values_list("cell__code", "value")) == {"female": 6, "male": 0}
    page = client.get(url).content.decode()
    assert "Sex: 2 of 3, 4 not disaggregated" in page


def test_a_submitted_report_gives_back_what_was_typed_with_the_lock(flow, url, cast, sign_in):
    client = sign_in(cast.reporter)
    client.post(url, {**typed(flow, value="5"), "then": "submit"})
    answer = client.post(url, typed(flow, over=given(5), value="8"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert page.count("waits for review") == 1
    assert "Typed, not saved:" in page
    assert '<span class="typed">8</span>' in page
    assert IndicatorResult.objects.get().value == 5


def test_submitting_too_early_says_what_is_missing(flow, share, url, cast, sign_in):
    client = sign_in(cast.reporter)
    answer = client.post(url, {**typed(flow, value="5"), "then": "submit"}, follow=True)
    assert IndicatorResult.objects.get().value == 5
    assert "Saved, and not submitted:" in answer.content.decode()
    assert "1 result that is due is neither given nor explained." in answer.content.decode()
    assert f'<a href="#box-{share.pk}-n">SP1-O1-I2 Returnees in work</a>' in answer.content.decode()
    assert ReportRevision.objects.get().status == "draft"


def test_the_reason_of_a_return_is_on_the_list_and_on_the_report(flow, url, cast, sign_in):
    client = sign_in(cast.reporter)
    client.post(url, {**typed(flow, value="5"), "then": "submit"})
    reports.return_report(
        revision=ReportRevision.objects.get(), user=cast.officer, comment="Fünf? Проверьте."
    )
    assert "Fünf? Проверьте." in client.get(reverse("reporting")).content.decode()
    assert "Fünf? Проверьте." in client.get(url).content.decode()


def test_an_officer_enters_on_a_missions_behalf_and_the_page_says_so(flow, url, cast, sign_in):
    client = sign_in(cast.officer)
    assert "on behalf of Kyrgyzstan" in client.get(url).content.decode()
    client.post(url, typed(flow, value="5"))
    assert ReportRevision.objects.get().on_behalf
    assert "An officer entered this report on behalf of" in sign_in(cast.reporter).get(url).content.decode()


@pytest.mark.parametrize("address", ["/reporting/2031-Q1/KG/", "/reporting/2024-Q4/ZZ/", "/reporting/x/y/"])
def test_an_unknown_report_is_a_page_that_helps(address, flow, open_period, cast, sign_in):
    answer = sign_in(cast.reporter).get(address)
    assert answer.status_code == 404
    assert "There is no such page" in answer.content.decode()


def test_the_form_takes_the_same_statements_for_two_and_thirty_indicators(
    strategy, missions, open_period, cast, django_assert_max_num_queries
):
    for code, count in (("KG", 2), ("TJ", 30)):
        for number in range(count):
            made = stage.make_indicator(f"SP1-O1-I{code}{number}")
            stage.ask_by_sex(made)
            stage.assign(made, missions[code])
    reporter, stranger = Client(), Client()
    reporter.force_login(cast.reporter)
    stranger.force_login(cast.stranger)
    with django_assert_max_num_queries(15) as few:
        reporter.get(reverse("report", args=["2024-Q4", "KG"]))
    with django_assert_max_num_queries(len(few)):
        stranger.get(reverse("report", args=["2024-Q4", "TJ"]))


@pytest.mark.parametrize("language", ["en", "ru", "fr"])
def test_a_stored_figure_survives_a_page_of_any_language_untouched(
    language, strategy, missions, url, cast, settings
):
    settings.LANGUAGES = [("en-gb", "English"), ("ru", "Russian"), ("fr", "French")]
    indicator = stage.make_indicator("SP1-O1-I4", decimals=3)
    stage.assign(indicator, missions["KG"])
    client = Client(headers={"accept-language": language})
    client.force_login(cast.reporter)
    mark = "." if language == "en" else ","
    client.post(url, typed(indicator, value=f"1{mark}2340"))
    [shown] = re.findall(r'name="\d+-value" value="([^"]*)"', client.get(url).content.decode())
    assert shown == f"1{mark}234"
    answer = client.post(url, typed(indicator, over=given("1.234"), value=shown, comment="From the register"))
    assert answer.status_code == 302
    row = IndicatorResult.objects.get()
    assert (row.value, row.comment) == (Decimal("1.234"), "From the register")


def test_what_is_no_longer_due_stays_on_the_form_of_a_report_that_holds_it(flow, url, cast, sign_in):
    client = sign_in(cast.reporter)
    client.post(url, typed(flow, value="5"))
    type(flow).objects.update(status="retired")
    assert "Migrants assisted" in client.get(url).content.decode()
    client.post(url, typed(flow, over=given(5), value="6"))
    assert IndicatorResult.objects.get().value == 6
