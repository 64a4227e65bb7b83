"""Loading memberships: which role a person has, of which mission, from when, maybe to when, and who stands in.

A row is about the membership of that person, role and mission that begins on the same day. Without a first day it
is about the one that has none, or else the one that goes on; in a file that knows no first days the other way round.
None is deleted: a membership is ended by its last day.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.access.choices import MISSION_ROLES, Role
from tracker.access.models import Membership, User
from tracker.access.policies import leaves_nobody
from tracker.access.services import save_memberships
from tracker.access.wording import say_days, say_locked_out, say_nobody_left
from tracker.batches.choices import Outcome
from tracker.batches.models import ImportBatch
from tracker.batches.plans import Lookup, Plan, compare, fill_row
from tracker.region.models import Mission

FIELDS = ("starts_on", "ends_on", "stand_in", "stand_in_from", "stand_in_to")
_EMPTY = dict.fromkeys(FIELDS)
# A person's address, a role, the code of a mission ("" for a role of the region).
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class MembershipRow:
    """A row of the sheet ``memberships``: ``email`` and ``stand_in`` are addresses, ``mission`` a code."""

    row: int
    email: str
    role: str
    mission: str | None
    starts_on: date | None
    ends_on: date | None
    stand_in: str | None
    stand_in_from: date | None
    stand_in_to: date | None


@dataclass(slots=True)
class _Held:
    """A membership that there is, or (without a number) that a row makes: what it says by ``FIELDS``, what it
    said before the file, and the row that speaks of it.
    """

    key: Key
    pk: int | None
    values: Mapping[str, Any]
    before: Mapping[str, Any] | None
    row: int | None = None


@dataclass(slots=True)
class _Writes:
    new: list[tuple[Any, ...]] = field(default_factory=list)
    changed: dict[int, tuple[Any, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class _Known:
    """What there is: people with their numbers and whether they may sign in, missions, memberships by key."""

    people: Mapping[str, tuple[int, bool]]
    missions: Mapping[str, int]
    codes: Lookup[str]
    held: dict[Key, list[_Held]]

    def all(self) -> Iterator[_Held]:
        """Every membership."""
        for each in self.held.values():
            yield from each

    def is_active(self, email: str) -> bool:
        return self.people[email][1]


def plan_memberships(
    *, rows: Sequence[MembershipRow], given: frozenset[str], options: Mapping[str, Any], user: User | None
) -> Plan:
    """Compare a sheet of memberships with those that there are."""
    plan = Plan(writes=_Writes())
    known = _read_known()
    for row in rows:
        key = _find_key(plan, row, known)
        if key is None:
            continue
        there = _find_held(row, known.held.get(key, []), given)
        if there is not None and there.row is not None:
            plan.refuse(
                row=row.row,
                column="email",
                value=row.email,
                message=_("Row %(row)s already has this. Delete one of the two rows.") % {"row": there.row},
            )
            continue
        new = _fill(row, given, there)
        if not _fits(plan, row, key, new, known):
            continue
        if there is None:
            there = _Held(key, None, new, None)
            known.held.setdefault(key, []).append(there)
        there.row, there.values = row.row, new
        change = compare(row=row.row, key=tuple(filter(None, key)), new=new, old=there.before)
        plan.changes.append(change)
        if change.outcome != Outcome.UNCHANGED:
            _write(plan.writes, there, known)
            _ask(plan, there, known)
    _refuse_two_at_once(plan, known)
    _refuse_locking_out(plan, known, user)
    return plan


def _read_known() -> _Known:
    """People, missions and memberships, in three statements."""
    held: dict[Key, list[_Held]] = {}
    names = ("user__email", "role", "mission__code", "starts_on", "ends_on", "stand_in__email")
    for pk, email, role, mission, *rest in Membership.objects.order_by("pk").values_list(
        "pk", *names, "stand_in_from", "stand_in_to"
    ):
        key = (email, role, mission or "")
        values = dict(zip(FIELDS, rest, strict=True))
        held.setdefault(key, []).append(_Held(key, pk, values, values))
    missions = dict(Mission.objects.values_list("code", "pk"))
    return _Known(
        people={
            email: (pk, active) for email, pk, active in User.objects.values_list("email", "pk", "is_active")
        },
        missions=missions,
        codes=Lookup(
            {code: code for code in missions},
            unknown=_("There is no mission with the code “%(code)s”. Each mission has a row of its own."),
        ),
        held=held,
    )


def _find_key(plan: Plan, row: MembershipRow, known: _Known) -> Key | None:
    """Whose membership, of what; None after noting what is wrong."""
    errors = len(plan.errors)
    for column in ("email", "stand_in"):
        address = getattr(row, column)
        if address is not None and address not in known.people:
            plan.refuse(
                row=row.row,
                column=column,
                value=address,
                message=_(
                    "Nobody has an account with the address %(email)s. Load the people first, or correct it."
                )
                % {"email": address},
            )
    role = Role(row.role)
    mission = ""
    if (role in MISSION_ROLES) != (row.mission is not None):
        plan.refuse(
            row=row.row,
            column="mission",
            value=row.mission,
            message=_("The role %(role)s is a mission’s: name the mission.") % {"role": role.label}
            if row.mission is None
            else _("The role %(role)s is the region’s: leave the mission empty.") % {"role": role.label},
        )
    elif row.mission is not None:
        mission = known.codes.find(row.mission, plan=plan, row=row.row, column="mission") or ""
    return None if len(plan.errors) > errors else (row.email, row.role, mission)


def _find_held(row: MembershipRow, of_key: Sequence[_Held], given: frozenset[str]) -> _Held | None:
    """The membership that a row is about; None where the row makes one."""
    begins_then = next((each for each in of_key if each.values["starts_on"] == row.starts_on), None)
    if row.starts_on is not None:
        return begins_then
    # There is one of them at most.
    goes_on = next((each for each in of_key if each.before and each.before["ends_on"] is None), None)
    return (begins_then or goes_on) if "starts_on" in given else (goes_on or begins_then)


def _fill(row: MembershipRow, given: frozenset[str], there: _Held | None) -> dict[str, Any]:
    """What the row says in full; who stands in goes with the days on which they do."""
    old = there.before if there else None
    new = fill_row(row, FIELDS, given=given, old=old, empty=_EMPTY)
    if old and row.starts_on is None:
        new["starts_on"] = old["starts_on"]
    if new["stand_in"] is None:
        new |= {name: None for name in ("stand_in_from", "stand_in_to") if name not in given}
    return new


def _fits(plan: Plan, row: MembershipRow, key: Key, new: Mapping[str, Any], known: _Known) -> bool:
    """Whether its dates and its stand-in fit; what does not is noted."""
    errors = len(plan.errors)

    def refuse(column: str, message: str) -> None:
        plan.refuse(row=row.row, column=column, value=new[column], message=message)

    if new["starts_on"] and new["ends_on"] and new["ends_on"] < new["starts_on"]:
        refuse("ends_on", _("It would end before it starts. Correct one of the dates."))
    if new["stand_in"] == key[0]:
        refuse("stand_in", _("Nobody stands in for themselves. Name somebody else, or leave the cell empty."))
    first, last = new["stand_in_from"], new["stand_in_to"]
    if new["stand_in"] is None:
        for column in ("stand_in_from", "stand_in_to"):
            if new[column] is not None:
                refuse(column, _("There is a date and nobody who stands in. Name them, or empty this cell."))
    elif first is None or last is None:
        for column in ("stand_in_from", "stand_in_to"):
            if new[column] is None:
                refuse(column, _("Say from when to when %(email)s stands in.") % {"email": new["stand_in"]})
    elif last < first:
        refuse("stand_in_to", _("It would end before it starts. Correct one of the dates."))
    return len(plan.errors) == errors


def _write(writes: _Writes, each: _Held, known: _Known) -> None:
    email, role, mission = each.key
    values = dict(each.values)
    if values["stand_in"] is not None:
        values["stand_in"] = known.people[values["stand_in"]][0]
    written = (
        known.people[email][0],
        role,
        known.missions[mission] if mission else None,
        *(values[name] for name in FIELDS),
    )
    if each.pk is None:
        writes.new.append(written)
    else:
        writes.changed[each.pk] = written


# -- What is asked --------------------------------------------------------------------------------------
def _ask(plan: Plan, each: _Held, known: _Known) -> None:
    """Ask about rights that reach far, and about those that open nothing."""
    assert each.row is not None
    role, old, new = each.key[1], each.before, each.values
    for column, address, is_given in (
        ("email", each.key[0], old is None or _lasts_longer(new, old)),
        (
            "stand_in",
            new["stand_in"],
            new["stand_in"] and (old is None or old["stand_in"] != new["stand_in"]),
        ),
    ):
        if not is_given:
            continue
        if not known.is_active(address):
            message = _("%(email)s may not sign in, so that this opens nothing. Is that right?")
        elif role == Role.ADMINISTRATOR:
            message = _(
                "%(email)s would be administrator, with every right over people, settings and history. Is that "
                "right?"
            )
        else:
            continue
        plan.ask(row=each.row, column=column, value=address, message=message % {"email": address})


def _lasts_longer(new: Mapping[str, Any], old: Mapping[str, Any]) -> bool:
    return (new["ends_on"] or date.max) > (old["ends_on"] or date.max)


# -- What the file as a whole may not do ------------------------------------------------------------------
def _refuse_two_at_once(plan: Plan, known: _Known) -> None:
    """A person holds a role once on any day: of two that the file brings together, the later row is refused."""
    for of_key in known.held.values():
        for one, other in combinations(of_key, 2):
            if one.values == one.before and other.values == other.before:
                continue
            if _overlap(one.values, other.values):
                late, early = sorted((one, other), key=lambda each: each.row or 0, reverse=True)
                assert late.row is not None
                said = {
                    "days": say_days(early.values["starts_on"], early.values["ends_on"]),
                    "row": early.row,
                }
                plan.refuse(
                    row=late.row,
                    column="starts_on",
                    value=late.values["starts_on"],
                    message=_("Row %(row)s has this role %(days)s. End that one first, or correct the dates.")
                    % said
                    if early.row
                    else _(
                        "This role is held already %(days)s. End that membership first, or correct the dates."
                    )
                    % said,
                )


def _overlap(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    def begins(each: Mapping[str, Any]) -> date:
        return each["starts_on"] or date.min

    def ends(each: Mapping[str, Any]) -> date:
        return each["ends_on"] or date.max

    return begins(one) <= ends(other) and begins(other) <= ends(one)


def _refuse_locking_out(plan: Plan, known: _Known, user: User | None) -> None:
    """Nobody takes their own right to administer by a file, nor that of the last administrator."""
    today = timezone.localdate()

    def holds(each: _Held, values: Mapping[str, Any] | None) -> bool:
        return (
            values is not None
            and each.key[1] == Role.ADMINISTRATOR
            and (values["starts_on"] or today) <= today <= (values["ends_on"] or today)
        )

    def is_by(each: _Held, values: Mapping[str, Any]) -> bool:
        """Whether it lets the person who loads the file administer."""
        if user is None:
            return False
        own = each.key[0] == user.email
        stands_in = values["stand_in"] == user.email and (
            values["stand_in_from"] <= today <= values["stand_in_to"]
        )
        return own or stands_in

    of_role = [each for each in known.all() if each.key[1] == Role.ADMINISTRATOR]
    before = [(each, each.before) for each in of_role if each.before is not None and holds(each, each.before)]
    after = [(each, each.values) for each in of_role if holds(each, each.values)]
    nobody = leaves_nobody(
        [values["ends_on"] for each, values in before if known.is_active(each.key[0])],
        [values["ends_on"] for each, values in after if known.is_active(each.key[0])],
    )
    locked_out = any(is_by(*each) for each in before) and not any(is_by(*each) for each in after)
    if not (nobody or locked_out):
        return

    def takes_it(each: _Held, values: Mapping[str, Any]) -> bool:
        if locked_out and is_by(each, values):
            return True
        return nobody and (not holds(each, each.values) or each.values["ends_on"] != values["ends_on"])

    for each, values in before:
        if each.values != values and takes_it(each, values):
            assert each.row is not None
            column = next(name for name in FIELDS if each.values[name] != values[name])
            plan.refuse(
                row=each.row,
                column=column,
                value=each.values[column],
                message=say_nobody_left() if nobody else say_locked_out(),
            )


def apply_memberships(*, plan: Plan, batch: ImportBatch, user: User | None) -> None:
    """Write the planned memberships."""
    save_memberships(new=plan.writes.new, changed=plan.writes.changed, user=user)
