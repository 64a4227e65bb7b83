"""How a line is measured and written down."""

import json
import os
import platform
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

ROUNDS = 5


@dataclass(frozen=True)
class Line:
    """One comparison: ``seconds`` of the thing against ``base_seconds`` of what it is held against."""

    name: str
    seconds: float
    base: str
    base_seconds: float
    allowed: float

    @property
    def ratio(self) -> float:
        return self.seconds / self.base_seconds

    @property
    def holds(self) -> bool:
        return self.ratio <= self.allowed


@dataclass(frozen=True)
class Limit:
    """A figure that is held against a fixed one: ``value`` of at most ``most``, both in ``unit``."""

    name: str
    value: float
    unit: str
    most: float

    @property
    def holds(self) -> bool:
        return self.value <= self.most


def say(line: Line | Limit) -> str:
    """A line for whoever waits at the terminal."""
    mark = "holds" if line.holds else "DOES NOT HOLD"
    if isinstance(line, Limit):
        return f"{line.name}: {line.value:.2f} {line.unit}, allowed {line.most:g}: {mark}"
    return f"{line.name}: {line.ratio:.2f} times {line.base}, allowed {line.allowed:g}: {mark}"


def seconds_of(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def medians(
    *acts: Callable[[], object], rounds: int = ROUNDS, after: Callable[[], object] = lambda: None
) -> list[float]:
    """The median time of each act. They take turns, so that what disturbs the machine disturbs them all.

    ``after`` tidies up behind each of them, and is not timed.
    """
    times: list[list[float]] = [[] for _ in acts]
    for _ in range(rounds):
        for kept, act in zip(times, acts, strict=True):
            kept.append(seconds_of(act))
            after()
    return [statistics.median(kept) for kept in times]


def write_down(lines: Sequence[Line | Limit], folder: Path) -> None:
    """A table for people and JSON for programs, naming the commit and the machine."""
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty"], capture_output=True, text=True, check=False
    ).stdout.strip()
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    rows = "\n".join(map(_row, lines))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "latest.md").write_text(
        f"# Benchmark\n\nCommit {commit}; {machine}. Medians of several rounds; the comparison "
        "with the row-by-row resource and the lines without a base are of one.\n\n"
        "| what | time | against | time | ratio | allowed | holds |\n|---|--:|---|--:|--:|--:|---|\n"
        f"{rows}\n"
    )
    content = {
        "commit": commit,
        "machine": machine,
        "lines": [asdict(x) | ({"ratio": x.ratio} if isinstance(x, Line) else {}) for x in lines],
    }
    (folder / "latest.json").write_text(json.dumps(content, indent=1) + "\n")


def _row(line: Line | Limit) -> str:
    mark = "yes" if line.holds else "**no**"
    if isinstance(line, Limit):
        return f"| {line.name} | {line.value:.2f} {line.unit} | | | | {line.most:g} {line.unit} | {mark} |"
    return (
        f"| {line.name} | {line.seconds:.2f} s | {line.base} | {line.base_seconds:.2f} s | {line.ratio:.2f} | "
        f"{line.allowed:g} | {mark} |"
    )
