"""Plans and results as files: who takes what, what is hidden, and that they come back unchanged."""

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests import stage
from tests.batches.fixtures import kept_files  # noqa: F401
from tests.batches.sheets import csv_of, load, look
from tests.conftest import Cast
from tests.imports.test_exports_of_the_setup import FORMATS, NOTHING, back, out
from tests.scenery import scenery
from tracker.batches.choices import Outcome
from tracker.progress.models import CellValue, IndicatorResult, ReportRevision
from tracker.progress.rules import Amount
from tracker.progress.services import reports
from tracker.progress.suppression import hide_small

PLANS = ("assignments", "baselines", "targets")


def rows_of(kind: str, **chosen: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(out(kind, **chosen).decode("utf-8-sig"))))


@scenery
def plans(strategy, missions, cast):
    """Three indicators with plans, as files bring them: a flow per year, a percentage, a stage."""
    stage.make_indicator("SP1-O1-I1")
    stage.make_indicator("SP1-O1-I2", measure="percentage", period_rule="latest", decimals=1)
    stage.make_indicator(
        "SP1-O1-I3",
        measure="stage",
        period_rule="latest",
        mission_rule="count_reached",
        stages=["Not started", "Drafted", "In force"],
    )
    load(
        "baselines",
        csv_of(
            "indicator,mission,baseline_value,baseline_numerator,baseline_denominator,baseline_stage,baseline_date,"
            "active_to,note",
            "SP1-O1-I1,KG,1200,,,,2019,,=note",
            "SP1-O1-I2,KG,,3,8,,2019-06-30,2023-12-31,",
            "SP1-O1-I2,TJ,12.5,,,,,,",
            "SP1-O1-I3,KG,,,,Drafted,2019,,",
            "SP1-O1-I3,REGION,1,,,,,,",
        ),
    )
    load(
        "targets",
        csv_of(
            "indicator,mission,due,target_value,target_stage,basis",
            "SP1-O1-I1,KG,2021,100,,per_year",
            "SP1-O1-I1,KG,2022,50,,per_year",
            "SP1-O1-I1,REGION,2024,900,,to_date",
            "SP1-O1-I2,KG,2022-Q2,60,,",
            "SP1-O1-I3,KG,2024,,In force,",
        ),
    )


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("kind", PLANS)
def test_plans_come_back_unchanged(plans, kind: str, suffix: str) -> None:
    assert back(kind, out(kind, suffix, tagged=True), suffix) == NOTHING


def test_targets_go_out_as_they_were_given(plans) -> None:
    assert [
        (row["indicator"], row["mission"], row["due"], row["target_value"], row["target_stage"], row["basis"])
        for row in rows_of("targets")
    ] == [
        ("SP1-O1-I1", "KG", "2021-12-31", "100", "", "per_year"),
        ("SP1-O1-I1", "KG", "2022-12-31", "50", "", "per_year"),
        ("SP1-O1-I1", "REGION", "2024-12-31", "900", "", "to_date"),
        ("SP1-O1-I2", "KG", "2022-06-30", "60", "", "to_date"),
        ("SP1-O1-I3", "KG", "2024-12-31", "", "In force", "to_date"),
    ]
    assert [row["mission"] for row in rows_of("baselines", missions=frozenset({"TJ"}))] == ["TJ"]


@scenery
def split(strategy, missions, cast):
    """A sensitive number, split by sex: what Kyrgyzstan reported for a quarter and a half-year."""
    indicator = stage.make_indicator(sensitive=True)
    cells = stage.ask_by_sex(indicator)
    stage.assign(indicator, missions["KG"], missions["TJ"])
    split_into(missions["KG"], "2020-Q1", indicator, 40, cells, {"female": 4, "male": 36}, cast=cast)
    split_into(
        missions["KG"], "2020-Q4", indicator, 90, cells, {"female": 50, "male": 40}, cast=cast, covers=2
    )
    return indicator


def split_into(mission, period, indicator, total, cells, parts, *, cast, covers: int = 1) -> None:
    """An approved report whose result has cells; they stand before it is handed in."""
    real = stage.submit

    def with_cells(revision: ReportRevision, *, by: Any) -> None:
        result = IndicatorResult.objects.get(revision=revision)
        for code, value in parts.items():
            CellValue.objects.create(result=result, cell=cells[code], **stage.amount(value))
        real(revision, by=by)

    with mock.patch.object(stage, "submit", with_cells):
        stage.approve(
            mission, period, {indicator: total}, reporter=cast.reporter, officer=cast.officer, covers=covers
        )


def test_small_cells_of_sensitive_indicators_are_hidden_in_what_leaves(split, cast) -> None:
    """4 women of 40 are hidden, and so are the 36 men: 40 less 36 would give the 4 away."""
    small, large = rows_of("history", user=cast.viewer)
    assert (small["period"], small["value"]) == ("2020-Q1", "40")
    assert (small["sex:female"], small["sex:male"], small["sex:unknown"]) == ("<11", "<11", "")
    assert (large["period"], large["sex:female"], large["sex:male"]) == ("2020-H2", "50", "40")


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_file_with_hidden_cells_is_refused_as_input(split, cast, suffix: str) -> None:
    data = out("history", suffix, user=cast.viewer)
    _changes, errors = back("history", data, suffix, source="Export", user=cast.administrator)
    assert [(error.column, error.value) for error in errors] == [("sex:female", "<11"), ("sex:male", "<11")]
    assert "suppressed" in errors[0].message


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_complete_export_hides_nothing_and_comes_back(split, cast, suffix: str) -> None:
    data = out("history", suffix, with_small_cells=True)
    assert back("history", data, suffix, source="Export", user=cast.administrator) == NOTHING


def test_periods_missions_and_priorities_are_chosen(split, cast, missions) -> None:
    stage.approve(missions["TJ"], "2020-Q4", {split: 7}, reporter=cast.stranger, officer=cast.officer)
    assert [row["mission"] for row in rows_of("history", periods=frozenset({"2020-Q4"}))] == ["KG", "TJ"]
    assert [row["value"] for row in rows_of("history", missions=frozenset({"TJ"}))] == ["7"]
    assert rows_of("history", priorities=frozenset({"SP4"})) == []


def test_drafts_go_out_to_their_own_people_alone(strategy, missions, cast, open_period) -> None:
    indicator = stage.make_indicator()
    stage.assign(indicator, missions["KG"], missions["TJ"])
    load("progress", csv_of("indicator,mission,period,value", "SP1-O1-I1,KG,2024-Q4,5"), user=cast.reporter)
    load("progress", csv_of("indicator,mission,period,value", "SP1-O1-I1,TJ,2024-Q4,8"), user=cast.stranger)
    taken = {
        name: [row["mission"] for row in rows_of("progress", user=getattr(cast, name))]
        for name in ("reporter", "stranger", "officer", "viewer", "administrator")
    }
    assert taken == {
        "reporter": ["KG"],
        "stranger": ["TJ"],
        "officer": [],
        "viewer": [],
        "administrator": [],
    }
    data = out("progress", "xlsx", user=cast.reporter)
    checked = look("progress", data, filename="sheet.xlsx", user=cast.reporter)
    assert checked.plan.errors == []
    assert [change.outcome for change in checked.plan.changes] == [Outcome.UNCHANGED]


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_draft_of_a_sensitive_indicator_goes_out_whole_and_comes_back(
    split, cast, open_period, suffix: str
) -> None:
    """Its mission reads the small cells on the page, and works on them in the file."""
    sheet = csv_of("indicator,mission,period,value,sex:female,sex:male", "SP1-O1-I1,KG,2024-Q4,40,4,36")
    load("progress", sheet, user=cast.reporter)
    [row] = rows_of("progress", user=cast.reporter)
    assert (row["sex:female"], row["sex:male"]) == ("4", "36")
    assert (
        back("progress", out("progress", suffix, user=cast.reporter), suffix, user=cast.reporter) == NOTHING
    )
    assert rows_of("progress", user=cast.viewer) == []


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_result_that_was_held_back_says_so_in_the_file(
    strategy, missions, cast, open_period, suffix: str
) -> None:
    flow, other = stage.make_indicator("SP1-O1-I1"), stage.make_indicator("SP1-O1-I2", name="Guides printed")
    for indicator in (flow, other):
        stage.assign(indicator, missions["KG"])
    header = "indicator,mission,period,value"
    sheet = csv_of(header, "SP1-O1-I1,KG,2024-Q4,5", "SP1-O1-I2,KG,2024-Q4,6")
    load("progress", sheet, user=cast.reporter)
    revision = ReportRevision.objects.get()
    reports.submit_report(revision=revision, user=cast.reporter)
    reports.approve_reports(revisions=[revision], user=cast.officer, hold_back=[flow.pk])
    assert [row["indicator"] for row in rows_of("history", user=cast.officer)] == ["SP1-O1-I2"]
    reports.reopen_report(report=revision.report, user=cast.officer, comment="Count it again")
    held, free = rows_of("progress", user=cast.reporter)
    assert held["about"] == (
        "Held back when the report was approved; it does not count. People assisted (SP1-O1-I1) (persons)"
    )
    assert free["about"] == "Guides printed (persons)"
    data = out("progress", suffix, user=cast.reporter, tagged=True)
    assert back("progress", data, suffix, user=cast.reporter) == NOTHING


def test_provisional_figures_are_in_no_file_of_approved_ones(split, missions, cast, open_period) -> None:
    load("progress", csv_of("indicator,mission,period,value", "SP1-O1-I1,KG,2024-Q4,77"), user=cast.reporter)
    assert "77" not in {row["value"] for row in rows_of("history", user=cast.officer)}


def test_the_statements_of_an_export_do_not_grow(split, cast, missions, django_assert_num_queries) -> None:
    with django_assert_num_queries(10):
        out("history")
    for period in ("2021-Q1", "2021-Q2", "2021-Q3"):
        stage.approve(missions["TJ"], period, {split: 7}, reporter=cast.stranger, officer=cast.officer)
    with django_assert_num_queries(10):
        out("history")


# -- What is hidden ------------------------------------------------------------------------------------
def hidden(total: int | None, *cells: int, exclusive: bool = True) -> set[int]:
    """The places of the hidden cells."""
    amounts = {place: Amount(value=Decimal(value)) for place, value in enumerate(cells)}
    groups = [list(amounts)] if exclusive else []
    whole = Amount(value=None if total is None else Decimal(total))
    return set(hide_small(whole, amounts, exclusive=groups, below=11))


def test_which_cells_are_hidden() -> None:
    assert hidden(100, 11, 89) == set()
    assert hidden(100, 10, 90) == {0, 1}
    # One more, and the smallest that will do.
    assert hidden(100, 10, 60, 30) == {0, 2}
    # Two small ones hide each other.
    assert hidden(100, 10, 5, 85) == {0, 1}
    # Most is not broken down, so that what is left says nothing of the small one.
    assert hidden(100, 10, 40) == {0}
    # Two that are 0 are given away by what is left, which is 0.
    assert hidden(90, 0, 0, 50, 40) == {0, 1, 3}
    # Cells that may overlap cannot be worked out from each other.
    assert hidden(100, 10, 90, exclusive=False) == {0}
    assert hidden(0, 0) == {0}


def test_a_share_is_hidden_whole_where_one_of_its_numbers_is_small() -> None:
    total = Amount(numerator=Decimal(50), denominator=Decimal(200))
    cells = {
        1: Amount(numerator=Decimal(4), denominator=Decimal(100)),
        2: Amount(numerator=Decimal(46), denominator=Decimal(100)),
    }
    assert hide_small(total, cells, exclusive=[[1, 2]], below=11) == {1, 2}
    assert hide_small(total, cells, exclusive=[], below=11) == {1}


# -- Any database --------------------------------------------------------------------------------------
WORDS = st.sampled_from(["", "=1+1", "+7 abc", "@x", "-5 apples", "Кыргыз; ქართული", "two\nlines"])
AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=3)


class AnyResults(TestCase):
    """Export, then import: nothing is new, nothing changed, nothing wrong."""

    @settings(
        max_examples=12, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
    )
    @given(data=st.data())
    def test_what_goes_out_comes_back_unchanged(self, data: st.DataObject) -> None:
        stage.make_strategy()
        missions = stage.make_missions()
        cast = Cast(**stage.make_cast(missions))
        number = stage.make_indicator("SP1-O1-I1", decimals=3)
        share = stage.make_indicator("SP1-O1-I2", measure="percentage", period_rule="year", decimals=1)
        word = stage.make_indicator(
            "SP1-O1-I3", measure="yes_no", period_rule="latest", mission_rule="count_reached"
        )
        for mission in (missions["KG"], missions["TJ"]):
            stage.assign(
                number,
                mission,
                active_to=data.draw(st.none() | st.just(date(2030, 1, 1))),
                reason=data.draw(WORDS),
            )
            stage.assign(share, mission)
            stage.assign(word, mission)
            for period in data.draw(st.sets(st.sampled_from(["2020-Q1", "2020-Q2", "2021-Q4"]), min_size=1)):
                n, more = data.draw(st.integers(0, 50)), data.draw(st.integers(1, 50))
                stage.approve(
                    mission,
                    period,
                    {
                        number: data.draw(st.none() | AMOUNTS | st.just("na")),
                        share: data.draw(st.sampled_from([(n, n + more), "na", None])),
                        word: data.draw(st.sampled_from([0, 1, None])),
                    },
                    reporter=cast.reporter,
                    officer=cast.officer,
                )
        suffix = data.draw(st.sampled_from(sorted(FORMATS)))
        assert back("assignments", out("assignments", suffix), suffix) == NOTHING
        if rows_of("history"):
            assert (
                back("history", out("history", suffix), suffix, source="x", user=cast.administrator)
                == NOTHING
            )
