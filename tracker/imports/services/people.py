"""Loading people: their accounts, by e-mail address. What they may do is in the sheet of memberships.

Nobody gets a password by a file, and nobody is written to: a new person sets one through “Forgotten your
password?”, as after an administrator has added them by hand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.access.models import Membership, User
from tracker.access.policies import leaves_nobody
from tracker.access.services import PERSON_FIELDS, save_people
from tracker.access.wording import say_nobody_left
from tracker.batches.choices import Outcome
from tracker.batches.models import ImportBatch
from tracker.batches.plans import Plan, compare, fill_row, refuse_repeats
from tracker.common.workbooks.cells import Cell
from tracker.common.workbooks.numbers import NumberError

_LONGEST_ADDRESS = 254


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A row of the sheet ``users``."""

    row: int
    email: str
    name: str | None
    active: bool | None


def read_address(cell: Cell, mark: str | None = None) -> str:
    """An e-mail address, in lower case as accounts keep it. Raises NumberError."""
    address = str(cell).strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise NumberError(
            _("“%(text)s” is no e-mail address. Write it like name@example.org.") % {"text": str(cell)[:100]}
        ) from None
    if len(address) > _LONGEST_ADDRESS:
        raise NumberError(
            _("The address has %(length)d characters; %(most)d are the most.")
            % {"length": len(address), "most": _LONGEST_ADDRESS}
        )
    return address


def plan_people(
    *, rows: Sequence[PersonRow], given: frozenset[str], options: Mapping[str, Any], user: User | None
) -> Plan:
    """Compare a sheet of people with the accounts that there are. Nobody is deleted; who leaves is not active."""
    plan = Plan(writes=[])
    held = {each.pop("email"): each for each in User.objects.values(*PERSON_FIELDS, "left_at")}
    rows = refuse_repeats(
        plan=plan, rows=rows, key=lambda row: row.email, column="email", value=lambda row: row.email
    )
    leaving: list[PersonRow] = []
    for row in rows:
        account = held.get(row.email)
        old = {"name": account["name"], "active": account["is_active"]} if account else None
        new = fill_row(row, ("name", "active"), given=given, old=old, defaults={"active": True})
        if account and account["left_at"] and new["active"]:
            plan.refuse(
                row=row.row,
                column="active",
                value=row.active,
                message=_("This person has left for good. Load somebody new under their own address."),
            )
            continue
        if old and old["active"] and not new["active"]:
            leaving.append(row)
        change = compare(row=row.row, key=(row.email,), new=new, old=old)
        plan.changes.append(change)
        if change.outcome != Outcome.UNCHANGED:
            plan.writes.append({"email": row.email, "name": new["name"], "is_active": new["active"]})
    _refuse_locking_out(plan, leaving, user)
    _ask_of_missions(plan, leaving)
    return plan


def _refuse_locking_out(plan: Plan, leaving: Sequence[PersonRow], user: User | None) -> None:
    """Nobody ends their own account by a file, nor that of the last administrator."""
    acting = Membership.objects.administering(on=timezone.localdate())
    last_days = list(acting.values_list("user__email", "ends_on"))
    gone = {row.email for row in leaving}
    nobody = leaves_nobody(
        [day for _email, day in last_days], [day for email, day in last_days if email not in gone]
    )
    administering = {email for email, _day in last_days}
    for row in leaving:
        if user is not None and row.email == user.email:
            message = _("You could not sign in any more. Have another administrator do this.")
        elif nobody and row.email in administering:
            message = say_nobody_left()
        else:
            continue
        plan.refuse(row=row.row, column="active", value=row.active, message=message)


def _ask_of_missions(plan: Plan, leaving: Sequence[PersonRow]) -> None:
    """Ask where nobody who may sign in would report for a mission any more."""
    reporting: dict[str, set[str]] = {}
    in_force = Membership.objects.in_force(on=timezone.localdate()) if leaving else Membership.objects.none()
    for email, mission in in_force.filter(mission__isnull=False, user__is_active=True).values_list(
        "user__email", "mission__name"
    ):
        reporting.setdefault(mission, set()).add(email)
    gone = {row.email for row in leaving}
    alone = {mission: people for mission, people in reporting.items() if people <= gone}
    for row in leaving:
        names = sorted(mission for mission, people in alone.items() if row.email in people)
        if names:
            plan.ask(
                row=row.row,
                column="active",
                value=row.active,
                message=_("Nobody would report for %(missions)s any more. Is that right?")
                % {"missions": ", ".join(names)},
            )


def apply_people(*, plan: Plan, batch: ImportBatch, user: User | None) -> None:
    """Write the planned accounts."""
    save_people(rows=plan.writes, user=user)
