"""Keeping what a file would do, line by line, and letting go of it again."""

import datetime

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from tracker.access.services import forgets
from tracker.common.bulk import quote, run
from tracker.common.forgetting import forget_in, pattern_of

from ..lines import COLUMNS, Rendered
from ..models import ImportBatch, ImportLine


def store_lines(*, batch_id: int, rendered: Rendered) -> None:
    """Put these lines in the place of those that a batch has; in the caller's transaction."""
    table = quote(ImportLine._meta.db_table)
    run(f"DELETE FROM {table} WHERE batch_id = %s", [batch_id])
    names = ", ".join(map(quote, COLUMNS))
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for block in rendered:
            copy.write(block)


@transaction.atomic
def prune_lines(*, now: datetime.datetime | None = None) -> int:
    """Let go of the lines of files that were looked at and not saved for so many days; say of how many files.

    The file stays, and its page offers to check it again. What was saved keeps its lines: they are what
    somebody confirmed.
    """
    before = (now or timezone.now()) - datetime.timedelta(days=settings.IMPORT_LINES_KEPT_DAYS)
    # Of two at once, the second finds them gone; one that is being checked again just now is left alone.
    old = ImportBatch.objects.never_saved_since(before).filter(has_lines=True)
    batches = list(old.select_for_update(skip_locked=True, of=("self",)).values_list("pk", flat=True))
    if batches:
        ImportLine.objects.filter(batch__in=batches).delete()
        ImportBatch.objects.filter(pk__in=batches).update(has_lines=False)
    return len(batches)


@forgets
def forget_in_lines(address: str, placeholder: str) -> None:
    """Somebody has left: what is shown of the rows of files says so in the place of their address. The files
    themselves stay as they came.
    """
    lines = ImportLine.objects.all()
    forget_in(lines, "key", "value", "message", address=address, placeholder=placeholder)
    run(
        f"UPDATE {quote(ImportLine._meta.db_table)} "
        "SET cells = regexp_replace(cells::text, %(pattern)s, %(placeholder)s, 'gi')::jsonb "
        "WHERE cells::text ~* %(pattern)s",
        {"pattern": pattern_of(address), "placeholder": placeholder},
    )
