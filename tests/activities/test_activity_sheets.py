"""The sheet of activities: new, changed, unchanged, refused; out and back; taken back; whose rows they are."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.batches.sheets import content_of, counts, csv_of, load, look, messages, save, undo
from tests.imports.test_exports_of_the_setup import FORMATS, NOTHING, back, out
from tracker.activities.models import (
    Activity,
    ActivityCountry,
    ActivityGoal,
    ActivityObjective,
    ActivityOffice,
    ActivityTag,
)
from tracker.framework.models import Objective, Pillar, StrategicPriority, Strategy

HEADER = (
    "code,mission,title,status,objectives,start,end,reference_goals,tags,countries,offices,budget,currency,donors,"
    "partners,people_planned,people_reached,description,tied_by,tie_reason,source"
)
FULL = (
    "KG-1,KG,Advice for migrants,ongoing,SP1-O2; SP1-O1,2021-03-01,2022-12-31,SDG:10.7; MIGOF:P1,labour,KG; TJ,"
    "KG-BISHKEK,120000.50,USD,Donor A; Donor B,Ministry,500,40,In two towns.,mission,It informs them,"
)
BARE = "TJ-1,TJ,Training,planned,,,,,,,,,,,,,,,,,"
OLD = "MI-1,KG,Old work,historical,SP1-O1,,,MIGOF:P1,,KG,,,,,,,,,tracker,Fits,Document of 2017"
TABLES = (Activity, ActivityObjective, ActivityGoal, ActivityTag, ActivityCountry, ActivityOffice)


def load_all() -> None:
    load("activities", csv_of(HEADER, FULL, BARE, OLD))


def test_everything_that_a_row_says_is_kept(scene) -> None:
    assert counts(load("activities", csv_of(HEADER, FULL))) == {"new": 1, "changed": 0, "unchanged": 0}
    kept = Activity.objects.get()
    assert (kept.code, kept.mission.code, kept.title, kept.status) == (
        "KG-1",
        "KG",
        "Advice for migrants",
        "ongoing",
    )
    assert (kept.starts_on, kept.ends_on) == (date(2021, 3, 1), date(2022, 12, 31))
    assert (kept.budget, kept.currency) == (Decimal("120000.50"), "USD")
    assert (kept.donors, kept.partners) == (["Donor A", "Donor B"], ["Ministry"])
    assert (kept.people_planned, kept.people_reached) == (500, 40)
    assert sorted(kept.objectives.values_list("code", flat=True)) == ["SP1-O1", "SP1-O2"]
    assert sorted(kept.goals.values_list("code", flat=True)) == ["10.7", "P1"]
    assert sorted(kept.countries.values_list("iso2", flat=True)) == ["KG", "TJ"]
    assert [office.code for office in kept.offices.all()] == ["KG-BISHKEK"]
    assert [tag.code for tag in kept.tags.all()] == ["labour"]


def test_ties_may_stand_in_any_order_and_twice(scene) -> None:
    load_all()
    again = FULL.replace("SP1-O2; SP1-O1", "sp1-o1; SP1-O2; SP1-O1").replace("KG; TJ", "TJ; KG")
    assert counts(look("activities", csv_of(HEADER, again)).plan) == {"new": 0, "changed": 0, "unchanged": 1}


def test_what_changes_is_shown_and_what_the_file_has_not_stays(scene) -> None:
    load_all()
    sheet = csv_of("code,mission,title,status,objectives", "KG-1,KG,Advice for migrants,completed,SP1-O1")
    [change] = look("activities", sheet).plan.changes
    assert change.cells == {
        "status": ("ongoing", "completed"),
        "objectives": (("SP1-O1", "SP1-O2"), ("SP1-O1",)),
    }
    load("activities", sheet)
    kept = Activity.objects.get(code="KG-1")
    assert [objective.code for objective in kept.objectives.all()] == ["SP1-O1"]
    assert (kept.budget, kept.tags.count(), kept.countries.count()) == (Decimal("120000.50"), 1, 2)


def test_an_empty_cell_empties_what_was_there(scene) -> None:
    load_all()
    load("activities", csv_of("code,mission,title,status,tags,start,donors", "KG-1,KG,Advice,ongoing,,,"))
    kept = Activity.objects.get(code="KG-1")
    assert (kept.tags.count(), kept.starts_on, kept.donors) == (0, None, [])


def test_everything_that_is_wrong_is_said_at_once(scene) -> None:
    wrong = csv_of(
        HEADER,
        f"A,XX,One,ongoing,SP1-O7,2022-01-02,2022-01-01,MIGOF:P9,labuor,ZZ,KG-BISHKEC,5,,{'d' * 151},,1.5,-1,,,,",
        "B,KG,Two,historical,,,,,,,,,EUR,,,,,,,,",
        "C,KG,Three,planned,,,,,,,,-1.005,usd,,,,,,,,",
        "A,KG,Again,planned,,,,,,,,,,,,,,,,,",
    )
    checked = look("activities", wrong)
    assert {(error.row, error.column) for error in checked.plan.errors} == {
        (2, "mission"),
        (2, "objectives"),
        (2, "end"),
        (2, "reference_goals"),
        (2, "tags"),
        (2, "countries"),
        (2, "offices"),
        (2, "currency"),
        (2, "donors"),
        (2, "people_planned"),
        (2, "people_reached"),
        (3, "currency"),
        (3, "source"),
        (4, "budget"),
        (4, "currency"),
        (5, "code"),
    }
    said = messages(checked)
    assert (2, "end", "It ends before it starts. Correct it.") in said
    assert (2, "tags", "There is no tag with the code “labuor”. Did you mean labour?") in said
    assert (2, "currency", "A budget needs its currency. Give three letters, such as USD.") in said
    assert (3, "currency", "There is no budget that this would be the currency of. Empty it.") in said
    assert (4, "budget", "A budget is not negative. Correct it.") in said
    assert (4, "budget", "A budget has at most two decimals. Round it.") in said
    assert not Activity.objects.exists()


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("tagged", [False, True])
def test_what_goes_out_comes_back_unchanged(scene, suffix: str, tagged: bool) -> None:
    load_all()
    for kind in ("tags", "activities"):
        assert back(kind, out(kind, suffix, tagged=tagged), suffix) == NOTHING


def test_missions_and_priorities_are_chosen(scene) -> None:
    load_all()

    def codes(**chosen) -> list[str]:
        return [row.split(",")[0] for row in out("activities", **chosen).decode("utf-8-sig").splitlines()[1:]]

    assert codes() == ["KG-1", "MI-1", "TJ-1"]
    assert codes(missions=frozenset({"TJ"})) == ["TJ-1"]
    assert codes(priorities=frozenset({"SP1"})) == ["KG-1", "MI-1"]
    assert codes(priorities=frozenset({"SP2"})) == []


def test_a_saved_file_is_taken_back_with_all_its_ties(scene) -> None:
    load("activities", csv_of(HEADER, FULL))
    before = content_of(*TABLES, but=["id"])
    changed = (
        FULL.replace("SP1-O2; SP1-O1", "SP1-O2").replace("labour", "health").replace("ongoing", "completed")
    )
    batch = save("activities", csv_of(HEADER, changed, BARE))
    assert content_of(*TABLES, but=["id"]) != before
    undo(batch, user=scene.cast.administrator)

    def as_sets(content):
        return {
            name: {tuple(sorted((k, str(v)) for k, v in row.items())) for row in rows}
            for name, rows in content.items()
        }

    assert as_sets(content_of(*TABLES, but=["id"])) == as_sets(before)


def test_a_reporter_writes_the_own_missions_rows_and_leaves_the_others_as_they_are(scene) -> None:
    load_all()
    cast = scene.cast
    whole = out("activities")
    for person in (cast.reporter, cast.lead):
        assert look("activities", whole, user=person).plan.errors == []
    checked = look("activities", csv_of(HEADER, FULL, BARE.replace("planned", "ongoing")), user=cast.reporter)
    assert messages(checked) == [
        (3, "mission", "You write activities of your own missions only. Leave this row out.")
    ]
    moved = csv_of("code,mission,title,status", "TJ-1,KG,Training,planned")
    assert [error.column for error in look("activities", moved, user=cast.reporter).plan.errors] == [
        "mission"
    ]
    assert look("activities", moved, user=cast.officer).plan.errors == []


def test_historical_ones_are_written_by_administrators_alone(scene) -> None:
    load_all()
    to = csv_of("code,mission,title,status,source", "KG-1,KG,Advice for migrants,historical,Somewhere")
    away = csv_of("code,mission,title,status", "MI-1,KG,Old work,completed")
    sentence = "Only administrators write historical activities. Leave this row out."
    for sheet in (to, away):
        for person in (scene.cast.reporter, scene.cast.officer):
            assert messages(look("activities", sheet, user=person)) == [(2, "status", sentence)]
        assert look("activities", sheet, user=scene.cast.administrator).plan.errors == []


def test_ties_to_the_objectives_of_another_strategy_stay(scene) -> None:
    load_all()
    later = Strategy.objects.create(code="NEXT", name="Next", starts_on="2025-01-01", ends_on="2029-12-31")
    pillar = Pillar.objects.create(strategy=later, code="P", name="P")
    priority = StrategicPriority.objects.create(
        strategy=later, pillar=pillar, code="SP1", kind="strategic_priority", title="Next first"
    )
    other = Objective.objects.create(strategy=later, priority=priority, code="SP1-O1", title="Next objective")
    kept = Activity.objects.get(code="KG-1")
    ActivityObjective.objects.create(activity=kept, objective=other)
    assert back("activities", out("activities")) == NOTHING
    load("activities", csv_of("code,mission,title,status,objectives", "KG-1,KG,Advice for migrants,ongoing,"))
    assert list(kept.objectives.all()) == [other]


def test_two_rows_cost_as_many_statements_as_two_hundred(scene) -> None:
    def cost(first: int, many: int) -> int:
        rows = [FULL.replace("KG-1", f"KG-{number}") for number in range(first, first + many)]
        with CaptureQueriesContext(connection) as caught:
            load("activities", csv_of(HEADER, *rows))
        return len(caught)

    cost(1, 2)
    assert cost(10, 2) == cost(1000, 200)
    with CaptureQueriesContext(connection) as caught:
        out("activities")
    assert len(caught) == 7  # the strategy, the activities, five kinds of ties
