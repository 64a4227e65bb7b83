"""A batch's life: which step may follow which, who takes it, and what is on record of it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests import stage
from tests.batches.sheets import check, csv_of, save, state_of_tables
from tracker.batches.choices import STEPS, BatchStatus
from tracker.batches.models import ImportBatch
from tracker.batches.services import apply_batch, cancel_batch, check_batch, receive_file, recheck_batch
from tracker.common.errors import NotAllowed, Refused, Stale
from tracker.imports.registry import KINDS
from tracker.progress.models import Baseline

KIND = KINDS["baselines"]
HEADER = "indicator,mission,baseline_value"
GOOD = csv_of(HEADER, "SP1-O1-I1,KG,12")
BAD = csv_of(HEADER, "SP1-O1-I1,KG,twelve")


@pytest.fixture
def indicator(strategy, missions, open_period):
    indicator = stage.make_indicator()
    stage.assign(indicator, missions["KG"], missions["TJ"])
    return indicator


def receive(data: bytes = GOOD, *, user=None, **more) -> ImportBatch:
    return receive_file(kind=KIND, data=data, filename="base.csv", user=user, **more).batch


def test_what_was_found_is_on_the_batch(indicator, cast) -> None:
    batch = check_batch(
        batch=receive(csv_of(HEADER + ",colour", "SP1-O1-I1,KG,12,red", "SP1-O1-I1,TJ,x,red")), kind=KIND
    )
    assert (batch.status, batch.rows, batch.new, batch.errors, batch.bad_rows) == ("refused", 2, 1, 1, 1)
    assert batch.unknown_columns == ["colour"]
    assert (batch.read_as["encoding"], batch.read_as["delimiter"]) == ("utf-8", ",")
    assert batch.read_as["parts"] == [
        {"name": "", "header_row": 1, "letters": {"indicator": "A", "mission": "B", "baseline_value": "C"}}
    ]
    assert batch.checked_at is not None
    assert batch.check_seconds is not None
    assert batch.has_lines


def test_who_saved_it_when_and_how_long_it_took_is_on_the_batch(indicator, cast) -> None:
    batch = save("baselines", GOOD, user=cast.officer)
    assert (batch.status, batch.saved_by, batch.good_rows_only) == ("applied", cast.officer, False)
    assert batch.applied_at is not None
    assert batch.save_seconds is not None
    # In its table of history, its events and no others lie between these two.
    assert set(batch.event_ranges) == {"tracker_baseline", "tracker_indicatorassignment", "tracker_target"}
    first, last = batch.event_ranges["tracker_baseline"]
    events = Baseline.events.rel.related_model.objects.filter(pgh_id__gte=first, pgh_id__lte=last)
    assert [event.pgh_context["batch"] for event in events] == [batch.pk]


@pytest.mark.parametrize("old", BatchStatus.values)
@pytest.mark.parametrize("new", BatchStatus.values)
def test_the_database_lets_no_step_pass_that_is_not_in_the_table(db, old, new) -> None:
    made = {
        "checked_at": "2024-01-01T00:00Z",
        "errors": 1 if "refused" in (old, new) else 0,
        "applied_at": "2024-01-01T00:00Z" if old in ("applied", "undone") else None,
    }
    person = stage.make_person("somebody")
    undone = {"undone_at": "2024-01-01T00:00Z", "undone_by": person, "undo_reason": "x"}
    if old == "undone":
        made |= undone
    if old in ("saving", "applied", "undone") and made["errors"]:
        made |= {"good_rows_only": True, "saved_by": person}
    job = stage.make_job() if "saving" in (old, new) else None
    with transaction.atomic():
        batch = ImportBatch(kind="x", filename="x", sha256="0" * 64, status=old, job=job, **made)
        if old == "checked" and made["errors"]:
            batch.errors = 0
        batch.save()
    changes = {"status": new, "errors": made["errors"] if new != "checked" else 0}
    if new in ("applied", "undone"):
        changes["applied_at"] = "2024-01-01T00:00Z"
    elif old in ("applied", "undone"):
        changes["applied_at"] = None
    if new == "undone":
        changes |= undone
    elif old == "undone":
        changes |= {"undone_at": None, "undone_by": None, "undo_reason": ""}
    if new in ("saving", "applied", "undone") and changes["errors"]:
        changes |= {"good_rows_only": True, "saved_by": person}
    allowed = old == new or BatchStatus(new) in STEPS[BatchStatus(old)]
    if allowed:
        assert ImportBatch.objects.filter(pk=batch.pk).update(**changes) == 1
    else:
        with pytest.raises(IntegrityError, match="cannot go from"), transaction.atomic():
            ImportBatch.objects.filter(pk=batch.pk).update(**changes)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"status": "lost"}, "batch_status_is_known"),
        ({"status": "checked"}, "checked_batch_says_when"),
        (
            {"status": "checked", "checked_at": "2024-01-01T00:00Z", "errors": 1},
            "checked_batch_has_no_errors",
        ),
        ({"status": "refused", "checked_at": "2024-01-01T00:00Z"}, "refused_batch_has_errors"),
        ({"status": "saving", "checked_at": "2024-01-01T00:00Z"}, "batch_is_saved_by_a_job"),
        ({"status": "applied", "checked_at": "2024-01-01T00:00Z"}, "applied_batch_says_when"),
        ({"status": "waiting", "applied_at": "2024-01-01T00:00Z"}, "applied_batch_says_when"),
        (
            {
                "status": "applied",
                "checked_at": "2024-01-01T00:00Z",
                "applied_at": "2024-01-01T00:00Z",
                "errors": 1,
            },
            "good_rows_only_where_some_are_bad",
        ),
        ({"status": "waiting", "undo_reason": "x"}, "undone_batch_says_who_when_and_why"),
    ],
)
def test_the_database_holds_a_batch_to_what_its_state_means(db, fields, constraint) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ImportBatch.objects.create(kind="x", filename="x", sha256="0" * 64, **fields)


def test_a_batch_is_given_up_and_taken_up_again(indicator, cast) -> None:
    for data in (GOOD, BAD):
        batch = check_batch(batch=receive(data, user=cast.officer), kind=KIND)
        gone = cancel_batch(batch=batch, kind=KIND, user=cast.head)
        assert gone.status == "cancelled"
        with pytest.raises(Refused, match="It was cancelled, and nothing was saved"):
            apply_batch(batch=batch, kind=KIND, digest=batch.plan_digest, user=cast.officer)
        assert recheck_batch(batch=batch, kind=KIND, user=cast.head).status == batch.status
    assert not Baseline.objects.exists()


def test_what_was_saved_is_neither_cancelled_nor_checked_again(indicator, cast) -> None:
    batch = save("baselines", GOOD, user=cast.officer)
    before = state_of_tables()
    for act in (cancel_batch, recheck_batch):
        with pytest.raises(Stale, match=r"It was saved on .* by Officer\. Nothing was changed"):
            act(batch=batch, kind=KIND, user=cast.officer)
    assert state_of_tables() == before


def test_a_file_is_checked_again_as_somebody_wants_it_read(indicator, cast) -> None:
    data = "indicator;mission;baseline_value;note\nSP1-O1-I1;KG;12;Прогноз".encode("cp1251")
    batch = check_batch(batch=receive(data, user=cast.officer, reading={"encoding": "cp1252"}), kind=KIND)
    [line] = batch.lines.all()
    assert ["note", None, "Ïðîãíîç"] in line.cells
    again = recheck_batch(batch=batch, kind=KIND, user=cast.officer, reading={"encoding": "cp1251"})
    assert again.read_as["encoding"] == "cp1251"
    assert again.plan_digest != batch.plan_digest
    [line] = again.lines.all()
    assert ["note", None, "Прогноз"] in line.cells
    with pytest.raises(Stale):
        apply_batch(batch=again, kind=KIND, digest=batch.plan_digest, user=cast.officer)
    apply_batch(batch=again, kind=KIND, digest=again.plan_digest, user=cast.officer)
    assert Baseline.objects.get().note == "Прогноз"


def test_another_word_beside_the_file_is_kept_with_it(indicator, missions, cast) -> None:
    load = {"kind": KINDS["history"], "user": cast.administrator}
    data = csv_of("indicator,mission,period,value", "SP1-O1-I1,KG,2020-Q1,9")
    batch = receive_file(data=data, filename="p.csv", **load).batch
    batch = check_batch(batch=batch, kind=KINDS["history"])
    assert (batch.status, batch.plan_digest, batch.has_good_rows) == ("refused", "", False)
    again = recheck_batch(batch=batch, options={"source": "Matrix"}, **load)
    assert (again.status, again.source, again.options) == ("checked", "Matrix", {"source": "Matrix"})


def test_a_file_that_the_store_has_lost_is_said_so(indicator, cast) -> None:
    batch = check("baselines", GOOD, user=cast.officer).batch
    batch.file.storage.delete(batch.file.name)
    with pytest.raises(Refused, match="no longer in the store"):
        apply_batch(batch=batch, kind=KIND, digest=batch.plan_digest, user=cast.officer)
    with pytest.raises(Refused, match="no longer in the store"):
        recheck_batch(batch=batch, kind=KIND, user=cast.officer)
    batch.refresh_from_db()
    assert (batch.status, batch.message) == ("failed", "The file is no longer in the store. Upload it again.")


def test_only_whoever_may_load_the_kind_goes_on_with_it_and_with_drafts_their_uploader(
    indicator, cast
) -> None:
    batch = check("baselines", GOOD, user=cast.officer).batch
    for person in (cast.reporter, cast.viewer, cast.nobody):
        for act in (
            lambda person: cancel_batch(batch=batch, kind=KIND, user=person),
            lambda person: recheck_batch(batch=batch, kind=KIND, user=person),
            lambda person: apply_batch(batch=batch, kind=KIND, digest=batch.plan_digest, user=person),
        ):
            with pytest.raises(NotAllowed):
                act(person)
    drafts = check(
        "progress", csv_of("indicator,mission,period,value", "SP1-O1-I1,KG,2024-Q4,1"), user=cast.reporter
    ).batch
    assert drafts.status == "checked"
    for person in (cast.colleague, cast.officer, cast.administrator):
        with pytest.raises(NotAllowed, match="whoever uploaded it"):
            apply_batch(batch=drafts, kind=KINDS["progress"], digest=drafts.plan_digest, user=person)
    # A colleague of the same right goes on with a setup file.
    saved = apply_batch(batch=batch, kind=KIND, digest=batch.plan_digest, user=cast.head)
    assert (saved.batch.uploaded_by, saved.batch.saved_by) == (cast.officer, cast.head)


def test_what_stands_is_failed_as_soon_as_its_job_is(db) -> None:
    job = stage.make_job(status="failed", finished_at=timezone.now())
    batch = ImportBatch.objects.create(kind="x", filename="x", sha256="0" * 64, status="waiting", job=job)
    assert (batch.status, batch.stands, batch.is_at_work) == ("waiting", "failed", False)
    job.status = "running"
    assert (batch.stands, batch.is_at_work) == ("waiting", True)
    assert ImportBatch(status="checked").stands == "checked"
    assert timezone.now() - batch.uploaded_at < timedelta(minutes=1)
