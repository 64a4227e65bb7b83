"""Writing the parts of a report that people share: a draft is opened once, and nothing that two people changed is
written over.

As with results, a page carries a fingerprint of what it showed. What a person left as it was shown is not written;
what they changed is written if the draft still says what was shown, and is a conflict otherwise.
"""

import hashlib
import json
from collections.abc import Collection, Hashable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar

from tracker.access.models import User
from tracker.common.bulk import share_writes
from tracker.region.models import Mission

from ..models import ReportingPeriod, ReportRevision
from .locks import PROGRESS, refuse_unless_writable
from .reports import begin_report

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


def fingerprint_of(said: Any) -> str:
    """A short text by which two pieces of a report (dataclasses) that say the same are known."""
    spelled = {name: _spell(value) for name, value in asdict(said).items()}
    return hashlib.blake2b(json.dumps(spelled, sort_keys=True).encode(), digest_size=9).hexdigest()


def _spell(value: Any) -> Any:
    return format((value + 0).normalize(), "f") if isinstance(value, Decimal) else value


def clean_text(text: str) -> str:
    """A text as it is compared and kept, however a browser ends its lines; a null byte is in no text."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()


@dataclass(frozen=True)
class Typed(Generic[T]):
    """What a person typed, and over what: the fingerprint of what their page showed, or of a colleague's that they
    have seen and decided against.
    """

    said: T
    over: str


@dataclass(frozen=True)
class Conflict(Generic[T]):
    """What a colleague has saved since the page was read, who, and when."""

    theirs: T
    by: User | None = None
    at: datetime | None = None


@dataclass
class Written(Generic[K, T]):
    """What became of what was typed, by key; what was not written comes back."""

    revision: ReportRevision
    saved: list[K] = field(default_factory=list)
    conflicts: dict[K, Conflict[T]] = field(default_factory=dict)


def open_draft(*, mission: Mission, period: ReportingPeriod, user: User) -> ReportRevision:
    """The mission's open revision, begun if need be and held until the transaction ends: an officer's decision or a
    colleague's submission waits, or came first and is met here as a lock.

    Raises NotAllowed, or Refused saying which lock was met.
    """
    share_writes(PROGRESS)
    revision = begin_report(mission=mission, period=period, user=user)
    revision = (
        ReportRevision.objects.select_for_update(of=("self",))
        .select_related("report__mission", "report__period__strategy")
        .get(pk=revision.pk)
    )
    refuse_unless_writable(revision, user=user)
    return revision


def sort_out(
    typed: Mapping[K, Typed[T]], stored: Mapping[K, T], *, nothing: T
) -> tuple[dict[K, T], Collection[K]]:
    """Of what was typed, what is to be written, and what a colleague has changed meanwhile (unless both say the
    same). ``stored`` is what the draft says; what it says nothing of is ``nothing``.
    """
    wanted: dict[K, T] = {}
    overtaken: list[K] = []
    for key, each in typed.items():
        held, new = fingerprint_of(stored.get(key, nothing)), fingerprint_of(each.said)
        if new in (held, each.over):
            continue
        if held == each.over:
            wanted[key] = each.said
        else:
            overtaken.append(key)
    return wanted, overtaken
