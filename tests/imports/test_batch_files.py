"""The files of batches: opened by whoever may load their kind, always as a download."""

import pytest
from django.urls import reverse

from tests import stage
from tests.batches.sheets import check, csv_of
from tracker.batches.models import ImportBatch
from tracker.imports import renderers

DATA = csv_of("indicator,mission,baseline_value", "SP1-O1-I1,KG,1")


@pytest.fixture
def indicator(strategy, missions, open_period):
    made = stage.make_indicator()
    stage.assign(made, missions["KG"], missions["TJ"])
    return made


def address(batch: ImportBatch) -> str:
    return reverse("batch-file", args=[batch.pk])


def test_a_file_comes_back_as_it_came_and_only_as_a_download(indicator, cast, sign_in) -> None:
    batch = check("baselines", DATA, user=cast.officer, filename="base 2021.csv").batch
    answer = sign_in(cast.administrator).get(address(batch))
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == DATA
    assert answer["Content-Disposition"] == 'attachment; filename="base 2021.csv"'
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]


def test_a_refused_file_is_kept_and_opened_too_whatever_its_name(indicator, cast, sign_in) -> None:
    batch = check("baselines", b"<script>alert(1)</script>", user=cast.officer).batch
    assert batch.status == "refused"
    ImportBatch.objects.filter(pk=batch.pk).update(filename='..\r\nX: "y"\t<b>.html')
    answer = sign_in(cast.officer).get(address(batch))
    assert answer["Content-Disposition"] == 'attachment; filename="__X_ _y___b_.html"'


@pytest.mark.parametrize("role", ["nobody", "viewer", "reporter", "lead"])
def test_whoever_may_not_load_a_kind_finds_no_file_of_it(indicator, cast, sign_in, role) -> None:
    batch = check("baselines", DATA, user=cast.officer).batch
    assert sign_in(getattr(cast, role)).get(address(batch)).status_code == 404


def test_history_is_opened_by_administrators_alone(indicator, cast, sign_in) -> None:
    data = csv_of("indicator,mission,period,value", "SP1-O1-I1,KG,2020-Q1,9")
    batch = check("history", data, user=cast.administrator, source="Matrix").batch
    assert sign_in(cast.administrator).get(address(batch)).status_code == 200
    assert sign_in(cast.officer).get(address(batch)).status_code == 404


def test_a_file_of_drafts_is_opened_by_whoever_uploaded_it_alone(indicator, cast, sign_in) -> None:
    data = csv_of("indicator,mission,period,value", "SP1-O1-I1,KG,2024-Q4,98765")
    batch = check("progress", data, user=cast.reporter).batch
    assert sign_in(cast.reporter).get(address(batch)).status_code == 200
    for person in (cast.stranger, cast.officer, cast.administrator):
        assert sign_in(person).get(address(batch)).status_code == 404


def test_a_file_that_is_lost_or_was_never_kept_is_not_found(indicator, cast, sign_in) -> None:
    lost = check("baselines", DATA, user=cast.officer).batch
    never = ImportBatch.objects.create(kind="baselines", filename="a.csv", sha256="0" * 64, status="waiting")
    unknown = check("baselines", DATA, user=cast.officer).batch
    ImportBatch.objects.filter(pk=unknown.pk).update(kind="nothing")
    lost.file.storage.delete(lost.file.name)
    client = sign_in(cast.officer)
    assert [client.get(address(batch)).status_code for batch in (lost, never, unknown)] == [404, 404, 404]


def test_more_rows_than_a_workbook_takes_are_refused_as_one_and_go_out_as_csv(
    indicator, cast, sign_in, monkeypatch
) -> None:
    """Two rows of two cells each: four rows of a file."""
    rows = csv_of("indicator,mission,baseline_value,note", "SP1-O1-I1,KG,1,seen", "SP1-O1-I1,TJ,2,seen")
    batch = check("baselines", rows, user=cast.officer).batch
    client = sign_in(cast.officer)
    monkeypatch.setattr(renderers, "MOST_IN_A_WORKBOOK", 3)
    refused = client.get(reverse("import-lines", args=[batch.pk, "xlsx"]), {"outcome": "new"}, follow=True)
    assert refused.redirect_chain == [(f"{reverse('import-batch', args=[batch.pk])}?outcome=new", 302)]
    assert "These are 4 rows, more than are written into a workbook (3)." in refused.content.decode()
    one = client.get(reverse("import-lines", args=[batch.pk, "xlsx"]), {"text": "TJ"})
    assert one["Content-Type"].endswith("spreadsheetml.sheet")
    whole = client.get(reverse("import-lines", args=[batch.pk, "csv"]))
    assert len(b"".join(whole.streaming_content).splitlines()) == 5
