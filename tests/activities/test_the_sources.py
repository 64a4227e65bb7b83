"""What the sources say of activities and funding, as load_strategy and the sheets make it rows: counts, and every
printed total against the sum that the database makes.
"""

from collections.abc import Iterator
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import Sum

from tests.activities.test_funding_sheets import FIXTURES, rows_of
from tests.batches.sheets import load
from tests.imports.test_exports_of_the_setup import NOTHING, back, out
from tracker.activities.models import Activity, FundingRequirement, FundingTotal, Tag
from tracker.framework.models import ReferenceFramework, ReferenceGoal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sources_loaded")]

OF_THE_SOURCES = ("tags", "activities", "funding", "funding_totals")


@pytest.fixture(scope="module")
def sources_loaded(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """The strategy with all that its sources say of activities and funding; undone after the last test here."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_strategy", verbosity=0, stdout=StringIO())
        keep_goals()
        for kind in OF_THE_SOURCES:
            load(kind, (FIXTURES / f"{kind}.csv").read_bytes(), decimal_mark=".")
        yield
        transaction.set_rollback(True)


def keep_goals() -> None:
    """The frames and goals that the sources name, past the import: here it is about what refers to them."""
    for row in rows_of("reference_frameworks"):
        fields = {name: value for name, value in row.items() if name != "code" and value}
        ReferenceFramework.objects.get_or_create(code=row["code"], defaults=fields)
    frames = {frame.code: frame for frame in ReferenceFramework.objects.all()}
    for row in rows_of("reference_goals"):
        fields = {name: value for name, value in row.items() if name not in ("framework", "code", "parent")}
        ReferenceGoal.objects.get_or_create(
            framework=frames[row["framework"]], code=row["code"], defaults=fields
        )


def test_nothing_is_lost_on_the_way() -> None:
    assert FundingRequirement.objects.count() == 240
    assert FundingTotal.objects.count() == 54
    assert Tag.objects.count() == 35
    assert Activity.objects.count() == 366
    assert Activity.objects.filter(source__startswith="Migration Initiatives 2017,").count() == 351
    assert Activity.objects.filter(source__startswith="Migration Initiatives 2019,").count() == 15


@pytest.mark.parametrize("year", [2017, 2019])
def test_every_printed_total_is_the_sum_of_its_amounts(year: int) -> None:
    amounts = FundingRequirement.objects.filter(year=year)
    totals = FundingTotal.objects.filter(year=year)
    for total in totals:
        of = amounts
        if total.mission_id:
            of = of.filter(mission=total.mission_id)
        if total.goal_id:
            of = of.filter(goal=total.goal_id)
        assert of.aggregate(sum=Sum("amount"))["sum"] == total.amount_printed == total.amount, total
    assert totals.count() == 27


def test_the_currency_of_all_is_presumed_to_be_dollars() -> None:
    assert set(FundingRequirement.objects.values_list("currency", flat=True)) == {"USD"}


def test_four_amounts_differ_from_what_is_printed_and_say_why() -> None:
    repaired = FundingRequirement.objects.exclude(amount_printed=None)
    assert sorted(
        repaired.values_list("year", "mission__code", "goal__code", "amount", "amount_printed")
    ) == [
        (2019, mission, goal, 500_000, 200_000)
        for mission, goal in [("AL", "O1"), ("RU", "O1"), ("RU", "P1"), ("RU", "P3")]
    ]
    assert all("misread" in note for note in repaired.values_list("note", flat=True))


def test_nothing_asked_is_told_from_nothing_known() -> None:
    asked_nothing = FundingRequirement.objects.filter(nothing_asked=True)
    assert asked_nothing.count() == sum(row["nothing_asked"] == "yes" for row in rows_of("funding")) == 27
    assert set(asked_nothing.values_list("amount", flat=True)) == {Decimal(0)}
    assert not FundingRequirement.objects.filter(amount=0, nothing_asked=False).exists()


def test_all_of_it_goes_out_and_comes_back_unchanged() -> None:
    for kind in OF_THE_SOURCES:
        assert back(kind, out(kind)) == NOTHING, kind
        assert back(kind, (FIXTURES / f"{kind}.csv").read_bytes()) == NOTHING, kind
