"""Setting the dates of a window, and extending the strategy by periods."""

from datetime import date, timedelta

import pytest

from tests import stage
from tests.conftest import Cast
from tracker.common.errors import NotAllowed, Refused, Stale
from tracker.framework.models import Strategy
from tracker.progress.models import (
    IndicatorAssignment,
    ProgressReport,
    ReportingPeriod,
    ReportRevision,
    ReviewEvent,
)
from tracker.progress.rules import Window
from tracker.progress.services.windows import add_periods, propose_periods, set_window, window_of

TODAY = date.today()


def dates(opens_on: date, due_on: date, closes_on: date) -> dict[str, date]:
    return {"opens_on": opens_on, "due_on": due_on, "closes_on": closes_on}


SUMMER = dates(date(2021, 7, 5), date(2021, 8, 1), date(2021, 8, 31))


# -- One window ---------------------------------------------------------------------------------------
def test_an_officer_gives_a_window_other_dates(strategy: Strategy, cast: Cast):
    period = ReportingPeriod.objects.get(code="2021-Q2")

    set_window(period=period, **SUMMER, user=cast.officer)

    period.refresh_from_db()
    assert {name: getattr(period, name) for name in SUMMER} == SUMMER


@pytest.mark.parametrize(
    ("opens_on", "due_on", "closes_on"),
    [
        (date(2021, 6, 30), date(2021, 7, 20), date(2021, 8, 9)),  # opens on the period's last day
        (date(2021, 7, 10), date(2021, 7, 9), date(2021, 8, 9)),
        (date(2021, 7, 1), date(2021, 8, 10), date(2021, 8, 9)),
    ],
)
def test_dates_out_of_order_are_refused(
    strategy: Strategy, cast: Cast, opens_on: date, due_on: date, closes_on: date
):
    period = ReportingPeriod.objects.get(code="2021-Q2")
    with pytest.raises(Refused, match="opens after the period"):
        set_window(
            period=period, opens_on=opens_on, due_on=due_on, closes_on=closes_on, user=cast.administrator
        )
    # As it came: twenty and forty days after 30 Jun 2021.
    period.refresh_from_db()
    assert (period.due_on, period.closes_on) == (date(2021, 7, 20), date(2021, 8, 9))


def test_a_reporter_sets_no_window(strategy: Strategy, cast: Cast):
    period = ReportingPeriod.objects.get(code="2021-Q2")
    with pytest.raises(NotAllowed):
        set_window(period=period, **SUMMER, user=cast.reporter)


def test_on_time_goes_by_the_due_date_with_which_a_window_opened_however_often_it_is_set(
    strategy: Strategy, cast: Cast
):
    period = ReportingPeriod.objects.get(code="2021-Q2")
    set_window(period=period, **SUMMER, user=cast.officer)
    period.refresh_from_db()
    assert (period.first_due_on, period.judged_on) == (date(2021, 7, 20), date(2021, 7, 20))

    later = dates(date(2021, 7, 5), date(2021, 9, 1), date(2021, 9, 30))
    set_window(period=period, **later, user=cast.officer)
    period.refresh_from_db()
    assert (period.due_on, period.judged_on) == (date(2021, 9, 1), date(2021, 7, 20))

    back = dates(date(2021, 7, 1), date(2021, 7, 20), date(2021, 8, 9))
    set_window(period=period, **back, user=cast.officer)
    period.refresh_from_db()
    assert (period.first_due_on, period.judged_on) == (None, date(2021, 7, 20))


def test_a_window_re_dated_before_it_opens_is_judged_by_the_new_date(
    strategy: Strategy, missions, cast: Cast
):
    period = ReportingPeriod.objects.get(code="2024-Q4")
    ahead = TODAY + timedelta(days=10)
    ReportingPeriod.objects.filter(pk=period.pk).update(opens_on=ahead, due_on=ahead, closes_on=ahead)
    period.refresh_from_db()
    days = dates(ahead, ahead + timedelta(days=5), ahead + timedelta(days=9))

    set_window(period=period, **days, user=cast.officer)

    period.refresh_from_db()
    assert (period.first_due_on, period.judged_on) == (None, ahead + timedelta(days=5))


def test_an_original_date_by_which_nobody_was_asked_gives_way_until_somebody_has_handed_in(
    strategy: Strategy, missions, cast: Cast
):
    period = ReportingPeriod.objects.get(code="2021-Q2")
    set_window(period=period, **SUMMER, user=cast.officer, counts_anew=True)
    period.refresh_from_db()
    assert (period.first_due_on, period.judged_on) == (None, date(2021, 8, 1))

    report = ProgressReport.objects.create(mission=missions["KG"], period=period)
    revision = ReportRevision.objects.create(report=report, number=1, created_by=cast.reporter)
    ReviewEvent.objects.create(
        revision=revision,
        transition="submit",
        from_status="draft",
        to_status="submitted",
        actor=cast.reporter,
    )
    with pytest.raises(Refused, match="handed in already"):
        set_window(
            period=period,
            **{**SUMMER, "due_on": date(2021, 8, 20)},
            user=cast.officer,
            counts_anew=True,
        )


def test_who_looked_at_other_dates_than_hold_now_is_told(strategy: Strategy, cast: Cast):
    period = ReportingPeriod.objects.get(code="2021-Q2")
    seen = window_of(period)
    set_window(period=period, **SUMMER, user=cast.second_officer, shown=seen)
    with pytest.raises(Stale, match="re-dated this window meanwhile"):
        set_window(
            period=ReportingPeriod.objects.get(pk=period.pk),
            **{**SUMMER, "closes_on": date(2021, 9, 30)},
            user=cast.officer,
            shown=seen,
        )
    # The same dates a second time are set already.
    set_window(period=period, **SUMMER, user=cast.officer, shown=seen)
    period.refresh_from_db()
    assert window_of(period) == Window(**SUMMER)
    assert period.judged_on == date(2021, 7, 20)


# -- More periods -------------------------------------------------------------------------------------
def test_the_next_four_quarters_are_proposed_with_the_windows_they_come_with(strategy: Strategy):
    found = [
        (each.code, each.starts_on, each.ends_on, each.opens_on, each.due_on, each.closes_on)
        for each in propose_periods(strategy)
    ]
    d = date
    assert found == [
        ("2025-Q1", d(2025, 1, 1), d(2025, 3, 31), d(2025, 4, 1), d(2025, 4, 20), d(2025, 5, 10)),
        ("2025-Q2", d(2025, 4, 1), d(2025, 6, 30), d(2025, 7, 1), d(2025, 7, 20), d(2025, 8, 9)),
        ("2025-Q3", d(2025, 7, 1), d(2025, 9, 30), d(2025, 10, 1), d(2025, 10, 20), d(2025, 11, 9)),
        ("2025-Q4", d(2025, 10, 1), d(2025, 12, 31), d(2026, 1, 1), d(2026, 1, 20), d(2026, 2, 9)),
    ]


def test_a_strategy_is_extended_by_what_was_shown_and_by_a_double_click_once(strategy: Strategy, cast: Cast):
    codes = ["2025-Q1", "2025-Q2"]
    assert [p.code for p in add_periods(strategy=strategy, codes=codes, user=cast.administrator)] == codes
    assert add_periods(strategy=strategy, codes=codes, user=cast.administrator) == []
    assert strategy.periods.count() == 22
    added = strategy.periods.get(code="2025-Q2")
    assert (added.number, added.due_on) == (2025 * 4 + 1, date(2025, 7, 20))


@pytest.mark.parametrize("codes", [["2025-Q2"], ["2025-Q1", "2025-Q3"], ["2031-Q1"], ["rubbish"], []])
def test_what_does_not_come_next_is_not_added(strategy: Strategy, cast: Cast, codes: list[str]):
    with pytest.raises(Stale, match="Other periods come next"):
        add_periods(strategy=strategy, codes=codes, user=cast.officer)
    assert strategy.periods.count() == 20


def test_a_reporter_adds_no_period(strategy: Strategy, cast: Cast):
    with pytest.raises(NotAllowed):
        add_periods(strategy=strategy, codes=["2025-Q1"], user=cast.lead)


def test_in_added_periods_what_is_assigned_falls_due(strategy: Strategy, missions, cast: Cast):
    stage.assign(stage.make_indicator(frequency="annual"), missions["KG"])
    add_periods(strategy=strategy, codes=["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"], user=cast.officer)
    added = list(strategy.periods.filter(number__gte=2025 * 4))
    owed = IndicatorAssignment.objects.count_due(added)
    last = next(period for period in added if period.code == "2025-Q4")
    assert owed == {(missions["KG"].pk, last.pk): 1}
