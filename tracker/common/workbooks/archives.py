"""Many files in one ZIP archive: in the order of their names, dated alike, so that equal files are equal bytes.

write_archive({"targets.csv": write_csv(targets), "README.txt": b"..."})
write_tables([targets, results], to=file)     # a CSV file each, and a data dictionary
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import IO

from django.utils.translation import gettext as _

from .instructions import show_example
from .specs import Column, SheetSpec
from .validations import describe
from .writing import stream_csv

# The first moment that a ZIP archive can name.
_MADE = (1980, 1, 1, 0, 0, 0)
DICTIONARY = "data_dictionary.csv"
_SAFE_NAME = re.compile(r"[^\x00-\x1f\x7f\\/:*?\"<>|]{1,200}")

Content = bytes | Iterable[bytes]


def write_archive(files: Mapping[str, Content]) -> bytes:
    """Give the bytes of a ZIP archive of these files, by name; a name may have folders (a/b.csv).

    Raises ValueError for a name that could be unpacked somewhere else, or that two files share.
    """
    buffer = io.BytesIO()
    stream_archive(files, to=buffer)
    return buffer.getvalue()


def stream_archive(files: Mapping[str, Content], *, to: IO[bytes]) -> None:
    """Write the archive to a file; a content that is an iterable is written piece by piece."""
    seen: set[str] = set()
    for name in files:
        _check_name(name, seen)
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            content = files[name]
            add_file(archive, name, [content] if isinstance(content, bytes) else content)


def add_file(
    archive: zipfile.ZipFile,
    name: str,
    pieces: Iterable[bytes],
    *,
    compress: bool = True,
    may_be_large: bool = False,
) -> None:
    """Add a file to an archive with nothing of this machine or of now; over 2 GB only if it ``may_be_large``."""
    info = zipfile.ZipInfo(name, _MADE)
    info.compress_type = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
    info.create_system = 3  # Unix, wherever it was made
    info.external_attr = 0o644 << 16
    with archive.open(info, "w", force_zip64=may_be_large) as part:
        for piece in pieces:
            part.write(piece)


def _check_name(name: str, seen: set[str]) -> None:
    for part in name.split("/"):
        if not _SAFE_NAME.fullmatch(part) or part.strip(". ") != part.strip() or part != part.strip():
            raise ValueError(f"{name!r} is no name for a file in an archive.")
    if name.casefold() in seen:
        raise ValueError(f"Two files in an archive would be named {name!r}.")
    seen.add(name.casefold())


def write_tables(
    sheets: Sequence[SheetSpec], *, to: IO[bytes], more: Mapping[str, Content] | None = None
) -> None:
    """Write an archive with a CSV file for every sheet, a data dictionary, and `more` files.

    The file of a sheet is its name with .csv. Rows are streamed, one sheet after the other, by file name.
    """
    files: dict[str, Content] = {}
    own = [(f"{sheet.name}.csv", stream_csv(sheet)) for sheet in sheets]
    for name, content in (*own, (DICTIONARY, stream_csv(make_dictionary(sheets))), *(more or {}).items()):
        if name in files:
            raise ValueError(f"Two files in an archive would be named {name!r}.")
        files[name] = content
    stream_archive(files, to=to)


def make_dictionary(sheets: Sequence[SheetSpec]) -> SheetSpec:
    """Give the data dictionary of some sheets as a sheet: one row for every column of every file."""
    return SheetSpec(
        name=DICTIONARY.removesuffix(".csv"),
        columns=[
            Column("file", _("file")),
            Column("column", _("column")),
            Column("meaning", _("meaning")),
            Column("kind", _("kind")),
            Column("required", _("required")),
            Column("values", _("values")),
            Column("choices", _("choices")),
            Column("example", _("example")),
            Column("hxl", _("HXL tag")),
        ],
        rows=_describe_columns(sheets),
    )


def _describe_columns(sheets: Sequence[SheetSpec]) -> Iterator[tuple[object, ...]]:
    kinds = {
        "text": _("text"),
        "number": _("number"),
        "percent": _("percentage: 40 is 40 %"),
        "date": _("date, as 2021-12-31"),
        "datetime": _("date and time, as 2021-12-31 14:05:00"),
    }
    for sheet in sheets:
        for column in sheet.columns:
            yield (
                f"{sheet.name}.csv",
                column.heading,
                str(column.help),
                kinds[column.kind],
                column.required,
                describe(column),
                "; ".join(str(choice) for choice in column.choices),
                show_example(column),
                column.hxl,
            )
