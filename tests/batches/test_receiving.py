"""Files come in: every one that could be a workbook is kept as it came, and nothing of it is read yet."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, transaction

from tests import stage
from tests.batches.sheets import check, csv_of, save, undo
from tracker.batches.models import ImportBatch
from tracker.batches.services import receive_file
from tracker.common.errors import NotAllowed, Refused
from tracker.imports.registry import KINDS

DATA = csv_of("indicator,mission,baseline_value", "SP1-O1-I1,KG,12")


@pytest.fixture
def indicator(strategy, missions, open_period):
    indicator = stage.make_indicator()
    stage.assign(indicator, missions["KG"])
    return indicator


def receive(data: bytes = DATA, filename: str = "base.csv", *, kind: str = "baselines", user=None, **more):
    return receive_file(kind=KINDS[kind], data=data, filename=filename, user=user, **more)


def test_a_file_is_kept_as_it_came_and_waits_to_be_checked(indicator, cast) -> None:
    batch = receive(user=cast.officer, options={"reason": "Recount"}, reading={"delimiter": ","}).batch
    batch.refresh_from_db()
    assert (batch.status, batch.kind, batch.filename, batch.uploaded_by) == (
        "waiting", "baselines", "base.csv", cast.officer,
    )  # fmt: skip
    assert (batch.sha256, batch.size) == (hashlib.sha256(DATA).hexdigest(), len(DATA))
    assert (batch.options, batch.reading, batch.language) == (
        {"reason": "Recount"},
        {"delimiter": ","},
        "en-gb",
    )
    assert (batch.rows, batch.plan_digest, batch.checked_at, batch.has_lines) == (0, "", None, False)
    assert batch.file.read() == DATA


def test_what_a_browser_sends_is_taken_too(indicator, cast) -> None:
    upload = SimpleUploadedFile("C:\\fakepath\\base.csv", DATA)
    batch = receive_file(kind=KINDS["baselines"], file=upload, filename=upload.name, user=cast.officer).batch
    assert (batch.filename, batch.file.read()) == ("base.csv", DATA)


@pytest.mark.parametrize(
    ("filename", "kept"),
    [
        ("../../etc/passwd.csv", "passwd.csv"),
        ("C:\\Users\\me\\Квартал 1.xlsx", "Квартал 1.xlsx"),
        ("a\r\nb\x00.csv", "a__b_.csv"),
        ("ქართული" * 60 + ".xlsx", ("ქართული" * 60)[:195] + ".xlsx"),
        ("no suffix", "no suffix"),
    ],
)
def test_a_name_is_kept_to_be_read_and_never_becomes_a_path(indicator, filename, kept) -> None:
    batch = receive(filename=filename).batch
    assert batch.filename == kept
    assert batch.file.name.startswith("imports/2")
    assert batch.file.name.split("/")[-1].isascii()
    assert batch.file.read() == DATA


@pytest.mark.parametrize(
    ("filename", "data", "says"),
    [
        ("report.pdf", b"%PDF", "report.pdf is no workbook. Upload an Excel"),
        ("setup.exe", b"MZ", "is no workbook"),
        ("base.csv", b"", "is empty"),
        ("base.csv", b"x" * 2000, "has 0.0 MB; 0.0 MB is the most. Split it"),
    ],
)
def test_what_can_be_no_workbook_is_refused_and_not_kept(indicator, settings, filename, data, says) -> None:
    settings.UPLOAD_LIMIT_BYTES = 1000
    with pytest.raises(Refused, match=says):
        receive(data, filename)
    with pytest.raises(Refused, match=says):
        receive_file(
            kind=KINDS["baselines"], file=SimpleUploadedFile(filename, data), filename=filename, user=None
        )
    assert not ImportBatch.objects.exists()


def test_what_is_said_beside_a_file_has_its_length(indicator) -> None:
    with pytest.raises(Refused, match="300 characters are the most"):
        receive(options={"source": "x" * 301})


def test_nothing_is_kept_of_whoever_may_not_load_the_kind(indicator, cast) -> None:
    for person in (cast.reporter, cast.viewer, cast.nobody):
        with pytest.raises(NotAllowed):
            receive(user=person)
    with pytest.raises(NotAllowed, match="say whose"):
        receive(kind="history")
    assert not ImportBatch.objects.exists()


def test_the_same_file_is_noticed_with_what_became_of_it(indicator, cast) -> None:
    first = receive(user=cast.officer)
    assert first.warnings == []
    [said] = receive(user=cast.head, filename="other name.csv").warnings
    assert "This same file was uploaded before, on " in said
    assert said.endswith(" by Officer. It is still being checked.")
    saved = save("baselines", DATA, user=cast.officer)
    again = receive(user=cast.head)
    assert again.batch.same_as == saved
    assert " It was saved on " in again.warnings[0]
    # What is saved says more than what was only looked at since.
    assert receive(user=cast.head).batch.same_as == saved
    undo(saved, user=cast.officer)
    assert receive(user=cast.head).batch.same_as != saved
    assert receive(csv_of("indicator,mission,baseline_value", "SP1-O1-I1,KG,13")).warnings == []
    assert receive(kind="targets").warnings == []


def test_the_same_file_of_drafts_is_noticed_for_whoever_uploaded_it_alone(indicator, cast) -> None:
    data = csv_of("indicator,mission,period,value", "SP1-O1-I1,KG,2024-Q4,12")
    receive(data, kind="progress", user=cast.reporter)
    assert receive(data, kind="progress", user=cast.colleague).warnings == []
    assert len(receive(data, kind="progress", user=cast.reporter).warnings) == 1


def test_a_batch_is_never_deleted_and_its_file_is_never_exchanged(indicator, cast) -> None:
    batch = check("baselines", DATA, user=cast.officer).batch
    with pytest.raises(ProgrammingError, match="Cannot delete"), transaction.atomic():
        batch.delete()
    for change in ({"sha256": "0" * 64}, {"file": "x"}, {"uploaded_by": cast.head}):
        with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
            ImportBatch.objects.filter(pk=batch.pk).update(**change)
