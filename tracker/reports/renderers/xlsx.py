"""The workbook of an edition: the same figures as the PDF, as numbers that can be counted with.

An empty cell is not reported, 0 is a zero, n/a does not apply. Percentages are fractions with a percent
format, dates are dates. No text is ever taken for a formula or a link.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tracker.analysis.palette import ALARM, GREY, HAIRLINE, INK, PALE
from tracker.analysis.shares import share_decimals
from tracker.analysis.statuses import STATUSES, status_words
from tracker.common.formats import PERCENTAGE, STAGE, YES_NO, quarter_end, show_quarter, show_value
from tracker.reports.figures import EditionFigures, IndicatorFigures, MissionFigures, PriorityFigures
from tracker.reports.renderers import words


def render_xlsx(figures: EditionFigures) -> bytes:
    """The edition as an XLSX workbook: Summary, Indicators, Missions where there are any, Notes.

    The file is dated by the figures, not by the clock: the same figures give the same bytes.
    """
    target = io.BytesIO()
    workbook = Workbook(
        target,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    with translation.override(figures.language):
        workbook.set_properties(
            {
                "title": figures.title,
                "subject": f"{figures.scope_name}, {figures.as_of}",
                "author": figures.organisation or figures.strategy,
                "created": datetime.datetime.combine(figures.generated_on, datetime.time()),
            }
        )
        book = _Book(workbook, figures)
        book.write_summary()
        book.write_indicators()
        if any(row.missions for priority in figures.priorities for row in priority.indicators):
            book.write_missions()
        book.write_notes()
        workbook.close()
    return target.getvalue()


class _Book:
    """One workbook in the making: its figures, and each cell format made once."""

    def __init__(self, workbook: Workbook, figures: EditionFigures) -> None:
        self.workbook = workbook
        self.figures = figures
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def style(self, **properties: Any) -> Format:
        """A cell format; the same properties give the same one."""
        full = {"font_color": INK, "valign": "top", **properties}
        key = tuple(sorted(full.items()))
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format(full)
        return self._formats[key]

    def sheet(self, name: str, widths: Sequence[float]) -> Worksheet:
        """A sheet that prints on landscape A4, one page wide, with what it is above every page."""
        sheet = self.workbook.add_worksheet(name)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)
        # In a page header an ampersand starts a code; doubled, it is an ampersand.
        marks = " · ".join(self.marks()).replace("&", "&&")
        title = self.figures.title[:100].replace("&", "&&")
        sheet.set_header(f"&L&8{title}&R&8&B{marks}")
        sheet.set_footer("&R&8&P / &N")
        return sheet

    def marks(self) -> list[str]:
        """DRAFT and the like, in the order of weight."""
        figures = self.figures
        marks = [
            (figures.draft, _("DRAFT")),
            (figures.provisional, _("Provisional")),
            (figures.demonstration, _("Demonstration data")),
        ]
        return [mark for applies, mark in marks if applies]

    # -- Sheets --------------------------------------------------------------------------------------
    def write_summary(self) -> None:
        """What this is, as of when, how complete, and how many indicators have which status."""
        figures = self.figures
        sheet = self.sheet(_("Summary"), [10, 58, *[13] * (len(STATUSES) + 1)])
        sheet.write_string(0, 0, figures.strategy, self.style(font_color=GREY))
        sheet.write_string(1, 0, figures.title, self.style(bold=True, font_size=18))
        sheet.write_string(2, 0, f"{figures.scope_name} · {figures.as_of}", self.style(font_size=12))
        row = 3
        for sentence in words.standing_sentences(figures):
            sheet.write_string(row, 0, sentence, self.style(bold=True, font_color=ALARM))
            row += 1
        coverage = (words.coverage_sentence(figures), words.missing_sentence(figures))
        for sentence in (*coverage, words.kosovo_note(figures)):
            if sentence:
                sheet.write_string(row, 0, sentence, self.style())
                row += 1
        sheet.write_string(row, 0, words.generated_sentence(figures), self.style(font_color=GREY))
        row += 2
        if not figures.indicator_count:
            sheet.write_string(row, 0, words.nothing_due_sentence(figures), self.style())
            return
        present = [code for code in STATUSES if figures.status_counts.get(code)]
        head = [_("Code"), _("Priority"), *(str(STATUSES[code].word) for code in present), _("All")]
        for column, label in enumerate(head):
            sheet.write_string(row, column, label, self.head_style(number=column > 1))
        for priority in figures.priorities:
            row += 1
            self._write_counts(sheet, row, priority, present)
        row += 1
        bold = self.style(bold=True, top=1, top_color=INK)
        sheet.write_string(row, 0, "", bold)
        sheet.write_string(row, 1, _("All"), bold)
        totals = [figures.status_counts[code] for code in present]
        for column, count in enumerate([*totals, sum(totals)], start=2):
            sheet.write_number(row, column, count, bold)

    def _write_counts(
        self, sheet: Worksheet, row: int, priority: PriorityFigures, present: Sequence[str]
    ) -> None:
        sheet.write_string(row, 0, priority.code, self.body_style())
        sheet.write_string(row, 1, priority.title, self.body_style(text_wrap=True))
        for column, code in enumerate(present, start=2):
            count = priority.status_counts.get(code, 0)
            fill = {"bg_color": STATUSES[code].tint} if count else {}
            sheet.write_number(row, column, count, self.body_style(**fill))
        sheet.write_number(
            row, len(present) + 2, sum(priority.status_counts.values()), self.body_style(bold=True)
        )

    def write_indicators(self) -> None:
        """Every indicator in a row, with what can be counted as numbers."""
        columns = [
            (_("Priority"), 9),
            (_("Code"), 12),
            (_("Indicator"), 56),
            (_("Unit"), 20),
            (_("Level"), 10),
            (_("As of"), 10),
            (_("Value"), 13),
            (_("Compared with target"), 13),
            (_("Baseline"), 13),
            (_("Expected"), 13),
            (_("Target"), 13),
            (_("Target due"), 13),
            (_("Attainment"), 12),
            (_("Pace"), 10),
            (_("Status"), 20),
            (_("Adopted"), 16),
            (_("Note"), 40),
        ]
        sheet = self._table(_("Indicators"), columns, first_number=6, last_number=13, frozen=3)
        row = 0
        for priority in self.figures.priorities:
            for item in priority.indicators:
                row += 1
                compared = item.compared_value if item.target is not None else None
                values = (item.value, compared, item.baseline, item.expected, item.target)
                for column, text in enumerate(
                    (priority.code, item.code, item.name, item.row_unit, words.level_word(item.level))
                ):
                    self._write_text(sheet, row, column, text, wrap=column in (2, 3))
                self._write_quarter(sheet, row, 5, item.judged_at)
                for column, value in enumerate(values, start=6):
                    self._write_figure(sheet, row, column, value, item, measure=item.row_measure)
                if item.value is None and item.status == "not_applicable":
                    sheet.write_string(
                        row, 6, words.shown_missing(item.status), self.body_style(align="right")
                    )
                self._write_standing(sheet, row, 11, item, is_flow=item.is_flow)
                adopted = _("Proposed, not adopted by IOM") if item.proposed else ""
                self._write_text(sheet, row, 15, adopted, wrap=True)
                self._write_text(sheet, row, 16, item.note, wrap=True)
        self._finish_table(sheet, row, len(columns))

    def write_missions(self) -> None:
        """Every indicator of every mission whose rows are included."""
        columns = [
            (_("Code"), 12),
            (_("Indicator"), 56),
            (_("Unit"), 20),
            (_("Mission code"), 9),
            (_("Mission"), 26),
            (_("As of"), 10),
            (_("Value"), 13),
            (_("Baseline"), 13),
            (_("Expected"), 13),
            (_("Target"), 13),
            (_("Target due"), 13),
            (_("Attainment"), 12),
            (_("Pace"), 10),
            (_("Status"), 20),
            (_("Note"), 40),
        ]
        sheet = self._table(_("Missions"), columns, first_number=6, last_number=12, frozen=5)
        row = 0
        for priority in self.figures.priorities:
            for item in priority.indicators:
                for mission in item.missions:
                    row += 1
                    texts = (item.code, item.name, item.unit, mission.code, mission.name)
                    for column, text in enumerate(texts):
                        self._write_text(sheet, row, column, text, wrap=column in (1, 2))
                    self._write_quarter(sheet, row, 5, mission.judged_at)
                    values = (mission.value, mission.baseline, mission.expected, mission.target)
                    for column, value in enumerate(values, start=6):
                        self._write_figure(sheet, row, column, value, item, measure=item.measure)
                    if mission.value is None and mission.status == "not_applicable":
                        sheet.write_string(
                            row, 6, words.shown_missing(mission.status), self.body_style(align="right")
                        )
                    self._write_standing(sheet, row, 10, mission, is_flow=item.is_flow)
                    self._write_text(sheet, row, 14, mission.note, wrap=True)
        self._finish_table(sheet, row, len(columns))

    def write_notes(self) -> None:
        """How to read it: the rules in words, what the file is, the texts that may be quoted."""
        figures = self.figures
        sheet = self.sheet(_("Notes"), [26, 110])
        sheet.write_string(0, 0, _("How to read this report"), self.style(bold=True, font_size=14))
        lines = [(_("As of"), figures.as_of)]
        lines += [(_("Standing"), sentence) for sentence in words.standing_sentences(figures)]
        lines += words.rules_in_words(figures)
        lines.append((_("Empty cells"), _("In this workbook, a cell without a figure is empty.")))
        if words.kosovo_note(figures):
            lines.append((_("Names"), words.kosovo_note(figures)))
        for block in figures.narrative:
            lines.append((block.heading, block.text))
        for priority in figures.priorities:
            lines += [(f"{priority.code} · {block.heading}", block.text) for block in priority.narrative]
        for row, (term, text) in enumerate(lines, start=2):
            sheet.write_string(row, 0, term, self.body_style(bold=True, text_wrap=True))
            sheet.write_string(row, 1, text, self.body_style(text_wrap=True))

    # -- Cells ---------------------------------------------------------------------------------------
    def head_style(self, *, number: bool) -> Format:
        """The format of a column's name."""
        return self.style(
            bold=True,
            text_wrap=True,
            bg_color=PALE,
            bottom=1,
            bottom_color=INK,
            align="right" if number else "left",
        )

    def body_style(self, **properties: Any) -> Format:
        """The format of a cell in a table."""
        return self.style(bottom=1, bottom_color=HAIRLINE, **properties)

    def _table(
        self,
        name: str,
        columns: Sequence[tuple[str, float]],
        *,
        first_number: int,
        last_number: int,
        frozen: int,
    ) -> Worksheet:
        sheet = self.sheet(name, [width for _label, width in columns])
        sheet.set_row(0, 32)
        for column, (label, _width) in enumerate(columns):
            number = first_number <= column <= last_number
            sheet.write_string(0, column, label, self.head_style(number=number))
        sheet.freeze_panes(1, frozen)
        sheet.repeat_rows(0)
        return sheet

    def _finish_table(self, sheet: Worksheet, last_row: int, columns: int) -> None:
        if last_row:
            sheet.autofilter(0, 0, last_row, columns - 1)
        else:
            sheet.write_string(1, 0, words.nothing_due_sentence(self.figures), self.style())

    def _write_quarter(self, sheet: Worksheet, row: int, column: int, code: str | None) -> None:
        self._write_text(sheet, row, column, show_quarter(code) if code else "", wrap=False)

    def _write_text(self, sheet: Worksheet, row: int, column: int, text: str, *, wrap: bool) -> None:
        """A text, or a truly empty cell where there is none."""
        style = self.body_style(text_wrap=True) if wrap else self.body_style()
        if text:
            sheet.write_string(row, column, text, style)
        else:
            sheet.write_blank(row, column, None, style)

    def _write_figure(
        self,
        sheet: Worksheet,
        row: int,
        column: int,
        value: Decimal | None,
        item: IndicatorFigures,
        *,
        measure: str,
    ) -> None:
        """A number as a number, a stage by its name, nothing as an empty cell."""
        decimals = item.decimals if measure == item.measure else 0
        if value is None:
            sheet.write_blank(row, column, None, self.body_style())
        elif measure in (STAGE, YES_NO):
            text = show_value(value, measure=measure, decimals=decimals, stages=item.stages)
            sheet.write_string(row, column, text, self.body_style(align="right"))
        elif measure == PERCENTAGE:
            sheet.write_number(row, column, float(value), self.body_style(num_format=_percent(decimals)))
        else:
            places = f".{'0' * decimals}" if decimals else ""
            sheet.write_number(row, column, float(value), self.body_style(num_format=f"#,##0{places}"))

    def _write_standing(
        self,
        sheet: Worksheet,
        row: int,
        column: int,
        item: IndicatorFigures | MissionFigures,
        *,
        is_flow: bool,
    ) -> None:
        """Four cells: target due, attainment, pace, and the status as a word on its colour."""
        if item.target is not None and item.target_due is not None:
            due = datetime.datetime.combine(item.target_due, datetime.time())
            style = self.body_style(num_format="d mmm yyyy", align="right")
            sheet.write_datetime(row, column, due, style)
        else:
            sheet.write_blank(row, column, None, self.body_style())
        for place, share in enumerate((item.attainment, item.pace), start=column + 1):
            if share is None:
                sheet.write_blank(row, place, None, self.body_style())
            else:
                decimals = share_decimals(share, self.figures)
                style = self.body_style(num_format=_percent(decimals, least=0))
                sheet.write_number(row, place, float(share), style)
        judged_on = quarter_end(item.judged_at) if item.judged_at else None
        word = status_words(item.status, target_due=item.target_due, judged_on=judged_on, is_flow=is_flow)
        style = self.body_style(bg_color=STATUSES[item.status].tint, text_wrap=True)
        sheet.write_string(row, column + 3, word, style)


def _percent(decimals: int, *, least: int = 1) -> str:
    places = max(decimals, least)
    return f"0.{'0' * places}%" if places else "0%"
