"""The complete export, into an empty installation and out again: the same bytes."""

import io
import json
import zipfile
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from tests import stage
from tests.batches.sheets import csv_of, load
from tests.progress.test_exports_of_results import split_into
from tracker.access.choices import Role
from tracker.access.models import User
from tracker.access.policies import rights_of
from tracker.framework.models import Strategy
from tracker.imports.everything import load_everything, write_everything
from tracker.progress.models import IndicatorResult


def take() -> bytes:
    to = io.BytesIO()
    write_everything(to=to, user=None, made_on=date(2024, 12, 1))
    return to.getvalue()


def empty_the_installation() -> None:
    """Everything goes, past the triggers that keep what has counted."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "TRUNCATE tracker_country, tracker_mission, tracker_strategy, tracker_user, tracker_importbatch "
            "CASCADE"
        )


@pytest.fixture
def archive(strategy, missions, cast) -> bytes:
    """A strategy with plans, and results with small cells that are sensitive."""
    sensitive = stage.make_indicator("SP1-O1-I1", sensitive=True)
    cells = stage.ask_by_sex(sensitive)
    share = stage.make_indicator("SP1-O1-I2", measure="percentage", period_rule="latest", decimals=1)
    stage.assign(sensitive, missions["TJ"])
    load("baselines", csv_of(
        "indicator,mission,baseline_numerator,baseline_denominator,baseline_date,note",
        "SP1-O1-I2,KG,3,8,2019,=1+1",
    ))  # fmt: skip
    load("assignments", csv_of("indicator,mission,active_from,reason", "SP1-O1-I1,KG,2020-01-01,-5 apples"))
    load("targets", csv_of(
        "indicator,mission,due,target_value,basis",
        "SP1-O1-I1,KG,2021,100,per_year", "SP1-O1-I1,KG,2022,50,per_year", "SP1-O1-I2,KG,2024,80,",
    ))  # fmt: skip
    split_into(missions["KG"], "2020-Q1", sensitive, 40, cells, {"female": 4, "male": 36}, cast=cast)
    stage.approve(
        missions["KG"],
        "2021-Q4",
        {share: (3, 7), sensitive: "na"},
        reporter=cast.reporter,
        officer=cast.officer,
    )
    return take()


def test_what_comes_out_equals_what_went_in(archive: bytes) -> None:
    empty_the_installation()
    assert not Strategy.objects.exists()
    # Who was made administrator of the new installation has an account in the old one too.
    person = stage.make_person("administrator", Role.ADMINISTRATOR)
    tried = load_everything(data=archive, user=person, commit=False)
    assert tried.errors == []
    assert not Strategy.objects.exists()
    loaded = load_everything(data=archive, user=person, commit=True)
    assert loaded.errors == []
    assert loaded.counts == {"new": loaded.rows - 2, "changed": 0, "unchanged": 2}
    assert IndicatorResult.objects.counting().explained().count() == 3
    assert take() == archive
    assert rights_of(User.objects.get(email="reporter@example.org")).missions
    assert not User.objects.get(email="reporter@example.org").has_usable_password()


def test_people_are_in_it_with_their_roles_before_the_strategy(archive: bytes) -> None:
    files = zipfile.ZipFile(io.BytesIO(archive))
    names = [name.partition("_")[2] for name in files.namelist()]
    assert names[:4] == ["countries.csv", "missions.csv", "users.csv", "memberships.csv"]
    assert names.index("strategy.csv") > 3
    assert "reporter@example.org,reporter,KG,,,,," in files.read("04_memberships.csv").decode("utf-8-sig")
    dictionary = files.read("data_dictionary.csv").decode("utf-8-sig")
    assert "03_users.csv,email,The address with which the person signs in" in dictionary
    assert "passwords" in files.read("README.txt").decode()


def test_an_error_in_one_file_saves_nothing(archive: bytes, kept_files: Path) -> None:
    empty_the_installation()
    before = {path for path in kept_files.rglob("*") if path.is_file()}
    person = stage.make_person("new.administrator", Role.ADMINISTRATOR)
    source, broken = zipfile.ZipFile(io.BytesIO(archive)), io.BytesIO()
    with zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"SP1-O1-I2,KG,", b"SP9-O9-I9,KG,"))
    loaded = load_everything(data=broken.getvalue(), user=person, commit=True)
    assert {name.partition("_")[2] for name, _error in loaded.errors} == {"assignments.csv"}
    assert not Strategy.objects.exists()
    assert {path for path in kept_files.rglob("*") if path.is_file()} == before


def test_the_command_says_why_a_strategy_that_is_there_stays(archive: bytes, tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    path.write_bytes(archive)
    with redirect_stdout(io.StringIO()) as said, pytest.raises(SystemExit):
        call_command("import_data", "everything", str(path), "--commit", stdout=said)
    answer = json.loads(said.getvalue())
    assert answer["committed"] is False
    assert "There is a strategy already" in answer["errors"][0]["message"]
