"""What a person does in a form, by the services that a file of the same kind goes through.

A form makes rows of the kind, typed as a sheet's would be. They are planned and looked at (``look_by_hand``), and
saved (``save_by_hand``) if the plan, made again under the locks that an import takes, is the one that was looked at.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from tracker.common.bulk import lock_tables, own_context, own_writes
from tracker.common.errors import Stale

from ..choices import Outcome
from ..kinds import Kind
from ..plans import Plan, RowError, show
from .life import refuse_without_rights

if TYPE_CHECKING:
    from tracker.access.models import User


@dataclass(frozen=True)
class ByHand:
    """What a form asks for: ``make_rows`` gives the rows, made anew of what there is each time; ``given`` are the
    columns that the form has, ``options`` what is said beside the rows, such as the reason.
    """

    kind: Kind
    make_rows: Callable[[], Sequence[Any]]
    given: frozenset[str]
    options: Mapping[str, Any]


@dataclass(frozen=True)
class Looked:
    """What saving would do, with the rows that were planned, and the digest by which it is known again."""

    plan: Plan
    digest: str
    rows: Sequence[Any] = ()

    @property
    def changes_something(self) -> bool:
        return any(change.outcome != Outcome.UNCHANGED for change in self.plan.changes)


def look_by_hand(*, asked: ByHand, user: "User") -> Looked:
    """Plan what a form asks for; nothing is written. Raises NotAllowed for who may not load the kind."""
    refuse_without_rights(asked.kind, user)
    with transaction.atomic():
        return _plan(asked, user)


@transaction.atomic
def save_by_hand(*, asked: ByHand, digest: str, user: "User") -> Looked:
    """Write what was looked at, all of it, and give what was written.

    Nothing is written where nothing would change any more: the same was saved before, by a double click say.
    Raises NotAllowed; Stale where saving would do something else by now than what was looked at.
    """
    refuse_without_rights(asked.kind, user)
    # The locks of an import, for its reasons: between planning and writing nobody else may write, or the second
    # of two people would save a difference that nobody was shown.
    for area in asked.kind.areas:
        own_writes(area)
    lock_tables(asked.kind.tables)
    looked = _plan(asked, user)
    if not looked.plan.errors and not looked.changes_something:
        return looked
    if looked.plan.errors or looked.digest != digest:
        raise Stale(
            _("The data changed since this was shown. Nothing was saved; look at it again and confirm it.")
        )
    with own_context(kind=asked.kind.code, user=user.pk):
        asked.kind.apply(plan=looked.plan, batch=None, user=user)
    return looked


def _plan(asked: ByHand, user: "User") -> Looked:
    rows = asked.make_rows()
    if not rows:
        return Looked(Plan(), _digest_of(Plan()))
    plan = asked.kind.plan(rows=rows, given=asked.given, options=asked.options, user=user)
    return Looked(plan, _digest_of(plan), rows)


def _digest_of(plan: Plan) -> str:
    """A number for everything that a plan says; the outcomes of rows, old and new values, errors and questions."""
    digest = hashlib.sha256()
    for change in plan.changes:
        cells = [(name, show(old), show(new)) for name, (old, new) in sorted(change.cells.items())]
        digest.update(repr((change.outcome.value, change.key, cells)).encode())
    said: list[RowError] = [*plan.errors, *plan.questions]
    for each in said:
        digest.update(repr((each.column, each.value, str(each.message))).encode())
    return digest.hexdigest()
