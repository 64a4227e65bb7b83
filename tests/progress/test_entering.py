"""Entering results: what is impossible is refused, what a colleague did is not overwritten, null is not zero."""

from datetime import date
from decimal import Decimal as D

import pytest

from tests import stage
from tracker.common.errors import NotAllowed, Refused
from tracker.progress.models import IndicatorResult
from tracker.progress.rules import Amount, Entry, EntryRules, Problem, check_entry, not_disaggregated
from tracker.progress.services import reports, results
from tracker.progress.services.results import NOTHING, Typed, fingerprint
from tracker.progress.wording import say_finding

NUMBER = EntryRules("number", "sum", 0, False, True, 0, exclusive=((1, 2, 3),), multiple=((7, 8),))
SHARE = EntryRules("percentage", "sum", 1, False, True, 0, exclusive=((1, 2),))
LEVEL_SHARE = EntryRules("percentage", "latest", 1, False, True, 0)
STAGE = EntryRules("stage", "latest", 0, False, True, 4)


def problems(rules, entry):
    return [f.problem for f in check_entry(rules, entry)]


@pytest.mark.parametrize(
    ("rules", "amount", "expected"),
    [
        (NUMBER, Amount(D(0)), []),
        (NUMBER, Amount(), []),
        (NUMBER, Amount(D(-1)), [Problem.NEGATIVE]),
        (NUMBER, Amount(D("1.5")), [Problem.DECIMALS]),
        (NUMBER, Amount(D("1e14")), [Problem.TOO_LARGE]),
        (NUMBER, Amount(numerator=D(1), denominator=D(2)), [Problem.VALUE_EXPECTED]),
        (SHARE, Amount(numerator=D(12), denominator=D(10)), [Problem.OVER_DENOMINATOR]),
        (SHARE, Amount(numerator=D(1), denominator=D(0)), [Problem.OF_ZERO]),
        (SHARE, Amount(numerator=D(0), denominator=D(0)), []),
        (SHARE, Amount(numerator=D(3)), [Problem.HALF_A_FRACTION]),
        (SHARE, Amount(D("0.65")), [Problem.FRACTION_EXPECTED]),
        (LEVEL_SHARE, Amount(D("0.65")), []),
        (LEVEL_SHARE, Amount(D("1.2")), [Problem.OVER_HUNDRED]),
        (STAGE, Amount(D(3)), []),
        (STAGE, Amount(D(4)), [Problem.NOT_A_STAGE]),
        (STAGE, Amount(D("1.5")), [Problem.NOT_A_STAGE]),
    ],
)
def test_what_is_impossible_about_an_amount(rules, amount, expected):
    assert problems(rules, Entry(amount=amount)) == expected


def test_exclusive_cells_add_to_at_most_the_total_and_multiple_cells_each_stay_below_it():
    cells = {1: Amount(D(6)), 2: Amount(D(5))}
    assert problems(NUMBER, Entry(Amount(D(10)), cells=cells)) == [Problem.CELLS_OVER_TOTAL]
    assert problems(NUMBER, Entry(Amount(D(11)), cells=cells)) == []
    overlapping = {7: Amount(D(9)), 8: Amount(D(9))}
    assert problems(NUMBER, Entry(Amount(D(10)), cells=overlapping)) == []
    assert problems(NUMBER, Entry(Amount(D(8)), cells=overlapping)) == [Problem.CELL_OVER_TOTAL] * 2


def test_cells_of_a_percentage_are_held_by_numerator_and_by_denominator():
    cells = {1: Amount(None, D(3), D(30)), 2: Amount(None, D(3), D(40))}
    entry = Entry(Amount(None, D(10), D(60)), cells=cells)
    assert problems(SHARE, entry) == [Problem.CELLS_OVER_TOTAL]


def test_parts_without_a_total_ask_for_the_total():
    assert problems(NUMBER, Entry(cells={1: Amount(D(1))})) == [Problem.CELL_WITHOUT_TOTAL]


def test_not_applicable_has_a_reason_and_no_value():
    assert problems(NUMBER, Entry(not_applicable=True)) == [Problem.NA_WITHOUT_REASON]
    assert problems(NUMBER, Entry(Amount(D(1)), not_applicable=True, comment="no such centre")) == [
        Problem.NA_WITH_VALUE
    ]
    assert problems(NUMBER, Entry(not_applicable=True, comment="no such centre")) == []


def test_what_is_not_disaggregated_is_the_rest_and_nothing_while_there_is_no_total():
    assert not_disaggregated(D(10), [D(4), None, D(3)]) == 3
    assert not_disaggregated(None, [D(4)]) is None


def test_the_sentence_names_both_numbers():
    [finding] = check_entry(SHARE, Entry(Amount(None, D(12), D(10))))
    assert say_finding(finding) == "The numerator (12) is larger than the denominator (10)."


# -- Saving -------------------------------------------------------------------------------------------
@pytest.fixture
def indicators(strategy, missions):
    made = [stage.make_indicator(f"SP1-O1-I{n}") for n in range(1, 4)]
    for indicator in made:
        stage.assign(indicator, missions["KG"], missions["TJ"], missions["IL"])
    return made


def save(person, mission, period, **typed):
    return results.save_results(mission=mission, period=period, user=person, typed=typed["typed"])


def entry(value=None, **more):
    return Entry(amount=Amount(value=None if value is None else D(value)), **more)


def typed(value=None, over=NOTHING, **more):
    return Typed(entry(value, **more), over)


def test_a_zero_is_a_value_and_an_empty_cell_is_none(indicators, missions, open_period, cast):
    first, second, third = indicators
    save(cast.reporter, missions["KG"], open_period, typed={first.pk: typed(0), second.pk: typed(None)})
    assert {r.indicator_id: r.value for r in IndicatorResult.objects.all()} == {first.pk: 0}
    assert third.pk not in IndicatorResult.objects.values_list("indicator_id", flat=True)


def test_what_fits_is_saved_and_what_does_not_is_named(indicators, missions, open_period, cast):
    first, second, _ = indicators
    saved = save(cast.reporter, missions["KG"], open_period, typed={first.pk: typed(5), second.pk: typed(-2)})
    assert saved.saved == [first.pk]
    assert [f.problem for f in saved.findings[second.pk]] == [Problem.NEGATIVE]
    assert IndicatorResult.objects.get().indicator == first


def test_the_second_writer_is_shown_the_first_ones_value_and_overwrites_nothing(
    indicators, missions, open_period, cast
):
    first = indicators[0]
    save(cast.reporter, missions["KG"], open_period, typed={first.pk: typed(5)})
    late = save(cast.colleague, missions["KG"], open_period, typed={first.pk: typed(7)})
    assert late.saved == []
    assert late.conflicts[first.pk].theirs.value == 5
    assert late.conflicts[first.pk].by == cast.reporter
    decided = typed(7, over=fingerprint(entry(5)))
    again = save(cast.colleague, missions["KG"], open_period, typed={first.pk: decided})
    assert again.saved == [first.pk]
    row = IndicatorResult.objects.get()
    assert (row.value, row.version, row.entered_by) == (7, 2, cast.colleague)


def test_a_stale_tab_does_not_wipe_what_a_colleague_gave_where_it_showed_nothing(
    indicators, missions, open_period, cast
):
    first, second, _ = indicators
    save(cast.reporter, missions["KG"], open_period, typed={first.pk: typed(5)})
    late = save(
        cast.colleague, missions["KG"], open_period, typed={first.pk: typed(None), second.pk: typed(3)}
    )
    assert (late.saved, late.conflicts) == ([second.pk], {})
    assert {r.indicator_id: r.value for r in IndicatorResult.objects.all()} == {first.pk: 5, second.pk: 3}


def test_what_was_left_as_it_was_shown_is_never_written_and_never_a_conflict(
    indicators, missions, open_period, cast
):
    first, second, _ = indicators
    kg = missions["KG"]
    save(cast.reporter, kg, open_period, typed={first.pk: typed(5), second.pk: typed(8)})
    save(cast.colleague, kg, open_period, typed={first.pk: typed(15, over=fingerprint(entry(5)))})
    late = save(
        cast.reporter,
        kg,
        open_period,
        typed={
            first.pk: typed(5, over=fingerprint(entry(5))),
            second.pk: typed(9, over=fingerprint(entry(8))),
        },
    )
    assert (late.saved, late.conflicts) == ([second.pk], {})
    assert {r.indicator_id: r.value for r in IndicatorResult.objects.all()} == {first.pk: 15, second.pk: 9}


def test_two_who_write_the_same_are_no_conflict(indicators, missions, open_period, cast):
    first, kg, shown = indicators[0], missions["KG"], fingerprint(entry(5))
    save(cast.reporter, kg, open_period, typed={first.pk: typed(5)})
    save(cast.colleague, kg, open_period, typed={first.pk: typed(15, over=shown)})
    late = save(cast.reporter, kg, open_period, typed={first.pk: typed("15.0", over=shown)})
    assert (late.saved, late.conflicts) == ([], {})
    assert IndicatorResult.objects.get().entered_by == cast.colleague


def test_a_page_from_before_a_reopening_does_not_write_over_what_was_corrected(
    indicators, missions, open_period, cast
):
    """The copy of an approved result counts its changes anew: what tells is what it says."""
    first, second, third = indicators
    kg, shown = missions["KG"], fingerprint(entry(5))
    rest = {second.pk: typed(1), third.pk: typed(1)}
    revision = save(cast.reporter, kg, open_period, typed={first.pk: typed(5), **rest}).revision
    save(cast.colleague, kg, open_period, typed={first.pk: typed(15, over=shown)})
    reports.submit_report(revision=revision, user=cast.colleague)
    reports.approve_reports(revisions=[revision], user=cast.officer)
    reports.reopen_report(report=revision.report, user=cast.officer, comment="Look again")
    late = save(cast.reporter, kg, open_period, typed={first.pk: typed(7, over=shown)})
    assert late.saved == []
    assert late.conflicts[first.pk].theirs.value == 15


def test_a_fingerprint_tells_what_is_said_and_not_how_it_is_written():
    said = entry("1.50", comment="one\ntwo", cells={3: Amount(D(2)), 4: Amount()})
    assert fingerprint(said) == fingerprint(entry("1.5", comment="one\r\ntwo ", cells={3: Amount(D("2.0"))}))
    others = [
        entry("1.5"),
        entry(0),
        entry(),
        entry(not_applicable=True),
        entry("1.5", cells={3: Amount(D(2))}),
    ]
    assert len({fingerprint(each) for each in [said, *others]}) == 6
    assert fingerprint(entry(0)) == fingerprint(entry("-0"))


def test_saving_the_same_again_changes_nothing(indicators, missions, open_period, cast):
    first = indicators[0]
    save(cast.reporter, missions["KG"], open_period, typed={first.pk: typed(5)})
    again = save(cast.colleague, missions["KG"], open_period, typed={first.pk: typed(5)})
    assert (again.saved, again.conflicts) == ([], {})
    assert IndicatorResult.objects.get().entered_by == cast.reporter


def test_a_cell_that_is_emptied_is_gone_and_the_others_stay(strategy, missions, open_period, cast):
    indicator = stage.make_indicator("SP1-O1-I7")
    cells = stage.ask_by_sex(indicator)
    stage.assign(indicator, missions["KG"])
    women, men = cells["female"].pk, cells["male"].pk
    both = {women: Amount(D(4)), men: Amount(D(5))}
    save(cast.reporter, missions["KG"], open_period, typed={indicator.pk: typed(10, cells=both)})
    only = {women: Amount(D(6))}
    shown = fingerprint(entry(10, cells=both))
    save(cast.reporter, missions["KG"], open_period, typed={indicator.pk: typed(10, over=shown, cells=only)})
    row = IndicatorResult.objects.get()
    assert {c.cell_id: c.value for c in row.cells.all()} == {women: 6}
    assert row.version == 2


def test_nobody_writes_for_another_mission(indicators, missions, open_period, cast):
    with pytest.raises(NotAllowed, match="Only the people of Kyrgyzstan"):
        save(cast.stranger, missions["KG"], open_period, typed={indicators[0].pk: typed(1)})
    assert not IndicatorResult.objects.exists()


def test_the_regional_offices_people_report_for_israel(indicators, missions, open_period):
    person = stage.make_person("vienna", stage.Role.REPORTER, mission=missions["ROV"])
    saved = save(person, missions["IL"], open_period, typed={indicators[0].pk: typed(1)})
    assert saved.saved == [indicators[0].pk]
    assert not saved.revision.on_behalf


def test_an_officer_does_not_write_in_a_draft_that_the_mission_began(indicators, missions, open_period, cast):
    save(cast.reporter, missions["KG"], open_period, typed={indicators[0].pk: typed(1)})
    with pytest.raises(NotAllowed):
        save(cast.officer, missions["KG"], open_period, typed={indicators[1].pk: typed(1)})


def test_an_indicator_that_is_not_due_is_refused(strategy, missions, open_period, cast):
    proposed = stage.make_indicator("SP1-O1-I8", status="proposed")
    stage.assign(proposed, missions["KG"])
    with pytest.raises(Refused, match="not due"):
        save(cast.reporter, missions["KG"], open_period, typed={proposed.pk: typed(1)})


def test_saving_two_or_thirty_results_takes_the_same_statements(
    strategy, missions, open_period, cast, django_assert_num_queries
):
    made = [stage.make_indicator(f"SP1-O1-I{n}") for n in range(1, 33)]
    for indicator in made:
        stage.ask_by_sex(indicator)
        stage.assign(indicator, missions["KG"])
    save(cast.reporter, missions["KG"], open_period, typed={})
    with django_assert_num_queries(19, exact=False) as few:
        save(cast.reporter, missions["KG"], open_period, typed={i.pk: typed(1) for i in made[:2]})
    with django_assert_num_queries(len(few)):
        save(cast.reporter, missions["KG"], open_period, typed={i.pk: typed(1) for i in made[2:]})


def test_a_quarter_inside_a_year_that_has_a_figure_is_refused_with_where_it_is(
    indicators, strategy, missions, open_period, cast
):
    """2024 is said as a whole at its last quarter; a figure for its third quarter would count it twice."""
    first = indicators[0]
    stage.approve(
        missions["KG"], "2024-Q4", {first: 100}, reporter=cast.reporter, officer=cast.officer, covers=4
    )
    third = stage.open_window(strategy, "2024-Q3", today=date.today())
    saved = save(cast.reporter, missions["KG"], third, typed={first.pk: typed(25)})
    assert saved.saved == []
    assert "2024" in saved.overlaps[first.pk]


def test_approving_what_would_count_a_quarter_twice_is_refused(indicators, strategy, missions, cast):
    first = indicators[0]
    third = stage.open_window(strategy, "2024-Q3", today=date.today())
    saved = save(cast.reporter, missions["KG"], third, typed={first.pk: typed(25)})
    for indicator in indicators[1:]:
        save(cast.reporter, missions["KG"], third, typed={indicator.pk: typed(1)})
    reports.submit_report(revision=saved.revision, user=cast.reporter)
    stage.approve(
        missions["KG"], "2024-Q4", {first: 100}, reporter=cast.reporter, officer=cast.officer, covers=4
    )
    with pytest.raises(Refused, match="would count twice"):
        reports.approve_reports(revisions=[saved.revision], user=cast.officer)
