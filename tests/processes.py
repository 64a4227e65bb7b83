"""Which processes live, for tests that start and kill them; read from /proc."""

from pathlib import Path

import pytest

needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")


def lives(pid: int) -> bool:
    """Whether a process runs: one that is dead and not yet reaped does not."""
    return _fields(pid)[:1] not in ([], ["Z"])


def descendants(pid: int) -> set[int]:
    """The numbers of a process's children, and of theirs."""
    everybody = [int(path.name) for path in Path("/proc").glob("[0-9]*")]
    parents = {each: int(fields[1]) for each in everybody if (fields := _fields(each))}
    found: set[int] = set()
    generation = {pid}
    while generation:
        generation = {each for each, parent in parents.items() if parent in generation} - found
        found |= generation
    return found


def _fields(pid: int) -> list[str]:
    """State, parent and so on; nothing where there is no such process."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return []
