"""Where the demonstration is not loaded, and what a larger one is made of."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests import stage
from tests.conftest import Cast
from tracker.access.models import User
from tracker.framework.models import Indicator, IndicatorBreakdown, Strategy
from tracker.framework.services.demonstration import copy_indicators
from tracker.progress.models import IndicatorAssignment, IndicatorResult, ReportingPeriod
from tracker.progress.services.demonstration import copy_assignments
from tracker.progress.services.reports import begin_report
from tracker.region.models import Mission


def test_it_is_never_laid_beside_real_results(strategy: Strategy, missions: dict[str, Mission], cast: Cast):
    indicator = stage.make_indicator()
    stage.assign(indicator, missions["KG"])
    stage.approve(missions["KG"], "2021-Q1", {indicator: 12}, reporter=cast.reporter, officer=cast.officer)
    people = User.objects.count()

    for arguments in ([], ["--if-empty"]):
        with pytest.raises(CommandError, match="progress that missions entered"):
            call_command("load_demo", *arguments, stdout=StringIO())

    assert IndicatorResult.objects.count() == 1
    assert User.objects.count() == people
    assert not Strategy.objects.get(pk=strategy.pk).holds_demonstration


def test_a_draft_that_a_mission_has_begun_is_progress_too(
    strategy: Strategy, missions: dict[str, Mission], cast: Cast, open_period: ReportingPeriod
):
    begin_report(mission=missions["KG"], period=open_period, user=cast.reporter)

    with pytest.raises(CommandError, match="progress that missions entered"):
        call_command("load_demo", stdout=StringIO())


@pytest.mark.parametrize("scale", ["0", "-1", "two", "1.5"])
def test_the_scale_is_a_whole_number_from_one_up(scale: str):
    with pytest.raises(CommandError, match="no whole number from 1 up"):
        call_command("load_demo", f"--scale={scale}", stdout=StringIO())


def test_a_larger_one_has_copies_with_breakdowns_and_assignments(
    strategy: Strategy, missions: dict[str, Mission], cast: Cast
):
    split, plain = stage.make_indicator("SP1-O1-I1"), stage.make_indicator("SP1-O1-I2", decimals=1)
    stage.ask_by_sex(split)
    stage.assign(split, missions["KG"], missions["TJ"])
    stage.assign(plain, missions["KG"])

    assert copy_indicators(strategy=strategy, times=3) == 4
    assert copy_assignments(strategy=strategy, times=3, user=cast.administrator) == 6

    assert sorted(Indicator.objects.values_list("code", flat=True)) == [
        "SP1-O1-I1", "SP1-O1-I1-x2", "SP1-O1-I1-x3", "SP1-O1-I2", "SP1-O1-I2-x2", "SP1-O1-I2-x3",
    ]  # fmt: skip
    assert Indicator.objects.get(code="SP1-O1-I2-x3").decimals == 1
    assert sorted(IndicatorBreakdown.objects.values_list("indicator__code", flat=True)) == [
        "SP1-O1-I1", "SP1-O1-I1-x2", "SP1-O1-I1-x3",
    ]  # fmt: skip
    copied = IndicatorAssignment.objects.filter(indicator__code="SP1-O1-I1-x2")
    assert sorted(copied.values_list("mission__code", "reason")) == [
        ("KG", "Demonstration"),
        ("TJ", "Demonstration"),
    ]
