"""The command `standing`: the worked cases on standard output, and what it says to wrong questions."""

import json
from collections import defaultdict
from datetime import UTC, datetime
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.analysis import frameworks
from tests.analysis.frameworks import CASES
from tests.analysis.loading import Loaded, load
from tracker.analysis.terms import MissionStanding
from tracker.framework.models import Strategy
from tracker.management.commands.standing import figures_as_text
from tracker.progress.models import ReportRevision

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded_cases() -> Loaded:
    return load([frameworks.framework_of(case) for case in CASES])


def standing(*args: str) -> dict[str, Any]:
    out = StringIO()
    call_command("standing", *args, stdout=out)
    return json.loads(out.getvalue())


def test_every_worked_case_is_printed_as_it_is_expected(loaded_cases: Loaded) -> None:
    by_period: dict[str, dict[str, Any]] = defaultdict(dict)
    for number, case in enumerate(CASES, start=1):
        by_period[case["as_of"]][f"C{number:02d}"] = case["expected"]
    for period, expected in by_period.items():
        assert standing("--period", period, "--indicator", *expected) == expected
    assert sum(len(expected) for expected in by_period.values()) == len(CASES) == 50


def test_a_pace_is_not_rounded_over_a_threshold() -> None:
    strategy = Strategy(on_track_from=Decimal("0.85"), at_risk_from=Decimal("0.60"))
    close = MissionStanding(
        status="at_risk", phase="active", value=Decimal("0.84999990"), pace=Decimal("0.84999990")
    )
    shown = figures_as_text(close, ("value", "pace", "attainment"), strategy)
    assert shown == {"value": "0.850000", "pace": "0.8499999", "attainment": None}


def test_without_a_code_every_indicator_is_printed(loaded_cases: Loaded) -> None:
    assert list(standing("--period", "2022-Q4")) == [f"C{number:02d}" for number in range(1, 51)]


def test_a_code_may_be_given_more_than_once(loaded_cases: Loaded) -> None:
    assert list(standing("--period", "2022-Q4", "--indicator", "C03", "--indicator", "C01")) == ["C01", "C03"]


def test_submitted_figures_are_printed_only_when_asked_for() -> None:
    # The first case, its four quarters (100, 80, 90, 90) of which the last is only submitted.
    loaded = load([frameworks.framework_of(CASES[0])])
    last = ReportRevision.objects.get(report__period__code="2020-Q4")
    report, submitter, submitted = last.report_id, last.submitted_by, datetime(2025, 6, 1, tzinfo=UTC)
    again = ReportRevision.objects.create(
        report_id=report, number=2, submitted_by=submitter, submitted_at=submitted
    )
    again.results.create(indicator_id=next(iter(loaded.frameworks)), value=40, entered_by=submitter)
    ReportRevision.objects.filter(pk=again.pk).update(status="submitted")
    assert standing("--period", "2020-Q4")["C01"]["region"]["value"] == "360.000000"
    assert standing("--period", "2020-Q4", "--provisional")["C01"]["region"]["value"] == "310.000000"


def test_what_was_known_on_a_day_is_what_was_approved_by_its_end(loaded_cases: Loaded) -> None:
    # The loader approves on 1 January 2025 and records plans a year before.
    before = standing("--period", "2020-Q4", "--indicator", "C01", "--known-on", "2024-12-31")["C01"][
        "region"
    ]
    after = standing("--period", "2020-Q4", "--indicator", "C01", "--known-on", "2025-01-01")["C01"]["region"]
    assert (before["value"], before["target"], before["status"]) == (None, "2000.000000", "no_data")
    assert (after["value"], after["target"], after["status"]) == ("360.000000", "2000.000000", "on_track")


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--period", "2031-Q1"], "There is no period 2031-Q1 in Test strategy."),
        (["--period", "last year"], "Write a year and a quarter, as in 2022-Q4."),
        (["--period", "2022-Q4", "--indicator", "C01", "X1", "X2"], "There is no indicator X1, X2"),
        (["--period", "2022-Q4", "--known-on", "31/12/2022"], "31/12/2022 is not a date."),
    ],
)
def test_a_wrong_question_gets_a_sentence(loaded_cases: Loaded, args: list[str], words: str) -> None:
    with pytest.raises(CommandError, match=words.replace(".", r"\.")):
        standing(*args)


def test_without_a_strategy_it_says_how_to_load_one(db: None) -> None:
    assert not Strategy.objects.exists()
    with pytest.raises(CommandError, match="There is no current strategy"):
        standing("--period", "2022-Q4")
