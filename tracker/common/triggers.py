"""Rules that the database itself keeps, written once and declared beside the models they guard."""

import pgtrigger

Q, F = pgtrigger.Q, pgtrigger.F


def append_only() -> list[pgtrigger.Trigger]:
    """Rows of this table are written once: no update, no delete."""
    return [
        pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
    ]


def written_once(*fields: str) -> pgtrigger.Trigger:
    """These columns keep what they were first given; the rest of the row may change."""
    return pgtrigger.ReadOnly(name="written_once", fields=list(fields))


def never_deleted() -> pgtrigger.Trigger:
    """Rows of this table are withdrawn, never deleted."""
    return pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)
