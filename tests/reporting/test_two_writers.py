"""Two people in one draft, or one in two tabs: what a person did not touch is never written, and what both
changed stands as neither until somebody chooses.
"""

import re

import pytest

from tests import stage
from tracker.progress.models import CellValue, IndicatorResult
from tracker.progress.rules import Amount, Entry
from tracker.progress.services import reports
from tracker.progress.services.results import Typed, save_results

pytestmark = pytest.mark.django_db


def values() -> dict[str, object]:
    """What is stored, by the indicator's code."""
    return dict(IndicatorResult.objects.values_list("indicator__code", "value"))


@pytest.fixture
def other(strategy, missions):
    made = stage.make_indicator("SP1-O1-I4", name="Trainings held")
    stage.assign(made, missions["KG"])
    return made


@pytest.fixture
def draft(flow, other, open_tab, cast):
    """Both were given: 10 and 20."""
    open_tab(cast.reporter).enter(flow, value="10").enter(other, value="20").press()


def test_a_row_that_was_not_touched_is_no_conflict_and_keeps_what_a_colleague_saved(
    draft, flow, other, open_tab, cast
):
    stale = open_tab(cast.reporter)
    open_tab(cast.colleague).enter(flow, value="15").press()
    stale.enter(other, value="21").press()
    assert "1 result saved." in stale.text
    assert values() == {"SP1-O1-I1": 15, "SP1-O1-I4": 21}
    stale.press()
    assert "Nothing was changed" in stale.text
    assert values() == {"SP1-O1-I1": 15, "SP1-O1-I4": 21}


def test_a_value_changed_and_changed_back_was_not_touched(draft, flow, open_tab, cast):
    stale = open_tab(cast.reporter)
    open_tab(cast.colleague).enter(flow, value="15").press()
    stale.enter(flow, value="11").enter(flow, value="10").press()
    assert "Nothing was changed" in stale.text
    assert values()["SP1-O1-I1"] == 15


def test_a_row_that_both_changed_shows_both_and_stands_until_one_is_chosen(draft, flow, open_tab, cast):
    stale = open_tab(cast.reporter)
    open_tab(cast.colleague).enter(flow, value="15").press()
    stale.enter(flow, value="12").press()
    assert stale.status == 422
    assert re.search(r"You wrote 12; Colleague saved 15 on \d+ \w+ \d{4}, \d\d:\d\d\.", stale.words)
    assert stale.fields[f"{flow.pk}-value"] == "12"
    assert f"{flow.pk}-choice" not in stale.fields
    for _ in range(2):
        stale.press()
        assert "You wrote 12; Colleague saved 15" in stale.words
        assert values()["SP1-O1-I1"] == 15


def mine_of(tab, indicator) -> str:
    """The value of “keep mine” on the page."""
    mine, theirs = re.findall(rf'name="{indicator.pk}-choice" value="([^"]+)"', tab.text)
    assert theirs == "theirs"
    return mine


def test_keeping_mine_writes_what_stands_in_the_box_by_then(draft, flow, open_tab, cast):
    stale = open_tab(cast.reporter)
    open_tab(cast.colleague).enter(flow, value="15").press()
    stale.enter(flow, value="12").press()
    stale.enter(flow, choice=mine_of(stale, flow), value="13").press()
    assert "1 result saved." in stale.text
    assert values()["SP1-O1-I1"] == 13


def test_keeping_what_stood_there_before_is_a_choice_too(draft, flow, open_tab, cast):
    """The colleague made 15 of 10, and the person decides for 10 again."""
    stale = open_tab(cast.reporter)
    open_tab(cast.colleague).enter(flow, value="15").press()
    stale.enter(flow, value="12").press()
    stale.enter(flow, choice=mine_of(stale, flow), value="10").press()
    assert values()["SP1-O1-I1"] == 10


def test_taking_theirs_writes_nothing_and_shows_it(draft, flow, open_tab, cast):
    stale = open_tab(cast.reporter)
    open_tab(cast.colleague).enter(flow, value="15").press()
    stale.enter(flow, value="12").press()
    stale.enter(flow, choice="theirs").press()
    assert "Nothing was changed" in stale.text
    assert stale.fields[f"{flow.pk}-value"] == "15"
    assert IndicatorResult.objects.get(indicator=flow).entered_by == cast.colleague


def test_a_choice_does_not_reach_what_was_saved_after_it_was_offered(draft, flow, open_tab, cast):
    stale = open_tab(cast.reporter)
    open_tab(cast.colleague).enter(flow, value="15").press()
    stale.enter(flow, value="12").press()
    mine = mine_of(stale, flow)
    open_tab(cast.lead).enter(flow, value="16").press()
    stale.enter(flow, choice=mine).press()
    assert "You wrote 12; Lead saved 16" in stale.words
    assert values()["SP1-O1-I1"] == 16


def test_who_only_added_a_comment_is_named_and_both_comments_are_shown(draft, flow, open_tab, cast):
    """The figure is still the reporter's own: the history knows who came last."""
    stale = open_tab(cast.reporter)
    open_tab(cast.colleague).enter(flow, comment="Из реестра").press()
    stale.enter(flow, comment="რეესტრიდან").press()
    assert "Comment. You wrote “რეესტრიდან”; Colleague saved “Из реестра”" in stale.words
    row = IndicatorResult.objects.get(indicator=flow)
    assert (row.comment, row.entered_by) == ("Из реестра", cast.reporter)


def test_cells_that_both_changed_are_named_by_their_breakdown(strategy, missions, open_tab, cast):
    indicator = stage.make_indicator("SP1-O1-I5")
    cells = stage.ask_by_sex(indicator)
    stage.assign(indicator, missions["KG"])
    women, men = f"c{cells['female'].pk}_value", f"c{cells['male'].pk}_value"
    open_tab(cast.reporter).unfold(indicator).enter(indicator, value="10", **{women: "4", men: "6"}).press()
    stale = open_tab(cast.reporter).unfold(indicator)
    open_tab(cast.colleague).unfold(indicator).enter(indicator, **{women: "3"}).press()
    stale.enter(indicator, **{men: "5"}).press()
    assert "Sex, Female. You wrote 4; Colleague saved 3." in stale.words
    assert "Sex, Male. You wrote 5; Colleague saved 6 on" in stale.words
    assert set(CellValue.objects.values_list("cell__code", "value")) == {("female", 3), ("male", 6)}


def test_first_figures_of_two_people_are_a_conflict_and_an_empty_row_is_none(flow, other, open_tab, cast):
    first, second = open_tab(cast.reporter), open_tab(cast.colleague)
    first.enter(flow, value="5").press()
    second.enter(other, value="7").press()
    assert values() == {"SP1-O1-I1": 5, "SP1-O1-I4": 7}
    late = open_tab(cast.colleague)
    late.fields.update(first.fields)
    assert late.press().fields[f"{other.pk}-value"] == "7"


def test_clearing_what_a_colleague_changed_is_asked_about(draft, flow, open_tab, cast):
    stale = open_tab(cast.reporter)
    open_tab(cast.colleague).enter(flow, value="15").press()
    stale.enter(flow, value="").press()
    assert "You wrote nothing; Colleague saved 15" in stale.words
    assert values()["SP1-O1-I1"] == 15


def test_a_page_from_before_a_submission_writes_nothing_and_loses_nothing(draft, flow, open_tab, cast):
    stale = open_tab(cast.reporter)
    open_tab(cast.colleague).press("submit")
    stale.enter(flow, value="12", comment="Recounted").press()
    assert stale.status == 409
    assert "Nothing was saved. The report is submitted" in stale.words
    assert "It will be back in its boxes" in stale.words
    assert "Typed, not saved: 12 Comment: “Recounted”" in stale.words
    assert values() == {"SP1-O1-I1": 10, "SP1-O1-I4": 20}
    # It is there when they look again, and back in its box once the report can be written.
    assert "Typed, not saved: 12" in open_tab(cast.reporter).words
    assert "not saved" not in open_tab(cast.colleague).words
    reports.recall_report(
        revision=IndicatorResult.objects.filter(indicator=flow).get().revision, user=cast.colleague
    )
    again = open_tab(cast.reporter)
    assert "is back in its boxes, and not saved yet" in again.words
    assert again.fields[f"{flow.pk}-value"] == "12"
    again.press()
    assert values()["SP1-O1-I1"] == 12
    assert "not saved" not in open_tab(cast.reporter).words


def test_a_page_from_before_an_approval_and_a_reopening_asks(draft, flow, open_tab, cast):
    stale = open_tab(cast.reporter)
    open_tab(cast.colleague).enter(flow, value="15").press("submit")
    revision = IndicatorResult.objects.filter(indicator=flow).get().revision
    reports.approve_reports(revisions=[revision], user=cast.officer)
    assert stale.enter(flow, value="12").press().status == 409
    assert "approved" in stale.text
    reports.reopen_report(report=revision.report, user=cast.officer, comment="Look again")
    again = open_tab(cast.reporter)
    assert again.fields[f"{flow.pk}-value"] == "12"
    again.press()
    # The officer who reopened it only had it copied.
    assert "You wrote 12; Colleague saved 15" in again.words


def test_what_both_changed_is_not_submitted(draft, flow, open_tab, cast):
    stale = open_tab(cast.reporter)
    open_tab(cast.colleague).enter(flow, value="15").press()
    stale.enter(flow, value="12").press("submit")
    assert stale.status == 422
    assert IndicatorResult.objects.filter(indicator=flow).get().revision.status == "draft"


def test_pressing_submit_twice_submits_once(draft, flow, open_tab, cast):
    tab = open_tab(cast.reporter)
    sent = {**tab.fields, f"{flow.pk}-value": "12 ", "then": "submit"}
    for _ in range(2):
        answer = tab.client.post(tab.url, sent, follow=True)
        assert "Submitted. An M&amp;E officer will review it" in answer.content.decode()
    revision = IndicatorResult.objects.filter(indicator=flow).get().revision
    assert revision.review_events.filter(transition="submit").count() == 1


def test_a_figure_without_history_of_who_is_named_after_who_entered_it(flow, missions, open_period, cast):
    """Loaded by a command, a change carries no person: then the row's own word counts."""
    for person in (cast.reporter, cast.colleague):
        late = save_results(
            mission=missions["KG"],
            period=open_period,
            user=person,
            typed={flow.pk: Typed(Entry(Amount(len(person.name))))},
        )
    assert late.conflicts[flow.pk].by == cast.reporter
    assert late.conflicts[flow.pk].at == IndicatorResult.objects.get().entered_at


def test_what_was_typed_over_and_is_gone_is_said(flow, open_tab, cast):
    """A row of the page that showed 5, where nothing is stored."""
    tab = open_tab(cast.reporter)
    tab.fields[f"{flow.pk}-shown"] = "0" * 18
    tab.enter(flow, value="7").press()
    assert "You wrote 7; what stood there is gone." in tab.words
    assert not IndicatorResult.objects.exists()
    tab.enter(flow, choice=mine_of(tab, flow)).press()
    assert values() == {"SP1-O1-I1": 7}


@pytest.mark.parametrize("person", ["reporter", "colleague"])
def test_ones_own_second_tab_is_no_exception(person, draft, flow, open_tab, cast):
    stale = open_tab(cast.reporter)
    open_tab(getattr(cast, person)).enter(flow, value="15").press()
    stale.enter(flow, value="12").press()
    assert f"You wrote 12; {person.title()} saved 15" in stale.words


def test_what_is_too_long_to_be_kept_is_shown_once_and_said_to_be(draft, flow, open_tab, cast):
    stale = open_tab(cast.reporter)
    open_tab(cast.colleague).press("submit")
    stale.enter(flow, comment="я" * 300_000).press()
    assert "It is too long to be kept: copy what you need." in stale.words
    assert "я" * 300_000 in stale.text
    assert "я" not in open_tab(cast.reporter).text
