"""Figures that are kept are those of the engine, and never older than what they are made of."""

import pickle
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import get_language, override

from tests import stage
from tests.explore.conftest import aim
from tracker.analysis import kept
from tracker.analysis.drawing import Chart
from tracker.analysis.engine import standings
from tracker.analysis.kept import chart_of, counts_of_all, standings_of_all
from tracker.analysis.labels import DatedLevel
from tracker.analysis.status_counts import count_by_status
from tracker.framework.models import Indicator
from tracker.progress.models import ReportingPeriod
from tracker.progress.services import reports

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def period(strategy) -> ReportingPeriod:
    return ReportingPeriod.objects.get(strategy=strategy, code="2021-Q4")


@pytest.fixture
def reported(strategy, missions, cast) -> list[Indicator]:
    """A flow with a target of 400, of which 300 were reported, and a share that nobody reported."""
    flow = stage.make_indicator("SP1-O1-I1")
    share = stage.make_indicator("SP1-O1-I2", measure="percentage", period_rule="latest")
    for indicator in (flow, share):
        stage.assign(indicator, missions["KG"], missions["TJ"])
    aim(flow, missions["KG"], ReportingPeriod.objects.get(code="2021-Q4").ends_on, 400)
    stage.approve(missions["KG"], "2021-Q4", {flow: 300}, reporter=cast.reporter, officer=cast.officer)
    return [flow, share]


def asked_for(ask: Callable[[], object]) -> int:
    """How many statements it takes."""
    with CaptureQueriesContext(connection) as queries:
        ask()
    return sum("tracker_cache" not in query["sql"] for query in queries)


@pytest.mark.parametrize("code", ["", "KG", "TJ"])
@pytest.mark.parametrize("provisional", [False, True])
def test_what_is_kept_is_what_the_engine_says(reported, period, missions, code: str, provisional: bool):
    mission = missions[code].pk if code else None
    expected = standings(
        strategy=period.strategy,
        as_of=period,
        missions=None if mission is None else [mission],
        with_missions=mission is not None,
        provisional=provisional,
    )
    for _time in ("computed", "read back"):
        found = standings_of_all(
            strategy=period.strategy, as_of=period, mission=mission, provisional=provisional
        )
        assert found == expected


def test_a_second_asking_takes_one_statement(reported, period):
    def ask() -> object:
        return standings_of_all(strategy=period.strategy, as_of=period)

    assert asked_for(ask) > 1
    assert asked_for(ask) == 1


def test_each_period_mission_and_kind_of_figures_is_kept_by_itself(reported, period, missions, cast):
    flow, _share = reported
    stage.approve(missions["KG"], "2022-Q1", {flow: 50}, reporter=cast.reporter, officer=cast.officer)
    later = ReportingPeriod.objects.get(code="2022-Q1")

    def value(**asked: object) -> Decimal | None:
        chosen = {"strategy": period.strategy, "as_of": period, **asked}
        return standings_of_all(**chosen)[flow.pk].region.value  # type: ignore[arg-type]

    for _time in ("computed", "read back"):
        assert value() == 300
        assert value(as_of=later) == 350
        assert value(mission=missions["TJ"].pk) is None


def test_an_approval_is_seen_at_once(reported, period, missions, cast):
    flow, _share = reported

    def value() -> Decimal | None:
        return standings_of_all(strategy=period.strategy, as_of=period)[flow.pk].region.value

    def achieved() -> int:
        return counts_of_all(strategy=period.strategy, as_of=period).region.counts().get("achieved", 0)

    assert (value(), achieved()) == (300, 0)
    first = flow.results.get().revision
    reports.reopen_report(report=first.report, user=cast.officer, comment="Count it again")
    again = first.report.revisions.get(number=2)
    again.results.update(value=410, entered_by=cast.reporter, is_copy=False)
    stage.submit(again, by=cast.reporter)
    assert (value(), achieved()) == (300, 0)
    reports.approve_reports(revisions=[again], user=cast.officer)
    assert (value(), achieved()) == (410, 1)


def test_counts_are_kept_as_they_are_counted(reported, period):
    expected = count_by_status(strategy=period.strategy, as_of=period)
    asked = [asked_for(lambda: counts_of_all(strategy=period.strategy, as_of=period)) for _time in range(2)]
    assert asked == [asked[0], 1]
    assert asked[0] > 1
    assert counts_of_all(strategy=period.strategy, as_of=period) == expected
    assert expected.missions["KG"].counts() == {"at_risk": 1, "no_target": 1}


def test_what_an_earlier_program_kept_is_not_read(reported, period, monkeypatch):
    def ask() -> object:
        return standings_of_all(strategy=period.strategy, as_of=period)

    ask()
    monkeypatch.setattr(kept, "digest_of_program", lambda: "another")
    assert asked_for(ask) > 1


def test_what_is_kept_holds_no_dataclass_and_every_value_once():
    row = (7, "SP1-O1-I1", Decimal("0.5"), None, ["KG", "TJ"])
    rows = [(*row, True), (*[pickle.loads(pickle.dumps(each)) for each in row], 1)]
    first, second = kept._share_values(rows)
    assert first == (7, "SP1-O1-I1", Decimal("0.5"), None, ("KG", "TJ"), True)
    assert all(one is other for one, other in zip(first[:5], second[:5], strict=True))
    assert (first[5], second[5]) == (True, 1)
    assert type(second[5]) is int


# -- Charts --------------------------------------------------------------------------------------------
def test_a_chart_is_drawn_once_for_what_it_shows_and_for_each_language():
    drawn = []

    def draw(**asked: object) -> Chart:
        drawn.append((asked, get_language()))
        return Chart(title=str(asked), svg="<svg/>", alt="", columns=(), rows=())

    level = DatedLevel(date(2021, 12, 31), Decimal("0.5"))
    first = chart_of(draw, name="A chart of this test", levels=[level])
    assert chart_of(draw, levels=[level], name="A chart of this test") == first
    assert len(drawn) == 1
    chart_of(draw, name="A chart of this test", levels=[DatedLevel(level.date, Decimal("0.6"))])
    with override("ru"):
        chart_of(draw, name="A chart of this test", levels=[level])
    assert [language for _asked, language in drawn] == ["en-gb", "en-gb", "ru"]
