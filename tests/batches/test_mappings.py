"""What headings mean is remembered when a file is saved, and used for the next file of its shape."""

import pytest

from tests import stage
from tests.batches.sheets import check, csv_of, look
from tracker.batches.models import ColumnMapping, ImportBatch
from tracker.batches.services import apply_batch, recheck_batch
from tracker.batches.services.mappings import shape_of
from tracker.imports.registry import KINDS
from tracker.progress.models import Baseline

KIND = KINDS["baselines"]
FRENCH = "Indicateur,Pays,Valeur de base,Remarque"
MEANS = {"Indicateur": "indicator", "Pays": "mission", "Valeur de base": "baseline_value", "Remarque": ""}


@pytest.fixture
def indicators(strategy, missions):
    for number in (1, 2):
        stage.assign(stage.make_indicator(f"SP1-O1-I{number}"), missions["KG"], missions["TJ"])


def save(batch: ImportBatch, user) -> ImportBatch:
    return apply_batch(batch=batch, kind=KIND, digest=batch.plan_digest, user=user).batch


@pytest.fixture
def remembered(indicators, cast) -> ColumnMapping:
    batch = check("baselines", csv_of(FRENCH, "SP1-O1-I1,KG,12,x"), user=cast.officer).batch
    assert (batch.status, ColumnMapping.objects.count()) == ("refused", 0)
    batch = recheck_batch(batch=batch, kind=KIND, user=cast.officer, reading={"mapping": MEANS})
    assert (batch.status, batch.new) == ("checked", 1)
    assert not ColumnMapping.objects.exists()  # looked at, not saved
    save(batch, cast.officer)
    return ColumnMapping.objects.get()


def test_a_mapping_is_remembered_when_its_file_is_saved(remembered, cast) -> None:
    assert remembered.mapping == MEANS
    assert (remembered.kind, remembered.remembered_by) == ("baselines", cast.officer)
    assert sorted(remembered.headings) == sorted(FRENCH.split(","))
    assert remembered.batch == ImportBatch.objects.get()
    assert Baseline.objects.get().value == 12


def test_the_next_file_of_the_shape_is_read_the_same_way_and_says_so(remembered, cast) -> None:
    # Another order, other capitals, more spaces: the same shape.
    data = csv_of("REMARQUE,Valeur  de base,Indicateur,pays ", "y,5,SP1-O1-I2,TJ")
    batch = check("baselines", data, user=cast.head).batch
    assert (batch.status, batch.new, batch.unknown_columns) == ("checked", 1, [])
    [warning] = [each for each in batch.warnings if each.startswith("Columns were taken")]
    assert "“Indicateur” as indicator" in warning
    assert "“Remarque” left out" in warning
    save(batch, cast.head)
    assert Baseline.objects.get(mission__code="TJ").value == 5
    # Nothing new was learnt.
    assert ColumnMapping.objects.get().remembered_by == cast.officer


def test_a_dry_run_reads_as_remembered_too(remembered) -> None:
    assert not look("baselines", csv_of(FRENCH, "SP1-O1-I2,TJ,5,y")).has_errors


def test_another_shape_or_kind_remembers_nothing(remembered) -> None:
    assert look("baselines", csv_of(FRENCH + ",Plus", "SP1-O1-I2,TJ,5,y,z")).has_errors
    assert look("targets", csv_of(FRENCH, "SP1-O1-I2,TJ,5,y")).has_errors


def test_a_file_that_needs_no_mapping_is_left_alone(remembered) -> None:
    checked = look("baselines", csv_of("indicator,mission,baseline_value", "SP1-O1-I2,TJ,5"))
    assert (checked.has_errors, checked.warnings) == (False, [])


def test_a_column_that_is_gone_since_is_unknown_again(remembered, cast) -> None:
    ColumnMapping.objects.update(mapping={**MEANS, "Remarque": "a column of long ago"})
    batch = check("baselines", csv_of(FRENCH, "SP1-O1-I2,TJ,5,y"), user=cast.head).batch
    assert (batch.status, batch.unknown_columns) == ("checked", ["Remarque"])


def test_a_mapping_can_be_changed_and_taken_back(remembered, cast) -> None:
    data = csv_of(FRENCH, "SP1-O1-I2,TJ,5,counted twice")
    other = {**MEANS, "Remarque": "note"}
    batch = check("baselines", data, user=cast.head).batch
    batch = recheck_batch(batch=batch, kind=KIND, user=cast.head, reading={"mapping": other})
    assert ["note", None, "counted twice"] in batch.lines.get().cells
    save(batch, cast.head)
    kept = ColumnMapping.objects.get()
    assert (kept.mapping, kept.remembered_by) == (other, cast.head)
    # On purpose without one: the headings mean nothing again, now and for this file alone, as it is not saved.
    batch = check("baselines", data, user=cast.head, reading={"mapping": {}}).batch
    assert (batch.status, ColumnMapping.objects.count()) == ("refused", 1)


def test_a_known_column_read_on_purpose_without_its_mapping_is_forgotten_when_saved(indicators, cast) -> None:
    header = "indicator,mission,baseline_value,Remarque"
    batch = check(
        "baselines",
        csv_of(header, "SP1-O1-I1,KG,1,a"),
        user=cast.officer,
        reading={"mapping": {"Remarque": "note"}},
    ).batch
    save(batch, cast.officer)
    assert ColumnMapping.objects.get().mapping == {"Remarque": "note"}
    data = csv_of(header, "SP1-O1-I2,KG,1,b")
    batch = check("baselines", data, user=cast.officer).batch
    assert ["note", None, "b"] in batch.lines.get().cells
    batch = recheck_batch(batch=batch, kind=KIND, user=cast.officer, reading={"mapping": {}})
    assert batch.unknown_columns == ["Remarque"]
    save(batch, cast.officer)
    assert not ColumnMapping.objects.exists()


def test_the_shape_of_a_file_is_its_headings_in_any_order() -> None:
    assert shape_of(["A b", "C"]) == shape_of(["c ", " a B", ""])
    assert len({shape_of(["a", "b"]), shape_of(["ab"]), shape_of(["a"]), shape_of([])}) == 4
