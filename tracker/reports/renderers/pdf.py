"""The PDF of an edition, typeset by Typst: tagged for assistive technology (PDF/UA-1), same bytes always.

This module decides what is said and how each figure reads; the template beside it decides where it
stands. Everything goes over as JSON data, so no text of a user is ever read as markup.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.utils import translation
from django.utils.translation import gettext as _

from tracker.analysis import palette
from tracker.analysis.charts import Chart, StatusGroup, status_bars
from tracker.analysis.drawing import font_directory
from tracker.analysis.shares import show_share
from tracker.analysis.statuses import STATUSES, status_words
from tracker.common.formats import MISSING, quarter_end, show_date, show_quarter
from tracker.reports.figures import (
    EditionFigures,
    IndicatorFigures,
    MissionFigures,
    NarrativeBlock,
    PriorityFigures,
)
from tracker.reports.renderers import words

TEMPLATE = Path(__file__).with_name("template.typ")

OVERVIEW = "overview"
"""The key of the status chart among an edition's charts; every other key is an indicator's code."""

_LONGEST_WORD = 26
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def edition_charts(figures: EditionFigures) -> dict[str, Chart]:
    """The charts that can be drawn from the figures alone: the statuses by priority."""
    if not figures.status_counts:
        return {}
    with translation.override(figures.language):
        groups = [StatusGroup(item.code, item.title, item.status_counts) for item in figures.priorities]
        return {OVERVIEW: status_bars(groups=groups, scope=figures.scope_name, as_of=figures.period)}


def render_pdf(figures: EditionFigures, charts: Mapping[str, Chart]) -> bytes:
    """The edition as an A4 PDF/UA-1 document.

    ``charts`` holds the overview and, by indicator code, charts that follow the table of its priority.
    The file is dated by the figures, not by the clock: the same figures and charts give the same bytes.
    """
    with translation.override(figures.language):
        data = _clean(_document(figures, charts))
    compiler = typst.Compiler(
        input=TEMPLATE.read_bytes(),
        root=str(TEMPLATE.parent),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, sort_keys=True)},
    )
    made = datetime.datetime.combine(figures.generated_on, datetime.time(), tzinfo=datetime.UTC)
    output = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=made)
    if not isinstance(output, bytes):
        raise RuntimeError("Typst gave no PDF back.")
    return output


@cache
def _fonts() -> typst.Fonts:
    """Only the fonts that come in a wheel: what a machine has installed must not change the document."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font_directory())]
    )


def _document(figures: EditionFigures, charts: Mapping[str, Chart]) -> dict[str, Any]:
    language, _dash, region = figures.language.partition("-")
    overview = charts.get(OVERVIEW)
    return {
        "colours": {
            "ink": palette.INK,
            "grey": palette.GREY,
            "hairline": palette.HAIRLINE,
            "accent": palette.ACCENT,
            "alarm": palette.ALARM,
            "watermark": palette.WATERMARK,
        },
        "lang": language,
        "region": region or None,
        "title": figures.title,
        "author": figures.organisation or figures.strategy,
        "organisation": figures.organisation,
        "strategy": figures.strategy,
        "scope": figures.scope_name,
        "period": show_quarter(figures.period),
        "as_of": figures.as_of,
        "generated": words.generated_sentence(figures),
        "coverage": words.coverage_sentence(figures),
        "missing": words.missing_sentence(figures),
        "warnings": words.standing_sentences(figures),
        "kosovo": words.kosovo_note(figures),
        "draft": _("DRAFT") if figures.draft else None,
        "demonstration": _("Demonstration data") if figures.demonstration else None,
        "provisional": _("Provisional") if figures.provisional else None,
        "labels": {
            "overview": _("At a glance"),
            "coverage": _("Reports counted"),
            "contents": _("Contents"),
            "notes": _("How to read this report"),
            "page": _("%(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
            "columns": [
                _("Indicator"),
                _("Value"),
                _("Expected"),
                _("Target"),
                _("Attainment"),
                _("Status"),
            ],
            "statuses": _("Marks"),
        },
        "marks": {code: style.mark for code, style in STATUSES.items()},
        "overview": _picture(overview) if overview else None,
        "nothing_due": None if figures.indicator_count else words.nothing_due_sentence(figures),
        "narrative": [_narrative(block) for block in figures.narrative],
        "priorities": [_priority(item, figures, charts) for item in figures.priorities],
        "notes": words.rules_in_words(figures),
        "statuses": [(code, str(style.word)) for code, style in STATUSES.items()],
    }


def _priority(
    priority: PriorityFigures, figures: EditionFigures, charts: Mapping[str, Chart]
) -> dict[str, Any]:
    return {
        "code": priority.code,
        "title": priority.title,
        "counts": words.counts_in_words(priority),
        "nothing": None if priority.indicators else _("No indicators were due."),
        "narrative": [_narrative(block) for block in priority.narrative],
        "rows": [_indicator_row(row, figures) for row in priority.indicators],
        "charts": [_picture(charts[row.code]) for row in priority.indicators if row.code in charts],
    }


def _indicator_row(row: IndicatorFigures, figures: EditionFigures) -> dict[str, Any]:
    remarks = words.row_remarks(row)
    other = _("all: %(value)s") % {"value": row.show(row.value)} if row.has_other_value else None
    return {
        "code": row.code,
        "name": row.name,
        "remarks": remarks,
        "value": words.shown_missing(row.status) if row.actual is None else row.show(row.actual),
        "other": other,
        "judged": show_quarter(row.judged_at) if row.judged_at else None,
        "expected": row.show(row.expected),
        "target": row.show(row.target),
        "due": _due(row),
        "attainment": show_share(row.attainment, figures) or MISSING,
        "status": row.status,
        "word": _status_word(row, is_flow=row.is_flow),
        "missions": [_mission_row(item, row, figures) for item in row.missions],
    }


def _mission_row(mission: MissionFigures, row: IndicatorFigures, figures: EditionFigures) -> dict[str, Any]:
    return {
        "name": mission.name,
        "remarks": [mission.note] if mission.note else [],
        "value": words.shown_missing(mission.status)
        if mission.value is None
        else row.show_own(mission.value),
        # Said only where it differs: an assignment that ended is judged as of its end.
        "judged": show_quarter(mission.judged_at)
        if mission.judged_at and mission.judged_at != row.judged_at
        else None,
        "expected": row.show_own(mission.expected),
        "target": row.show_own(mission.target),
        "due": _due(mission) if mission.target_due != row.target_due else None,
        "attainment": show_share(mission.attainment, figures) or MISSING,
        "status": mission.status,
        "word": _status_word(mission, is_flow=row.is_flow),
    }


def _due(row: IndicatorFigures | MissionFigures) -> str | None:
    if row.target is None or row.target_due is None:
        return None
    return show_date(row.target_due)


def _status_word(row: IndicatorFigures | MissionFigures, *, is_flow: bool) -> str:
    judged_on = quarter_end(row.judged_at) if row.judged_at else None
    return status_words(row.status, target_due=row.target_due, judged_on=judged_on, is_flow=is_flow)


def _narrative(block: NarrativeBlock) -> dict[str, Any]:
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", block.text)]
    return {
        "heading": block.heading,
        "lang": block.language.partition("-")[0],
        "paragraphs": [paragraph for paragraph in paragraphs if paragraph],
    }


def _picture(chart: Chart) -> dict[str, str]:
    return {"svg": chart.svg, "alt": chart.alt}


def _clean(value: Any) -> Any:
    """The data without characters that no PDF may hold, and with places to break very long words."""
    if isinstance(value, str):
        text = _UNPRINTABLE.sub("", value)
        return text if text.startswith("<svg") else re.sub(rf"\S{{{_LONGEST_WORD},}}", _breakable, text)
    if isinstance(value, Mapping):
        return {key: _clean(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean(item) for item in value]
    return value


def _breakable(match: re.Match[str]) -> str:
    word = match[0]
    half = _LONGEST_WORD // 2
    return "\u200b".join(word[at : at + half] for at in range(0, len(word), half))
