"""The grid of a report: what was typed, read into entries, and shown again exactly as typed.

One plain class instead of a formset: a hundred and fifty rows with their cells are drawn and read in
milliseconds. Field names are ``<indicator id>-value``, ``-n``, ``-d``, ``-na``, ``-comment``, and
``<indicator id>-c<cell id>`` (``-value``, ``-n``, ``-d``) for cells; ``-shown`` carries the fingerprint of what
the page showed (its first half while the cells are folded), and ``-choice`` what was decided where two people
changed a row: THEIRS, or the fingerprint of theirs where one's own is to stand over it.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from tracker.analysis.beside import Beside
from tracker.common.workbooks.numbers import NumberError
from tracker.progress.rules import Amount, Counts, Entry, Finding, Problem, check_entry
from tracker.progress.services.amounts import mark_of_language, read_typed, say_reading
from tracker.progress.services.entry_rows import EntryRow
from tracker.progress.services.results import HALF, Saved, Typed, clean_comment, fingerprint
from tracker.progress.wording import CellNames, say_finding

from .rows import AmountBoxes, Box, Clash, Row
from .telling import tell

LONGEST_COMMENT = 5_000
THEIRS = "theirs"

Data = Mapping[str, str]
Read = Callable[[AmountBoxes, Box, bool], Decimal | None]

# What needs all amounts of a row to be known before it can be said.
_ACROSS = {Problem.CELL_WITHOUT_TOTAL, Problem.CELLS_OVER_TOTAL, Problem.CELL_OVER_TOTAL}


class ReportGrid:
    """All rows of a report as they are stored, their cells folded; ``read`` lays over them what was posted,
    ``restore`` what was typed and could not be saved.
    """

    def __init__(self, rows: Mapping[int, EntryRow]) -> None:
        self.rows = [Row.of(said) for said in rows.values()]
        self.typed: dict[int, Typed] = {}
        self.given_up: set[int] = set()
        """Indicators of which the person takes what a colleague saved."""

    def look_beside(self, beside: Mapping[int, Beside]) -> None:
        """Say what stands beside the boxes, by indicator id."""
        for row in self.rows:
            row.told = tell(row.indicator, beside.get(row.indicator.pk))

    @property
    def questions(self) -> int:
        """How many questions no comment answers."""
        return sum(len(row.told.questions) for row in self.rows if not row.said.stored.comment)

    def unfold(self, indicators: Collection[int]) -> None:
        """Show the cells of these."""
        for row in self.rows:
            if row.indicator.pk in indicators:
                row.unfold()

    # -- From what was posted -------------------------------------------------------------------------
    def read(self, data: Data) -> None:
        """Read what was posted into ``typed``. What cannot be read is named and kept as it was typed; a row
        that was not on the page, or was left as the page showed it, stays as it is stored.
        """
        for row in self.rows:
            choice = data.get(f"{row.indicator.pk}-choice", "")
            if choice == THEIRS:
                self.given_up.add(row.indicator.pk)
            elif self._take(row, data, over=choice):
                self._read_row(row, over=choice[: len(row.shown)] or row.shown)

    def restore(self, data: Data) -> None:
        """Put what was typed back into its boxes, unread."""
        for row in self.rows:
            self._take(row, data)

    def leave(self, data: Data) -> None:
        """Say beside what is stored what was typed over it and cannot be written now."""
        for row in self.rows:
            typed = Row.of(row.said)
            if self._take(typed, data):
                row.left = typed.differences(Row.of(row.said))

    def _take(self, row: Row, data: Data, *, over: str = "") -> bool:
        """Put what was posted for a row into its boxes, unless it was left as it was shown or says what is stored
        already; whether it does neither.

        ``over`` is the fingerprint of a colleague's entry that the person decided against.
        """
        shown = data.get(f"{row.indicator.pk}-shown")
        if shown is None:
            return False
        stored = fingerprint(row.said.stored)
        if shown_of_cells := data.get(f"{row.indicator.pk}-parts", ""):
            row.unfold()
            shown = shown[:HALF] + shown_of_cells
        texts = {box.name: data.get(box.name, "").strip() for _cell, a in row.amounts for box in a.boxes}
        comment = clean_comment(data.get(row.comment.name, ""))
        not_applicable = "on" if data.get(row.not_applicable.name) == "on" else ""
        if all(not text or _PRINTED.fullmatch(text) for text in texts.values()):
            amounts = {cell: _as_printed(boxes, texts) for cell, boxes in row.amounts}
            amount = amounts.pop(None)
            cells = {cell: each for cell, each in amounts.items() if cell is not None}
            said = fingerprint(Entry(amount, bool(not_applicable), comment, cells))
            if said[: len(shown)] in ((over or shown)[: len(shown)], stored[: len(shown)]):
                return False
        for _cell, boxes in row.amounts:
            for box in boxes.boxes:
                box.text = texts[box.name]
        row.comment.text, row.not_applicable.text = comment, not_applicable
        row.shown, row.is_typed = shown, True
        return True

    def _read_row(self, row: Row, *, over: str) -> None:
        """Read the boxes of a row: an entry to be saved, or everything that is wrong with it at once."""
        amounts = {cell: self._amount(row, boxes) for cell, boxes in row.amounts}
        unread = {cell for cell, boxes in row.amounts if boxes.errors}
        if (length := len(row.comment.text)) > LONGEST_COMMENT:
            row.comment.errors.append(
                _("The comment has %(count)s characters; at most %(most)s are kept. Shorten it.")
                % {"count": length, "most": LONGEST_COMMENT}
            )
        entry = Entry(
            amount=amounts.pop(None),
            not_applicable=bool(row.not_applicable.text),
            comment=row.comment.text,
            cells={cell: a for cell, a in amounts.items() if cell is not None and not a.is_empty}
            if row.is_unfolded
            else row.said.stored.cells,
        )
        if not unread and not row.comment.errors:
            row.is_typed = fingerprint(entry) != fingerprint(row.said.stored)
            if row.is_typed:
                self.typed[row.indicator.pk] = Typed(entry, over)
            return
        # What could be read is looked through all the same; what could not be is not missing because of it.
        for finding in check_entry(row.said.rules, entry):
            about_reason = finding.problem in (Problem.NA_WITH_VALUE, Problem.NA_WITHOUT_REASON)
            if about_reason or (finding.cell not in unread and not (unread and finding.problem in _ACROSS)):
                _blame(row, finding)

    def _amount(self, row: Row, boxes: AmountBoxes) -> Amount:
        """What stands in the boxes of an amount."""
        stored = AmountBoxes(boxes.name, boxes.label, boxes.is_fraction)
        stored.fill(boxes.stored)
        if stored.texts == boxes.texts:
            # Untouched: what is stored stands, however its text might be read.
            return boxes.stored
        value, numerator, denominator = (self._number(row, boxes, box) for box in boxes.boxes)
        return Amount(
            value / 100 if boxes.is_fraction and value is not None else value, numerator, denominator
        )

    def _number(self, row: Row, boxes: AmountBoxes, box: Box) -> Decimal | None:
        if not box.text:
            return None
        try:
            number = read_typed(
                box.text, indicator=row.indicator, mark=mark_of_language(), is_part=box is not boxes.value
            )
        except NumberError as error:
            box.errors.append(str(error) if boxes is row.amount else f"{boxes.label}: {error}")
            return None
        if reading := say_reading(box.text, number, mark=mark_of_language()):
            row.readings.append(reading)
        return number

    # -- What became of it ----------------------------------------------------------------------------
    def renew(self) -> None:
        """Have every row drawn anew, on a page that has it already."""
        for row in self.rows:
            row.is_renewed = True

    def mark(self, saved: Saved) -> None:
        """Lay what the service refused beside the boxes it is about, and what is stored by now below what it took."""
        for place, row in enumerate(self.rows):
            pk = row.indicator.pk
            row.said = saved.rows.get(pk, row.said)
            now = fingerprint(row.said.stored)[: len(row.shown)]
            if pk in saved.saved:
                row.is_typed = False
                # What a colleague changed of it stands beside what this person changed.
                if not fingerprint(self.typed[pk].entry).startswith(now):
                    self.rows[place] = row.renewed()
                row.shown = now
            elif not row.is_typed and (row.shown != now or pk in self.given_up):
                self.rows[place] = row.renewed()
            for finding in saved.findings.get(pk, ()):
                _blame(row, finding)
            if pk in saved.overlaps:
                row.amount.first.errors.append(saved.overlaps[pk])
            if conflict := saved.conflicts.get(pk):
                theirs = Row.of(row.said)
                row.clash = Clash(
                    who=str(conflict.by or _("A colleague")),
                    at=conflict.at,
                    differences=row.differences(theirs),
                    theirs=fingerprint(row.said.stored),
                    is_gone=conflict.theirs is None,
                )

    def keep_wrong(self, typed: "ReportGrid") -> None:
        """Lay the rows of a grid that were not saved over those that are stored."""
        wrong = {row.indicator.pk: row for row in typed.wrong}
        for place, row in enumerate(self.rows):
            if kept := wrong.get(row.indicator.pk):
                kept.said, kept.told = row.said, row.told
                self.rows[place] = kept

    def show_missing(self) -> None:
        """Leave out what is given or explained, but not what somebody is at work on."""
        self.rows = [row for row in self.rows if row.is_missing or row.is_typed]

    @property
    def wrong(self) -> list[Row]:
        return [row for row in self.rows if row.errors]

    @property
    def missing(self) -> list[Row]:
        return [row for row in self.rows if row.is_missing]

    @property
    def is_typed(self) -> bool:
        """Whether a row holds something that is not saved."""
        return any(row.is_typed or row.left for row in self.rows)

    @property
    def counts(self) -> Counts:
        """How far the report is, as it is stored."""
        states = Counter(row.state for row in self.rows)
        return Counts(given=states["given"], explained=states["explained"], missing=states["missing"])


def rows_in(data: Data) -> set[int]:
    """The indicators, by id, whose rows a form sent."""
    return {int(name[: -len("-shown")]) for name in data if _SHOWN.fullmatch(name)}


_SHOWN = re.compile(r"\d{1,18}-shown", re.ASCII)


# -- Numbers as text ----------------------------------------------------------------------------------
_PRINTED = re.compile(r"-?\d+(?:[.,]\d+)?", re.ASCII)


def _as_printed(boxes: AmountBoxes, texts: Mapping[str, str]) -> Amount:
    """The amount if the page printed these texts, in whatever language; its fingerprint tells whether it did."""
    value, numerator, denominator = (
        Decimal(texts[box.name].replace(",", ".")) if texts[box.name] else None for box in boxes.boxes
    )
    return Amount(value / 100 if boxes.is_fraction and value is not None else value, numerator, denominator)


# -- Whose fault --------------------------------------------------------------------------------------
def _names(row: Row) -> CellNames:
    return {cell: (split.name, boxes.label) for split in row.splits for cell, boxes in split.cells.items()}


def _blame(row: Row, finding: Finding) -> None:
    """Lay a finding beside the boxes it is about, and no others."""
    if finding.cell is not None or finding.problem is Problem.NA_WITH_VALUE:
        row.unfold()
    sentence = say_finding(finding, cells=_names(row))
    boxes = dict(row.amounts)[finding.cell]
    problem = finding.problem
    if problem is Problem.NA_WITH_VALUE:
        row.not_applicable.errors.append(sentence)
    elif problem is Problem.NA_WITHOUT_REASON:
        row.comment.errors.append(sentence)
    elif problem is Problem.CELL_WITHOUT_TOTAL:
        row.amount.first.errors.append(sentence)
    elif problem is Problem.CELLS_OVER_TOTAL:
        split = next(split for split in row.splits if finding.cell in split.cells)
        split.errors.append(sentence)
        split.blamed |= {
            box.name for cell in split.cells.values() for box in [_part(cell, finding.part)] if box.text
        }
    else:
        boxes.blame(_at_fault(boxes, finding), sentence)


def _part(boxes: AmountBoxes, part: str) -> Box:
    return {"value": boxes.value, "numerator": boxes.numerator, "denominator": boxes.denominator}[part]


def _at_fault(boxes: AmountBoxes, finding: Finding) -> Sequence[Box]:
    """Which boxes of an amount a finding is about."""
    fraction = (boxes.numerator, boxes.denominator)
    match finding.problem:
        case Problem.HALF_A_FRACTION:
            return [box for box in fraction if not box.text] or fraction
        case Problem.OVER_DENOMINATOR | Problem.OF_ZERO:
            return fraction
        case Problem.CELL_OVER_TOTAL:
            return [_part(boxes, finding.part)]
        case Problem.NEGATIVE:
            return [box for box in boxes.boxes if box.text.startswith(("-", "−", "–"))] or [boxes.first]
        case Problem.TOO_LARGE:
            return [max((box for box in boxes.boxes), key=lambda box: len(box.text))]
        case Problem.FRACTION_EXPECTED | Problem.OVER_HUNDRED:
            return [boxes.value]
        case _:
            return [boxes.first]
