"""What a person typed into the search box, as a question to PostgreSQL, and its words marked in what was found.

Every word is asked for twice: in English, by its stem (*migrants* finds *a migrant*), and as it is typed, as the
beginning of a word (*traff*, SP1-O3, Бишкек). Accents are folded on both sides.

The words of every row are made as it is read, and once: with ten times the indicators of the fixtures that is about
twice the work of one statement that only stems the same texts (`make bench`), half of it for the indicators' prose. An
index on that would be the first thing to add.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any

from django.contrib.postgres.search import CombinedSearchQuery, SearchQuery, SearchVectorField
from django.db.models import Func, TextField, Value
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tracker.common.bulk import fetch

Query = SearchQuery | CombinedSearchQuery

LONGEST = 200
"""Characters; what is typed beyond them is not looked for."""

MOST_WORDS = 16
"""Words and phrases, just so."""

SNIPPET = 200
BEFORE_THE_HIT = 60
LONGEST_ENDING = 5
"""Letters by which a word may be longer than the stem that it was found by."""

_TERM = re.compile(r'(?P<no>-?)"(?P<phrase>[^"]*)"?|(?P<minus>-?)(?P<word>[^\s"]+)')
_WORD = re.compile(r"\w+(?:[-./]\w+)*")
_PART = re.compile(r"\w+")


def _folds() -> tuple[str, str]:
    """Latin letters with marks, and the bare letter of each; й stays, being a letter of its own."""
    marked, bare = "ıİđĐłŁøØðÐёЁ", "iIdDlLoOdDеЕ"
    for point in range(0xC0, 0x220):
        letter = chr(point)
        base = "".join(c for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c))
        if letter not in marked and len(base) == 1 and base.isascii() and base.isalpha():
            marked, bare = marked + letter, bare + base
    return marked, bare


_MARKED, _BARE = _folds()
_FOLD = str.maketrans(_MARKED, _BARE)
_HAS_MARKS = f"[{_MARKED}]"


def fold(text: str) -> str:
    """The text without accents, letter by letter: as long as it was."""
    return text.translate(_FOLD)


def text_of(*columns: Any) -> Func:
    """Several columns as one text; what is null is left out."""
    return Func(Value(" "), *columns, function="concat_ws", output_field=TextField())


class Document(Func):
    """Texts as the words they are found by, folded: names in English and as they are written, prose in English alone,
    which halves what it costs to read.
    """

    output_field = SearchVectorField()

    def __init__(self, names: Any, prose: Any = None) -> None:
        super().__init__(names, Value("", output_field=TextField()) if prose is None else prose)

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **context: Any) -> Any:
        (names, of_names), (prose, of_prose) = map(compiler.compile, self.get_source_expressions())
        # Without OFFSET 0 the database writes the texts out wherever they are named, and makes them each time.
        sql = (
            f"(SELECT to_tsvector('english', {_folded('texts.whole')}) || "
            f"to_tsvector('simple', {_folded('texts.names')}) "
            f"FROM (SELECT names, names || ' ' || prose AS whole "
            f"FROM (SELECT {names} AS names, {prose} AS prose OFFSET 0) parts OFFSET 0) texts)"
        )
        folds = (_HAS_MARKS, _MARKED, _BARE)
        # A list and no tuple: Django's search lookup adds the list of the query's own to it.
        return sql, [*folds, *folds, *of_names, *of_prose]


def _folded(text: str) -> str:
    """``fold`` as SQL; most texts have nothing to fold, and finding that out is cheap."""
    return f"CASE WHEN {text} ~ %s THEN translate({text}, %s, %s) ELSE {text} END"


@dataclass(frozen=True)
class Term:
    """A word or a phrase that is asked for, or must not be there."""

    text: str
    is_phrase: bool = False
    is_negative: bool = False


@dataclass(frozen=True)
class Asked:
    """What was typed, as a question, and the words that are marked in what it finds: by their beginnings and stems.
    ``was_cut``: there was more than is looked for.
    """

    typed: str
    query: Query | None
    beginnings: tuple[str, ...] = ()
    stems: tuple[str, ...] = ()
    was_cut: bool = False


def read_typed(text: str) -> Asked:
    """Read what was typed; no ``query`` where there is nothing in it to look for."""
    cleaned = " ".join(unicodedata.normalize("NFC", text.replace("\x00", " ")).split())
    typed = cleaned[:LONGEST]
    groups = _read_terms(fold(typed))
    words = sorted({word for group in groups for term in group for word in term.text.split()})
    stems = _stems_of(words)
    queries = [query for group in groups if (query := _ask_group(group, stems)) is not None]
    positive = [term for group in groups for term in group if not term.is_negative]
    marked = [term.text for term in positive if _tells(term, stems)] or [term.text for term in positive]
    return Asked(
        typed=typed,
        query=reduce(or_, queries) if queries else None,
        beginnings=tuple({word.lower() for text in marked for word in _WORD.findall(text)}),
        stems=tuple({stem for text in marked for word in text.split() for stem in stems.get(word, ())}),
        was_cut=len(cleaned) > LONGEST or len(_TERM.findall(typed)) > MOST_WORDS,
    )


def _read_terms(text: str) -> list[list[Term]]:
    """Alternatives (``or`` between them) of terms that go together."""
    groups: list[list[Term]] = [[]]
    for number, found in enumerate(_TERM.finditer(text)):
        if number == MOST_WORDS:
            break
        phrase, word = found["phrase"], found["word"]
        if word is not None and word.lower() == "or":
            groups.append([])
            continue
        bare = " ".join(_WORD.findall(phrase if word is None else word))
        if bare:
            groups[-1].append(Term(bare, word is None, bool(found["no"] or found["minus"])))
    return groups


def _stems_of(words: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """What English makes of each word; nothing of those that it passes over ("the")."""
    if not words:
        return {}
    rows = fetch(
        "SELECT word, tsvector_to_array(to_tsvector('english', word)) FROM unnest(%s::text[]) word",
        [list(words)],
    )
    return {word: tuple(stems) for word, stems in rows}


def _ask_group(terms: Sequence[Term], stems: dict[str, tuple[str, ...]]) -> Query | None:
    """Terms that go together; words that English passes over count only where there is nothing else."""
    wanted = [term for term in terms if not term.is_negative]
    telling = [term for term in wanted if _tells(term, stems)]
    if not wanted:
        return None
    asked = [_ask(term) for term in telling] or [_ask_as_it_is(term) for term in wanted]
    refused = [~query for term in terms if term.is_negative for query in (_in_english(term), _raw(term, ""))]
    return reduce(and_, [*asked, *refused])


def _tells(term: Term, stems: dict[str, tuple[str, ...]]) -> bool:
    """There is more in it than words that English passes over."""
    return any(stems.get(word) for word in term.text.split())


def _ask(term: Term) -> Query:
    """By stems, or as it is typed; a word is the beginning of one."""
    return _in_english(term) | _raw(term, "" if term.is_phrase else ":*")


def _in_english(term: Term) -> SearchQuery:
    return SearchQuery(term.text, config="english", search_type="phrase" if term.is_phrase else "plain")


def _ask_as_it_is(term: Term) -> Query:
    return _raw(term, "")


def _raw(term: Term, beginning: str) -> SearchQuery:
    # Only letters, digits and - . / are in it: nothing that could end the quoted text.
    return SearchQuery(f"'{term.text}'{beginning}", config="simple", search_type="raw")


def mark(text: str, asked: Asked) -> SafeString:
    """The text with the words that were found in ``<mark>``; all of it escaped."""
    pieces: list[tuple[str | SafeString]] = []
    at = 0
    for start, end in _hits(text, asked):
        pieces += [(text[at:start],), (format_html("<mark>{}</mark>", text[start:end]),)]
        at = end
    return format_html_join("", "{}", [*pieces, (text[at:],)])


def snippet(text: str, asked: Asked) -> SafeString:
    """The part of a long text around its first hit, or its beginning."""
    text = " ".join(text.split())
    first = next(_hits(text, asked), (0, 0))[0]
    start = max(0, first - BEFORE_THE_HIT) if len(text) > SNIPPET else 0
    if start:
        start = text.find(" ", start, first) + 1 or start
    part = text[start : start + SNIPPET]
    if start + SNIPPET < len(text):
        part = part.rsplit(" ", 1)[0] + " …"
    return mark(("… " if start else "") + part, asked)


def _hits(text: str, asked: Asked) -> Iterator[tuple[int, int]]:
    """Where words begin and end that were asked for; of SP1-O3 or anti-trafficking the whole or its parts."""
    folded = fold(text).lower()
    if len(folded) != len(text):  # a letter that becomes two when it is small: nothing would fit any more
        return
    for found in _WORD.finditer(folded):
        if _is_asked(found[0], asked):
            yield found.span()
            continue
        for part in _PART.finditer(found[0]):
            if part[0] != found[0] and _is_asked(part[0], asked):
                yield found.start() + part.start(), found.start() + part.end()


def _is_asked(word: str, asked: Asked) -> bool:
    return word.startswith(asked.beginnings) or any(
        word.startswith(stem.rstrip("i")) and len(word) - len(stem) <= LONGEST_ENDING for stem in asked.stems
    )
