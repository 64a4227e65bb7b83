"""How a line is measured and written down."""

import json
import os
import platform
import statistics
import subprocess
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.pages import MOST_QUERIES

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
    """A figure that is held against a fixed one: ``value`` of at most ``most``, both in ``unit``; or against none,
    where it depends on the machine alone and is only to be known.
    """

    name: str
    value: float
    unit: str
    most: float | None

    @property
    def holds(self) -> bool:
        return self.most is None or self.value <= self.most

    @property
    def allowed(self) -> str:
        """In words, for a table."""
        return "any" if self.most is None else f"{self.most:g}"


@dataclass(frozen=True)
class Page:
    """A page as a role sees it in a database of a size: seconds of a request (of an empty page: ``empty``), queries,
    compressed bytes. It holds if it asks no more than any page may, and no more than at the first size.
    """

    role: str
    path: str
    size: str
    requests: int
    median: float
    p95: float
    empty: float
    queries: int
    queries_at_first: int
    bytes: int

    @property
    def ratio(self) -> float:
        return self.median / self.empty

    @property
    def holds(self) -> bool:
        return self.queries <= min(MOST_QUERIES, self.queries_at_first)


Measured = Line | Limit | Page


def say(line: Measured) -> str:
    """A line for whoever waits at the terminal."""
    mark = "holds" if line.holds else "DOES NOT HOLD"
    if isinstance(line, Page):
        return (
            f"{line.path} as {line.role}, {line.size}: {1000 * line.median:.0f} ms, p95 {1000 * line.p95:.0f} ms, "
            f"{line.ratio:.1f} times an empty page, {line.queries} queries, {line.bytes / 1024:.1f} KB: {mark}"
        )
    if isinstance(line, Limit):
        return f"{line.name}: {line.value:.2f} {line.unit}, allowed {line.allowed}: {mark}"
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


def write_down(lines: Sequence[Measured], folder: Path) -> None:
    """Tables for people and JSON for programs, naming the commit and the machine."""
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty"], capture_output=True, text=True, check=False
    ).stdout.strip()
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    pages = [line for line in lines if isinstance(line, Page)]
    others = [line for line in lines if not isinstance(line, Page)]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "latest.md").write_text(
        f"# Benchmark\n\nCommit {commit}; {machine}. Medians of several rounds; the comparison "
        "with the row-by-row resource and the lines without a base are of one.\n\n"
        "| what | time | against | time | ratio | allowed | holds |\n|---|--:|---|--:|--:|--:|---|\n"
        f"{_rows(map(_row, others))}\n\n"
        "## Pages\n\nOf requests one after the other, with 150 indicators (1x) and 1,500 (10x), each of 20 missions "
        "over 20 quarters, and a million cells (at 10x those of the last two quarters); *empty* is a page of the same "
        "layout with nothing on it, for the same person. A page "
        f"holds if it asks at most {MOST_QUERIES} queries, and at 10x none more than at 1x.\n\n"
        "| page | role | size | requests | median | p95 | empty | ratio | queries | compressed | holds |\n"
        "|---|---|---|--:|--:|--:|--:|--:|--:|--:|---|\n"
        f"{_rows(map(_page_row, pages))}\n"
    )
    content = {
        "commit": commit,
        "machine": machine,
        "lines": [_as_data(line) for line in others],
        "pages": [_as_data(page) for page in pages],
    }
    (folder / "latest.json").write_text(json.dumps(content, indent=1) + "\n")


def _as_data(line: Measured) -> dict[str, object]:
    return asdict(line) | ({} if isinstance(line, Limit) else {"ratio": line.ratio})


def _rows(cells: Iterable[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in cells)


def _row(line: Line | Limit) -> Sequence[str]:
    mark = "yes" if line.holds else "**no**"
    if isinstance(line, Limit):
        return (
            line.name,
            f"{line.value:.2f} {line.unit}",
            "",
            "",
            "",
            f"{line.allowed} {line.unit}" if line.most is not None else "any",
            mark,
        )
    return (
        *(line.name, _seconds(line.seconds), line.base, _seconds(line.base_seconds)),
        *(f"{line.ratio:.2f}", f"{line.allowed:g}", mark),
    )


def _seconds(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 0.1 else f"{1000 * seconds:.0f} ms"


def _page_row(page: Page) -> Sequence[str]:
    times = (f"{1000 * seconds:.0f} ms" for seconds in (page.median, page.p95, page.empty))
    mark = "yes" if page.holds else "**no**"
    weight = f"{page.bytes / 1024:.1f} KB"
    return (
        *(f"`{page.path}`", page.role, page.size, str(page.requests)),
        *(*times, f"{page.ratio:.1f}", str(page.queries), weight, mark),
    )
