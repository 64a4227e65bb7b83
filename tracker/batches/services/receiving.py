"""A file comes in: it is kept as it came, on a batch that waits to be checked."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tracker.common.errors import Refused

from ..choices import BatchStatus
from ..kinds import Kind
from ..models import ImportBatch
from ..wording import say_same_file, say_size
from .life import refuse_without_rights

if TYPE_CHECKING:
    from tracker.access.models import User

SUFFIXES = ("", ".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".tab", ".txt")
"""What a file may be called; what it is, its content tells."""

_LONGEST_NAME = 200
LONGEST_OPTION = 300


@dataclass(frozen=True)
class Received:
    """A file that is kept. ``warnings`` are sentences for the person, such as that it was uploaded before."""

    batch: ImportBatch
    warnings: list[str] = field(default_factory=list)


def receive_file(
    *,
    kind: Kind,
    filename: str,
    user: "User | None",
    data: bytes | None = None,
    file: UploadedFile | None = None,
    options: Mapping[str, Any] | None = None,
    reading: Mapping[str, Any] | None = None,
) -> Received:
    """Keep a file (its bytes, or what a browser sent) on a batch that waits for ``check_batch``.

    ``options`` is what is said beside the file (source, reason), ``reading`` how it is to be read. ``user`` is
    None for the operator of the machine. Raises NotAllowed, and Refused for what can be no workbook: too large,
    empty, or something else by its name.
    """
    refuse_without_rights(kind, user)
    name = clean_name(filename)
    _refuse_by_name(name)
    size = len(data) if data is not None else (file.size or 0 if file is not None else 0)
    _refuse_by_size(name, size)
    if data is None:
        data = file.read() if file is not None else b""
        _refuse_by_size(name, len(data))
    options = dict(options or {})
    _refuse_long_options(options)
    sha256 = hashlib.sha256(data).hexdigest()
    earlier = find_same_file(kind=kind, sha256=sha256, user=user)
    batch = ImportBatch(
        kind=kind.code,
        filename=name,
        sha256=sha256,
        size=len(data),
        same_as=earlier,
        language=get_language() or "",
        status=BatchStatus.WAITING,
        options=options,
        source=str(options.get("source", "")),
        reading=dict(reading or {}),
        uploaded_by=user,
    )
    # By its content, not its name: that may be longer than a disk takes, or mean something there.
    batch.file.save(f"{sha256[:16]}{PurePath(name).suffix.lower()}", ContentFile(data), save=False)
    with transaction.atomic():
        batch.save()
    return Received(batch, [say_same_file(earlier)] if earlier is not None else [])


def clean_name(filename: str) -> str:
    """The last part of a file's name: some browsers send a whole path."""
    name = PurePath(filename.replace("\\", "/")).name
    name = "".join(char if char.isprintable() else "_" for char in name)
    stem, suffix = PurePath(name).stem, PurePath(name).suffix
    short = f"{stem[: _LONGEST_NAME - len(suffix)]}{suffix}"[-_LONGEST_NAME:]
    return short if short.strip(". ") else "file"


def find_same_file(*, kind: Kind, sha256: str, user: "User | None") -> ImportBatch | None:
    """The last batch of this kind with the same bytes; of a kind that holds drafts, the person's own."""
    same = ImportBatch.objects.of_same_file(sha256=sha256, kind=kind.code)
    if kind.of_uploader:
        same = same.filter(uploaded_by=user)
    return same.with_people().first()


def _refuse_by_name(name: str) -> None:
    if PurePath(name).suffix.lower() not in SUFFIXES:
        raise Refused(
            _("%(file)s is no workbook. Upload an Excel (.xlsx, .xls), OpenDocument (.ods) or CSV file.")
            % {"file": name}
        )


def _refuse_by_size(name: str, size: int) -> None:
    if size == 0:
        raise Refused(_("%(file)s is empty (0 bytes). Save it again and upload that.") % {"file": name})
    if size > settings.UPLOAD_LIMIT_BYTES:
        raise Refused(
            _("%(file)s has %(size)s MB; %(most)s MB is the most. Split it into parts.")
            % {"file": name, "size": say_size(size), "most": say_size(settings.UPLOAD_LIMIT_BYTES)}
        )


def _refuse_long_options(options: Mapping[str, Any]) -> None:
    for value in options.values():
        if isinstance(value, str) and len(value) > LONGEST_OPTION:
            raise Refused(
                _("“%(text)s…” is too long: %(most)d characters are the most. Shorten it.")
                % {"text": value[:40], "most": LONGEST_OPTION}
            )
