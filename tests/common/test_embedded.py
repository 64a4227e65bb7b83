"""The embedded PostgreSQL under good and bad treatment, each test on a directory of its own."""

import os
import pwd
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.common.embedded import ServerUser, as_ordinary_user, ask, run_python, wait_until
from tracker.common.embedded import binaries, server, sockets
from tracker.common.embedded.cluster import Cluster
from tracker.common.embedded.errors import EmbeddedServerError

_FAST = "fsync = off\nfull_page_writes = off\n"
_ENSURE = "import sys, pathlib, tracker.common.embedded.server as s; s.ensure(pathlib.Path(sys.argv[1]))"


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Path]:
    """A `VAR_DIR` that does not hold a cluster yet; its name is long and has spaces."""
    var = tmp_path / ("a long name " * 10).strip() / ("and longer " * 8).strip()
    var.mkdir(parents=True)
    (var / "pg.conf").write_text(_FAST)
    yield var
    ServerUser.kill_all()
    server.stop(var)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `VAR_DIR` of a cluster that was made once for all these tests."""
    var = tmp_path_factory.mktemp("var dir")
    (var / "pg.conf").write_text(_FAST)
    assert run_python(_ENSURE, var).returncode == 0
    return var


@pytest.fixture
def var(made: Path) -> Iterator[Path]:
    """A `VAR_DIR` with a cluster that does not run."""
    assert not runs(made)
    yield made
    ServerUser.kill_all()
    server.stop(made)


def runs(var: Path) -> bool:
    return Cluster(var.resolve()).running() is not None


def server_pid(var: Path) -> int:
    return int((var / "pg" / "postmaster.pid").read_text().split("\n")[0])


@pytest.mark.parametrize("major", ["18", "16"])
def test_first_use_makes_a_database_of_an_ordinary_role_without_tcp(empty: Path, major: str) -> None:
    user = ServerUser(empty, env={"TRACKER_PG": major, "PGPORT": "5999", "PGHOST": "nowhere"})
    at = user.socket_dir()
    assert ask(at, "show server_version").split(".")[0] == major
    assert ask(at, "select pg_get_userbyid(datdba) from pg_database where datname = 'tracker'") == "tracker"
    assert ask(at, "select rolsuper from pg_roles where rolname = current_user") is False
    assert ask(at, "select upper('жук')") == "ЖУК"
    assert ask(at, "show listen_addresses") == ""
    assert len(str(empty)) > 200
    assert len(f"{at}/.s.PGSQL.5432") <= 103  # what a socket's path may have
    assert user.leave() == 0
    assert not runs(empty)
    assert not Path(at).exists()


def test_two_processes_share_one_server_and_the_last_one_out_stops_it(var: Path) -> None:
    first, second = ServerUser(var), ServerUser(var)
    at = first.socket_dir()
    assert second.socket_dir() == at
    pid = server_pid(var)
    first.leave()
    assert runs(var)
    assert server_pid(var) == pid
    assert ask(at, "select 1") == 1
    second.leave()
    assert not runs(var)


def test_six_cold_starts_at_once_end_with_one_server(empty: Path) -> None:
    users = [ServerUser(empty) for _ in range(6)]
    places = {user.socket_dir() for user in users}
    assert len(places) == 1
    assert ask(places.pop(), "select 1") == 1
    assert [user.leave() for user in users] == [0] * 6
    assert not runs(empty)


def test_a_killed_user_leaves_the_others_their_server(var: Path) -> None:
    killed, other = ServerUser(var), ServerUser(var)
    at = killed.socket_dir()
    other.socket_dir()
    killed.kill()
    assert ask(at, "select 1") == 1
    other.leave()
    assert not runs(var)


def test_a_server_whose_users_were_all_killed_is_stopped(var: Path) -> None:
    user = ServerUser(var)
    user.socket_dir()
    user.kill()
    assert wait_until(lambda: not (var / "pg" / "postmaster.pid").exists())


def test_a_killed_server_comes_back_with_its_data_for_those_who_used_it(var: Path) -> None:
    user = ServerUser(var)
    at = user.socket_dir()
    ask(at, "create table kept as select 42 as answer")
    os.kill(server_pid(var), signal.SIGKILL)
    assert wait_until(lambda: not runs(var))
    assert user.use_again() == at
    assert ask(at, "select answer from kept") == 42
    user.leave()
    assert not runs(var)


def test_a_server_whose_socket_was_deleted_is_started_again(var: Path) -> None:
    user = ServerUser(var)
    shutil.rmtree(user.socket_dir())
    assert ask(user.use_again(), "select 1") == 1
    user.leave()


def test_a_killed_initdb_is_begun_again(empty: Path) -> None:
    killed = ServerUser(empty)
    assert wait_until(lambda: any(empty.glob("pg.new-*/base")))
    killed.kill()
    (empty / "pg.new-half").mkdir()
    (empty / "pg.new-half" / "PG_VERSION").write_text("18\n")
    user = ServerUser(empty)
    assert ask(user.socket_dir(), "select 1") == 1
    user.leave()
    assert not (empty / "pg.new-half").exists()


def test_a_dropped_database_is_made_again(var: Path) -> None:
    user = ServerUser(var)
    at = user.socket_dir()
    run_python(
        "import sys, psycopg; psycopg.connect(sys.argv[1], autocommit=True).execute('drop database tracker')",
        f"host={at} user=tracker dbname=postgres",
    )
    second = ServerUser(var)
    assert ask(second.socket_dir(), "select current_database()") == "tracker"
    user.leave()
    second.leave()


def test_an_ordinary_user_runs_it_as_himself() -> None:
    uid, prefix = as_ordinary_user()
    with tempfile.TemporaryDirectory(prefix="own ") as folder:
        var = Path(folder)
        (var / "pg.conf").write_text(_FAST)
        os.chown(folder, uid, -1)
        user = ServerUser(var, prefix=prefix)
        at = user.socket_dir()
        assert ask(at, "select 1") == 1
        assert (var / "pg").stat().st_uid == uid
        assert Path(at).stat().st_uid == uid
        assert user.leave() == 0
        assert not runs(var)


def test_a_number_taken_over_by_another_program_is_not_taken_for_the_server(var: Path) -> None:
    # As after a power cut: the file names a process that lives, and is no PostgreSQL.
    (var / "pg" / "postmaster.pid").write_text(f"{os.getpid()}\n{var}/pg\n1\n5432\n/tmp\n\n1 1\nready\n")
    assert not runs(var)
    user = ServerUser(var)
    assert ask(user.socket_dir(), "select 1") == 1
    user.leave()


def test_no_second_server_starts_while_a_process_of_the_first_lives(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = ServerUser(var)
    user.socket_dir()
    # As seen from another container: the server's number means nothing there.
    monkeypatch.setattr(Cluster, "running", lambda self: None)
    monkeypatch.setattr(Cluster, "_is_our_server", lambda self, pid: False)
    monkeypatch.setattr("tracker.common.embedded.cluster._LEFTOVER_SECONDS", 0.2)
    pid_file = (var / "pg" / "postmaster.pid").read_text()
    with pytest.raises(EmbeddedServerError, match="Another PostgreSQL still works"):
        server.ensure(var)
    monkeypatch.undo()
    assert ask(user.use_again(), "select 1") == 1
    assert (var / "pg" / "postmaster.pid").read_text() == pid_file
    user.leave()


def test_a_socket_directory_open_to_others_is_not_used(tmp_path: Path) -> None:
    var = tmp_path
    me = binaries.choose_server_user(var / "pg")
    mine = sockets.take_socket_dir(var, me)
    assert sockets.take_socket_dir(var, me) == mine
    Path(mine).chmod(0o777)
    other = sockets.take_socket_dir(var, me)
    assert other != mine
    assert Path(other).stat().st_mode & 0o077 == 0
    Path(mine).rmdir()
    Path(mine).symlink_to(tmp_path)  # laid out by somebody else
    (var / "pg.socket").write_text(mine)
    assert sockets.take_socket_dir(var, me) not in {mine, other}
    for path in Path(mine).parent.glob(f"{Path(mine).name[:13]}*"):
        path.unlink() if path.is_symlink() else path.rmdir()


def test_a_forked_child_neither_ends_nor_prolongs_its_parents_use(var: Path) -> None:
    program = """
import os, sys
from pathlib import Path
from tracker.common.embedded import server
var = Path(sys.argv[1])
server.ensure(var)
if os.fork() == 0:
    sys.exit()  # runs what is registered for the end of the process
os.wait()
print(server.Cluster(var.resolve()).running() is not None)
with open(var / "pg.users") as users:
    print(server.try_lock(users.fileno(), server.fcntl.LOCK_EX), flush=True)
if os.fork() == 0:  # outlives its parent
    sys.stdin.read()
    os._exit(0)
"""
    parent = ServerUser(var, program=program)
    assert parent.read_line() == "True"  # the server runs on after the first child's end,
    assert parent.read_line() == "False"  # and the parent is still counted
    assert parent.process.wait(timeout=60) == 0
    assert not runs(var)  # though the second child lives
    parent.leave()


def test_a_forked_child_that_uses_the_server_keeps_it(var: Path) -> None:
    program = """
import os, sys
from pathlib import Path
from tracker.common.embedded import server
var = Path(sys.argv[1])
server.ensure(var)
ready, say = os.pipe()
if os.fork() == 0:
    print(server.ensure(var), flush=True)
    os.write(say, b"!")
    sys.stdin.read()
    sys.exit()
os.read(ready, 1)
"""
    parent = ServerUser(var, program=program)
    assert parent.process.wait(timeout=60) == 0
    assert ask(parent.socket_dir(), "select 1") == 1
    parent.leave()
    assert wait_until(lambda: not runs(var))


@pytest.mark.parametrize(("made_by", "says"), [("16", "TRACKER_PG=16"), ("17", "the release that made them")])
def test_data_of_another_version_are_refused_with_what_to_do(
    empty: Path, made_by: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TRACKER_PG", raising=False)
    (empty / "pg").mkdir()
    (empty / "pg" / "PG_VERSION").write_text(f"{made_by}\n")
    os.chown(empty / "pg", as_ordinary_user()[0], -1)
    with pytest.raises(EmbeddedServerError, match=f"made by PostgreSQL {made_by}.*{says}"):
        server.ensure(empty)


def test_an_unknown_version_is_refused(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_PG", "17")
    with pytest.raises(EmbeddedServerError, match="Set it to 18 or 16"):
        server.ensure(empty)


def test_a_directory_that_is_no_database_is_refused_and_left_alone(empty: Path) -> None:
    (empty / "pg").mkdir()
    (empty / "pg" / "thesis.txt").write_text("all my work")
    os.chown(empty / "pg", as_ordinary_user()[0], -1)
    with pytest.raises(EmbeddedServerError, match="holds no PostgreSQL database"):
        server.ensure(empty)
    assert (empty / "pg" / "thesis.txt").read_text() == "all my work"


def test_a_path_that_a_shell_would_change_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EmbeddedServerError, match="dollar sign"):
        server.ensure(tmp_path / "my $HOME")


def test_a_folder_that_cannot_be_made_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EmbeddedServerError, match=r"Not a directory.*VAR_DIR"):
        server.ensure(tmp_path / "file" / "var")


def test_data_of_another_user_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    owner = pwd.getpwuid(os.geteuid()).pw_name
    monkeypatch.setattr(os, "geteuid", lambda: 54321)
    with pytest.raises(EmbeddedServerError, match=f"belongs to {owner}, and this runs as 54321"):
        binaries.choose_server_user(tmp_path)


def test_a_user_without_a_name_is_told_to_get_one() -> None:
    with pytest.raises(EmbeddedServerError, match=r"54321 has no name.*/etc/passwd"):
        binaries.check_user_is_known(binaries.ServerUser(54321, 54321))


def test_root_without_setpriv_is_told_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EmbeddedServerError, match=r"setpriv \(package util-linux\)"):
        binaries.ServerUser(1000, 1000).wrap(["postgres"])


def test_a_long_log_is_put_aside_at_the_next_start(var: Path) -> None:
    log = var / "pg" / "server.log"
    with log.open("a") as file:
        file.write("x" * 1_000_001)
    user = ServerUser(var)
    user.socket_dir()
    user.leave()
    assert log.with_name("server.log.1").stat().st_size > 1_000_000
    assert 0 < log.stat().st_size < 10_000


def test_only_one_process_holds_a_named_lock(tmp_path: Path) -> None:
    program = """
import sys
from pathlib import Path
from tracker.common.embedded import server
with server.holder_lock(Path(sys.argv[1]), "runner"):
    print("held", flush=True)
    sys.stdin.read()
"""
    holder = ServerUser(tmp_path, program=program)
    assert holder.read_line() == "held"
    with (
        pytest.raises(server.AlreadyRunning, match=f"process {holder.process.pid}") as refused,
        server.holder_lock(tmp_path, "runner"),
    ):
        pass
    assert refused.value.pid == holder.process.pid
    with server.holder_lock(tmp_path, "another"):
        pass
    holder.kill()
    with server.holder_lock(tmp_path, "runner"):
        assert (tmp_path / "runner.lock").read_text() == f"{os.getpid()}\n"
