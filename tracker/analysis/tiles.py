"""A map of equal squares: one for each place, where geography suggests it, without any boundary.

Squares are coloured and labelled by an amount or by a category. What has no figure says why, apart from a zero.
The drawing is one SVG for screen, phone and paper, in which every square can be a link, and another one with its
title and legend for documents. The table behind it is ``columns`` and ``rows``. Nothing here knows what is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tracker.analysis.classes import Class, make_classes
from tracker.analysis.meanings import GAPS
from tracker.analysis.tile_drawing import Square, draw_document, draw_map, draw_swatch
from tracker.analysis.tile_looks import ZERO, Look, look_of_gap, steps
from tracker.common.formats import THIN_SPACE, round_short, show_percent, show_short


@dataclass(frozen=True)
class Place:
    """Something that has a square: its short code, its name, its row and column from 1, and its page.

    Without row and column it goes to a row of its own, below.
    """

    code: str
    name: str
    row: int | None = None
    column: int | None = None
    url: str = ""


@dataclass(frozen=True)
class Category:
    """One of a closed list: its words, and a label for a square where it has a short one."""

    code: str
    words: str
    look: Look
    label: str = ""


@dataclass(frozen=True)
class Amount:
    """What a place has: the amount, in print (``12.5 %``), and more about it (``5 of 40``)."""

    level: Decimal
    shown: str
    more: str = ""


@dataclass(frozen=True)
class Entry:
    """A line of the legend: the class in words, how many places are in it, and what stands for it in the map."""

    words: str
    count: int
    look: Look
    label: str = ""

    @property
    def swatch(self) -> SafeString:
        """The small square before the words, which say it all: decoration for readers."""
        return mark_safe(draw_swatch(self.look.paint, self.look.strokes, self.look.dashed, self.label))


@dataclass(frozen=True)
class Row:
    """A line of the table behind the map: the place, what it has in words, and which class that is."""

    place: Place
    shown: str
    more: str
    gap: str
    """The code of the gap where nothing is shown (``tracker.analysis.meanings.GAPS``)."""
    of_class: str


@dataclass(frozen=True)
class TileMap:
    """A drawn map: ``inline`` for a page, ``picture`` for a document, and the table behind it in ``rows``."""

    title: str
    subtitle: str
    column: str
    """What the figures of the table are."""
    legend: tuple[Entry, ...]
    rows: tuple[Row, ...]
    squares: tuple[Square, ...]

    @property
    def columns(self) -> tuple[str, str]:
        return (_("Country or area"), self.column)

    @cached_property
    def alt(self) -> str:
        """The map in words."""
        said = [f"{row.place.name}: {row.shown or str(GAPS[row.gap].why).lower()}" for row in self.rows]
        return ". ".join([_("Tile map. %(title)s") % {"title": self.title}, self.subtitle, *said]) + "."

    @property
    def inline(self) -> SafeString:
        """The squares for a page, which puts title and legend beside them. Each is a link where it has a page."""
        # Safe: every text that is not this package's own is escaped by the drawing.
        return mark_safe(draw_map(self.squares, label=_("Tile map. %(title)s") % {"title": self.title}))

    @property
    def picture(self) -> str:
        """The same with its title and legend as one SVG, for PDF and mail."""
        legend = [
            (entry.look.paint, entry.look.strokes, entry.look.dashed, entry.label, _counted(entry))
            for entry in self.legend
        ]
        return draw_document(
            self.squares, title=self.title, subtitle=self.subtitle, legend=legend, alt=self.alt
        )


def _counted(entry: Entry) -> str:
    return f"{entry.words} ({entry.count})"


# How amounts are written --------------------------------------------------------------------------


@dataclass(frozen=True)
class Writing:
    """How an amount is written where there is little room, and what that says (``rounded``). Classes go by the
    latter, so that no label lies outside of its class; ``edge`` writes where a class begins. Of ``whole`` numbers a
    class is named by its first and last.
    """

    label: Callable[[Decimal], str]
    rounded: Callable[[Decimal], Decimal]
    edge: Callable[[Decimal], str]
    whole: bool = False


def numbers(decimals: int = 0) -> Writing:
    """``35.5M``."""
    return Writing(
        label=lambda level: show_short(level, decimals),
        rounded=lambda level: round_short(level, decimals),
        edge=lambda level: show_short(level, _decimals_of(level.normalize())),
        whole=decimals == 0,
    )


def shares(decimals: int = 0) -> Writing:
    """``45%`` from the fraction 0.45."""

    def rounded(share: Decimal) -> Decimal:
        return round_short(share.scaleb(2), decimals).scaleb(-2)

    def written(share: Decimal, places: int) -> str:
        return show_percent(share, places).replace(THIN_SPACE, "")

    return Writing(
        label=lambda share: written(share, _decimals_of(rounded(share).scaleb(2))),
        rounded=rounded,
        edge=lambda share: written(share, _decimals_of(share.scaleb(2).normalize())),
    )


def _decimals_of(number: Decimal) -> int:
    return max(0, -int(number.as_tuple().exponent))


# Maps ---------------------------------------------------------------------------------------------


def map_amounts(
    *,
    title: str,
    subtitle: str,
    column: str,
    places: Sequence[Place],
    amounts: Mapping[str, Amount],
    gaps: Mapping[str, str],
    writing: Writing,
    edges: Mapping[Decimal, str] | None = None,
) -> TileMap:
    """A map of amounts by the places' codes. A place without one has the gap of ``gaps`` (by code), else it is
    not reported. A zero is a class of its own, but where classes are cut at given ``edges``: where each begins
    (rising), and its name; what lies below is "under" the first.
    """
    edges = edges or {}
    label = writing.label
    shown = {code: writing.rounded(amount.level) for code, amount in amounts.items()}
    counted = [level for level in shown.values() if level or edges]
    classes = make_classes(counted, edges=list(edges))
    entries = dict(zip(classes, steps(len(classes)), strict=True))
    zero = Class(Decimal(0), None, only=Decimal(0))
    if len(counted) < len(shown):
        entries = {zero: ZERO, **entries}
    whole = writing.whole and all(level >= 0 for level in counted)
    words = {
        each: edges.get(each.low or Decimal(0)) or _class_in_words(each, writing, whole) for each in entries
    }
    found = {code: next(each for each in entries if each.holds(level)) for code, level in shown.items()}
    return _assemble(
        title=title,
        subtitle=subtitle,
        column=column,
        places=places,
        held={
            place.code: _Held(
                look=entries[found[place.code]],
                label=label(shown[place.code]),
                shown=amounts[place.code].shown,
                more=amounts[place.code].more,
                of_class=words[found[place.code]],
            )
            for place in places
            if place.code in found
        },
        gaps=gaps,
        legend=[(words[each], look, "0" if each is zero else "") for each, look in entries.items()],
    )


def map_categories(
    *,
    title: str,
    subtitle: str,
    column: str,
    places: Sequence[Place],
    categories: Sequence[Category],
    given: Mapping[str, str],
    gaps: Mapping[str, str],
    more: Mapping[str, str] | None = None,
) -> TileMap:
    """A map of categories (their codes by the places' codes) in their order; gaps as in `map_amounts`."""
    by_code = {category.code: category for category in categories}
    return _assemble(
        title=title,
        subtitle=subtitle,
        column=column,
        places=places,
        held={
            code: _Held(
                look=by_code[category].look,
                label=by_code[category].label,
                shown=by_code[category].words,
                more=(more or {}).get(code, ""),
                of_class=by_code[category].words,
            )
            for code, category in given.items()
        },
        gaps=gaps,
        legend=[(category.words, category.look, "") for category in categories],
    )


@dataclass(frozen=True)
class _Held:
    """What a place has, ready to be drawn."""

    look: Look
    label: str
    shown: str
    more: str
    of_class: str


def _assemble(
    *,
    title: str,
    subtitle: str,
    column: str,
    places: Sequence[Place],
    held: Mapping[str, _Held],
    gaps: Mapping[str, str],
    legend: Iterable[tuple[str, Look, str]],
) -> TileMap:
    missing = {place.code: gaps.get(place.code, "not_reported") for place in places if place.code not in held}
    used = [held[place.code].of_class for place in places if place.code in held]
    entries = [Entry(words, used.count(words), look, label) for words, look, label in legend if words in used]
    for code in dict.fromkeys(gap for gap in GAPS if gap in missing.values()):
        entries.append(
            Entry(
                str(GAPS[code].why),
                list(missing.values()).count(code),
                look_of_gap(code),
                str(GAPS[code].mark),
            )
        )
    rows, squares = [], []
    for place in places:
        found, gap = held.get(place.code), missing.get(place.code, "")
        rows.append(
            Row(
                place,
                found.shown if found else "",
                found.more if found else "",
                gap,
                found.of_class if found else "",
            )
        )
        look = found.look if found else look_of_gap(gap)
        squares.append(
            Square(
                code=place.code,
                said=_said(place, found, gap),
                label=found.label if found else str(GAPS[gap].mark),
                paint=look.paint,
                strokes=look.strokes,
                dashed=look.dashed,
                row=place.row,
                column=place.column,
                url=place.url,
            )
        )
    return TileMap(title, subtitle, column, tuple(entries), tuple(rows), tuple(squares))


def _said(place: Place, found: _Held | None, gap: str) -> str:
    """What a square says when it is pointed at or read out."""
    what = str(GAPS[gap].why).lower() if found is None else found.shown
    if found is not None and found.more:
        what = f"{what} ({found.more})"
    return f"{place.code} {place.name}: {what}"


_ALL_DIGITS = 10_000
"""Below it a label has all the digits of a number."""


def _run(first: Decimal, last: Decimal, writing: Writing) -> str:
    return writing.edge(first) if first == last else f"{writing.edge(first)}–{writing.edge(last)}"


def _class_in_words(of: Class, writing: Writing, whole: bool) -> str:
    """``under 2M``, ``2M to under 5M``, ``5M and over``; of whole numbers, from 1, ``4–9``."""
    if of.only is not None:
        return writing.label(of.only)
    if of.low is None:
        assert of.high is not None
        if whole and of.high < _ALL_DIGITS:
            return _run(Decimal(1), of.high - 1, writing)
        return _("under %(high)s") % {"high": writing.edge(of.high)}
    if of.high is None:
        return _("%(low)s and over") % {"low": writing.edge(of.low)}
    if whole and of.high < _ALL_DIGITS:
        return _run(of.low, of.high - 1, writing)
    return _("%(low)s to under %(high)s") % {"low": writing.edge(of.low), "high": writing.edge(of.high)}
