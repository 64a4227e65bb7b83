"""Adopting proposed indicators."""

import pytest

from tests import stage
from tests.conftest import Cast
from tracker.common.errors import NotAllowed, Stale
from tracker.framework.models import Indicator, Strategy
from tracker.framework.services.adoption import adopt_indicators


@pytest.mark.parametrize("part", ["officer", "head", "administrator"])
def test_officers_and_administrators_adopt(strategy: Strategy, cast: Cast, part: str):
    proposed = [stage.make_indicator(f"SP1-O1-I{n}", status="proposed").pk for n in (1, 2)]

    assert adopt_indicators(indicators=proposed, user=getattr(cast, part)) == 2
    assert set(Indicator.objects.values_list("status", flat=True)) == {"active"}


@pytest.mark.parametrize("part", ["reporter", "lead", "viewer", "nobody"])
def test_others_do_not(strategy: Strategy, cast: Cast, part: str):
    proposed = stage.make_indicator(status="proposed")

    with pytest.raises(NotAllowed):
        adopt_indicators(indicators=[proposed.pk], user=getattr(cast, part))
    proposed.refresh_from_db()
    assert proposed.status == "proposed"


def test_adopting_twice_adopts_once_and_is_no_mistake(strategy: Strategy, cast: Cast):
    proposed = [stage.make_indicator(f"SP1-O1-I{n}", status="proposed").pk for n in (1, 2)]

    assert [adopt_indicators(indicators=proposed, user=cast.officer) for _ in range(2)] == [2, 0]


def test_one_that_is_not_proposed_any_more_stops_them_all(strategy: Strategy, cast: Cast):
    proposed = stage.make_indicator("SP1-O1-I1", status="proposed")
    retired = stage.make_indicator("SP1-O1-I2", status="retired")

    with pytest.raises(Stale, match="1 of these indicators is not proposed"):
        adopt_indicators(indicators=[proposed.pk, retired.pk], user=cast.officer)
    proposed.refresh_from_db()
    assert proposed.status == "proposed"
