"""Taking back a file of people or of memberships: restored from history, unless somebody used an account since,
or nobody would administer the tracker any more.
"""

from collections.abc import Collection, Sequence

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.access.choices import Role
from tracker.access.models import Membership, User
from tracker.access.policies import leaves_nobody
from tracker.access.services import not_locking_out
from tracker.access.wording import say_nobody_left
from tracker.batches.models import ImportBatch
from tracker.batches.services.restoring import DELETE, RESTORE, Touched, name_by_itself, restore
from tracker.batches.undos import Conflict, Undo
from tracker.common.bulk import fetch


def name_memberships(model: type[Model], ids: Collection[int]) -> dict[int, str]:
    """How people know these memberships: whose, which role, of which mission."""
    rows = Membership.objects.filter(pk__in=list(ids)).select_related("user", "mission")
    return {row.pk: str(row) for row in rows}


# -- People ---------------------------------------------------------------------------------------------
def _accounts_in_use(touched: Sequence[Touched]) -> list[Conflict]:
    """New accounts with which somebody signed in since, or for which a password was set: history does not keep
    these, so that the rows look untouched.
    """
    [each] = touched
    rows = fetch(
        f"SELECT t.id FROM {each.name} u JOIN {each.table} t ON t.id = u.id WHERE u.fate = %s "
        "AND (t.last_login IS NOT NULL OR t.password NOT LIKE '!%%') ORDER BY t.id",
        [DELETE],
    )
    names = name_by_itself(User, [pk for (pk,) in rows])
    used = [Conflict(what=names[pk], why=_("has signed in or set a password since")) for (pk,) in rows]
    return used + _say_if_nobody_left(
        f"""
        SELECT m.ends_on FROM {_ADMINISTERING}
           AND NOT EXISTS (
               SELECT 1 FROM {each.name} t JOIN {each.events} e ON e.pgh_id = t.former
                WHERE t.id = m.user_id AND t.fate = '{RESTORE}' AND NOT e.is_active
           )
        """
    )


# -- Memberships ----------------------------------------------------------------------------------------
def _given_since(touched: Sequence[Touched]) -> list[Conflict]:
    """Memberships that would hold again beside another of the same role, and what the last administrator loses."""
    [each] = touched
    rows = fetch(
        f"""
        SELECT DISTINCT t.id FROM {each.name} t
          JOIN {each.events} e ON e.pgh_id = t.former
          JOIN tracker_membership o ON o.user_id = e.user_id AND o.role = e.role
           AND o.mission_id IS NOT DISTINCT FROM e.mission_id
           AND daterange(o.starts_on, o.ends_on, '[]') && daterange(e.starts_on, e.ends_on, '[]')
         WHERE t.fate <> %s AND o.id NOT IN (SELECT id FROM {each.name})
         ORDER BY t.id
        """,
        [DELETE],
    )
    names = name_memberships(Membership, [pk for (pk,) in rows])
    again = [
        Conflict(what=names.get(pk) or str(pk), why=_("the same role was given again since"))
        for (pk,) in rows
    ]
    return again + _say_if_nobody_left(
        f"""
        SELECT m.ends_on FROM {_ADMINISTERING} AND m.id NOT IN (SELECT id FROM {each.name})
         UNION ALL
        SELECT m.ends_on FROM {each.name} t JOIN {each.events} m ON m.pgh_id = t.former
          JOIN tracker_user u ON u.id = m.user_id
         WHERE t.fate <> '{DELETE}' AND {_TODAY}
        """
    )


# -- The last administrator -----------------------------------------------------------------------------
_TODAY = (
    f"m.role = '{Role.ADMINISTRATOR}' AND u.is_active AND coalesce(m.starts_on, %(today)s) <= %(today)s "
    "AND coalesce(m.ends_on, %(today)s) >= %(today)s"
)
_ADMINISTERING = f"tracker_membership m JOIN tracker_user u ON u.id = m.user_id WHERE {_TODAY}"


def _say_if_nobody_left(after: str) -> list[Conflict]:
    """A conflict where nobody would administer afterwards; ``after`` selects the last days of those who would."""
    on = timezone.localdate()
    before = Membership.objects.administering(on=on).values_list("ends_on", flat=True)
    if not leaves_nobody(list(before), [day for (day,) in fetch(after, {"today": on})]):
        return []
    return [Conflict(what=str(Role.ADMINISTRATOR.label), why=say_nobody_left())]


def _keeping_who_undoes(undo: Undo) -> Undo:
    """The same undo, by which nobody locks themselves out either."""

    def apply(batch: ImportBatch, user: User, reason: str) -> None:
        with not_locking_out(user):
            undo.apply(batch, user, reason)

    return Undo(plan=undo.plan, apply=apply)


PEOPLE = _keeping_who_undoes(restore(User, more_conflicts=_accounts_in_use))
MEMBERSHIPS = _keeping_who_undoes(
    restore(Membership, name_rows=name_memberships, more_conflicts=_given_since)
)
