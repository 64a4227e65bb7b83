"""From the figures of an edition to its files: each format as a draft and as released."""

from collections.abc import Iterator
from dataclasses import replace

from .choices import EditionFormat
from .figures import EditionFigures
from .renderers.pdf import edition_charts, render_pdf
from .renderers.xlsx import render_xlsx
from .services import MadeFile


def render_files(figures: EditionFigures) -> list[MadeFile]:
    """Every file of an edition. Both marks are made at once, so that releasing changes no figure."""
    return list(_render(figures))


def _render(figures: EditionFigures) -> Iterator[MadeFile]:
    charts = edition_charts(figures)
    for is_draft in (True, False):
        marked = replace(figures, draft=is_draft)
        yield MadeFile(EditionFormat.PDF, is_draft, render_pdf(marked, charts))
        yield MadeFile(EditionFormat.XLSX, is_draft, render_xlsx(marked))
