"""Pages read figures that are kept, and show what was approved since at once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.explore.conftest import Region
from tracker.progress.models import ReportRevision
from tracker.progress.services import reports

pytestmark = pytest.mark.django_db(transaction=True)

AT_Q4_2021 = "period=2021-Q4"


def approve(region: Region) -> None:
    """Kyrgyzstan reports 100 more in the last quarter of 2021, with which it has reached its 400."""
    region.submit(region.kg, "2021-Q4", 100)
    revision = ReportRevision.objects.get(status="submitted")
    reports.approve_reports(revisions=[revision], user=region.cast.officer)


def figures_on_a_tree(response) -> list[str]:
    return [
        row.figures.words
        for branch in response.context["groups"]
        for part in branch.objectives
        for row in part.rows
    ]


def figures_of_a_country(response) -> list[str]:
    return [row.figures.words for part in response.context["parts"] for row in part.rows]


def figures_counted(response) -> list[str]:
    return [f"{count} {style.word}" for style, count in response.context["table"].everything.cells]


def figures_on_the_map(response) -> list[str]:
    return [row.shown for row in response.context["region_map"].picture.rows if row.shown]


@pytest.mark.parametrize(
    ("address", "figures", "before", "after"),
    [
        (f"/framework/?{AT_Q4_2021}", figures_on_a_tree, ["At risk"], ["Achieved"]),
        (f"/framework/?{AT_Q4_2021}&mission=KG", figures_on_a_tree, ["At risk"], ["Achieved"]),
        (f"/countries/KG/?{AT_Q4_2021}", figures_of_a_country, ["At risk"], ["Achieved"]),
        (f"/objectives/SP1-O1/?{AT_Q4_2021}", lambda r: [r.context["rows"][0].figures.words],
         ["At risk"], ["Achieved"]),
        (f"/indicators/SP1-O1-I1/?{AT_Q4_2021}", lambda r: [r.context["region"].words], ["At risk"], ["Achieved"]),
        ("/", figures_counted, ["1 At risk"], ["1 Achieved"]),
    ],
)  # fmt: skip
def test_what_is_approved_is_shown_at_once(region: Region, sign_in, address, figures, before, after):
    client = sign_in(region.cast.officer)
    for _time in ("worked out", "kept"):
        assert figures(client.get(address)) == before
    approve(region)
    assert figures(client.get(address)) == after


def test_the_map_follows_an_approval(region: Region, sign_in):
    client = sign_in(region.cast.officer)
    address = "/countries/?map=on-track&map_period=2021-Q4"
    for _time in ("worked out", "kept"):
        assert figures_on_the_map(client.get(address)) == ["0\N{NARROW NO-BREAK SPACE}%"]
    approve(region)
    assert figures_on_the_map(client.get(address)) == ["100\N{NARROW NO-BREAK SPACE}%"]


@pytest.mark.parametrize(
    "address", ["/", f"/framework/?{AT_Q4_2021}", f"/countries/KG/?{AT_Q4_2021}", "/countries/?map=on-track"]
)
def test_a_page_asks_for_no_figures_that_are_kept(region: Region, sign_in, address: str):
    client = sign_in(region.cast.officer)

    def asked() -> list[str]:
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return [query["sql"] for query in queries if "tracker_cache" not in query["sql"]]

    first, second = asked(), asked()
    of_figures = [sql for sql in first if "AS MATERIALIZED" in sql]
    assert of_figures
    assert not [sql for sql in second if "AS MATERIALIZED" in sql]
    # The version is read for each thing that is kept: the map and the table below it have the same counts.
    versions = sum("tracker_dataversion" in sql for sql in second)
    assert versions == (2 if "map=" in address else 1)
