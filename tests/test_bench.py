"""The bench itself: fifty people at once, as ``make bench`` has them; what it writes down."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests import stage
from tests.bench.load import count_lost
from tests.bench.measuring import Limit, Line, Page, say, write_down
from tracker.progress.models import IndicatorResult, ProgressReport, ReportingPeriod, ReportRevision

ROOT = Path(__file__).parents[1]


@pytest.mark.soak
def test_fifty_people_at_once_meet_no_error_and_lose_nothing() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", "load"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    said = f"{done.stdout}\n{done.stderr}"
    failed, lost = (
        next(line for line in done.stdout.splitlines() if word in line) for word in ("that failed", "lost")
    )
    assert failed.endswith("0.00 requests, allowed 0: holds"), said
    assert lost.endswith("0.00 writes, allowed 0: holds"), said


def test_a_part_that_nobody_knows_is_refused_by_name() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", "figurs"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "figures" in done.stderr


def page(*, size: str, queries: int, at_first: int) -> Page:
    return Page("viewer", "/", size, 30, 0.2, 0.3, 0.01, queries, at_first, 2048)


def test_lines_are_written_for_people_and_programs(tmp_path: Path) -> None:
    quick, slow = Line("A", 0.05, "B", 0.1, allowed=1), Line("C", 3.0, "D", 1.0, allowed=2)
    few, many = page(size="1x", queries=9, at_first=9), page(size="10x", queries=10, at_first=9)
    write_down([quick, slow, Limit("E", 7, "s", most=8), Limit("F", 9, "s", most=None), few, many], tmp_path)
    written = (tmp_path / "latest.md").read_text()
    assert "| A | 50 ms | B | 0.10 s | 0.50 | 1 | yes |" in written
    assert "| C | 3.00 s | D | 1.00 s | 3.00 | 2 | **no** |" in written
    assert "| E | 7.00 s |  |  |  | 8 s | yes |" in written
    assert "| F | 9.00 s |  |  |  | any | yes |" in written
    assert "| `/` | viewer | 1x | 30 | 200 ms | 300 ms | 10 ms | 20.0 | 9 | 2.0 KB | yes |" in written
    assert "| `/` | viewer | 10x | 30 | 200 ms | 300 ms | 10 ms | 20.0 | 10 | 2.0 KB | **no** |" in written
    data = json.loads((tmp_path / "latest.json").read_text())
    assert [line["name"] for line in data["lines"]] == ["A", "C", "E", "F"]
    assert [one["queries"] for one in data["pages"]] == [9, 10]
    assert say(slow) == "C: 3.00 times D, allowed 2: DOES NOT HOLD"


def test_a_page_holds_only_if_no_page_may_ask_less() -> None:
    assert page(size="1x", queries=25, at_first=25).holds
    assert not page(size="1x", queries=26, at_first=26).holds


def test_a_write_that_is_not_there_is_counted_as_lost(strategy, missions) -> None:
    indicator = stage.make_indicator()
    report = ProgressReport.objects.create(
        mission=missions["KG"], period=ReportingPeriod.objects.latest("number")
    )
    draft = ReportRevision.objects.create(report=report, number=1)
    result = IndicatorResult.objects.create(revision=draft, indicator=indicator, value=1)
    IndicatorResult.objects.filter(pk=result.pk).update(value=2)

    def lost(*values: str) -> int:
        return count_lost([(draft.pk, indicator.pk, value) for value in values])

    assert lost("1", "2") == 0
    assert lost("1", "3", "2") == 1  # never written
    assert lost("2", "1") == 1  # written, and not what stands in the end
