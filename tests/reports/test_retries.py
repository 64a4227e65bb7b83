"""An edition whose making failed is made after all, and a late attempt harms none that is there."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.urls import reverse
from django.utils import timezone

from config.celery import app
from tests import stage
from tests.workers import broker
from tracker.common.errors import NotAllowed, Stale
from tracker.common.jobs.models import Job
from tracker.common.jobs.running import Run, run_job
from tracker.common.jobs.services import Superseded
from tracker.reports import services
from tracker.reports.choices import EditionFormat
from tracker.reports.models import Edition, EditionFile, ReportSchedule
from tracker.reports.services import MAKE_EDITION, MadeFile
from tracker.reports.tasks import make_files

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True)

ERROR = "OSError: [Errno 28] No space left on device"


@pytest.fixture(autouse=True)
def _own_broker(tmp_path):
    with broker(tmp_path):
        yield


@pytest.fixture
def edition(strategy, missions, cast) -> Edition:
    """Kyrgyzstan's for the first quarter of 2024: its schedule owes it, and it has not been made yet."""
    hour_ago = timezone.now() - timedelta(hours=1)
    ReportSchedule.objects.create(kind="mission_quarterly", switched_on_at=hour_ago)
    indicator = stage.make_indicator()
    stage.assign(indicator, missions["KG"])
    stage.approve(missions["KG"], "2024-Q1", {indicator: 5}, reporter=cast.reporter, officer=cast.officer)
    assert services.plan_due_editions() == 1
    return Edition.objects.get()


@pytest.fixture
def failed(edition) -> Edition:
    Job.objects.update(status="failed", attempt=5, error=ERROR, finished_at=timezone.now())
    return edition


def test_history_says_that_beat_planned_an_edition(edition):
    Edition.objects.all().delete()
    app.tasks["reports.plan_due_editions"].apply().get()
    made = Edition.objects.get()
    [event] = made.events.filter(pgh_label="insert")
    assert event.pgh_context == {"task": "reports.plan_due_editions"}


@committed
def test_a_scheduled_edition_that_failed_is_made_after_all_and_is_still_the_one_that_is_owed(failed, cast):
    assert services.plan_due_editions() == 0
    services.retry_edition(edition=failed, user=cast.officer)
    job = Job.objects.get()
    assert (job.pk, job.status, job.error) == (failed.job_id, "queued", "")
    run_job(job_id=job.pk, task=MAKE_EDITION, body=make_files)
    failed.refresh_from_db()
    assert failed.made_at is not None
    assert failed.files.count() == 4
    assert services.plan_due_editions() == 0
    with pytest.raises(Stale):
        services.retry_edition(edition=failed, user=cast.officer)


def test_who_has_it_made_again_stands_on_it_and_who_asked_before_in_its_history(failed, cast, sign_in):
    Edition.objects.update(requested_by=cast.head)
    client = sign_in(cast.officer)
    client.post(reverse("edition-retry", args=[failed.pk]))
    failed.refresh_from_db()
    assert failed.requested_by == cast.officer
    asked = failed.events.order_by("pgh_id").values_list("requested_by", flat=True)
    assert list(asked) == [None, cast.head.pk, cast.officer.pk]
    assert failed.events.latest("pgh_id").pgh_context["user"] == cast.officer.pk
    html = client.get(reverse("edition", args=[failed.pk])).content.decode()
    assert "By itself, on schedule." in html
    assert "Asked for by Officer, " in html


def test_only_officers_and_administrators_have_a_report_made_again(failed, cast):
    for person in (cast.reporter, cast.lead, cast.viewer, cast.nobody):
        with pytest.raises(NotAllowed):
            services.retry_edition(edition=failed, user=person)
    assert Job.objects.get().status == "failed"


def test_the_page_of_a_failed_edition_tells_each_what_is_theirs(failed, cast, sign_in):
    page = reverse("edition", args=[failed.pk])
    retry = reverse("edition-retry", args=[failed.pk])
    shown = {}
    for role in ("reporter", "officer", "administrator"):
        html = sign_in(getattr(cast, role)).get(page).content.decode()
        assert "It could not be made." in html
        shown[role] = (retry in html, ERROR in html)
    assert shown == {"reporter": (False, False), "officer": (True, False), "administrator": (True, True)}


def test_the_button_queues_it_once_and_is_gone_then(failed, cast, sign_in):
    retry = reverse("edition-retry", args=[failed.pk])
    assert sign_in(cast.reporter).post(retry).status_code == 403
    client = sign_in(cast.officer)
    html = client.post(retry, follow=True).content.decode()
    assert "Queued once more." in html
    assert retry not in html
    assert Job.objects.get().status == "queued"
    assert "Queued once more." in client.post(retry, follow=True).content.decode()
    assert Job.objects.count() == 1
    assert "Nothing was changed" in sign_in(cast.head).post(retry, follow=True).content.decode()


def test_the_page_says_in_words_how_far_the_making_is(edition, cast, sign_in):
    Job.objects.update(status="running", stage="writing", done=1, total=3)
    html = sign_in(cast.officer).get(reverse("edition", args=[edition.pk])).content.decode()
    assert "drawing and writing (1 / 3)" in html


# -- Files --------------------------------------------------------------------------------------------
MADE = MadeFile(EditionFormat.PDF, True, b"the whole report")


def content(name: str) -> bytes:
    with default_storage.open(name) as stored:
        return stored.read()


def test_a_file_is_stored_once_and_half_of_one_is_left_alone(edition):
    name = services._store(edition, MADE)
    assert services._store(edition, MADE) == name
    other = MadeFile(EditionFormat.PDF, True, b"another report")
    half = f"editions/{edition.pk}/draft-{other.sha256[:16]}.pdf"
    assert default_storage.save(half, ContentFile(b"another")) == half
    whole = services._store(edition, other)
    assert whole != half
    assert (content(name), content(whole), content(half)) == (
        b"the whole report", b"another report", b"another",
    )  # fmt: skip


@committed
def test_an_attempt_that_was_overtaken_and_dies_as_it_writes_leaves_the_files_of_the_edition(
    edition, monkeypatch
):
    run_job(job_id=edition.job_id, task=MAKE_EDITION, body=make_files)
    kept = {file.file.name: (file.sha256, content(file.file.name)) for file in EditionFile.objects.all()}
    assert len(kept) == 4

    def die(*_args: object, **_options: object) -> str:
        raise OSError("killed")

    late = Run(job=Job.objects.get(), session=None)  # type: ignore[arg-type]
    files = [
        MadeFile(EditionFormat(file.format), file.is_draft, kept[file.file.name][1])
        for file in EditionFile.objects.all()
    ]
    monkeypatch.setattr(FileSystemStorage, "save", die)
    with pytest.raises((Superseded, OSError)):
        services.keep_edition(run=late, edition=edition, figures=None, files=files)  # type: ignore[arg-type]
    assert {name: content(name) for name in kept} == {name: body for name, (_sum, body) in kept.items()}
