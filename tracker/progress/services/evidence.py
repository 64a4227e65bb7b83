"""Evidence of a report: documents and links are added to a draft and removed from it, and handed out to readers.

A document lies in the store under a name of its own making. Revisions refer to it, and it goes when none does.
"""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.access.models import User
from tracker.access.policies import rights_of
from tracker.common.documents import Unfit, find_kind, safe_name
from tracker.common.errors import Refused
from tracker.framework.models import Indicator
from tracker.region.models import Mission

from .. import policies
from ..models import Evidence, ReportingPeriod, ReportRevision
from .entry_rows import read_entry_rows
from .writing import clean_text, open_draft

LONGEST_TITLE, LONGEST_NOTE, LONGEST_LINK = 200, 2_000, 500
_PIECE = 1 << 20


class Unfitting(Refused):
    """What is wrong with one thing that was said of the evidence; ``field`` names it."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Described:
    """What a person says of evidence: a title (else the file's name or the link stands for one), a note, and the
    indicator that it belongs to (None: the report as a whole).
    """

    title: str = ""
    note: str = ""
    indicator: int | None = None


def say_megabytes(size: int) -> str:
    """Bytes as megabytes: 10, or 0.4."""
    return f"{size / 2**20:.1f}".removesuffix(".0")


def say_too_large(name: str, size: int | None) -> str:
    """That a file is larger than is taken, and what to do; its size where it is known."""
    most = {"file": name, "most": say_megabytes(settings.EVIDENCE_LIMIT_BYTES)}
    how = _("Make it smaller (a scan in grey, fewer pages), or give a link to where it lies.")
    if size is None:
        return " ".join((_("%(file)s is larger than %(most)s MB, which is the most.") % most, how))
    said = _("%(file)s has %(size)s MB; %(most)s MB is the most.") % {**most, "size": say_megabytes(size)}
    return " ".join((said, how))


def read_evidence(revision: ReportRevision | None) -> list[Evidence]:
    """The evidence of a revision, oldest first."""
    if revision is None:
        return []
    rows = Evidence.objects.filter(revision=revision).select_related("indicator", "added_by")
    return list(rows.order_by("added_at", "pk"))


def find_readable(*, pk: int, user: User) -> Evidence | None:
    """The evidence that a person may read: the mission's people always, officers once they may read the report.
    None for everybody else, whatever the report came to.
    """
    rows = Evidence.objects.select_related("revision__report__mission", "revision__report__period")
    found = rows.filter(pk=pk).first()
    if found is None:
        return None
    mission = found.revision.report.mission
    may_read = policies.can_read_report(rights_of(user), mission=mission, revision=found.revision)
    return found if may_read else None


@transaction.atomic
def add_file(
    *,
    mission: Mission,
    period: ReportingPeriod,
    user: User,
    file: IO[bytes],
    name: str,
    size: int,
    described: Described = Described(),
) -> Evidence:
    """Keep a document with the mission's open revision, begun if need be; the one that is there already if it is the
    same again (a double click).

    Raises NotAllowed; Refused for a lock; Unfitting for a document that is too large, or none of those taken.
    """
    revision = open_draft(mission=mission, period=period, user=user)
    said = _check(described, revision=revision)
    if size > settings.EVIDENCE_LIMIT_BYTES:
        raise Unfitting("file", say_too_large(_short(name), size))
    kind = _kind_of(file, name, size)
    row = Evidence(
        revision=revision,
        **said,
        filename=safe_name(name, kind=kind),
        kind=kind,
        size=size,
        sha256=_digest(file),
        added_by=user,
        added_at=timezone.now(),
    )
    row.title = row.title or row.filename
    if (there := _find_same(row)) is not None:
        return there
    # By nothing that its owner wrote, so that no name can mean something to a disk, or be guessed.
    path = f"evidence/{row.added_at:%Y/%m}/{secrets.token_hex(16)}.{kind}"
    file.seek(0)
    row.file.name = default_storage.save(path, File(file))
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except BaseException:
        default_storage.delete(row.file.name)
        raise
    return row


@transaction.atomic
def add_link(
    *,
    mission: Mission,
    period: ReportingPeriod,
    user: User,
    link: str,
    described: Described = Described(),
) -> Evidence:
    """Keep a link with the mission's open revision, begun if need be; the one that is there already if it is the
    same again.

    Raises NotAllowed; Refused for a lock; Unfitting for what is no link over HTTPS.
    """
    revision = open_draft(mission=mission, period=period, user=user)
    said = _check(described, revision=revision)
    link = _check_link(link.strip())
    row = Evidence(revision=revision, **said, link=link, added_by=user, added_at=timezone.now())
    row.title = row.title or f"{urlsplit(link).hostname}{urlsplit(link).path}"[:LONGEST_TITLE]
    if (there := _find_same(row)) is not None:
        return there
    row.save(force_insert=True)
    return row


@transaction.atomic
def remove_evidence(*, evidence: Evidence, user: User) -> None:
    """Take evidence out of a draft; its file goes with it when nothing else refers to it. What is gone already is
    not missed.

    Raises NotAllowed, and Refused for a lock.
    """
    report = evidence.revision.report
    revision = open_draft(mission=report.mission, period=report.period, user=user)
    rows = Evidence.objects.filter(pk=evidence.pk)
    if revision.pk != evidence.revision_id:
        raise Refused(_("This evidence belongs to an earlier revision, which stays as it is."))
    rows.delete()
    if name := evidence.file.name:
        transaction.on_commit(lambda: delete_unused([name]))


def delete_unused(names: Iterable[str]) -> None:
    """Delete files of the store that no revision refers to; after a commit, since a file does not come back."""
    names = set(names)
    used = set(Evidence.objects.filter(file__in=names).values_list("file", flat=True))
    for name in names - used:
        default_storage.delete(name)


def _find_same(row: Evidence) -> Evidence | None:
    same = Evidence.objects.filter(revision=row.revision, indicator=row.indicator_id)
    return same.filter(sha256=row.sha256, link=row.link).first()


def _check(described: Described, *, revision: ReportRevision) -> dict[str, Any]:
    """What was said, as it is kept. Raises Unfitting."""
    title, note = clean_text(described.title), clean_text(described.note)
    for field, text, most in (("title", title, LONGEST_TITLE), ("note", note, LONGEST_NOTE)):
        if len(text) > most:
            raise Unfitting(
                field,
                _("This has %(count)s characters; at most %(most)s are kept. Shorten it.")
                % {"count": len(text), "most": most},
            )
    if described.indicator is not None and described.indicator not in {
        each.pk for each in indicators_of(revision)
    }:
        raise Unfitting("indicator", _("This indicator is not due in the report. Choose one of the list."))
    return {"title": " ".join(title.split()), "note": note, "indicator_id": described.indicator}


def indicators_of(revision: ReportRevision) -> list[Indicator]:
    """The indicators of a report that evidence can belong to."""
    report = revision.report
    rows = read_entry_rows(mission=report.mission, period=report.period, revision=revision)
    return [row.indicator for row in rows.values()]


def _check_link(link: str) -> str:
    if not link.lower().startswith("https://"):
        raise Unfitting("link", _("Give a link that begins with https://, as your browser shows it."))
    if len(link) > LONGEST_LINK:
        raise Unfitting(
            "link",
            _("The link has %(count)s characters; at most %(most)s are kept. Give a shorter one.")
            % {"count": len(link), "most": LONGEST_LINK},
        )
    link = f"https://{link[8:]}"
    try:
        URLValidator(schemes=["https"])(link)
        has_password = "@" in urlsplit(link).netloc
    except (ValidationError, ValueError):
        raise Unfitting("link", _("This is no address of a page. Copy it from your browser.")) from None
    if has_password:
        raise Unfitting("link", _("There is a name or password in this link. Give it without."))
    return link


def _kind_of(file: IO[bytes], name: str, size: int) -> str:
    """What the document is. Raises Unfitting where it is none of those taken."""
    if not size:
        raise Unfitting("file", _("%(file)s is empty (0 bytes). Choose another.") % {"file": _short(name)})
    kind = find_kind(file, name=name)
    if isinstance(kind, str):
        return kind
    said = {
        Unfit.MACROS: _("%(file)s holds macros. Save it without them (as .docx, .xlsx, .odt or .ods)."),
        Unfit.DAMAGED: _("%(file)s cannot be opened: it is damaged. Save it again, and choose it anew."),
        Unfit.UNKNOWN: _(
            "%(file)s is none of the documents that are taken, whatever its name says: PDF, Word (.docx), Excel "
            "(.xlsx), OpenDocument (.odt, .ods), text (.csv, .txt) or a picture (PNG, JPEG)."
        ),
    }[kind]
    raise Unfitting("file", said % {"file": _short(name)})


def _short(name: str) -> str:
    """A name as it came, made fit to be read back."""
    return safe_name(name, kind="x").removesuffix(".x")


def _digest(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    file.seek(0)
    while piece := file.read(_PIECE):
        digest.update(piece)
    return digest.hexdigest()
