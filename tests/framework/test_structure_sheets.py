"""Sheets of the strategy's tree, of countries and of missions: new, changed, unchanged, refused."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from tests import stage
from tests.batches.sheets import counts, csv_of, load, look, messages
from tracker.activities.models import Activity
from tracker.common.errors import Refused
from tracker.common.records import save_record
from tracker.framework.models import (
    Objective,
    Pillar,
    ReferenceFramework,
    ReferenceGoal,
    StrategicPriority,
    Strategy,
)
from tracker.region.models import Country, Mission

STRATEGY = csv_of(
    "code,name,starts_on,ends_on,on_track_from",
    "S1,First,2020-01-01,2024-12-31,0.85",
    "S2,Next,2025-01-01,2029-12-31,",
)


def test_the_first_strategy_is_current_and_the_next_stands_beside_it(db) -> None:
    assert counts(load("strategy", STRATEGY)) == {"new": 2, "changed": 0, "unchanged": 0}
    assert [(s.code, s.is_current) for s in Strategy.objects.order_by("code")] == [
        ("S1", True),
        ("S2", False),
    ]
    assert counts(load("strategy", STRATEGY)) == {"new": 0, "changed": 0, "unchanged": 2}
    assert Strategy.objects.get(code="S2").on_track_from * 100 == 85


def test_a_strategy_that_ends_before_it_starts_is_refused(db) -> None:
    checked = look("strategy", csv_of("code,name,starts_on,ends_on", "S1,First,2024-01-01,2020-12-31"))
    assert messages(checked) == [(2, "ends_on", "It ends before it starts. Correct it.")]


@pytest.mark.parametrize("share", ["85", "1.2", "-0.1", "0.12345", "101 %"])
def test_a_threshold_that_is_no_share_is_refused(db, share: str) -> None:
    header = "code,name,starts_on,ends_on,on_track_from"
    checked = look("strategy", csv_of(header, f"S1,First,2020-01-01,2024-12-31,{share}"))
    sentence = "Give a share from 0 to 1 with at most four decimals, such as 0.85 or 85 %."
    assert messages(checked) == [(2, "on_track_from", sentence)]


@pytest.mark.parametrize(("written", "kept"), [("85 %", "0.85"), ("1", "1"), ("0.6001", "0.6001")])
def test_a_threshold_is_a_share_or_a_percentage(db, written: str, kept: str) -> None:
    load(
        "strategy",
        csv_of("code,name,starts_on,ends_on,on_track_from", f"S1,First,2020-01-01,2024-12-31,{written}"),
    )
    assert Strategy.objects.get().on_track_from == Decimal(kept)


def test_the_tree_is_loaded_level_by_level(db) -> None:
    load("strategy", STRATEGY)
    load("pillars", csv_of("code,name", "RES,Resilience", "MOB,Mobility"))
    load("priorities", csv_of("code,pillar,kind,title", "SP1,RES,strategic priority,Stronger people"))
    load("objectives", csv_of("code,priority,title,summary", "SP1-O1,SP1,Protection,What it is"))
    assert [pillar.order for pillar in Pillar.objects.order_by("code")] == [2, 1]
    assert StrategicPriority.objects.get().kind == "strategic_priority"
    assert Objective.objects.get().strategy.code == "S1"


def test_a_changed_title_shows_old_and_new_and_the_rest_stays(db) -> None:
    test_the_tree_is_loaded_level_by_level(None)
    [change] = look("objectives", csv_of("code,priority,title", "SP1-O1,SP1,Help")).plan.changes
    assert (change.outcome, change.cells) == ("changed", {"title": ("Protection", "Help")})
    load("objectives", csv_of("code,priority,title", "SP1-O1,SP1,Help"))
    objective = Objective.objects.get()
    # The file has no column “summary”, so it stays.
    assert (objective.title, objective.summary) == ("Help", "What it is")


def test_an_unknown_parent_and_a_repeated_code_are_named(db) -> None:
    test_the_tree_is_loaded_level_by_level(None)
    checked = look(
        "objectives", csv_of("code,priority,title", "SP1-O2,SP7,A", "SP1-O3,SP1,B", "SP1-O3,SP1,C")
    )
    assert messages(checked) == [
        (2, "priority", "There is no priority or area with the code “SP7”. Did you mean SP1?"),
        (4, "code", "Row 3 already has this. Delete one of the two rows."),
    ]


def test_without_a_strategy_the_file_is_refused_with_what_to_do(db) -> None:
    from tracker.common.errors import Refused

    with pytest.raises(Refused, match="no current strategy"):
        look("pillars", csv_of("code,name", "RES,Resilience"))


COUNTRIES = csv_of(
    "iso2,iso3,name,subregion,source_name", "TR,TUR,Türkiye,Türkiye,Turkey", "IL,ISR,Israel,israel,"
)


def test_countries_keep_both_forms_of_their_name(db) -> None:
    load("countries", COUNTRIES)
    assert Country.objects.get(iso2="TR").source_name == "Turkey"
    assert Country.objects.get(iso2="IL").source_name == "Israel"
    assert counts(load("countries", COUNTRIES)) == {"new": 0, "changed": 0, "unchanged": 2}


def test_missions_may_be_covered_by_one_further_down(db) -> None:
    load("countries", COUNTRIES)
    rows = csv_of(
        "code,name,kind,country,covered_by,time_zone",
        "IL,Israel,country,IL,ROV,Asia/Jerusalem",
        "ROV,Regional Office,regional_office,,,Europe/Vienna",
    )
    load("missions", rows)
    assert Mission.objects.get(code="IL").covered_by.code == "ROV"
    assert counts(load("missions", rows)) == {"new": 0, "changed": 0, "unchanged": 2}


def test_what_is_wrong_with_a_mission_is_said(db) -> None:
    load("countries", COUNTRIES)
    checked = look(
        "missions",
        csv_of(
            "code,name,kind,country,covered_by,time_zone",
            "IL,Israel,country,,IL,Mars/Olympus",
            "ROV,Office,regional_office,TR,XX,Europe/Vienna",
        ),
    )
    assert [(row, column) for row, column, _message in messages(checked)] == [
        (2, "country"),
        (2, "covered_by"),
        (2, "time_zone"),
        (3, "country"),
        (3, "covered_by"),
    ]


# -- Codes, which stand in addresses ------------------------------------------------------------------
@pytest.mark.parametrize("code", ["SP1/O1", "..", "/", "new", "adopt"])
def test_a_code_that_no_page_could_be_found_by_is_refused(db, code: str) -> None:
    test_the_tree_is_loaded_level_by_level(None)
    unfit = (
        "A code stands in the address of its page: write it without a slash, not of points alone, and not “new” or "
        "“adopt”."
    )
    for kind, header, rest in (
        ("objectives", "code,priority,title", "SP1,More"),
        ("missions", "code,name,kind,time_zone", "Other,regional_office,Europe/Vienna"),
        ("reference_frameworks", "code,name,short_name,kind,source", "Name,Short,agenda,S"),
    ):
        assert (2, "code", unfit) in messages(look(kind, csv_of(header, f"{code},{rest}"))), kind


def test_the_database_keeps_no_such_code_either(strategy, missions) -> None:
    objective = Objective.objects.get()
    objective.code = "SP1/O1"
    with pytest.raises(Refused, match="without a slash"):
        save_record(record=objective)
    frame = ReferenceFramework.objects.create(code="F", name="F", short_name="F", kind="agenda", source="S")
    goal = ReferenceGoal.objects.create(framework=frame, code="1", kind="goal", title="T", source="S")
    made = Activity.objects.create(code="KG-1", mission=missions["KG"], title="T", status="planned")
    kept = (objective, stage.make_indicator(), missions["KG"], frame, goal, made)
    for thing in kept:
        for unfit in ("A/B", "new"):
            with pytest.raises(IntegrityError, match="code_fits_an_address"), transaction.atomic():
                type(thing).objects.filter(pk=thing.pk).update(code=unfit)
        for fine in ("10.7", "MI2017-P1", ".a", "Ж 1"):
            with transaction.atomic():
                type(thing).objects.filter(pk=thing.pk).update(code=fine[:3])
