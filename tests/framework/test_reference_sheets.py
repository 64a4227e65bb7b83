"""Sheets of reference frameworks, of their goals as trees, and of alignments."""

import threading
from collections import Counter

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import Count
from django.test.utils import CaptureQueriesContext

from tests.batches.sheets import content_of, counts, csv_of, load, look, messages, save, undo
from tests.imports.test_exports_of_the_setup import FORMATS, NOTHING, back, out
from tests.scenery import scenery
from tracker.common.errors import Refused
from tracker.common.records import save_record
from tracker.framework.models import Alignment, Objective, ReferenceFramework, ReferenceGoal
from tracker.imports.registry import KINDS as REGISTRY

KINDS = ("reference_frameworks", "reference_goals", "alignments")
FRAMEWORKS = csv_of(
    "code,name,short_name,kind,owner,year,source",
    "SDG,Sustainable Development Goals,SDGs,agenda,United Nations,2015,Strategy",
    "SRF,Strategic Results Framework,SRF,framework,IOM,,Strategy",
)
GOALS = csv_of(
    "framework,code,parent,kind,title,title_basis,source",
    "SDG,10.7.2,10.7,indicator,Countries with policies,source,Strategy",
    "SDG,10.7,10,target,Safe migration,source,Strategy",
    "SDG,10,,goal,Less inequality,general_knowledge,Agenda",
    "SRF,1,,objective,Fewer harms,source,Strategy",
)
ALIGNED = "objective,framework,goal,basis,reason,source"


@scenery
def goals(strategy) -> None:
    load("reference_frameworks", FRAMEWORKS)
    load("reference_goals", GOALS)


def parents() -> dict[str, str | None]:
    return dict(ReferenceGoal.objects.filter(framework__code="SDG").values_list("code", "parent__code"))


def test_a_goal_stands_below_one_that_comes_later_in_the_file(goals) -> None:
    assert parents() == {"10.7.2": "10.7", "10.7": "10", "10": None}
    assert ReferenceFramework.objects.get(code="SRF").year is None
    assert [goal.order for goal in ReferenceGoal.objects.filter(framework__code="SDG")] == [1, 2, 3]
    for kind, data in (("reference_frameworks", FRAMEWORKS), ("reference_goals", GOALS)):
        assert counts(look(kind, data).plan)["unchanged"] == len(data.splitlines()) - 1
        assert look(kind, data).plan.writes == []


def test_a_goal_is_moved_and_its_other_columns_stay(goals) -> None:
    header = "framework,code,parent,kind,title,source"
    load("reference_goals", csv_of(header, "sdg,10.7.2,10,indicator,Countries with policies,Strategy"))
    assert parents()["10.7.2"] == "10"
    assert ReferenceGoal.objects.get(code="10").title_basis == "general_knowledge"
    assert ReferenceGoal.objects.count() == 4


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        (
            "SDX,1,,goal,One,S",
            "framework",
            "There is no reference framework with the code “SDX”. Did you mean SDG?",
        ),
        (
            "SRF,2,10.7,goal,Two,S",
            "parent",
            "SRF has no goal with the code “10.7”. Check the code.",
        ),
        (
            "SDG,10,10.7.2,goal,Less inequality,Agenda",
            "parent",
            "The goal would stand below itself. Give another goal above it, or none.",
        ),
        (
            "SDG,8,8,goal,Work,S",
            "parent",
            "The goal would stand below itself. Give another goal above it, or none.",
        ),
    ],
)
def test_a_tree_stays_a_tree(goals, row: str, column: str, message: str) -> None:
    checked = look("reference_goals", csv_of("framework,code,parent,kind,title,source", row))
    assert messages(checked) == [(2, column, message)]


def test_two_goals_of_one_file_are_not_each_below_the_other(goals) -> None:
    checked = look(
        "reference_goals",
        csv_of("framework,code,parent,kind,title,source", "SRF,2,3,goal,Two,S", "SRF,3,2,goal,Three,S"),
    )
    assert [(row, column) for row, column, _ in messages(checked)] == [(2, "parent"), (3, "parent")]


def test_an_objective_is_tied_to_goals_with_a_basis_and_a_reason(goals) -> None:
    data = csv_of(ALIGNED, "SP1-O1,SDG,10.7,ours,It makes the way safe,Strategy", "SP1-O1,SRF,1,stated,So,S")
    assert counts(load("alignments", data)) == {"new": 2, "changed": 0, "unchanged": 0}
    assert set(Alignment.objects.values_list("goal__framework__code", "goal__code", "basis", "reason")) == {
        ("SDG", "10.7", "ours", "It makes the way safe"),
        ("SRF", "1", "stated", "So"),
    }
    assert counts(load("alignments", data))["unchanged"] == 2
    load("alignments", csv_of(ALIGNED, "sp1-o1,sdg,10.7,stated,The text says so,Strategy"))
    assert Alignment.objects.get(goal__code="10.7").basis == "stated"


def test_an_objective_that_serves_none_says_why_in_its_only_row(goals) -> None:
    none = "SP1-O1,,,ours,It is an inner matter,Strategy"
    tied = "SP1-O1,SRF,1,stated,So,S"
    assert messages(look("alignments", csv_of(ALIGNED, tied, none))) == [
        (3, "goal", "SP1-O1 is tied to goals, so it cannot serve none. Delete this row."),
    ]
    load("alignments", csv_of(ALIGNED, none))
    assert Alignment.objects.get().goal is None
    assert counts(load("alignments", csv_of(ALIGNED, none)))["unchanged"] == 1
    [(row, column, said)] = messages(look("alignments", csv_of(ALIGNED, tied)))
    assert (row, column) == (2, "goal")
    assert said.startswith("It is recorded that SP1-O1 serves no goal.")


def test_an_objective_is_tied_to_at_most_four_goals_of_a_framework(goals) -> None:
    header = "framework,code,kind,title,source"
    load("reference_goals", csv_of(header, *(f"SRF,{n},objective,Goal {n},S" for n in range(2, 7))))
    load("alignments", csv_of(ALIGNED, *(f"SP1-O1,SRF,{n},ours,Why,S" for n in (1, 2, 3))))
    rows = [f"SP1-O1,SRF,{n},ours,Why,S" for n in (3, 4, 5)] + ["SP1-O1,SDG,10,ours,Why,S"]
    assert messages(look("alignments", csv_of(ALIGNED, *rows))) == [
        (
            4,
            "goal",
            "SP1-O1 is tied to 4 goals of SRF already, and more are not taken. Leave out the weakest.",
        )
    ]


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        (
            "SP1-O1,,10.7,ours,Why,S",
            "framework",
            "A goal needs its framework. Give its code, such as SDG.",
        ),
        (
            "SP1-O1,SDG,,ours,Why,S",
            "goal",
            "Give the code of the goal. Where the objective serves none, empty both cells.",
        ),
        (
            "SP1-O1,SDG,10.8,ours,Why,S",
            "goal",
            "SDG has no goal with the code “10.8”. Did you mean 10.7, 10, 10.7.2?",
        ),
        (
            "SP1-O9,SDG,10,ours,Why,S",
            "objective",
            "There is no objective with the code “SP1-O9”. Did you mean SP1-O1?",
        ),
        ("SP1-O1,SDG,10,ours,,S", "reason", "The cell is empty. Fill in reason."),
    ],
)
def test_what_is_wrong_with_an_alignment_is_said_beside_its_cell(
    goals, row: str, column: str, message: str
) -> None:
    assert messages(look("alignments", csv_of(ALIGNED, row))) == [(2, column, message)]


@pytest.mark.parametrize("suffix", FORMATS)
def test_what_goes_out_comes_back_unchanged(goals, suffix: str) -> None:
    load("alignments", csv_of(ALIGNED, "SP1-O1,SDG,10.7,ours,=Why,Strategy"))
    for kind in KINDS:
        assert back(kind, out(kind, suffix), suffix) == NOTHING, kind
    assert out("alignments", priorities=frozenset({"SP2"})).count(b"\n") == 1
    Alignment.objects.all().delete()
    load("alignments", csv_of(ALIGNED, "SP1-O1,,,ours,It serves none,Strategy"))
    assert back("alignments", out("alignments", suffix), suffix) == NOTHING


def test_columns_carry_their_tags_once_each() -> None:
    for kind in KINDS:
        tags = [column.tag for column in REGISTRY[kind].columns]
        assert all(tag.startswith("#") for tag in tags), kind
        assert len(set(tags)) == len(tags), kind


def test_a_saved_file_is_taken_back(goals, cast) -> None:
    before = content_of(ReferenceGoal, Alignment)
    batch = save("alignments", csv_of(ALIGNED, "SP1-O1,SDG,10.7,ours,Why,S"), user=cast.administrator)
    more = csv_of("framework,code,parent,kind,title,source", "SRF,3,4,goal,Three,S", "SRF,4,1,goal,Four,S")
    later = save("reference_goals", more, user=cast.administrator)
    for each in (later, batch):
        undo(each, user=cast.administrator)
    assert content_of(ReferenceGoal, Alignment) == before


def test_the_statements_do_not_grow_with_the_rows(goals, strategy) -> None:
    priority = strategy.strategicprioritys.get()
    for number in range(2, 60):
        Objective.objects.create(
            strategy=strategy, priority=priority, code=f"SP1-O{number}", title="More", order=number
        )

    def statements(kind: str, data: bytes) -> int:
        with CaptureQueriesContext(connection) as asked:
            load(kind, data)
        return len(asked)

    header = "framework,code,parent,kind,title,source"

    def more_goals(start: int, count: int) -> bytes:
        return csv_of(header, *(f"SRF,{n},1,goal,G{n},S" for n in range(start, start + count)))

    def more_ties(start: int, count: int) -> bytes:
        return csv_of(ALIGNED, *(f"SP1-O{n},SDG,10,ours,Why,S" for n in range(start, start + count)))

    assert statements("reference_goals", more_goals(2, 2)) == statements("reference_goals", more_goals(4, 40))
    assert statements("alignments", more_ties(1, 2)) == statements("alignments", more_ties(3, 40))


def test_the_fixtures_hold_what_their_readme_counts(db) -> None:
    call_command("load_strategy", verbosity=0)
    assert ReferenceFramework.objects.count() == 49
    goals = ReferenceGoal.objects.all()
    assert (goals.count(), goals.filter(title_basis="general_knowledge").count()) == (129, 43)
    assert Counter(Alignment.objects.values_list("basis", flat=True)) == {"stated": 100, "ours": 361}
    # Of the 2015–2020 strategy: a goal, 3 strategic objectives, 9 thematic ones in 6 areas, 6 principles.
    assert Counter(goals.filter(framework__code="RS2015").values_list("kind", flat=True)) == {
        "overall_goal": 1,
        "strategic_objective": 3,
        "thematic_area": 6,
        "thematic_objective": 9,
        "operational_principle": 6,
    }
    assert goals.filter(framework__code="GCM", kind="objective").count() == 23


def test_every_objective_of_the_strategy_serves_a_goal_or_says_why_not(db) -> None:
    call_command("load_strategy", verbosity=0)
    for objective in Objective.objects.prefetch_related("alignments"):
        ties = objective.alignments.all()
        assert ties, objective.code
        assert len(ties) == 1 or all(tie.goal_id for tie in ties), objective.code
        assert all(tie.reason for tie in ties), objective.code
    assert [tie.objective.code for tie in Alignment.objects.filter(goal=None)] == ["ID3-O3"]
    per_frame = Alignment.objects.exclude(goal=None).values("objective", "goal__framework")
    assert max(row["n"] for row in per_frame.annotate(n=Count("pk"))) <= 4
    for kind in KINDS:
        assert back(kind, out(kind)) == NOTHING, kind


# -- One by one, as the administration saves them ------------------------------------------------------
def test_a_goal_edited_by_itself_stays_in_its_tree(goals) -> None:
    top, other = ReferenceGoal.objects.get(code="10"), ReferenceGoal.objects.get(framework__code="SRF")
    top.parent = other
    with pytest.raises(Refused, match="of another framework"):
        save_record(record=top)
    top.parent = ReferenceGoal.objects.get(code="10.7.2")
    with pytest.raises(Refused, match="below itself"):
        save_record(record=top)
    assert parents()["10"] is None


def test_an_alignment_made_by_itself_fits_the_others(goals, strategy) -> None:
    objective = Objective.objects.get(code="SP1-O1")
    header = "framework,code,kind,title,source"
    load("reference_goals", csv_of(header, *(f"SRF,{n},objective,Goal {n},S" for n in range(2, 7))))

    def tie(goal: ReferenceGoal | None) -> None:
        save_record(
            record=Alignment(objective=objective, goal=goal, basis="ours", reason="Why", source="test")
        )

    for number in range(1, 5):
        tie(ReferenceGoal.objects.get(framework__code="SRF", code=str(number)))
    tie(ReferenceGoal.objects.get(code="10.7"))
    with pytest.raises(Refused, match="tied to 4 goals of this framework already"):
        tie(ReferenceGoal.objects.get(framework__code="SRF", code="5"))
    with pytest.raises(Refused, match="cannot serve none"):
        tie(None)
    Alignment.objects.all().delete()
    tie(None)
    with pytest.raises(Refused, match="serves no goal"):
        tie(ReferenceGoal.objects.get(code="10.7"))


# -- What the database itself holds to ----------------------------------------------------------------
def tied(goal: ReferenceGoal | None) -> Alignment:
    """SP1-O1 is tied to a goal past all services."""
    objective = Objective.objects.get(code="SP1-O1")
    return Alignment.objects.create(objective=objective, goal=goal, basis="ours", reason="Why", source="test")


@pytest.fixture
def five(goals) -> list[ReferenceGoal]:
    """Five goals of one framework."""
    header = "framework,code,kind,title,source"
    load("reference_goals", csv_of(header, *(f"SRF,{n},objective,Goal {n},S" for n in range(2, 6))))
    return list(ReferenceGoal.objects.filter(framework__code="SRF").order_by("code"))


def test_the_database_ties_an_objective_to_at_most_four_goals_of_a_framework(five) -> None:
    for goal in five[:4]:
        tied(goal)
    other = tied(ReferenceGoal.objects.get(code="10.7"))
    with pytest.raises(IntegrityError, match="too many goals of a framework"), transaction.atomic():
        tied(five[4])
    with pytest.raises(IntegrityError, match="too many goals of a framework"), transaction.atomic():
        Alignment.objects.filter(pk=other.pk).update(goal=five[4])
    assert Alignment.objects.count() == 5


def test_the_database_keeps_no_goal_beside_the_word_that_there_is_none(five) -> None:
    tied(None)
    with pytest.raises(IntegrityError, match="tied to goals and to none"), transaction.atomic():
        tied(five[0])
    assert Alignment.objects.get().goal is None


@pytest.mark.django_db(transaction=True)
def test_of_two_who_tie_the_fourth_and_the_fifth_goal_at_once_one_is_refused(five) -> None:
    for goal in five[:3]:
        tied(goal)
    refused: list[str] = []

    def tie_the_fifth() -> None:
        try:
            save_record(
                record=Alignment(
                    objective=Objective.objects.get(), goal=five[4], basis="ours", reason="Why", source="test"
                )
            )
        except Refused as refusal:
            refused.append(str(refusal))
        finally:
            connection.close()

    other = threading.Thread(target=tie_the_fifth)
    with transaction.atomic():
        tied(five[3])
        other.start()
        other.join(timeout=2)
        assert other.is_alive()  # It waits for what this transaction comes to.
    other.join(timeout=30)
    assert refused == [
        "Somebody else just tied this objective to another goal of this framework. Look at it again."
    ]
    assert Alignment.objects.count() == 4
