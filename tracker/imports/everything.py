"""The complete export: one archive with a CSV file for each table, a data dictionary, a manifest and a README; and
its way into an empty installation.

Nothing is made of the tables on the way, so that what comes out equals what went in: small cells are not hidden,
drafts stand in it, versions and revisions that were withdrawn, and the history. It is confidential.
"""

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import IO

import pgtrigger
from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from tracker.batches.plans import RowError
from tracker.batches.services import record_loaded
from tracker.common.bulk import fetch, lock_tables, quote, run
from tracker.common.errors import Refused
from tracker.common.formats import show_date
from tracker.common.snapshots import one_snapshot
from tracker.common.tables import (
    MARK,
    Wrong,
    check_promises,
    continue_numbers,
    copy_in,
    copy_out,
)
from tracker.common.workbooks.archives import add_file
from tracker.common.workbooks.containers import UNPACK_ERRORS
from tracker.common.workbooks.specs import Column, SheetSpec
from tracker.common.workbooks.writing import stream_csv
from tracker.framework.models import Strategy

from .archive import DICTIONARY, Table, make_dictionary, tables_of_everything

README = "README.txt"
MANIFEST = "manifest.csv"
# Raised when the archive itself is made in another way: read together with the last migration.
_FORMAT = "1"
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the manifest: a file, its rows, and what it has to be."""

    file: str
    rows: int
    bytes: int
    sha256: str
    made_by: str


# -- Out ----------------------------------------------------------------------------------------------
def write_everything(*, to: IO[bytes], made_on: date) -> None:
    """Write the archive, file by file as it is read. Raises Refused where there is no strategy yet."""
    with one_snapshot(), translation.override(settings.LANGUAGE_CODE):
        if not Strategy.objects.exists():
            raise Refused(_("There is no strategy yet, so there is nothing to take away."))
        made_by = find_version()
        with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
            listed = []
            for table in tables_of_everything():
                pieces = copy_out(
                    table=table.table, columns=table.columns, order=table.key, where=table.where
                )
                listed.append(_add(archive, table.file, pieces, made_by))
            listed.append(_add(archive, DICTIONARY, stream_csv(make_dictionary()), made_by))
            add_file(archive, MANIFEST, stream_csv(_manifest(listed)))
            add_file(archive, README, [_readme(made_on).encode()])


def _add(archive: zipfile.ZipFile, name: str, pieces: Iterable[bytes], made_by: str) -> Listed:
    """Add a file to the archive, and give its line of the manifest."""
    digest, size, counter = hashlib.sha256(), 0, _RowCounter()

    def watched() -> Iterator[bytes]:
        nonlocal size
        for piece in pieces:
            digest.update(piece)
            counter.take(piece)
            size += len(piece)
            yield piece

    add_file(archive, name, watched(), may_be_large=True)
    return Listed(name, counter.rows, size, digest.hexdigest(), made_by)


class _RowCounter:
    """Counts the rows of a CSV file below its header: the ends of lines outside quotation marks."""

    def __init__(self) -> None:
        self._is_quoted = False
        self._ends = 0

    def take(self, piece: bytes) -> None:
        for number, part in enumerate(piece.split(b'"')):
            if number:
                self._is_quoted = not self._is_quoted
            if not self._is_quoted:
                self._ends += part.count(b"\n")

    @property
    def rows(self) -> int:
        return max(self._ends - 1, 0)


def _manifest(listed: Sequence[Listed]) -> SheetSpec:
    columns = [Column(name) for name in Listed.__slots__]
    rows = [[getattr(line, name) for name in Listed.__slots__] for line in listed]
    return SheetSpec("manifest", columns, rows)


def find_version() -> str:
    """What an archive has to be made by, to be loaded here: this form of it, and the same tables."""
    [(last,)] = fetch("SELECT max(name) FROM django_migrations WHERE app = 'tracker'")
    return f"{_FORMAT}, {last}"


def _readme(made_on: date) -> str:
    lines = [
        _("CONFIDENTIAL: drafts, people, and small cells of sensitive indicators that are hidden elsewhere."),
        "",
        _("Everything that the tracker holds, taken on %(date)s.") % {"date": show_date(made_on)},
        "",
        _("The files are CSV (UTF-8, commas, decimal points, moments in UTC), one for each table. What each"),
        _("column means is in %(dictionary)s, which also says which tables are left out and why.")
        % {"dictionary": DICTIONARY},
        _("An empty cell is no value. Text that a spreadsheet would run has an apostrophe before it."),
        _(
            "Rows refer to each other by their numbers. history_of_… holds every change of a table, oldest first."
        ),
        "",
        _(
            "Load it into an empty installation of the same version (%(manifest)s names it), all of it or nothing:"
        )
        % {"manifest": MANIFEST},
        "    manage.py migrate",
        "    manage.py import_data everything FILE.zip --commit",
        "",
        _(
            "Not in here: passwords, and the files themselves, uploaded ones, evidence, reports; copy the folder that"
        ),
        _("holds them. The tables name each file with its SHA-256."),
        "",
    ]
    return "\r\n".join(lines)


# -- In -----------------------------------------------------------------------------------------------
@dataclass
class Loaded:
    """What became of an archive: rows by outcome, and what is wrong, each with its file."""

    rows: int = 0
    counts: dict[str, int] = field(default_factory=lambda: {"new": 0, "changed": 0, "unchanged": 0})
    errors: list[tuple[str, RowError]] = field(default_factory=list)

    def refuse(self, file: str, message: str) -> None:
        self.errors.append((file, RowError(None, None, None, message)))


class _Undone(Exception):
    """Leaves the transaction: nothing of the archive is saved."""


def load_everything(*, path: Path, commit: bool) -> Loaded:
    """Load the archive of a complete export into an empty installation: all of it or nothing.

    Without ``commit`` everything is tried and nothing stays. Raises Refused where something is there already, and
    where the archive is none or of another version; what is wrong with its files is in the answer.

    The triggers that write history and that keep what has counted are left aside: the rows come as they stood,
    with their history. What the tables themselves promise, they promise here too.
    """
    with _open(path) as archive:
        return _load(archive, commit=commit)


def _open(path: Path) -> zipfile.ZipFile:
    """The archive. Raises Refused where there is no such file, or it is no archive."""
    try:
        # By itself, so that what the system says of a file is told from what is wrong in it.
        path.open("rb").close()
    except OSError as error:
        raise Refused(
            _("%(file)s cannot be read: %(reason)s.") % {"file": path, "reason": error.strerror}
        ) from error
    try:
        return zipfile.ZipFile(path)
    except UNPACK_ERRORS as error:
        raise Refused(_("This is no archive of a complete export: it cannot be unpacked.")) from error


def _load(archive: zipfile.ZipFile, *, commit: bool) -> Loaded:
    loaded = Loaded()
    tables = tables_of_everything()
    _refuse_other_version(listed := _read_manifest(archive))
    refuse_unless_empty(tables)
    _check_files(archive, listed, tables, loaded)
    if loaded.errors:
        return loaded
    try:
        with transaction.atomic():
            # Nobody begins to work here while it fills.
            lock_tables(table.model for table in tables)
            refuse_unless_empty(tables)
            with pgtrigger.ignore():
                _write(archive, tables, loaded)
            record_loaded(archive=Path(archive.filename or "").name)
            for table in tables:
                continue_numbers(table.table, table.key[0])
            run("ANALYZE")
            if not commit:
                raise _Undone
    except _Undone:
        pass
    return loaded


def _write(archive: zipfile.ZipFile, tables: Sequence[Table], loaded: Loaded) -> None:
    """Write one file after the other; the first that the tables do not take ends it."""
    name = ""
    try:
        # In a savepoint: what leaves the block of the triggers still talks to the database.
        with transaction.atomic():
            for table in tables:
                name = table.file
                with archive.open(name) as file:
                    written = copy_in(
                        table=table.table,
                        columns=table.columns,
                        pieces=_pieces(file, without_mark=True),
                        constants=table.constants,
                    )
                loaded.rows += written
                loaded.counts["new"] += written
            name = ""  # what is wrong now is named by its table
            check_promises()
    except Wrong as wrong:
        loaded.errors.append((name, RowError(wrong.row, wrong.column, wrong.value, wrong.message)))
        raise _Undone from wrong


def refuse_unless_empty(tables: Iterable[Table]) -> None:
    """Raise Refused where a table of the archive holds anything here, naming the first."""
    for table in tables:
        [(held,)] = fetch(f"SELECT EXISTS (SELECT FROM {quote(table.table)})")
        if held:
            raise Refused(
                _(
                    "There is something here already (%(what)s). The complete export is loaded into an empty "
                    "installation: make a new one, run migrate there and nothing else, and load it."
                )
                % {"what": table.name.replace("_", " ")}
            )


def _read_manifest(archive: zipfile.ZipFile) -> dict[str, Listed]:
    """The manifest by file. Raises Refused where there is none, or it cannot be read."""
    try:
        text = archive.read(MANIFEST).decode("utf-8-sig")
        lines = [
            Listed(row["file"], int(row["rows"]), int(row["bytes"]), row["sha256"], row["made_by"])
            for row in csv.DictReader(io.StringIO(text, newline=""))
        ]
    except KeyError as error:
        raise Refused(
            _("This is no archive of a complete export: %(what)s is missing in it.")
            % {"what": str(error).strip("'\"") if MANIFEST in archive.namelist() else MANIFEST}
        ) from error
    except (*UNPACK_ERRORS, csv.Error, TypeError) as error:
        raise Refused(_("%(file)s in the archive cannot be read.") % {"file": MANIFEST}) from error
    return {line.file: line for line in lines}


def _refuse_other_version(listed: dict[str, Listed]) -> None:
    """Raise Refused where the archive was made by a program whose tables are others."""
    here = find_version()
    for line in listed.values():
        if line.made_by != here:
            raise Refused(
                _(
                    "The archive was made by another version of the tracker (%(theirs)s; here it is %(here)s). "
                    "Load it with that version, and then update."
                )
                % {"theirs": line.made_by, "here": here}
            )


def _check_files(
    archive: zipfile.ZipFile, listed: dict[str, Listed], tables: Sequence[Table], loaded: Loaded
) -> None:
    """Note every file that is missing, not expected, or not what it was when it was made."""
    held = archive.namelist()
    expected = {table.file for table in tables} | {DICTIONARY}
    for name in sorted({*held, *listed} - expected - {MANIFEST, README}):
        loaded.refuse(name, _("This file is no part of a complete export. Load the archive as it was made."))
    for name in sorted({name for name in held if held.count(name) > 1}):
        loaded.refuse(name, _("This file is in the archive twice. Load the archive as it was made."))
    for name in [*(table.file for table in tables), DICTIONARY]:
        if name not in held or name not in listed:
            where = _("the archive") if name not in held else MANIFEST
            loaded.refuse(name, _("This file is missing in %(where)s.") % {"where": where})
            continue
        digest = hashlib.sha256()
        try:
            with archive.open(name) as file:
                for piece in _pieces(file):
                    digest.update(piece)
        except UNPACK_ERRORS:
            loaded.refuse(name, _("This file is damaged: it cannot be unpacked. Copy the archive again."))
            continue
        if digest.hexdigest() != listed[name].sha256:
            loaded.refuse(
                name,
                _("This file was changed or damaged after it was made. Load the archive as it was made."),
            )
    _check_columns(archive, tables, loaded)


def _check_columns(archive: zipfile.ZipFile, tables: Sequence[Table], loaded: Loaded) -> None:
    """Note every file whose header is not what this installation's table has."""
    if loaded.errors:
        return
    for table in tables:
        with archive.open(table.file) as file:
            header = file.readline().removeprefix(MARK).decode("utf-8", "replace").strip().split(",")
        if header != list(table.columns):
            loaded.refuse(
                table.file,
                _("Its columns are %(theirs)s, and here they are %(here)s.")
                % {"theirs": ", ".join(header), "here": ", ".join(table.columns)},
            )


def _pieces(file: IO[bytes], *, without_mark: bool = False) -> Iterator[bytes]:
    first = file.read(_PIECE)
    yield first.removeprefix(MARK) if without_mark else first
    while piece := file.read(_PIECE):
        yield piece
