"""Telling what a period was like: three sections, each with what may be quoted, what is internal, and its language."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from tracker.access.models import User
from tracker.region.models import Mission

from ..choices import Language, NarrativeSection
from ..models import NarrativePart, ReportingPeriod, ReportRevision
from .writing import Conflict, Typed, Written, clean_text, open_draft, sort_out

LONGEST_TEXT = 10_000
"""Characters of one text of a section."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a section."""

    language: str = Language.ENGLISH.value
    quotable: str = ""
    internal: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.quotable or self.internal)


NOTHING = Told()


def told(*, language: str, quotable: str, internal: str) -> Told:
    """As it is compared and kept; without a word there is no language either."""
    quotable, internal = clean_text(quotable), clean_text(internal)
    return Told(language, quotable, internal) if quotable or internal else NOTHING


def told_by(row: NarrativePart) -> Told:
    """A section as it is stored."""
    return Told(row.language, row.quotable, row.internal)


def read_narrative(revision: ReportRevision | None) -> dict[str, NarrativePart]:
    """The sections of a revision that say something, by section, with who wrote them."""
    if revision is None:
        return {}
    rows = NarrativePart.objects.filter(revision=revision).select_related("written_by")
    return {row.section: row for row in rows}


@transaction.atomic
def save_narrative(
    *, mission: Mission, period: ReportingPeriod, user: User, typed: Mapping[str, Typed[Told]]
) -> Written[str, Told]:
    """Write sections into the mission's open revision, begun if need be. A section without a word is taken out.

    What a colleague changed since the page was read is a conflict, and not written. Raises NotAllowed, and Refused
    for a lock.
    """
    if strangers := set(typed) - set(NarrativeSection.values):
        raise ValueError(f"no sections of a narrative: {strangers}")
    written: Written[str, Told] = Written(open_draft(mission=mission, period=period, user=user))
    rows = read_narrative(written.revision)
    wanted, overtaken = sort_out(
        typed, {section: told_by(row) for section, row in rows.items()}, nothing=NOTHING
    )
    for section in overtaken:
        row = rows.get(section)
        written.conflicts[section] = (
            Conflict(told_by(row), row.written_by, row.written_at) if row else Conflict(NOTHING)
        )
    gone = [rows[section].pk for section, said in wanted.items() if said.is_empty and section in rows]
    if gone:
        NarrativePart.objects.filter(pk__in=gone).delete()
    kept = {section: said for section, said in wanted.items() if not said.is_empty}
    if kept:
        NarrativePart.objects.bulk_create(
            [
                NarrativePart(
                    revision=written.revision,
                    section=section,
                    language=said.language,
                    quotable=said.quotable,
                    internal=said.internal,
                    version=rows[section].version + 1 if section in rows else 1,
                    written_by=user,
                    written_at=timezone.now(),
                    is_copy=False,
                )
                for section, said in kept.items()
            ],
            update_conflicts=True,
            unique_fields=["revision", "section"],
            update_fields=[
                "language",
                "quotable",
                "internal",
                "version",
                "written_by",
                "written_at",
                "is_copy",
            ],
        )
    written.saved = list(wanted)
    return written
