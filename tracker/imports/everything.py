"""The complete export: one archive with a CSV file for each kind in the order in which they are loaded, a data
dictionary and a README; and its way into an empty installation.

Small cells are not hidden in it, so that it can be loaded again: it is confidential.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from typing import IO, TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from tracker.batches.kinds import Kind
from tracker.batches.models import ImportBatch
from tracker.batches.outward import sheet_of
from tracker.batches.plans import RowError
from tracker.batches.selections import Selection
from tracker.batches.services import load_file
from tracker.common.errors import Refused
from tracker.common.formats import show_date
from tracker.common.workbooks.archives import DICTIONARY, write_tables
from tracker.common.workbooks.specs import SheetSpec
from tracker.framework.models import Strategy
from tracker.progress.models import ReportingPeriod
from tracker.progress.services.plans import open_periods

from .registry import KINDS

if TYPE_CHECKING:
    from tracker.access.models import User

README = "README.txt"
# The most that is unpacked of one file of an archive.
MOST_BYTES = 500_000_000


def kinds_of_everything() -> list[Kind]:
    """The kinds that go out and count, in the order in which they build on each other."""
    return [kind for kind in KINDS.values() if kind.export is not None and not kind.export.of_drafts]


def find_file_kind(name: str) -> Kind | None:
    """The kind that a file of the archive holds, by its name: 07_breakdowns.csv, 13_history_2021.csv."""
    found = re.fullmatch(r"\d{2}_([a-z_]+?)(?:_\d{4})?\.csv", name)
    kind = KINDS.get(found[1]) if found else None
    return kind if kind in kinds_of_everything() else None


def write_everything(*, to: IO[bytes], user: "User | None", made_on: date) -> None:
    """Write the archive of the current strategy. Raises Refused where there is none."""
    strategy = Strategy.objects.current()
    if strategy is None:
        raise Refused(_("There is no strategy yet, so there is nothing to take away."))
    with transaction.atomic():
        sheets = [
            _with_examples(replace(sheet_of(kind=kind, selection=selection, user=user), name=name))
            for name, kind, selection in _files(strategy)
        ]
        names = [f"{sheet.name}.csv" for sheet in sheets]
        write_tables(sheets, to=to, more={README: _readme(strategy, made_on, names).encode()})


def _files(strategy: Strategy) -> Iterator[tuple[str, Kind, Selection]]:
    """The files in the order in which they are loaded: name, kind, what of it."""
    whole = Selection(strategy=strategy.code, with_small_cells=True)
    years: dict[int, set[str]] = {}
    for period in ReportingPeriod.objects.filter(strategy=strategy).order_by("number"):
        years.setdefault(period.year, set()).add(period.code)
    for number, kind in enumerate(kinds_of_everything(), start=1):
        if kind.export is not None and kind.export.by_year:
            for year, codes in years.items():
                yield f"{number:02d}_{kind.code}_{year}", kind, replace(whole, periods=frozenset(codes))
        else:
            yield f"{number:02d}_{kind.code}", kind, whole


def _with_examples(sheet: SheetSpec) -> SheetSpec:
    """The sheet with what stands in its first row as the examples of the data dictionary."""
    rows: Iterator[Any] = iter(sheet.rows)
    first = next(rows, None)
    if first is None:
        return replace(sheet, rows=())
    assert isinstance(first, Mapping)
    columns = [replace(column, example=first.get(column.key)) for column in sheet.columns]
    return replace(sheet, columns=columns, rows=chain([first], rows))


def _readme(strategy: Strategy, made_on: date, names: Sequence[str]) -> str:
    lines = [
        _("CONFIDENTIAL: small cells of sensitive indicators are not hidden in these files."),
        "",
        _("%(strategy)s, everything that counts, taken on %(date)s.")
        % {"strategy": strategy.name, "date": show_date(made_on)},
        "",
        _(
            "The files are CSV (UTF-8, commas, decimal points, dates as 2021-12-31). What each column means is in"
        )
        + f" {DICTIONARY}.",
        _("Load them into an empty installation, all at once, in the order of their names:"),
        "    manage.py import_data everything FILE.zip --commit --as EMAIL",
        "",
        _(
            "Not in here: drafts (they are read by their missions alone), evidence, narratives, earlier versions of"
        ),
        _("plans and results, import batches, and the windows of periods that somebody set by hand."),
        _(
            "People and their roles are in it, their passwords are not: everybody sets a new one. Whoever loads it "
            "stays administrator."
        ),
        "",
        *names,
        "",
    ]
    return "\r\n".join(lines)


@dataclass
class Loaded:
    """What became of an archive: rows by outcome, and what is wrong, each with its file."""

    rows: int = 0
    counts: dict[str, int] = field(default_factory=lambda: {"new": 0, "changed": 0, "unchanged": 0})
    errors: list[tuple[str, RowError]] = field(default_factory=list)


class _Undone(Exception):
    """Leaves the transaction: nothing of the archive is saved."""


def load_everything(*, data: bytes, user: "User | None", commit: bool) -> Loaded:
    """Load an archive of a complete export into an empty installation: all of it or nothing.

    Without ``commit`` everything is tried and nothing stays. Stops after the first file with errors: the next
    ones build on it. Raises Refused where the archive is none, or where there is a strategy already.
    """
    if Strategy.objects.exists():
        raise Refused(
            _("There is a strategy already. The complete export is loaded into an empty installation.")
        )
    files = _unpack(data)
    loaded = Loaded()
    kept: list[str] = []
    try:
        with transaction.atomic():
            for name, (kind, content) in sorted(files.items()):
                _load_one(name, kind, content, user, loaded, kept)
                if loaded.errors:
                    raise _Undone
                if kind.code == "strategy":
                    for strategy in Strategy.objects.all():
                        open_periods(strategy=strategy)
            if not commit:
                raise _Undone
    except _Undone:
        storage = ImportBatch._meta.get_field("file").storage
        for path in kept:
            storage.delete(path)
    return loaded


def _load_one(
    name: str, kind: Kind, data: bytes, user: "User | None", loaded: Loaded, kept: list[str]
) -> None:
    if data.count(b"\n") <= 1:
        return  # its header alone
    options = {"decimal_mark": ".", "source": _("Complete export of another installation")}
    checked = load_file(kind=kind, data=data, filename=name, user=user, options=options)
    if checked.batch is not None and checked.batch.file.name:
        kept.append(checked.batch.file.name)
    loaded.rows += checked.rows
    for outcome, count in checked.plan.counts().items():
        loaded.counts[outcome] += count
    loaded.errors += [(name, error) for error in checked.plan.errors]


def _unpack(data: bytes) -> dict[str, tuple[Kind, bytes]]:
    """The files of an archive that are known, by name, each with its kind."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = {}
            for info in archive.infolist():
                kind = find_file_kind(info.filename)
                if kind is not None:
                    if info.file_size > MOST_BYTES:
                        raise Refused(_("%(file)s is too large.") % {"file": info.filename})
                    found[info.filename] = (kind, archive.read(info))
    except (zipfile.BadZipFile, OSError, EOFError) as error:
        raise Refused(_("This is no archive of a complete export: it cannot be unpacked.")) from error
    if not found:
        raise Refused(
            _("This is no archive of a complete export: it has no file such as %(file)s.")
            % {"file": "01_countries.csv"}
        )
    return found
