"""Rows by the million into tables, by COPY, as fast as they go."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice

from django.db import connection, models


@contextmanager
def bare(written: Sequence[type[models.Model]]) -> Iterator[None]:
    """These tables without triggers, indexes and references meanwhile: what takes the time when millions come in.

    Primary keys stay. References of other tables to these stay too: nothing refers to what is not there yet.
    """
    tables = [model._meta.db_table for model in written]
    with connection.cursor() as cursor:
        cursor.execute(_CONSTRAINTS, [tables])
        constraints = cursor.fetchall()
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for table, name, _definition in constraints:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        cursor.execute(_INDEXES, [tables])
        indexes = cursor.fetchall()
        for name, _definition in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        for _name, definition in indexes:
            cursor.execute(definition)
        for table, name, definition in constraints:
            cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


# Unique constraints before references.
_CONSTRAINTS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE conrelid = ANY (%s::regclass[]) AND contype IN ('u', 'f')
    ORDER BY contype = 'f', conname
"""
_INDEXES = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid)
    FROM pg_index WHERE indrelid = ANY (%s::regclass[]) AND NOT indisprimary
    ORDER BY 1
"""


def copy(model: type[models.Model], columns: str, lines: Iterable[str]) -> None:
    """Lines as COPY takes them: values parted by tabs, nothing as \\N. Sent by the thousand."""
    waiting = iter(lines)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {model._meta.db_table} ({columns}) FROM STDIN") as target,
    ):
        while part := list(islice(waiting, 5_000)):
            target.write("".join(part))


def line(*values: object) -> str:
    return "\t".join("\\N" if value is None else str(value) for value in values) + "\n"
