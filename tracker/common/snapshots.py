"""Reading many things as of one moment."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def one_snapshot() -> Iterator[None]:
    """A transaction in which all that is read is of one moment, and nothing is written.

    Tables are read one after the other. What somebody saves meanwhile would be in one and not in the next. In a
    test the transaction has begun, and what it sees is its own.
    """
    is_outermost = not connection.in_atomic_block
    connection.ensure_connection()
    with transaction.atomic():
        if is_outermost:
            # Not by a cursor of Django's: the context of the history would be set first, and this would come too
            # late.
            connection.connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield
