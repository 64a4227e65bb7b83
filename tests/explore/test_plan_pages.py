"""The pages of one baseline and one target: what they say, who may record anew and withdraw, what is asked first."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import stage
from tests.batches.fixtures import kept_files  # noqa: F401
from tests.batches.sheets import csv_of, load
from tests.explore.conftest import aim, start_from
from tracker.common.errors import NotAllowed, Refused
from tracker.progress.models import Baseline, Target
from tracker.progress.services import revising


@pytest.fixture
def flow(strategy, missions):
    """A quarterly number that is added up, asked of Kyrgyzstan and Tajikistan."""
    indicator = stage.make_indicator()
    stage.assign(indicator, missions["KG"], missions["TJ"])
    return indicator


@pytest.fixture
def share(strategy, missions):
    """A percentage, of which the latest value counts."""
    indicator = stage.make_indicator(
        "SP1-O1-I2",
        measure="percentage",
        period_rule="latest",
        counts="stock",
        decimals=1,
        unit="% of trainees",
    )
    stage.assign(indicator, missions["KG"])
    return indicator


@pytest.fixture
def officer(cast, sign_in):
    return sign_in(cast.officer)


def post(client, url: str, **typed):
    """Send the form of a page as it is shown, with some fields typed over."""
    shown = client.get(url).context["form"]
    data = {field.html_name: field.value() or "" for field in shown}
    return client.post(url, {**data, **typed})


def levels(indicator, mission) -> dict[date, Decimal]:
    held = Target.objects.in_force().filter(indicator=indicator, mission=mission)
    return dict(held.values_list("due_on", "value"))


def errors_of(answer) -> str:
    return str(answer.context["form"].errors)


# -- Reading ------------------------------------------------------------------------------------------
def test_a_baseline_says_value_parts_date_source_and_who_recorded_it(share, missions, cast, sign_in):
    load(
        "baselines",
        csv_of(
            "indicator,mission,baseline_numerator,baseline_denominator,baseline_date,baseline_source,note",
            "SP1-O1-I2,KG,1,4,2019,Census 2019 p. 4,Women only",
        ),
        user=cast.head,
        reason="First load",
    )
    baseline = Baseline.objects.get()
    text = sign_in(cast.officer).get(f"/baselines/{baseline.pk}/").content.decode()
    for words in (
        "25.0",
        "1 / 4",
        "31 Dec 2019",
        "Census 2019 p. 4",
        "Women only",
        "Head",
        "First load",
        "sheet.csv",
    ):
        assert words in text


def test_a_target_given_per_year_shows_what_was_given_and_what_it_adds_up_to(flow, cast, sign_in):
    load(
        "targets",
        csv_of("indicator,mission,basis,2021,2022", "SP1-O1-I1,KG,per_year,100,150"),
        user=cast.head,
    )
    second = Target.objects.get(due_on=date(2022, 12, 31))
    text = sign_in(cast.viewer).get(f"/targets/{second.pk}/").content.decode()
    assert "<dd>250</dd>" in text.replace("\n", "").replace(" </dd>", "</dd>")
    assert "As given: in the year alone" in text
    assert "150" in text
    assert "Record it anew" not in text


def test_a_stage_is_said_by_its_word(strategy, missions, officer):
    law = stage.make_indicator(
        "SP1-O1-I3", measure="stage", stages=["Drafted", "In force"], period_rule="latest",
        mission_rule="maximum",
    )  # fmt: skip
    stage.assign(law, missions["KG"])
    target = aim(law, missions["KG"], date(2024, 12, 31), 1)
    assert "In force" in officer.get(f"/targets/{target.pk}/").content.decode()


def test_everybody_with_a_role_reads_a_baseline(flow, missions, cast, sign_in):
    own, regional = start_from(flow, missions["KG"], 5), start_from(flow, None, 50)
    for role in ("viewer", "stranger", "reporter", "officer"):
        client = sign_in(getattr(cast, role))
        assert client.get(f"/baselines/{own.pk}/").status_code == 200, role
        assert client.get(f"/baselines/{regional.pk}/").status_code == 200, role


def test_as_many_statements_for_one_version_as_for_many(flow, missions, officer):
    target = aim(flow, missions["KG"], date(2024, 12, 31), 1)
    officer.get(f"/targets/{target.pk}/")
    counts = []
    for more in (0, 12):
        for level in range(more):
            Target.objects.filter(pk=target.pk).update(withdrawn_at=f"2024-01-{level + 1:02d}T00:00Z")
            target = aim(flow, missions["KG"], date(2024, 12, 31), level)
        with CaptureQueriesContext(connection) as asked:
            officer.get(f"/targets/{target.pk}/")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 16


# -- Recording anew -----------------------------------------------------------------------------------
def test_a_baseline_recorded_anew_leaves_the_first_beside_it(flow, missions, officer, cast):
    first = start_from(flow, missions["KG"], 100)
    saved = post(
        officer, f"/baselines/{first.pk}/", value="1 200", date="2018", reason="The census was recounted"
    )
    first.refresh_from_db()
    now = Baseline.objects.in_force().get()
    assert (saved.status_code, saved.url) == (302, f"/baselines/{now.pk}/")
    assert (now.value, now.date, now.source, now.reason, now.recorded_by) == (
        Decimal(1200), date(2018, 12, 31), "Census", "The census was recounted", cast.officer,
    )  # fmt: skip
    assert (first.withdrawn_by, first.withdrawn_at) == (cast.officer, now.recorded_at)
    text = officer.get(f"/baselines/{now.pk}/").content.decode()
    assert "First recorded" in text
    assert f'href="/baselines/{first.pk}/"' in text
    assert "This version was replaced." in officer.get(f"/baselines/{first.pk}/").content.decode()


def test_a_percentage_is_typed_as_parts_or_as_a_percentage(share, missions, officer):
    url = "/indicators/SP1-O1-I2/baselines/new/?mission=KG"
    assert post(officer, url, numerator="1", denominator="4").status_code == 302
    first = Baseline.objects.in_force().get()
    assert (first.value, first.numerator, first.denominator) == (None, 1, 4)
    assert (
        post(officer, f"/baselines/{first.pk}/", value="40 %", numerator="", denominator="").status_code
        == 302
    )
    assert Baseline.objects.in_force().get().value == Decimal("0.4")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"numerator": "5", "denominator": "4"}, "larger than the denominator"),
        ({"numerator": "0", "denominator": "0"}, "0 of 0 has no value"),
        ({"numerator": "1"}, "denominator"),
        ({"value": "40", "numerator": "1", "denominator": "4"}, "given in two ways"),
        ({}, "Give the percentage, or its numerator and denominator"),
        ({"value": "forty"}, "forty"),
        ({"value": "40", "date": "sometime"}, "neither a date"),
        ({"value": "40", "source": "x" * 301}, "300"),
    ],
)
def test_what_is_wrong_with_a_baseline_is_said_and_what_was_typed_stays(typed, said, share, officer):
    answer = post(officer, "/indicators/SP1-O1-I2/baselines/new/?mission=KG", note="Kept", **typed)
    assert answer.status_code == 422
    assert said in errors_of(answer)
    assert "Kept</textarea>" in answer.content.decode().replace("\n", "")
    assert not Baseline.objects.exists()


def test_once_there_are_results_a_change_says_why(flow, missions, officer, cast):
    first = start_from(flow, missions["KG"], 100)
    url = f"/baselines/{first.pk}/"
    assert post(officer, url, value="110").status_code == 302
    stage.approve(missions["KG"], "2021-Q1", {flow: 1}, reporter=cast.reporter, officer=cast.officer)
    url = f"/baselines/{Baseline.objects.in_force().get().pk}/"
    refused = post(officer, url, value="120")
    assert refused.status_code == 422
    assert "Say why: there are results" in errors_of(refused)
    assert post(officer, url, value="120", reason="Recount").status_code == 302
    # Another mission's results ask nothing of Tajikistan.
    assert not revising.asks_for_reason(indicator=flow, mission=missions["TJ"])
    assert revising.asks_for_reason(indicator=flow, mission=None)


def test_a_target_on_the_wrong_side_of_its_baseline_is_asked_about_first(share, missions, officer):
    start_from(share, missions["KG"], "0.5")
    url = "/indicators/SP1-O1-I2/targets/new/?mission=KG"
    typed = {"due": "2024", "value": "40"}
    asked = post(officer, url, **typed)
    assert asked.status_code == 200
    assert "Not saved yet" in asked.content.decode()
    assert "lies below the baseline" in asked.content.decode()
    assert not Target.objects.exists()
    answered = asked.context["form"]["answered"].value()
    assert officer.post(url, {**typed, "shown": "", "answered": answered}).status_code == 302
    assert levels(share, missions["KG"]) == {date(2024, 12, 31): Decimal("0.4")}


def test_later_years_move_with_the_one_they_stand_on_and_it_is_asked_first(flow, missions, officer, cast):
    """100, 150 and 200 a year are 100, 250 and 450 to date; 130 in the second year make 230 and 430."""
    load(
        "targets",
        csv_of("indicator,mission,basis,2021,2022,2023", "SP1-O1-I1,KG,per_year,100,150,200"),
        user=cast.head,
    )
    url = f"/targets/{Target.objects.get(due_on=date(2022, 12, 31)).pk}/"
    asked = post(officer, url, value="130")
    assert (
        "The running total by 31 Dec 2023, given per year, moves from 450 to 430." in asked.content.decode()
    )
    form = asked.context["form"]
    saved = officer.post(url, {field.html_name: field.value() or "" for field in form})
    assert saved.status_code == 302
    assert levels(flow, missions["KG"]) == {
        date(2021, 12, 31): 100, date(2022, 12, 31): 230, date(2023, 12, 31): 430,
    }  # fmt: skip


def test_of_an_amount_within_the_year_how_it_was_given_stays(strategy, missions, officer, cast):
    yearly = stage.make_indicator("SP1-O1-I6", period_rule="year")
    stage.assign(yearly, missions["KG"])
    load(
        "targets",
        csv_of("indicator,mission,basis,2021,2022", "SP1-O1-I6,KG,per_year,100,150"),
        user=cast.head,
    )
    url = f"/targets/{Target.objects.get(due_on=date(2021, 12, 31)).pk}/"
    assert post(officer, url, value="120").status_code == 302
    held = Target.objects.in_force().order_by("due_on").values_list("value", "given", "basis")
    assert list(held) == [(120, 120, "per_year"), (150, 150, "per_year")]
    text = officer.get(f"/targets/{Target.objects.in_force().earliest('due_on').pk}/").content.decode()
    assert "As what is counted within its year" in text
    assert "added up to the running total" not in text


def test_a_target_that_is_there_is_not_written_over_by_a_new_one(flow, missions, officer):
    aim(flow, missions["KG"], date(2024, 12, 31), 400)
    answer = post(
        officer, "/indicators/SP1-O1-I1/targets/new/?mission=KG", due="2024", value="500", basis="to_date"
    )
    assert answer.status_code == 409
    assert "Something else holds by now" in errors_of(answer)
    assert 'value="500"' in answer.content.decode()
    assert levels(flow, missions["KG"]) == {date(2024, 12, 31): 400}


def test_a_target_before_the_start_is_refused_in_words(flow, officer):
    answer = post(
        officer, "/indicators/SP1-O1-I1/targets/new/?mission=KG", due="2019", value="5", basis="to_date"
    )
    assert answer.status_code == 422
    assert "would be over before it begins" in errors_of(answer)


def test_who_is_not_assigned_is_not_offered_and_the_region_is(flow, officer):
    page = officer.get("/indicators/SP1-O1-I1/targets/new/")
    assert [code for code, _name in page.context["choices"]] == ["KG", "TJ", "REGION"]
    assert (
        "“IL” is no mission" in officer.get("/indicators/SP1-O1-I1/targets/new/?mission=IL").content.decode()
    )
    regional = post(
        officer,
        "/indicators/SP1-O1-I1/targets/new/?mission=REGION",
        due="2024",
        value="9000",
        basis="to_date",
    )
    assert regional.status_code == 302
    assert levels(flow, None) == {date(2024, 12, 31): 9000}


def test_of_an_indicator_that_counts_missions_the_region_has_a_number_of_them(strategy, missions, officer):
    yes = stage.make_indicator(
        "SP1-O1-I4", measure="yes_no", period_rule="latest", mission_rule="count_at_least", threshold=1
    )
    stage.assign(yes, missions["KG"])
    assert (
        post(officer, "/indicators/SP1-O1-I4/targets/new/?mission=REGION", due="2024", value="3").status_code
        == 302
    )
    assert (
        post(officer, "/indicators/SP1-O1-I4/targets/new/?mission=KG", due="2024", stage="Yes").status_code
        == 302
    )
    assert (levels(yes, None), levels(yes, missions["KG"])) == (
        {date(2024, 12, 31): 3},
        {date(2024, 12, 31): 1},
    )


def test_what_is_only_monitored_has_no_target(strategy, missions, officer):
    stage.make_indicator("SP1-O1-I5", direction="monitor")
    text = officer.get("/indicators/SP1-O1-I5/targets/new/?mission=REGION").content.decode()
    assert "only monitored" in text


def test_a_baseline_that_is_there_is_opened_instead_of_made_again(flow, missions, officer):
    there = start_from(flow, missions["KG"], 1)
    answer = officer.get("/indicators/SP1-O1-I1/baselines/new/?mission=KG")
    assert answer.url == f"/baselines/{there.pk}/"


def test_what_somebody_recorded_meanwhile_is_not_written_over(flow, missions, officer):
    first = start_from(flow, missions["KG"], 100)
    url = f"/baselines/{first.pk}/"
    shown = {field.html_name: field.value() or "" for field in officer.get(url).context["form"]}
    post(officer, url, value="110")
    stale = officer.post(url, {**shown, "value": "120"})
    assert stale.status_code == 409
    assert "Something else holds by now" in errors_of(stale)
    assert 'value="120"' in stale.content.decode()
    # Sent again as it is shown then, it is meant.
    again = {field.html_name: field.value() or "" for field in stale.context["form"]}
    assert officer.post(url, again).status_code == 302
    assert Baseline.objects.in_force().get().value == 120


def test_recording_twice_records_once(flow, missions, officer):
    first = start_from(flow, missions["KG"], 100)
    url = f"/baselines/{first.pk}/"
    shown = {field.html_name: field.value() or "" for field in officer.get(url).context["form"]}
    for _time in range(2):
        assert officer.post(url, {**shown, "value": "110"}).status_code == 302
    assert Baseline.objects.count() == 2


# -- Withdrawing --------------------------------------------------------------------------------------
def test_a_withdrawn_target_holds_no_more_and_says_who_and_why(flow, missions, officer, cast):
    target = aim(flow, missions["KG"], date(2024, 12, 31), 400)
    url = f"/targets/{target.pk}/"
    assert officer.post(f"{url}withdraw/", {"reason": ""}).status_code == 422
    answer = officer.post(f"{url}withdraw/", {"reason": "The project was given up"})
    assert (answer.status_code, answer.url) == (302, url)
    target.refresh_from_db()
    assert target.withdrawn_by == cast.officer
    text = officer.get(url).content.decode()
    assert "Withdrawn: The project was given up" in " ".join(text.replace("</span>", "").split())
    # Twice is once.
    assert officer.post(f"{url}withdraw/", {"reason": "Again"}).status_code == 302
    # And it can be recorded again.
    assert post(officer, url, value="300", basis="to_date").status_code == 302
    assert levels(flow, missions["KG"]) == {date(2024, 12, 31): 300}


def test_a_version_that_was_replaced_is_not_withdrawn(flow, missions, officer):
    first = start_from(flow, missions["KG"], 100)
    post(officer, f"/baselines/{first.pk}/", value="110")
    answer = officer.post(f"/baselines/{first.pk}/withdraw/", {"reason": "Wrong"})
    assert answer.status_code == 409
    assert Baseline.objects.in_force().get().value == 110


def test_a_target_that_yearly_amounts_stand_on_stays(flow, missions, cast):
    load(
        "targets",
        csv_of("indicator,mission,basis,2021,2022", "SP1-O1-I1,KG,per_year,100,150"),
        user=cast.head,
    )
    first, second = Target.objects.order_by("due_on")
    with pytest.raises(Refused, match="31 Dec 2022 was given per year and stands on this one"):
        revising.withdraw_target(target=first, user=cast.officer, reason="Wrong")
    assert revising.withdraw_target(target=second, user=cast.officer, reason="Wrong")
    assert revising.withdraw_target(target=first, user=cast.officer, reason="Wrong")


@pytest.mark.parametrize("role", ["viewer", "reporter", "lead"])
def test_only_who_plans_records_and_withdraws(role, flow, missions, cast, sign_in):
    person = getattr(cast, role)
    target, baseline = aim(flow, missions["KG"], date(2024, 12, 31), 4), start_from(flow, None, 1)
    client = sign_in(person)
    for url in (f"/targets/{target.pk}/", f"/baselines/{baseline.pk}/"):
        assert client.get(url).status_code == 200
        assert client.post(url, {"value": "5"}).status_code == 403
        assert client.post(f"{url}withdraw/", {"reason": "x"}).status_code == 403
    for kind in ("baselines", "targets"):
        assert client.get(f"/indicators/SP1-O1-I1/{kind}/new/").status_code == 403
    with pytest.raises(NotAllowed):
        revising.withdraw_baseline(baseline=baseline, user=person, reason="x")
    assert Target.objects.in_force().get().value == 4
