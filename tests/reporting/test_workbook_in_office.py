"""The workbook of a report passes through LibreOffice, filled in or not, and comes back the same.

Run by ``make soak``, which installs LibreOffice where it can; without it these tests fail and say what to do.
"""

import pytest

from tests.office import convert
from tests.reporting.test_workbook import FILLED, activity, asked, sit_down, stages, stored

__all__ = ["activity", "asked", "sit_down", "stages"]

pytestmark = [pytest.mark.django_db, pytest.mark.soak]


@pytest.mark.parametrize("to", ["xlsx", "ods"])
def test_what_libreoffice_saves_is_what_was_filled_in(asked, sit_down, cast, tmp_path, to):
    desk = sit_down(cast.reporter)
    filled = desk.fill(desk.download(), FILLED)
    desk.upload(convert(filled, suffix=".xlsx", to=to, folder=tmp_path), f"report.{to}")
    assert "Take over 5 rows" in desk.words, desk.words
    desk.take()
    through_office = stored()
    desk.upload(filled)
    assert "there is nothing to take over" in desk.words, "straight from openpyxl it says the same"
    assert len(through_office) == 7


@pytest.mark.parametrize("to", ["xlsx", "ods"])
def test_untouched_by_people_it_changes_nothing(asked, sit_down, cast, tmp_path, to):
    desk = sit_down(cast.reporter)
    desk.upload(desk.fill(desk.download(), FILLED)).take()
    before = stored()
    desk.upload(convert(desk.download(), suffix=".xlsx", to=to, folder=tmp_path), f"report.{to}")
    assert "there is nothing to take over" in desk.words, desk.words
    assert stored() == before


def test_it_comes_back_from_libreoffice_still_locked(asked, sit_down, cast, tmp_path):
    desk = sit_down(cast.reporter)
    again = convert(desk.download(), suffix=".xlsx", to="xlsx", folder=tmp_path)
    filled = desk.fill(again, {("Results", "SP1-O1-I1"): {"This period": 3}})
    with pytest.raises(AssertionError, match="is locked"):
        desk.fill(again, {("Results", "SP1-O1-I1"): {"Numerator": 3}})
    desk.upload(filled)
    assert "Take over 1 row" in desk.words
