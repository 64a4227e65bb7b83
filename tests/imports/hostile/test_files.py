"""Every hostile and messy file goes the way that people's files go, through the pages: what comes of it is exactly
what is said of it, and the tables are then as before, or as the preview showed.
"""

import html
import io
import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.batches.sheets import state_of_tables
from tests.conftest import Cast
from tests.scenery import scenery
from tracker.batches.models import ColumnMapping, ImportBatch, ImportLine
from tracker.common.versions import DataVersion
from tracker.imports.registry import KINDS

from . import archives, days, encodings, extents, figures, layouts, others, progress, texts  # noqa: F401
from .cases import AS_USUAL, CASES, Case, Saved, TurnedAway, Wrong
from .world import lay_over, make_world, read_held

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_once(settings) -> None:
    """However large a file is, nobody waits for a worker."""
    settings.IMPORT_AT_ONCE_BYTES = settings.UPLOAD_LIMIT_BYTES


@scenery
def world(missions, open_period, cast: Cast) -> None:
    make_world(missions, open_period, reporter=cast.reporter, officer=cast.officer)


def test_there_are_many_files_and_each_is_described_once() -> None:
    assert len(CASES) >= 150
    descriptions = [case.make.__doc__ for case in CASES]
    assert len(set(descriptions)) == len(descriptions) == len({case.id for case in CASES})


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_file_does_what_is_said_of_it_and_nothing_else(case: Case, world, cast: Cast, sign_in) -> None:
    client = sign_in(getattr(cast, case.who))
    tables, held = state_of_tables(), read_held(case.kind)
    answer = upload(client, case)
    if isinstance(case.outcome, TurnedAway):
        assert case.outcome.sentence in words_of(answer)
        assert answer.status_code == 422
        assert not ImportBatch.objects.exists()
        assert state_of_tables() == tables
        return
    batch = ImportBatch.objects.get()
    assert answer.status_code == 302, words_of(answer)
    assert outcome_of(batch) == case.outcome
    if batch.read_as.get("parts"):
        assert reading_of(batch) == {**AS_USUAL, **case.read}
    assert (tuple(batch.warnings), tuple(batch.unknown_columns)) == (case.warnings, case.unknown)
    assert state_of_tables() == tables
    look_at(client, batch)
    client.post(reverse("import-save", args=[batch.pk]), {"digest": batch.plan_digest})
    batch.refresh_from_db()
    if isinstance(case.outcome, Wrong):
        assert batch.status == "refused"
        assert state_of_tables() == tables
        return
    assert batch.status == "applied", batch.message
    lines = list(batch.lines.of_outcome("new", "changed"))
    assert read_held(case.kind) == lay_over(held, lines)
    if lines:
        assert read_held(case.kind) != held
        # What headings were taken to mean is remembered with the batch.
        tables.pop("tracker_columnmapping")
        assert (
            state_of_tables(but=[*KINDS[case.kind].tables, ColumnMapping, DataVersion]).items()
            <= tables.items()
        )
    else:
        assert state_of_tables() == tables


def upload(client: Client, case: Case):
    """Choose the file on the page of its kind, and press the button."""
    file = io.BytesIO(case.make())
    file.name = case.name
    answer = client.post(
        reverse("import-new", args=[case.kind]), {"file": file, "token": "a", **case.options}
    )
    if case.reading and answer.status_code == 302:
        batch = ImportBatch.objects.get()
        client.post(reverse("import-check", args=[batch.pk]), {**case.reading, **case.options})
    return answer


def look_at(client: Client, batch: ImportBatch) -> None:
    """Open everything that its page leads to; none of it may break on what stands in the file."""
    page = client.get(reverse("import-batch", args=[batch.pk]))
    assert page.status_code == 200
    assert client.get(reverse("batch-file", args=[batch.pk])).status_code == 200
    assert client.get(reverse("import-lines", args=[batch.pk, "csv"])).status_code == 200
    if batch.errors:
        assert client.get(reverse("import-marked", args=[batch.pk])).status_code in (200, 302)


def outcome_of(batch: ImportBatch) -> Saved | Wrong:
    """What was found in a file, in the words in which a case says it."""
    lines = list(batch.lines.in_order())
    changes = tuple(write_line(line) for line in lines if line.outcome in ("new", "changed"))
    assert (batch.new, batch.changed) == tuple(
        sum(line.outcome == outcome for line in lines) for outcome in ("new", "changed")
    )
    errors = [(line.row, line.column, line.value, line.message) for line in lines if line.outcome == "error"]
    assert len(errors) == batch.errors
    if errors:
        return Wrong(*errors, good=changes, unchanged=batch.unchanged)
    questions = tuple(
        f"{line.row} {line.column} “{line.value}”: {line.message}"
        for line in lines
        if line.outcome == "question"
    )
    return Saved(*changes, unchanged=batch.unchanged, questions=questions)


def write_line(line: ImportLine) -> str:
    """A line of a preview: changed 2 SP1-O1-I1 / KG: baseline_value 1000 → 5."""
    cells = [
        f"{name} {old} → {new}" if old is not None else f"{name} → {new}" for name, old, new in line.cells
    ]
    place = f"{line.sheet}!{line.row}" if line.sheet else f"{line.row}"
    return f"{line.outcome} {place} {line.key}: {'; '.join(cells)}"


def reading_of(batch: ImportBatch) -> dict[str, object]:
    """How the file was read."""
    read = batch.read_as
    return {
        "sheet": ", ".join(part["name"] for part in read["parts"]),
        "header_row": read["parts"][0]["header_row"],
        **{name: read[name] for name in ("encoding", "delimiter", "decimal_mark")},
    }


def words_of(answer) -> str:
    """What a page says, its markup left out."""
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode())))
