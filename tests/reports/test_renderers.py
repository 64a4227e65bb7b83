"""The files of an edition: what they say, that they can be read by everybody, and that they never vary."""

import datetime
import hashlib
import io
import os
import subprocess
import sys
import zipfile
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pypdf
import pytest

from tests.reports.samples import MARKUP, edition, empty_edition, long_edition
from tracker.analysis.statuses import STATUSES
from tracker.reports.figures import Coverage, NarrativeBlock
from tracker.reports.renderers.pdf import OVERVIEW, edition_charts, render_pdf
from tracker.reports.renderers.xlsx import render_xlsx

ROOT = Path(__file__).resolve().parents[2]
THIN = "\N{NARROW NO-BREAK SPACE}"
DASH = "\N{EN DASH}"
MINUS = "\N{MINUS SIGN}"


@pytest.fixture(autouse=True)
def own_cache(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


def read_pdf(figures):
    return pypdf.PdfReader(io.BytesIO(render_pdf(figures, edition_charts(figures))))


def pages(figures):
    """The text of each page, with line ends as spaces."""
    return [" ".join(page.extract_text().split()) for page in read_pdf(figures).pages]


def tags(reader):
    """How often each tag occurs in the structure of a PDF, and the text alternatives in it."""
    counts, alternatives = Counter(), []

    def walk(node):
        node = node.get_object()
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict):
            if "/S" in node:
                counts[node["/S"]] += 1
            if "/Alt" in node:
                alternatives.append(node["/Alt"])
            if "/K" in node:
                walk(node["/K"])

    walk(reader.trailer["/Root"]["/StructTreeRoot"]["/K"])
    return counts, alternatives


# -- PDF -----------------------------------------------------------------------------------------------
def test_the_pdf_holds_every_figure_as_it_is_shown():
    text = " ".join(pages(edition()))
    # Thin spaces come out of the file as they went in.
    for shown in ("1 234 567", "all: 1 300 000", "1 234 000", "2 500 000", "49 %", "31 Dec 2024"):
        assert shown in text.replace(THIN, " ")
    assert "SP1-O1-I1 =SUM(A1) people who received protection assistance" in text
    assert "Of the 4 missions with targets" in text
    assert "Proposed, not adopted by IOM" in text
    assert "1 of 2 reports due are approved and counted here." in text
    assert "Not in these figures: Kosovo." in text


def test_zero_nothing_and_not_applicable_are_three_different_things_in_the_pdf():
    text = " ".join(pages(edition())).replace(THIN, " ")
    assert f"0.0 % Q4 2021 45.7 % 80.0 % 31 Dec 2024 {MINUS}18 % Off track" in text
    assert f"n/a Q4 2021 Drafted Adopted 31 Dec 2024 {DASH} Not applicable" in text
    assert f"{DASH} Q4 2021 60 90 31 Dec 2024 {DASH} No data" in text
    assert "Tajikistan 0 17 40 0 % Off track" in text
    assert f"Armenia {DASH} {DASH} 40 {DASH} No data" in text


def test_markup_in_a_title_prints_as_it_is_typed():
    reader = read_pdf(edition())
    assert MARKUP in pages(edition())[0]
    assert reader.metadata.title == f"Progress report {MARKUP}"


def test_markup_in_every_other_text_prints_as_it_is_typed():
    priority = edition().priorities[0]
    row = replace(priority.indicators[0], name=MARKUP, unit="#unit", note="*note*", code="_c_")
    block = NarrativeBlock(heading="#heading", text="#text")
    figures = edition(
        title="Plain",
        strategy="= strategy",
        scope_name="#scope",
        coverage=Coverage(reports_approved=0, missions_due=1, missing=("#missing",)),
        narrative=(block,),
        priorities=(replace(priority, code="*P*", title="#title", indicators=(row,)),),
    )
    text = " ".join(pages(figures))
    for literal in (
        MARKUP,
        "#unit",
        "*note*",
        "_c_",
        "#heading",
        "#text",
        "= strategy",
        "#scope",
        "#missing",
        "*P*",
    ):
        assert literal in text


def test_the_pdf_is_tagged_for_assistive_technology():
    figures = edition()
    reader = read_pdf(figures)
    root = reader.trailer["/Root"]
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data().decode()
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    counts, alternatives = tags(reader)
    assert counts["/Title"] == 1
    assert counts["/Table"] == 1
    assert counts["/TH"] == 6  # once, however many pages the header is printed on
    assert counts["/TR"] == 1 + 4 + 2  # header, indicators, missions
    assert alternatives == [edition_charts(figures)[OVERVIEW].alt]


def test_the_file_is_dated_by_the_figures():
    metadata = read_pdf(edition()).metadata
    assert metadata.creation_date == datetime.datetime(2022, 2, 5, tzinfo=datetime.UTC)
    assert metadata.author == "Regional Strategy 2020-2024"


def test_the_header_of_a_long_table_is_repeated_and_pages_are_numbered():
    texts = pages(long_edition())
    with_rows = [text for text in texts if "SP1-O1-I" in text]
    assert len(with_rows) >= 4
    assert all("Indicator Value Expected Target Attainment Status" in text for text in with_rows)
    for number, text in enumerate(texts[1:], start=2):
        assert f"{number} of {len(texts)}" in text
    assert sum(text.count("Indicator 37 with") for text in texts) == 1


def test_a_draft_says_so_on_every_page_and_a_released_one_on_none():
    # Twice a page: in words, and as the light mark across it.
    assert all(text.count("DRAFT") >= 2 for text in pages(edition(draft=True)))
    assert not any("DRAFT" in text or "not released" in text for text in pages(edition(draft=False)))


def test_demonstration_and_provisional_figures_are_marked():
    texts = pages(edition(demonstration=True, provisional=True))
    assert all("Demonstration data" in text for text in texts)
    assert "reports that are not yet approved are counted" in texts[0]
    assert not any("Demonstration" in text or "rovisional" in text for text in pages(edition()))


def test_cyrillic_is_printed_and_marked_with_its_language():
    text = " ".join(pages(edition()))
    assert "Кыргызстан" in text
    assert "Что изменилось" in text
    assert "#второе *слово*" in text


def test_an_edition_without_indicators_says_so():
    texts = pages(empty_edition())
    assert "No indicators were due for Regional Office by Q4 2021." in texts[1]
    assert "No report was due." in texts[0]
    assert edition_charts(empty_edition()) == {}


def test_no_character_can_stop_an_edition():
    block = NarrativeBlock(
        heading="Odd", text="a\x00b\x07c\ufffed \ud800e 😀 漢字 العربية გამარჯობა \ue000 end"
    )
    text = " ".join(pages(edition(narrative=(block,))))
    assert "abcd e" in text
    assert "გამარჯობა" in text
    assert "end" in text


def test_a_very_long_word_breaks_instead_of_running_into_the_next_column():
    word = "Donaudampfschifffahrtsgesellschaftskapitän" * 3
    priority = edition().priorities[0]
    row = replace(priority.indicators[0], name=word)
    texts = pages(edition(priorities=(replace(priority, indicators=(row,)),)))
    joined = "".join(texts).replace("\u200b", "").replace(" ", "")
    assert word in joined


def test_the_note_on_kosovo_stands_wherever_the_name_does():
    note = "Security Council resolution 1244 (1999)"
    assert note in " ".join(pages(edition()))
    without = edition(coverage=Coverage(reports_approved=2, missions_due=2))
    assert note not in " ".join(pages(without))


# -- Workbook ------------------------------------------------------------------------------------------
def read_xlsx(figures):
    return openpyxl.load_workbook(io.BytesIO(render_xlsx(figures)))


def table(sheet):
    """The rows of a sheet as dictionaries by column name."""
    head, *rows = sheet.iter_rows()
    names = [cell.value for cell in head]
    return [dict(zip(names, row, strict=True)) for row in rows]


def test_the_workbook_holds_numbers_that_can_be_counted_with():
    row = table(read_xlsx(edition())["Indicators"])[0]
    assert row["Value"].value == 1300000
    assert row["Compared with target"].value == 1234567
    assert row["Value"].number_format == "#,##0"
    assert row["Target"].value == 2500000
    assert row["Target due"].value == datetime.datetime(2024, 12, 31)
    assert row["Attainment"].value == pytest.approx(0.4938268)
    assert row["Attainment"].number_format == "0%"
    assert row["Pace"].value == pytest.approx(1.000459)
    assert row["Baseline"].value == 0
    assert row["As of"].value == "Q4 2021"
    assert row["Note"].value == "of the 4 missions with targets"


def test_an_attainment_is_not_rounded_into_another_status():
    """At 0.846 a pace is at risk, from 0.85 on track: the page, the PDF and the workbook all say 84.6 %."""
    priority = edition().priorities[0]
    row = replace(priority.indicators[0], attainment=Decimal("0.846"), pace=Decimal("0.8496"), missions=())
    figures = edition(priorities=(replace(priority, indicators=(row,)),))
    assert "84.6 %" in " ".join(pages(figures)).replace(THIN, " ")
    (cells,) = table(read_xlsx(figures)["Indicators"])
    assert (cells["Attainment"].value, cells["Attainment"].number_format) == (0.846, "0.0%")
    assert (cells["Pace"].value, cells["Pace"].number_format) == (0.8496, "0.00%")


def test_a_percentage_is_a_fraction_with_a_percent_format():
    row = table(read_xlsx(edition())["Indicators"])[1]
    assert (row["Expected"].value, row["Expected"].number_format) == (0.4567, "0.0%")
    assert (row["Value"].value, row["Value"].number_format) == (0, "0.0%")


def test_zero_nothing_and_not_applicable_are_three_different_things_in_the_workbook():
    rows = table(read_xlsx(edition())["Indicators"])
    assert [row["Value"].value for row in rows] == [1300000, 0, "n/a", None]
    assert rows[2]["Target"].value == "Adopted"
    assert rows[3]["Attainment"].value is None
    missions = table(read_xlsx(edition())["Missions"])
    assert [(row["Mission"].value, row["Value"].value) for row in missions] == [
        ("Tajikistan", 0),
        ("Armenia", None),
    ]


def test_a_status_is_a_word_on_its_colour():
    rows = table(read_xlsx(edition())["Indicators"])
    for row, code in zip(rows, ("on_track", "off_track", "not_applicable", "no_data"), strict=True):
        assert row["Status"].value == str(STATUSES[code].word)
        assert row["Status"].fill.fgColor.rgb == "FF" + STATUSES[code].tint.removeprefix("#")


def test_text_is_never_taken_for_a_formula():
    cell = table(read_xlsx(edition())["Indicators"])[0]["Indicator"]
    assert cell.value == "=SUM(A1) people who received protection assistance"
    block = NarrativeBlock(heading="=1", text="=2")
    raw = render_xlsx(edition(title="=1+1", strategy="=cmd()", narrative=(block,)))
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) == 4
        # In the file itself a formula is an <f> element; openpyxl only guesses from the text.
        assert not [name for name in sheets if b"<f>" in archive.read(name)]


def test_tables_can_be_filtered_and_keep_their_heads_in_sight():
    book = read_xlsx(edition())
    assert book.sheetnames == ["Summary", "Indicators", "Missions", "Notes"]
    assert book["Indicators"].freeze_panes == "D2"
    assert book["Indicators"].auto_filter.ref == "A1:Q5"
    assert book["Missions"].auto_filter.ref == "A1:O3"
    assert book["Indicators"].print_title_rows == "$1:$1"


def test_a_workbook_without_mission_rows_has_no_sheet_for_them():
    assert read_xlsx(long_edition(2)).sheetnames == ["Summary", "Indicators", "Notes"]
    assert read_xlsx(empty_edition())["Indicators"]["A2"].value == (
        "No indicators were due for Regional Office by Q4 2021."
    )


def test_the_summary_says_what_it_is_and_counts_the_statuses():
    cells = [
        [cell for cell in row if cell is not None]
        for row in read_xlsx(edition(demonstration=True))["Summary"].iter_rows(values_only=True)
    ]
    flat = [cell for row in cells for cell in row]
    assert f"Progress report {MARKUP}" in flat
    assert "Draft: not released. The figures and the text may still change." in flat
    assert any(str(cell).startswith("Demonstration data") for cell in flat)
    assert "1 of 2 reports due are approved and counted here." in flat
    assert any("1244" in str(cell) for cell in flat)
    assert ["Code", "Priority", "On track", "Off track", "No data", "Not applicable", "All"] in cells
    assert ["SP1", "Stronger migrants & communities", 1, 1, 1, 1, 4] in cells
    assert cells[-1][-5:] == [1, 1, 1, 1, 4]


def test_the_notes_never_call_provisional_figures_approved():
    rows = dict(read_xlsx(edition(provisional=True))["Notes"].iter_rows(min_row=3, values_only=True))
    assert rows["Value"].endswith("Reports not yet approved count too.")


def test_the_notes_explain_the_thresholds_of_the_strategy():
    rows = dict(read_xlsx(edition())["Notes"].iter_rows(min_row=3, values_only=True))
    assert f"pace of 85{THIN}% or more" in rows["Status"]
    assert "0 is a zero" in rows["No figure"]
    assert "Only approved reports count." in rows["Value"]
    assert rows["Pace"].startswith("How much of the way that was expected by now")
    assert rows["SP1 · Что изменилось"] == "Первое.\n\n#второе *слово*"


# -- Both ----------------------------------------------------------------------------------------------
SCRIPT = """
import hashlib
from django.conf import settings
settings.configure(
    CACHES={"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}},
    USE_TZ=True, TIME_ZONE="Asia/Bishkek", LANGUAGE_CODE="ru",
)
import django
django.setup()
from tests.reports.samples import edition
from tracker.reports.renderers.pdf import edition_charts, render_pdf
from tracker.reports.renderers.xlsx import render_xlsx
figures = edition()
for content in (render_pdf(figures, edition_charts(figures)), render_xlsx(figures)):
    print(hashlib.sha256(content).hexdigest())
print(figures.digest())
"""


def test_the_same_figures_give_the_same_bytes_on_any_machine():
    figures = edition()
    charts = edition_charts(figures)
    first = render_pdf(figures, charts), render_xlsx(figures)
    assert (render_pdf(figures, charts), render_xlsx(figures)) == first
    here = [*(hashlib.sha256(content).hexdigest() for content in first), figures.digest()]
    for zone, seed in (("Pacific/Kiritimati", "1"), ("America/Los_Angeles", "77")):
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        command = [sys.executable, "-c", SCRIPT]
        run = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=True)
        assert run.stdout.split() == here


def test_a_changed_figure_changes_both_files():
    figures = edition()
    priority = figures.priorities[0]
    row = replace(priority.indicators[0], attainment=None)
    changed = edition(priorities=(replace(priority, indicators=(row, *priority.indicators[1:])),))
    charts = edition_charts(figures)
    assert render_pdf(changed, charts) != render_pdf(figures, charts)
    assert render_xlsx(changed) != render_xlsx(figures)
