"""Taking a saved file back row by row, from history: what it inserted goes, what it changed or deleted gets back
what it said before.

Set-based: a fixed number of statements for each table, however many rows.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from tracker.access.models import User
from tracker.common.bulk import fetch, forget_plans, quote, run
from tracker.common.errors import Refused

from ..models import ImportBatch
from ..undos import Conflict, Undo, UndoPlan
from .events import event_model

if TYPE_CHECKING:
    from django.db.models.fields.reverse_related import ForeignObjectRel

# From a model and ids of its rows to how people know these rows, where they are still there.
NameRows = Callable[[type[Model], Collection[int]], Mapping[int, str]]

DELETE, RESTORE, RETURN = "delete", "restore", "return"
"""What becomes of a row: it goes, it gets its former values back, or it comes back."""

_NO_END = 2**31 - 1


def name_by_itself(model: type[Model], ids: Collection[int]) -> dict[int, str]:
    """How people know these rows: as they call themselves."""
    return {pk: str(row) for pk, row in model._default_manager.in_bulk(list(ids)).items()}


@dataclass(frozen=True, slots=True)
class Touched:
    """One table with the rows of it that a batch has touched, in a temporary table ``name``.

    ``name`` has (id, fate, former, last): the event with what the row said before, and the last of the batch's.
    """

    model: type[Model]
    name: str

    @property
    def table(self) -> str:
        return quote(self.model._meta.db_table)

    @property
    def events(self) -> str:
        return quote(event_model(self.model)._meta.db_table)

    def columns(self, *, but: Collection[str] = ()) -> list[str]:
        """The columns that history knows, the row's own number and ``but`` aside."""
        known = {each.column for each in event_model(self.model)._meta.concrete_fields}
        return [
            quote(str(each.column))
            for each in self.model._meta.concrete_fields
            if not each.primary_key and each.column in known and each.name not in but
        ]


@dataclass(slots=True)
class Restoration:
    """Restores rows of these tables. ``counters`` are fields that go up with every write of a row and say
    nothing else; ``name_rows`` names rows for people; ``more_conflicts`` finds what only the capability knows.
    """

    tables: Sequence[type[Model]]
    counters: Collection[str] = ()
    name_rows: NameRows = name_by_itself
    more_conflicts: "Callable[[Sequence[Touched]], list[Conflict]]" = lambda touched: []

    def plan(self, batch: ImportBatch) -> UndoPlan:
        """What restoring would do, and what stands in its way; nothing is written."""
        with transaction.atomic(), self.touched(batch) as touched:
            plan = UndoPlan()
            for each in touched:
                fates = dict(fetch(f"SELECT fate, count(*) FROM {each.name} GROUP BY fate"))
                plan.deleted += fates.get(DELETE, 0)
                plan.restored += fates.get(RESTORE, 0) + fates.get(RETURN, 0)
                plan.conflicts += self._changed_since(each)
            for each in touched:
                plan.conflicts += self._referred_to(each, touched)
            plan.conflicts += self.more_conflicts(touched)
            return plan

    def apply(self, batch: ImportBatch, user: User, reason: str) -> None:
        """Restore, in the caller's transaction. Raises Refused where the database will not have it."""
        try:
            with transaction.atomic(), self.touched(batch) as touched:
                forget_plans()
                for each in reversed(touched):
                    run(
                        f"DELETE FROM {each.table} t USING {each.name} u WHERE u.fate = %s AND t.id = u.id",
                        [DELETE],
                    )
                for each in touched:
                    self._give_back(each)
                # What the deferred ones would say at the end of the transaction, they say now.
                run("SET CONSTRAINTS ALL IMMEDIATE")
                run("SET CONSTRAINTS ALL DEFERRED")
        except IntegrityError as error:
            raise self._say(error) from error

    @contextmanager
    def touched(self, batch: ImportBatch) -> Iterator[list[Touched]]:
        """The rows that a batch has touched, table by table, each with what becomes of it."""
        found = []
        for number, model in enumerate(self.tables):
            each = Touched(model, f"pg_temp.{quote(f'undo_{number}')}")
            first, last = batch.event_ranges.get(model._meta.db_table, _range_without(batch))
            with connection.cursor() as cursor:
                cursor.execute(
                    f"CREATE TEMPORARY TABLE {quote(f'undo_{number}')} ON COMMIT DROP AS {_TOUCHED}".format(
                        events=each.events
                    ),
                    {"batch": str(batch.pk), "first": first, "last": last},
                )
                cursor.execute(f"ANALYZE {each.name}")
            found.append(each)
        yield found
        # Not in a finally: after an error the transaction is lost, and the tables with it.
        for each in found:
            run(f"DROP TABLE {each.name}")

    def _give_back(self, each: Touched) -> None:
        """What was changed or deleted says again what it said before."""
        columns = each.columns(but=self.counters)
        counters = [quote(str(f.column)) for f in each.model._meta.concrete_fields if f.name in self.counters]
        values = [f"{name} = e.{name}" for name in columns] + [f"{name} = t.{name} + 1" for name in counters]
        run(
            f"UPDATE {each.table} t SET {', '.join(values)} FROM {each.name} u "
            f"JOIN {each.events} e ON e.pgh_id = u.former WHERE u.fate = %s AND t.id = u.id",
            [RESTORE],
        )
        names = ", ".join(each.columns())
        old = ", ".join(f"e.{name}" for name in each.columns())
        run(
            f"INSERT INTO {each.table} (id, {names}) SELECT u.id, {old} FROM {each.name} u "
            f"JOIN {each.events} e ON e.pgh_id = u.former WHERE u.fate = %s",
            [RETURN],
        )

    # -- What stands in the way --------------------------------------------------------------------------
    def _changed_since(self, each: Touched) -> list[Conflict]:
        """Rows that are not as the batch left them: by whom and when, as history says."""
        now = ", ".join(f"t.{name}" for name in each.columns(but=self.counters))
        left = ", ".join(f"e.{name}" for name in each.columns(but=self.counters))
        rows = fetch(
            f"""
            SELECT u.id, t.id IS NULL, later.by_id, later.by_batch, later.by_command, later.pgh_created_at
              FROM {each.name} u
              JOIN {each.events} e ON e.pgh_id = u.last
              LEFT JOIN {each.table} t ON t.id = u.id
              LEFT JOIN LATERAL (
                  SELECT (l.pgh_context ->> 'user')::bigint AS by_id, l.pgh_context ->> 'batch' AS by_batch,
                         l.pgh_context ->> 'command' AS by_command, l.pgh_created_at
                    FROM {each.events} l
                   WHERE l.pgh_obj_id = u.id AND l.pgh_id > u.last ORDER BY l.pgh_id DESC LIMIT 1
              ) later ON true
             WHERE (u.fate <> %(return)s AND (t.id IS NULL OR ({now}) IS DISTINCT FROM ({left})))
                OR (u.fate = %(return)s AND t.id IS NOT NULL)
                OR (u.fate <> %(delete)s AND u.former IS NULL)
             ORDER BY u.id
            """,
            {"return": RETURN, "delete": DELETE},
        )
        names = self.name_rows(each.model, [pk for pk, *_rest in rows])
        people = read_people(person for _pk, _gone, person, *_rest in rows)
        title = str(each.model._meta.verbose_name)
        return [
            Conflict(
                what=names.get(pk) or f"{title} {pk}",
                why=_("deleted since") if gone else _("changed since"),
                by=_say_who(people.get(person or 0, ""), by_batch, command),
                at=at,
            )
            for pk, gone, person, by_batch, command, at in rows
        ]

    def _referred_to(self, each: Touched, touched: Sequence[Touched]) -> list[Conflict]:
        """Rows that would go and that something else refers to by now."""
        used: dict[int, list[str]] = {}
        also = {other.model: other for other in touched}
        for relation in _references(each.model):
            source: Any = relation.related_model
            column = quote(str(relation.field.column))
            apart = ""
            if source in also:
                apart = (
                    f"AND NOT EXISTS (SELECT 1 FROM {also[source].name} o "
                    f"WHERE o.id = r.id AND o.fate = '{DELETE}')"
                )
            for pk, number in fetch(
                f"SELECT u.id, count(*) FROM {each.name} u "
                f"JOIN {quote(source._meta.db_table)} r ON r.{column} = u.id "
                f"WHERE u.fate = %s {apart} GROUP BY u.id",
                [DELETE],
            ):
                title = source._meta.verbose_name if number == 1 else source._meta.verbose_name_plural
                used.setdefault(pk, []).append(f"{number} {title}")
        names = self.name_rows(each.model, used)
        title = str(each.model._meta.verbose_name)
        return [
            Conflict(
                what=names.get(pk) or f"{title} {pk}",
                why=_("in use since: %(what)s") % {"what": ", ".join(users)},
            )
            for pk, users in sorted(used.items())
        ]

    def _say(self, error: IntegrityError) -> Exception:
        """What a trigger or a constraint refused, in the words of its model where it has some."""
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        for model in self.tables:
            sentence = getattr(model, "refusals", {}).get(name)
            if sentence is not None:
                return Refused(sentence)
        return Refused(
            _("This cannot be undone: what came after it stands in its way (%(what)s). Nothing was changed.")
            % {"what": name or error}
        )


_TOUCHED = """
    SELECT id, last,
           CASE WHEN began = 'insert' THEN 'delete'
                WHEN ended = 'delete' THEN 'return'
                ELSE 'restore' END AS fate,
           CASE WHEN began <> 'insert' THEN coalesce(
               (SELECT max(p.pgh_id) FROM {events} p WHERE p.pgh_obj_id = touched.id AND p.pgh_id < touched.first),
               CASE WHEN began = 'delete' THEN touched.first END
           ) END AS former
      FROM (
          SELECT pgh_obj_id AS id, min(pgh_id) AS first, max(pgh_id) AS last,
                 (array_agg(pgh_label ORDER BY pgh_id))[1] AS began,
                 (array_agg(pgh_label ORDER BY pgh_id DESC))[1] AS ended
            FROM {events}
           WHERE pgh_id BETWEEN %(first)s AND %(last)s AND pgh_context ->> 'batch' = %(batch)s
           GROUP BY pgh_obj_id
      ) touched
     WHERE NOT (began = 'insert' AND ended = 'delete')
"""


def _range_without(batch: ImportBatch) -> tuple[int, int]:
    """The events of a table that the batch's ranges leave out: none, or, of a batch older than the ranges, any."""
    return (0, -1) if batch.event_ranges else (0, _NO_END)


def _references(model: type[Model]) -> "list[ForeignObjectRel]":
    """Foreign keys that point to a table and that the database holds to; history's do not."""

    def is_table(source: Any) -> bool:
        return bool(source._meta.concrete_model._meta.managed)  # and no view of other tables

    return [
        relation
        for relation in model._meta.related_objects
        if getattr(relation.field, "db_constraint", False)
        and not relation.many_to_many
        and is_table(relation.related_model)
    ]


def read_people(ids: Iterable[int | None]) -> dict[int, str]:
    """The names of these people by their ids, in one statement; None is left out."""
    wanted = {pk for pk in ids if pk is not None}
    return {person.pk: str(person) for person in User.objects.filter(pk__in=wanted)} if wanted else {}


def _say_who(person: str, batch: str | None, command: str | None) -> str:
    """Who or what wrote an event: a person, and the file or the command it came by."""
    by_file = _("import no. %(number)s") % {"number": batch} if batch else command
    return ", ".join(part for part in (person, by_file) if part)


def restore(
    *tables: type[Model],
    counters: Collection[str] = (),
    name_rows: NameRows = name_by_itself,
    more_conflicts: Callable[[Sequence[Touched]], list[Conflict]] = lambda touched: [],
) -> Undo:
    """An undo that restores the rows of these tables from history: as ``Restoration`` says."""
    restoration = Restoration(tables, counters, name_rows, more_conflicts)
    return Undo(plan=restoration.plan, apply=restoration.apply)
