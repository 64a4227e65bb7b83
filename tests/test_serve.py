"""``make run``'s command, as a newcomer meets it: it prepares everything, answers, refuses a second start,
makes what falls due, and stops all that it started.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings

from tests.workers import wait_until


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def installation(tmp_path: Path) -> tuple[dict[str, str], int]:
    """An environment with a folder (a space in its name) and a port of its own, no other settings."""
    var = tmp_path / "its own var"
    port = free_port()
    kept = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    return {**kept, "VAR_DIR": str(var), "PORT": str(port), "PYTHONUNBUFFERED": "1"}, port


def serve(environment: dict[str, str], log: Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "manage.py", "serve"],
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=log.open("wb"),
        stderr=subprocess.STDOUT,
        # pytest-xdist's workers ignore Ctrl-C, and a child would inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


def get(url: str) -> tuple[int, str]:
    with urllib.request.urlopen(url, timeout=20) as answer:
        return answer.status, answer.read().decode()


def descendants(pid: int) -> set[int]:
    children = {int(p.parent.name) for p in Path("/proc").glob("[0-9]*/stat") if parent_of(p) == pid}
    return children | {d for child in children for d in descendants(child)}


def parent_of(stat: Path) -> int | None:
    try:
        return int(stat.read_text().rsplit(")", 1)[1].split()[1])
    except OSError:
        return None


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")
def test_one_command_serves_the_demonstration_and_ctrl_c_stops_all_of_it(installation, tmp_path):
    environment, port = installation
    log = tmp_path / "serve.log"
    process = serve(environment, log)
    try:
        wait_until(lambda: "Stop with Ctrl-C" in log.read_text() or process.poll() is not None, seconds=150)
        text = log.read_text()
        assert process.poll() is None, text
        assert f"http://127.0.0.1:{port}" in text
        for account in ("reporter.kg@", "officer@", "admin@", "viewer@"):
            assert account in text
        assert (
            "20 countries and areas, 21 missions, 8 priorities and areas, 65 objectives, 131 indicators"
            in text
        )

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
        assert f"already runs here (process {process.pid})" in second.stderr

        # One period falls due as the demonstration starts: 21 missions and the region.
        made = Path(environment["VAR_DIR"], "files", "editions")
        wait_until(lambda: len(list(made.glob("*/draft-*.pdf"))) == 22, seconds=90)

        started = descendants(process.pid)
        assert len(started) >= 5
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=40) == 0, log.read_text()
        deadline = time.monotonic() + 10
        while alive := {pid for pid in started if Path(f"/proc/{pid}").exists() and not is_zombie(pid)}:
            assert time.monotonic() < deadline, alive
            time.sleep(0.1)
    finally:
        process.kill()
        process.wait()


def is_zombie(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except OSError:
        return True


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
