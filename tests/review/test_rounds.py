"""What an officer sees of a report that comes again: that it does, why, and what is different."""

import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import stage
from tests.pages import MOST_QUERIES
from tracker.progress.models import IndicatorResult, ReportRevision
from tracker.progress.rules import Amount, Entry
from tracker.progress.services import reports, results
from tracker.progress.services.evidence import Described, add_link
from tracker.progress.services.results import NOTHING, Typed, entry_of, fingerprint
from tracker.reporting.carrying import carry_over
from tracker.review.reading.report import read_report

# History is told by the clock of transactions, so each step has one of its own.
pytestmark = pytest.mark.django_db(transaction=True)

WHY = "Check the figures of the last two rows"


@pytest.fixture
def indicators(strategy, missions):
    made = [stage.make_indicator(f"SP1-O1-I{number}", name=f"Indicator {number}") for number in range(1, 5)]
    for each in made:
        stage.assign(each, missions["KG"])
    return made


@pytest.fixture
def by_sex(indicators):
    """The cells of the first indicator."""
    return stage.ask_by_sex(indicators[0])


class Desk:
    """Kyrgyzstan's report of the open quarter: the mission writes and submits, the officer returns."""

    def __init__(self, mission, period, cast) -> None:
        self.mission, self.period, self.cast = mission, period, cast

    def write(self, entries, person=None) -> ReportRevision:
        """Type entries, or plain values, over what is there."""
        held = {
            row.indicator_id: fingerprint(entry_of(row))
            for row in IndicatorResult.objects.filter(
                revision__report__mission=self.mission, revision__status__in=["draft", "returned"]
            )
        }
        typed = {}
        for indicator, given in entries.items():
            entry = given if isinstance(given, Entry) else Entry(Amount(Decimal(given)))
            typed[indicator.pk] = Typed(entry, over=held.get(indicator.pk, NOTHING))
        saved = results.save_results(
            mission=self.mission, period=self.period, user=person or self.cast.reporter, typed=typed
        )
        assert len(saved.saved) == len(entries)
        return saved.revision

    def submit(self, revision) -> None:
        reports.submit_report(revision=revision, user=self.cast.reporter)

    def give_back(self, revision, why=WHY) -> None:
        reports.return_report(revision=revision, user=self.cast.second_officer, comment=why)


@pytest.fixture
def desk(missions, open_period, cast) -> Desk:
    return Desk(missions["KG"], open_period, cast)


def changes(revision):
    """Code of each changed row: what it said, what it says."""
    return {
        row.result.indicator.code: (row.before.entry.amount.value, row.result.value)
        for row in read_report(revision).changed
    }


def text_of(client, revision, **query) -> str:
    html = client.get(reverse("review-report", args=[revision.pk]), query).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_a_second_round_names_who_returned_it_why_and_the_rows_that_changed(desk, indicators, cast, sign_in):
    first, second, third, fourth = indicators
    revision = desk.write({first: 10, second: 20, third: 30, fourth: 40})
    desk.submit(revision)
    desk.give_back(revision)
    desk.write({third: 33, fourth: 44})
    desk.submit(revision)
    assert changes(revision) == {"SP1-O1-I3": (30, 33), "SP1-O1-I4": (40, 44)}
    client = sign_in(cast.officer)
    text = text_of(client, revision)
    assert "Second round: returned on" in text
    assert f"by Second.Officer: “{WHY}” Submitted again on" in text
    assert "2 rows have changed since: SP1-O1-I3 , SP1-O1-I4" in text
    assert "Revision 1: 4 given. Due" in text
    assert "30 → 33" in text
    assert "Indicator 1" in text
    only = text_of(client, revision, rows="changed")
    assert "Indicator 1" not in only.split("Decide")[1]
    assert "Indicator 3 changed" in only
    assert "Show all 4 rows" in only


def test_the_queue_says_which_round_it_is(desk, indicators, cast, sign_in):
    revision = desk.write(dict.fromkeys(indicators, 1))
    desk.submit(revision)
    client = sign_in(cast.officer)
    queue = client.get(reverse("review")).content.decode()
    assert "4 given" in queue
    assert "Note" not in queue
    desk.give_back(revision)
    desk.submit(revision)
    assert "Second round" in client.get(reverse("review")).content.decode()


def test_a_report_that_comes_back_as_it_was_says_so(desk, indicators, cast, sign_in):
    revision = desk.write(dict.fromkeys(indicators, 1))
    desk.submit(revision)
    assert "round" not in text_of(sign_in(cast.officer), revision)
    desk.give_back(revision)
    desk.submit(revision)
    assert "No row has changed since." in text_of(sign_in(cast.officer), revision)


def test_levels_that_are_said_to_be_the_same_and_evidence_are_told_in_every_round(
    desk, strategy, missions, indicators, cast, sign_in
):
    level = stage.make_indicator("SP1-O1-I5", name="Centres open", period_rule="latest")
    stage.assign(level, missions["KG"])
    stage.approve(missions["KG"], "2024-Q3", {level: 42}, reporter=cast.reporter, officer=cast.officer)
    by = {"mission": missions["KG"], "period": desk.period, "user": cast.reporter}

    def prove(indicator, name: str) -> None:
        described = Described(title=name, indicator=indicator and indicator.pk)
        add_link(**by, link=f"https://example.org/{name}", described=described)

    revision = desk.write(dict.fromkeys(indicators, 1))
    carry_over(**by)
    prove(indicators[0], "first")
    prove(None, "whole")
    desk.submit(revision)
    client = sign_in(cast.officer)

    def rows() -> dict[str, str]:
        """The last words of each row, from its amount on; by the number of the indicator."""
        html = client.get(reverse("review-report", args=[revision.pk])).content.decode()
        parts = re.findall(r'<tr id="SP1-O1-I(\d)"(.*?)</tr>', html, re.DOTALL)
        words = {
            number: re.sub(r"<[^>]+>|&nbsp;", " ", text.partition('This report" class="num">')[2])
            for number, text in parts
        }
        return {number: " ".join(text.split()) for number, text in words.items()}

    told = rows()
    assert told["5"].startswith("42 = same as last period")
    assert told["1"] == "1 Evidence: first"
    assert told["2"] == "1"
    # In the second round what came since is marked, and stands among what changed.
    desk.give_back(revision)
    prove(indicators[2], "second")
    prove(None, "more")
    desk.write({indicators[3]: 4})
    desk.submit(revision)
    again = rows()
    assert again["5"] == told["5"]
    assert again["1"] == told["1"]
    assert again["3"] == "1 Evidence: second new"
    text = text_of(client, revision)
    assert "2 rows have changed since: SP1-O1-I3 , SP1-O1-I4 " in text
    assert re.search(r"whole link;.* more new link;", text)
    changed = text_of(client, revision, rows="changed")
    assert "Indicator 3 changed" in changed
    assert "Indicator 1" not in changed.partition("Narrative")[0]


def test_each_round_is_told_against_the_last_return(desk, indicators):
    first, second, *rest = indicators
    revision = desk.write({first: 10, second: 20, **dict.fromkeys(rest, 1)})
    desk.submit(revision)
    desk.give_back(revision)
    desk.write({first: 11})
    desk.submit(revision)
    desk.give_back(revision, why="And the second")
    desk.write({second: 22})
    page = read_report(revision)
    assert (page.round.number, page.round.asked.comment, page.round.answered) == (3, "And the second", None)
    assert changes(revision) == {"SP1-O1-I2": (20, 22)}


def test_what_is_written_back_to_what_it_was_has_not_changed(desk, indicators):
    revision = desk.write(dict.fromkeys(indicators, 1))
    desk.submit(revision)
    desk.give_back(revision)
    desk.write({indicators[0]: 2})
    desk.write({indicators[0]: 1})
    assert changes(revision) == {}


def test_comments_reasons_parts_and_new_rows_are_changes_too(desk, indicators, by_sex, cast, sign_in):
    first, second, third, fourth = indicators
    female, male = by_sex["female"].pk, by_sex["male"].pk
    revision = desk.write(
        {
            first: Entry(Amount(Decimal(10)), cells={female: Amount(Decimal(6)), male: Amount(Decimal(4))}),
            second: Entry(comment="The records are being checked."),
            third: Entry(Amount(Decimal(3)), comment="Counted by hand."),
        }
    )
    IndicatorResult.objects.bulk_create(
        [IndicatorResult(revision=revision, indicator=fourth, comment="none")]
    )
    desk.submit(revision)
    desk.give_back(revision)
    desk.write(
        {
            first: Entry(Amount(Decimal(10)), cells={female: Amount(Decimal(7))}),
            second: Entry(not_applicable=True, comment="No camp is left."),
            third: Entry(Amount(Decimal(3)), comment="Counted by the partner."),
        }
    )
    desk.submit(revision)
    page = read_report(revision)
    parted, now_na, told = page.changed
    assert (parted.amount_changed, parted.comment_changed, parted.cells_changed) == (False, False, True)
    lines = {line.cell.code: (line.before.value, line.now and line.now.value) for line in parted.cells}
    assert lines == {"female": (6, 7), "male": (4, None)}
    assert (now_na.amount_changed, now_na.comment_changed) == (True, True)
    assert (told.amount_changed, told.comment_changed) == (False, True)
    text = text_of(sign_in(cast.officer), revision)
    assert "Female was 6 → 7" in text
    assert "Male was 4 → –" in text
    assert "Counted by hand. Counted by the partner." in text


def test_a_row_that_was_not_there_shows_what_is_new(desk, indicators, missions):
    revision = desk.write(dict.fromkeys(indicators, 1))
    desk.submit(revision)
    desk.give_back(revision)
    fifth = stage.make_indicator("SP1-O1-I5")
    stage.assign(fifth, missions["KG"])
    desk.write({fifth: 5})
    assert changes(revision) == {"SP1-O1-I5": (None, 5)}


def test_a_correction_is_told_against_the_approved_figures(desk, indicators, cast, sign_in):
    revision = desk.write(dict.fromkeys(indicators, 1))
    desk.submit(revision)
    reports.approve_reports(revisions=[revision], user=cast.officer)
    corrected = reports.reopen_report(report=revision.report, user=cast.officer, comment="One is 7")
    desk.write({indicators[0]: 7})
    desk.submit(corrected)
    assert changes(corrected) == {"SP1-O1-I1": (1, 7)}
    assert "Correction of approved figures: reopened on" in text_of(sign_in(cast.officer), corrected)


def test_what_was_held_back_meanwhile_is_no_change_of_the_missions(desk, indicators, cast):
    revision = desk.write(dict.fromkeys(indicators, 1))
    desk.submit(revision)
    desk.give_back(revision)
    desk.submit(revision)
    reports.approve_reports(revisions=[revision], user=cast.officer, hold_back=[indicators[0].pk])
    assert changes(revision) == {}


def test_of_rounds_that_were_loaded_with_their_events_no_change_is_claimed(desk, indicators, cast, sign_in):
    revision = desk.write(dict.fromkeys(indicators, 1))
    for step, old, new, day in (
        ("submit", "draft", "submitted", "2021-01-04"),
        ("return", "submitted", "returned", "2021-01-05"),
        ("submit", "returned", "submitted", "2021-01-06"),
    ):
        revision.review_events.create(
            transition=step,
            from_status=old,
            to_status=new,
            at=f"{day}T09:00Z",
            comment=WHY,
            actor=cast.officer,
        )
    stage.submit(revision, by=cast.reporter)
    text = text_of(sign_in(cast.officer), revision)
    assert "Second round: returned on 5 Jan 2021" in text
    assert "since" not in text.split("What happened")[0]


def test_a_return_that_was_loaded_is_told_from_what_was_loaded_with_it(desk, indicators, cast):
    revision = desk.write(dict.fromkeys(indicators, 1))
    revision.review_events.create(
        transition="return",
        from_status="submitted",
        to_status="returned",
        at="2021-01-05T09:00Z",
        comment=WHY,
    )
    desk.write({indicators[0]: 2})
    assert changes(revision) == {"SP1-O1-I1": (1, 2)}


def test_who_entered_the_results_is_said_once_and_otherwise_where_it_differs(desk, indicators, cast, sign_in):
    revision = desk.write(dict.fromkeys(indicators, 1))
    desk.submit(revision)
    client = sign_in(cast.officer)
    text = text_of(client, revision)
    assert text.count("Entered by") == 1
    assert "where a row does not say otherwise" not in text
    desk.give_back(revision)
    desk.write({indicators[1]: 2}, person=cast.colleague)
    desk.submit(revision)
    text = text_of(client, revision)
    assert text.count("Entered by Reporter on") == 1
    assert text.count("Entered by Colleague on") == 1
    assert "where a row does not say otherwise" in text


def test_a_second_round_takes_the_same_statements_for_two_and_twenty_rows(
    desk, strategy, missions, cast, sign_in
):
    made = [stage.make_indicator(f"SP1-O1-I{number}") for number in range(2)]
    for each in made:
        stage.assign(each, missions["KG"])
        parts = stage.ask_by_sex(each)
    with_parts = Entry(Amount(Decimal(5)), cells={parts["female"].pk: Amount(Decimal(2))})

    def come_again(indicators):
        revision = desk.write(dict.fromkeys(indicators, with_parts))
        desk.submit(revision)
        desk.give_back(revision)
        desk.write(dict.fromkeys(indicators, Entry(Amount(Decimal(6)))))
        desk.submit(revision)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert text_of(client, revision).count("2 → –") == len(indicators)
        return revision, len(asked)

    client = sign_in(cast.officer)
    revision, few = come_again(made)
    desk.give_back(revision)
    more = [stage.make_indicator(f"SP1-O1-I{number}") for number in range(2, 20)]
    for each in more:
        stage.assign(each, missions["KG"])
        stage.ask_by_sex(each)
    _revision, many = come_again([*made, *more])
    assert many == few <= MOST_QUERIES
    assert entry_of(revision.results.first()).cells == {}
