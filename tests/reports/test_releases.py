"""Releasing editions: one or many, all of those chosen or none."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from tests.pages import give_password
from tests.pages import sign_in as sign_in_at
from tracker.common.errors import NotAllowed, Stale
from tracker.common.jobs.models import Job
from tracker.region.models import Mission
from tracker.reports import services
from tracker.reports.models import Edition

pytestmark = pytest.mark.django_db


def make(period, mission=None, *, is_made=True) -> Edition:
    return Edition.objects.create(
        kind="mission_quarterly" if mission else "regional_quarterly",
        period=period,
        mission=mission,
        job=Job.objects.create(task=services.MAKE_EDITION, status="done", finished_at=timezone.now()),
        made_at=timezone.now() if is_made else None,
    )


@pytest.fixture
def drafts(missions, open_period) -> list[Edition]:
    """The region's, Kyrgyzstan's and Tajikistan's."""
    return [make(open_period, mission) for mission in (None, missions["KG"], missions["TJ"])]


@pytest.fixture
def unmade(missions, open_period) -> Edition:
    return make(open_period, missions["IL"], is_made=False)


def released() -> set[int]:
    return set(Edition.objects.filter(released_at__isnull=False).values_list("pk", flat=True))


# -- The service ---------------------------------------------------------------------------------------
def test_several_are_released_at_once_and_say_by_whom(drafts, cast):
    assert services.release_editions(editions=drafts[:2], user=cast.officer) == 2
    assert released() == {drafts[0].pk, drafts[1].pk}
    drafts[1].refresh_from_db()
    assert drafts[1].released_by == cast.officer


def test_only_an_edition_that_is_made_is_released_and_only_once(drafts, unmade, cast):
    with pytest.raises(Stale):
        services.release_editions(editions=[unmade], user=cast.officer)
    services.release_editions(editions=drafts[:1], user=cast.officer)
    with pytest.raises(Stale):
        services.release_editions(editions=drafts[:1], user=cast.head)
    drafts[0].refresh_from_db()
    assert drafts[0].released_by == cast.officer


def test_one_that_cannot_be_released_is_named_and_keeps_the_others_back(drafts, unmade, cast):
    with pytest.raises(Stale, match="Israel") as refusal:
        services.release_editions(editions=[*drafts, unmade], user=cast.officer)
    assert "Kyrgyzstan" not in str(refusal.value)
    assert released() == set()


def test_only_officers_release(drafts, cast):
    for person in (cast.administrator, cast.reporter, cast.lead, cast.viewer, cast.nobody):
        with pytest.raises(NotAllowed):
            services.release_editions(editions=drafts, user=person)
    assert released() == set()


def test_one_and_twenty_take_the_same_statements(drafts, open_period, cast, django_assert_num_queries):
    missions = Mission.objects.bulk_create(
        Mission(code=f"X{n}", name=f"Mission {n}", kind="regional_office", time_zone="UTC", source="test")
        for n in range(20)
    )
    many = [make(open_period, mission) for mission in missions]
    services.release_editions(editions=[], user=cast.officer)
    with django_assert_num_queries(4) as few:  # two, and the savepoint around them
        services.release_editions(editions=drafts[:1], user=cast.officer)
    with django_assert_num_queries(len(few)):
        services.release_editions(editions=many, user=cast.officer)


# -- The pages -----------------------------------------------------------------------------------------
def confirm(client, **sent) -> str:
    return client.get(reverse("edition-release-many"), sent, follow=True).content.decode()


def test_the_list_offers_a_box_for_each_draft_to_those_who_release(drafts, unmade, cast, sign_in):
    shown = {}
    for role in ("officer", "administrator", "viewer"):
        html = sign_in(getattr(cast, role)).get(reverse("reports")).content.decode()
        shown[role] = (html.count('name="edition"'), "All 3 drafts" in html)
    assert shown == {"officer": (3, True), "administrator": (0, False), "viewer": (0, False)}


def test_what_was_chosen_is_named_and_nothing_is_released_before_it_is_confirmed(drafts, cast, sign_in):
    html = confirm(sign_in(cast.officer), edition=[drafts[1].pk, drafts[2].pk])
    assert "Release 2 reports?" in html
    assert "Kyrgyzstan" in html
    assert "Tajikistan" in html
    assert "the region" not in html
    assert released() == set()


def test_all_stands_for_every_draft_without_a_script(drafts, unmade, cast, sign_in):
    client = sign_in(cast.officer)
    assert "Release 3 reports?" in confirm(client, all="1")
    answer = client.post(
        reverse("edition-release-many"), {"edition": [edition.pk for edition in drafts]}, follow=True
    )
    assert "3 reports released." in answer.content.decode()
    assert released() == {edition.pk for edition in drafts}


def test_a_confirmation_that_names_none_releases_none(drafts, cast, sign_in):
    answer = sign_in(cast.officer).post(reverse("edition-release-many") + "?all=1", {"all": "1"}, follow=True)
    assert "Choose the reports to release first." in answer.content.decode()
    assert released() == set()


def test_the_confirmation_names_those_that_stay_as_they_are(drafts, unmade, cast, sign_in):
    services.release_editions(editions=drafts[:1], user=cast.head)
    html = confirm(sign_in(cast.officer), edition=[drafts[0].pk, drafts[1].pk, unmade.pk])
    kept, asked = html.split("stay as they are:")[1].split("<form")[:2]
    assert "the region" in kept
    assert "Israel" in kept
    assert "Kyrgyzstan" in asked
    assert f'value="{unmade.pk}"' not in html


def test_one_that_was_released_meanwhile_stops_the_rest_and_the_page_says_which(drafts, cast, sign_in):
    services.release_editions(editions=drafts[:1], user=cast.head)
    answer = sign_in(cast.officer).post(
        reverse("edition-release-many"), {"edition": [edition.pk for edition in drafts]}, follow=True
    )
    html = answer.content.decode()
    assert "Nothing was released. Not made yet, or released already: Regional quarterly report" in html
    assert "Release 2 reports?" in html
    assert released() == {drafts[0].pk}


def test_nothing_chosen_leads_back_to_the_list(drafts, cast, sign_in):
    client = sign_in(cast.officer)
    assert "Choose the reports to release first." in confirm(client)
    assert "Choose the reports to release first." in confirm(client, edition=["x", "9" * 40])
    assert released() == set()


def test_asking_for_one_out_of_turn_stands_apart_from_the_list(drafts, cast, sign_in):
    html = sign_in(cast.officer).get(reverse("reports")).content.decode()
    assert html.index("</table>") < html.index('id="make"') < html.index(reverse("edition-request"))
    assert "Make this report" not in sign_in(cast.viewer).get(reverse("reports")).content.decode()


@pytest.mark.parametrize("page", ["reports", "edition-release-many"])
def test_the_pages_take_the_same_statements_for_few_and_many(
    page, drafts, open_period, cast, sign_in, django_assert_max_num_queries
):
    client = sign_in(cast.officer)
    with django_assert_max_num_queries(15) as few:
        client.get(reverse(page), {"all": "1"})
    for number in range(18):
        mission = Mission.objects.create(
            code=f"X{number}", name=f"M {number}", kind="regional_office", time_zone="UTC", source="test"
        )
        make(open_period, mission)
    with django_assert_max_num_queries(len(few)):
        assert client.get(reverse(page), {"all": "1"}).content.count(b"M 1") > 0


@pytest.mark.django_db(transaction=True)
def test_a_click_chooses_all_and_one_can_be_left_out(drafts, cast, live_server, browser):
    give_password(cast.officer)
    page = browser.new_page(viewport={"width": 390, "height": 800})
    sign_in_at(page, live_server.url, cast.officer)
    page.goto(f"{live_server.url}{reverse('reports')}")
    every = page.get_by_label("All 3 drafts")
    every.check()
    boxes = page.locator('input[name="edition"]')
    for number in range(3):
        expect(boxes.nth(number)).to_be_checked()
    page.get_by_label("Choose Mission quarterly report, Tajikistan").uncheck()
    expect(every).not_to_be_checked()
    page.get_by_role("button", name="Release those chosen").click()
    expect(page.get_by_role("heading", name="Release 2 reports?")).to_be_visible()
    page.get_by_role("button", name="Release 2 reports").click()
    expect(page.get_by_text("2 reports released.")).to_be_visible()
    assert released() == {drafts[0].pk, drafts[1].pk}
