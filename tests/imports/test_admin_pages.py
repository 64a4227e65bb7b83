"""The admin's import pages: the preview, the button bound to it, and what it refuses."""

import html
import re

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import stage
from tests.batches.sheets import csv_of, load, state_of_tables, xlsx_of
from tracker.batches.models import ImportBatch
from tracker.progress.models import Baseline, IndicatorResult

pytestmark = pytest.mark.urls("tests.imports.urls")
URL = "/admin/tracker/baseline/import/"
CONFIRM = "/admin/tracker/baseline/process_import/"
HEADER = ["indicator", "mission", "baseline_value"]


@pytest.fixture(autouse=True)
def nothing_around(settings) -> None:
    """The pages alone: without the menu of the other pages, over plain HTTP, with styles as they lie."""
    settings.SECURE_SSL_REDIRECT = False
    [engine] = settings.TEMPLATES
    processors = engine["OPTIONS"]["context_processors"]
    ours = {**engine["OPTIONS"], "context_processors": [p for p in processors if p.startswith("django.")]}
    settings.TEMPLATES = [{**engine, "OPTIONS": ours}]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def indicator(strategy, missions):
    indicator = stage.make_indicator()
    stage.assign(indicator, missions["KG"], missions["TJ"])
    return indicator


def upload(client, data: bytes, name: str = "base.xlsx", url: str = URL, **more):
    return client.post(url, {"file": SimpleUploadedFile(name, data), **more})


def test_a_question_is_shown_beside_the_button(cast, missions, strategy, sign_in) -> None:
    stage.assign(stage.make_indicator("SP1-O1-I2", period_rule="latest"), missions["KG"])
    load("targets", csv_of("indicator,mission,2024", "SP1-O1-I2,KG,30"))
    data = csv_of(",".join(HEADER), "SP1-O1-I2,KG,50")
    page = upload(sign_in(cast.administrator), data, "base.csv")
    text = html.unescape(page.content.decode())
    assert "There is 1 question" in text
    assert "The target of 30 lies below the baseline of 50, and SP1-O1-I2 should increase." in text
    assert hidden(page, "digest")


def hidden(response, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    assert found, f"no hidden field {name}"
    return found[1]


def text_of(response) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


def test_the_page_names_the_columns_and_asks_for_a_file(indicator, cast, sign_in) -> None:
    page = text_of(sign_in(cast.administrator).get(URL))
    assert "Import baselines" in page
    assert "baseline_value" in page
    assert "40 for 40 %" in page


def test_an_administrator_sees_the_preview_and_saves_what_it_shows(indicator, cast, sign_in) -> None:
    client = sign_in(cast.administrator)
    load("baselines", csv_of("indicator,mission,baseline_value", "SP1-O1-I1,TJ,5"))
    before = state_of_tables()
    preview = upload(
        client, xlsx_of([*HEADER, "colour"], [["SP1-O1-I1", "KG", 12, "x"], ["SP1-O1-I1", "TJ", 6, "y"]])
    )
    page = text_of(preview)
    assert "base.xlsx: 2 rows read; 1 new, 1 changed, 0 unchanged." in page
    assert "colour" in page
    assert "baseline_value : 5 → 6" in page
    assert preview.context["result"].totals["new"] == 1
    assert {table: state for table, state in state_of_tables().items() if "session" not in table} == before

    answer = client.post(CONFIRM, {"batch": hidden(preview, "batch"), "digest": hidden(preview, "digest")})
    assert answer.status_code == 302
    [message] = [str(m) for m in answer.wsgi_request._messages]
    assert message == "Baselines saved: 1 new, 1 changed, 0 unchanged."
    assert dict(Baseline.objects.in_force().values_list("mission__code", "value")) == {"KG": 12, "TJ": 6}
    assert Baseline.objects.in_force().get(mission__code="KG").recorded_by == cast.administrator
    assert not LogEntry.objects.exists()


def test_errors_are_all_listed_and_there_is_no_button(indicator, cast, sign_in) -> None:
    preview = upload(
        sign_in(cast.officer), csv_of(",".join(HEADER), "SP1-O1-I1,KG,twelve", "SP1-O1-I7,KG,3"), "base.csv"
    )
    page = text_of(preview)
    assert "There are 2 errors, so nothing can be saved." in page
    assert "2 baseline_value twelve “twelve” is not a number." in page
    assert "3 indicator SP1-O1-I7 There is no indicator" in page
    assert 'name="digest"' not in preview.content.decode()
    assert not Baseline.objects.exists()
    assert ImportBatch.objects.get().status == "refused"


def test_data_changed_since_shows_the_new_preview_and_saves_nothing(indicator, cast, sign_in) -> None:
    client = sign_in(cast.administrator)
    preview = upload(client, xlsx_of(HEADER, [["SP1-O1-I1", "KG", 12]]))
    load("baselines", csv_of("indicator,mission,baseline_value", "SP1-O1-I1,KG,10"))
    before = state_of_tables()
    again = client.post(CONFIRM, {"batch": hidden(preview, "batch"), "digest": hidden(preview, "digest")})
    assert again.status_code == 200
    page = text_of(again)
    assert "The data changed since this preview. Nothing was saved" in page
    assert "baseline_value : 10 → 12" in page
    assert state_of_tables() == before
    client.post(CONFIRM, {"batch": hidden(again, "batch"), "digest": hidden(again, "digest")})
    assert Baseline.objects.in_force().get().value == 12


def test_save_pressed_twice_saves_once_and_says_that_it_is_saved_both_times(indicator, cast, sign_in) -> None:
    client = sign_in(cast.administrator)
    preview = upload(client, xlsx_of(HEADER, [["SP1-O1-I1", "KG", 12]]))
    assert "base.xlsx: 1 row read; 1 new, 0 changed, 0 unchanged." in text_of(preview)
    confirm = {"batch": hidden(preview, "batch"), "digest": hidden(preview, "digest")}
    answers = [client.post(CONFIRM, confirm) for _ in range(2)]
    for answer in answers:
        assert answer.status_code == 302
        assert answer.url == "/admin/tracker/baseline/"
    messages = [str(m) for m in answers[1].wsgi_request._messages]
    assert set(messages) == {"Baselines saved: 1 new, 0 changed, 0 unchanged."}
    assert Baseline.objects.count() == 1


def test_a_forged_digest_or_anothers_batch_saves_nothing(indicator, cast, sign_in) -> None:
    client = sign_in(cast.administrator)
    preview = upload(client, xlsx_of(HEADER, [["SP1-O1-I1", "KG", 12]]))
    client.post(CONFIRM, {"batch": hidden(preview, "batch"), "digest": "0" * 64})
    other = sign_in(cast.officer)
    answer = other.post(CONFIRM, {"batch": hidden(preview, "batch"), "digest": hidden(preview, "digest")})
    assert answer.status_code == 404
    assert not Baseline.objects.exists()


@pytest.mark.parametrize("role", ["reporter", "viewer", "nobody"])
def test_who_may_not_load_is_turned_away(indicator, cast, sign_in, role) -> None:
    client = sign_in(getattr(cast, role))
    assert client.get(URL).status_code == 403
    assert client.post(CONFIRM, {"batch": 1, "digest": "x"}).status_code == 403


def test_a_file_that_is_no_workbook_is_said_so(indicator, cast, sign_in) -> None:
    client = sign_in(cast.administrator)
    assert "report.pdf is no workbook" in text_of(upload(client, b"%PDF-1.7 no", "report.pdf"))
    assert not ImportBatch.objects.exists()
    page = text_of(upload(client, b"%PDF-1.7 no", "report.xlsx"))
    assert "There is 1 error" in page
    assert "no workbook" in page


def test_a_file_that_changes_nothing_has_no_button(indicator, cast, sign_in) -> None:
    data = csv_of(",".join(HEADER), "SP1-O1-I1,KG,12")
    load("baselines", data)
    page = text_of(upload(sign_in(cast.administrator), data, "base.csv"))
    assert "there is nothing to save" in page


def test_the_preview_of_a_large_file_stays_small(strategy, missions, cast, sign_in) -> None:
    for number in range(1, 301):
        stage.make_indicator(f"SP1-O1-I{number}")
    rows = [[f"SP1-O1-I{number}", code, number] for number in range(1, 301) for code in ("KG", "TJ")]
    preview = upload(sign_in(cast.administrator), xlsx_of(HEADER, rows))
    assert "600 rows read; 600 new" in text_of(preview)
    assert "And 400 more rows" in text_of(preview)
    assert len(preview.content) < 150_000


def test_approved_history_is_loaded_with_its_source(indicator, cast, sign_in) -> None:
    client = sign_in(cast.administrator)
    url = "/admin/tracker/reportrevision/import/"
    data = csv_of("indicator,mission,period,value", "SP1-O1-I1,KG,2020-Q1,9")
    assert "This field is required" in text_of(upload(client, data, "p.csv", url))
    preview = upload(client, data, "p.csv", url, source="Matrix of 2020")
    client.post(
        "/admin/tracker/reportrevision/process_import/",
        {"batch": hidden(preview, "batch"), "digest": hidden(preview, "digest")},
    )
    result = IndicatorResult.objects.counting().get()
    assert (result.value, result.revision.source) == (9, "Matrix of 2020")
    assert sign_in(cast.officer).get(url).status_code == 403
