"""kombu's message broker made of files, made safe to read while others write.

kombu's own opens a message's file and then writes it, and a worker that reads it in between finds it empty
and ends with an error it does not recover from. Here a message appears under its name when it is whole, and
one that cannot be read (a full disk, a file from elsewhere) is set aside.

And a worker of kombu's own hands its processes their tasks through one pipe, read under one lock. A process that is
killed while it waits there keeps that lock for ever, and no process of that worker takes anything any more. So this
transport has a worker run its event loop, as those of Redis and RabbitMQ do: there each process has its own pipe.
"""

import contextlib
import logging
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from queue import Empty
from typing import Any, TypeVar

from kombu.exceptions import ChannelError
from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps

log = logging.getLogger(__name__)

T = TypeVar("T")


class Channel(filesystem.Channel):
    """Writes whole messages, survives broken ones."""

    def _put(self, queue: str, payload: dict[str, Any], **_options: Any) -> None:
        # kombu's own naming: read in the order of writing, and only by the queue named in it.
        name = f"{round(time.monotonic() * 1000)}_{uuid.uuid4()}.{queue}.msg"
        draft = Path(self.data_folder_out) / f"{name}.new"
        try:
            draft.write_text(dumps(payload))
            draft.rename(draft.with_suffix(""))
        except OSError as error:
            draft.unlink(missing_ok=True)
            raise ChannelError(f"Cannot write the message {draft}: {error}") from error

    def _get(self, queue: str) -> dict[str, Any]:
        while True:
            try:
                message: dict[str, Any] = super()._get(queue)
                return message
            except ValueError as error:
                # It has been moved to the processed ones by now, so this ends.
                log.error("Set aside a message that cannot be read: %s", error)

    def get_table(self, exchange: str) -> list[Any]:
        return _retried(lambda: super(Channel, self).get_table(exchange))

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        _retried(lambda: super(Channel, self)._queue_bind(exchange, routing_key, pattern, queue))


class Transport(filesystem.Transport):
    """``filesystem://`` with the channel above, looked at from a worker's event loop."""

    Channel = Channel
    implements = filesystem.Transport.implements.extend(asynchronous=True)

    def register_with_event_loop(self, _connection: Any, loop: Any) -> None:
        """Have a worker's loop look for messages as often as ``polling_interval`` says, in seconds."""
        loop.call_repeatedly(self.polling_interval, self._deliver_waiting)

    def _deliver_waiting(self) -> None:
        """Deliver what waits now, as many as the worker may still take."""
        with contextlib.suppress(Empty):
            while True:
                self.cycle.get(self._deliver)


def use_for_filesystem_urls() -> None:
    """Have ``filesystem://`` mean this transport, in this process."""
    TRANSPORT_ALIASES["filesystem"] = f"{__name__}:Transport"


def _retried(call: Callable[[], T]) -> T:
    """Call again shortly after where the list of queues was empty: somebody is just writing its first line."""
    for pause in (0.01, 0.05, 0.2):
        try:
            return call()
        except ValueError:
            time.sleep(pause)
    return call()
