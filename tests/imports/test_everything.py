"""The complete export, into an empty installation and out again: the same bytes."""

import csv
import hashlib
import io
import json
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from tests import stage
from tests.batches.sheets import csv_of, load, state_of_tables, undo
from tests.progress.test_exports_of_results import split_into
from tests.scenery import scenery
from tracker.access.choices import Role
from tracker.access.models import Membership, User
from tracker.analysis.engine import standings
from tracker.batches.models import ImportBatch
from tracker.common.errors import Refused
from tracker.common.tables import copy_out
from tracker.framework.models import Strategy
from tracker.imports import everything
from tracker.imports.archive import LEFT_OUT, make_dictionary, tables_of_everything
from tracker.imports.everything import MANIFEST, README, load_everything, write_everything
from tracker.notices.models import Notice
from tracker.progress.models import (
    IndicatorResult,
    ProgressReport,
    ReportingPeriod,
    ReportRevision,
    ReviewEvent,
    Target,
)
from tracker.progress.services.completeness import count_results
from tracker.progress.services.reports import (
    approve_reports,
    begin_report,
    drop_revision,
    reopen_report,
    return_report,
    withdraw_figures,
)
from tracker.region.models import Mission
from tracker.reports.services import request_edition


def take(made_on: date = date(2024, 12, 1)) -> bytes:
    to = io.BytesIO()
    write_everything(to=to, made_on=made_on)
    return to.getvalue()


def empty_the_installation() -> None:
    """Every table is as after ``migrate``, past the triggers that keep what has counted."""
    tables = ", ".join(f'"{table.table}"' for table in tables_of_everything())
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"TRUNCATE {tables} RESTART IDENTITY CASCADE")


def figures() -> list[object]:
    """What the region and its missions stand at, and how complete their reports are, in three periods."""
    found: list[object] = []
    strategy = Strategy.objects.get()
    for code in ("2020-Q4", "2021-Q4", "2024-Q4"):
        period = ReportingPeriod.objects.get(code=code)
        for provisional in (False, True):
            found.append(standings(strategy=strategy, as_of=period, provisional=provisional))
    reports = ProgressReport.objects.select_related("mission", "period")
    last = {
        (report.mission_id, report.period_id): report.revisions.order_by("number").last()
        for report in reports
    }
    found.append(
        count_results(
            missions=[report.mission for report in reports],
            periods=[report.period for report in reports],
            revisions={key: revision for key, revision in last.items() if revision is not None},
        )
    )
    return found


@scenery
def full(strategy, missions, cast, open_period) -> None:
    """Something of all that there can be: plans and their earlier versions, reports in every state of their life,
    cells, what is held back, withdrawn or not applicable, texts that look like formulas, an edition."""
    sensitive = stage.make_indicator("SP1-O1-I1", sensitive=True)
    cells = stage.ask_by_sex(sensitive)
    share = stage.make_indicator("SP1-O1-I2", measure="percentage", period_rule="latest", decimals=1)
    steps = stage.make_indicator(
        "SP1-O1-I3",
        measure="stage",
        period_rule="latest",
        mission_rule="count_reached",
        stages=['Not "started"', "In, force"],
        note="'=already behind an apostrophe\r\n\tand – in Кыргыз",
    )
    kg, tj = missions["KG"], missions["TJ"]
    stage.assign(sensitive, tj)
    stage.assign(steps, kg, tj)
    load("baselines", csv_of(
        "indicator,mission,baseline_numerator,baseline_denominator,baseline_date,note",
        "SP1-O1-I2,KG,3,8,2019,=1+1",
    ), user=cast.officer)  # fmt: skip
    load("assignments", csv_of("indicator,mission,active_from,reason", "SP1-O1-I1,KG,2020-01-01,-5 apples"))
    target = "indicator,mission,due,target_value,basis"
    load("targets", csv_of(target, "SP1-O1-I1,KG,2021,100,to_date", "SP1-O1-I2,KG,2024,80,"))
    load("targets", csv_of(target, "SP1-O1-I1,KG,2021,150,to_date"), user=cast.administrator)
    split_into(kg, "2020-Q1", sensitive, 40, cells, {"female": 4, "male": 36}, cast=cast)
    pair = {"reporter": cast.reporter, "officer": cast.officer}
    reopened = stage.approve(kg, "2021-Q4", {share: (3, 7), sensitive: "na"}, **pair)
    reopen_report(report=reopened.report, user=cast.officer, comment="@once more")
    dropped = stage.approve(kg, "2021-Q1", {share: (1, 3)}, **pair)
    drop_revision(
        revision=reopen_report(report=dropped.report, user=cast.officer, comment="no"), user=cast.officer
    )
    withdrawn = stage.approve(tj, "2021-Q4", {sensitive: 7}, reporter=cast.stranger, officer=cast.officer)
    withdraw_figures(revision=withdrawn, user=cast.officer, reason="+wrong")
    for mission, period in ((tj, "2022-Q1"), (tj, "2022-Q2"), (kg, "2022-Q1")):
        report = ProgressReport.objects.create(
            mission=mission, period=ReportingPeriod.objects.get(code=period)
        )
        revision = ReportRevision.objects.create(report=report, number=1, created_by=cast.reporter)
        IndicatorResult.objects.create(
            revision=revision, indicator=sensitive, value=5, entered_by=cast.reporter, comment=""
        )
        stage.submit(revision, by=cast.reporter)
        if period == "2022-Q2":
            return_report(revision=revision, user=cast.officer, comment="=SUM(A1)\n“why”")
        elif mission == kg:
            approve_reports(revisions=[revision], user=cast.officer, hold_back=[sensitive.pk])
    begin_report(mission=kg, period=open_period, user=cast.reporter)
    request_edition(
        kind="regional_quarterly",
        period=ReportingPeriod.objects.get(code="2021-Q4"),
        mission=None,
        user=cast.officer,
    )


@scenery
def archive(full) -> bytes:
    return take()


def read(archive: bytes, name: str) -> list[dict[str, str]]:
    text = zipfile.ZipFile(io.BytesIO(archive)).read(name).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def kept(archive: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "all.zip"
    path.write_bytes(archive)
    return path


def test_what_comes_out_equals_what_went_in(archive: bytes, tmp_path: Path) -> None:
    before, rows = figures(), state_of_tables()
    assert set(ReportRevision.objects.values_list("status", flat=True)) == {
        "draft", "submitted", "returned", "approved", "dropped",
    }  # fmt: skip
    assert Target.objects.filter(withdrawn_at__isnull=False).count() == 1
    assert IndicatorResult.objects.filter(held_back=True).count() == 1
    empty_the_installation()
    path = kept(archive, tmp_path)
    tried = load_everything(path=path, commit=False)
    assert tried.errors == []
    assert not Strategy.objects.exists()
    loaded = load_everything(path=path, commit=True)
    assert loaded.errors == []
    assert loaded.counts == {"new": loaded.rows, "changed": 0, "unchanged": 0}
    assert figures() == before
    after = state_of_tables()
    # Passwords are left out, and so are mails, with which one a notice went; the version of the data was raised.
    different = {table for table in rows if rows[table] != after[table]}
    assert different <= {
        "tracker_user", "tracker_outbox", "tracker_notice", "tracker_dataversion", "tracker_datachange",
    }  # fmt: skip
    assert Notice.objects.filter(mailed_at__isnull=False, mail__isnull=True).exists()
    assert take() == archive


def test_the_date_alone_differs_from_one_day_to_the_next(archive: bytes) -> None:
    first, second = zipfile.ZipFile(io.BytesIO(archive)), zipfile.ZipFile(io.BytesIO(take(date(2025, 1, 1))))
    assert [name for name in first.namelist() if first.read(name) != second.read(name)] == [README]


def test_life_goes_on_in_the_new_installation(archive: bytes, cast, tmp_path: Path, missions) -> None:
    """New rows get numbers of their own, a file that was saved before is undone, and nobody has a password."""
    empty_the_installation()
    load_everything(path=kept(archive, tmp_path), commit=True)
    assert not any(person.has_usable_password() for person in User.objects.all())
    person = stage.make_person("somebody.new", Role.VIEWER)
    latest = Membership.objects.order_by("pk").last()
    assert latest is not None
    assert latest.user == person
    load("targets", csv_of("indicator,mission,due,target_value,basis", "SP1-O1-I1,TJ,2022,9,to_date"))
    held = Target.objects.in_force().filter(mission__code="KG", due_on=date(2021, 12, 31))
    assert held.get().value == 150
    batch = ImportBatch.objects.get(kind="targets", new=0, changed=1)
    undo(batch, user=User.objects.get(email=cast.administrator.email))
    assert held.get().value == 100
    with pytest.raises(Exception, match="stays as it is"):
        IndicatorResult.objects.filter(revision__status="approved").update(comment="later")


def test_texts_that_look_like_formulas_stand_behind_an_apostrophe(archive: bytes) -> None:
    reasons = [row["reason"] for row in read(archive, "assignments.csv")]
    assert "'-5 apples" in reasons
    [said] = [row["comment"] for row in read(archive, "review_events.csv") if row["transition"] == "return"]
    assert said == "'=SUM(A1)\n“why”"
    [note] = [row["note"] for row in read(archive, "indicators.csv") if row["code"] == "SP1-O1-I3"]
    assert note == "''=already behind an apostrophe\r\n\tand – in Кыргыз"
    for event in ReviewEvent.objects.filter(transition="return"):
        assert event.comment == "=SUM(A1)\n“why”"


def test_small_cells_are_not_hidden_and_the_archive_says_that_it_is_confidential(archive: bytes) -> None:
    assert {"4.000000", "36.000000"} <= {row["value"] for row in read(archive, "cell_values.csv")}
    said = zipfile.ZipFile(io.BytesIO(archive)).read(README).decode()
    assert said.startswith("CONFIDENTIAL")
    assert "1 Dec 2024" in said


def test_passwords_are_not_in_it(archive: bytes, cast) -> None:
    assert "password" not in read(archive, "people.csv")[0]
    held = zipfile.ZipFile(io.BytesIO(archive))
    cast.viewer.set_password("open sesame")
    cast.viewer.save()
    algorithm = cast.viewer.password.split("$")[0].encode()
    assert not any(algorithm + b"$" in held.read(name) for name in held.namelist())


@pytest.mark.django_db(transaction=True)
def test_it_is_of_one_moment_whatever_is_saved_while_it_is_made(
    strategy, missions, cast, sign_in, monkeypatch
) -> None:
    """While the page has the countries read, somebody gives a mission another name: it goes out by its old one."""

    def rename() -> None:
        Mission.objects.filter(code="KG").update(name="Renamed")
        connection.close()

    def read_slowly(**asked: Any) -> Iterator[bytes]:
        yield from copy_out(**asked)
        if asked["table"] == "tracker_country":
            thread = threading.Thread(target=rename)
            thread.start()
            thread.join()

    monkeypatch.setattr(everything, "copy_out", read_slowly)
    answer = sign_in(cast.administrator).post(reverse("everything"), {"word": "CONFIDENTIAL"})
    archive = b"".join(answer.streaming_content)
    assert Mission.objects.get(code="KG").name == "Renamed"
    assert {row["name"] for row in read(archive, "missions.csv") if row["code"] == "KG"} == {"Kyrgyzstan"}
    assert "Renamed" not in {row["name"] for row in read(archive, "history_of_missions.csv")}


@pytest.mark.soak
@pytest.mark.django_db
def test_the_whole_demonstration_comes_out_as_it_went_in(kept_files, tmp_path: Path) -> None:
    call_command("load_strategy", stdout=io.StringIO())
    call_command("load_demo", stdout=io.StringIO())
    before, archive = figures(), take()
    empty_the_installation()
    loaded = load_everything(path=kept(archive, tmp_path), commit=True)
    assert loaded.errors == []
    assert loaded.rows > 200_000
    assert figures() == before
    assert take() == archive


# -- What it is made of ---------------------------------------------------------------------------------
@pytest.mark.django_db
def test_every_table_is_in_the_archive_or_said_to_be_left_out() -> None:
    ours = {table.table for table in tables_of_everything()}
    assert not ours & set(LEFT_OUT)
    models = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    there = set(connection.introspection.table_names())
    assert (models | there) - ours - set(LEFT_OUT) == set()


@pytest.mark.django_db
def test_each_file_comes_behind_those_that_its_rows_refer_to() -> None:
    seen = set()
    for table in tables_of_everything():
        seen.add(table.model)
        for field in table.model._meta.concrete_fields:
            goes = field.column not in table.stays
            if goes and field.is_relation and getattr(field, "db_constraint", True):
                assert field.related_model in seen, (table.name, field.name)


@pytest.mark.django_db
def test_the_dictionary_describes_every_column_and_says_why_what_is_missing_stays() -> None:
    rows = [row for row in make_dictionary().rows if isinstance(row, tuple)]
    described = {(row[0], row[2]) for row in rows if row[0]}
    for table in tables_of_everything():
        assert {(table.file, column) for column in table.columns} <= described
    assert all(row[3] for row in rows)
    said = {(row[0], row[2]): row for row in rows}
    assert "secret" in said["people.csv", "password"][3]
    assert said["results.csv", "revision_id"][7] == "revisions.csv, id"
    assert said["history_of_results.csv", "pgh_obj_id"][7] == "results.csv, id"
    assert "approved: " in said["revisions.csv", "status"][6]
    assert said["results.csv", "value"][3:6] == ("value", "number", False)
    assert {row[1] for row in rows if not row[0]} == set(LEFT_OUT)


def test_the_manifest_counts_rows_and_knows_each_file(archive: bytes) -> None:
    manifest = {row["file"]: row for row in read(archive, MANIFEST)}
    held = zipfile.ZipFile(io.BytesIO(archive))
    assert set(manifest) == set(held.namelist()) - {MANIFEST, README}
    for name, row in manifest.items():
        data = held.read(name)
        assert (int(row["bytes"]), row["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
        assert int(row["rows"]) == len(read(archive, name)), name


# -- What is refused ----------------------------------------------------------------------------------
def changed(archive: bytes, change: Callable[[dict[str, bytes]], object], *, seal: bool = False) -> bytes:
    """The archive with other files; ``seal``: with a manifest that fits them."""
    held = zipfile.ZipFile(io.BytesIO(archive))
    files = {name: held.read(name) for name in held.namelist()}
    change(files)
    if seal:
        lines = files[MANIFEST].decode("utf-8-sig").splitlines()
        for number, line in enumerate(lines[1:], start=1):
            name, rows, _bytes, _digest, made_by = next(csv.reader([line]))
            data = files[name]
            lines[number] = f'{name},{rows},{len(data)},{hashlib.sha256(data).hexdigest()},"{made_by}"'
        files[MANIFEST] = "\r\n".join(lines).encode("utf-8-sig")
    to = io.BytesIO()
    with zipfile.ZipFile(to, "w") as target:
        for name, data in files.items():
            target.writestr(name, data)
    return to.getvalue()


def replacing(name: str, old: bytes, new: bytes) -> Callable[[dict[str, bytes]], object]:
    def change(files: dict[str, bytes]) -> None:
        assert old in files[name]
        files[name] = files[name].replace(old, new)

    return change


def test_files_that_are_missing_changed_or_strange_are_all_named(archive: bytes, tmp_path: Path) -> None:
    def change(files: dict[str, bytes]) -> None:
        del files["results.csv"]
        files["data_dictionary.csv"] += b"more"
        replacing("assignments.csv", b"-5 apples", b"-6 apples")(files)
        files["../evil.csv"] = b"1"

    empty_the_installation()
    loaded = load_everything(path=kept(changed(archive, change), tmp_path), commit=True)
    assert [(name, error.message.split(".")[0]) for name, error in loaded.errors] == [
        ("../evil.csv", "This file is no part of a complete export"),
        ("assignments.csv", "This file was changed or damaged after it was made"),
        ("results.csv", "This file is missing in the archive"),
        ("data_dictionary.csv", "This file was changed or damaged after it was made"),
    ]
    assert not Strategy.objects.exists()


def damaged(archive: bytes, name: str, *, flags: int = 0) -> bytes:
    """The archive as a bad disk leaves it: the packed bytes of one file are gone; ``flags`` said of it instead."""
    spoilt = bytearray(archive)
    with zipfile.ZipFile(io.BytesIO(archive)) as held:
        info = held.getinfo(name)
        begins = info.header_offset + 30 + len(info.filename)
        if flags:
            # Of the file itself, and in the list of all.
            spoilt[info.header_offset + 6] |= flags
            listed = archive.index(b"PK\x01\x02", held.start_dir)
            while archive[listed + 46 : listed + 46 + len(name)] != name.encode():
                listed = archive.index(b"PK\x01\x02", listed + 4)
            spoilt[listed + 8] |= flags
        else:
            spoilt[begins : begins + info.compress_size] = b"\xff" * info.compress_size
    return bytes(spoilt)


@pytest.mark.parametrize("flags", [0, 1], ids=["spoilt", "encrypted"])
def test_a_file_that_cannot_be_unpacked_is_named(archive: bytes, tmp_path: Path, flags: int) -> None:
    empty_the_installation()
    loaded = load_everything(path=kept(damaged(archive, "results.csv", flags=flags), tmp_path), commit=True)
    assert [(name, error.message.split(":")[0]) for name, error in loaded.errors] == [
        ("results.csv", "This file is damaged"),
    ]
    with pytest.raises(Refused, match=r"manifest\.csv in the archive cannot be read"):
        load_everything(path=kept(damaged(archive, MANIFEST, flags=flags), tmp_path), commit=True)
    assert not Strategy.objects.exists()


def test_an_archive_of_another_version_is_refused(archive: bytes, tmp_path: Path) -> None:
    empty_the_installation()

    def change(files: dict[str, bytes]) -> None:
        files[MANIFEST] = files[MANIFEST].replace(b"1, 00", b"1, 99")

    with pytest.raises(Refused, match=r"another version of the tracker \(1, 99"):
        load_everything(path=kept(changed(archive, change), tmp_path), commit=True)


def test_a_file_with_other_columns_is_refused_by_name(archive: bytes, tmp_path: Path) -> None:
    empty_the_installation()
    other = changed(archive, replacing("pillars.csv", b"strategy_id", b"strategy"), seal=True)
    loaded = load_everything(path=kept(other, tmp_path), commit=True)
    [(name, error)] = loaded.errors
    assert name == "pillars.csv"
    assert "id, strategy, code" in error.message


@pytest.mark.parametrize(
    ("name", "old", "new", "row", "column", "said"),
    [
        ("strategies.csv", b"2020-01-01", b"2020-13-01", 2, "starts_on", "out of range"),
        ("revisions.csv", b",returned,", b",finished,", None, None, "revision_status_is_known"),
        ("missions.csv", b",KG,Kyrgyzstan", b",KGKG,Kyrgyzstan", None, None, "too long"),
    ],
)
def test_a_row_that_the_tables_do_not_take_is_said_and_nothing_is_saved(
    archive: bytes, tmp_path: Path, name: str, old: bytes, new: bytes, row, column, said: str
) -> None:
    empty_the_installation()
    other = changed(archive, replacing(name, old, new), seal=True)
    loaded = load_everything(path=kept(other, tmp_path), commit=True)
    [(file, error)] = loaded.errors
    assert (file, error.row, error.column) == (name, row, column)
    assert said in error.message
    assert not Strategy.objects.exists()
    assert not User.objects.exists()


def test_rows_that_refer_to_nothing_are_refused(archive: bytes, tmp_path: Path) -> None:
    empty_the_installation()

    def change(files: dict[str, bytes]) -> None:
        files["pillars.csv"] = files["pillars.csv"].splitlines(keepends=True)[0]

    loaded = load_everything(path=kept(changed(archive, change, seal=True), tmp_path), commit=True)
    [(_file, error)] = loaded.errors
    assert "tracker_pillar" in error.message
    assert not Strategy.objects.exists()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 cut", b"indicator,mission\n"])
def test_what_is_no_archive_is_refused(db, data: bytes, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no archive of a complete export"):
        load_everything(path=kept(data, tmp_path), commit=True)


def test_half_an_archive_is_refused(archive: bytes, tmp_path: Path) -> None:
    empty_the_installation()
    with pytest.raises(Refused, match="cannot be unpacked"):
        load_everything(path=kept(archive[: len(archive) // 2], tmp_path), commit=True)


def test_an_archive_of_something_else_is_refused(db, tmp_path: Path) -> None:
    to = io.BytesIO()
    with zipfile.ZipFile(to, "w") as other:
        other.writestr("01_countries.csv", "iso2\nKG\n")
    with pytest.raises(Refused, match=r"manifest\.csv is missing in it"):
        load_everything(path=kept(to.getvalue(), tmp_path), commit=True)


def test_one_account_is_enough_to_be_no_empty_installation(archive: bytes, tmp_path: Path) -> None:
    empty_the_installation()
    stage.make_person("early")
    before = state_of_tables()
    with pytest.raises(Refused, match=r"something here already \(people\)"):
        load_everything(path=kept(archive, tmp_path), commit=True)
    assert state_of_tables() == before


def test_the_command_says_why_what_is_there_stays(archive: bytes, tmp_path: Path) -> None:
    before = state_of_tables()
    path = kept(archive, tmp_path)
    with redirect_stdout(io.StringIO()) as said, pytest.raises(SystemExit):
        call_command("import_data", "everything", str(path), "--commit", stdout=said)
    answer = json.loads(said.getvalue())
    assert answer["committed"] is False
    assert "There is something here already" in answer["errors"][0]["message"]
    assert state_of_tables() == before


def test_the_command_loads_an_archive_and_counts_its_rows(archive: bytes, tmp_path: Path) -> None:
    empty_the_installation()
    path = kept(archive, tmp_path)
    said = io.StringIO()
    call_command("import_data", "everything", str(path), "--commit", stdout=said)
    answer = json.loads(said.getvalue())
    assert (answer["committed"], answer["errors"]) == (True, [])
    rows = sum(int(row["rows"]) for row in read(archive, MANIFEST) if row["file"] != "data_dictionary.csv")
    assert answer["new"] == answer["rows"] == rows
