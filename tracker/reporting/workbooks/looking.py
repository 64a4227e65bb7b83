"""A workbook laid over its report: what it would change, what is wrong with it, and taking it over.

What was filled in goes into the forms of the pages, as if it had been typed over what the workbook showed. So it is
read, refused, and set against what colleagues saved meanwhile, as typing is.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from tracker.access.models import User
from tracker.common.errors import Refused
from tracker.common.workbooks.cells import Cell, Percent, clean_text
from tracker.common.workbooks.marks import Mark
from tracker.common.workbooks.numbers import NumberError, parse_yes_no
from tracker.progress.choices import Language
from tracker.progress.models import ReportingPeriod
from tracker.progress.services.activity_updates import save_updates
from tracker.progress.services.amounts import as_typed, find_stage, say_stages
from tracker.progress.services.narrative import save_narrative
from tracker.progress.services.results import HALF, save_results
from tracker.region.models import Mission

from ..forms import ReportGrid
from ..part_forms import NarrativeForm, PartForm, PartRow, UpdatesForm
from ..rows import Box, Clash, Difference, Row, RowError
from .layout import ACTIVITIES, BREAKDOWNS, NARRATIVE, RESULTS, Layout
from .reading import Filled, FilledRow

AnyRow = TypeVar("AnyRow", Row, PartRow[Any])
Choices = Mapping[str, str]
"""What was decided where two people changed a row, by the name under which the page asks."""

_THOUSANDTHS = -3


@dataclass(frozen=True, slots=True)
class Changed:
    """A row of which the workbook says something else than the report: the one in words, and what became of it when
    it was laid over the report. ``wrong`` is what is to be corrected in it, at its cells; ``ask`` the name of the
    question where two people changed it.
    """

    sheet: str
    code: str
    title: str
    differences: Sequence[Difference]
    wrong: Sequence[Mark]
    clash: Clash | None
    readings: Sequence[str]
    ask: str


@dataclass
class Laid:
    """A workbook laid over its report. ``refused`` says which lock was met, ``saved`` how many rows were taken over
    (or would be).
    """

    changed: list[Changed] = field(default_factory=list)
    unread: list[Mark] = field(default_factory=list)
    """What could not even be read: rows that are left out before they are set against the report."""
    refused: str = ""
    saved: int = 0

    @property
    def marks(self) -> list[Mark]:
        """Everything that is to be corrected in the workbook."""
        return [*self.unread, *(mark for each in self.changed for mark in each.wrong)]

    @property
    def left_out(self) -> int:
        """How many rows are left out until they are corrected."""
        rows = {(mark.sheet, mark.row) for mark in self.unread}
        return len(rows) + sum(1 for each in self.changed if each.wrong)

    @property
    def asked(self) -> list[Changed]:
        """The rows that two people changed."""
        return [each for each in self.changed if each.clash]

    @property
    def is_clean(self) -> bool:
        """The report says all that the workbook says."""
        return not (self.changed or self.marks)


@dataclass
class Forms:
    """The forms of a report, as it is stored."""

    results: ReportGrid
    activities: UpdatesForm
    narrative: NarrativeForm

    @property
    def parts(self) -> list[tuple[Layout, PartForm[Any]]]:
        """The forms beside the results, each with its sheet."""
        return [(ACTIVITIES, self.activities), (NARRATIVE, self.narrative)]


def lay_over(
    filled: Filled,
    *,
    forms: Forms,
    mission: Mission,
    period: ReportingPeriod,
    user: User,
    choices: Choices,
    take: bool,
) -> Laid:
    """Lay a workbook over its report: to be looked at, or to ``take`` over all that fits.

    To look is to save and to take that back, so that it says what taking over would do and nothing else.
    """
    laying = _Laying(filled, choices)
    laying.read_results(forms.results)
    laying.read_part(ACTIVITIES, forms.activities, key=lambda row: row.subject.code, read=_read_update)
    laying.read_part(NARRATIVE, forms.narrative, key=lambda row: row.key, read=_read_section)
    differences = laying.tell_differences(forms)
    laid = Laid()
    try:
        with transaction.atomic():
            laid.saved = _save(forms, mission=mission, period=period, user=user)
            transaction.set_rollback(not take)
    except Refused as refusal:
        laid.refused = str(refusal)
    laid.changed = laying.tell_outcome(forms, differences)
    laid.unread = [*filled.wrong, *laying.wrong]
    return laid


def _save(forms: Forms, *, mission: Mission, period: ReportingPeriod, user: User) -> int:
    """Save what the forms read, and mark in them what became of it; how many rows were saved."""
    count = 0
    if forms.results.typed:
        saved = save_results(mission=mission, period=period, user=user, typed=forms.results.typed)
        forms.results.mark(saved)
        count += len(saved.saved)
    parts: list[tuple[PartForm[Any], Callable[..., Any]]] = [
        (forms.activities, save_updates),
        (forms.narrative, save_narrative),
    ]
    for form, save in parts:
        if form.typed:
            written = save(mission=mission, period=period, user=user, typed=form.typed)
            form.mark(saved=written.saved, conflicts=written.conflicts)
            count += len(written.saved)
    return count


class _Laying:
    """The rows of a workbook as fields of the forms, each box with the place that it comes from."""

    def __init__(self, filled: Filled, choices: Choices) -> None:
        self.filled, self.choices = filled, choices
        self.wrong: list[Mark] = []
        self._rows: dict[tuple[Layout, str], FilledRow] = {}
        self._places: dict[tuple[Layout, str], tuple[FilledRow, str]] = {}

    # -- Into the forms -------------------------------------------------------------------------------
    def read_results(self, grid: ReportGrid) -> None:
        """Read the sheets of results and of their breakdowns."""
        data: dict[str, str] = {}
        cells: dict[str, dict[int, FilledRow]] = defaultdict(dict)
        for filled in self.filled.rows.get(BREAKDOWNS, ()):
            cells[filled.name.code][filled.name.cell or 0] = filled
        rows = {row.indicator.code: row for row in grid.rows}
        for filled in self.filled.rows.get(RESULTS, ()):
            own = cells.pop(filled.name.code, {})
            row = rows.get(filled.name.code)
            if row is None:
                self._refuse_strangers(
                    [filled, *own.values()], _("%(code)s is not due in this report. Empty the row.")
                )
            elif (fields := self._read_row(filled, row, own)) is not None:
                data |= fields
                self._rows[RESULTS, str(row.indicator.pk)] = filled
                data[f"{row.indicator.pk}-choice"] = self.choices.get(_ask(RESULTS, row.indicator.pk), "")
        for left in cells.values():
            self._refuse_strangers(
                left.values(),
                _(
                    "The row of %(code)s in “%(results)s” is not read, and so this one is not. Put it right first."
                ),
            )
        grid.read(data)

    def _read_row(self, filled: FilledRow, row: Row, own: dict[int, FilledRow]) -> dict[str, str] | None:
        """The fields of an indicator; None after noting what cannot be read."""
        pk, before = row.indicator.pk, len(self.wrong)
        fields = {
            f"{pk}-na": self._read_not_applicable(filled),
            row.comment.name: _as_text(filled.cells.get("comment"), row.comment),
        }
        for key, box in zip(BREAKDOWNS.filled, row.amount.boxes, strict=True):
            fields[box.name] = self._read_amount(filled, key, row, box)
        self._places |= {(RESULTS, f"box-{pk}-{key}"): (filled, key) for key in RESULTS.filled}
        shown = filled.shown
        if not own:
            # Nothing is known of cells without their sheet: they stay.
            shown = shown[:HALF]
        else:
            row.unfold()
            for cell, boxes in row.amounts:
                if cell is None:
                    continue
                if (each := own.pop(cell, None)) is None:
                    fields |= {box.name: box.text for box in boxes.boxes}
                    continue
                for key, box in zip(BREAKDOWNS.filled, boxes.boxes, strict=True):
                    fields[box.name] = self._read_amount(each, key, row, box)
                    self._places[RESULTS, box.id] = each, key
        self._refuse_strangers(
            own.values(), _("%(code)s is not broken down by this any more. Empty the row.")
        )
        fields[f"{pk}-shown"], fields[f"{pk}-parts"] = shown[:HALF], shown[HALF:]
        return fields if len(self.wrong) == before else None

    def _read_amount(self, filled: FilledRow, key: str, row: Row, box: Box) -> str:
        """The text of a number, or the place of a stage, as their boxes have it."""
        cell = filled.cells.get(key)
        if cell is None:
            return ""
        if key == "value" and row.choices:
            written = cell if isinstance(cell, Decimal) else _as_text(cell)
            stage = find_stage(row.indicator, written)
            if stage is None:
                self.wrong.append(filled.mark(say_stages(row.indicator, written), key))
            return str(stage)
        return _as_number(cell, box, takes_percent=row.amount.is_fraction and key == "value")

    def _read_not_applicable(self, filled: FilledRow) -> str:
        cell = filled.cells.get("na")
        if cell is None:
            return ""
        if _as_text(cell).casefold() == _("yes").casefold():
            return "on"
        try:
            return "on" if parse_yes_no(cell) else ""
        except NumberError as error:
            self.wrong.append(filled.mark(str(error), "na"))
            return ""

    def _refuse_strangers(self, rows: Iterable[FilledRow], sentence: str) -> None:
        """Note rows that say something and have nowhere to go."""
        for each in rows:
            if any(cell is not None for cell in each.cells.values()):
                names = {"code": each.name.code, "results": RESULTS.name}
                self.wrong.append(each.mark(sentence % names))

    def read_part(
        self,
        layout: Layout,
        form: PartForm[Any],
        *,
        key: Callable[[PartRow[Any]], str],
        read: Callable[[FilledRow, PartRow[Any]], dict[str, str]],
    ) -> None:
        """Read a sheet whose rows are those of a page."""
        rows = {key(row): row for row in form.rows}
        data: dict[str, str] = {}
        for filled in self.filled.rows.get(layout, ()):
            row = rows.get(filled.name.code)
            if row is None:
                self._refuse_strangers([filled], _("%(code)s is not one of this report. Empty the row."))
                continue
            data |= {f"{row.key}-{name}": text for name, text in read(filled, row).items()}
            data[f"{row.key}-shown"] = filled.shown
            data[f"{row.key}-choice"] = self.choices.get(_ask(layout, row.key), "")
            self._rows[layout, row.key] = filled
            self._places |= {(layout, box.id): (filled, name) for name, box in row.boxes.items()}
        form.read(data)

    # -- Out of them ----------------------------------------------------------------------------------
    def tell_differences(self, forms: Forms) -> dict[tuple[Layout, str], list[Difference]]:
        """What the workbook says and the report does not, row by row."""
        found: dict[tuple[Layout, str], list[Difference]] = {}
        for row in forms.results.rows:
            if row.is_typed:
                found[RESULTS, str(row.indicator.pk)] = row.differences(Row.of(row.said))
        for layout, form in forms.parts:
            for each in form.rows:
                if each.is_typed:
                    stored = form.make_row(each.key, each.title, each.subject, each.stored, each.held)
                    found[layout, each.key] = form.differences(each.boxes, stored.boxes)
        return found

    def tell_outcome(
        self, forms: Forms, differences: Mapping[tuple[Layout, str], list[Difference]]
    ) -> list[Changed]:
        """Each row that says something else than the report, in the order of the workbook."""
        found = []
        for row in forms.results.rows:
            key = str(row.indicator.pk)
            if told := differences.get((RESULTS, key)):
                found.append(self._tell(RESULTS, key, row, row.indicator.code, row.indicator.name, told))
        for layout, form in forms.parts:
            for each in form.rows:
                if told := differences.get((layout, each.key)):
                    code = each.subject.code if layout is ACTIVITIES else ""
                    found.append(self._tell(layout, each.key, each, code, each.title, told))
        return found

    def _tell(
        self, layout: Layout, key: str, row: AnyRow, code: str, title: str, differences: Sequence[Difference]
    ) -> Changed:
        filled = self._rows[layout, key]
        return Changed(
            sheet=str(layout.name),
            code=code,
            title=title,
            differences=differences,
            wrong=[] if row.clash else [self._mark(layout, filled, error) for error in row.errors],
            clash=row.clash,
            readings=row.readings,
            ask=_ask(layout, key),
        )

    def _mark(self, layout: Layout, filled: FilledRow, error: RowError) -> Mark:
        """What is wrong, at the cell that it is about."""
        place, key = self._places.get((layout, error.anchor), (filled, ""))
        return place.mark(error.sentence, key)


def _ask(layout: Layout, key: object) -> str:
    """The name of the question about a row that two people changed."""
    names = {RESULTS: "results", ACTIVITIES: "activities", NARRATIVE: "narrative"}
    return f"{names[layout]}-{key}-choice"


# -- Cells as texts of boxes --------------------------------------------------------------------------
def _read_update(filled: FilledRow, row: PartRow[Any]) -> dict[str, str]:
    words = {name: _as_text(filled.cells.get(name), row.boxes[name]) for name in ("internal", "quotable")}
    numbers = {name: _as_number(filled.cells.get(name), row.boxes[name]) for name in ("spent", "people")}
    statuses = {str(label): value for value, label in UpdatesForm.statuses}
    return {
        **words,
        **numbers,
        "currency": _as_text(filled.cells.get("currency")),
        "status": _code_of(filled.cells.get("status"), statuses),
    }


def _read_section(filled: FilledRow, row: PartRow[Any]) -> dict[str, str]:
    languages = {str(label): value for value, label in Language.choices}
    return {
        "language": _code_of(filled.cells.get("language"), languages),
        **{name: _as_text(filled.cells.get(name), row.boxes[name]) for name in ("quotable", "internal")},
    }


def _code_of(cell: Cell, labels: Mapping[str, str]) -> str:
    """The code of a word of a list; a word that is none of it stays as it is, and is refused as typing is."""
    word = _as_text(cell)
    folded = {label.casefold(): code for label, code in labels.items()}
    return folded.get(word.casefold(), word)


def _as_text(cell: Cell, box: Box | None = None) -> str:
    """What a cell says. Workbooks lose what cannot be seen, such as no-break spaces: what says the same as the
    report but for that is what the report says.
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return _("yes") if cell else _("no")
    if isinstance(cell, Percent):
        return f"{as_typed(cell)} %"
    if isinstance(cell, Decimal):
        return as_typed(cell)
    text = cell.isoformat() if isinstance(cell, date) else str(cell)
    return box.text if box is not None and clean_text(box.text) == text else text


def _as_number(cell: Cell, box: Box, *, takes_percent: bool = False) -> str:
    """A number as one would type it, and as it stands in the box where that is the same; with three decimals it gets
    a fourth, since 1.234 could be 1234.
    """
    if not isinstance(cell, Decimal) or (isinstance(cell, Percent) and not takes_percent):
        return _as_text(cell)
    text = as_typed(cell)
    if text == box.text:
        return text
    return f"{text}0" if cell.normalize().as_tuple().exponent == _THOUSANDTHS else text
