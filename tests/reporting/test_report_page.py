"""The page of a report: what is wrong stands beside its own box, what is missing is counted and led to."""

import re

import pytest

from tests import stage
from tracker.progress.models import IndicatorResult, ReportRevision

pytestmark = pytest.mark.django_db


def invalid(tab) -> set[str]:
    """The names of the inputs that are marked as wrong."""
    tags = re.findall(r"<(?:input|select|textarea)[^>]*>", tab.text)
    return {re.findall(r'name="([^"]+)"', tag)[0] for tag in tags if 'aria-invalid="true"' in tag}


@pytest.fixture
def split(strategy, missions):
    """An indicator by sex, and the names of its cells' boxes."""
    indicator = stage.make_indicator("SP1-O1-I3", name="Persons trained")
    cells = stage.ask_by_sex(indicator)
    stage.assign(indicator, missions["KG"])
    return indicator, {code: f"c{cell.pk}_value" for code, cell in cells.items()}


# -- What is wrong ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"n": "12", "d": "10"}, {"n", "d"}),
        ({"n": "12"}, {"d"}),
        ({"n": "-1", "d": "10"}, {"n"}),
        ({"n": "many", "d": "10"}, {"n"}),
        ({"n": "1", "d": "2", "na": "on", "comment": "Why?"}, {"na"}),
        ({"na": "on"}, {"comment"}),
        ({"n": "1", "d": "2", "comment": "я" * 5_001}, {"comment"}),
    ],
)
def test_only_the_box_that_is_wrong_is_marked(typed, wrong, flow, share, open_tab, cast):
    tab = open_tab(cast.reporter).enter(flow, value="5").enter(share, **typed).press()
    assert invalid(tab) == {f"{share.pk}-{part}" for part in wrong}
    for name in invalid(tab):
        [described] = re.findall(rf'name="{name}"[^>]*aria-describedby="([^"]+)"', tab.text)
        assert '<ul class="errorlist">' in tab.text.partition(f'id="{described}"')[2].partition("</div>")[0]


def test_parts_that_are_too_many_mark_the_parts_of_that_breakdown_alone(split, open_tab, cast):
    indicator, cells = split
    typed = {"value": "430", cells["female"]: "230", cells["male"]: "220"}
    tab = open_tab(cast.reporter).unfold(indicator).enter(indicator, **typed).press()
    parts = {f"{indicator.pk}-{cells[code].replace('_', '-')}" for code in ("female", "male")}
    assert invalid(tab) == parts
    assert "By sex: 230 + 220 = 450, more than the total of 430." in tab.text


def test_a_comment_that_is_too_long_hides_nothing_else_that_is_wrong(split, open_tab, cast):
    indicator, cells = split
    typed = {"value": "-5", "comment": "ა" * 5_001, cells["female"]: "two", cells["male"]: "-1"}
    tab = open_tab(cast.reporter).unfold(indicator).enter(indicator, **typed).press()
    boxes = {"value", "comment", *(cells[code].replace("_", "-") for code in ("female", "male"))}
    assert invalid(tab) == {f"{indicator.pk}-{box}" for box in boxes}
    summary = tab.text.partition('id="errors"')[2].partition("</div>")[0]
    for sentence in ("This cannot be negative.", "Female: “two” is not a number", "Male: This cannot be"):
        assert sentence in summary
    assert "at most 5000 are kept" in summary
    assert not IndicatorResult.objects.exists()


def test_what_could_not_be_read_is_not_called_missing(share, split, open_tab, cast):
    """A slip in a numerator does not make its denominator half a fraction, nor its parts parts of nothing."""
    indicator, cells = split
    tab = open_tab(cast.reporter).unfold(indicator).enter(share, n="1o", d="20")
    tab.enter(indicator, value="4oo", **{cells["female"]: "3"}).press()
    assert invalid(tab) == {f"{share.pk}-n", f"{indicator.pk}-value"}
    assert "Give both" not in tab.text
    assert "Give the total" not in tab.text


def test_a_refused_save_says_so_in_the_title_and_leads_to_the_boxes(share, open_tab, cast):
    tab = open_tab(cast.reporter)
    assert "<title>Kyrgyzstan, Q4 2024" in tab.text
    tab.enter(share, n="12", d="10").press()
    assert "<title>Error: Kyrgyzstan, Q4 2024" in tab.text
    assert re.search(
        r'<div class="note note-error" role="alert" id="errors" tabindex="-1" autofocus>', tab.text
    )
    assert f'<a href="#box-{share.pk}-n">SP1-O1-I2 Returnees in work</a>' in tab.text
    assert f'id="box-{share.pk}-n"' in tab.text


def test_a_long_comment_keeps_its_lines_and_its_letters(flow, open_tab, cast):
    words = 'Первая строка\r\nმეორე სტრიქონი\r\n<b>третья</b> & "последняя"'
    tab = open_tab(cast.reporter).enter(flow, value="5", comment=words).press()
    assert IndicatorResult.objects.get().comment == words.replace("\r\n", "\n")
    assert tab.fields[f"{flow.pk}-comment"] == words.replace("\r\n", "\n")
    # A browser sends its lines back with two marks at each end; nothing was touched all the same.
    tab.fields[f"{flow.pk}-comment"] = words
    assert "Nothing was changed" in tab.press().text


# -- What is missing ----------------------------------------------------------------------------------
def test_the_head_counts_what_is_given_explained_and_missing(flow, share, split, open_tab, cast):
    tab = open_tab(cast.reporter)
    assert "0 of 3 given, 3 missing." in tab.words
    tab.enter(flow, value="0").enter(share, comment="The survey comes in May").press()
    assert "1 of 3 given, 1 explained, 1 missing." in tab.words
    tab.enter(share, na="on").press()
    assert "2 of 3 given, 1 missing." in tab.words


def test_only_what_is_missing_can_be_shown_and_what_was_typed_is_saved_before(
    flow, share, split, open_tab, cast
):
    indicator, _cells = split
    tab = open_tab(cast.reporter).enter(flow, value="5").press("missing")
    assert "1 result saved." in tab.text
    assert tab.url.endswith("?show=missing")
    assert "Only the 2 results that are missing are shown." in tab.text
    assert {name for name in tab.fields if name.endswith("-shown")} == {
        f"{share.pk}-shown", f"{indicator.pk}-shown",
    }  # fmt: skip
    tab.enter(indicator, value="7").press()
    assert f"{indicator.pk}-shown" not in tab.fields
    assert "Only the 1 result that is missing is shown." in tab.text
    tab.enter(share, n="1", d="4").press("all")
    assert not tab.url.endswith("?show=missing")
    assert len([name for name in tab.fields if name.endswith("-shown")]) == 3
    assert IndicatorResult.objects.count() == 3


def test_what_is_wrong_stays_among_what_is_missing(flow, share, open_tab, cast):
    tab = open_tab(cast.reporter).press("missing")
    tab.enter(flow, value="five").enter(share, comment="Later").press()
    assert tab.status == 422
    assert tab.fields[f"{flow.pk}-value"] == "five"
    assert f"{share.pk}-shown" not in tab.fields


def test_with_nothing_missing_everything_is_shown(flow, open_tab, cast):
    tab = open_tab(cast.reporter).enter(flow, value="5").press("missing")
    assert "1 of 1 given." in tab.words
    assert tab.fields[f"{flow.pk}-value"] == "5"
    assert "Submit for review" in tab.text


def test_a_submission_too_early_leads_to_the_first_ten_and_counts_the_rest(
    strategy, missions, open_period, open_tab, cast
):
    made = [stage.make_indicator(f"SP1-O1-I{n}") for n in range(1, 15)]
    for indicator in made:
        stage.assign(indicator, missions["KG"])
    tab = open_tab(cast.reporter).enter(made[0], value="5").press("submit")
    assert tab.status == 422
    summary = tab.text.partition('id="errors"')[2].partition("</div>")[0]
    assert "Saved, and not submitted: 13 results that are due are neither given nor explained." in summary
    assert re.findall(r'href="#box-(\d+)-value"', summary) == [str(i.pk) for i in made[1:11]]
    assert "and 3 more" in summary
    assert '<a href="?show=missing">Show only what is missing</a>' in summary
    assert IndicatorResult.objects.get().value == 5
    assert ReportRevision.objects.get().status == "draft"


def test_what_is_no_longer_due_and_says_nothing_is_neither_shown_nor_missing(flow, share, open_tab, cast):
    tab = open_tab(cast.reporter).enter(flow, value="5").enter(share, n="1", d="4").press()
    type(flow).objects.filter(pk=flow.pk).update(status="retired")
    tab = open_tab(cast.reporter).enter(flow, value="").press()
    assert f"{flow.pk}-shown" not in tab.fields
    assert "1 of 1 given." in tab.words


# -- A window that closed while somebody was typing ---------------------------------------------------
@pytest.fixture
def close_window(open_period):
    """``close_window()``: the period's window lies in the past."""

    def close() -> None:
        type(open_period).objects.filter(pk=open_period.pk).update(
            opens_on="2025-01-01", due_on="2025-01-20", closes_on="2025-02-10"
        )

    return close


CLOSED = "The window of Q4 2024 closed on 10 Feb 2025. Ask Head, Officer or Second.Officer"


@pytest.mark.parametrize("then", ["", "submit", "same", "evidence"])
def test_a_window_that_closed_meanwhile_takes_nothing_and_gives_everything_back(
    then, flow, share, open_tab, close_window, cast
):
    tab = open_tab(cast.reporter).enter(flow, value="-12", comment="Осталось").enter(share, n="1", d="4")
    close_window()
    tab.press(f"{then}-{flow.pk}" if then in ("same", "evidence") else then)
    assert tab.status == 409
    assert f"Nothing was saved. {CLOSED}" in tab.words
    # To the person who typed it, again and again, and to nobody else.
    for _ in range(2):
        assert re.search(r"Typed, not saved: -12 Comment: “Осталось” .*Typed, not saved: 1 / 4", tab.words)
        tab = open_tab(cast.reporter)
    assert "Осталось" not in open_tab(cast.colleague).text
    assert not ReportRevision.objects.exists()
