"""A saved file is taken back row by row from history, unless something came after it."""

import pghistory
import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests import stage
from tests.batches.sheets import check, conflicts, content_of, csv_of, load, save, undo
from tracker.batches.choices import BatchStatus
from tracker.batches.models import ImportBatch
from tracker.batches.services import UndoRefused, plan_undo
from tracker.common.errors import NotAllowed, Refused, Stale
from tracker.framework.models import (
    Breakdown,
    Cell,
    Indicator,
    IndicatorBreakdown,
    IndicatorReplacement,
    Objective,
)
from tracker.imports.registry import KINDS
from tracker.region.models import Country, Mission

FRAMEWORK = (Indicator, IndicatorBreakdown, IndicatorReplacement, Breakdown, Cell, Objective)
HEADER = "code,objective,name,unit,measure,direction,period_rule,mission_rule,frequency,breakdowns,replaces"
RULE = "persons,number,increase,sum,sum,quarterly"
SEX = csv_of(
    "code,name,exclusive,cell,cell_name",
    "sex,Sex,yes,female,Women",
    "sex,Sex,yes,male,Men",
)


def test_what_a_file_inserted_changed_and_deleted_is_as_it_was(strategy, cast) -> None:
    load("breakdowns", SEX)
    load(
        "indicators",
        csv_of(HEADER, f"SP1-O1-I1,SP1-O1,Helped,{RULE},sex,", f"SP1-O1-I2,SP1-O1,Trained,{RULE},,SP1-O1-I1"),
    )
    before = content_of(*FRAMEWORK)
    batch = save(
        "indicators",
        csv_of(
            HEADER,
            f"SP1-O1-I1,SP1-O1,People helped,{RULE},,",  # a new name, and no breakdown any more
            f"SP1-O1-I2,SP1-O1,Trained,{RULE},sex,",  # asks for the breakdown, replaces nothing any more
            f"SP1-O1-I3,SP1-O1,Housed,{RULE},sex,SP1-O1-I2",  # new
        ),
        user=cast.administrator,
    )
    assert content_of(*FRAMEWORK) != before
    plan = plan_undo(batch=batch, kind=KINDS["indicators"])
    # Goes: indicator 3, what it and 2 ask for, what it replaces. Comes back: the name, what 1 asked for, what
    # 2 replaced.
    assert (plan.deleted, plan.restored, plan.withdrawn, plan.conflicts) == (4, 3, 0, [])
    done = undo(batch, user=cast.administrator, reason="  Sent   too early ")
    assert (done.deleted, done.restored) == (4, 3)
    assert content_of(*FRAMEWORK) == before
    batch.refresh_from_db()
    assert (batch.status, batch.undone_by, batch.undo_reason) == (
        "undone",
        cast.administrator,
        "Sent too early",
    )
    assert batch.undone_at is not None
    last = Indicator.events.rel.related_model.objects.order_by("pgh_id").last()
    assert (last.pgh_context["undo_of"], last.pgh_context["user"]) == (batch.pk, cast.administrator.pk)


def test_files_are_undone_one_after_the_other_back_to_the_beginning(strategy, cast) -> None:
    before = content_of(*FRAMEWORK)
    batches = [
        save("indicators", csv_of(HEADER, f"SP1-O1-I1,SP1-O1,{name},{RULE},,"), user=cast.administrator)
        for name in ("First", "Second", "Third")
    ]
    assert [why for _what, why, _by in conflicts(batches[0])] == ["changed since"]
    for batch in reversed(batches):
        undo(batch, user=cast.administrator)
    assert content_of(*FRAMEWORK) == before


def test_rows_changed_since_are_named_with_who_changed_them_and_nothing_is_undone(
    strategy, cast, sign_in
) -> None:
    batch = save(
        "indicators",
        csv_of(HEADER, *(f"SP1-O1-I{n},SP1-O1,Indicator {n},{RULE},," for n in (1, 2, 3))),
        user=cast.officer,
    )
    later = save("indicators", csv_of(HEADER, f"SP1-O1-I2,SP1-O1,Renamed,{RULE},,"), user=cast.administrator)
    with pghistory.context(user=cast.head.pk):
        Indicator.objects.get(code="SP1-O1-I3").delete()
    after = content_of(*FRAMEWORK)
    gone = Indicator.events.rel.related_model.objects.filter(pgh_label="delete").get().pgh_obj_id
    assert conflicts(batch) == [
        ("SP1-O1-I2 Renamed", "changed since", f"Administrator, import no. {later.pk}"),
        (f"indicator {gone}", "deleted since", "Head"),
    ]
    with pytest.raises(UndoRefused, match="something came after it") as refused:
        undo(batch, user=cast.administrator)
    assert [each.what for each in refused.value.plan.conflicts] == ["SP1-O1-I2 Renamed", f"indicator {gone}"]
    assert all(each.at is not None for each in refused.value.plan.conflicts)
    assert content_of(*FRAMEWORK) == after
    batch.refresh_from_db()
    assert (batch.status, batch.undone_at) == ("applied", None)


def test_a_row_changed_and_changed_back_is_no_conflict(strategy, cast) -> None:
    before = content_of(*FRAMEWORK)
    batch = save("indicators", csv_of(HEADER, f"SP1-O1-I1,SP1-O1,Helped,{RULE},,"))
    for name in ("Something else", "Helped"):
        Indicator.objects.update(name=name)
    undo(batch, user=cast.administrator)
    assert content_of(*FRAMEWORK) == before


def test_what_is_in_use_by_now_stays(strategy, missions, cast) -> None:
    batch = save(
        "indicators",
        csv_of(HEADER, *(f"SP1-O1-I{n},SP1-O1,Indicator {n},{RULE},," for n in (1, 2))),
        user=cast.administrator,
    )
    stage.assign(Indicator.objects.get(code="SP1-O1-I1"), missions["KG"], missions["TJ"])
    assert conflicts(batch) == [("SP1-O1-I1 Indicator 1", "in use since: 2 assignments", "")]
    with pytest.raises(UndoRefused):
        undo(batch, user=cast.administrator)
    assert Indicator.objects.count() == 2


def test_rules_that_results_rest_on_by_now_stand(strategy, missions, cast) -> None:
    load("breakdowns", SEX)
    rows = [f"SP1-O1-I1,SP1-O1,Helped,{RULE},,", f"SP1-O1-I2,SP1-O1,Trained,{RULE},,"]
    load("indicators", csv_of(HEADER, *rows))
    batch = save(
        "indicators",
        csv_of(
            HEADER,
            "SP1-O1-I1,SP1-O1,Helped,households,number,increase,sum,sum,quarterly,sex,",
            f"SP1-O1-I2,SP1-O1,Trained well,{RULE},,",
        ),
        user=cast.administrator,
    )
    first, second = Indicator.objects.order_by("code")
    revision = stage.approve(
        missions["KG"], "2021-Q1", {second: 3}, reporter=cast.reporter, officer=cast.officer
    )
    assert conflicts(batch) == []  # a name may change, whatever was reported
    draft = revision.report.revisions.create(number=2, created_by=cast.reporter)
    result = draft.results.create(indicator=first, value=5, entered_by=cast.reporter)
    result.cells.create(cell=Cell.objects.get(code="female"), value=5)
    assert conflicts(batch) == [
        ("SP1-O1-I1 Helped", "has results since, so its rules stand", ""),
        ("SP1-O1-I1: sex", "results are broken down by it since", ""),
    ]


def test_a_breakdown_goes_as_it_came_unless_it_is_asked_for_by_now(strategy, cast) -> None:
    before = content_of(*FRAMEWORK)
    batch = save("breakdowns", SEX, user=cast.officer)
    load("indicators", csv_of(HEADER, f"SP1-O1-I1,SP1-O1,Helped,{RULE},sex,"))
    assert conflicts(batch) == [("Sex", "in use since: 1 breakdown of an indicator", "")]
    Indicator.objects.all().delete()
    plan = undo(batch, user=cast.officer)
    assert (plan.deleted, plan.restored) == (3, 0)
    assert content_of(*FRAMEWORK) == before


def test_countries_and_missions_are_restored_too(strategy, missions, cast) -> None:
    before = content_of(Country, Mission)
    batch = save(
        "countries",
        csv_of(
            "iso2,iso3,name,subregion",
            "KG,KGZ,Kyrgyz Republic,central_asia",
            "UZ,UZB,Uzbekistan,central_asia",
        ),
    )
    plan = undo(batch, user=cast.administrator)
    assert (plan.deleted, plan.restored) == (1, 1)
    assert content_of(Country, Mission) == before


def test_a_batch_from_before_the_numbers_of_its_events_were_kept_is_undone_too(strategy, cast) -> None:
    before = content_of(*FRAMEWORK)
    load("indicators", csv_of(HEADER, f"SP1-O1-I7,SP1-O1,Other,{RULE},,"))
    with_other = content_of(*FRAMEWORK)
    batch = save("indicators", csv_of(HEADER, f"SP1-O1-I1,SP1-O1,Helped,{RULE},,"))
    ImportBatch.objects.filter(pk=batch.pk).update(event_ranges={})
    undo(batch, user=cast.administrator)
    assert content_of(*FRAMEWORK) == with_other != before


def test_administrators_undo_any_file_and_officers_their_own(strategy, cast) -> None:
    own, other = (
        save("indicators", csv_of(HEADER, f"SP1-O1-I{n},SP1-O1,Indicator {n},{RULE},,"), user=person)
        for n, person in ((1, cast.officer), (2, cast.second_officer))
    )
    for person in (cast.reporter, cast.lead, cast.viewer, cast.nobody, cast.second_officer):
        with pytest.raises(NotAllowed):
            undo(own, user=person)
    undo(own, user=cast.officer)
    undo(other, user=cast.administrator)
    assert not Indicator.objects.exists()


def test_a_reason_is_asked_for_and_a_file_is_undone_once(strategy, cast) -> None:
    batch = save("indicators", csv_of(HEADER, f"SP1-O1-I1,SP1-O1,Helped,{RULE},,"), user=cast.officer)
    for reason, says in (("  ", "Say why"), ("x" * 501, "500 characters")):
        with pytest.raises(Refused, match=says):
            undo(batch, user=cast.officer, reason=reason)
    undo(batch, user=cast.officer)
    with pytest.raises(Stale, match=r"undone already\. It was saved, and undone on .* by Officer"):
        undo(batch, user=cast.officer)
    never = check("indicators", csv_of(HEADER, f"SP1-O1-I1,SP1-O1,Helped,{RULE},,"), user=cast.officer).batch
    with pytest.raises(Refused, match="nothing to undo"):
        undo(never, user=cast.officer)


def test_the_database_wants_to_know_who_undid_it_and_why(strategy) -> None:
    batch = save("indicators", csv_of(HEADER, f"SP1-O1-I1,SP1-O1,Helped,{RULE},,"))
    with pytest.raises(IntegrityError, match="undone_batch_says_who_when_and_why"), transaction.atomic():
        ImportBatch.objects.filter(pk=batch.pk).update(
            status=BatchStatus.UNDONE, undone_at="2024-01-01T00:00Z", undo_reason="x"
        )


def _statements(strategy, cast, numbers: range) -> int:
    rows = [f"SP1-O1-I{n},SP1-O1,Indicator {n},{RULE},," for n in numbers]
    batch = save("indicators", csv_of(HEADER, *rows), user=cast.administrator)
    with CaptureQueriesContext(connection) as queries:
        undo(batch, user=cast.administrator)
    return len(queries)


def test_an_undo_takes_as_many_statements_for_fifty_rows_as_for_two(strategy, cast) -> None:
    assert _statements(strategy, cast, range(1, 3)) == _statements(strategy, cast, range(1, 51))
