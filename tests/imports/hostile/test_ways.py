"""What holds for every file, whatever is in it: what it is called, that it is kept and given back as nothing but bytes,
that what it says is shown and taken away as text, and that the shell answers as the pages do.
"""

import csv
import html
import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest
from django.core.management import call_command
from django.urls import reverse

from tests.batches.sheets import check, csv_of_rows, look, save, state_of_tables
from tests.conftest import Cast
from tests.scenery import scenery
from tracker.batches.models import ImportBatch
from tracker.common.errors import Refused
from tracker.progress.models import Baseline

from . import archives, encodings, figures, layouts, others, progress, texts
from .cases import CASES, Case, TurnedAway, Wrong
from .making import lines
from .texts import FORMULA, HTML, NOTED
from .world import make_world

pytestmark = pytest.mark.django_db
ONE = lines("SP1-O1-I1,KG,5")


@scenery
def world(missions, open_period, cast: Cast) -> None:
    make_world(missions, open_period, reporter=cast.reporter, officer=cast.officer)


# -- Names -----------------------------------------------------------------------------------------------
NAMES = {
    "../../../etc/passwd.csv": "passwd.csv",
    "C:\\Users\\Ms A\\My figures.csv": "My figures.csv",
    "quo\"ted'.csv": "quo\"ted'.csv",
    "two\r\nlines.csv": "two__lines.csv",
    "nul\0.csv": "nul_.csv",
    "n" * 300 + ".csv": "n" * 196 + ".csv",
    "🏔 Ош.csv": "🏔 Ош.csv",
    "approved\u202evsc.csv": "approved_vsc.csv",
    "=HYPERLINK(1).csv": "=HYPERLINK(1).csv",
    "<script>alert(1)</script>.csv": "script>.csv",
    "%(file)s %s {0}.csv": "%(file)s %s {0}.csv",
    "x.xlsx.csv": "x.xlsx.csv",
    ".csv": ".csv",
    "CON.csv": "CON.csv",
    "..": "file",
    "": "file",
}


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_name_is_shown_and_never_a_path(name: str, world, cast: Cast, sign_in, kept_files: Path) -> None:
    batch = check("baselines", ONE, user=cast.officer, filename=name).batch
    assert (batch.filename, batch.status) == (NAMES[name], "checked")
    [kept] = [path for path in kept_files.rglob("*") if path.is_file()]
    assert kept.parent.parent.parent == kept_files / "imports"
    assert kept.name.partition(".")[0] == batch.sha256[:16]
    assert kept.suffix in (".csv", "")
    client = sign_in(cast.officer)
    page = client.get(reverse("import-batch", args=[batch.pk])).content.decode()
    assert html.escape(batch.filename) in page
    assert "<script>alert" not in page
    answer = client.get(reverse("batch-file", args=[batch.pk]))
    assert_only_a_download(answer)
    assert not set(answer["Content-Disposition"]) & set("\r\n\0/\\")


@pytest.mark.parametrize("name", ["a.html", "a.svg", "a.csv.exe", "a.xlsx.php", "a.js", "a.lnk"])
def test_what_has_the_name_of_something_else_is_not_kept(
    name: str, world, cast: Cast, kept_files: Path
) -> None:
    with pytest.raises(Refused, match="is no workbook"):
        check("baselines", ONE, user=cast.officer, filename=name)
    assert not kept_files.exists()


# -- What leaves -----------------------------------------------------------------------------------------
def assert_only_a_download(answer) -> None:
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"].split("; ")
    assert "default-src 'none'" in answer["Content-Security-Policy"].split("; ")
    assert "no-store" in answer["Cache-Control"]


def test_what_was_uploaded_is_given_back_as_bytes_and_shown_by_no_browser(world, cast: Cast, sign_in) -> None:
    batch = check("baselines", others.web_page(), user=cast.officer, filename="page.csv").batch
    client = sign_in(cast.officer)
    answer = client.get(reverse("batch-file", args=[batch.pk]))
    assert_only_a_download(answer)
    assert answer["Content-Type"] == "application/octet-stream"
    assert b"".join(answer.streaming_content) == others.web_page()
    batch = check("baselines", texts.code_that_looks_like_html(), user=cast.officer).batch
    for address in ("import-marked", "import-lines"):
        more = ["csv"] if address == "import-lines" else []
        assert_only_a_download(client.get(reverse(address, args=[batch.pk, *more])))


def test_what_a_file_says_is_text_on_its_page(world, cast: Cast, sign_in) -> None:
    client = sign_in(cast.officer)
    for data in (texts.text_that_looks_like_html(), texts.code_that_looks_like_html()):
        batch = check("baselines", data, user=cast.officer).batch
        page = client.get(reverse("import-batch", args=[batch.pk])).content.decode()
        assert html.escape(HTML) in page
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_a_text_that_turns_the_direction_around_turns_nothing_beside_it(world, cast: Cast, sign_in) -> None:
    batch = check("baselines", texts.direction_turned_around(), user=cast.officer).batch
    page = sign_in(cast.officer).get(reverse("import-batch", args=[batch.pk])).content.decode()
    assert "<bdi>approved\u202egnp.exe</bdi>" in page


def test_a_formula_goes_out_as_text_and_comes_back_as_it_was(world, cast: Cast, sign_in) -> None:
    save("baselines", texts.formula_as_text(), user=cast.officer)
    assert Baseline.objects.get(note=FORMULA)
    client = sign_in(cast.officer)
    for suffix in ("csv", "xlsx", "ods"):
        answer = client.get(reverse("export", args=["baselines", suffix]))
        data = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if suffix == "csv":
            cells = [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))) for cell in row]
            assert "'" + FORMULA in cells
            assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]
        elif suffix == "xlsx":
            cells = [
                cell
                for row in openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].iter_rows()
                for cell in row
            ]
            assert [cell.data_type for cell in cells if cell.value == FORMULA] == ["s"]
            assert "f" not in {cell.data_type for cell in cells}
        else:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                assert b"table:formula" not in archive.read("content.xml")
        again = look("baselines", data, user=cast.officer, filename=f"baselines.{suffix}").plan
        assert (again.counts(), again.errors) == ({"new": 0, "changed": 0, "unchanged": 2}, [])


def test_the_lists_of_a_file_run_no_formula_either(world, cast: Cast, sign_in) -> None:
    data = csv_of_rows(NOTED, [[FORMULA, "KG", 5, ""], ["SP1-O1-I1", "KG", 5, "@SUM(1)"]])
    batch = check("baselines", data, user=cast.officer, filename="=1.csv").batch
    client = sign_in(cast.officer)
    answer = client.get(reverse("import-lines", args=[batch.pk, "csv"]))
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert {"'" + FORMULA, "'@SUM(1)"} <= {cell for row in rows for cell in row}
    for answer in (
        client.get(reverse("import-lines", args=[batch.pk, "xlsx"])),
        client.get(reverse("import-marked", args=[batch.pk])),
    ):
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert FORMULA in {cell.value for cell in cells}
        assert "f" not in {cell.data_type for cell in cells}


# -- Again -----------------------------------------------------------------------------------------------
def test_the_same_file_is_noticed_whatever_it_is_called(world, cast: Cast, sign_in) -> None:
    client = sign_in(cast.second_officer)
    save("baselines", ONE, user=cast.officer, filename="first.csv")
    tables = state_of_tables()
    again = check("baselines", ONE, user=cast.second_officer, filename="other name.CSV")
    assert again.batch.same_as.filename == "first.csv"
    assert again.plan.counts() == {"new": 0, "changed": 0, "unchanged": 1}
    page = client.get(reverse("import-batch", args=[again.batch.pk])).content.decode()
    assert "This same file was uploaded before" in page
    assert state_of_tables() == tables
    assert check("baselines", ONE + b"\n", user=cast.officer).batch.same_as is None


# -- From the shell --------------------------------------------------------------------------------------
MADE_FOR_THE_SHELL = (
    archives.zip_bomb_that_lies,
    archives.billion_laughs_in_the_sheet,
    archives.paths_that_lead_out,
    archives.workbook_of_excel_95,
    figures.errors_in_cells,
    figures.both_marks_in_one_file,
    layouts.merged_values,
    layouts.needed_column_missing,
    others.pdf,
    others.pdf_under_its_own_name,
    others.text_under_the_name_of_a_workbook,
    progress.suppressed_cells,
    progress.running_totals,
    progress.draft_into_a_closed_window,
    texts.cyrillic_letters_in_codes,
    encodings.windows_1251,
    texts.nul_byte,
)


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.make in MADE_FOR_THE_SHELL], ids=lambda case: case.id
)
def test_the_shell_says_the_same(case: Case, world, cast: Cast, tmp_path: Path, capsys) -> None:
    path = tmp_path / case.name
    path.write_bytes(case.make())
    kind = "progress" if case.kind == "history" else case.kind
    said = [f"--{name}={text}" for name, text in case.options.items()]
    said += ["--as", getattr(cast, case.who).email, *(["--approved"] if case.kind == "history" else [])]
    tables = state_of_tables()
    out = io.StringIO()
    code = 0
    try:
        call_command("import_data", kind, str(path), *said, stdout=out)
    except SystemExit as left:
        code = int(left.code or 0)
    answer = json.loads(out.getvalue())
    wanted = expected_errors(case)
    assert [(e["row"], e["column"] or "", e["value"] or "", e["message"]) for e in answer["errors"]] == wanted
    assert (code, answer["committed"]) == (1 if wanted else 0, False)
    assert answer["unknown_columns"] == list(case.unknown)
    assert state_of_tables() == tables
    assert not ImportBatch.objects.exists()


def expected_errors(case: Case) -> list[tuple[int | None, str, str, str]]:
    if isinstance(case.outcome, TurnedAway):
        return [(None, "", "", case.outcome.sentence)]
    return list(case.outcome.errors) if isinstance(case.outcome, Wrong) else []
