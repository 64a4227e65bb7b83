"""The version of the data: a number that every transaction which changes a figure raises.

What is kept under it can never be stale: another version has other keys. Tables say by ``raises_data_version``
that their rows are in figures. A transaction that has changed one, and has not ended, gets no version: what it
sees is nobody else's yet.
"""

import hashlib
from collections.abc import Callable, Sequence
from typing import TypeVar

import pgtrigger
from django.core.cache import cache
from django.db import models
from django.utils.translation import gettext_lazy as _

from .bulk import fetch

T = TypeVar("T")

A_DAY = 24 * 60 * 60
_ABSENT = object()


class DataVersion(models.Model):
    """The one row of it. Microseconds since 1970 at the last change, so that no number ever comes back."""

    number = models.BigIntegerField(_("number"))

    class Meta:
        verbose_name = _("version of the data")
        verbose_name_plural = _("versions of the data")

    def __str__(self) -> str:
        return str(self.number)


class DataChange(models.Model):
    """A transaction that has changed a figure; gone by its end, when it has raised the version.

    Raised at the end, the version is locked for that moment alone, and not for as long as the transaction takes.
    """

    transaction = models.BigIntegerField(_("transaction"), primary_key=True)

    class Meta:
        verbose_name = _("change of a figure")
        verbose_name_plural = _("changes of figures")
        triggers = [
            pgtrigger.Trigger(
                name="raises_the_version",
                level=pgtrigger.Row,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                func="""
                    DELETE FROM tracker_datachange WHERE transaction = NEW.transaction;
                    INSERT INTO tracker_dataversion AS held (id, number)
                        VALUES (1, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint)
                        ON CONFLICT (id) DO UPDATE SET number = greatest(held.number + 1, EXCLUDED.number);
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return str(self.transaction)


_NOTE = """
    INSERT INTO tracker_datachange (transaction) VALUES (pg_current_xact_id()::text::bigint)
        ON CONFLICT (transaction) DO NOTHING;
"""


def raises_data_version(
    *,
    insert: str = "SELECT FROM changed",
    update: str = "SELECT FROM changed",
    delete: str = "SELECT FROM before",
) -> list[pgtrigger.Trigger]:
    """Triggers for a table whose rows are in figures. Each argument is SQL that selects the rows by which such a
    write changes one, from ``changed`` (inserted or new rows) and ``before`` (old or deleted ones); "" for none.
    """
    writes = (
        ("insert", pgtrigger.Insert, pgtrigger.Referencing(new="changed"), insert),
        ("update", pgtrigger.Update, pgtrigger.Referencing(old="before", new="changed"), update),
        ("delete", pgtrigger.Delete, pgtrigger.Referencing(old="before"), delete),
    )
    return [
        pgtrigger.Trigger(
            name=f"raises_data_version_{name}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=referencing,
            func=f"IF EXISTS ({rows}) THEN {_NOTE} END IF; RETURN NULL;",
        )
        for name, operation, referencing, rows in writes
        if rows
    ]


def data_version() -> int | None:
    """The version of what can be seen; None in a transaction that has changed a figure itself, or before there is
    anything to see.
    """
    [(number, is_changing)] = fetch(
        """
        SELECT (SELECT number FROM tracker_dataversion), EXISTS (
            SELECT 1 FROM tracker_datachange
            WHERE transaction = pg_current_xact_id_if_assigned()::text::bigint
        )
        """
    )
    return None if is_changing else number


def kept_under_version(name: str, asked: Sequence[object], compute: Callable[[], T]) -> T:
    """What ``compute`` gives, kept under the version of the data for whoever asks the same again.

    ``name`` says what it is, ``asked`` all that it depends on beside the data. The version is read first: what
    changes meanwhile is kept under a version that nobody reads any more.
    """
    version = data_version()
    if version is None:
        return compute()
    # Memcached and its like take neither spaces nor long keys.
    key = f"figures:{version}:{hashlib.sha256(repr((name, *asked)).encode()).hexdigest()}"
    kept = cache.get(key, _ABSENT)
    if kept is _ABSENT:
        kept = compute()
        cache.set(key, kept, A_DAY)
    return kept
