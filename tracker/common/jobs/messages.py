"""Messages to the workers: a wake-up by name, which may be lost or come twice and does no harm either way.

Nobody waits for the broker: what could not be sent is told to the log, and the sweep sends it again.
"""

import contextlib
import logging
import time
from pathlib import Path

from celery import current_app
from kombu import Connection, pools

log = logging.getLogger(__name__)

BROKER_PATIENCE_SECONDS = 2
"""How long anybody waits for the broker, who asks it for anything from a page."""

# One more try, at once: a pooled connection may have gone stale since it was last used.
_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_step": 0.2, "interval_max": 0.2}
_PROCESSED_KEPT_SECONDS = 600


def broker_connection() -> Connection:
    """A connection for sending, not opened yet, that gives up soon where the broker is down or silent."""
    return current_app.connection_for_write(
        connect_timeout=BROKER_PATIENCE_SECONDS,
        # Redis has no time-out of its own: on a server that accepts and says nothing a page would hang.
        transport_options={
            "socket_connect_timeout": BROKER_PATIENCE_SECONDS,
            "socket_timeout": BROKER_PATIENCE_SECONDS,
        },
    )


def publish(*, task: str, args: list[int] | None = None) -> bool:
    """Send a message to the workers by the task's name; say whether the broker took it. Raises nothing."""
    try:
        pool = pools.producers[broker_connection()]
        with pool.acquire(block=True, timeout=BROKER_PATIENCE_SECONDS) as producer:
            # By name, so that services need no tasks.
            current_app.send_task(
                task, args=args or [], producer=producer, retry=True, retry_policy=_RETRY_POLICY
            )
    except Exception as error:  # whatever the transport raises: the request that asked must not fail with it
        log.warning("The message broker did not take %s%s: %s", task, args or [], error)
        return False
    return True


def prune_processed_messages(*, kept_seconds: float = _PROCESSED_KEPT_SECONDS) -> int:
    """Delete messages that the filesystem broker keeps after reading them; return how many.

    Other brokers keep none. Any process may do it, several at once too.
    """
    options = current_app.conf.broker_transport_options or {}
    folder = options.get("processed_folder")
    if not folder or not Path(folder).is_dir():
        return 0
    before = time.time() - kept_seconds
    deleted = 0
    for path in Path(folder).glob("*.msg"):
        with contextlib.suppress(FileNotFoundError):  # another sweep was faster
            # The time of the move here, not of the writing: a message may have waited long in the queue,
            # and its reader opens it after the move.
            if path.stat().st_ctime < before:
                path.unlink()
                deleted += 1
    return deleted
