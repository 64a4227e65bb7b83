"""The forms of a report's narrative and of its activities: what was typed, read, and shown again exactly as typed.

Fields are named ``<row>-<field>``; ``<row>-shown`` carries the fingerprint of what the page showed, and
``<row>-choice`` what was decided where two people changed a row: THEIRS, or the fingerprint of theirs where one's own
is to stand over it.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Generic, TypeVar

from django.utils.translation import gettext as _

from tracker.activities.models import Activity
from tracker.activities.rules import MOST_PEOPLE
from tracker.common.workbooks.numbers import NumberError
from tracker.progress.choices import Language, NarrativeSection
from tracker.progress.models import ActivityUpdate, NarrativePart
from tracker.progress.models.parts import REPORTED
from tracker.progress.services import activity_updates, narrative
from tracker.progress.services.activity_updates import Update, said_by, usual_currency
from tracker.progress.services.amounts import (
    as_typed,
    mark_of_language,
    read_number,
    say_how_to_type,
    say_reading,
)
from tracker.progress.services.narrative import Told, told, told_by
from tracker.progress.services.writing import Conflict, Typed, clean_text, fingerprint_of

from .rows import Box, Clash, Difference, RowError

THEIRS = "theirs"
T = TypeVar("T")


@dataclass
class PartRow(Generic[T]):
    """One section, or one activity: its boxes by field, what is stored of it, and what became of what was typed."""

    key: str
    title: str
    subject: Any
    stored: T
    boxes: dict[str, Box]
    shown: str = ""
    held: Any = None
    previous: Any = None
    is_typed: bool = False
    is_saved: bool = False
    readings: list[str] = field(default_factory=list)
    clash: Clash | None = None
    left: Sequence[Difference] = ()

    @property
    def errors(self) -> list[RowError]:
        """Everything that is wrong with the row, in the order of its boxes."""
        found = []
        if self.clash:
            found.append(
                RowError(_("Two people changed this. Choose which of the two stands."), self.clash_id)
            )
        return found + [RowError(sentence, box.id) for box in self.boxes.values() for sentence in box.errors]

    @property
    def blamed(self) -> str:
        """The names of the boxes that are wrong."""
        return " ".join(box.name for box in self.boxes.values() if box.errors)

    @property
    def clash_id(self) -> str:
        return f"{self.key}-choice"


class PartForm(ABC, Generic[T]):
    """The rows of a page. What a page is about says how a row is printed (``print_row``) and read (``read_row``)."""

    nothing: T
    labels: Mapping[str, Any]

    def __init__(self) -> None:
        self.rows: list[PartRow[T]] = []
        self.typed: dict[Any, Typed[T]] = {}

    # -- What a page says of itself -------------------------------------------------------------------
    @abstractmethod
    def print_row(self, said: T, subject: Any) -> dict[str, str]:
        """The texts of the boxes, by field."""

    @abstractmethod
    def read_row(self, row: PartRow[T]) -> T:
        """What stands in the boxes; what is wrong is laid beside them."""

    def say_field(self, name: str, text: str) -> str:
        """The text of a box as a sentence says it."""
        return text

    @abstractmethod
    def key_of(self, row: PartRow[T]) -> Any:
        """By what the service knows the row."""

    # -- The same for all -----------------------------------------------------------------------------
    def make_row(self, key: str, title: str, subject: Any, stored: T, held: Any) -> PartRow[T]:
        """A row as it is stored."""
        boxes = {name: Box(f"{key}-{name}", text) for name, text in self.print_row(stored, subject).items()}
        return PartRow(key, title, subject, stored, boxes, fingerprint_of(stored), held)

    def read(self, data: Mapping[str, str]) -> None:
        """Read what was posted into ``typed``. What cannot be read is named and kept as it was typed; a row that was
        not on the page, or was left as the page showed it, stays as it is stored.
        """
        for row in self.rows:
            choice = data.get(f"{row.key}-choice", "")
            if choice != THEIRS and (said := self._take(row, data, over=choice)) is not None:
                if not row.errors:
                    self.typed[self.key_of(row)] = Typed(said, choice or row.shown)
                else:
                    row.readings = []

    def restore(self, data: Mapping[str, str]) -> None:
        """Put what was typed back into its boxes, unread."""
        for row in self.rows:
            self._take(row, data)
            for box in row.boxes.values():
                box.errors.clear()

    def leave(self, data: Mapping[str, str]) -> None:
        """Say beside what is stored what was typed over it and cannot be written now."""
        for row in self.rows:
            typed = self.make_row(row.key, row.title, row.subject, row.stored, row.held)
            if self._take(typed, data) is not None:
                row.left = self.differences(typed.boxes, row.boxes)

    def _take(self, row: PartRow[T], data: Mapping[str, str], *, over: str = "") -> T | None:
        """Put what was posted for a row into its boxes, unless it was left as it was shown or says what is stored
        already; what it says, as far as it can be read.
        """
        shown = data.get(f"{row.key}-shown")
        if shown is None:
            return None
        before = {name: box.text for name, box in row.boxes.items()}
        for box in row.boxes.values():
            box.text = clean_text(data.get(box.name, ""))
        said = self.read_row(row)
        if not row.errors and fingerprint_of(said) in (over or shown, row.shown):
            for name, box in row.boxes.items():
                box.text = before[name]
            row.readings = []
            return None
        row.shown, row.is_typed = shown, True
        return said

    def mark(self, *, saved: Iterable[Any], conflicts: Mapping[Any, Conflict[T]]) -> None:
        """Say beside each row what the service made of it."""
        saved = set(saved)
        for row in self.rows:
            key = self.key_of(row)
            if key in saved:
                row.is_saved, row.is_typed = True, False
                row.stored = self.typed[key].said
                row.shown = fingerprint_of(row.stored)
            if (conflict := conflicts.get(key)) is not None:
                mine, theirs = (
                    self.make_row(row.key, row.title, row.subject, said, None)
                    for said in (self.typed[key].said, conflict.theirs)
                )
                row.clash = Clash(
                    who=str(conflict.by or _("A colleague")),
                    at=conflict.at,
                    differences=self.differences(mine.boxes, theirs.boxes),
                    theirs=theirs.shown,
                    is_gone=conflict.theirs == self.nothing,
                )

    def differences(self, mine: Mapping[str, Box], theirs: Mapping[str, Box]) -> list[Difference]:
        """In what the boxes of one row say something else than those of another."""
        found = []
        for name, box in mine.items():
            if box.text != theirs[name].text:
                said = (self.say_field(name, each.text) or _("nothing") for each in (box, theirs[name]))
                found.append(Difference(str(self.labels[name]), *said))
        return found

    def keep_wrong(self, typed: "PartForm[T]") -> None:
        """Lay the rows of a form that were not saved over those that are stored."""
        wrong = {row.key: row for row in typed.wrong}
        for place, row in enumerate(self.rows):
            if kept := wrong.get(row.key):
                kept.held, kept.previous = row.held, row.previous
                self.rows[place] = kept

    @property
    def wrong(self) -> list[PartRow[T]]:
        return [row for row in self.rows if row.errors]

    @property
    def is_typed(self) -> bool:
        """Whether a row holds something that is not saved."""
        return any(row.is_typed or row.left for row in self.rows)


def _limit(box: Box, most: int) -> None:
    if (length := len(box.text)) > most:
        box.errors.append(
            _("This has %(count)s characters; at most %(most)s are kept. Shorten it.")
            % {"count": length, "most": most}
        )


# -- The narrative ------------------------------------------------------------------------------------
class NarrativeForm(PartForm[Told]):
    """The three sections. ``usual`` is the language in which the mission wrote last, or the person reads."""

    nothing = narrative.NOTHING
    languages = Language.choices

    def __init__(self, *, held: Mapping[str, NarrativePart], usual: str) -> None:
        super().__init__()
        self.labels = {
            "language": _("Language"),
            "quotable": _("May be quoted"),
            "internal": _("Internal"),
        }
        self.usual = usual
        for section in NarrativeSection:
            row = held.get(section)
            stored = told_by(row) if row else narrative.NOTHING
            self.rows.append(self.make_row(section.value, str(section.label), section, stored, row))

    def print_row(self, said: Told, subject: Any) -> dict[str, str]:
        language = self.usual if said.is_empty else said.language
        return {"language": language, "quotable": said.quotable, "internal": said.internal}

    def read_row(self, row: PartRow[Told]) -> Told:
        language, quotable, internal = row.boxes["language"], row.boxes["quotable"], row.boxes["internal"]
        if language.text not in Language.values:
            language.errors.append(_("Choose the language that it is written in."))
        for box in (quotable, internal):
            _limit(box, narrative.LONGEST_TEXT)
        return told(language=language.text, quotable=quotable.text, internal=internal.text)

    def say_field(self, name: str, text: str) -> str:
        if name == "language":
            return str(dict(Language.choices).get(text, text))
        return f"“{text}”" if text else ""

    def key_of(self, row: PartRow[Told]) -> str:
        return row.key


# -- Activities ---------------------------------------------------------------------------------------
_CURRENCY = re.compile(r"[A-Z]{3}")


class UpdatesForm(PartForm[Update]):
    """One row for each activity."""

    nothing = activity_updates.NOTHING
    statuses = [(status.value, status.label) for status in REPORTED]

    def __init__(
        self,
        *,
        activities: Iterable[Activity],
        held: Mapping[int, ActivityUpdate],
        previous: Mapping[int, ActivityUpdate],
    ) -> None:
        super().__init__()
        self.labels = {
            "status": _("Status"),
            "spent": _("Spent"),
            "currency": _("Currency"),
            "people": _("People reached"),
            "internal": _("Comment"),
            "quotable": _("May be quoted"),
        }
        for activity in activities:
            row = held.get(activity.pk)
            stored = said_by(row) if row else activity_updates.NOTHING
            made = self.make_row(str(activity.pk), activity.title, activity, stored, row)
            made.previous = previous.get(activity.pk)
            self.rows.append(made)

    @property
    def how_to_type(self) -> str:
        """How numbers are written, in the person's language."""
        return say_how_to_type(mark_of_language())

    def print_row(self, said: Update, subject: Activity) -> dict[str, str]:
        return {
            "status": said.status,
            "spent": as_typed(said.spent),
            "currency": said.currency or usual_currency(subject),
            "people": as_typed(None if said.people is None else Decimal(said.people)),
            "internal": said.internal,
            "quotable": said.quotable,
        }

    def read_row(self, row: PartRow[Update]) -> Update:
        boxes = row.boxes
        status, currency = boxes["status"], boxes["currency"]
        if status.text and status.text not in REPORTED:
            status.errors.append(_("Choose one of the list."))
        currency.text = currency.text.upper()
        spent = self._number(row, boxes["spent"], decimals=2, most=activity_updates.MOST_MONEY)
        if spent is not None and not _CURRENCY.fullmatch(currency.text):
            currency.errors.append(_("Give the currency as three letters, such as USD."))
        people = self._number(row, boxes["people"], decimals=0, most=Decimal(MOST_PEOPLE))
        for name in ("internal", "quotable"):
            _limit(boxes[name], activity_updates.LONGEST_TEXT)
        return Update(
            status=status.text,
            spent=spent,
            currency=currency.text if spent is not None else "",
            people=None if people is None else int(people),
            quotable=boxes["quotable"].text,
            internal=boxes["internal"].text,
        )

    @staticmethod
    def _number(row: PartRow[Update], box: Box, *, decimals: int, most: Decimal) -> Decimal | None:
        if not box.text:
            return None
        try:
            number = read_number(box.text, mark=mark_of_language(), decimals=decimals)
        except NumberError as error:
            box.errors.append(str(error))
            return None
        wrong = (
            (number < 0, _("This cannot be negative.")),
            (number > most, _("This number is too large; check for a slip of the keyboard.")),
            (
                number != round(number, decimals),
                _("Whole numbers only.") if not decimals else _("At most 2 decimals."),
            ),
        )
        if sentences := [sentence for is_so, sentence in wrong if is_so][:1]:
            box.errors += sentences
            return None
        if reading := say_reading(box.text, number, mark=mark_of_language()):
            row.readings.append(reading)
        return number

    def say_field(self, name: str, text: str) -> str:
        if name == "status":
            return str(dict(self.statuses).get(text, text))
        if name in ("internal", "quotable"):
            return f"“{text}”" if text else ""
        return text

    def key_of(self, row: PartRow[Update]) -> int:
        return int(row.key)
