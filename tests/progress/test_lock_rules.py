"""Which lock a report meets, by when it is handed in, and whether that was on time: worked by hand.

The window is that of the second quarter of 2021: it opens on 1 Jul, is due on 20 Jul and closes on 9 Aug.
"""

from datetime import date

import pytest

from tracker.progress.rules import (
    Lock,
    Timeliness,
    Window,
    deadline_of,
    lock_of,
    timeliness_of,
    window_dates,
)

WINDOW = Window(date(2021, 7, 1), date(2021, 7, 20), date(2021, 8, 9))


def day(text: str) -> date:
    number, month = text.split()
    return date(2021, {"Jun": 6, "Jul": 7, "Aug": 8, "Sep": 9}[month], int(number))


def test_the_window_of_these_tests_is_that_which_the_quarter_comes_with():
    assert window_dates(date(2021, 6, 30)) == WINDOW


@pytest.mark.parametrize(
    ("today", "status", "answer_by", "until", "lock"),
    [
        ("30 Jun", None, None, None, Lock.NOT_OPEN_YET),
        ("1 Jul", None, None, None, None),
        ("9 Aug", None, None, None, None),
        ("10 Aug", None, None, None, Lock.CLOSED),
        # An extension counts in full on its last day, opens nothing early and closes nothing.
        ("30 Jun", None, None, "31 Aug", Lock.NOT_OPEN_YET),
        ("10 Aug", None, None, "31 Aug", None),
        ("31 Aug", "draft", None, "31 Aug", None),
        ("1 Sep", "draft", None, "31 Aug", Lock.EXTENSION_PASSED),
        ("9 Aug", "draft", None, "25 Jul", None),
        ("10 Aug", "draft", None, "25 Jul", Lock.CLOSED),
        # What was returned is open until its answer-by date, whatever the window.
        ("20 Aug", "returned", "20 Aug", None, None),
        ("21 Aug", "returned", "20 Aug", None, Lock.ANSWER_PASSED),
        ("30 Jun", "draft", "20 Aug", None, None),
        ("5 Aug", "returned", "1 Aug", None, None),
        ("21 Aug", "returned", "20 Aug", "31 Aug", None),
        ("1 Sep", "returned", "20 Aug", "31 Aug", Lock.EXTENSION_PASSED),
        ("1 Sep", "returned", "31 Aug", "20 Aug", Lock.ANSWER_PASSED),
        # Nobody writes in what is handed in, with whatever extension.
        ("15 Jul", "submitted", None, "31 Aug", Lock.SUBMITTED),
        ("15 Aug", "approved", None, "31 Aug", Lock.APPROVED),
    ],
)
def test_each_lock_is_met_on_the_day_it_should(today, status, answer_by, until, lock):
    met = lock_of(
        window=WINDOW,
        status=status,
        answer_by=day(answer_by) if answer_by else None,
        today=day(today),
        extended_until=day(until) if until else None,
    )
    assert met is lock


@pytest.mark.parametrize(
    ("status", "answer_by", "until", "deadline"),
    [
        (None, None, None, "20 Jul"),
        (None, None, "31 Aug", "31 Aug"),
        ("draft", None, "25 Jul", "25 Jul"),
        ("returned", "20 Aug", None, "20 Aug"),
        ("returned", "20 Aug", "31 Aug", "31 Aug"),
        ("returned", "20 Aug", "25 Jul", "20 Aug"),
        ("submitted", "20 Aug", None, "20 Jul"),
        # A window that was re-dated since to a day after the extension.
        (None, None, "10 Jul", "20 Jul"),
    ],
)
def test_a_report_is_handed_in_by_the_last_of_the_days_that_hold_for_it(status, answer_by, until, deadline):
    held = deadline_of(
        due_on=WINDOW.due_on,
        status=status,
        answer_by=day(answer_by) if answer_by else None,
        extended_until=day(until) if until else None,
    )
    assert held == day(deadline)


@pytest.mark.parametrize(
    ("first", "until", "judged"),
    [
        (None, "31 Aug", None),
        ("20 Jul", None, Timeliness.ON_TIME),
        ("20 Jul", "31 Aug", Timeliness.ON_TIME),
        ("21 Jul", None, Timeliness.LATE),
        ("21 Jul", "31 Aug", Timeliness.UNDER_EXTENSION),
        ("31 Aug", "31 Aug", Timeliness.UNDER_EXTENSION),
        ("1 Sep", "31 Aug", Timeliness.LATE),
    ],
)
def test_on_time_is_the_first_submission_by_the_due_date_or_by_the_extension(first, until, judged):
    found = timeliness_of(
        first_submitted_on=day(first) if first else None,
        due_on=WINDOW.due_on,
        extended_until=day(until) if until else None,
    )
    assert found is judged
