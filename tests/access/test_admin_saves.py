"""Saves and deletes of administration pages beside imports: they wait for each other and both end well."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import OperationalError, connection, transaction
from django.test import Client
from django.urls import reverse

from tests import stage
from tests.batches.sheets import check, csv_of
from tests.batches.test_concurrency import wait_until_somebody_waits
from tests.conftest import Cast
from tracker.access.choices import Role
from tracker.access.services import create_person, grant_membership, save_membership, save_person
from tracker.batches.services import apply_batch
from tracker.common.bulk import fetch, own_writes
from tracker.common.records import delete_record
from tracker.framework.models import Breakdown, Indicator, Pillar
from tracker.framework.services.adoption import adopt_indicators
from tracker.imports.registry import KINDS
from tracker.progress.models import ReportingPeriod
from tracker.progress.services.windows import set_window

INDICATORS = "code,objective,name,unit,measure,direction,period_rule,mission_rule,frequency,order"
ANOTHER = "SP1-O1-I2,SP1-O1,Another,persons,number,increase,sum,sum,quarterly,2"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def client(cast: Cast, strategy) -> Client:
    client = Client()
    client.force_login(cast.administrator)
    return client


@pytest.fixture
def indicator(strategy) -> Indicator:
    made = stage.make_indicator(status="proposed")
    Breakdown.objects.create(strategy=strategy, code="bare", name="Bare")
    return made


def test_an_indicator_is_deleted_while_others_are_imported(indicator):
    """Deleting begins with what the indicator asks for, an import locks the indicators first: each would hold
    a table that the other wants next.
    """
    stage.ask_by_sex(indicator)
    batch = check("indicators", csv_of(INDICATORS, ANOTHER)).batch
    half_way = Event()

    def dawdle(execute, sql, params, many, context):
        if sql.startswith('DELETE FROM "tracker_indicator" '):
            half_way.set()
            wait_until_somebody_waits()
        return execute(sql, params, many, context)

    def delete() -> None:
        try:
            with connection.execute_wrapper(dawdle):
                delete_record(record=indicator)
        finally:
            half_way.set()
            connection.close()

    def load() -> None:
        try:
            half_way.wait()
            apply_batch(kind=KINDS["indicators"], batch=batch, digest=batch.plan_digest, user=None)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        for act in [pool.submit(delete), pool.submit(load)]:
            act.result()
    assert list(Indicator.objects.values_list("code", flat=True)) == ["SP1-O1-I2"]


def a_save(client: Client, **_: object) -> None:
    pillar = Pillar.objects.get(code="RES")
    fields = {
        "strategy": pillar.strategy_id,
        "code": pillar.code,
        "order": 1,
        "source": "",
        "name": "Renamed",
    }
    assert client.post(reverse("admin:tracker_pillar_change", args=[pillar.pk]), fields).status_code == 302


def an_addition(client: Client, **_: object) -> None:
    fields = {
        "strategy": Pillar.objects.get().strategy_id,
        "code": "NEW",
        "order": 2,
        "source": "",
        "name": "New",
    }
    assert client.post(reverse("admin:tracker_pillar_add"), fields).status_code == 302


def a_deletion(client: Client, **_: object) -> None:
    bare = Breakdown.objects.get(code="bare")
    url = reverse("admin:tracker_breakdown_delete", args=[bare.pk])
    assert client.post(url, {"post": "yes"}).status_code == 302


def an_adoption(cast: Cast, **_: object) -> None:
    assert adopt_indicators(indicators=[Indicator.objects.get().pk], user=cast.officer) == 1


def a_window(cast: Cast, **_: object) -> None:
    period = ReportingPeriod.objects.get(code="2021-Q2")
    dates = {"opens_on": period.opens_on, "due_on": period.due_on, "closes_on": period.closes_on}
    set_window(period=period, **dates, user=cast.officer)


def a_person(cast: Cast, **_: object) -> None:
    save_person(person=cast.viewer, user=cast.administrator)


def a_new_person(cast: Cast, **_: object) -> None:
    create_person(email="new@example.org", user=cast.administrator)


def a_role(cast: Cast, **_: object) -> None:
    grant_membership(person=cast.nobody, role=Role.VIEWER, user=cast.administrator)


def a_last_day(cast: Cast, **_: object) -> None:
    """The rows of the administrators are locked beside it, as an import of people does."""
    membership = cast.viewer.memberships.get()
    save_membership(membership=membership, user=cast.administrator)


@pytest.mark.parametrize(
    ("act", "area"),
    [
        (a_person, "access"),
        (a_new_person, "access"),
        (a_role, "access"),
        (a_last_day, "access"),
        (a_save, "framework"),
        (an_addition, "framework"),
        (a_deletion, "framework"),
        (an_adoption, "framework"),
        (a_window, "progress"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_each_way_to_write_waits_for_an_import_into_its_area_alone(
    cast: Cast, client, indicator, act: Callable[..., None], area: str
):
    def try_to_write() -> bool:
        """Whether it is done at once."""
        try:
            fetch("SELECT set_config('lock_timeout', '200ms', false)")
            act(client=client, cast=cast)
        except OperationalError:
            return False
        finally:
            connection.close()
        return True

    other = {"framework": "progress", "progress": "framework", "access": "framework"}[area]
    done = []
    for imported in (area, other):
        with transaction.atomic(), ThreadPoolExecutor(1) as pool:
            own_writes(imported)
            done.append(pool.submit(try_to_write).result())
    assert done == [False, True]
