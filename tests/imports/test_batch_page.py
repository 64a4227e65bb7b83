"""The page of one batch, in every state, and the steps from there."""

import csv
import html
import io
import re

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import stage
from tests.batches.sheets import check, csv_of, csv_of_rows, load, save, xlsx_of_sheets
from tracker.batches.models import ImportBatch
from tracker.batches.services import apply_batch, cancel_batch, check_batch, prune_lines, receive_file
from tracker.imports.registry import KINDS
from tracker.progress.models import Baseline, Target

HEADER = "indicator,mission,baseline_value"


@pytest.fixture(autouse=True)
def indicator(strategy, missions, open_period):
    made = stage.make_indicator()
    stage.assign(made, missions["KG"], missions["TJ"])
    return made


def address(batch: ImportBatch, name: str = "import-batch", *more: str) -> str:
    return reverse(name, args=[batch.pk, *more])


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def show(client, batch: ImportBatch, **asked) -> str:
    return text_of(client.get(address(batch), asked))


# -- What it shows -------------------------------------------------------------------------------------
def test_a_checked_file_shows_old_and_new_of_each_cell_and_one_button(cast, sign_in) -> None:
    load("baselines", csv_of(f"{HEADER},note", "SP1-O1-I1,TJ,0,seen"))
    batch = check(
        "baselines", csv_of(f"{HEADER},note", "SP1-O1-I1,KG,0,", "SP1-O1-I1,TJ,6,"), user=cast.officer
    ).batch
    page = show(sign_in(cast.officer), batch)
    assert "rows read 2 new 1 changed 1 unchanged 0 errors 0" in page
    assert "2 + New SP1-O1-I1 / KG baseline_value 0" in page
    assert "baseline_value 0 → becomes 6" in page
    assert "note seen → becomes (empty)" in page
    assert "Save: 1 new, 1 changed" in page


def test_an_error_says_where_what_and_how_to_go_on(cast, sign_in) -> None:
    batch = check("baselines", csv_of(HEADER, "SP1-O1-I1,KG,five", "SP1-O1-I1,TJ,1"), user=cast.officer).batch
    page = show(sign_in(cast.officer), batch)
    assert "There is 1 error, so nothing was saved." in page
    assert "2 ✕ Error baseline_value “five” is not a number." in page
    assert "Save:" not in page
    assert "good row" not in page  # an administrator's choice
    assert "Save the 1 good row…" in show(sign_in(cast.administrator), batch)


def test_a_question_is_shown_and_saving_answers_it(cast, sign_in) -> None:
    header, row = "indicator,mission,2022,2023,basis", "SP1-O1-I1,KG,30,20,to_date"
    batch = check("targets", csv_of(header, row), user=cast.officer).batch
    page = show(sign_in(cast.officer), batch)
    assert "errors 0 questions 1" in page
    assert "There is 1 question: something that can be saved and looks wrong." in page
    assert (
        "2 ? Question 2023 “20” The running total falls from 30 to 20 by 31 Dec 2023. Is that right?" in page
    )
    assert "Save: 1 new, 0 changed" in page
    apply_batch(batch=batch, kind=KINDS["targets"], digest=batch.plan_digest, user=cast.officer)
    assert Target.objects.in_force().count() == 2


def test_the_targets_of_a_row_stand_date_by_date(cast, sign_in) -> None:
    header, row = "indicator,mission,2022,2023,basis", "SP1-O1-I1,KG,20,30,to_date"
    batch = check("targets", csv_of(header, row), user=cast.officer).batch
    page = show(sign_in(cast.officer), batch)
    assert (
        "SP1-O1-I1 / KG 2022-12-31 level 20 basis to_date given 20 2023-12-31 level 30 basis to_date given 30"
        in page
    )


def test_lines_are_narrowed_by_outcome_column_and_text(cast, sign_in) -> None:
    rows = ["SP1-O1-I1,KG,five", "SP9,TJ,1", "SP1-O1-I1,TJ,7"]
    batch = check("baselines", csv_of(HEADER, *rows), user=cast.officer).batch
    client = sign_in(cast.officer)

    def rows_of(**asked):
        return [line.row for line, _mark in client.get(address(batch), asked).context["rows"]]

    assert rows_of() == [2, 3, 4]
    assert rows_of(outcome="error") == [2, 3]
    assert rows_of(column="indicator") == [3]
    assert rows_of(text="FIVE") == [2]
    assert rows_of(outcome="new", text="tj") == [4]
    assert rows_of(text="nowhere") == []
    assert "No row fits this choice" in show(client, batch, text="nowhere")


def test_the_page_asks_the_same_number_of_questions_for_ten_lines_and_for_a_thousand(
    cast, missions, sign_in
) -> None:
    client = sign_in(cast.administrator)
    asked = []
    for most in (10, 1000):
        rows = [f"SP1-O1-I{number},KG,x" for number in range(2, most + 2)]
        batch = check("baselines", csv_of(HEADER, "SP1-O1-I1,KG,1", *rows), user=cast.administrator).batch
        for query in ({}, {"page": "9", "text": "SP1"}):
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(address(batch), query)
            assert answer.status_code == 200
            asked.append(len(queries))
        assert len(answer.context["rows"]) <= 100
    assert asked[:2] == asked[2:]
    assert len(answer.content) < 100_000


def test_the_same_file_before_is_said_with_the_way_to_it(cast, sign_in) -> None:
    data = csv_of(HEADER, "SP1-O1-I1,KG,1")
    first = save("baselines", data, user=cast.officer)
    again = check("baselines", data, user=cast.second_officer).batch
    answer = sign_in(cast.second_officer).get(address(again))
    assert "This same file was uploaded before" in text_of(answer)
    assert f'href="{address(first)}"' in answer.content.decode()
    assert "there is nothing to save" in text_of(answer)
    assert 'name="outcome"' not in answer.content.decode()  # nothing to narrow


def test_drafts_of_others_show_an_administrator_that_they_are_there_and_nothing_of_them(
    cast, sign_in
) -> None:
    drafts = csv_of("indicator,mission,period,value", "SP1-O1-I1,KG,2024-Q4,98765")
    batch = check("progress", drafts, user=cast.reporter).batch
    assert "98765" in show(sign_in(cast.reporter), batch)
    page = show(sign_in(cast.administrator), batch)
    assert "1 new" in page
    assert "98765" not in page
    assert "Save" not in page


# -- Read differently ----------------------------------------------------------------------------------
def test_an_unknown_column_is_mapped_remembered_and_used_for_the_next_file(cast, sign_in) -> None:
    client = sign_in(cast.officer)
    batch = check("baselines", csv_of("indicator,mission,Wert", "SP1-O1-I1,KG,5"), user=cast.officer).batch
    assert "1 column is not known and not used: “Wert”" in show(client, batch)
    client.post(address(batch, "import-check"), {"heading": ["Wert"], "column": ["baseline_value"]})
    batch.refresh_from_db()
    assert (batch.status, batch.new, batch.reading["mapping"]) == ("checked", 1, {"Wert": "baseline_value"})
    client.post(address(batch, "import-save"), {"digest": batch.plan_digest})
    assert Baseline.objects.in_force().get().value == 5
    nxt = check("baselines", csv_of("indicator,mission,Wert", "SP1-O1-I1,TJ,6"), user=cast.officer).batch
    page = show(client, nxt)
    assert "Columns were taken as in the last file of this shape" in page
    assert "1 new" in page


def test_another_sheet_header_row_and_reason_can_be_chosen(cast, sign_in) -> None:
    good = [HEADER.split(","), ["SP1-O1-I1", "KG", 5]]
    book = xlsx_of_sheets({"Old": [HEADER.split(","), ["SP1-O1-I1", "KG", 4]], "New": [["Title"], *good]})
    batch = check("baselines", book, user=cast.officer, filename="b.xlsx").batch
    client = sign_in(cast.officer)
    sent = {"sheet": "New", "header_row": "2", "reason": "Counted anew"}
    assert client.post(address(batch, "import-check"), sent).status_code == 302
    batch.refresh_from_db()
    assert batch.reading == {"sheet": "New", "header_row": 2}
    assert batch.options == {"reason": "Counted anew"}
    [line] = batch.lines.changes()
    assert ["baseline_value", None, "5"] in line.cells
    wrong = client.post(address(batch, "import-check"), {"sheet": "None such", "header_row": "0"})
    assert wrong.status_code == 422
    assert "This has to be put right first" in text_of(wrong)


# -- Steps ---------------------------------------------------------------------------------------------
def test_save_pressed_twice_saves_once_and_says_it_is_saved(cast, sign_in) -> None:
    batch = check("baselines", csv_of(HEADER, "SP1-O1-I1,KG,5"), user=cast.officer).batch
    client = sign_in(cast.officer)
    for _press in range(2):
        answer = client.post(address(batch, "import-save"), {"digest": batch.plan_digest}, follow=True)
        assert answer.redirect_chain == [(address(batch), 302)]
        assert "Saved: 1 new, 0 changed." in text_of(answer)
    assert Baseline.objects.count() == 1
    assert "It was saved on" in show(client, batch)


def test_what_the_data_overtook_is_shown_anew_and_not_saved(cast, sign_in) -> None:
    batch = check("baselines", csv_of(HEADER, "SP1-O1-I1,KG,5"), user=cast.officer).batch
    load("baselines", csv_of(HEADER, "SP1-O1-I1,KG,4"))
    client = sign_in(cast.officer)
    page = text_of(client.post(address(batch, "import-save"), {"digest": batch.plan_digest}, follow=True))
    assert page.count("The data changed since this preview.") == 1
    assert "baseline_value 4 → becomes 5" in page
    assert Baseline.objects.in_force().get().value == 4


def test_an_administrator_saves_the_good_rows_after_seeing_what_is_left_out(cast, sign_in) -> None:
    batch = check("baselines", csv_of(HEADER, "SP1-O1-I1,KG,five", "SP1-O1-I1,TJ,7"), user=cast.officer).batch
    client = sign_in(cast.administrator)
    asked = client.get(address(batch, "import-save-good"))
    assert "Save 1 good row?" in text_of(asked)
    assert "1 row is left out" in text_of(asked)
    assert "“five” is not a number" in text_of(asked)
    assert not Baseline.objects.exists()
    sent = {"digest": batch.plan_digest}
    assert sign_in(cast.officer).post(address(batch, "import-save-good"), sent).status_code == 403
    done = sign_in(cast.administrator).post(address(batch, "import-save-good"), sent, follow=True)
    assert "Saved: 1 new, 0 changed. 1 row was left out." in text_of(done)
    assert "Only the good rows: 1 row was left out." in text_of(done)
    assert Baseline.objects.get().mission.code == "TJ"


def test_a_file_that_was_given_up_or_whose_lines_are_gone_can_be_checked_again(
    cast, sign_in, settings
) -> None:
    client = sign_in(cast.officer)
    batch = check("baselines", csv_of(HEADER, "SP1-O1-I1,KG,5"), user=cast.officer).batch
    client.post(address(batch, "import-cancel"))
    assert "It was cancelled, and nothing was saved." in show(client, batch)
    settings.IMPORT_LINES_KEPT_DAYS = -1
    assert prune_lines() == 1
    assert "What was found in it is not kept so long" in show(client, batch)
    looked_at = check("baselines", csv_of(HEADER, "SP1-O1-I1,KG,6"), user=cast.officer).batch
    prune_lines()
    forgotten = show(client, looked_at)
    assert "what was found in it is no longer kept" in forgotten
    assert "Check again" in forgotten
    assert "Save:" not in forgotten  # nobody saves what they cannot see
    page = text_of(client.post(address(batch, "import-check"), {"as-before": "1"}, follow=True))
    assert "Checked again." in page
    assert "Save: 1 new, 0 changed" in page


def test_a_file_at_a_worker_is_waited_for_and_can_be_cancelled(cast, sign_in) -> None:
    kind = KINDS["baselines"]
    batch = receive_file(
        kind=kind, data=csv_of(HEADER, "SP1-O1-I1,KG,5"), filename="a.csv", user=cast.officer
    ).batch
    check_batch(batch=batch, kind=kind, at_once=False)
    client = sign_in(cast.officer)
    waiting = client.get(address(batch), headers={"HX-Request": "true"})
    assert 'hx-trigger="every 2s"' in waiting.content.decode()
    assert "It waits for its turn." in text_of(waiting)
    batch.refresh_from_db()
    batch.job.stage, batch.job.total = "checking", 50_000
    batch.job.save()
    assert "50\u202f000 rows read; they are being checked." in client.get(address(batch)).content.decode()
    cancel_batch(batch=batch, kind=kind, user=cast.officer)
    assert client.get(address(batch), headers={"HX-Request": "true"})["HX-Refresh"] == "true"


# -- Taken away ----------------------------------------------------------------------------------------
def test_all_lines_are_downloaded_as_shown_a_cell_a_row(cast, sign_in) -> None:
    load("baselines", csv_of(f"{HEADER},note", "SP1-O1-I1,TJ,0,=1+1"))
    batch = check(
        "baselines", csv_of(f"{HEADER},note", "SP1-O1-I1,TJ,6,", "x,KG,1,"), user=cast.officer
    ).batch
    client = sign_in(cast.officer)
    answer = client.get(address(batch, "import-lines", "csv"))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))[1:]
    assert [row[1:7] for row in rows] == [
        ["3", "Error", "", "indicator", "", "x"],
        ["2", "Changed", "SP1-O1-I1 / TJ", "baseline_value", "0", "6"],
        ["2", "Changed", "SP1-O1-I1 / TJ", "note", "'=1+1", ""],
    ]
    book = openpyxl.load_workbook(
        io.BytesIO(client.get(address(batch, "import-lines", "xlsx"), {"outcome": "error"}).content)
    )
    assert [row[1].value for row in book.active.iter_rows(min_row=2)] == [3]
    assert client.get(address(batch, "import-lines", "exe")).status_code == 404


def test_the_file_comes_back_with_its_errors_marked(cast, sign_in) -> None:
    data = csv_of_rows(["indicator", "mission", "Wert"], [["SP1-O1-I1", "KG", "five"]])
    batch = check(
        "baselines",
        data,
        user=cast.officer,
        filename="b.csv",
        reading={"mapping": {"Wert": "baseline_value"}},
    ).batch
    answer = sign_in(cast.officer).get(address(batch, "import-marked"))
    assert answer["Content-Disposition"] == 'attachment; filename="b to correct.xlsx"'
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    said = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert any("“five” is not a number" in text for text in said)
    assert book.worksheets[1]["C2"].comment is not None


# -- Taken back ----------------------------------------------------------------------------------------
def test_undo_says_what_it_would_do_asks_why_and_keeps_the_reason(cast, sign_in) -> None:
    batch = save("baselines", csv_of(HEADER, "SP1-O1-I1,KG,5"), user=cast.officer)
    client = sign_in(cast.officer)
    url = address(batch, "import-undo")
    asked = client.get(url)
    assert "Undo this import?" in text_of(asked)
    assert "are withdrawn and stay on record 1 " in text_of(asked)
    missing = client.post(url, {"reason": " "})
    assert missing.status_code == 422
    assert "Say why it is undone" in text_of(missing)
    done = client.post(url, {"reason": "The wrong year"}, follow=True)
    assert "Undone: 0 restored, 0 deleted, 1 withdrawn." in text_of(done)
    assert "It was saved, and undone on" in text_of(done)
    assert "“The wrong year”" in text_of(done)
    assert not Baseline.objects.in_force().exists()
    again = client.post(url, {"reason": "The wrong year"}, follow=True)
    assert again.redirect_chain == [(address(batch), 302)]
    assert sign_in(cast.second_officer).get(url).status_code == 403


def test_what_came_after_a_file_is_listed_and_downloaded_and_nothing_is_undone(cast, sign_in) -> None:
    batch = save("baselines", csv_of(HEADER, "SP1-O1-I1,KG,5"), user=cast.officer)
    later = check(
        "baselines", csv_of(HEADER, "SP1-O1-I1,KG,6"), user=cast.second_officer, reason="Anew"
    ).batch
    apply_batch(
        batch=later, kind=KINDS["baselines"], digest=later.plan_digest, user=cast.second_officer, at_once=True
    )
    client = sign_in(cast.officer)
    page = text_of(client.get(address(batch, "import-undo")))
    assert "This import cannot be undone now" in page
    assert "Second.Officer" in page
    refused = client.post(address(batch, "import-undo"), {"reason": "Wrong"})
    assert refused.status_code == 409
    assert Baseline.objects.in_force().get().value == 6
    listed = client.get(address(batch, "import-conflicts")).content.decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(listed)))) == 2
    assert "Second.Officer" in listed
