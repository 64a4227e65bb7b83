"""The grid of a report: what was typed, read into entries, and shown again exactly as typed.

One plain class instead of a formset: a hundred and fifty rows with their cells are drawn and read in
milliseconds. Field names are ``<indicator id>-value``, ``-n``, ``-d``, ``-na``, ``-comment``, ``-version``,
and ``<indicator id>-c<cell id>`` (``-n``, ``-d``) for cells.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tracker.common.workbooks.numbers import NumberError, parse_decimal
from tracker.framework.choices import Measure
from tracker.framework.models import Indicator
from tracker.progress.models import IndicatorResult
from tracker.progress.rules import Amount, Entry, Finding, not_disaggregated
from tracker.progress.services.results import Typed
from tracker.progress.wording import say_finding

LONGEST_COMMENT = 5_000


EMPTY = Amount()


@dataclass
class AmountField:
    """The inputs of one amount: one box, or numerator and denominator. Keeps the text as it was typed, and the
    amount that is ``stored``.
    """

    name: str
    label: str
    is_fraction: bool
    stored: Amount = EMPTY
    value: str = ""
    numerator: str = ""
    denominator: str = ""


@dataclass
class Split:
    """One breakdown of a row: its cells, and whether they add up to at most the total."""

    name: str
    exclusive: bool
    cells: list[AmountField]
    rest: Decimal | None = None
    """What an exclusive breakdown of a stored number leaves over."""

    @property
    def filled(self) -> int:
        """How many cells hold something."""
        return sum(1 for c in self.cells if c.value or c.numerator or c.denominator)

    @property
    def is_filled(self) -> bool:
        return self.filled > 0


@dataclass
class Row:
    """One indicator of the grid."""

    indicator: Indicator
    amount: AmountField
    version: int = 0
    not_applicable: bool = False
    comment: str = ""
    splits: list[Split] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    theirs: IndicatorResult | None = None
    result: IndicatorResult | None = None
    previous: IndicatorResult | None = None

    @property
    def key(self) -> str:
        return f"i{self.indicator.pk}"

    @property
    def choices(self) -> Sequence[tuple[str, str]]:
        """Stages by their place, or yes and no; empty where a number is typed."""
        if self.indicator.measure == Measure.YES_NO:
            return [("0", _("No")), ("1", _("Yes"))]
        return [(str(place), word) for place, word in enumerate(self.indicator.stages)]

    @property
    def typed_text(self) -> str:
        """What was typed for the amount, in one line."""
        if self.amount.numerator or self.amount.denominator:
            return f"{self.amount.numerator} / {self.amount.denominator}"
        return dict(self.choices).get(self.amount.value, self.amount.value)


def _decimal_mark() -> Literal[",", "."]:
    """How the person's language writes decimals: printed and read the same."""
    return "," if (get_language() or "en")[:2] in ("ru", "fr") else "."


def _text(number: Decimal | None) -> str:
    """A stored number as a person would type it: no trailing zeros, no exponent."""
    return "" if number is None else format(number.normalize(), "f").replace(".", _decimal_mark())


def _percent_text(fraction: Decimal | None) -> str:
    return _text(None if fraction is None else fraction * 100)


class ReportGrid:
    """All rows of a report, unbound (from results) or bound (from what was posted)."""

    def __init__(
        self,
        *,
        indicators: Sequence[Indicator],
        results: Mapping[int, IndicatorResult],
        previous: Mapping[int, IndicatorResult],
        data: Mapping[str, str] | None = None,
    ) -> None:
        self.rows = [
            self._row(indicator, results.get(indicator.pk), previous.get(indicator.pk))
            for indicator in indicators
        ]
        self.typed: dict[int, Typed] = {}
        if data is not None:
            for row in self.rows:
                self._bind(row, data)

    # -- From what is stored --------------------------------------------------------------------------
    def _row(
        self, indicator: Indicator, result: IndicatorResult | None, previous: IndicatorResult | None
    ) -> Row:
        row = Row(indicator, self._field(indicator, "", indicator.name), previous=previous, result=result)
        stored = {}
        if result is not None:
            row.version, row.not_applicable, row.comment = (
                result.version,
                result.not_applicable,
                result.comment,
            )
            self._fill(row.amount, indicator, Amount(result.value, result.numerator, result.denominator))
            stored = {c.cell_id: Amount(c.value, c.numerator, c.denominator) for c in result.cells.all()}
        for ask in indicator.asks.all():
            cells = []
            for cell in ask.breakdown.cells.all():
                box = self._field(indicator, f"-c{cell.pk}", cell.name)
                if cell.pk in stored:
                    self._fill(box, indicator, stored[cell.pk])
                cells.append(box)
            split = Split(ask.breakdown.name, ask.breakdown.exclusive, cells)
            if split.exclusive and split.is_filled and result is not None:
                given = [stored[c.pk].value for c in ask.breakdown.cells.all() if c.pk in stored]
                split.rest = not_disaggregated(result.value, given)
            row.splits.append(split)
        return row

    @staticmethod
    def _field(indicator: Indicator, suffix: str, label: str) -> AmountField:
        return AmountField(f"{indicator.pk}{suffix}", label, indicator.measure == Measure.PERCENTAGE)

    @staticmethod
    def _fill(box: AmountField, indicator: Indicator, amount: Amount) -> None:
        box.stored = amount
        percentage = indicator.measure == Measure.PERCENTAGE
        box.value = _percent_text(amount.value) if percentage else _text(amount.value)
        box.numerator, box.denominator = _text(amount.numerator), _text(amount.denominator)

    # -- From what was posted -------------------------------------------------------------------------
    def _bind(self, row: Row, data: Mapping[str, str]) -> None:
        """Read one row. What cannot be read is named and kept as typed; a row that was not on the page is
        left alone.
        """
        pk = row.indicator.pk
        if f"{pk}-version" not in data:
            return
        row.version = _whole(data[f"{pk}-version"])
        row.not_applicable = data.get(f"{pk}-na") == "on"
        row.comment = data.get(f"{pk}-comment", "").strip()
        if len(row.comment) > LONGEST_COMMENT:
            row.errors.append(
                _("The comment has %(count)s characters; at most %(most)s are kept. Shorten it.")
                % {"count": len(row.comment), "most": LONGEST_COMMENT}
            )
        amount = self._read(row, row.amount, data)
        cells = {}
        for split, ask in zip(row.splits, row.indicator.asks.all(), strict=True):
            for box, cell in zip(split.cells, ask.breakdown.cells.all(), strict=True):
                given = self._read(row, box, data)
                if not given.is_empty:
                    cells[cell.pk] = given
        if not row.errors:
            self.typed[pk] = Typed(
                Entry(amount=amount, not_applicable=row.not_applicable, comment=row.comment, cells=cells),
                row.version,
            )

    def _read(self, row: Row, box: AmountField, data: Mapping[str, str]) -> Amount:
        shown = (box.value, box.numerator, box.denominator)
        box.value = data.get(f"{box.name}-value", "").strip()
        box.numerator = data.get(f"{box.name}-n", "").strip()
        box.denominator = data.get(f"{box.name}-d", "").strip()
        if (box.value, box.numerator, box.denominator) == shown:
            # Untouched: what is stored stands, however its text might be read.
            return box.stored
        value = self._number(row, box, box.value)
        if box.is_fraction and value is not None:
            value /= 100
        return Amount(value, self._number(row, box, box.numerator), self._number(row, box, box.denominator))

    @staticmethod
    def _number(row: Row, box: AmountField, text: str) -> Decimal | None:
        if not text:
            return None
        # A comma is a decimal mark where the language writes it so; elsewhere 1,234 is asked about.
        hint: Literal[","] | None = "," if _decimal_mark() == "," else None
        try:
            return parse_decimal(text, locale_hint=hint)
        except NumberError as error:
            where = "" if box is row.amount else f"{box.label}: "
            row.errors.append(f"{where}{error}")
            return None

    # -- What became of it ----------------------------------------------------------------------------
    def mark(
        self,
        *,
        findings: Mapping[int, Iterable[Finding]],
        overlaps: Mapping[int, str],
        conflicts: Mapping[int, IndicatorResult | None],
    ) -> None:
        """Lay what the service refused beside the rows it is about."""
        for row in self.rows:
            labels = {
                cell.pk: cell.name for ask in row.indicator.asks.all() for cell in ask.breakdown.cells.all()
            }
            for finding in findings.get(row.indicator.pk, ()):
                where = f"{labels[finding.cell]}: " if finding.cell in labels else ""
                row.errors.append(where + say_finding(finding))
            if row.indicator.pk in overlaps:
                row.errors.append(overlaps[row.indicator.pk])
            if row.indicator.pk in conflicts:
                row.theirs = conflicts[row.indicator.pk]
                row.version = row.theirs.version if row.theirs else 0
                row.errors.append(
                    _("A colleague changed this meanwhile. Both are shown: keep yours by saving again.")
                    if row.theirs
                    else _("What you typed over is no longer there. Keep yours by saving again.")
                )

    @property
    def wrong(self) -> list[Row]:
        return [row for row in self.rows if row.errors]

    @property
    def given(self) -> int:
        return sum(1 for row in self.rows if row.result and row.result.is_given)


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0
