"""Whether the figures are right: on the administrators' home, and on the page that says what is wrong."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from tests import stage
from tests.conftest import Cast
from tracker.analysis.models import Recount
from tracker.common.jobs.models import Job
from tracker.framework.models import Strategy

pytestmark = pytest.mark.django_db

PAGE = "/checks/recount/"
ENDED = datetime(2026, 3, 4, 2, 45, tzinfo=UTC)
FINDINGS: dict[str, Any] = {
    "indicators": [
        {
            "indicator": "SP1-O1-I1",
            "count": 12,
            "figures": [
                {"period": "2022-Q4", "place": "KG", "name": "value", "engine": "1170", "recount": "360"},
                {
                    "period": "2022-Q4",
                    "place": "REGION",
                    "name": "cell 7 value",
                    "engine": "9",
                    "recount": "8",
                },
            ],
            "rows": [
                {
                    "table": "indicatorresult",
                    "id": 4711,
                    "state": "changed",
                    "indicator": "SP1-O1-I1",
                    "mission": "KG",
                    "period": "2022-Q3",
                    "columns": [["value", "900.000000", "90.000000"]],
                }
            ],
        }
    ],
    "altered": [
        {
            "table": "target",
            "id": 5,
            "state": "deleted",
            "indicator": "SP1-O1-I1",
            "mission": "",
            "period": "",
            "columns": [],
        }
    ],
}


def ended(strategy: Strategy, **fields: Any) -> Recount:
    found = {"periods": 20, "figures": 9_049_377, "differences": 0, "altered": 0}
    found["findings"] = {"indicators": [], "altered": []}
    return Recount.objects.create(strategy=strategy, begun_at=ENDED, ended_at=ENDED, **found | fields)


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def home_of(client: Client) -> str:
    return text_of(client.get("/"))


def test_home_says_that_no_figure_was_recounted_yet(strategy, cast: Cast, sign_in) -> None:
    assert "The figures have not been recounted yet" in home_of(sign_in(cast.administrator))


def test_home_says_that_all_figures_are_right_and_since_when(strategy, cast: Cast, sign_in) -> None:
    ended(strategy)
    page = home_of(sign_in(cast.administrator))
    assert "9 049 377 figures of 20 periods were worked out once more" in page
    assert "4 Mar 2026" in page


def test_home_says_what_is_wrong(strategy, cast: Cast, sign_in) -> None:
    ended(strategy, differences=12, altered=1, findings=FINDINGS)
    page = home_of(sign_in(cast.administrator))
    assert "12 figures differ from their history, and 1 row was changed behind it" in page
    assert f'href="{PAGE}"' in page


def test_home_says_that_the_last_one_failed_and_what_the_one_before_found(
    strategy, cast: Cast, sign_in
) -> None:
    ended(strategy)
    job = Job.objects.create(task="analysis.recount", status="failed", finished_at=ENDED, error="No room.")
    Recount.objects.create(strategy=strategy, job=job)
    page = home_of(sign_in(cast.administrator))
    assert "did not come to its end. No room." in page
    assert "all are the same" in page


@pytest.mark.parametrize("person", ["reporter", "viewer"])
def test_nobody_else_is_told(strategy, cast: Cast, sign_in, person: str) -> None:
    ended(strategy, differences=12, altered=1, findings=FINDINGS)
    client = sign_in(getattr(cast, person))
    assert "differ from their history" not in home_of(client)
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE).status_code == 403


@pytest.mark.parametrize("person", ["officer", "administrator"])
def test_the_page_names_figures_and_rows(strategy, cast: Cast, sign_in, person: str) -> None:
    stage.make_indicator("SP1-O1-I1")
    ended(strategy, differences=12, altered=1, findings=FINDINGS)
    response = sign_in(getattr(cast, person)).get(PAGE)
    page = text_of(response)
    assert "Target 5" in page
    assert "Result 4711" in page
    assert "breakdown cell 7 value" in page
    assert "1170" in page


def test_the_page_is_never_empty(cast: Cast, sign_in) -> None:
    assert "load_strategy" in text_of(sign_in(cast.administrator).get(PAGE))


def test_one_is_asked_for_and_not_a_second_beside_it(strategy, cast: Cast, sign_in) -> None:
    client = sign_in(cast.administrator)
    assert "A recount has begun" in text_of(client.post(PAGE, follow=True))
    assert "A recount is being made already" in text_of(client.post(PAGE, follow=True))
    [asked] = Recount.objects.all()
    assert asked.job.status == "queued"
    page = text_of(client.get(PAGE))
    assert "A recount waits for a worker" in page
    assert "Recount now" not in page


def test_the_page_says_how_far_a_recount_is(strategy, cast: Cast, sign_in) -> None:
    job = Job.objects.create(task="analysis.recount", status="running", done=50, total=1310)
    Recount.objects.create(strategy=strategy, job=job)
    assert "50 of 1 310 indicators" in text_of(sign_in(cast.administrator).get(PAGE))


def test_reading_costs_the_same_however_many_there_are(
    strategy, cast: Cast, sign_in, django_assert_max_num_queries
) -> None:
    for _ in range(20):
        ended(strategy, differences=12, altered=1, findings=FINDINGS)
    client = sign_in(cast.administrator)
    with django_assert_max_num_queries(8):
        page = text_of(client.get(PAGE))
    assert page.count("4 Mar 2026, 03:45</td>") == 14
