"""Sheets as downloads, and lists that stand on a page as files: the same rows, with numbers and dates as such.

A view of a list calls ``send_list`` before it renders: it answers ``?as=xlsx`` (or ods, csv) and leaves every other
request to the page, whose template includes ``common/download.html``. A column whose cell is markup gives its plain
value by a method ``value_<column>`` on the table; ``exclude_from_export=True`` leaves a column out. A page whose
list is no such table makes its own sheet and calls ``send_sheet``.
"""

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from tracker.common.workbooks import specs
from tracker.common.workbooks.ods_writing import write_ods
from tracker.common.workbooks.templates import fit_widths
from tracker.common.workbooks.writing import stream_csv, write_workbook

from .services import record_taken

if TYPE_CHECKING:
    from tracker.access.models import User

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}


# Of a CSV file: one of fewer is sent whole, with its length.
_PIECES_AT_ONCE = 4


def send(sheets: Sequence[specs.SheetSpec], *, name: str, suffix: str) -> HttpResponseBase:
    """Sheets as a download; CSV takes one sheet, and is sent as it is read where it is large.

    What reading refuses is raised here, before the answer has begun.
    """
    if suffix == "csv":
        pieces = stream_csv(sheets[0])
        first = list(islice(pieces, _PIECES_AT_ONCE))
        if len(first) < _PIECES_AT_ONCE:
            return send_file(b"".join(first), name=name, suffix=suffix)
        answer = StreamingHttpResponse(_Begun(first, pieces), content_type=CONTENT_TYPES["csv"])
        answer["Content-Disposition"] = _as_download(name, "csv")
        return answer
    content = write_workbook(sheets, title=name) if suffix == "xlsx" else write_ods(sheets, title=name)
    return send_file(content, name=name, suffix=suffix)


class _Begun:
    """A stream of which the first pieces were read already. Closed with the answer, it lets the database go, also
    where nobody takes the rest.
    """

    def __init__(self, first: Iterable[bytes], rest: Generator[bytes]) -> None:
        self._all, self._rest = chain(first, rest), rest

    def __iter__(self) -> Iterator[bytes]:
        return self._all

    def close(self) -> None:
        self._rest.close()


def send_file(content: bytes, *, name: str, suffix: str) -> HttpResponse:
    """A file as a download, its name with today's date."""
    return HttpResponse(
        content,
        content_type=CONTENT_TYPES[suffix],
        headers={"Content-Disposition": _as_download(name, suffix)},
    )


def send_list(request: HttpRequest, table: Any, *, name: str, user: "User") -> HttpResponseBase | None:
    """The table of a page as the file that ``?as=`` asks for, all its rows; None where the page is asked for."""
    return send_sheet(request, lambda tagged: sheet_of_table(table, name=name), name=name, user=user)


def send_sheet(
    request: HttpRequest, make: Callable[[bool], specs.SheetSpec], *, name: str, user: "User"
) -> HttpResponseBase | None:
    """What a page lists as the file that ``?as=`` asks for; None where the page is asked for. ``make`` is told
    whether a row of HXL tags is wanted (``?hxl=1``).
    """
    suffix = request.GET.get("as", "")
    if suffix not in CONTENT_TYPES:
        return None
    record_taken(what=f"list {name}", format=suffix, user=user)
    return send([make(request.GET.get("hxl") == "1")], name=name, suffix=suffix)


def sheet_of_table(table: Any, *, name: str) -> specs.SheetSpec:
    """A django-tables2 table as a sheet; of a column, its values say whether it holds numbers or dates."""
    titles, *rows = table.as_values()
    plain = [[_plain(value) for value in row] for row in rows]
    columns = [
        specs.Column(f"c{place}", str(title), kind=_kind_of([row[place] for row in plain]))
        for place, title in enumerate(titles)
    ]
    return replace(fit_widths(specs.SheetSpec(name, columns, plain)), rows=plain)


def _plain(value: Any) -> Any:
    """A value as a sheet holds it: a moment by the clock of the server, an empty text as an empty cell."""
    if isinstance(value, datetime):
        return timezone.localtime(value) if timezone.is_aware(value) else value
    if value is None or isinstance(value, (bool, int, Decimal, date)):
        return value
    return str(value) or None


def _kind_of(values: Sequence[Any]) -> specs.Kind:
    filled = [value for value in values if value is not None]
    kinds: list[tuple[type | tuple[type, ...], specs.Kind]] = [
        (datetime, "datetime"),
        (date, "date"),
        ((int, Decimal), "number"),
    ]
    for types, kind in kinds:
        if filled and all(isinstance(value, types) and not isinstance(value, bool) for value in filled):
            return kind
    return "text"


def _as_download(name: str, suffix: str) -> str:
    """The header that has a file kept under its name with today's date; a name may hold a code in any letters."""
    return content_disposition_header(True, f"{name}-{timezone.localdate():%Y-%m-%d}.{suffix}") or ""
