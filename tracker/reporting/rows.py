"""The rows of a report's grid: every input with its text as it was typed and what is wrong with it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from tracker.framework.choices import Measure
from tracker.framework.models import Indicator
from tracker.progress.models import IndicatorResult
from tracker.progress.rules import Amount, not_disaggregated
from tracker.progress.services.amounts import as_typed
from tracker.progress.services.entry_rows import AskedBreakdown, EntryRow
from tracker.progress.services.results import HALF, clean_comment, fingerprint, fingerprint_of_row

from .telling import Told

EMPTY = Amount()


@dataclass
class Box:
    """One input: its name, its text as it was typed, and what is wrong with it."""

    name: str
    text: str = ""
    errors: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Where links to it lead."""
        return f"box-{self.name}"


@dataclass
class AmountBoxes:
    """The inputs of one amount: one box, or numerator and denominator (a percentage known only as such keeps
    its one box beside them). ``stored`` is the amount that was saved.
    """

    name: str
    label: str
    is_fraction: bool
    stored: Amount = EMPTY
    value: Box = field(init=False)
    numerator: Box = field(init=False)
    denominator: Box = field(init=False)

    def __post_init__(self) -> None:
        self.value = Box(f"{self.name}-value")
        self.numerator, self.denominator = Box(f"{self.name}-n"), Box(f"{self.name}-d")

    @property
    def boxes(self) -> tuple[Box, Box, Box]:
        return self.value, self.numerator, self.denominator

    @property
    def texts(self) -> tuple[str, str, str]:
        return self.value.text, self.numerator.text, self.denominator.text

    @property
    def first(self) -> Box:
        return self.numerator if self.is_fraction else self.value

    @property
    def is_filled(self) -> bool:
        return any(self.texts)

    @property
    def errors(self) -> list[str]:
        """What is wrong, each said once, whichever boxes it is about."""
        return list(dict.fromkeys(error for box in self.boxes for error in box.errors))

    def fill(self, amount: Amount) -> None:
        """Show what is stored, as a person would type it."""
        self.stored = amount
        value = amount.value
        self.value.text = as_typed(value * 100 if self.is_fraction and value is not None else value)
        self.numerator.text, self.denominator.text = as_typed(amount.numerator), as_typed(amount.denominator)

    def blame(self, boxes: Sequence[Box], error: str) -> None:
        """Lay an error beside these boxes of it."""
        for box in boxes:
            box.errors.append(error)


@dataclass
class Split:
    """One breakdown of a row that is unfolded: its cells, and what is wrong with their sum."""

    key: str
    name: str
    exclusive: bool
    cells: dict[int, AmountBoxes]
    rest: Decimal | None = None
    """What an exclusive breakdown of a stored number leaves over."""
    errors: list[str] = field(default_factory=list)
    blamed: set[str] = field(default_factory=set)
    """Names of the boxes whose sum is wrong."""

    @property
    def filled(self) -> int:
        """How many cells hold something."""
        return sum(1 for cell in self.cells.values() if cell.is_filled)

    @property
    def is_wrong(self) -> bool:
        return bool(self.errors) or any(cell.errors for cell in self.cells.values())


@dataclass(frozen=True)
class Folded:
    """A breakdown as a row tells it while it is folded: how many of its cells are given, and what is left over of
    an exclusive one.
    """

    name: str
    filled: int
    asked: int
    rest: Decimal | None


@dataclass(frozen=True)
class RowError:
    """A sentence, and the id of what it is about."""

    sentence: str
    anchor: str


@dataclass(frozen=True)
class Difference:
    """What one page says and another does not: a box's label (empty: the amount itself), both texts."""

    label: str
    mine: str
    theirs: str


@dataclass(frozen=True)
class Clash:
    """A row that two people changed: who saved theirs, when, in what the two differ, and the fingerprint of
    theirs, which to keep one's own is to decide against.
    """

    who: str
    at: datetime | None
    differences: Sequence[Difference]
    theirs: str
    is_gone: bool


@dataclass
class Row:
    """One indicator of the grid.

    ``shown`` is the fingerprint of what the page showed of it, its first half alone while the cells are folded;
    ``is_typed`` says that the boxes hold what was typed and not what is stored; ``left`` is what was typed and
    cannot be written now.
    """

    said: EntryRow
    amount: AmountBoxes
    not_applicable: Box
    comment: Box
    shown: str
    told: Told = field(default_factory=Told)
    splits: list[Split] = field(default_factory=list)
    is_typed: bool = False
    clash: Clash | None = None
    left: Sequence[Difference] = ()
    is_renewed: bool = False
    """What the page shows is no more what is stored: it is drawn anew."""
    readings: list[str] = field(default_factory=list)
    """How numbers were understood that others could read otherwise."""

    @classmethod
    def of(cls, said: EntryRow) -> "Row":
        """The row as it is stored, its cells folded."""
        pk = said.indicator.pk
        row = cls(
            said,
            AmountBoxes(str(pk), said.indicator.name, said.indicator.measure == Measure.PERCENTAGE),
            not_applicable=Box(f"{pk}-na", "on" if said.stored.not_applicable else ""),
            comment=Box(f"{pk}-comment", clean_comment(said.stored.comment)),
            shown=fingerprint_of_row(said.stored),
        )
        row.amount.fill(said.stored.amount)
        return row

    def renewed(self) -> "Row":
        """The row as it is stored by now, as far unfolded as this one."""
        row = Row.of(self.said)
        row.is_renewed = True
        if self.is_unfolded:
            row.unfold()
        return row

    def unfold(self) -> None:
        """Show its cells, as they are stored."""
        if self.splits or not self.said.breakdowns:
            return
        self.shown = self.shown[:HALF] + fingerprint(self.said.stored)[HALF:]
        for asked in self.said.breakdowns:
            split = Split(f"{self.key}-b{asked.pk}", asked.name, asked.exclusive, {})
            for cell, name in asked.cells.items():
                boxes = AmountBoxes(f"{self.indicator.pk}-c{cell}", name, self.amount.is_fraction)
                boxes.fill(self.said.stored.cells.get(cell, EMPTY))
                split.cells[cell] = boxes
            split.rest = self._rest(asked)
            self.splits.append(split)

    def _rest(self, asked: AskedBreakdown) -> Decimal | None:
        given = [self.said.stored.cells[cell].value for cell in asked.cells if cell in self.said.stored.cells]
        if not asked.exclusive or not given:
            return None
        return not_disaggregated(self.said.stored.amount.value, given)

    @property
    def folded(self) -> list[Folded]:
        """What its breakdowns hold, in short."""
        stored = self.said.stored.cells
        return [
            Folded(
                each.name, sum(1 for cell in each.cells if cell in stored), len(each.cells), self._rest(each)
            )
            for each in self.said.breakdowns
        ]

    @property
    def shown_parts(self) -> tuple[str, str]:
        """``shown`` as the page carries it: of the amount and comment, and of the cells (empty while folded)."""
        return self.shown[:HALF], self.shown[HALF:]

    @property
    def is_unfolded(self) -> bool:
        return bool(self.splits)

    @property
    def indicator(self) -> Indicator:
        return self.said.indicator

    @property
    def result(self) -> IndicatorResult | None:
        return self.said.result

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
    def amounts(self) -> Iterator[tuple[int | None, AmountBoxes]]:
        """The amount of the row (None) and those of its cells by id."""
        yield None, self.amount
        for split in self.splits:
            yield from split.cells.items()

    @property
    def is_missing(self) -> bool:
        """Neither given nor explained, as it is stored."""
        return not self.said.stored.is_explained

    @property
    def can_be_carried(self) -> bool:
        """It is a level that may simply have stayed, and is not given."""
        return self.told.can_be_same and not self.said.stored.is_given

    @property
    def state(self) -> str:
        """How far it is, as it is stored: given, explained or missing."""
        if self.said.stored.is_given:
            return "given"
        return "explained" if self.said.stored.comment else "missing"

    @property
    def errors(self) -> list[RowError]:
        """Everything that is wrong with the row, in the order of its boxes."""
        found = []
        if self.clash:
            found.append(
                RowError(_("Two people changed this. Choose which of the two stands."), self.clash_id)
            )
        for box in (*self.amount.boxes, self.not_applicable, self.comment):
            found += [RowError(sentence, box.id) for sentence in box.errors]
        for split in self.splits:
            for sentence in split.errors:
                first = next(
                    (b for c in split.cells.values() for b in c.boxes if b.name in split.blamed), None
                )
                found.append(RowError(sentence, first.id if first else self.key))
            for cell in split.cells.values():
                found += [RowError(sentence, box.id) for box in cell.boxes for sentence in box.errors]
        once = {error.sentence: error for error in reversed(found)}
        return list(reversed(once.values()))

    @property
    def says_something(self) -> bool:
        """Whether there is anything to be said below its name."""
        return bool(
            self.is_typed or self.clash or self.readings or self.told.questions or self.left or self.errors
        )

    @property
    def clash_id(self) -> str:
        return f"{self.key}-choice"

    def say_amount(self) -> str:
        """The amount as it stands in the boxes, in one line."""
        said = [self._say(self.amount)] if self.amount.is_filled else []
        if self.not_applicable.text:
            said.append(_("not applicable"))
        return ", ".join(said) or _("nothing")

    def _say(self, amount: AmountBoxes) -> str:
        value, numerator, denominator = amount.texts
        if numerator or denominator:
            return f"{numerator or '–'} / {denominator or '–'}"
        value = dict(self.choices).get(value, value)
        return f"{value} %" if value and amount.is_fraction else value

    def differences(self, other: "Row") -> list[Difference]:
        """In what the boxes of this row say something else than those of another of the same indicator."""
        found = []
        if self.say_amount() != other.say_amount():
            found.append(Difference("", self.say_amount(), other.say_amount()))
        if self.is_unfolded:
            other.unfold()
        for split in self.splits:
            other_split = next(each for each in other.splits if each.key == split.key)
            for cell, mine in split.cells.items():
                theirs = other_split.cells[cell]
                if mine.texts != theirs.texts:
                    said = (self._say(each) or _("nothing") for each in (mine, theirs))
                    found.append(Difference(f"{split.name}, {mine.label}", *said))
        if self.comment.text != other.comment.text:
            said = (f"“{text}”" if text else _("nothing") for text in (self.comment.text, other.comment.text))
            found.append(Difference(_("Comment"), *said))
        return found
