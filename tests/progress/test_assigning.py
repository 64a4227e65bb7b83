"""What was chosen in the grid of assignments becomes rows of their sheet, and what would follow is foreseen."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import stage
from tracker.batches.services import ByHand, look_by_hand, save_by_hand
from tracker.common.errors import NotAllowed, Stale
from tracker.progress.choices import AssigningStep
from tracker.progress.models import IndicatorAssignment, Target
from tracker.progress.resources import ASSIGNMENTS
from tracker.progress.services.assigning import GIVEN, Choice, foresee, make_rows

TODAY = date(2024, 11, 1)


@pytest.fixture
def flow(strategy, missions):
    return stage.make_indicator()


def choose(step: str, on: date, *pairs: tuple[str, str], reason: str = "Because") -> Choice:
    return Choice(pairs, AssigningStep(step), on, reason)


def hand(strategy, choice: Choice) -> ByHand:
    return ByHand(
        ASSIGNMENTS, lambda: make_rows(strategy=strategy, choice=choice), GIVEN, {"strategy": strategy.code}
    )


def look(strategy, choice, user):
    looked = look_by_hand(asked=hand(strategy, choice), user=user)
    return looked, foresee(strategy=strategy, choice=choice, plan=looked.plan, today=TODAY)


def save(strategy, choice, user):
    looked = look_by_hand(asked=hand(strategy, choice), user=user)
    return save_by_hand(asked=hand(strategy, choice), digest=looked.digest, user=user)


def test_new_pairs_begin_ended_ones_go_on_and_the_others_stay(flow, strategy, missions, cast) -> None:
    stage.assign(flow, missions["KG"])
    stage.assign(flow, missions["TJ"], active_to=date(2021, 6, 30))
    pairs = [(flow.code, code) for code in ("KG", "TJ", "IL")]
    choice = choose("assign", date(2023, 1, 1), *pairs, reason="A new project")
    _looked, outlook = look(strategy, choice, cast.officer)
    assert (outlook.begun, outlook.resumed, outlook.ended, outlook.unchanged) == (1, 1, 0, 1)
    assert outlook.by_mission == {"IL": 1, "TJ": 1}
    save(strategy, choice, cast.officer)
    held = {
        each.mission.code: (each.active_from, each.active_to, each.reason, each.recorded_by)
        for each in IndicatorAssignment.objects.in_force().select_related("mission", "recorded_by")
    }
    assert held == {
        "KG": (date(2020, 1, 1), None, "", None),
        "TJ": (date(2020, 1, 1), None, "A new project", cast.officer),
        "IL": (date(2023, 1, 1), None, "A new project", cast.officer),
    }
    # What was replaced stays as a version.
    old = IndicatorAssignment.objects.get(withdrawn_at__isnull=False)
    assert (old.mission.code, old.active_to, old.withdrawn_by) == ("TJ", date(2021, 6, 30), cast.officer)


def test_an_assignment_ends_on_a_day_and_not_later_than_it_ended_already(
    flow, strategy, missions, cast
) -> None:
    stage.assign(flow, missions["KG"])
    stage.assign(flow, missions["TJ"], active_to=date(2021, 6, 30))
    pairs = [(flow.code, code) for code in ("KG", "TJ", "IL")]
    choice = choose("end", date(2023, 12, 31), *pairs)
    _looked, outlook = look(strategy, choice, cast.officer)
    assert (outlook.ended, outlook.unchanged) == (1, 2)
    save(strategy, choice, cast.officer)
    ends = dict(IndicatorAssignment.objects.in_force().values_list("mission__code", "active_to"))
    assert ends == {"KG": date(2023, 12, 31), "TJ": date(2021, 6, 30)}


def test_what_lies_after_an_end_is_foreseen(flow, strategy, missions, cast) -> None:
    stage.assign(flow, missions["KG"], missions["TJ"])
    for due in (date(2022, 12, 31), date(2023, 12, 31)):
        Target.objects.create(indicator=flow, mission=missions["KG"], due_on=due, value=5)
    for period in ("2022-Q4", "2023-Q1", "2023-Q2"):
        stage.approve(missions["KG"], period, {flow: 1}, reporter=cast.reporter, officer=cast.officer)
    stage.approve(missions["TJ"], "2022-Q4", {flow: 1}, reporter=cast.stranger, officer=cast.officer)
    choice = choose("end", date(2022, 12, 31), (flow.code, "KG"), (flow.code, "TJ"))
    _looked, outlook = look(strategy, choice, cast.officer)
    assert [(each.mission, each.periods) for each in outlook.reported] == [("KG", ("2023-Q1", "2023-Q2"))]
    assert [(each.mission, each.targets) for each in outlook.aimed] == [("KG", (date(2023, 12, 31),))]


def test_what_falls_due_is_counted_by_hand(flow, strategy, missions, cast) -> None:
    """On 1 Nov 2024 the window of 2024-Q3 (due 20 Oct, closed 9 Nov) is the next to close. Beginning on 1 Jan 2024, a
    quarterly indicator owes Q3 and, late, Q1 and Q2; one of twice a year owes Q2 late; a proposed one owes nothing.
    """
    twice = stage.make_indicator("SP1-O1-I2", frequency="semi_annual")
    proposed = stage.make_indicator("SP1-O1-I3", status="proposed")
    pairs = [(each.code, "KG") for each in (flow, twice, proposed)]
    _looked, outlook = look(strategy, choose("assign", date(2024, 1, 1), *pairs), cast.officer)
    assert outlook.next_period is not None
    assert (outlook.next_period.code, outlook.due, outlook.overdue, outlook.proposed) == ("2024-Q3", 1, 3, 1)


def test_what_goes_on_again_owes_only_what_came_after_its_end(flow, strategy, missions, cast) -> None:
    stage.assign(flow, missions["KG"], active_to=date(2024, 3, 31))
    _looked, outlook = look(strategy, choose("assign", date(2024, 11, 1), (flow.code, "KG")), cast.officer)
    assert (outlook.resumed, outlook.due, outlook.overdue) == (1, 1, 1)  # Q3; Q2 late


def test_saving_twice_saves_once(flow, strategy, missions, cast) -> None:
    choice = choose("assign", date(2024, 1, 1), (flow.code, "KG"))
    looked = look_by_hand(asked=hand(strategy, choice), user=cast.officer)
    for changes in (True, False):
        saved = save_by_hand(asked=hand(strategy, choice), digest=looked.digest, user=cast.officer)
        assert saved.changes_something is changes
    assert IndicatorAssignment.objects.count() == 1


def test_what_somebody_changed_meanwhile_is_looked_at_again(flow, strategy, missions, cast) -> None:
    stage.assign(flow, missions["KG"])
    choice = choose("end", date(2023, 12, 31), (flow.code, "KG"), (flow.code, "TJ"))
    looked = look_by_hand(asked=hand(strategy, choice), user=cast.officer)
    stage.assign(flow, missions["TJ"])
    with pytest.raises(Stale, match="changed since"):
        save_by_hand(asked=hand(strategy, choice), digest=looked.digest, user=cast.officer)
    assert not IndicatorAssignment.objects.filter(active_to__isnull=False).exists()


@pytest.mark.parametrize("role", ["viewer", "reporter", "lead", "nobody"])
def test_only_who_plans_assigns(role, flow, strategy, missions, cast) -> None:
    choice = choose("assign", date(2024, 1, 1), (flow.code, "KG"))
    with pytest.raises(NotAllowed):
        look_by_hand(asked=hand(strategy, choice), user=getattr(cast, role))
    with pytest.raises(NotAllowed):
        save_by_hand(asked=hand(strategy, choice), digest="", user=getattr(cast, role))


def test_many_pairs_take_as_many_statements_as_one(flow, strategy, missions, cast) -> None:
    codes = [stage.make_indicator(f"SP1-O1-I{number}").code for number in range(2, 42)]
    for code in codes[:2]:  # once before: connections and types are read then
        save(strategy, choose("assign", date(2024, 1, 1), (code, "ROV")), cast.officer)
    counts = []
    for pairs in (
        [(codes[2], "KG")],
        [(code, mission) for code in codes[3:] for mission in ("KG", "TJ", "IL")],
    ):
        choice = choose("assign", date(2024, 1, 1), *pairs)
        with CaptureQueriesContext(connection) as asked:
            look(strategy, choice, cast.officer)
            save(strategy, choice, cast.officer)
        counts.append(len(asked))
    assert counts[0] == counts[1]
