"""Sheets of targets: long and wide, to date and per year."""

from datetime import date
from decimal import Decimal

import pytest

from tests import stage
from tests.batches.fixtures import kept_files  # noqa: F401
from tests.batches.sheets import counts, csv_of, digest_of, load, look, messages
from tracker.progress.models import Target

LONG = "indicator,mission,due,target_value,basis"
WIDE = "indicator,mission,basis,2020,2021,2022,2023,2024"


@pytest.fixture
def flow(strategy, missions):
    indicator = stage.make_indicator()
    stage.assign(indicator, missions["KG"], missions["TJ"])
    return indicator


def levels() -> list[tuple[date, Decimal, Decimal | None]]:
    return list(Target.objects.in_force().order_by("due_on").values_list("due_on", "value", "given"))


def test_yearly_amounts_of_a_wide_row_are_added_up_and_kept_as_given(flow) -> None:
    plan = load("targets", csv_of(WIDE, "SP1-O1-I1,KG,per_year,100,150,,200,50"))
    # 100; 100 + 150 = 250; 250 + 200 = 450; 450 + 50 = 500; an empty year is no target.
    assert levels() == [
        (date(2020, 12, 31), 100, 100),
        (date(2021, 12, 31), 250, 150),
        (date(2023, 12, 31), 450, 200),
        (date(2024, 12, 31), 500, 50),
    ]
    [change] = plan.changes
    assert (change.outcome, change.cells["2021-12-31: level"], change.cells["2021-12-31: given"]) == (
        "new", (None, 250), (None, 150),
    )  # fmt: skip
    assert counts(look("targets", csv_of(WIDE, "SP1-O1-I1,KG,per_year,100,150,,200,50")).plan) == {
        "new": 0, "changed": 0, "unchanged": 1,
    }  # fmt: skip


def test_a_year_given_later_stands_on_what_holds_before_it(flow) -> None:
    load("targets", csv_of(LONG, "SP1-O1-I1,KG,2022,300,to_date"))
    load("targets", csv_of(LONG, "SP1-O1-I1,KG,2023,50,per_year"))
    assert [value for _due, value, _given in levels()] == [300, 350]


def test_a_changed_target_is_withdrawn_and_recorded_anew(flow, cast) -> None:
    load("targets", csv_of(LONG, "SP1-O1-I1,KG,2024,300,to_date"))
    plan = load(
        "targets", csv_of(LONG, "SP1-O1-I1,KG,2024,350,to_date"), user=cast.officer, reason="New funds"
    )
    assert counts(plan) == {"new": 0, "changed": 1, "unchanged": 0}
    old, new = Target.objects.order_by("pk")
    assert (old.value, old.withdrawn_by, new.value, new.reason) == (300, cast.officer, 350, "New funds")
    assert old.withdrawn_at == new.recorded_at


def test_due_is_a_date_a_year_or_a_quarter(strategy, missions) -> None:
    level = stage.make_indicator("SP1-O1-I2", period_rule="latest")
    stage.assign(level, missions["KG"])
    load(
        "targets",
        csv_of(
            "indicator,mission,due,target_value",
            *(f"SP1-O1-I2,KG,{due},9" for due in ("2021", "2022-Q2", "30.09.2023")),
        ),
    )
    assert [due for due, _value, _given in levels()] == [
        date(2021, 12, 31), date(2022, 6, 30), date(2023, 9, 30),
    ]  # fmt: skip


def test_percentages_stages_and_counts_of_missions(strategy, missions) -> None:
    share = stage.make_indicator("SP1-O1-I2", measure="percentage", period_rule="latest", decimals=1)
    law = stage.make_indicator(
        "SP1-O1-I3", measure="yes_no", period_rule="latest", mission_rule="count_at_least", threshold=1
    )
    stage.assign(share, missions["KG"])
    stage.assign(law, missions["KG"])
    load(
        "targets",
        csv_of(
            "indicator,mission,2023,2024",
            "SP1-O1-I2,KG,25 %,40",
            "SP1-O1-I3,KG,No,yes",
            "SP1-O1-I3,REGION,3,12",
        ),
    )
    kept = Target.objects.order_by("pk").values_list(
        "indicator__code", "mission__code", "due_on__year", "value"
    )
    assert list(kept) == [
        ("SP1-O1-I2", "KG", 2023, Decimal("0.25")),
        ("SP1-O1-I2", "KG", 2024, Decimal("0.4")),
        ("SP1-O1-I3", "KG", 2023, 0),
        ("SP1-O1-I3", "KG", 2024, 1),
        ("SP1-O1-I3", None, 2023, 3),
        ("SP1-O1-I3", None, 2024, 12),
    ]


@pytest.mark.parametrize(
    ("rows", "column", "says"),
    [
        (["SP1-O1-I1,KG,2024,300,"], "basis", "Say how its targets are meant"),
        (["SP1-O1-I1,ROV,2024,300,to_date"], "mission", "does not report on"),
        (["SP1-O1-I1,KG,,300,to_date"], "due", "By when?"),
        (["SP1-O1-I1,KG,2024,,to_date"], "target_value", "There is no target"),
        (["SP1-O1-I1,KG,2024,-3,to_date"], "target_value", "cannot be negative"),
        (["SP1-O1-I1,KG,2019,300,to_date"], "target_value", "over before it begins"),
        (["SP1-O1-I1,KG,2024,1,to_date", "SP1-O1-I1,KG,2024-Q4,2,to_date"], "target_value", "Row 2 already"),
    ],
)
def test_an_impossible_target_is_refused_with_a_sentence(flow, rows, column, says) -> None:
    [(_row, at, message)] = messages(look("targets", csv_of(LONG, *rows)))
    assert at == column
    assert says in message


def test_a_level_takes_no_yearly_amounts_and_a_monitored_indicator_no_target(strategy, missions) -> None:
    level = stage.make_indicator("SP1-O1-I2", period_rule="latest")
    watched = stage.make_indicator("SP1-O1-I3", direction="monitor")
    stage.assign(level, missions["KG"])
    stage.assign(watched, missions["KG"])
    checked = look("targets", csv_of(LONG, "SP1-O1-I2,KG,2024,9,per_year", "SP1-O1-I3,KG,2024,9,to_date"))
    assert [(row, column) for row, column, _message in messages(checked)] == [(2, "basis"), (3, "indicator")]


def test_a_yearly_amount_that_others_stand_on_is_not_changed_alone(flow) -> None:
    load("targets", csv_of(WIDE, "SP1-O1-I1,KG,per_year,100,150,200,,"))
    [(row, column, message)] = messages(look("targets", csv_of(WIDE, "SP1-O1-I1,KG,per_year,,175,,,")))
    assert (row, column) == (2, "2021")
    assert "31 Dec 2022" in message
    load("targets", csv_of(WIDE, "SP1-O1-I1,KG,per_year,,175,200,,"))
    assert [value for _due, value, _given in levels()] == [100, 275, 475]


def test_a_row_is_either_a_date_or_years(flow) -> None:
    header = "indicator,mission,due,target_value,basis,2024"
    [(_row, column, message)] = messages(look("targets", csv_of(header, "SP1-O1-I1,KG,2023,5,to_date,9")))
    assert column == "due"
    assert "Use one of the two" in message


def test_a_stage_whose_name_has_a_number_is_still_a_word(strategy, missions) -> None:
    law = stage.make_indicator(
        "SP1-O1-I4",
        measure="stage",
        period_rule="latest",
        mission_rule="count_reached",
        stages=["Phase 1", "Phase 2", "Phase 3"],
    )
    stage.assign(law, missions["KG"])
    load("targets", csv_of("indicator,mission,2023,2024", "SP1-O1-I4,KG,phase 2,Phase 3"))
    assert [value for _due, value, _given in levels()] == [1, 2]
    [(_row, column, message)] = messages(look("targets", csv_of("indicator,mission,2024", "SP1-O1-I4,KG,3")))
    assert (column, "Write one of: Phase 1, Phase 2, Phase 3" in message) == ("2024", True)


# -- Questions ---------------------------------------------------------------------------------------
def questions(plan) -> list[tuple[int | None, str | None, str | None, str]]:
    return [(each.row, each.column, each.value, each.message) for each in plan.questions]


def test_a_running_total_that_falls_is_asked_about_and_may_be_saved(flow) -> None:
    falling = csv_of(LONG, "SP1-O1-I1,KG,2023,9,to_date", "SP1-O1-I1,KG,2024,8,to_date")
    plan = load("targets", falling)
    [(row, column, value, message)] = questions(plan)
    assert (row, column, value) == (3, "target_value", "8")
    assert message.startswith("The running total falls from 9 to 8 by 31 Dec 2024. Is that right?")
    assert [value for _due, value, _given in levels()] == [9, 8]
    # What was answered once is not asked again.
    assert not questions(look("targets", falling).plan)


def test_a_running_total_that_would_fall_to_a_later_target_is_asked_about(flow) -> None:
    load("targets", csv_of(WIDE, "SP1-O1-I1,KG,to_date,,,,300,400"))
    plan = look("targets", csv_of(WIDE, "SP1-O1-I1,KG,to_date,,,,450,")).plan
    [(row, column, value, message)] = questions(plan)
    assert (row, column, value) == (2, "2023", "450")
    assert message == "The running total would be 450 and fall to 400 by 31 Dec 2024. Is that right?"


def test_yearly_amounts_of_a_flow_cannot_fall(flow) -> None:
    assert not questions(look("targets", csv_of(WIDE, "SP1-O1-I1,KG,per_year,100,50,0,20,1")).plan)


@pytest.mark.parametrize(
    ("fields", "baseline", "target", "says"),
    [
        ({"period_rule": "latest"}, "50", "40", "target of 40 lies below the baseline of 50"),
        (
            {"period_rule": "latest", "direction": "decrease"},
            "50",
            "60",
            "target of 60 lies above the baseline of 50",
        ),
        ({"measure": "percentage", "period_rule": "latest"}, "50", "40 %", "target of 40 lies below"),
        ({"period_rule": "latest"}, "50", "60", None),
        ({"period_rule": "latest", "direction": "maintain"}, "50", "40", None),
        # The baseline of a flow is what a year came to before, and no level to start from.
        ({"basis": "to_date"}, "50", "40", None),
    ],
)
def test_a_target_on_the_wrong_side_of_its_baseline_is_asked_about(
    strategy, missions, fields, baseline, target, says
) -> None:
    basis = fields.pop("basis", "")
    stage.assign(stage.make_indicator("SP1-O1-I2", **fields), missions["KG"])
    base = csv_of("indicator,mission,baseline_value,baseline_date", f"SP1-O1-I2,KG,{baseline},2019")
    aim = csv_of(LONG, f"SP1-O1-I2,KG,2024,{target},{basis}")
    load("baselines", base)
    asked = questions(load("targets", aim))
    assert bool(asked) == bool(says)
    if says:
        [(row, column, _value, message)] = asked
        assert (row, column) == (2, "target_value")
        assert says in message


def test_a_new_baseline_on_the_wrong_side_of_its_targets_is_asked_about_once(strategy, missions) -> None:
    stage.assign(stage.make_indicator("SP1-O1-I2", period_rule="latest"), missions["KG"])
    load("targets", csv_of("indicator,mission,2022,2023,2024", "SP1-O1-I2,KG,30,40,60"))
    base = csv_of("indicator,mission,baseline_value", "SP1-O1-I2,KG,50")
    [(row, column, value, message)] = questions(load("baselines", base))
    assert (row, column, value) == (2, "baseline_value", "50")
    assert message.startswith(
        "The target of 30 lies below the baseline of 50, and SP1-O1-I2 should increase."
    )
    assert not questions(look("baselines", base).plan)
    assert not questions(look("baselines", base.replace(b"50", b"20")).plan)


def test_more_missions_are_better_whatever_the_direction(strategy, missions) -> None:
    level = stage.make_indicator(
        "SP1-O1-I2", period_rule="latest", direction="decrease", mission_rule="count_reached"
    )
    stage.assign(level, missions["KG"])
    load("baselines", csv_of("indicator,mission,baseline_value", "SP1-O1-I2,REGION,3"))
    assert not questions(look("targets", csv_of(LONG, "SP1-O1-I2,REGION,2024,4,")).plan)
    [(_row, _column, _value, message)] = questions(
        look("targets", csv_of(LONG, "SP1-O1-I2,REGION,2024,2,")).plan
    )
    assert "the more missions the better" in message


def test_a_question_belongs_to_what_is_confirmed(flow) -> None:
    file = csv_of(LONG, "SP1-O1-I1,KG,2024,8,to_date")
    before = digest_of(look("targets", file).plan)
    load("targets", csv_of(LONG, "SP1-O1-I1,KG,2023,9,to_date"))
    asked = look("targets", file).plan
    assert questions(asked)
    assert digest_of(asked) != before
