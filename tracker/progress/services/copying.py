"""What a revision takes over from the one before it, beside its results: narrative, updates of activities, evidence."""

from tracker.common.bulk import run

_COPIED = {
    "tracker_narrativepart": "section, language, quotable, internal, version, written_by_id, written_at",
    "tracker_activityupdate": (
        "activity_id, status, spent, currency, people, quotable, internal, version, written_by_id, written_at"
    ),
    # The file of the store is one for both: it goes when nothing refers to it any more.
    "tracker_evidence": "indicator_id, title, note, link, file, filename, kind, size, sha256, added_by_id, added_at",
}


def copy_parts(pairs: str) -> None:
    """Lay the parts of revisions into empty ones, as untouched copies: three statements, however many.

    ``pairs`` is SQL of a table with ``old_id`` and ``new_id``, ids of revisions.
    """
    for table, columns in _COPIED.items():
        copied = ", ".join(f"p.{name.strip()}" for name in columns.split(","))
        run(
            f"INSERT INTO {table} (revision_id, is_copy, {columns}) SELECT c.new_id, true, {copied} "
            f"FROM {pairs} c JOIN {table} p ON p.revision_id = c.old_id ORDER BY p.id"
        )


def holds_no_parts(revision: str) -> str:
    """SQL that says whether a revision, whose id is ``revision``, holds none of them."""
    return " AND ".join(
        f"NOT EXISTS (SELECT FROM {table} p WHERE p.revision_id = {revision})" for table in _COPIED
    )
