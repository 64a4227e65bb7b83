"""The rows of a report are drawn once and kept; what is shown is always what would be drawn now."""

import re
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import stage
from tracker.framework.models import Indicator, IndicatorBreakdown
from tracker.progress.models import CellValue, Evidence, IndicatorResult, ReportRevision, Target
from tracker.reporting import drawn

# The version of the data holds for what was committed.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cells(flow):
    """The flow is asked for by sex: cells by code."""
    return stage.ask_by_sex(flow)


@pytest.fixture
def draws(monkeypatch) -> list[bool]:
    """One entry for every time that rows are drawn, and not read back."""
    seen: list[bool] = []
    draw = drawn.draw

    def count(*args, **kwargs):
        seen.append(True)
        return draw(*args, **kwargs)

    monkeypatch.setattr(drawn, "draw", count)
    return seen


def plain(text: str) -> str:
    """A page without what is another one in every answer."""
    return re.sub(r'(name="(?:csrfmiddlewaretoken|page)" value|data-csrf|nonce)="[^"]*"', "", text)


def results() -> object:
    return IndicatorResult.objects.filter(revision__report__period__code="2024-Q4")


# What is changed, as a person or as the system does, without the page that is open.
def _write(**changed: object) -> Callable[..., None]:
    def write(**_world: object) -> None:
        assert results().update(**changed) == 1

    return write


def _change_cell(**_world: object) -> None:
    assert CellValue.objects.update(value=4) == 1


def _remove_cell(**_world: object) -> None:
    CellValue.objects.all().delete()


def _add_link(*, flow, cast, **_world: object) -> None:
    Evidence.objects.create(
        revision=ReportRevision.objects.get(report__period__code="2024-Q4"),
        indicator=flow, title="Minutes", link="https://example.org/", added_by=cast.reporter,
    )  # fmt: skip


def _set_target(*, flow, missions, **_world: object) -> None:
    Target.objects.create(indicator=flow, mission=missions["KG"], due_on="2024-12-31", value=500)


def _report_before(*, flow, missions, cast, **_world: object) -> None:
    stage.approve(missions["KG"], "2024-Q3", {flow: 7}, reporter=cast.reporter, officer=cast.officer)


def _rename(**_world: object) -> None:
    Indicator.objects.update(name="Renamed")


def _add_breakdown(*, flow, **_world: object) -> None:
    breakdown = stage.make_breakdown("age", cells=["young", "old"])
    IndicatorBreakdown.objects.create(indicator=flow, breakdown=breakdown)


CHANGES = {
    "an amount": _write(value=11),
    "an amount taken away": _write(value=None),
    "a comment": _write(comment="As planned"),
    "not applicable": _write(value=None, not_applicable=True, comment="Not begun"),
    "carried over": _write(is_carried=True),
    "a cell": _change_cell,
    "a cell taken away": _remove_cell,
    "evidence": _add_link,
    "a target": _set_target,
    "an earlier report": _report_before,
    "a name": _rename,
    "a breakdown": _add_breakdown,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_whatever_a_row_says_is_shown_at_once(change, flow, cells, missions, open_tab, cast, draws):
    """Shown with what is kept and without it the page is the same, and another one than before."""
    tab = open_tab(cast.reporter).unfold(flow)
    tab.enter(flow, value="10", **{f"c{cells['female'].pk}_value": "3"}).press()
    before = plain(tab.open().text)
    drawn_before = len(draws)
    assert plain(tab.open().text) == before
    assert len(draws) == drawn_before
    change(flow=flow, missions=missions, cast=cast)
    after = plain(tab.open().text)
    assert len(draws) == drawn_before + 1
    assert after != before
    assert plain(tab.open().text) == after
    cache.clear()
    assert plain(tab.open().text) == after


def test_a_report_that_is_handed_in_and_recalled_loses_its_boxes_and_has_them_again(
    flow, url, open_tab, cast
):
    tab = open_tab(cast.reporter).enter(flow, value="10").press()
    assert "<textarea" in tab.open().text
    assert "<textarea" not in tab.press("submit").text
    assert "<textarea" not in open_tab(cast.officer).text
    assert tab.client.post(f"{url}recall/").status_code == 302
    assert "<textarea" in tab.open().text


def test_what_changes_while_it_is_drawn_is_not_kept(flow, open_tab, cast, monkeypatch):
    """Nobody is shown an amount that stood there for the time of the drawing alone."""
    tab = open_tab(cast.reporter).enter(flow, value="10").press()
    cache.clear()
    draw = drawn.draw

    def disturbed(grid, **more):
        results().update(value=99)
        return draw(drawn.grid_of(*asked), **more)

    report = ReportRevision.objects.select_related("report__mission", "report__period__strategy").get()
    asked = report.report.period, report.report.mission, report
    monkeypatch.setattr(drawn, "draw", disturbed)
    assert 'value="99"' in tab.open().text
    monkeypatch.setattr(drawn, "draw", draw)
    results().update(value=10)
    assert 'value="10"' in tab.open().text


def test_what_is_kept_costs_no_reading_of_rows(flow, share, open_tab, cast):
    tab = open_tab(cast.reporter).enter(flow, value="10").press()
    tab.open()
    with CaptureQueriesContext(connection) as asked:
        tab.open()
    assert not [
        each["sql"] for each in asked.captured_queries if "tracker_indicatorassignment" in each["sql"]
    ]
    assert len(asked.captured_queries) <= 15
