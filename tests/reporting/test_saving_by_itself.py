"""Rows that a page saves by itself: what is sent, what comes back, and how little it asks of the database."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import stage
from tests.pages import questions_of
from tracker.common.errors import Refused
from tracker.progress.models import CellValue, IndicatorResult, ReportRevision
from tracker.progress.services import reports
from tracker.reporting.carrying import carry_over, say_nothing_to_report

pytestmark = pytest.mark.django_db

HTMX = {"headers": {"HX-Request": "true"}}
# What a page may ask at most, the person and the session included.
MOST_TO_SAVE = 10
MOST_TO_SHOW = 15


@pytest.fixture
def split(strategy, missions):
    """An indicator by sex, and its cells by code."""
    indicator = stage.make_indicator("SP1-O1-I3", name="Persons trained")
    cells = stage.ask_by_sex(indicator)
    stage.assign(indicator, missions["KG"])
    return indicator, cells


def send(tab, indicator, **more):
    """Send one row of what a tab holds, as its page does; the answer's words."""
    row = {name: text for name, text in tab.fields.items() if name.partition("-")[0] == str(indicator.pk)}
    answer = tab.client.post(tab.url, {"page": tab.fields["page"], **row, **more}, **HTMX)
    assert answer.status_code == 200
    text = answer.content.decode()
    for name, value in re.findall(r'name="(\d+-(?:shown|parts))" value="(\w*)"', text):
        tab.fields[name] = value
    return text


def test_one_row_is_saved_and_told_what_it_comes_to(flow, share, missions, open_tab, cast):
    stage.approve(missions["KG"], "2024-Q3", {flow: 20}, reporter=cast.reporter, officer=cast.officer)
    stage.approve(missions["KG"], "2023-Q4", {flow: 100}, reporter=cast.reporter, officer=cast.officer)
    tab = open_tab(cast.reporter)
    assert "120" in tab.text
    text = send(tab.enter(flow, value="1 000"), flow)
    assert IndicatorResult.objects.get(revision__report__period__code="2024-Q4").value == 1000
    # To date, and in the year.
    assert re.search(r'id="sum-\d+" hx-swap-oob="true">1.120<span[^>]*>1.020 in the year', text)
    assert 'data-state="given"' in text
    assert re.search(r"Saved \d\d:\d\d", text)
    assert f'id="said-{share.pk}"' not in text
    # What is shown now is what the next change is over.
    send(tab.enter(flow, value="1 001"), flow)
    assert IndicatorResult.objects.get(revision__report__period__code="2024-Q4").value == 1001


def test_what_is_wrong_is_said_beside_its_box_and_nothing_else_is_touched(share, open_tab, cast):
    tab = open_tab(cast.reporter)
    text = send(tab.enter(share, n="12", d="10"), share)
    assert "The numerator (12) is larger than the denominator (10)" in text
    assert f'data-box="box-{share.pk}-n"' in text
    assert "shown-" not in text
    assert not IndicatorResult.objects.exists()
    assert 'data-state="missing"' in text


def test_what_is_questionable_is_asked_about_at_once_and_a_comment_answers_it(flow, missions, open_tab, cast):
    for quarter, value in (("2024-Q1", 10), ("2024-Q2", 12), ("2024-Q3", 11)):
        stage.approve(missions["KG"], quarter, {flow: value}, reporter=cast.reporter, officer=cast.officer)
    tab = open_tab(cast.reporter)
    text = send(tab.enter(flow, value="1100"), flow)
    assert "100 times the usual (1\N{NARROW NO-BREAK SPACE}100 in a quarter, against 11)." in text
    assert "Say in the comment why it is right, or correct it." in text
    assert "open questions: <span" in tab.open().text.replace("\n", " ")
    handed_in = tab.press("submit").text
    assert "100 times the usual" in handed_in
    assert "Say in the comment why" not in handed_in, "nobody can write in it now"
    tab.client.post(f"{tab.url}recall/")
    text = send(tab.open().enter(flow, comment="A new centre opened"), flow)
    assert '<li class="answered">100 times' in text
    assert "Say in the comment why" not in text


def test_cells_that_are_folded_are_left_alone_and_held_to_the_total_all_the_same(split, open_tab, cast):
    indicator, cells = split
    women = f"c{cells['female'].pk}_value"
    open_tab(cast.reporter).unfold(indicator).enter(indicator, value="10", **{women: "6"}).press()
    tab = open_tab(cast.reporter)
    assert f"{indicator.pk}-{women.replace('_', '-')}" not in tab.fields
    send(tab.enter(indicator, value="8"), indicator)
    assert IndicatorResult.objects.get().value == 8
    assert CellValue.objects.get().value == 6
    text = send(tab.enter(indicator, value="5"), indicator)
    assert "more than the total of 5" in text
    assert IndicatorResult.objects.get().value == 8


def test_a_colleagues_cells_and_ones_own_total_are_both_kept(split, open_tab, cast):
    indicator, cells = split
    women = f"c{cells['female'].pk}_value"
    open_tab(cast.reporter).enter(indicator, value="10").press()
    mine, theirs = open_tab(cast.reporter), open_tab(cast.colleague).unfold(indicator)
    theirs.enter(indicator, **{women: "6"}).press()
    send(mine.enter(indicator, value="12"), indicator)
    assert (IndicatorResult.objects.get().value, CellValue.objects.get().value) == (12, 6)
    # And where they changed the total under my cells, theirs is drawn anew beside mine.
    mine = open_tab(cast.reporter).unfold(indicator)
    open_tab(cast.colleague).enter(indicator, value="14").press()
    text = send(mine.enter(indicator, **{women: "7"}), indicator)
    assert (IndicatorResult.objects.get().value, CellValue.objects.get().value) == (14, 7)
    assert '<template><tbody id="i' in re.sub(r"\s*(<tbody)", r"\1", text)
    assert 'value="14"' in text


def test_a_lock_is_said_and_what_was_typed_comes_back(flow, open_tab, cast):
    stale = open_tab(cast.reporter)
    open_tab(cast.colleague).enter(flow, value="10").press("submit")
    text = send(stale.enter(flow, value="12"), flow)
    assert "Nothing was saved. The report is submitted" in text
    assert "What you typed is kept" in text
    assert "Typed, not saved: 12" in open_tab(cast.reporter).words
    assert IndicatorResult.objects.get().value == 10


def test_what_a_row_opens_is_asked_for_alone(split, share, open_tab, cast, url):
    indicator, _cells = split
    tab = open_tab(cast.reporter)
    opened = tab.client.get(url, {"unfold": indicator.pk}, **HTMX).content.decode()
    assert "Female" in opened
    assert "<html" not in opened
    assert len(re.findall(r'name="\d+-parts" value="(\w{12})"', opened)) == 1
    defined = tab.client.get(url, {"define": share.pk}, **HTMX).content.decode()
    assert "What SP1-O1-I2 counts." in defined
    assert tab.client.get(url, {"unfold": "999999"}, **HTMX).status_code == 404
    assert tab.client.get(url, {"define": "x"}, **HTMX).status_code == 404


@pytest.mark.parametrize("cell", [False, True], ids=["an amount", "a cell"])
def test_saving_one_box_asks_little_of_the_database(cell, split, share, open_tab, cast):
    indicator, cells = split
    women = f"c{cells['female'].pk}_value"
    tab = open_tab(cast.reporter).unfold(indicator).enter(indicator, value="10", **{women: "3"})
    tab.press()
    tab = open_tab(cast.reporter)
    if cell:
        tab.unfold(indicator)
    tab.enter(indicator, **({women: "4"} if cell else {"value": "11"}))
    with CaptureQueriesContext(connection) as asked:
        assert "Saved" in send(tab, indicator)
    statements = questions_of(asked.captured_queries)
    assert len(statements) <= MOST_TO_SAVE, "\n".join(statements)


def test_the_form_asks_the_same_of_two_rows_and_of_twenty(
    strategy, missions, open_tab, cast, url, flow, share
):
    counts = []
    for number in (2, 20):
        for each in range(number):
            made = stage.make_indicator(f"SP1-O1-I{number}{each}")
            stage.ask_by_sex(made)
            stage.assign(made, missions["KG"])
        tab = open_tab(cast.reporter).enter(flow, value="5")
        tab.press()
        with CaptureQueriesContext(connection) as asked:
            tab.open()
        counts.append(len(asked.captured_queries))
        assert counts[-1] <= MOST_TO_SHOW, "\n".join(each["sql"][:200] for each in asked.captured_queries)
    assert counts[0] == counts[1]


# -- What need not be typed ---------------------------------------------------------------------------
@pytest.fixture
def level(strategy, missions):
    made = stage.make_indicator("SP1-O1-I6", name="Centres open", period_rule="latest")
    stage.assign(made, missions["KG"])
    return made


def test_a_level_is_carried_over_with_its_cells_and_marked_until_it_is_changed(
    level, flow, missions, open_period, open_tab, cast
):
    cells = stage.ask_by_sex(level)
    stage.approve(
        missions["KG"], "2024-Q3", {level: 9}, reporter=cast.reporter, officer=cast.officer,
        cells={cells["female"]: 4},
    )  # fmt: skip
    stage.approve(missions["KG"], "2024-Q2", {flow: 9}, reporter=cast.reporter, officer=cast.officer)
    tab = open_tab(cast.reporter)
    assert "Same as Q3 2024" in tab.text
    assert "Same as Q2 2024" not in tab.text
    tab.press("same")
    assert "1 level is said to be the same as last period." in tab.text
    row = IndicatorResult.objects.get(revision__status="draft")
    assert (row.indicator, row.value, row.is_carried, row.entered_by) == (level, 9, True, cast.reporter)
    assert [(c.cell, c.value) for c in row.cells.all()] == [(cells["female"], 4)]
    tab.enter(level, comment="Asked again").press()
    assert IndicatorResult.objects.get(revision__status="draft").is_carried
    tab.enter(level, value="10").press()
    assert not IndicatorResult.objects.get(revision__status="draft").is_carried


def test_what_is_given_and_what_happened_in_a_period_is_never_carried_over(
    level, flow, missions, open_period, open_tab, cast
):
    stage.approve(
        missions["KG"], "2024-Q3", {level: 9, flow: 5}, reporter=cast.reporter, officer=cast.officer
    )
    open_tab(cast.reporter).enter(level, value="0").press()
    assert carry_over(mission=missions["KG"], period=open_period, user=cast.reporter) == []
    assert dict(
        IndicatorResult.objects.filter(revision__status="draft").values_list("indicator", "value")
    ) == {level.pk: 0}


def test_nothing_to_report_asks_and_then_writes_zeros_into_what_happened_alone(
    flow, share, level, url, missions, strategy, open_tab, cast
):
    yearly = stage.make_indicator("SP1-O1-I8", name="People in the year", period_rule="year")
    given = stage.make_indicator("SP1-O1-I9", name="Given already")
    for each in (yearly, given):
        stage.assign(each, missions["KG"])
    tab = open_tab(cast.reporter).enter(given, value="7").enter(yearly, comment="Quiet").press()
    asked = tab.client.get(url + "nothing/").content.decode()
    assert "0 will be written into 2 indicators that count what happened" in asked
    assert "2 indicators of how things stand are left as they are" in asked
    assert "Write 0 into 2 indicators" in asked
    assert IndicatorResult.objects.count() == 2
    answer = tab.client.post(url + "nothing/", follow=True).content.decode()
    assert "0 was written into 2 indicators." in answer
    assert dict(IndicatorResult.objects.values_list("indicator__code", "value")) == {
        "SP1-O1-I1": 0, "SP1-O1-I8": 0, "SP1-O1-I9": 7,
    }  # fmt: skip
    assert IndicatorResult.objects.get(indicator=yearly).comment == "Quiet"
    assert "there is nothing left to write 0 into" in tab.client.get(url + "nothing/").content.decode()


def test_nothing_to_report_is_refused_where_the_report_is_locked(flow, missions, open_period, open_tab, cast):
    open_tab(cast.reporter).enter(flow, value="7").press("submit")
    with pytest.raises(Refused, match="submitted"):
        say_nothing_to_report(mission=missions["KG"], period=open_period, user=cast.reporter)


def test_a_reopened_report_keeps_what_was_carried_over(level, missions, open_period, open_tab, cast):
    stage.approve(missions["KG"], "2024-Q3", {level: 9}, reporter=cast.reporter, officer=cast.officer)
    open_tab(cast.reporter).press("same").press("submit")
    revision = ReportRevision.objects.get(status="submitted")
    reports.approve_reports(revisions=[revision], user=cast.officer)
    again = reports.reopen_report(report=revision.report, user=cast.officer, comment="Look again")
    assert again.results.get().is_carried
