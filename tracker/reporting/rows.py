"""The rows of a report's grid: every input with its text as it was typed and what is wrong with it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from tracker.framework.choices import Measure
from tracker.framework.models import Indicator
from tracker.progress.models import IndicatorResult
from tracker.progress.rules import Amount
from tracker.progress.services.results import NOTHING

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

    def blame(self, boxes: Sequence[Box], error: str) -> None:
        """Lay an error beside these boxes of it."""
        for box in boxes:
            box.errors.append(error)


@dataclass
class Split:
    """One breakdown of a row: its cells, and what is wrong with their sum."""

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

    ``shown`` is the fingerprint of what the page showed of it; ``typed`` says that the boxes hold what was
    typed and not what is stored; ``left`` is what was typed and cannot be written now.
    """

    indicator: Indicator
    amount: AmountBoxes
    not_applicable: Box
    comment: Box
    splits: list[Split] = field(default_factory=list)
    shown: str = NOTHING
    result: IndicatorResult | None = None
    previous: IndicatorResult | None = None
    is_typed: bool = False
    clash: Clash | None = None
    left: Sequence[Difference] = ()

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
        return self.result is None or not (self.result.is_given or self.result.comment)

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
        for split, other_split in zip(self.splits, other.splits, strict=True):
            for cell, mine in split.cells.items():
                theirs = other_split.cells[cell]
                if mine.texts != theirs.texts:
                    said = (self._say(each) or _("nothing") for each in (mine, theirs))
                    found.append(Difference(f"{split.name}, {mine.label}", *said))
        if self.comment.text != other.comment.text:
            said = (f"“{text}”" if text else _("nothing") for text in (self.comment.text, other.comment.text))
            found.append(Difference(_("Comment"), *said))
        return found
