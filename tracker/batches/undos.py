"""What taking a saved file back would do, and what stands in its way."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.access.models import User

    from .models import ImportBatch


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something that came after the file and would be lost or left hanging: ``what`` names the row, ``why``
    says what happened to it, ``by`` whom ("" where nobody is known) and ``at`` which moment, if that is known.
    """

    what: str
    why: str
    by: str = ""
    at: datetime | None = None


@dataclass(slots=True)
class UndoPlan:
    """How many rows get back what they said (``restored``), go (``deleted``), or stop to hold and stay on
    record (``withdrawn``); and every conflict. With a conflict nothing is undone.
    """

    restored: int = 0
    deleted: int = 0
    withdrawn: int = 0
    conflicts: list[Conflict] = field(default_factory=list)

    @property
    def is_possible(self) -> bool:
        """Nothing stands in the way."""
        return not self.conflicts


@dataclass(frozen=True, slots=True)
class Undo:
    """How a kind takes a saved file back: ``plan`` looks and writes nothing, ``apply`` writes just that.

    Both run with the kind's tables locked when it comes to it; ``plan`` alone runs without, for the preview.
    """

    plan: "Callable[[ImportBatch], UndoPlan]"
    apply: "Callable[[ImportBatch, User, str], None]"
