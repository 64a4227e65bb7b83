"""Messages only wake: sent to a broker that may be down, silent or broken without harm to anyone."""

import errno
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from celery import current_app

from tests.workers import broker, wait_until, workers
from tracker.common.health import broker_answers, database_answers
from tracker.common.jobs.messages import prune_processed_messages, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def messages(tmp_path: Path) -> Iterator[Callable[[], int]]:
    """A broker of this test's own, and how many messages wait in it."""
    with broker(tmp_path):
        yield lambda: len(list((tmp_path / "broker" / "queue").glob("*.msg")))


def test_messages_that_were_read_are_deleted_after_a_while(messages, tmp_path):
    processed = tmp_path / "broker" / "processed"
    (processed / "1_a.celery.msg").write_text("{}")
    (processed / "notes.txt").write_text("not a message")
    assert prune_processed_messages() == 0
    assert prune_processed_messages(kept_seconds=-1) == 1
    assert [path.name for path in processed.iterdir()] == ["notes.txt"]


@pytest.mark.django_db(transaction=True)
def test_a_broken_message_stops_no_worker(tmp_path):
    queue = tmp_path / "broker" / "queue"
    with workers(tmp_path) as start_worker:
        for name, text in [("0_empty.celery.msg", ""), ("1_half.celery.msg", '{"body": "W'), ("2.new", "")]:
            (queue / name).write_text(text)
        worker = start_worker()
        wait_until(lambda: [path.name for path in queue.iterdir()] == ["2.new"])
        assert publish(task="common.sweep_jobs")
        wait_until(lambda: "common.sweep_jobs" in worker.log.read_text().partition(" ready.")[2])
        assert worker.process.poll() is None


def test_a_full_disk_leaves_no_half_message(messages, tmp_path, monkeypatch):
    def write_half(path: Path, text: str) -> int:
        with path.open("w") as file:
            file.write(text[:10])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_text", write_half)
    assert not publish(task="common.sweep_jobs")
    assert list((tmp_path / "broker" / "queue").iterdir()) == []


def test_health_asks_the_database_and_the_broker(messages, tmp_path):
    assert database_answers()
    assert broker_answers()
    (tmp_path / "broker" / "queue").rmdir()
    assert not broker_answers()


def test_a_broker_that_is_down_or_silent_does_not_answer():
    with broker(url="redis://127.0.0.1:1/0"):
        assert not broker_answers()
    silent = socket.create_server(("127.0.0.1", 0))  # takes the connection and says nothing
    with silent, broker(url=f"redis://127.0.0.1:{silent.getsockname()[1]}/0"):
        began = time.monotonic()
        assert not broker_answers()
        assert time.monotonic() - began < 8


def test_messages_go_through_the_projects_own_application_in_every_thread():
    names = []
    thread = threading.Thread(target=lambda: names.append(current_app.main))
    thread.start()
    thread.join()
    assert names == [current_app.main] == ["tracker"]
