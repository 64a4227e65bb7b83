"""Lists that stand on pages as files: numbers and dates as such, all rows, and who took them."""

import io
from datetime import date, datetime
from decimal import Decimal

import django_tables2 as tables
import openpyxl
import pytest
from django.urls import reverse
from django.utils.html import format_html

from tests import stage
from tests.batches.sheets import check, csv_of
from tracker.batches.downloads import sheet_of_table
from tracker.batches.services import check_batch, find_taken, receive_file
from tracker.common.jobs.models import Job
from tracker.common.jobs.services import fail_attempt
from tracker.imports.registry import KINDS


class Things(tables.Table):
    name = tables.Column("Name")
    share = tables.Column("Share")
    due = tables.Column("Due")
    files = tables.Column(empty_values=(), exclude_from_export=True)

    def render_name(self, value: str) -> str:
        return format_html("<b>{}</b>", value)

    def value_name(self, value: str) -> str:
        return value


def test_numbers_stay_numbers_and_dates_dates() -> None:
    rows = [
        {"name": "=A", "share": Decimal("0.5"), "due": date(2024, 3, 31)},
        {"name": "B", "share": None, "due": None},
    ]
    sheet = sheet_of_table(Things(rows), name="things")
    assert [(column.heading, column.kind) for column in sheet.columns] == [
        ("Name", "text"),
        ("Share", "number"),
        ("Due", "date"),
    ]
    assert [row[0] for row in sheet.rows] == ["=A", "B"]


def test_a_column_is_as_wide_as_what_is_in_it_within_reason() -> None:
    rows = [{"name": "N" * 40, "share": 1, "due": None}, {"name": "N" * 4000, "share": 1, "due": None}]
    [narrow, *_others] = sheet_of_table(Things(rows[:1]), name="things").columns
    [wide, *_others] = sheet_of_table(Things(rows), name="things").columns
    assert narrow.usual_width > 40
    assert narrow.usual_width < wide.usual_width < 100


def sheet(answer) -> list[tuple]:
    assert answer.status_code == 200
    return list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))


def test_the_review_queue_goes_out(strategy, missions, cast, open_period, sign_in) -> None:
    indicator = stage.make_indicator()
    stage.assign(indicator, missions["KG"])
    draft = stage.approve(missions["KG"], "2024-Q2", {}, reporter=cast.reporter, officer=cast.officer)
    assert draft.pk
    client = sign_in(cast.officer)
    assert "?as=xlsx" in client.get(reverse("review")).content.decode()
    [header] = sheet(client.get(reverse("review"), {"as": "xlsx"}))
    assert header[:3] == ("Report", "Due", "Submitted")
    assert [(taking.what, taking.format) for taking in find_taken()] == [("list review", "xlsx")]


def test_the_imports_go_out_with_their_counts(strategy, missions, cast, sign_in) -> None:
    stage.assign(stage.make_indicator(), missions["KG"])
    check("baselines", csv_of("indicator,mission,baseline_value", "SP1-O1-I1,KG,1"), user=cast.officer)
    header, row = sheet(sign_in(cast.officer).get(reverse("imports"), {"as": "xlsx"}))
    said = dict(zip(header, row, strict=True))
    assert (said["File"], said["Rows"], said["New"]) == ("sheet.csv", 1, 1)
    assert isinstance(said["Uploaded"], datetime)


def test_the_state_of_an_import_goes_out_as_its_page_shows_it(strategy, cast, sign_in, settings) -> None:
    """A batch whose job has failed for good is failed, though its own row does not say so yet."""
    settings.IMPORT_AT_ONCE_BYTES = 1
    kind, data = KINDS["baselines"], csv_of("indicator,mission,baseline_value", "SP1-O1-I1,KG,1")
    batch = receive_file(kind=kind, data=data, filename="base.csv", user=cast.officer).batch
    batch = check_batch(batch=batch, kind=kind)
    Job.objects.filter(pk=batch.job_id).update(status="running", attempt=5)
    assert fail_attempt(job_id=batch.job_id, attempt=5, error="OSError", for_good=True)
    header, row = sheet(sign_in(cast.officer).get(reverse("imports"), {"as": "xlsx"}))
    assert dict(zip(header, row, strict=True))["State"] == "Failed"


@pytest.mark.parametrize("suffix", ["xlsx", "ods", "csv"])
def test_reports_go_out_in_every_format(strategy, cast, sign_in, suffix: str) -> None:
    answer = sign_in(cast.viewer).get(reverse("reports"), {"as": suffix})
    assert answer["Content-Disposition"].startswith('attachment; filename="reports-')
    assert answer["Content-Disposition"].endswith(f'.{suffix}"')
