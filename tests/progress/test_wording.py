"""What rules say to people: which lock was met, by when, how far a report is, what is wrong with an entry."""

from datetime import date
from decimal import Decimal as D

import pytest

from tracker.progress.models import ReportingPeriod, ReportRevision
from tracker.progress.rules import (
    Amount,
    Counts,
    Entry,
    EntryRules,
    Lock,
    Window,
    check_entry,
    deadline_of,
    lock_of,
)
from tracker.progress.wording import say_counts, say_dates, say_finding, say_lock

OPENS, DUE, CLOSES = date(2020, 10, 1), date(2020, 10, 20), date(2020, 11, 9)
WINDOW = Window(OPENS, DUE, CLOSES)
PERIOD = ReportingPeriod(code="2020-Q3", opens_on=OPENS, due_on=DUE, closes_on=CLOSES)


# -- Locks and dates ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("status", "is_opened", "lock", "says"),
    [
        ("submitted", False, Lock.SUBMITTED, "recall it until an officer opens it"),
        (
            "submitted",
            True,
            Lock.UNDER_REVIEW,
            "an officer has opened it. To change it, ask a regional M&E officer",
        ),
        ("approved", True, Lock.APPROVED, "ask a regional M&E officer to reopen it"),
        (None, False, Lock.CLOSED, "The window of Q3 2020 closed on 9 Nov 2020. Ask a regional M&E officer"),
    ],
)
def test_each_state_has_its_own_words_and_recalling_is_offered_only_before_an_officer_opens(
    status, is_opened, lock, says
):
    met = lock_of(window=WINDOW, status=status, answer_by=None, today=date(2021, 3, 1), is_opened=is_opened)
    assert met is lock
    assert says in say_lock(lock, period=PERIOD)
    assert ("recall" in say_lock(lock, period=PERIOD)) == (lock is Lock.SUBMITTED)


@pytest.mark.parametrize(
    ("today", "status", "says"),
    [
        (date(2020, 9, 30), None, "Due 20 Oct 2020."),
        (date(2020, 10, 1), None, "Due 20 Oct 2020; the window closes on 9 Nov 2020."),
        (date(2020, 11, 9), "submitted", "Due 20 Oct 2020; the window closes on 9 Nov 2020."),
        (date(2020, 11, 10), "submitted", "Due 20 Oct 2020; the window closed on 9 Nov 2020."),
        # The lock says when it closed, and whom to ask.
        (date(2020, 11, 10), "draft", "Due 20 Oct 2020."),
        (date(2020, 11, 10), None, "Due 20 Oct 2020."),
    ],
)
def test_a_window_closes_until_its_last_day_and_has_closed_from_the_next(today, status, says):
    revision = ReportRevision(status=status) if status else None
    assert say_dates(period=PERIOD, revision=revision, today=today) == says


def test_an_answer_that_came_too_late_says_so_and_an_officer_can_open_the_window_again():
    late = {"status": "returned", "answer_by": date(2020, 12, 4), "today": date(2020, 12, 5)}
    assert lock_of(window=WINDOW, **late) is Lock.ANSWER_PASSED
    assert "Ask a regional M&E officer for an extension" in say_lock(Lock.ANSWER_PASSED, period=PERIOD)
    assert lock_of(window=Window(OPENS, DUE, date(2020, 12, 31)), **late) is None


@pytest.mark.parametrize("status", ["draft", "returned"])
def test_what_is_to_be_answered_has_one_date_that_of_the_answer(status):
    revision = ReportRevision(status=status, answer_by=date(2020, 12, 4))
    assert say_dates(period=PERIOD, revision=revision, today=date(2020, 12, 1)) == "Answer by 4 Dec 2020."
    assert deadline_of(due_on=DUE, status=status, answer_by=date(2020, 12, 4)) == date(2020, 12, 4)


def test_an_answer_that_was_handed_in_is_asked_for_no_more():
    assert deadline_of(due_on=DUE, status="submitted", answer_by=date(2020, 12, 4)) == DUE
    assert deadline_of(due_on=DUE, status="draft", answer_by=None) == DUE


# -- Counts -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("counts", "says"),
    [
        (Counts(given=117, explained=2), "117 given · 2 explained"),
        (Counts(given=116, explained=2, missing=1), "116 given · 2 explained · 1 missing"),
        (Counts(missing=119), "0 given · 119 missing"),
        (Counts(given=119), "119 given"),
    ],
)
def test_counts_say_what_there_is_and_leave_out_what_there_is_none_of(counts, says):
    assert say_counts(counts) == says


# -- Findings -----------------------------------------------------------------------------------------
NAMES = {
    1: ("Sex", "Female"), 2: ("Sex", "Male"), 3: ("Sex", "Unknown"),
    7: ("MiGOF principle or objective", "P1"), 8: ("MiGOF principle or objective", "P2"),
}  # fmt: skip


def sentences(rules: EntryRules, entry: Entry) -> list[str]:
    return [say_finding(finding, cells=NAMES) for finding in check_entry(rules, entry)]


def number(*, exclusive=(), multiple=(), decimals=0) -> EntryRules:
    return EntryRules("number", "sum", decimals, False, True, 0, exclusive=exclusive, multiple=multiple)


def test_parts_that_do_not_add_up_name_the_breakdown_and_both_sums():
    entry = Entry(Amount(D(430)), cells={1: Amount(D(230)), 2: Amount(D(220))})
    assert sentences(number(exclusive=((1, 2, 3),)), entry) == [
        "By sex: 230 + 220 = 450, more than the total of 430."
    ]


def test_one_part_or_very_many_are_not_written_out():
    one = Entry(Amount(D(5)), cells={2: Amount(D(6))})
    assert sentences(number(exclusive=((1, 2, 3),)), one) == [
        "By sex: the parts add up to 6, more than the total of 5."
    ]
    cells = tuple(range(1, 13))
    entry = Entry(Amount(D(11)), cells={cell: Amount(D(1)) for cell in cells})
    [finding] = check_entry(number(exclusive=(cells,)), entry)
    assert say_finding(finding) == "The parts add up to 12, more than the total of 11."


def test_a_name_that_is_no_plain_word_keeps_its_capitals():
    entry = Entry(Amount(D("2.5")), cells={7: Amount(D("1.5")), 8: Amount(D("1.25"))})
    assert sentences(number(exclusive=((7, 8),), decimals=2), entry) == [
        "By MiGOF principle or objective: 1.5 + 1.25 = 2.75, more than the total of 2.5."
    ]


def test_of_a_percentage_it_is_said_whether_numerators_or_denominators_do_not_fit():
    rules = EntryRules("percentage", "sum", 1, False, True, 0, exclusive=((1, 2),))
    cells = {1: Amount(None, D(3), D(30)), 2: Amount(None, D(3), D(40))}
    assert sentences(rules, Entry(Amount(None, D(10), D(60)), cells=cells)) == [
        "By sex: the denominators 30 + 40 = 70, more than the 60 of the total."
    ]


@pytest.mark.parametrize(
    ("decimals", "says"), [(0, "Whole numbers only."), (1, "At most 1 decimal."), (2, "At most 2 decimals.")]
)
def test_too_many_decimals_are_counted_rightly(decimals, says):
    assert sentences(number(decimals=decimals), Entry(Amount(D("0.1234")))) == [says]


def test_a_part_of_its_own_is_named_by_its_cell():
    entry = Entry(Amount(D(8)), cells={7: Amount(D(9))})
    assert sentences(number(multiple=((7, 8),)), entry) == ["P1: This part (9) is larger than the total (8)."]
    assert sentences(number(exclusive=((1, 2),)), Entry(Amount(D(8)), cells={2: Amount(D(-1))})) == [
        "Male: This cannot be negative."
    ]
