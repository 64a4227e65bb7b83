"""Editions made by real workers, which are killed on the way: each is there in the end, once."""

import hashlib
import io
import json
import random
import time

import openpyxl
import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from pypdf import PdfReader

from tests import stage
from tests.workers import wait_until, workers
from tracker.common.jobs.models import Job
from tracker.common.jobs.services import sweep
from tracker.progress.models import Target
from tracker.reports import services
from tracker.reports.choices import EditionKind
from tracker.reports.figures import EditionFigures
from tracker.reports.gathering import gather_figures
from tracker.reports.models import Edition, EditionFile

committed = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(strategy, missions, cast):
    """Two missions, one flow with targets, one quarter approved: 300 of 400 and 500 without a target."""
    indicator = stage.make_indicator()
    stage.assign(indicator, missions["KG"], missions["TJ"])
    Target.objects.create(indicator=indicator, mission=missions["KG"], due_on="2020-12-31", value=400)
    stage.approve(missions["KG"], "2020-Q4", {indicator: 300}, reporter=cast.reporter, officer=cast.officer)
    stage.approve(missions["TJ"], "2020-Q4", {indicator: 500}, reporter=cast.stranger, officer=cast.officer)
    return strategy.periods.get(code="2020-Q4")


def ask(period, mission=None, user=None) -> Edition:
    kind = EditionKind.MISSION_QUARTERLY if mission else EditionKind.REGIONAL_QUARTERLY
    return services.request_edition(kind=kind, period=period, mission=mission, user=user)


@pytest.mark.django_db
def test_the_figures_of_a_regional_edition_are_those_of_the_region(world):
    [priority] = gather_figures(ask(world)).priorities
    [row] = priority.indicators
    assert (row.value, row.compared_value, row.target, row.status) == (800, 300, 400, "at_risk")
    assert "300 in the 1 mission compared" in row.note
    assert "800 in all" in row.note


@pytest.mark.django_db
def test_the_figures_of_a_mission_edition_are_the_missions_own(world, missions):
    figures = gather_figures(ask(world, missions["KG"]))
    [priority] = figures.priorities
    assert [(i.value, i.target, i.status) for i in priority.indicators] == [(300, 400, "at_risk")]
    assert (figures.coverage.reports_approved, figures.coverage.missions_due) == (1, 1)


@pytest.mark.django_db
def test_gathering_takes_the_same_statements_for_few_and_many_indicators(
    world, missions, django_assert_num_queries
):
    edition = Edition.objects.select_related("period__strategy", "mission").get(pk=ask(world).pk)
    with django_assert_num_queries(8, exact=False) as few:
        gather_figures(edition)
    for number in range(2, 20):
        stage.assign(stage.make_indicator(f"SP1-O1-I{number}"), missions["KG"])
    with django_assert_num_queries(len(few)):
        gather_figures(edition)


@committed
def test_a_worker_makes_the_files_and_they_hold_the_figures(world, cast, tmp_path, client):
    with workers(tmp_path) as start:
        start()
        edition = ask(world, user=cast.officer)
        wait_until(lambda: Job.objects.get(pk=edition.job_id).status == "done", seconds=60)
    edition.refresh_from_db()
    assert EditionFigures.from_json(json.dumps(edition.snapshot)).digest() == edition.digest
    assert sorted((f.format, f.is_draft) for f in edition.files.all()) == [
        ("pdf", False), ("pdf", True), ("xlsx", False), ("xlsx", True),
    ]  # fmt: skip
    client.force_login(cast.officer)
    draft = client.get(reverse("edition-file", args=[edition.pk, "pdf"]))
    assert "DRAFT" in draft["Content-Disposition"]
    assert "DRAFT" in text_of(draft)
    client.post(reverse("edition-release", args=[edition.pk]))
    client.force_login(cast.viewer)
    final = client.get(reverse("edition-file", args=[edition.pk, "pdf"]))
    text = text_of(final)
    assert "DRAFT" not in text
    assert "People assisted (SP1-O1-I1)" in text
    assert "300" in text
    assert "75" in text
    book = openpyxl.load_workbook(stream(client.get(reverse("edition-file", args=[edition.pk, "xlsx"]))))
    cells = [cell.value for row in book["Indicators"].iter_rows() for cell in row]
    assert {300, 400, 0.75} <= {c for c in cells if isinstance(c, int | float)}


def stream(response):
    return io.BytesIO(b"".join(response.streaming_content))


def text_of(response) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(stream(response)).pages)


def kill_in_the_middle(world, missions, tmp_path, *, times: int, seed: int) -> None:
    """Ask for editions, kill the worker at work so often, at random moments, start another; look what is there."""
    chance = random.Random(seed)
    jobs, killed, editions = Job.objects.filter(task=services.MAKE_EDITION), 0, list[Edition]()
    with workers(tmp_path) as start:
        while killed < times:
            if not jobs.exclude(status="done").exists():
                # They were quicker than the blows.
                assert len(editions) < 12 * times, "no edition takes long enough to be killed in its making"
                editions += [ask(world), ask(world, missions["KG"]), ask(world, missions["TJ"])]
                jobs.update(max_attempts=times + 5)
            worker = start()
            wait_until(
                lambda: jobs.filter(status="running").exists() or not jobs.exclude(status="done").exists()
            )
            time.sleep(chance.uniform(0, 0.4))
            worker.kill()
            killed += jobs.filter(status="running").exists()
            jobs.filter(status="queued").update(woken_at=None)
            connection.close()
            sweep()
        start()
        deadline = time.monotonic() + 90
        while jobs.exclude(status="done").exists():
            assert time.monotonic() < deadline, list(jobs.values("status", "attempt", "error"))
            sweep()
            time.sleep(0.3)
    for edition in editions:
        edition.refresh_from_db()
        assert edition.made_at is not None
        assert edition.files.count() == 4
        for file in edition.files.all():
            with default_storage.open(file.file.name) as stored:
                assert hashlib.sha256(stored.read()).hexdigest() == file.sha256
    assert EditionFile.objects.count() == 4 * len(editions)


@committed
def test_a_worker_killed_in_the_middle_loses_no_edition_and_makes_none_twice(world, missions, tmp_path):
    kill_in_the_middle(world, missions, tmp_path, times=2, seed=1)


@pytest.mark.soak
@committed
@pytest.mark.parametrize("seed", range(10))
def test_fifty_kills_lose_no_edition_and_make_none_twice(world, missions, tmp_path, seed):
    kill_in_the_middle(world, missions, tmp_path, times=5, seed=seed)


@committed
def test_the_shell_makes_a_report_now(world, missions, tmp_path, capsys):
    call_command(
        "make_report", "mission_quarterly", period="2020-Q4", mission="kg", format="pdf", to=tmp_path
    )
    path = tmp_path / "2020-Q4-KG-progress-report-DRAFT.pdf"
    assert capsys.readouterr().out.strip() == str(path)
    assert "People assisted (SP1-O1-I1)" in "\n".join(p.extract_text() for p in PdfReader(path).pages)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"period": "2020-Q5"}, "There is no period 2020-Q5"),
        ({"period": "2020-Q4", "mission": "XX"}, "There is no mission XX"),
        ({"period": "2020-Q4", "mission": "KG"}, "a regional report names none"),
    ],
)
def test_the_shell_says_what_is_wrong(world, options, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("make_report", "regional_quarterly", **options)
