"""``make run``'s command, as a newcomer meets it: it prepares everything, answers, refuses a second start,
makes what falls due, and stops all that it started, however it ends.
"""

import errno
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, execute_from_command_line

import manage
from tests.processes import descendants, lives, needs_proc
from tests.workers import wait_until
from tracker.management.commands import serve as command
from tracker.management.demonstration import ACCOUNTS

Environment = dict[str, str]

# Seconds, on a machine that has much else to do: half a minute is what each of it takes.
PATIENCE = 240


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def installation(tmp_path: Path) -> tuple[Environment, int]:
    """An environment with a folder (a space in its name) and a port of its own, no other settings."""
    var = tmp_path / "its own var"
    port = free_port()
    kept = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    return {**kept, "VAR_DIR": str(var), "PORT": str(port)}, port


def heed_signals() -> None:
    """pytest-xdist's workers ignore Ctrl-C, and what nohup started a closed terminal; a child would inherit that."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


@contextmanager
def serve(environment: Environment, log: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """The command at work; what a failed test left of it is killed."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            preexec_fn=heed_signals,
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_for(words: str, log: Path, process: "subprocess.Popen[bytes]") -> str:
    """Wait until the log says so, and give all of it; that it ended instead is a failure."""
    wait_until(lambda: words in log.read_text() or process.poll() is not None, seconds=PATIENCE)
    assert words in log.read_text(), log.read_text()
    return log.read_text()


def get(url: str) -> tuple[int, str]:
    with urllib.request.urlopen(url, timeout=20) as answer:
        return answer.status, answer.read().decode()


@pytest.mark.long
@needs_proc
def test_one_command_serves_the_demonstration_and_leaves_nothing_however_it_ends(installation, tmp_path):
    """Three starts of one installation, as making it takes a while: hung up and interrupted while it prepares,
    killed, stopped by Ctrl-C.
    """
    environment, port = installation
    interrupt_while_it_prepares(environment, tmp_path / "interrupted.log")
    killed = serve_and_kill(environment, port, tmp_path / "killed.log")
    serve_and_stop(environment, port, tmp_path / "stopped.log", killed=killed)


def interrupt_while_it_prepares(environment: Environment, log: Path) -> None:
    with serve(environment, log) as process:
        wait_for("Preparing", log, process)
        for number in (signal.SIGHUP, signal.SIGINT):
            process.send_signal(number)
        assert process.wait(timeout=40) == 0
        assert log.read_text().rstrip().endswith("Stopped.")
        assert "Traceback" not in log.read_text()


def serve_and_kill(environment: Environment, port: int, log: Path) -> set[int]:
    """Gives the processes that were then without their parent."""
    with serve(environment, log) as process:
        text = wait_for("Stop with Ctrl-C", log, process)
        assert f"http://127.0.0.1:{port}" in text
        assert (
            "20 countries and areas, 21 missions, 8 priorities and areas, 65 objectives, 131 indicators"
            in text
        )
        # The accounts once, under what is said of them, after all else.
        [place] = [m.start() for m in re.finditer("the password of all is demonstration", text)]
        assert text.index("Loaded in ") < place
        for account in ACCOUNTS:
            assert account.email in text[place:]

        base = f"http://127.0.0.1:{port}"
        assert get(f"{base}/healthz")[0] == 200
        page = get(f"{base}/accounts/login/")[1]
        [style] = re.findall(r'href="(/static/tracker/tracker\.\w+\.css)"', page)
        assert get(base + style)[0] == 200

        second = subprocess.run(
            [sys.executable, "manage.py", "serve"],
            cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert second.returncode == 1
        assert f"runs already, as process {process.pid} (its data are in {environment['VAR_DIR']})" in (
            second.stderr
        )
        assert f"or kill {process.pid}." in second.stderr

        # One period falls due as the demonstration starts: 21 missions and the region.
        made = Path(environment["VAR_DIR"], "files", "editions")
        wait_until(lambda: len(list(made.glob("*/draft-*.pdf"))) == 22, seconds=PATIENCE)

        # Web, worker, beat, and the two children that each of the first two has.
        wait_until(lambda: len(descendants(process.pid)) >= 7, seconds=PATIENCE)
        orphans = descendants(process.pid)
        process.kill()
        process.wait()
    return orphans


def serve_and_stop(environment: Environment, port: int, log: Path, *, killed: set[int]) -> None:
    with serve(environment, log) as process:
        wait_for("Stop with Ctrl-C", log, process)
        assert not any(map(lives, killed))
        assert get(f"http://127.0.0.1:{port}/healthz")[0] == 200
        all_of_it = descendants(process.pid)
        assert len(all_of_it) >= 5
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=40) == 0, log.read_text()
        assert log.read_text().rstrip().endswith("Stopped.")
        assert "Stopping …" in log.read_text()
        wait_until(lambda: not any(map(lives, all_of_it)), seconds=10)


# -- Refusals -----------------------------------------------------------------------------------------
@contextmanager
def listening() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_a_refused_start_leaves_no_folder_behind(installation):
    environment, _ = installation
    with listening() as port:
        for wanted, sentence in (
            (str(port), f"Port {port} is taken by another program."),
            ("eighty", "PORT=eighty is not a port."),
        ):
            refused = subprocess.run(
                [sys.executable, "manage.py", "serve"],
                cwd=settings.BASE_DIR, env={**environment, "PORT": wanted},
                capture_output=True, text=True, timeout=60, check=False,
            )  # fmt: skip
            assert (refused.returncode, refused.stdout) == (1, "")
            assert refused.stderr.startswith(f"CommandError: {sentence}")
    assert not Path(environment["VAR_DIR"]).exists()


def test_a_taken_port_is_named_together_with_one_that_is_free() -> None:
    with listening() as port:
        with pytest.raises(CommandError, match=f"Port {port} is taken by another program") as refused:
            command.refuse_taken_port(port)
        [free] = re.findall(r"PORT=(\d+) make run", str(refused.value))
        assert int(free) > port
        command.refuse_taken_port(int(free))


def test_a_port_that_the_system_keeps_for_itself_is_said_so(monkeypatch):
    monkeypatch.setattr(command, "_error_of_listening", lambda port: errno.EACCES if port < 1024 else None)
    with pytest.raises(CommandError, match=r"Port 80 is not yours to use \(Permission denied\).*PORT=8000 "):
        command.refuse_taken_port(80)


@pytest.mark.parametrize("text", ["abc", "80000", "0", "-1", "8000.5", "٨٠٠٠", "9" * 5000])
def test_what_is_no_port_is_said_so(text):
    with pytest.raises(CommandError, match=r"is not a port\. Give a number from 1 to 65535"):
        command.read_port(text)


def test_the_port_is_8000_unless_the_environment_says_otherwise():
    assert [command.read_port(text) for text in ("", " ", "8001", " 65535 ", "1")] == [
        8000, 8000, 8001, 65535, 1,
    ]  # fmt: skip


def test_ctrl_c_ends_any_command_without_a_traceback(monkeypatch):
    def interrupted(arguments: list[str]) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(f"{execute_from_command_line.__module__}.execute_from_command_line", interrupted)
    with pytest.raises(SystemExit) as ended:
        manage.main()
    assert ended.value.code == 130


def test_production_is_pointed_to_its_process_manager(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match=r"This runs a demonstration\. In production start gunicorn"):
        command.Command().handle()


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"DATABASE_URL": "postgres://a@localhost/b"}, "Set SECRET_KEY"),
        ({"DATABASE_URL": "postgres://a@localhost/b", "SECRET_KEY": "x" * 60}, "Set ALLOWED_HOSTS"),
        (
            {
                "DATABASE_URL": "postgres://a@localhost/b",
                "SECRET_KEY": "x" * 60,
                "ALLOWED_HOSTS": "example.org",
                "DEBUG": "1",
            },
            "Unset DEBUG",
        ),
    ],
)
def test_production_says_what_is_missing(environment, sentence, tmp_path):
    kept = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    asked = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=settings.BASE_DIR, env={**kept, "VAR_DIR": str(tmp_path), **environment},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert asked.returncode != 0
    assert sentence in asked.stderr
