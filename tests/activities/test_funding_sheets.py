"""What was asked for: the sheets, and every printed total of both years held against sums made in two other ways."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests import stage
from tests.batches.sheets import content_of, counts, csv_of, load, look, messages, save, undo
from tests.imports.test_exports_of_the_setup import FORMATS, NOTHING, back, out
from tracker.activities.models import Activity, FundingRequirement, FundingTotal
from tracker.framework.models import ReferenceFramework, ReferenceGoal
from tracker.region.models import Office

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
YEARS = ("2017", "2019")
GOALS = ("P1", "P2", "P3", "O1", "O2", "O3")

HEADER = "year,mission,goal,amount,amount_printed,currency,nothing_asked,note,source"
TOTALS = "year,mission,goal,amount,amount_printed,note,source"


def rows_of(name: str) -> list[dict[str, str]]:
    with (FIXTURES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def goals(strategy, missions) -> list[ReferenceGoal]:
    return [stage.make_goal("MIGOF", code) for code in GOALS]


# -- The fixtures, by plain arithmetic ------------------------------------------------------------------
def sums_of_the_file(year: str, column: str) -> dict[tuple[str, str], int]:
    """Sums by mission, by goal and of all, with the amounts of a column; the printed one stands where it differs."""
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for row in rows_of("funding"):
        if row["year"] == year:
            amount = int(row[column] or row["amount"])
            for key in ((row["mission"], ""), ("", row["goal"]), ("", "")):
                sums[key] += amount
    return dict(sums)


def printed_totals(year: str) -> dict[tuple[str, str], int]:
    return {
        (row["mission"], row["goal"]): int(row["amount_printed"])
        for row in rows_of("funding_totals")
        if row["year"] == year
    }


def test_there_are_240_amounts_and_54_printed_totals() -> None:
    amounts, totals = rows_of("funding"), rows_of("funding_totals")
    assert (len(amounts), len(totals)) == (240, 54)
    places = {row["mission"] for row in amounts}
    assert len(places) == 20
    assert "IL" not in places
    for year in YEARS:
        of_year = [(row["mission"], row["goal"]) for row in amounts if row["year"] == year]
        assert sorted(of_year) == sorted((place, goal) for place in places for goal in GOALS)
        assert set(printed_totals(year)) == {
            *((place, "") for place in places),
            *(("", goal) for goal in GOALS),
            ("", ""),
        }


def test_every_row_and_column_of_2017_adds_up_to_what_is_printed() -> None:
    assert sums_of_the_file("2017", "amount") == printed_totals("2017")
    assert sums_of_the_file("2017", "amount_printed") == printed_totals("2017")
    assert printed_totals("2017")["", ""] == 249_832_724


def test_every_row_and_column_of_2019_adds_up_after_the_four_repairs() -> None:
    assert sums_of_the_file("2019", "amount") == printed_totals("2019")
    assert printed_totals("2019")["", ""] == 250_504_000


def test_as_printed_2019_falls_short_by_300_000_in_each_repaired_cell() -> None:
    printed, unrepaired = printed_totals("2019"), sums_of_the_file("2019", "amount_printed")
    short = {key: printed[key] - unrepaired[key] for key in printed if printed[key] != unrepaired[key]}
    assert short == {
        ("AL", ""): 300_000,
        ("RU", ""): 900_000,
        ("", "P1"): 300_000,
        ("", "P3"): 300_000,
        ("", "O1"): 600_000,
        ("", ""): 1_200_000,
    }


def test_there_are_352_titles_of_2017_of_which_one_is_left_out_and_15_of_2019() -> None:
    documents = [row["source"].split(",")[0] for row in rows_of("activities")]
    left_out = [row["source"].split(",")[0] for row in rows_of("activities_left_out")]
    assert documents.count("Migration Initiatives 2017") == 351
    assert left_out.count("Migration Initiatives 2017") == 1
    assert documents.count("Migration Initiatives 2019") == 15
    assert len(documents) == 366


# -- The sheets -----------------------------------------------------------------------------------------
def test_amounts_are_new_changed_and_unchanged(goals) -> None:
    first = "2019,KG,P1,500000,200000,USD,no,Misread,Somewhere"
    dash = "2019,KG,P2,0,,,yes,,Somewhere"
    assert counts(load("funding", csv_of(HEADER, first, dash))) == {"new": 2, "changed": 0, "unchanged": 0}
    kept = FundingRequirement.objects.get(goal__code="P1")
    assert (kept.amount, kept.amount_printed, kept.currency, kept.note) == (
        500_000,
        200_000,
        "USD",
        "Misread",
    )
    assert FundingRequirement.objects.get(goal__code="P2").nothing_asked
    [change] = load("funding", csv_of(HEADER, first.replace("500000", "600000"))).changes
    assert change.cells == {"amount": (500_000, 600_000)}
    assert counts(look("funding", csv_of(HEADER, dash)).plan) == {"new": 0, "changed": 0, "unchanged": 1}


def test_everything_that_is_wrong_with_amounts_is_said_at_once(goals) -> None:
    checked = look(
        "funding",
        csv_of(
            HEADER,
            "19,KG,P1,-5,,USD,no,,S",
            "2019,XX,P9,5,5,usd,no,,S",
            "2019,KG,P2,5,,,yes,,S",
            "2019,kg,p2,1,,,,,S",
        ),
    )
    assert [(error.row, error.column) for error in checked.plan.errors] == [
        (2, "year"),
        (2, "amount"),
        (3, "mission"),
        (3, "goal"),
        (3, "amount_printed"),
        (3, "currency"),
        (4, "nothing_asked"),
        (5, "goal"),
    ]
    assert (
        3,
        "currency",
        "Amounts are added up in US dollars. Give the amount in USD, and the original in the note.",
    ) in messages(checked)
    assert (
        4,
        "nothing_asked",
        "An amount is given, so something was asked. Write no, or empty it.",
    ) in messages(checked)


def test_a_printed_total_is_of_a_mission_of_a_goal_or_of_all(goals) -> None:
    load("funding_totals", csv_of(TOTALS, "2019,KG,,5,5,,S", "2019,,P1,5,4,Misread,S", "2019,,,10,10,,S"))
    assert FundingTotal.objects.count() == 3
    again = csv_of(TOTALS, "2019,,,10,10,,S")
    assert counts(look("funding_totals", again).plan) == {"new": 0, "changed": 0, "unchanged": 1}
    both = csv_of(TOTALS, "2019,KG,P1,5,5,,S")
    assert messages(look("funding_totals", both)) == [
        (2, "goal", "A total is of a mission or of a goal. Empty one of the two cells.")
    ]


@pytest.mark.parametrize("suffix", FORMATS)
def test_funding_goes_out_and_comes_back_unchanged(goals, suffix: str) -> None:
    load("funding", csv_of(HEADER, "2019,KG,P1,500000.5,200000,USD,no,Misread,S", "2019,ROV,P2,0,,,yes,,S"))
    load("funding_totals", csv_of(TOTALS, "2019,KG,,5,5,,S", "2019,,P1,5,4,Misread,S", "2019,,,10,10,,S"))
    for kind in ("funding", "funding_totals"):
        assert back(kind, out(kind, suffix), suffix) == NOTHING
        assert back(kind, out(kind, suffix, tagged=True), suffix) == NOTHING


def test_a_file_of_amounts_is_taken_back(goals, cast) -> None:
    load("funding", csv_of(HEADER, "2019,KG,P1,5,,,,,S"))
    before = content_of(FundingRequirement)
    batch = save("funding", csv_of(HEADER, "2019,KG,P1,6,,,,,S", "2019,KG,P2,7,,,,,S"))
    undo(batch, user=cast.administrator)
    assert content_of(FundingRequirement) == before


def test_two_amounts_cost_as_many_statements_as_two_hundred(goals) -> None:
    def cost(years: range) -> int:
        rows = [f"{year},KG,{goal},5,,,,,S" for year in years for goal in ("P1", "O1")]
        with CaptureQueriesContext(connection) as caught:
            load("funding", csv_of(HEADER, *rows))
        return len(caught)

    cost(range(1990, 1991))
    assert cost(range(1991, 1992)) == cost(range(2000, 2100))


def test_the_goals_named_are_there(goals) -> None:
    """Of the framework by which funding is told, whatever other frameworks call theirs."""
    stage.make_goal("SDG", "10.7")
    assert ReferenceFramework.objects.count() == 2
    sheet = csv_of(HEADER, "2019,KG,10.7,5,,,,,S")
    [(row, column, sentence)] = messages(look("funding", sheet))
    assert (row, column) == (2, "goal")
    assert "There is no goal “10.7” in the Migration Governance Framework." in sentence


def test_offices_are_not_needed_for_what_names_none(goals) -> None:
    assert not Office.objects.exists()
    load("activities", csv_of("code,mission,title,status", "KG-1,KG,Something,planned"))
    assert Activity.objects.get().offices.count() == 0


@pytest.mark.parametrize("wrong", [{"currency": "EUR"}, {"amount": -1}, {"nothing_asked": True}])
def test_the_database_keeps_amounts_that_can_be_added_up(goals, missions, wrong: dict[str, object]) -> None:
    said = {"amount": 5, "source": "test", **wrong}
    goal = ReferenceGoal.objects.get(code="P1")
    with pytest.raises(IntegrityError), transaction.atomic():
        FundingRequirement.objects.create(year=2019, mission=missions["KG"], goal=goal, **said)
    assert not FundingRequirement.objects.exists()


def test_the_database_keeps_no_negative_total(goals) -> None:
    with pytest.raises(IntegrityError, match="printed_total_is_not_negative"), transaction.atomic():
        FundingTotal.objects.create(year=2019, amount=-1, amount_printed=1, source="test")
