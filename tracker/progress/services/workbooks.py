"""Keeping the workbooks of reports that people filled in: until they are taken over, and as what that came from."""

import hashlib
import secrets

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.access.models import User
from tracker.access.policies import rights_of
from tracker.common.documents import LONGEST_NAME, safe_name
from tracker.common.errors import NotAllowed
from tracker.region.models import Mission

from .. import policies
from ..models import FilledWorkbook, ReportingPeriod, ReportRevision


def keep_workbook(
    *,
    mission: Mission,
    period: ReportingPeriod,
    revision: ReportRevision | None,
    user: User,
    data: bytes,
    name: str,
) -> FilledWorkbook:
    """Keep a workbook of this report as it came; the one that is there already if it is the same again.

    Raises NotAllowed for those who do not enter this report. A lock does not matter yet.
    """
    if not policies.can_enter(rights_of(user), mission=mission, revision=revision):
        raise NotAllowed(_("Only the people of %(mission)s fill in its report.") % {"mission": mission})
    sha256 = hashlib.sha256(data).hexdigest()
    kind = "ods" if name.lower().endswith(".ods") else "xlsx"
    row = FilledWorkbook(
        mission=mission,
        period=period,
        filename=safe_name(name, kind=kind)[:LONGEST_NAME],
        size=len(data),
        sha256=sha256,
        uploaded_by=user,
        uploaded_at=timezone.now(),
    )
    # By nothing that its owner wrote, so that no name can mean something to a disk, or be guessed.
    path = f"workbooks/{row.uploaded_at:%Y/%m}/{secrets.token_hex(16)}.{kind}"
    with transaction.atomic():
        kept, is_new = FilledWorkbook.objects.get_or_create(
            mission=mission,
            period=period,
            uploaded_by=user,
            sha256=sha256,
            defaults={
                "filename": row.filename,
                "size": row.size,
                "uploaded_at": row.uploaded_at,
                "file": path,
            },
        )
        if is_new:
            saved = default_storage.save(path, ContentFile(data))
            assert saved == path, "a name of 32 random digits is taken"
    return kept


def workbooks_of(*, mission: Mission, period: ReportingPeriod, user: User) -> list[FilledWorkbook]:
    """What a person uploaded for a report, latest first."""
    return list(FilledWorkbook.objects.filter(mission=mission, period=period, uploaded_by=user))


def note_taken(workbook: FilledWorkbook) -> None:
    """Note that what a workbook says was taken over."""
    FilledWorkbook.objects.filter(pk=workbook.pk).update(taken_at=timezone.now())
