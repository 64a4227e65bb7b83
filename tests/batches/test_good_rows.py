"""Saving the good rows of a file that has errors: deliberate, an administrator's, on record, and only them."""

import pytest

from tests import stage
from tests.batches.sheets import check, csv_of, load, state_of_tables
from tracker.batches.models import ImportBatch
from tracker.batches.services import apply_batch, recheck_batch
from tracker.common.errors import NotAllowed, Refused, Stale
from tracker.framework.models import Indicator
from tracker.imports.registry import KINDS
from tracker.progress.models import Baseline, IndicatorResult, Target

HEADER = "indicator,mission,baseline_value"
MIXED = csv_of(
    HEADER,
    "SP1-O1-I1,KG,12",
    "SP1-O1-I1,TJ,twelve",
    "SP1-O1-I2,XX,5",
    "SP1-O1-I2,KG,7",
)


@pytest.fixture
def indicators(strategy, missions):
    for number in (1, 2):
        stage.assign(stage.make_indicator(f"SP1-O1-I{number}"), missions["KG"], missions["TJ"])


def save_good(batch: ImportBatch, user, digest: str = "") -> ImportBatch:
    return apply_batch(
        batch=batch,
        kind=KINDS[batch.kind],
        digest=digest or batch.plan_digest,
        user=user,
        good_rows_only=True,
    ).batch


def lines(batch: ImportBatch) -> list[tuple]:
    return [(line.outcome, line.row, line.key or line.message) for line in batch.lines.in_order()]


def test_an_administrator_saves_the_rows_without_an_error_and_no_other(indicators, cast) -> None:
    batch = check("baselines", MIXED, user=cast.officer).batch
    assert (batch.status, batch.errors, batch.bad_rows, batch.new, batch.left_out) == ("refused", 2, 2, 2, 0)
    assert batch.has_good_rows
    saved = save_good(batch, cast.administrator)
    assert (saved.status, saved.good_rows_only, saved.saved_by) == ("applied", True, cast.administrator)
    assert sorted(Baseline.objects.values_list("indicator__code", "mission__code", "value")) == [
        ("SP1-O1-I1", "KG", 12), ("SP1-O1-I2", "KG", 7),
    ]  # fmt: skip
    # Confirmed twice, it is saved once.
    assert save_good(batch, cast.administrator).status == "applied"
    assert Baseline.objects.count() == 2


def test_nobody_else_may_and_nobody_does_by_accident(indicators, cast) -> None:
    batch = check("baselines", MIXED, user=cast.officer).batch
    before = state_of_tables()
    for person in (cast.officer, cast.head, cast.reporter):
        with pytest.raises(NotAllowed):
            save_good(batch, person)
    with pytest.raises(NotAllowed, match="administrator"):
        save_good(batch, None)
    with pytest.raises(Refused, match="has errors"):
        apply_batch(batch=batch, kind=KINDS["baselines"], digest=batch.plan_digest, user=cast.administrator)
    assert state_of_tables() == before


def test_what_is_saved_is_bound_to_the_errors_that_were_shown(indicators, missions, cast) -> None:
    batch = check("baselines", MIXED, user=cast.administrator).batch
    # An error has gone meanwhile: the row would be saved too, and nobody was shown that.
    missions["TJ"].code = "XX"
    missions["TJ"].save()
    with pytest.raises(Stale, match="The data changed since"):
        save_good(batch, cast.administrator)
    assert not Baseline.objects.exists()
    batch.refresh_from_db()
    assert (batch.status, batch.new, batch.bad_rows) == ("refused", 3, 1)
    assert batch.message.startswith("The data changed since")
    save_good(batch, cast.administrator)
    assert Baseline.objects.count() == 3


def test_a_file_whose_errors_have_all_gone_is_looked_at_again_and_saved_whole(indicators, cast) -> None:
    batch = check(
        "baselines", csv_of(HEADER, "SP1-O1-I1,KG,12", "SP1-O1-I9,KG,5"), user=cast.administrator
    ).batch
    stage.make_indicator("SP1-O1-I9")
    with pytest.raises(Stale):
        save_good(batch, cast.administrator)
    batch.refresh_from_db()
    assert (batch.status, batch.new) == ("checked", 2)
    with pytest.raises(Stale, match="no errors any more"):
        save_good(batch, cast.administrator)
    assert not Baseline.objects.exists()
    apply_batch(batch=batch, kind=KINDS["baselines"], digest=batch.plan_digest, user=cast.administrator)
    assert Baseline.objects.count() == 2


INDICATOR = "code,objective,name,unit,measure,direction,period_rule,mission_rule,frequency,replaces"


def test_a_good_row_that_needs_a_bad_one_is_left_out(strategy, cast) -> None:
    rule = "persons,number,increase,sum,sum,quarterly"
    batch = check(
        "indicators",
        csv_of(
            INDICATOR,
            f"SP1-O1-I1,SP1-O1,First,{rule},",
            f"SP1-O1-I2,SP1-O7,Second,{rule},",
            f"SP1-O1-I3,SP1-O1,Third,{rule},SP1-O1-I2",
            f"SP1-O1-I4,SP1-O1,Fourth,{rule},SP1-O1-I3",
        ),
        user=cast.administrator,
    ).batch
    [error, new, *left_out] = lines(batch)
    assert error[:2] == ("error", 3)
    assert new == ("new", 2, "SP1-O1-I1")
    assert [line[:2] for line in left_out] == [("left_out", 4), ("left_out", 5)]
    assert "There is no indicator with the code “SP1-O1-I2”" in left_out[0][2]
    assert (batch.rows, batch.new, batch.bad_rows, batch.left_out) == (4, 1, 1, 2)
    save_good(batch, cast.administrator)
    assert list(Indicator.objects.values_list("code", flat=True)) == ["SP1-O1-I1"]


def test_a_file_that_is_wrong_as_a_whole_has_no_good_rows(indicators, cast) -> None:
    data = csv_of("indicator,mission,period,value", "SP1-O1-I1,KG,2020-Q1,9")
    batch = check("history", data, user=cast.administrator).batch  # without its source
    assert (batch.status, batch.has_good_rows, batch.plan_digest) == ("refused", False, "")
    with pytest.raises(Refused, match="None of this file can be saved"):
        save_good(batch, cast.administrator, digest="0" * 64)
    assert not IndicatorResult.objects.exists()


def test_targets_are_added_up_over_the_years_and_saved_whole_or_not_at_all(indicators, cast) -> None:
    batch = check(
        "targets",
        csv_of(
            "indicator,mission,due,target_value,basis",
            "SP1-O1-I1,KG,2021,ten,per_year",
            "SP1-O1-I1,KG,2022,10,per_year",
        ),
        user=cast.administrator,
    ).batch
    assert (batch.status, batch.has_good_rows) == ("refused", False)
    with pytest.raises(Refused):
        save_good(batch, cast.administrator, digest="0" * 64)
    assert not Target.objects.exists()


def test_a_row_in_conflict_with_another_of_the_file_is_not_saved_with_it(indicators, cast) -> None:
    load("baselines", csv_of(HEADER, "SP1-O1-I1,KG,1"))
    batch = check(
        "baselines",
        csv_of(HEADER, "SP1-O1-I1,KG,2", "SP1-O1-I1,KG,3", "SP1-O1-I2,KG,x"),
        user=cast.administrator,
    ).batch
    assert [line[:2] for line in lines(batch)] == [("error", 3), ("error", 4), ("changed", 2)]
    save_good(batch, cast.administrator)
    assert Baseline.objects.in_force().get().value == 2


def test_good_rows_that_change_nothing_are_nothing_to_save(indicators, cast) -> None:
    load("baselines", csv_of(HEADER, "SP1-O1-I1,KG,12"))
    batch = check(
        "baselines", csv_of(HEADER, "SP1-O1-I1,KG,12", "SP1-O1-I1,TJ,x"), user=cast.administrator
    ).batch
    assert (batch.unchanged, batch.errors, batch.has_good_rows) == (1, 1, False)
    again = recheck_batch(batch=batch, kind=KINDS["baselines"], user=cast.administrator)
    assert again.plan_digest == batch.plan_digest
