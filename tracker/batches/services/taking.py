"""Who took what away, and which archive was loaded: one row each in the context table of the history, which holds
who did what by which page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from pghistory.models import Context

from ..selections import Selection

if TYPE_CHECKING:
    from tracker.access.models import User

# The key of the metadata by which these rows are found again.
TAKEN = "taken"
LOADED = "loaded"


@dataclass(frozen=True, slots=True)
class Taking:
    """One file that was taken: what (a kind, or the name of a list), as which format, chosen how, when."""

    what: str
    format: str
    chosen: Mapping[str, str]
    person: int | None
    at: datetime


def record_taken(*, what: str, format: str, user: "User", selection: Selection | None = None) -> None:
    """Note that somebody takes a file, before the first byte leaves."""
    chosen = selection.as_text() if selection is not None else {}
    Context.objects.create(metadata={TAKEN: what, "format": format, "chosen": chosen, "user": user.pk})


def find_taken(*, most: int = 50) -> list[Taking]:
    """The files that were taken last, the latest first."""
    rows = Context.objects.filter(metadata__has_key=TAKEN).order_by("-created_at")[:most]
    return [
        Taking(
            what=row.metadata[TAKEN],
            format=row.metadata["format"],
            chosen=row.metadata["chosen"],
            person=row.metadata["user"],
            at=row.created_at,
        )
        for row in rows
    ]


def record_loaded(*, archive: str) -> None:
    """Note that what is here came from an archive; a note of this installation, which no export takes along."""
    Context.objects.create(metadata={LOADED: archive})
