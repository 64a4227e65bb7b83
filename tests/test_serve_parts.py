"""The parts of a running tracker start together and end with their starter, however that one ends."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.processes import lives, needs_proc
from tests.workers import wait_until
from tracker.common.errors import Refused
from tracker.management import parts
from tracker.management.parts import Part, StopSignals, sole_parts, started

pytestmark = needs_proc

# Starts one part, says so, and waits to be killed.
_STARTER = """
import sys, time
from pathlib import Path
from tracker.management.parts import Part, sole_parts, started
var, said = map(Path, sys.argv[1:3])
with sole_parts(var, when_waiting=lambda: None) as lock:
    part = Part("deaf part", "tests.deafpart", sys.argv[2:])
    with started([part], var=var, lock=lock, in_haste=lambda: False):
        time.sleep(600)
"""

# The lifeline alone, with little patience.
_SHORT_LIFELINE = """
import sys
from tracker.management import lifeline
lifeline.STOP_SECONDS = 0.5
lifeline.main(int(sys.argv[1]), "tests.deafpart", sys.argv[2:])
"""


def numbers(said: Path) -> list[int]:
    """The part and its child, once it has said who they are."""
    wait_until(said.exists, seconds=30)
    return [int(number) for number in said.read_text().split()]


@pytest.fixture
def said(tmp_path: Path) -> Iterator[Path]:
    """Where the part says its numbers; what a failed test left is killed."""
    path = tmp_path / "said"
    yield path
    for number in path.read_text().split() if path.exists() else []:
        if lives(int(number)):
            os.kill(int(number), signal.SIGKILL)


def start(program: str, *arguments: object, **more: object) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)],
        cwd=settings.BASE_DIR,
        start_new_session=True,
        **more,  # type: ignore[call-overload]
    )


def test_a_part_and_its_child_end_with_a_starter_that_was_killed(tmp_path, said):
    starter = start(_STARTER, tmp_path, said)
    both = numbers(said)
    assert [lives(number) for number in both] == [True, True]
    starter.kill()
    starter.wait()
    # Nobody has to wait for the fifteen seconds that a deaf one is given.
    wait_until(lambda: not any(map(lives, both)), seconds=10)


def test_a_part_that_is_deaf_is_killed_with_its_child(said):
    follows, held = os.pipe()
    part = start(_SHORT_LIFELINE, follows, said, "deaf", pass_fds=(follows,))
    os.close(follows)
    both = numbers(said)
    os.close(held)
    assert part.wait(timeout=10) == -signal.SIGKILL
    wait_until(lambda: not any(map(lives, both)), seconds=10)


def test_all_parts_are_stopped_in_the_end_and_the_lock_is_free(tmp_path, said):
    with sole_parts(tmp_path, when_waiting=lambda: None) as lock:
        part = Part("part", "tests.deafpart", [str(said)])
        with started([part], var=tmp_path, lock=lock, in_haste=lambda: False) as [running]:
            both = numbers(said)
            assert (tmp_path / "parts.lock").read_text() == str(both[0])
            assert not running.has_ended
        assert running.process.returncode == 0
        assert not any(map(lives, both))
    waited: list[str] = []
    with sole_parts(tmp_path, when_waiting=lambda: waited.append("waits")):
        assert waited == []


def test_in_haste_a_deaf_part_is_killed_at_once(tmp_path, said):
    began = time.monotonic()
    with sole_parts(tmp_path, when_waiting=lambda: None) as lock:
        part = Part("part", "tests.deafpart", [str(said), "deaf"])
        with started([part], var=tmp_path, lock=lock, in_haste=lambda: True) as [running]:
            both = numbers(said)
            began = time.monotonic()
    assert time.monotonic() - began < parts.STOP_SECONDS / 2
    assert running.process.returncode == -signal.SIGKILL
    wait_until(lambda: not any(map(lives, both)), seconds=10)


def test_a_start_waits_for_what_a_killed_run_left(tmp_path, said):
    starter = start(_STARTER, tmp_path, said)
    both = numbers(said)
    os.kill(both[0], signal.SIGSTOP)  # it hears nothing for a while
    starter.kill()
    starter.wait()

    def go_on() -> None:
        os.kill(both[0], signal.SIGCONT)

    with sole_parts(tmp_path, when_waiting=go_on):
        assert not any(map(lives, both))


def test_parts_that_do_not_stop_are_named(tmp_path, said, monkeypatch):
    monkeypatch.setattr(parts, "PATIENCE_SECONDS", 0.3)
    starter = start(_STARTER, tmp_path, said)
    part, child = numbers(said)
    try:
        with (
            pytest.raises(Refused, match=rf"do not stop.*kill -9 {part}$"),
            sole_parts(tmp_path, when_waiting=lambda: None),
        ):
            raise AssertionError("two runs at once")
    finally:
        starter.kill()
        starter.wait()
        wait_until(lambda: not lives(part) and not lives(child), seconds=10)


# -- Signals ------------------------------------------------------------------------------------------
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@pytest.fixture
def stop() -> Iterator[StopSignals]:
    before = {number: signal.getsignal(number) for number in SIGNALS}
    for number in SIGNALS:  # pytest-xdist's workers ignore Ctrl-C
        signal.signal(number, signal.SIG_DFL)
    try:
        yield StopSignals()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@pytest.mark.parametrize("number", SIGNALS)
def test_the_first_signal_interrupts_and_no_further_one_does(stop, number):
    stop.heed()
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(number)
    for further in (signal.SIGTERM, signal.SIGHUP):
        signal.raise_signal(further)
    assert (stop.asked, stop.in_haste) == (True, False)
    signal.raise_signal(signal.SIGINT)
    assert stop.in_haste


def test_a_hangup_that_nohup_switched_off_stays_so(stop):
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    stop.heed()
    signal.raise_signal(signal.SIGHUP)
    assert not stop.asked
