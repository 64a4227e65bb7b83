"""Where the header of a sheet is, and what its columns are called: by headings, by HXL tags, by a person."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from .cells import Cell, clean_text
from .grids import Area
from .letters import column_letters
from .sheets import Reading, WorkbookError

# How many rows that hold anything are looked at for a header: titles and notes may stand above it.
HEADER_WITHIN = 25

# A cell that is merged over more rows than this is no heading alone.
_TALLEST_HEADING = 4
_HXL_TAG = re.compile(r"#[a-z][a-z0-9_]*(?:\s*\+\s*[a-z][a-z0-9_]*)*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Known:
    """The columns that a caller knows, None for any; the HXL tag of each that has one; what a person chose; the
    columns that a sentence lists.
    """

    columns: Collection[str] | None
    tags: Mapping[str, str]
    reading: Reading
    listed: Collection[str] | None = None


@dataclass(slots=True)
class Header:
    """The header of a sheet: the indexes of its row and of the first row of data; its columns.

    `columns` are those that are read, as (index, name, title as written). `unknown` and `ignored` are (index,
    title). `hxl` are the tags by name. `matches` is how many headings or tags were known.
    """

    row: int
    below: int
    columns: list[tuple[int, str, str]] = field(default_factory=list)
    unknown: list[tuple[int, str]] = field(default_factory=list)
    ignored: list[tuple[int, str]] = field(default_factory=list)
    hxl: dict[str, str] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        return [name for _index, name, _title in self.columns]

    @property
    def indexes(self) -> list[int]:
        """The columns that have a heading, in their order."""
        return sorted(
            [
                *(index for index, _name, _title in self.columns),
                *(index for index, _title in self.unknown),
                *(index for index, _title in self.ignored),
            ]
        )


def normalise(title: str) -> str:
    """Give the name of a column: lower case, one underscore for spaces, none around a colon.

    "Baseline  Value" and "BASELINE_VALUE" are baseline_value, "Sex : Female" is sex:female.
    """
    folded = unicodedata.normalize("NFC", clean_text(title)).casefold()
    name = re.sub(r"[\s_]+", "_", folded).strip("_")
    return re.sub(r"_?:_?", ":", name)


def squeeze(title: str) -> str:
    """Give what two headings must share to be the same: spaces, underscores and case are ignored."""
    return normalise(title).replace("_", "")


def fold_tag(tag: str) -> str:
    """Give what two HXL tags must share to be the same: spaces, case and the order of attributes are ignored."""
    first, *attributes = re.sub(r"\s", "", tag).casefold().split("+")
    return "+".join([first, *sorted(set(attributes))])


def find_header(
    *, rows: Sequence[Sequence[Cell]], merged: Collection[Area], known: Known, filename: str
) -> Header:
    """Find the header among the first rows of a sheet and name its columns.

    It is the row that the person chose; else the one, of the first 25 that hold anything, with the most known
    headings; else, where a row of HXL tags is known, the row above it or that row itself. Where any column is
    wanted, it is the first row that holds anything. Raises WorkbookError where there is none, where a name
    stands twice, or where the person's choice does not fit.
    """
    finder = _Finder(rows, merged, known, filename)
    finder.check_meanings()
    header = finder.name_columns(*finder.find())
    finder.check_mapping(header)
    return header


def is_hxl(cells: Sequence[Cell]) -> bool:
    """Tell whether a row consists of HXL tags, such as #country+code."""
    filled = [cell for cell in cells if cell is not None]
    return bool(filled) and all(isinstance(cell, str) and _HXL_TAG.fullmatch(cell) for cell in filled)


class _Finder:
    """The search for one header: `rows` are the first rows of the sheet, as cells."""

    def __init__(
        self, rows: Sequence[Sequence[Cell]], merged: Collection[Area], known: Known, filename: str
    ) -> None:
        self._rows = rows
        self._merged: dict[int, list[Area]] = {}
        for area in merged:
            if area.top <= len(rows) and area.bottom > area.top:
                self._merged.setdefault(area.left - 1, []).append(area)
        self._filename = filename
        self._columns = known.columns
        self._listed = ", ".join(known.listed or known.columns or ())
        self._header_row = known.reading.header_row
        self._names = {squeeze(name): name for name in known.columns or ()}
        folded = [(fold_tag(tag), name) for name, tag in known.tags.items() if squeeze(name) in self._names]
        tags = [tag for tag, _name in folded]
        # A tag that several columns share names none of them.
        self._tags = {tag: name for tag, name in folded if tags.count(tag) == 1}
        self._chosen = known.reading.mapping
        self._mapping = {squeeze(title): name for title, name in self._chosen.items()}
        self._filled = [index for index, row in enumerate(rows) if any(cell is not None for cell in row)]

    def find(self) -> tuple[int, int | None]:
        """Give the indexes of the row with the headings and of the row with the HXL tags, if there is one."""
        if self._header_row is not None:
            index = self._header_row - 1
            if index not in self._filled:
                raise WorkbookError(
                    _("%(file)s holds nothing in row %(row)d, which was chosen as the header row.")
                    % {"file": self._filename, "row": self._header_row}
                )
            return index, self._tags_below(index)
        if not self._filled:
            raise WorkbookError(
                _(
                    "%(file)s has no header: its first rows are empty. Put the names of the columns into row 1."
                )
                % {"file": self._filename}
            )
        if self._columns is None:
            return self._filled[0], self._tags_below(self._filled[0])
        most, earliest = max((self._count_headings(index), -index) for index in self._filled)
        best = -earliest
        tagged = next((index for index in self._filled if self._count_tags(index)), None)
        if tagged is not None and (not most or (best > tagged and self._count_tags(tagged) >= most)):
            above = [index for index in self._filled if index < tagged]
            return (above[-1] if above else tagged), tagged
        if not most:
            raise WorkbookError(
                _(
                    "%(file)s has no header that is known. Name the columns in row 1; expected are: %(columns)s."
                )
                % {"file": self._filename, "columns": self._listed}
            )
        return best, (tagged if tagged is not None and tagged > best else self._tags_below(best))

    def _tags_below(self, index: int) -> int | None:
        """Give the next row that holds anything, or this one, if it is of HXL tags."""
        if is_hxl(self._rows[index]):
            return index
        following = next((below for below in self._filled if below > index), None)
        return following if following is not None and is_hxl(self._rows[following]) else None

    def _count_headings(self, index: int) -> int:
        squeezed = {squeeze(title) for _column, title in self._titles(index)}
        return len(squeezed & (self._names.keys() | self._mapping.keys()))

    def _count_tags(self, index: int) -> int:
        row = self._rows[index]
        return sum(fold_tag(str(cell)) in self._tags for cell in row) if is_hxl(row) else 0

    def _titles(self, index: int) -> Iterator[tuple[int, str]]:
        """Give the headings in a row, with those that are merged from above down to it."""
        for column, cell in enumerate(self._rows[index]):
            if cell is None and column in self._merged:
                cell = self._cell_above(index, column)
            if cell is not None:
                yield column, _write_title(cell)

    def _cell_above(self, index: int, column: int) -> Cell:
        """Give the heading of a merged cell that begins above this place."""
        for area in self._merged.get(column, ()):
            if area.top <= index < area.bottom:
                return self._rows[area.top - 1][column]
        return None

    def name_columns(self, row: int, tag_row: int | None) -> Header:
        """Name the columns under the headings of one row and the tags of another."""
        last = max(row, tag_row if tag_row is not None else row)
        headings = list(self._titles(row))
        titled = {column for column, _title in headings}
        header = Header(row, last + 1)
        tags = {} if tag_row is None else self._read_tags(tag_row)
        if tag_row is not None and tag_row != row:
            headings += [(column, tag) for column, tag in tags.items() if column not in titled]
        by_tag: list[tuple[int, str, str]] = []
        for column, title in sorted(headings):
            name = self._name(title)
            if name is None and (tag := fold_tag(tags.get(column, ""))) in self._tags:
                by_tag.append((column, self._tags[tag], title))
            elif name is None:
                header.unknown.append((column, title))
            elif not name:
                header.ignored.append((column, title))
            else:
                self._add(header, column, name, title)
        said = set(header.names)
        for column, name, title in by_tag:
            if name in said:
                # A heading says what the tag of another column says: the heading stands.
                header.unknown.append((column, title))
            else:
                self._add(header, column, name, title)
        header.columns.sort()
        header.unknown.sort()
        header.below = max(header.below, self._find_end(header))
        header.hxl = {name: tags[column] for column, name, _title in header.columns if column in tags}
        return header

    def _find_end(self, header: Header) -> int:
        """Give the row below the headings that are merged downwards: there the data begin."""
        bottoms = [
            area.bottom
            for column, _name, _title in header.columns
            for area in self._merged.get(column, ())
            if area.top - 1 <= header.row < area.bottom <= header.row + _TALLEST_HEADING
        ]
        return max(bottoms, default=0)

    def _read_tags(self, tag_row: int) -> dict[int, str]:
        return {column: str(cell) for column, cell in enumerate(self._rows[tag_row]) if cell is not None}

    def _name(self, title: str) -> str | None:
        """Give the name of the column with this heading, "" if it is to be left out, None if it is unknown."""
        squeezed = squeeze(title)
        if squeezed in self._mapping:
            meant = self._mapping[squeezed]
            if not meant or self._columns is None:
                return meant
            return self._names.get(squeeze(meant))
        return normalise(title) if self._columns is None else self._names.get(squeezed)

    def _add(self, header: Header, column: int, name: str, title: str) -> None:
        for earlier, taken, _title in header.columns:
            if taken == name:
                raise WorkbookError(
                    _(
                        "%(file)s has the column “%(title)s” twice (columns %(first)s and %(second)s of row "
                        "%(row)d). Delete or rename one."
                    )
                    % {
                        "file": self._filename,
                        "title": title,
                        "first": column_letters(earlier + 1),
                        "second": column_letters(column + 1),
                        "row": header.row + 1,
                    }
                )
        header.columns.append((column, name, title))

    def check_meanings(self) -> None:
        """Refuse a mapping to columns that there are not."""
        for name in self._chosen.values():
            if name and self._columns is not None and squeeze(name) not in self._names:
                raise WorkbookError(
                    _("“%(name)s” is no column that can be read. There are: %(columns)s.")
                    % {"name": name, "columns": self._listed}
                )

    def check_mapping(self, header: Header) -> None:
        """Refuse a mapping that speaks of headings that there are not."""
        titles = [title for _column, title in self._titles(header.row)] + list(header.hxl.values())
        there = {squeeze(title) for title in titles}
        for title in self._chosen:
            if squeeze(title) not in there:
                raise WorkbookError(
                    _(
                        "%(file)s has no column “%(title)s” to be read as another. Its columns are: %(titles)s."
                    )
                    % {"file": self._filename, "title": title, "titles": ", ".join(titles)}
                )


def _write_title(cell: Cell) -> str:
    return format(cell, "f") if isinstance(cell, Decimal) else str(cell)
