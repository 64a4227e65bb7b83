"""Whole tables as CSV, out of the database and into an empty one, by COPY: every column, every row, nothing made
of them. Text that a spreadsheet would run as a formula stands behind an apostrophe, which is taken away again.

A cell without anything is no value; ``""`` is an empty text. Moments are in UTC.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import psycopg
from django.db import Error, connection

from .bulk import fetch, quote, run

# The byte order mark by which spreadsheet programs know that a CSV file is UTF-8.
MARK = b"\xef\xbb\xbf"
# As in workbooks.csvfiles, with the spaces spelled out: what \s means hangs on the database's locale.
_SPACES = " \t\n\r\f\v\x1c-\x1f\x85\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000"
_FORMULA = f"^'*([{_SPACES}]*[=+@＝＋－＠-]|[\t\r\n])"
_TEXTS = {"text", "character varying", "character"}
_PLACE = re.compile(r"COPY .+?, line (?P<line>\d+)(?:, column (?P<column>\w+): (?P<value>.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Wrong(Exception):
    """A table that cannot be written: which row of its file (the header is row 1) and column, if known."""

    message: str
    row: int | None = None
    column: str | None = None
    value: str | None = None


def find_columns(table: str) -> dict[str, str]:
    """The columns of a table in their order, with the type of each without its length."""
    return dict(
        fetch(
            "SELECT attname, atttypid::regtype::text FROM pg_attribute "
            "WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
            [quote(table)],
        )
    )


def copy_out(
    *, table: str, columns: Mapping[str, str], order: Sequence[str], where: str = ""
) -> Iterator[bytes]:
    """The rows of a table as CSV, piece by piece; ``columns`` as ``find_columns`` gives them, without those that
    stay. ``order`` names the columns by which rows are sorted, ``where`` is SQL.
    """
    picked = ", ".join(
        f"CASE WHEN {quote(name)} ~ {_as_sql(_FORMULA)} THEN '''' || {quote(name)} ELSE {quote(name)} END "
        f"AS {quote(name)}"
        if kind in _TEXTS
        else quote(name)
        for name, kind in columns.items()
    )
    chosen = f"WHERE {where}" if where else ""
    run("SET LOCAL timezone = 'UTC'")
    run("SET LOCAL datestyle = 'ISO, YMD'")
    yield MARK
    with (
        connection.cursor() as cursor,
        cursor.copy(
            f"COPY (SELECT {picked} FROM {quote(table)} {chosen} ORDER BY {', '.join(map(quote, order))}) "
            "TO STDOUT (FORMAT csv, HEADER, ENCODING 'UTF8')"
        ) as copy,
    ):
        for piece in copy:
            yield bytes(piece)


def copy_in(
    *, table: str, columns: Mapping[str, str], pieces: Iterable[bytes], constants: Mapping[str, str]
) -> int:
    """Write the rows of a CSV file of these columns, and say how many; ``constants`` is SQL for other columns.

    Raises Wrong where the database takes them not: the transaction is lost then.
    """
    staged = quote("archived")
    wanted = ", ".join(f"{quote(name)} {kind}" for name, kind in columns.items())
    picked = ", ".join(
        f"CASE WHEN left({quote(name)}, 1) = '''' AND {quote(name)} ~ {_as_sql(_FORMULA)} "
        f"THEN substr({quote(name)}, 2) ELSE {quote(name)} END"
        if kind in _TEXTS
        else quote(name)
        for name, kind in columns.items()
    )
    run("SET LOCAL timezone = 'UTC'")
    try:
        run(f"CREATE TEMPORARY TABLE {staged} ({wanted}) ON COMMIT DROP")
        with (
            connection.cursor() as cursor,
            cursor.copy(
                f"COPY pg_temp.{staged} FROM STDIN (FORMAT csv, HEADER MATCH, ENCODING 'UTF8')"
            ) as copy,
        ):
            for piece in pieces:
                copy.write(piece)
        names = ", ".join(quote(name) for name in (*columns, *constants))
        written = run(
            f"INSERT INTO {quote(table)} ({names}) "
            f"SELECT {', '.join([picked, *constants.values()])} FROM pg_temp.{staged}"
        )
        run(f"DROP TABLE pg_temp.{staged}")
    except (psycopg.Error, Error) as error:
        raise _explain(error) from error
    return written


def continue_numbers(table: str, column: str) -> None:
    """Have the next row of a table get a number above those that it holds, if it numbers its rows."""
    [(sequence,)] = fetch("SELECT pg_get_serial_sequence(%s, %s)", [quote(table), column])
    if sequence is not None:
        name = quote(column)
        run(f"SELECT setval(%s, max({name})) FROM {quote(table)} HAVING max({name}) IS NOT NULL", [sequence])


def check_promises() -> None:
    """Look now at what rows refer to. Raises Wrong with the first that is not there."""
    try:
        run("SET CONSTRAINTS ALL IMMEDIATE")
    except Error as error:
        raise _explain(error) from error


def _explain(error: BaseException) -> Wrong:
    """What the database said, with the place in the file where it says one."""
    diagnosis = getattr(error, "diag", None) or getattr(error.__cause__, "diag", None)
    if diagnosis is None:
        return Wrong(str(error))
    message = ". ".join(filter(None, (diagnosis.message_primary, diagnosis.message_detail)))
    place = _PLACE.search(diagnosis.context or "")
    if place is None:
        return Wrong(message, column=diagnosis.column_name)
    value = place["value"]
    return Wrong(message, int(place["line"]), place["column"], value.strip('"') if value else None)


def _as_sql(text: str) -> str:
    """A text as SQL."""
    return "'" + text.replace("'", "''") + "'"
