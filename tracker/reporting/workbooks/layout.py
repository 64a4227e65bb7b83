"""The sheets of a report's workbook and their columns: one list for what writes it and what reads it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tracker.progress.models import ReportingPeriod
from tracker.region.models import Mission

KIND, VERSION = "report", "1"
"""What the document properties of the workbook say that it is."""

ROW_KEY, SHOWN = "row_key", "shown"
"""The hidden columns, in every language: what a row is about, and the fingerprint of what it showed."""

_BETWEEN = " / "


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """A sheet: its name, and the headings of its columns by key. ``filled`` are the keys of those that people fill
    in, each named as the box of the page that it stands for.
    """

    name: Promise
    headings: Mapping[str, Promise]
    filled: tuple[str, ...]

    @property
    def titles(self) -> dict[str, str]:
        """The headings in the language of now, by key; the hidden ones too."""
        titles = {key: str(heading) for key, heading in self.headings.items()}
        return {**titles, ROW_KEY: ROW_KEY, SHOWN: SHOWN}


RESULTS = Layout(
    _("Results"),
    {
        "code": _("Code"),
        "about": _("Indicator"),
        "unit": _("Unit"),
        "previous": _("Last given"),
        "to_date": _("To date"),
        "expected": _("Expected"),
        "target": _("Target"),
        "value": _("This period"),
        "n": _("Numerator"),
        "d": _("Denominator"),
        "na": _("Not applicable"),
        "comment": _("Comment"),
    },
    filled=("value", "n", "d", "na", "comment"),
)
BREAKDOWNS = Layout(
    _("Breakdowns"),
    {
        "code": _("Code"),
        "about": _("Indicator"),
        "breakdown": _("Broken down by"),
        "cell": _("Group"),
        "value": _("This period"),
        "n": _("Numerator"),
        "d": _("Denominator"),
    },
    filled=("value", "n", "d"),
)
ACTIVITIES = Layout(
    _("Activities"),
    {
        "code": _("Code"),
        "about": _("Activity"),
        "previous": _("Last approved update"),
        "status": _("Status"),
        "spent": _("Spent"),
        "currency": _("Currency"),
        "people": _("People reached"),
        "internal": _("Comment"),
        "quotable": _("May be quoted"),
    },
    filled=("status", "spent", "currency", "people", "internal", "quotable"),
)
NARRATIVE = Layout(
    _("Narrative"),
    {
        "code": _("Section"),
        "language": _("Language"),
        "quotable": _("May be quoted"),
        "internal": _("Internal"),
    },
    filled=("language", "quotable", "internal"),
)
LAYOUTS = (RESULTS, BREAKDOWNS, ACTIVITIES, NARRATIVE)


@dataclass(frozen=True, slots=True)
class RowName:
    """What a row is about: an indicator, an activity or a section by its ``code``, of one report; of an indicator
    maybe the cell with this id.
    """

    code: str
    mission: str
    period: str
    cell: int | None = None

    @classmethod
    def of(cls, code: str, by: Mission, of: ReportingPeriod, *, cell: int | None = None) -> "RowName":
        """The row of a report by its mission and period."""
        return cls(code, by.code, of.code, cell)

    @classmethod
    def read(cls, key: str) -> "RowName | None":
        """The name that a key spells, None for what is none."""
        code, *rest = key.split(_BETWEEN)
        if len(rest) not in (2, 3):
            return None
        cell = rest[2] if len(rest) == 3 else ""
        if cell and not (cell.isascii() and cell.isdecimal() and len(cell) <= 18):
            return None
        return cls(code, rest[0], rest[1], int(cell) if cell else None)

    def __str__(self) -> str:
        parts = [self.code, self.mission, self.period]
        return _BETWEEN.join(parts if self.cell is None else [*parts, str(self.cell)])
