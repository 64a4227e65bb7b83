"""Search over everything that may be read: one statement, whatever is found."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.search import SearchRank
from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    FloatField,
    IntegerField,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
    Window,
)
from django.db.models.functions import Cast, Coalesce
from django.utils.safestring import SafeString

from tracker.common.lookalikes import fold_lookalikes

from .places import PLACES, Place, address_of
from .search_kinds import SEARCHED, Searched
from .search_words import Asked, Document, Query, mark, snippet, text_of

A_FEW = 5
"""Rows of each kind while all kinds are shown."""

A_PAGE = 25
"""Rows of a page while one kind is."""

EXACTLY = 100.0
"""The rank of what has the very code that was typed; words rank below 1."""

_SHOWN = ("s_number", "s_code", "s_parent", "s_title", "s_beside", "s_text", "s_rank", "s_total")


@dataclass(frozen=True)
class Hit:
    """Something that was found, as it is listed; ``url`` is empty where it has no page."""

    code: str
    marked_code: SafeString
    title: SafeString
    beside: str
    snippet: SafeString
    url: str
    is_exact: bool


@dataclass
class Group:
    """What was found of one kind: some of it, and how much there is."""

    kind: str
    place: Place
    total: int
    hits: list[Hit] = field(default_factory=list)

    @property
    def more(self) -> int:
        return self.total - len(self.hits)


@dataclass(frozen=True)
class Found:
    """The groups, those first that have the very code that was typed; ``page`` of the one ``kind`` that was asked
    for.
    """

    groups: Sequence[Group]
    kind: str = ""
    page: int = 1

    @property
    def total(self) -> int:
        return sum(group.total for group in self.groups)

    @property
    def only(self) -> Group | None:
        """The group of the one kind that was asked for."""
        return next((group for group in self.groups if group.kind == self.kind), None)

    @property
    def first(self) -> int:
        """The place of the page's first row, from 1, among those of its kind."""
        return (self.page - 1) * A_PAGE + 1

    @property
    def last(self) -> int:
        return self.first - 1 + (len(self.only.hits) if self.only else 0)

    @property
    def next_page(self) -> int | None:
        return self.page + 1 if self.only and self.last < self.only.total else None

    @property
    def previous_page(self) -> int | None:
        return self.page - 1 or None


def search(asked: Asked, *, kind: str = "", page: int = 1) -> Found:
    """What fits what was typed: a few rows of each kind, or a page of one kind (the first where it has no such
    page). Of every kind how many there are.
    """
    if (query := asked.query) is None:
        return Found([])
    found = _read(asked, query, kind, page)
    if kind and page > 1 and not any(group.kind == kind for group in found):
        page, found = 1, _read(asked, query, kind, 1)
    return Found(found, kind, page)


def _read(asked: Asked, query: Query, kind: str, page: int) -> list[Group]:
    def part(number: int, each: Searched) -> QuerySet[Any, Any]:
        rows = _fitting(each, number, asked.typed, query)
        if each.kind == kind:
            return rows[(page - 1) * A_PAGE : page * A_PAGE]
        return rows[: 1 if kind else A_FEW]

    parts = [part(number, each) for number, each in enumerate(SEARCHED)]
    rows = parts[0].union(*parts[1:], all=True)
    groups: dict[int, Group] = {}
    exact: set[int] = set()
    for number, code, parent, title, beside, text, rank, total in rows:
        each = SEARCHED[number]
        group = groups.setdefault(number, Group(each.kind, PLACES[each.kind], total))
        if rank >= EXACTLY:
            exact.add(number)
        if kind and each.kind != kind:
            continue
        words = each.beside_in_words
        group.hits.append(
            Hit(
                code=code,
                marked_code=mark(code, asked),
                title=mark(title, asked),
                beside=beside if words is None else str(words.get(beside, "")),
                snippet=snippet(text, asked),
                url=address_of(each.kind, code, parent),
                is_exact=rank >= EXACTLY,
            )
        )
    return [groups[number] for number in sorted(groups, key=lambda number: (number not in exact, number))]


def _fitting(each: Searched, number: int, typed: str, query: Query) -> QuerySet[Any, Any]:
    """The rows of a kind that fit, best first; those with a word in their name before the others."""
    own_code = Q(**{f"{each.code}__iexact": fold_lookalikes(typed)})
    own_name = text_of(each.code, each.title)
    return (
        each.rows()
        .annotate(
            s_document=Document(text_of(own_name, *each.more), text_of(*each.text) if each.text else None)
        )
        .filter(Q(s_document=query) | own_code)
        .annotate(
            s_number=Value(number, output_field=IntegerField()),
            s_code=Cast(each.code, TextField()),
            s_parent=_words(each.parent),
            s_title=Cast(each.title, TextField()),
            s_beside=_words(each.beside),
            s_text=text_of(*each.text) if each.text else Value("", output_field=TextField()),
            s_rank=Case(
                When(own_code, then=Value(EXACTLY)),
                default=Cast(SearchRank(Document(own_name), query), FloatField()),
                output_field=FloatField(),
            ),
            s_total=Window(Count("*")),
        )
        .order_by(F("s_rank").desc(), *each.order)
        .values_list(*_SHOWN)
    )


def _words(expression: Any) -> Any:
    return Coalesce(
        Cast(expression, TextField()), Value("", output_field=CharField()), output_field=TextField()
    )
