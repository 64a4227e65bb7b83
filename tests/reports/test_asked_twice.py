"""A button of the periodic reports pressed twice: asked for once, released once, and said kindly both times."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tracker.common.errors import Stale
from tracker.common.jobs.models import Job
from tracker.reports import services
from tracker.reports.choices import EditionKind
from tracker.reports.models import Edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(strategy, missions, open_period, cast) -> Edition:
    return ask(open_period, missions["KG"], cast.officer)


def ask(period, mission, person) -> Edition:
    kind = EditionKind.MISSION_QUARTERLY if mission else EditionKind.REGIONAL_QUARTERLY
    return services.request_edition(kind=kind, period=period, mission=mission, user=person)


def test_what_is_under_way_is_not_asked_for_twice_by_one_person(asked, open_period, missions, cast):
    assert ask(open_period, missions["KG"], cast.officer) == asked
    others = [
        ask(open_period, missions["TJ"], cast.officer),
        ask(open_period, None, cast.officer),
        ask(open_period, missions["KG"], cast.head),
    ]
    assert len({asked.pk, *(other.pk for other in others)}) == 4


def test_what_is_made_is_made_again_when_it_is_asked_for_again(asked, open_period, missions, cast):
    Job.objects.update(status="done", finished_at=timezone.now())
    assert ask(open_period, missions["KG"], cast.officer) != asked


def test_releasing_twice_releases_once_and_keeps_the_moment(asked, cast):
    Edition.objects.update(made_at=timezone.now())
    assert services.release_editions(editions=[asked], user=cast.officer) == 1
    asked.refresh_from_db()
    assert services.release_editions(editions=[asked], user=cast.officer) == 1
    again = Edition.objects.get()
    assert (again.released_at, again.released_by) == (asked.released_at, cast.officer)
    with pytest.raises(Stale):
        services.release_editions(editions=[asked], user=cast.head)


def test_the_page_says_released_both_times(asked, cast, sign_in):
    Edition.objects.update(made_at=timezone.now())
    Job.objects.update(status="done", finished_at=timezone.now())
    client = sign_in(cast.officer)
    for _ in range(2):
        page = client.post(reverse("edition-release", args=[asked.pk]), follow=True).content.decode()
        assert "Released. Everyone with a role may read it" in page
        assert "note-error" not in page
