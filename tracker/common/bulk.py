"""Bulk writes: rows go by COPY into a temporary table and from there into the real one, which is where it is
decided what is new; rows that are new for certain go straight into it (``add``).

Row-by-row saves are a hundred times slower. Every function here takes a fixed number of statements however many
rows there are, and must run inside a transaction: the temporary tables, and the history context, live no longer
than that.
"""

import hashlib
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import pghistory
from django.db import connection, models
from pghistory import runtime

Rows = Collection[Sequence[Any]]
Params = Sequence[Any] | Mapping[str, Any] | None


@contextmanager
def own_context(**metadata: Any) -> Iterator[None]:
    """A history context of its own for one batch, even inside the context of a page or a command.

    A context opened inside another is merged into it: two batches in one command would then share one
    context, and the first would be written down as the second. The outer context's words (who, which page)
    are kept.
    """
    outer = getattr(runtime._tracker, "value", None)
    if outer is None:
        with pghistory.context(**metadata):
            yield
        return
    # There is no way to leave the outer context aside for a while; its wrapper reads this at each statement.
    runtime._tracker.value = runtime.Context(id=uuid.uuid4(), metadata={**outer.metadata, **metadata})
    try:
        yield
    finally:
        runtime._tracker.value = outer


def quote(name: str) -> str:
    """A table's or column's name as SQL."""
    return connection.ops.quote_name(name)


def run(sql: str, params: Params = None) -> int:
    """Run one statement and say how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return int(cursor.rowcount)


def fetch(sql: str, params: Params = None) -> list[tuple[Any, ...]]:
    """Run one query and give its rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


@contextmanager
def staged(
    *, columns: Mapping[str, str], rows: Iterable[Sequence[Any]], name: str = "staged", joined: bool = True
) -> Iterator[str]:
    """A temporary table that holds these rows: ``columns`` gives each column's SQL type, in order.

    Gives the table's quoted name; the table is gone after the block. Two at once need two names. ``joined`` is
    false where it is read from the first row to the last, and with no other table.
    """
    table = f"pg_temp.{quote(name)}"
    wanted = ", ".join(f"{quote(column)} {kind}" for column, kind in columns.items())
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {quote(name)} ({wanted}) ON COMMIT DROP")
        with cursor.copy(f"COPY {table} ({', '.join(map(quote, columns))}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        if joined:
            # Without statistics the planner takes a temporary table for a handful of rows, whatever it holds.
            cursor.execute(f"ANALYZE {table}")
        forget_plans()
        yield table
        # Not in a finally: after an error the transaction is lost, and the table with it.
        cursor.execute(f"DROP TABLE {table}")


def forget_plans() -> None:
    """Have the database plan anew what it does in triggers; before a statement that writes very many rows.

    A session keeps the plans of its trigger functions. The one that history made for an update of one row joins
    the old rows with the new by a nested loop; used again for twenty thousand rows, that takes ten minutes.
    """
    run(_FORGET_PLANS)


_FORGET_PLANS = "DISCARD PLANS"


def add(*, model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Add rows, of which none is there yet, by one COPY into the table itself; other columns take the database's
    default. The database stores them while the next are made.
    """
    add_all([(model, columns, rows)])


def add_all(tables: Sequence[tuple[type[models.Model], Sequence[str], Iterable[Sequence[Any]]]]) -> None:
    """The same for several tables (model, columns, rows), one after the other."""
    names = [quote(model._meta.db_table) for model, _columns, _rows in tables]
    # What COPY locks in any case. The history learns who writes from the statement before it: django-pghistory
    # tells the database so with each one but a COPY, and it stays told until the transaction ends.
    run(f"LOCK TABLE {', '.join(names)} IN ROW EXCLUSIVE MODE; {_FORGET_PLANS}")
    for table, (_model, columns, rows) in zip(names, tables, strict=True):
        wanted = ", ".join(map(quote, columns))
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({wanted}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def draw_ids(model: type[models.Model], count: int) -> list[int]:
    """So many new ids for rows of a model, drawn from its sequence: for rows that others, written in the same
    breath, refer to.
    """
    table = model._meta.db_table
    [(sequence,)] = fetch("SELECT pg_get_serial_sequence(%s, 'id')", [table])
    [(ids,)] = fetch("SELECT array_agg(nextval(%s::regclass)) FROM generate_series(1, %s)", [sequence, count])
    return list(ids or ())


def check_references() -> None:
    """Look up now what the rows written so far refer to, instead of when the transaction ends."""
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run("SET CONSTRAINTS ALL DEFERRED")


def columns_of(model: type[models.Model], fields: Sequence[str]) -> dict[str, str]:
    """The columns of these fields of a model with their SQL types."""
    found = {}
    for name in fields:
        field: Any = model._meta.get_field(name)
        found[field.column] = field.db_type(connection)
    return found


def insert(*, model: type[models.Model], fields: Sequence[str], rows: Rows) -> int:
    """Insert rows given as tuples in the order of ``fields``; other columns take the database's default."""
    if not rows:
        return 0
    columns = columns_of(model, fields)
    names = ", ".join(map(quote, columns))
    with staged(columns=columns, rows=rows, joined=False) as source:
        return run(f"INSERT INTO {quote(model._meta.db_table)} ({names}) SELECT {names} FROM {source}")


def upsert(*, model: type[models.Model], fields: Sequence[str], unique: Sequence[str], rows: Rows) -> int:
    """Insert rows, or update those whose ``unique`` fields are there already; says how many it wrote.

    ``fields`` includes the unique ones. A row that would change nothing is not written, so that it leaves no
    event in the history.
    """
    if not rows:
        return 0
    columns = columns_of(model, fields)
    keys = [quote(column) for column in columns_of(model, unique)]
    names = [quote(column) for column in columns]
    rest = [name for name in names if name not in keys]
    table = quote(model._meta.db_table)
    updates = ", ".join(f"{name} = EXCLUDED.{name}" for name in rest)
    old = ", ".join(f"held.{name}" for name in rest)
    new = ", ".join(f"EXCLUDED.{name}" for name in rest)
    with staged(columns=columns, rows=rows, joined=False) as source:
        return run(
            f"INSERT INTO {table} AS held ({', '.join(names)}) SELECT {', '.join(names)} FROM {source} "
            f"ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {updates} WHERE ({old}) IS DISTINCT FROM ({new})"
        )


def share_writes(area: str) -> None:
    """Write in an area beside its other ordinary writers, and never beside an import into it.

    The first statement of every service that writes there, before it locks or changes any row. Held until the
    transaction ends; asking again in the same transaction costs nothing.

    The deadlock it prevents: a save writes a report, then its revision, then its results; an import locks
    those tables, in the order of their names, before it looks at a row. Each would hold a table that the other
    wants next, and the database would throw one of the two out. So an import waits until the writers that
    began before it are done, and those that come after wait for the import (``own_writes``).
    """
    run("SELECT pg_advisory_xact_lock_shared(%s)", [_key_of(area)])


def own_writes(area: str) -> None:
    """Be the only writer of an area until the transaction ends: for imports, as their first statement.

    Waits for everybody who holds ``share_writes`` of the area, and for other imports into it.
    """
    run("SELECT pg_advisory_xact_lock(%s)", [_key_of(area)])


def area_of(model: type[models.Model]) -> str:
    """The area that a table belongs to: its capability, such as ``progress``."""
    return model.__module__.split(".")[1]


def _key_of(area: str) -> int:
    """The same number for the same name, in every process and after every restart (``hash`` is not)."""
    digest = hashlib.sha256(f"tracker writes {area}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


def lock_tables(models_written: Iterable[type[models.Model]]) -> None:
    """Let nobody else write these tables until the transaction ends; readers go on.

    The race it prevents: two people confirm overlapping files at once, or a page writes while a file is being
    applied; both would compare with the same old values, and the second would save a difference nobody was
    shown. Tables are locked in the order of their names, so that two imports cannot wait for each other; that
    an import and a save cannot, ``own_writes`` sees to.
    """
    tables = sorted({quote(model._meta.db_table) for model in models_written})
    run(f"LOCK TABLE {', '.join(tables)} IN SHARE ROW EXCLUSIVE MODE")
