"""What a report holds beside its results: written in drafts alone, taken over by the next revision, never lost."""

import io
from decimal import Decimal

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction

from tests import stage
from tests.batches.fixtures import kept_files  # noqa: F401
from tests.batches.sheets import csv_of, save, undo
from tests.documents import PDF
from tracker.activities.models import Activity
from tracker.common.errors import NotAllowed, Refused
from tracker.progress.models import ActivityUpdate, Evidence, NarrativePart, ReportRevision
from tracker.progress.services import reports
from tracker.progress.services.activity_updates import (
    Update,
    activities_to_update,
    latest_update,
    save_updates,
    updates_before,
)
from tracker.progress.services.evidence import Described, Unfitting, add_file, add_link, remove_evidence
from tracker.progress.services.narrative import Told, save_narrative
from tracker.progress.services.writing import Typed, fingerprint_of

pytestmark = pytest.mark.django_db

NOTHING_TOLD, NOTHING_SAID = fingerprint_of(Told()), fingerprint_of(Update())
UPDATE = Update(status="ongoing", spent=Decimal("1200.50"), currency="EUR", people=40, internal="Slow")


@pytest.fixture
def activity(strategy, missions) -> Activity:
    return stage.make_activity("KG-1", missions["KG"])


@pytest.fixture
def to(missions, open_period, cast) -> dict:
    """Whose report is written, and by whom."""
    return {"mission": missions["KG"], "period": open_period, "user": cast.reporter}


@pytest.fixture
def draft(to, activity) -> ReportRevision:
    """A word, an update, a file and a link."""
    save_narrative(**to, typed={"challenges": Typed(Told("ru", "Снег", "Нет дорог"), NOTHING_TOLD)})
    save_updates(**to, typed={activity.pk: Typed(UPDATE, NOTHING_SAID)})
    add_file(**to, file=io.BytesIO(PDF), name="Протокол.pdf", size=len(PDF))
    return add_link(**to, link="https://example.org/a", described=Described(title=" Register ")).revision


def parts_of(revision: ReportRevision) -> list[tuple]:
    return [
        *NarrativePart.objects.filter(revision=revision).values_list(
            "section", "language", "quotable", "internal", "is_copy"
        ),
        *ActivityUpdate.objects.filter(revision=revision).values_list(
            "activity__code", "status", "spent", "currency", "people", "internal", "is_copy"
        ),
        *Evidence.objects.filter(revision=revision).values_list("title", "link", "kind", "size", "is_copy"),
    ]


def expected(*, is_copy: bool) -> list[tuple]:
    return [
        ("challenges", "ru", "Снег", "Нет дорог", is_copy),
        ("KG-1", "ongoing", Decimal("1200.50"), "EUR", 40, "Slow", is_copy),
        ("Протокол.pdf", "", "pdf", len(PDF), is_copy),
        ("Register", "https://example.org/a", "", 0, is_copy),
    ]


def hand_in(revision: ReportRevision, cast) -> None:
    reports.submit_report(revision=revision, user=cast.reporter)
    reports.approve_reports(revisions=[revision], user=cast.officer)


def test_everything_is_written_into_one_draft_and_taken_over_when_it_is_reopened(draft, cast):
    assert parts_of(draft) == expected(is_copy=False)
    hand_in(draft, cast)
    again = reports.reopen_report(report=draft.report, user=cast.officer, comment="Once more")
    assert parts_of(again) == expected(is_copy=True)
    # Both refer to the one file of the store.
    assert len(set(Evidence.objects.exclude(file="").values_list("file", flat=True))) == 1


def test_history_laid_over_a_report_keeps_its_parts(draft, cast, missions):
    hand_in(draft, cast)
    stage.assign(stage.make_indicator("SP1-O1-I1"), missions["KG"])
    save(
        "history",
        csv_of("indicator,mission,period,value", "SP1-O1-I1,KG,2024-Q4,9"),
        user=cast.administrator,
        source="A matrix",
    )
    latest = ReportRevision.objects.order_by("number").last()
    assert (latest.number, latest.origin) == (2, "historical")
    assert parts_of(latest) == expected(is_copy=True)


@pytest.mark.parametrize("status", ["submitted", "approved"])
def test_the_database_refuses_every_change_once_it_is_handed_in(draft, cast, activity, status):
    reports.submit_report(revision=draft, user=cast.reporter)
    if status == "approved":
        reports.approve_reports(revisions=[draft], user=cast.officer)
    file = Evidence.objects.exclude(file="").get()
    other = stage.make_activity("KG-2", activity.mission)
    for attempt in (
        lambda: NarrativePart.objects.update(internal="other"),
        lambda: NarrativePart.objects.all().delete(),
        lambda: NarrativePart.objects.create(revision=draft, section="achievements", internal="x"),
        lambda: ActivityUpdate.objects.update(people=41),
        lambda: ActivityUpdate.objects.all().delete(),
        lambda: ActivityUpdate.objects.create(revision=draft, activity=other, people=1),
        lambda: Evidence.objects.update(note="other"),
        lambda: Evidence.objects.filter(pk=file.pk).delete(),
        lambda: Evidence.objects.create(revision=draft, title="x", link="https://example.org/b"),
    ):
        with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
            attempt()


def test_the_services_name_the_lock_and_write_nothing(draft, cast, to, activity):
    reports.submit_report(revision=draft, user=cast.reporter)
    [file, _link] = Evidence.objects.order_by("pk")
    for attempt in (
        lambda: save_narrative(**to, typed={"achievements": Typed(Told("en", "New"), NOTHING_TOLD)}),
        lambda: save_updates(**to, typed={activity.pk: Typed(Update(people=1), fingerprint_of(UPDATE))}),
        lambda: add_file(**to, file=io.BytesIO(PDF + b"x"), name="b.pdf", size=9),
        lambda: add_link(**to, link="https://example.org/b"),
        lambda: remove_evidence(evidence=file, user=cast.reporter),
    ):
        with pytest.raises(Refused, match="The report is submitted"):
            attempt()
    assert parts_of(draft) == expected(is_copy=False)


def test_nobody_writes_in_another_missions_report(draft, cast, to, activity):
    for person in (cast.stranger, cast.officer, cast.viewer, cast.administrator):
        asked = {**to, "user": person}
        for attempt in (
            lambda: save_narrative(**asked, typed={}),  # noqa: B023
            lambda: save_updates(**asked, typed={}),  # noqa: B023
            lambda: add_link(**asked, link="https://example.org/b"),  # noqa: B023
        ):
            with pytest.raises(NotAllowed):
                attempt()


def test_an_activity_of_another_mission_is_refused(to, missions, activity):
    other = stage.make_activity("TJ-1", missions["TJ"])
    historical = stage.make_activity("KG-9", missions["KG"], status="historical", source="A document")
    for stranger in (other, historical):
        with pytest.raises(Refused, match="1 of these activities is not one of Kyrgyzstan"):
            save_updates(**to, typed={stranger.pk: Typed(UPDATE, NOTHING_SAID)})
    assert not ReportRevision.objects.exists()


def test_of_two_who_write_at_once_the_second_is_shown_what_the_first_wrote(draft, to, cast, activity):
    """What both say alike is no conflict; what a person clears is taken out."""
    theirs = {**to, "user": cast.colleague}
    over = fingerprint_of(UPDATE)
    save_updates(**theirs, typed={activity.pk: Typed(Update(people=50), over)})
    mine = save_updates(**to, typed={activity.pk: Typed(Update(people=60), over)})
    conflict = mine.conflicts[activity.pk]
    assert (conflict.theirs, conflict.by, mine.saved) == (Update(people=50), cast.colleague, [])
    same = save_updates(**to, typed={activity.pk: Typed(Update(people=50), over)})
    assert (same.conflicts, same.saved) == ({}, [])
    save_updates(**to, typed={activity.pk: Typed(Update(people=60), fingerprint_of(conflict.theirs))})
    row = ActivityUpdate.objects.get()
    assert (row.people, row.version, row.written_by) == (60, 3, cast.reporter)
    save_updates(**to, typed={activity.pk: Typed(Update(), fingerprint_of(Update(people=60)))})
    assert not ActivityUpdate.objects.exists()
    gone = save_updates(**to, typed={activity.pk: Typed(Update(people=1), fingerprint_of(Update(people=60)))})
    assert gone.conflicts[activity.pk].theirs == Update()


def test_a_file_goes_with_the_last_that_refers_to_it(draft, cast, django_capture_on_commit_callbacks):
    [name] = Evidence.objects.exclude(file="").values_list("file", flat=True)
    # By nothing of its owner's name, and outside of what is served.
    assert name.startswith("evidence/20")
    assert "Протокол" not in name
    assert default_storage.open(name).read() == PDF
    hand_in(draft, cast)
    again = reports.reopen_report(report=draft.report, user=cast.officer, comment="Once more")
    copy = Evidence.objects.exclude(file="").get(revision=again)
    with django_capture_on_commit_callbacks(execute=True):
        remove_evidence(evidence=copy, user=cast.reporter)
    assert default_storage.exists(name)
    to = {"mission": draft.report.mission, "period": draft.report.period, "user": cast.reporter}
    new = add_file(**to, file=io.BytesIO(PDF), name="other.pdf", size=len(PDF))
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            remove_evidence(evidence=new, user=cast.reporter)
    assert not default_storage.exists(new.file.name)
    assert default_storage.exists(name)


def test_the_same_again_is_there_once(draft, to):
    again = add_file(**to, file=io.BytesIO(PDF), name="Протокол.pdf", size=len(PDF))
    add_link(**to, link="https://example.org/a")
    assert Evidence.objects.count() == 2
    assert again == Evidence.objects.exclude(file="").get()


@pytest.mark.parametrize(
    ("link", "why"),
    [
        ("http://example.org/a", "begins with https://"),
        ("javascript:alert(1)", "begins with https://"),
        ("https://", "no address"),
        ("https://exa mple.org", "no address"),
        ("https://me:secret@example.org/", "a name or password"),
        ("https://example.org/" + "a" * 500, "520 characters; at most 500"),
    ],
)
def test_only_a_link_over_https_is_taken(to, strategy, link, why):
    with pytest.raises(Unfitting, match=why) as refused:
        add_link(**to, link=link)
    assert refused.value.field == "link"
    assert not ReportRevision.objects.exists()


def test_what_is_wrong_with_a_file_is_said_and_nothing_is_kept(to, strategy, settings):
    settings.EVIDENCE_LIMIT_BYTES = 3 * 2**20
    executable = b"MZ\x90\x00" + b"\x00" * 100
    for content, name, size, why in (
        (b"", "a.pdf", 0, "empty"),
        (executable, "report.pdf", len(executable), "report.pdf is none of the documents that are taken"),
        (PDF, "big.pdf", 4 * 2**20, "big.pdf has 4 MB; 3 MB is the most"),
    ):
        with pytest.raises(Unfitting, match=why):
            add_file(**to, file=io.BytesIO(content), name=name, size=size)
    with pytest.raises(Unfitting, match="not due in the report"):
        add_link(**to, link="https://example.org/", described=Described(indicator=1))
    assert not default_storage.exists("evidence")


def test_the_activities_asked_about_are_those_that_ran_in_the_period(missions, open_period, to):
    """The period is October to December 2024."""
    kg = missions["KG"]
    for code, status, start, end in (
        ("A-over", "completed", "2024-01-01", "2024-09-30"),
        ("B-ended", "completed", "2024-01-01", "2024-10-01"),
        ("C-runs", "ongoing", "2024-01-01", None),
        ("D-no-dates", "planned", None, None),
        ("E-begins", "planned", "2024-12-31", "2025-06-01"),
        ("F-later", "planned", "2025-01-01", None),
        ("G-cancelled", "cancelled", "2024-01-01", None),
        ("H-old", "completed", None, None),
        ("I-ran-out", "ongoing", "2023-01-01", "2024-09-30"),
    ):
        stage.make_activity(code, kg, status=status, starts_on=start, ends_on=end)
    stage.make_activity("TJ-1", missions["TJ"])
    asked = {"mission": kg, "period": open_period}
    found = [each.code for each in activities_to_update(**asked, revision=None)]
    assert found == ["B-ended", "C-runs", "D-no-dates", "E-begins"]
    late = Activity.objects.get(code="F-later")
    revision = save_updates(**to, typed={late.pk: Typed(UPDATE, NOTHING_SAID)}).revision
    found = [
        each.code for each in activities_to_update(**asked, revision=revision, more=["H-old", "TJ-1", "no"])
    ]
    assert found == ["B-ended", "C-runs", "D-no-dates", "E-begins", "F-later", "H-old"]


def test_the_last_approved_update_is_what_counts(draft, cast, to, activity, strategy):
    later = strategy.periods.get(code="2024-Q4")
    assert latest_update(activity) is None
    hand_in(draft, cast)
    assert latest_update(activity).people == 40
    again = reports.reopen_report(report=draft.report, user=cast.officer, comment="Once more")
    save_updates(**to, typed={activity.pk: Typed(Update(people=44), fingerprint_of(UPDATE))})
    assert latest_update(activity).people == 40
    hand_in(again, cast)
    assert latest_update(activity).people == 44
    assert updates_before(activities=[activity], period=later) == {}
    # The activity itself is the mission's to keep.
    activity.refresh_from_db()
    assert (activity.status, activity.people_reached) == ("ongoing", None)
    reports.withdraw_figures(revision=again, user=cast.officer, reason="Wrong")
    assert latest_update(activity).people == 40


def test_a_draft_that_a_file_began_stays_when_something_was_told_in_it_since(to, missions, cast):
    indicator = stage.make_indicator("SP1-O1-I1")
    stage.assign(indicator, missions["KG"])
    sheet = csv_of("indicator,mission,period,value", "SP1-O1-I1,KG,2024-Q4,9")
    batch = save("progress", sheet, user=cast.reporter)
    save_narrative(**to, typed={"next_steps": Typed(Told("en", "More"), NOTHING_TOLD)})
    undo(batch, user=cast.administrator)
    revision = ReportRevision.objects.get()
    assert (revision.status, revision.results.count()) == ("draft", 0)


def test_saving_takes_as_many_statements_for_one_activity_as_for_twenty(
    to, missions, django_assert_max_num_queries
):
    made = [stage.make_activity(f"KG-{number}", missions["KG"]) for number in range(20)]
    save_updates(**to, typed={})
    with django_assert_max_num_queries(14) as one:
        save_updates(**to, typed={made[0].pk: Typed(UPDATE, NOTHING_SAID)})
    with django_assert_max_num_queries(len(one)):
        save_updates(**to, typed={each.pk: Typed(UPDATE, NOTHING_SAID) for each in made[1:]})
    assert ActivityUpdate.objects.count() == 20
