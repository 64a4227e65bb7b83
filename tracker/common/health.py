"""Whether the parts that the tracker cannot do without are there; for ``/healthz``."""

import logging
import tempfile

from django.db import DatabaseError, connection

from tracker.common.jobs.messages import BROKER_PATIENCE_SECONDS, broker_connection

log = logging.getLogger(__name__)


def database_answers() -> bool:
    """Whether the database answers a question."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone() == (1,))
    except DatabaseError as error:
        log.error("The database does not answer: %s", error)
        return False


def broker_answers() -> bool:
    """Whether messages to the workers can be sent: a file can be written, or a broker takes a connection."""
    try:
        with broker_connection() as broker:
            if broker.transport_cls == "filesystem":
                # Written, not asked for: root may write anywhere, and a full disk grants permission too.
                with tempfile.TemporaryFile(dir=broker.transport_options["data_folder_out"]) as file:
                    file.write(b"?")
            else:
                broker.ensure_connection(
                    max_retries=1, interval_start=0, interval_step=0, timeout=BROKER_PATIENCE_SECONDS
                )
    except Exception as error:  # each transport has errors of its own
        log.error("The message broker does not answer: %s", error)
        return False
    return True
