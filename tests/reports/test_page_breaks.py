"""Where the pages of a PDF break: a section does not begin at the foot of one."""

import io
from dataclasses import replace

import pypdf
import pytest

from tests.reports.samples import long_edition
from tracker.reports.figures import NarrativeBlock
from tracker.reports.renderers.pdf import render_pdf


def pages(figures) -> list[str]:
    """The text of each page, with line ends as spaces; without the chart, which names the sections too."""
    reader = pypdf.PdfReader(io.BytesIO(render_pdf(figures, {})))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def two_sections(rows: int, **of_second):
    """An edition whose second section begins after so many rows of the first."""
    [first] = long_edition(rows).priorities
    [like] = long_edition(20).priorities
    second = replace(
        like,
        code="SP2",
        title="Mobility",
        indicators=tuple(
            replace(row, code=row.code.replace("SP1", "SP2"), name=f"Second {row.name}")
            for row in like.indicators
        ),
        **of_second,
    )
    return replace(long_edition(rows), priorities=(first, second))


# Twelve rows fill most of a page: over these numbers a section begins at every height of it.
@pytest.mark.parametrize("rows", range(10, 24))
def test_two_rows_at_least_stand_under_the_head_of_a_section(rows):
    texts = pages(two_sections(rows))
    [page] = [text for text in texts if "SP2 Mobility" in text]
    assert "SP2-O1-I1 Second" in page
    assert "SP2-O1-I2 Second" in page
    every = " ".join(texts)
    assert [every.count(f"SP2-O1-I{number} ") for number in (1, 2, 20)] == [1, 1, 1]


@pytest.mark.parametrize("rows", range(10, 24))
def test_a_narrative_stands_under_the_head_and_two_rows_under_that_of_the_table(rows):
    block = NarrativeBlock(heading="What changed", text="One sentence.\n\nAnother sentence.")
    texts = pages(two_sections(rows, narrative=(block,)))
    [page] = [text for text in texts if "SP2 Mobility" in text]
    assert "What changed One sentence." in page
    [page] = [text for text in texts if "SP2-O1-I1 Second" in text]
    assert "SP2-O1-I2 Second" in page


def test_a_section_of_one_row_is_whole():
    [page] = [text for text in pages(long_edition(1)) if "SP1 Resilience" in text]
    assert "SP1-O1-I1" in page
