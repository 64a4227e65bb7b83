"""What stands in the way of a file is said on its page, with how to go on: failed jobs, lost files, lost kinds."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from tests import stage
from tests.batches.sheets import check, csv_of
from tracker.batches.models import ImportBatch
from tracker.batches.services import apply_batch, check_batch, receive_file
from tracker.batches.services.life import SAVE_BATCH
from tracker.common.jobs.models import Job
from tracker.common.jobs.running import run_job
from tracker.common.jobs.services import fail_attempt
from tracker.imports import tasks
from tracker.imports.registry import KINDS
from tracker.progress.models import Baseline

KIND = KINDS["baselines"]
DATA = csv_of("indicator,mission,baseline_value", "SP1-O1-I1,KG,5")
BAD = csv_of("indicator,mission,baseline_value", "SP1-O1-I1,KG,five")


@pytest.fixture(autouse=True)
def _world(strategy, missions) -> None:
    stage.assign(stage.make_indicator(), missions["KG"])


def address(batch: ImportBatch, name: str = "import-batch") -> str:
    return reverse(name, args=[batch.pk])


def text_of(answer) -> str:
    assert answer.status_code == 200
    main = re.search(r"<main.*?</main>", answer.content.decode(), re.DOTALL)
    assert main is not None
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main[0])).split())


def lose(batch: ImportBatch) -> None:
    batch.file.storage.delete(batch.file.name)


def check_anew(client: Client, batch: ImportBatch) -> str:
    return text_of(client.post(address(batch, "import-check"), {"as-before": "1"}, follow=True))


@pytest.mark.parametrize("step", ["checked", "saved"])
def test_a_file_whose_job_has_just_failed_says_so_and_is_checked_again(cast, sign_in, step: str) -> None:
    """Before the sweep has come by to put it right, too."""
    if step == "checked":
        batch = receive_file(kind=KIND, data=DATA, filename="a.csv", user=cast.officer).batch
        batch = check_batch(batch=batch, kind=KIND, at_once=False)
    else:
        batch = check("baselines", DATA, user=cast.officer).batch
        digest = batch.plan_digest
        batch = apply_batch(batch=batch, kind=KIND, digest=digest, user=cast.officer, at_once=False).batch
    Job.objects.filter(pk=batch.job_id).update(status="running", attempt=5)
    assert fail_attempt(job_id=batch.job_id, attempt=5, error="OSError: no space", for_good=False)
    client = sign_in(cast.officer)
    page = text_of(client.get(address(batch)))
    assert "The program failed on this file; nothing was saved. Have it checked again." in page
    assert "Check again" in page
    page = check_anew(client, batch)
    assert "Checked again." in page
    assert "Save: 1 new, 0 changed" in page


def test_a_checked_file_that_the_store_has_lost_is_not_saved_and_says_what_to_do(cast, sign_in) -> None:
    batch = check("baselines", DATA, user=cast.officer).batch
    lose(batch)
    client = sign_in(cast.officer)
    sent = {"digest": batch.plan_digest}
    page = text_of(client.post(address(batch, "import-save"), sent, follow=True))
    assert "The file is no longer in the store. Upload it again." in page
    assert not Baseline.objects.exists()
    page = check_anew(client, batch)
    assert page.count("The file is no longer in the store. Upload it again.") == 1
    assert "Upload another file" in page


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_finds_no_file_says_so_on_its_page(cast, sign_in) -> None:
    batch = check("baselines", DATA, user=cast.officer).batch
    digest = batch.plan_digest
    batch = apply_batch(batch=batch, kind=KIND, digest=digest, user=cast.officer, at_once=False).batch
    lose(batch)
    assert batch.job is not None
    run_job(job_id=batch.job.pk, task=SAVE_BATCH, body=tasks.save_file)
    page = text_of(sign_in(cast.officer).get(address(batch)))
    assert "The file is no longer in the store. Upload it again." in page
    assert "Upload another file" in page
    assert not Baseline.objects.exists()


def test_the_errors_of_a_file_that_is_lost_stay_on_its_page(cast, sign_in) -> None:
    batch = check("baselines", BAD, user=cast.officer).batch
    lose(batch)
    page = text_of(sign_in(cast.officer).get(address(batch, "import-marked"), follow=True))
    assert "The file is no longer in the store. Upload it again." in page
    assert "“five” is not a number" in page


def test_a_batch_of_a_kind_that_is_no_more_says_how_to_go_on(cast, sign_in) -> None:
    batch = check("baselines", DATA, user=cast.officer).batch
    ImportBatch.objects.filter(pk=batch.pk).update(kind="dreams")
    client = sign_in(cast.administrator)
    assert address(batch) in client.get(reverse("imports")).content.decode()
    answer = client.get(address(batch))
    page = text_of(answer)
    assert "It was loaded as “dreams”, a kind of file that this program does not know any more." in page
    assert "upload the file again as one of the kinds that there are: " in page
    assert reverse("import-new", args=["baselines"]) in answer.content.decode()
    # Nothing else can be done with it, and for whoever may not see all files it is not there.
    assert client.post(address(batch, "import-save"), {"digest": batch.plan_digest}).status_code == 404
    assert client.get(address(batch, "import-undo")).status_code == 404
    assert sign_in(cast.officer).get(address(batch)).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_the_job_of_a_kind_that_is_no_more_fails_with_that_reason(cast) -> None:
    batch = receive_file(kind=KIND, data=DATA, filename="a.csv", user=cast.officer).batch
    batch = check_batch(batch=batch, kind=KIND, at_once=False)
    ImportBatch.objects.filter(pk=batch.pk).update(kind="dreams")
    assert batch.job is not None
    run_job(job_id=batch.job.pk, task=batch.job.task, body=tasks.check_file)
    batch = ImportBatch.objects.select_related("job").get(pk=batch.pk)
    assert (batch.status, batch.job.status) == ("failed", "failed")
    assert batch.message == (
        "This program has no kind “dreams” any more. Upload the file again as another one."
    )
