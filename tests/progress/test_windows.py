"""Setting the dates of a window."""

from datetime import date

import pytest

from tests.conftest import Cast
from tracker.common.errors import NotAllowed, Refused
from tracker.framework.models import Strategy
from tracker.progress.models import ReportingPeriod
from tracker.progress.services.windows import set_window


def test_an_officer_gives_a_window_other_dates(strategy: Strategy, cast: Cast):
    period = ReportingPeriod.objects.get(code="2021-Q2")
    dates = {"opens_on": date(2021, 7, 5), "due_on": date(2021, 8, 1), "closes_on": date(2021, 8, 31)}

    set_window(period=period, **dates, user=cast.officer)

    period.refresh_from_db()
    assert {name: getattr(period, name) for name in dates} == dates


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
        set_window(
            period=period,
            opens_on=date(2021, 7, 1),
            due_on=date(2021, 7, 2),
            closes_on=date(2021, 7, 3),
            user=cast.reporter,
        )
