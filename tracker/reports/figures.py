"""What an edition holds: its figures as they were when it was made, with no database behind them.

The renderers read only this, so that a PDF and a workbook of one edition cannot differ, and what was
printed can be printed again. Missing is None, never 0. Figures are Decimals, percentages fractions.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import types
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from tracker.common.formats import NUMBER, show_value

FORMAT = 1
"""Version of the JSON form; raised when a field changes its meaning."""

_T = TypeVar("_T")


@dataclass(frozen=True, kw_only=True)
class MissionFigures:
    """How an indicator stands for one mission, inside a regional edition."""

    code: str
    name: str
    value: Decimal | None = None
    baseline: Decimal | None = None
    expected: Decimal | None = None
    target: Decimal | None = None
    target_due: datetime.date | None = None
    attainment: Decimal | None = None
    pace: Decimal | None = None
    status: str
    judged_at: str | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class IndicatorFigures:
    """How an indicator stands for the scope of the edition.

    ``measure`` is the indicator's own (number, percentage, stage, yes_no); ``shown_as`` and
    ``shown_unit`` say how the figures of this row read where that differs: a region that counts missions
    shows a number of missions whatever is measured. ``judged_at`` is a quarter's code, None where nothing
    was due yet. ``compared_value`` is what is set against the target; ``note`` says of whom.
    """

    code: str
    name: str
    unit: str
    measure: str = NUMBER
    shown_as: str = ""
    shown_unit: str = ""
    level: str = ""
    decimals: int = 0
    stages: tuple[str, ...] = ()
    is_flow: bool = False
    proposed: bool = False
    judged_at: str | None = None
    value: Decimal | None = None
    compared_value: Decimal | None = None
    baseline: Decimal | None = None
    expected: Decimal | None = None
    target: Decimal | None = None
    target_due: datetime.date | None = None
    attainment: Decimal | None = None
    pace: Decimal | None = None
    status: str
    note: str = ""
    missions: tuple[MissionFigures, ...] = ()

    @property
    def actual(self) -> Decimal | None:
        """The figure that stands beside the target: the compared value; without a target, the value."""
        return self.value if self.target is None else self.compared_value

    @property
    def has_other_value(self) -> bool:
        """Whether there is a value beside the compared one, so that both have to be named."""
        return self.value is not None and self.value != self.actual

    @property
    def row_measure(self) -> str:
        """The measure in which this row's figures are shown."""
        return self.shown_as or self.measure

    @property
    def row_unit(self) -> str:
        """The unit of this row's figures."""
        return self.shown_unit or self.unit

    def show(self, value: Decimal | None) -> str:
        """A figure of this row as text."""
        # A number of missions is whole, whatever the indicator's own decimals.
        decimals = self.decimals if self.row_measure == self.measure else 0
        return show_value(value, measure=self.row_measure, decimals=decimals, stages=self.stages)

    def show_own(self, value: Decimal | None) -> str:
        """A mission's figure as text, in the indicator's own measure."""
        return show_value(value, measure=self.measure, decimals=self.decimals, stages=self.stages)


@dataclass(frozen=True, kw_only=True)
class NarrativeBlock:
    """A piece of text that may be quoted: whose it is, in which language, and the text in paragraphs."""

    heading: str
    text: str
    language: str = "en"


@dataclass(frozen=True, kw_only=True)
class PriorityFigures:
    """A strategic priority or area: its indicators, and how many of them have which status.

    The counts come with the figures, not from the rows, because a proposed indicator may be listed
    without being counted.
    """

    code: str
    title: str
    status_counts: Mapping[str, int] = field(default_factory=dict)
    indicators: tuple[IndicatorFigures, ...] = ()
    narrative: tuple[NarrativeBlock, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """How complete the figures are: reports approved, missions that owed one, and the names of those
    whose report is missing."""

    reports_approved: int
    missions_due: int
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class EditionFigures:
    """Everything that one edition of a periodic report says.

    ``kind`` is region or mission; ``scope_code`` a mission's code or REGION; ``period`` a quarter's code;
    ``as_of`` the words under the title. ``language`` is the language in which it is written out.
    ``on_track_from`` and ``at_risk_from`` are the strategy's thresholds of pace, which the notes explain.
    ``generated_on`` is the only date in it that is not about results: the files carry it as theirs.
    """

    title: str
    kind: str
    scope_name: str
    scope_code: str
    period: str
    as_of: str
    generated_on: datetime.date
    strategy: str
    coverage: Coverage
    on_track_from: Decimal
    at_risk_from: Decimal
    organisation: str = ""
    language: str = "en-gb"
    provisional: bool = False
    draft: bool = True
    demonstration: bool = False
    priorities: tuple[PriorityFigures, ...] = ()
    narrative: tuple[NarrativeBlock, ...] = ()

    @property
    def status_counts(self) -> dict[str, int]:
        """How many indicators have which status, over all priorities."""
        total: dict[str, int] = {}
        for priority in self.priorities:
            for status, count in priority.status_counts.items():
                total[status] = total.get(status, 0) + count
        return total

    @property
    def indicator_count(self) -> int:
        """How many indicators are listed."""
        return sum(len(priority.indicators) for priority in self.priorities)

    def to_json(self) -> str:
        """The figures as JSON: keys in order, Decimals as plain strings without trailing zeros.

        The same figures always give the same text, so that its digest tells whether anything changed.
        """
        return json.dumps(
            {"format": FORMAT, "figures": _encode(self)},
            sort_keys=True,
            ensure_ascii=False,
            separators=(",", ":"),
        )

    @classmethod
    def from_json(cls, text: str) -> EditionFigures:
        """The figures back from their JSON. Raises ValueError that says where it does not fit."""
        try:
            content = json.loads(text)
        except json.JSONDecodeError as error:
            raise ValueError(f"These figures are not JSON: {error}.") from error
        if not isinstance(content, dict) or content.get("format") != FORMAT:
            raise ValueError(f"These figures are not in format {FORMAT}; make the edition again.")
        return _decode(cls, content.get("figures"), "figures")

    def digest(self) -> str:
        """SHA-256 of the JSON form, in hexadecimal."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()


def _encode(value: Any) -> Any:
    if is_dataclass(value):
        return {item.name: _encode(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, Decimal):
        return _plain(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_encode(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): _encode(item) for key, item in value.items()}
    if value is None or isinstance(value, (str, int)):
        return value
    raise TypeError(f"{type(value).__name__} does not belong in the figures of an edition.")


def _plain(number: Decimal) -> str:
    """The number without exponent and trailing zeros: 400, 400.00 and 4E+2 are one figure."""
    if not number.is_finite():
        raise ValueError(f"{number} is not a figure; use None where there is none.")
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _decode(kind: Any, value: Any, where: str) -> Any:
    """A value of a declared type from its JSON form; ``where`` names the place in error messages."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        inner = next(option for option in get_args(kind) if option is not types.NoneType)
        return None if value is None else _decode(inner, value, where)
    if origin is tuple:
        items = _expect(list, value, where)
        inner = get_args(kind)[0]
        return tuple(_decode(inner, item, f"{where}[{index}]") for index, item in enumerate(items))
    if origin is Mapping:
        inner = get_args(kind)[1]
        content = _expect(dict, value, where)
        return {key: _decode(inner, item, f"{where}.{key}") for key, item in content.items()}
    if is_dataclass(kind) and isinstance(kind, type):
        content = _expect(dict, value, where)
        hints = _hints(kind)
        if set(content) != set(hints):
            odd = ", ".join(sorted(set(content) ^ set(hints)))
            raise ValueError(f"{where}: these fields are missing or unknown: {odd}.")
        return kind(**{name: _decode(hints[name], content[name], f"{where}.{name}") for name in hints})
    return _decode_plain(kind, value, where)


def _decode_plain(kind: Any, value: Any, where: str) -> Any:
    if kind in (Decimal, datetime.date):
        text = _expect(str, value, where)
        try:
            return Decimal(text) if kind is Decimal else datetime.date.fromisoformat(text)
        except (InvalidOperation, ValueError) as error:
            wanted = "a number" if kind is Decimal else "a date"
            raise ValueError(f"{where}: “{text}” is not {wanted}.") from error
    return _expect(kind, value, where)


def _expect(kind: type[_T], value: Any, where: str) -> _T:
    # A bool is an int to Python, but true is no count.
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is int):
        raise ValueError(f"{where}: expected {kind.__name__}, found {type(value).__name__}.")
    return value
