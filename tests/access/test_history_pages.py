"""What administrators read of reports and of their history: what was approved, never what a draft held; and
the page by which approved history comes in.
"""

import re
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests import stage
from tests.batches.fixtures import kept_files  # noqa: F401
from tests.batches.sheets import csv_of
from tests.conftest import Cast
from tracker.progress.models import CellValue, IndicatorResult, ReportRevision
from tracker.progress.services import reports

pytestmark = pytest.mark.django_db

HISTORY = ("reportrevisionevent", "indicatorresultevent", "cellvalueevent")


def list_of(name: str) -> str:
    return reverse(f"admin:tracker_{name}_changelist")


def rows_of(client: Client, name: str) -> list[object]:
    return list(client.get(list_of(name)).context["cl"].result_list)


@pytest.fixture
def approved(cast: Cast, strategy, missions, open_period) -> ReportRevision:
    """Of Kyrgyzstan: a result that was 98765 before it was 12, a cell that was 40 before it was 5, and a cell
    of 54321 and a result of 77777 that were taken out again; a story that was told otherwise before.
    """
    kept, dropped = stage.make_indicator("SP1-O1-I1"), stage.make_indicator("SP1-O1-I2")
    cells = stage.ask_by_sex(kept)
    stage.assign(kept, missions["KG"])
    revision = reports.begin_report(mission=missions["KG"], period=open_period, user=cast.reporter)
    ReportRevision.objects.filter(pk=revision.pk).update(source="what nobody should read")
    result = revision.results.create(indicator=kept, value=98765, entered_by=cast.reporter)
    other = revision.results.create(indicator=dropped, value=77777, entered_by=cast.reporter)
    cell = result.cells.create(cell=cells["female"], value=40)
    gone = result.cells.create(cell=cells["male"], value=54321)
    IndicatorResult.objects.filter(pk=result.pk).update(value=12)
    CellValue.objects.filter(pk=cell.pk).update(value=5)
    gone.delete()
    other.delete()
    ReportRevision.objects.filter(pk=revision.pk).update(source="what was approved")
    reports.submit_report(revision=revision, user=cast.reporter)
    reports.approve_reports(revisions=[revision], user=cast.officer)
    return revision


def test_the_history_of_an_approved_report_begins_with_its_approval(cast: Cast, approved, sign_in):
    client = sign_in(cast.administrator)
    [revision], [result], [cell] = (rows_of(client, name) for name in HISTORY)
    assert (revision.status, revision.source) == ("approved", "what was approved")
    assert (result.value, result.revision_id) == (Decimal(12), approved.pk)
    assert cell.value == Decimal(5)


def test_no_page_shows_what_the_draft_held_before(cast: Cast, approved, sign_in):
    client = sign_in(cast.administrator)
    said = []
    for name in HISTORY:
        said.append(client.get(list_of(name)).content.decode())
        model = {"cellvalueevent": CellValue, "indicatorresultevent": IndicatorResult}.get(
            name, ReportRevision
        )
        for event in model.pgh_event_model.objects.all():
            page = reverse(f"admin:tracker_{name}_change", args=[event.pk])
            said.append(client.get(page, follow=True).content.decode())
    for secret in ("98765", "54321", "77777", "what nobody should read"):
        assert secret not in "".join(said)
    assert "what was approved" in "".join(said)


def test_the_history_of_a_draft_is_not_there_until_it_is_approved(cast: Cast, approved, missions, sign_in):
    reports.reopen_report(report=approved.report, comment="A digit is wrong.", user=cast.officer)
    draft = ReportRevision.objects.get(number=2)
    assert draft.results.update(value=31313) == 1
    client = sign_in(cast.administrator)
    assert {event.revision_id for event in rows_of(client, "indicatorresultevent")} == {approved.pk}
    assert [event.number for event in rows_of(client, "reportrevisionevent")] == [1]


def test_a_withdrawal_is_part_of_the_history(cast: Cast, approved, sign_in):
    reports.withdraw_figures(revision=approved, reason="Counted twice.", user=cast.officer)
    events = rows_of(sign_in(cast.administrator), "reportrevisionevent")
    assert sorted(event.withdrawn_reason for event in events) == ["", "Counted twice."]


# -- Approved history comes in ------------------------------------------------------------------------
@pytest.mark.parametrize(("part", "sees"), [("administrator", True), ("officer", False)])
def test_the_way_to_load_approved_history_is_on_the_page_of_imports(
    cast: Cast, strategy, sign_in, part, sees
):
    page = sign_in(getattr(cast, part)).get(reverse("imports")).content.decode()
    assert (f'href="{reverse("import-new", args=["history"])}"' in page) == sees
    assert "--approved" not in page


def test_approved_history_is_loaded_by_a_workbook_and_listed(cast: Cast, strategy, missions, sign_in):
    indicator = stage.make_indicator()
    stage.assign(indicator, missions["KG"])
    client = sign_in(cast.administrator)
    url = reverse("admin:tracker_reportrevision_import")
    sheet = csv_of("indicator,mission,period,value", "SP1-O1-I1,KG,2020-Q1,9")
    preview = client.post(url, {"file": SimpleUploadedFile("p.csv", sheet), "source": "Matrix of 2020"})
    hidden = dict(re.findall(r'name="(batch|digest)" value="([^"]+)"', preview.content.decode()))
    saved = client.post(reverse("admin:tracker_reportrevision_process_import"), hidden, follow=True)
    assert saved.redirect_chain == [(list_of("reportrevision"), 302)]
    [listed] = saved.context["cl"].result_list
    assert (listed.origin, listed.source, listed.approved_by) == (
        "historical", "Matrix of 2020", cast.administrator,
    )  # fmt: skip
    assert IndicatorResult.objects.counting().get().value == 9
    assert 'href="import/"' in saved.content.decode() or url in saved.content.decode()


def test_an_officer_does_not_load_it(cast: Cast, strategy, sign_in):
    client = sign_in(cast.officer)
    for name in ("import", "process_import"):
        url = reverse(f"admin:tracker_reportrevision_{name}")
        assert client.post(url, {"batch": 1, "digest": "x"}).status_code == 403
