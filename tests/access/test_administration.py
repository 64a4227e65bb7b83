"""The administration pages: what they let officers and administrators do, and how they refuse."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib import admin
from django.core.files.base import ContentFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import stage
from tests.conftest import Cast
from tracker.access.choices import Role
from tracker.access.models import Membership
from tracker.batches.models import ImportBatch
from tracker.framework.models import Breakdown, Cell, Indicator
from tracker.progress.models import (
    ActivityUpdate,
    Evidence,
    IndicatorResult,
    NarrativePart,
    ProgressReport,
    ReportingPeriod,
    ReportRevision,
)
from tracker.progress.rules import Amount, Entry
from tracker.progress.services import reports, results
from tracker.progress.services.results import Typed
from tracker.region.models import Mission
from tracker.reports.models import ReportSchedule
from tracker.reports.services import request_edition

pytestmark = pytest.mark.django_db


def at(row: Any) -> str:
    return reverse(f"admin:tracker_{row._meta.model_name}_change", args=[row.pk])


def list_of(name: str) -> str:
    return reverse(f"admin:tracker_{name}_changelist")


def filled(page: HttpResponse) -> dict[str, Any]:
    """What a browser would send back from a form that nobody touched."""
    forms = [page.context["adminform"].form]
    for inline in page.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    values = {field.html_name: field.value() for form in forms for field in form}
    return {name: value for name, value in values.items() if value is not None and value is not False}


def send(client: Client, row: Any, **changes: Any) -> HttpResponse:
    """Change these fields on the row's page and save; None empties a field."""
    data = filled(client.get(at(row))) | changes
    return client.post(at(row), {name: value for name, value in data.items() if value is not None})


def errors_on(page: HttpResponse) -> list[str]:
    return list(page.context["adminform"].form.non_field_errors())


@pytest.fixture
def indicator(strategy, missions) -> Indicator:
    made = stage.make_indicator()
    stage.assign(made, *missions.values())
    return made


@pytest.fixture
def cells(indicator) -> dict[str, Cell]:
    return stage.ask_by_sex(indicator)


@pytest.fixture
def draft(cast: Cast, missions, open_period, indicator, cells) -> ReportRevision:
    entry = Entry(
        Amount(Decimal(98765)),
        cells={cells["female"].pk: Amount(Decimal(43210))},
        comment="words of a draft",
    )
    saved = results.save_results(
        mission=missions["KG"],
        period=open_period,
        user=cast.reporter,
        typed={indicator.pk: Typed(entry)},
    )
    activity = stage.make_activity("KG-1", missions["KG"])
    words = {"quotable": "a quotable story", "internal": "for officers alone"}
    NarrativePart.objects.create(revision=saved.revision, section="challenges", **words)
    ActivityUpdate.objects.create(revision=saved.revision, activity=activity, people=5, **words)
    link = "https://example.org/for-officers-alone"
    Evidence.objects.create(revision=saved.revision, title="for officers alone", link=link)
    return saved.revision


# -- Periods ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("part", ["officer", "administrator"])
def test_a_period_is_looked_at_and_its_window_set_on_its_own_page(cast: Cast, strategy, sign_in, part):
    client = sign_in(getattr(cast, part))
    period = ReportingPeriod.objects.get(code="2021-Q2")
    assert (
        'href="/periods/"' in client.get(reverse("admin:tracker_reportingperiod_changelist")).content.decode()
    )
    assert 'href="/periods/2021-Q2/"' in client.get(at(period)).content.decode()
    assert send(client, period, opens_on="2021-07-05").status_code == 403
    assert client.get(reverse("admin:tracker_reportingperiod_add")).status_code == 403
    assert client.get(reverse("admin:tracker_reportingperiod_delete", args=[period.pk])).status_code == 403
    period.refresh_from_db()
    assert period.opens_on == date(2021, 7, 1)


# -- Breakdowns and indicators ------------------------------------------------------------------------
def test_a_breakdown_in_use_is_shown_and_not_rewritten(cast: Cast, draft, cells, sign_in):
    client = sign_in(cast.administrator)
    breakdown = cells["female"].breakdown
    page = client.get(at(breakdown)).content.decode()
    for name in ("exclusive", "cells-0-code", "cells-0-DELETE"):
        assert f'name="{name}"' not in page
    assert 'name="name"' in page
    assert send(client, breakdown, name="By sex", exclusive=None).status_code == 302
    breakdown.refresh_from_db()
    assert (breakdown.name, breakdown.exclusive) == ("By sex", True)


def test_a_breakdown_that_nobody_has_filled_is_edited(cast: Cast, cells, sign_in):
    breakdown = cells["female"].breakdown
    answer = send(sign_in(cast.administrator), breakdown, **{"exclusive": None, "cells-2-DELETE": "on"})
    assert answer.status_code == 302
    breakdown.refresh_from_db()
    assert not breakdown.exclusive
    assert {cell.code for cell in breakdown.cells.all()} == {"female", "male"}


def test_an_indicator_whose_results_hold_a_breakdown_goes_on_asking_for_it(
    cast: Cast, draft, indicator, sign_in
):
    client = sign_in(cast.administrator)
    page = client.get(at(indicator)).content.decode()
    assert 'name="asks-0-DELETE"' not in page
    for name in ("allows_negative", "bounded", "counts", "decimals", "period_rule"):
        assert f'name="{name}"' not in page
    asked = indicator.asks.get()
    send(client, indicator, **{"asks-0-id": asked.pk, "asks-0-DELETE": "on", "asks-INITIAL_FORMS": 1})
    assert indicator.asks.get() == asked


def test_a_refusal_of_the_database_is_a_sentence_on_the_form(
    cast: Cast, draft, indicator, sign_in, monkeypatch
):
    """Somebody reported between the page and its saving: the page did not know, the trigger does."""
    monkeypatch.setattr("tracker.admin.strategy.IndicatorAdmin.get_readonly_fields", lambda *args: ())
    answer = send(sign_in(cast.administrator), indicator, unit="cars", note="typed at length")
    assert answer.status_code == 200
    [error] = errors_on(answer)
    assert error.startswith("This indicator has results, so its rules, unit and definition stand.")
    assert "typed at length" in answer.content.decode()
    indicator.refresh_from_db()
    assert (indicator.unit, indicator.note) == ("persons", "")


def test_an_officer_adopts_the_chosen_indicators(cast: Cast, strategy, sign_in):
    proposed = [stage.make_indicator(f"SP1-O1-I{n}", status="proposed") for n in (1, 2, 3)]
    client = sign_in(cast.officer)
    assert "Adopt the chosen indicators" in client.get(list_of("indicator")).content.decode()
    client.post(list_of("indicator"), {"action": "adopt", "_selected_action": [p.pk for p in proposed[:2]]})
    assert list(Indicator.objects.order_by("code").values_list("status", flat=True)) == [
        "active", "active", "proposed",
    ]  # fmt: skip


def test_adopting_what_is_adopted_already_is_refused_with_a_sentence(cast: Cast, strategy, sign_in):
    active, proposed = stage.make_indicator(), stage.make_indicator("SP1-O1-I2", status="proposed")
    answer = sign_in(cast.officer).post(
        list_of("indicator"), {"action": "adopt", "_selected_action": [active.pk, proposed.pk]}, follow=True
    )
    assert "not proposed any more" in answer.content.decode()
    proposed.refresh_from_db()
    assert proposed.status == "proposed"


@pytest.mark.parametrize(("part", "sees"), [("officer", True), ("administrator", True), ("reporter", False)])
def test_who_plans_finds_the_way_to_the_administration(cast: Cast, strategy, sign_in, part, sees):
    page = sign_in(getattr(cast, part)).get("/").content.decode()
    assert ('href="/admin/"' in page) == sees


# -- Schedules ----------------------------------------------------------------------------------------
def test_a_schedule_switched_off_and_on_owes_nothing_from_in_between(cast: Cast, strategy, sign_in):
    long_ago = timezone.now() - timedelta(days=400)
    schedule = ReportSchedule.objects.create(kind="regional_quarterly", switched_on_at=long_ago)
    client = sign_in(cast.officer)
    assert "switched_on_at" not in filled(client.get(at(schedule)))

    send(client, schedule, days_after_close=20)
    schedule.refresh_from_db()
    assert (schedule.days_after_close, schedule.switched_on_at) == (20, long_ago)

    send(client, schedule, is_on=None)
    schedule.refresh_from_db()
    assert (schedule.is_on, schedule.switched_on_at) == (False, long_ago)

    assert send(client, schedule, is_on="on").status_code == 302
    schedule.refresh_from_db()
    assert schedule.is_on
    assert timezone.now() - schedule.switched_on_at < timedelta(minutes=1)


@pytest.mark.parametrize("part", ["officer", "administrator"])
def test_a_schedule_is_made_by_officers_and_administrators(cast: Cast, strategy, sign_in, part):
    answer = sign_in(getattr(cast, part)).post(
        reverse("admin:tracker_reportschedule_add"),
        {"kind": "mission_quarterly", "days_after_close": 10, "is_on": "on"},
    )
    assert answer.status_code == 302
    schedule = ReportSchedule.objects.get()
    assert (schedule.kind, schedule.days_after_close, schedule.is_on) == ("mission_quarterly", 10, True)


# -- People -------------------------------------------------------------------------------------------
def test_people_and_roles_are_read_here_and_looked_after_on_a_page_of_their_own(
    cast: Cast, strategy, sign_in
):
    client = sign_in(cast.administrator)
    for row in (cast.officer.memberships.get(), cast.officer):
        assert f'href="{reverse("person", args=[cast.officer.pk])}"' in client.get(at(row)).content.decode()
        assert client.post(at(row), {"name": "Other"}).status_code == 403
        delete = reverse(f"admin:tracker_{row._meta.model_name}_delete", args=[row.pk])
        assert client.post(delete, {"post": "yes"}).status_code == 403


def test_memberships_are_narrowed_to_those_in_force(cast: Cast, strategy, sign_in):
    cast.viewer.memberships.update(ends_on=date.today() - timedelta(days=1))
    cast.officer.memberships.update(starts_on=date.today() + timedelta(days=1))
    client = sign_in(cast.administrator)
    held = {
        day: set(
            client.get(list_of("membership"), {"day": day})
            .context["cl"]
            .queryset.values_list("user", flat=True)
        )
        for day in ("today", "other")
    }
    assert held["other"] == {cast.viewer.pk, cast.officer.pk}
    assert len(held["today"]) == Membership.objects.count() - 2


def test_people_are_narrowed_by_role_and_each_stands_once(cast: Cast, missions, strategy, sign_in):
    Membership.objects.create(user=cast.reporter, role=Role.REPORTER, mission=missions["TJ"])
    page = sign_in(cast.administrator).get(list_of("user"), {"memberships__role__exact": "reporter"})
    found = [person.pk for person in page.context["cl"].queryset]
    assert sorted(found) == sorted([cast.reporter.pk, cast.colleague.pk, cast.stranger.pk])


# -- What drafts hold ---------------------------------------------------------------------------------
HOLDS_DRAFTS = (
    "reportrevision",
    "indicatorresult",
    "cellvalue",
    "narrativepart",
    "activityupdate",
    "evidence",
)


def everything(client: Client) -> str:
    """Lists and pages of revisions, results and cells, and of their history."""
    said = []
    for name in [*HOLDS_DRAFTS, *(f"{name}event" for name in HOLDS_DRAFTS)]:
        page = client.get(list_of(name))
        said.append(page.content.decode())
        [model] = [m for m in admin.site._registry if m._meta.model_name == name]
        for row in model._default_manager.all():
            said.append(client.get(at(row), follow=True).content.decode())
    return "".join(said)


@pytest.mark.parametrize("handed_in", [False, True], ids=["draft", "submitted"])
def test_an_administrator_does_not_read_what_is_not_approved(cast: Cast, draft, sign_in, handed_in):
    ReportRevision.objects.filter(pk=draft.pk).update(source="a story of a draft")
    if handed_in:
        reports.submit_report(revision=draft, user=cast.reporter)
    said = everything(sign_in(cast.administrator))
    for secret in ("98765", "43210", "words of a draft", "a story of a draft", "a quotable story"):
        assert secret not in said
    assert IndicatorResult.objects.get().value == 98765


def test_an_administrator_reads_what_is_approved_and_its_history(cast: Cast, draft, sign_in):
    reports.submit_report(revision=draft, user=cast.reporter)
    reports.approve_reports(revisions=[draft], user=cast.officer)
    client = sign_in(cast.administrator)
    for name in HOLDS_DRAFTS:
        assert client.get(list_of(name)).context["cl"].result_count == 1
        assert client.get(list_of(f"{name}event")).context["cl"].result_count >= 1
    said = everything(client)
    for public in ("98765", "43210", "words of a draft", "a quotable story"):
        assert public in said
    # What is internal, and evidence, is the mission's and the officers' for good.
    assert "for officers alone" not in said
    assert "for-officers-alone" not in said


@pytest.mark.parametrize("name", [*HOLDS_DRAFTS, *(f"{name}event" for name in HOLDS_DRAFTS)])
def test_officers_read_reports_at_the_desk_and_not_here(cast: Cast, strategy, sign_in, name):
    assert sign_in(cast.officer).get(list_of(name)).status_code == 403


# -- Lists --------------------------------------------------------------------------------------------
def test_the_file_of_a_batch_leads_to_the_page_that_asks_who_comes_and_never_to_the_storage(
    cast: Cast, strategy, sign_in, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    batch = ImportBatch(
        kind="progress", filename="matrix.csv", sha256="0" * 64, status="waiting", uploaded_by=cast.reporter
    )
    batch.file.save("matrix.csv", ContentFile(b"indicator"))
    client = sign_in(cast.administrator)
    page = client.get(at(batch)).content.decode()
    assert reverse("batch-file", args=[batch.pk]) in page
    assert batch.file.name not in page
    history = client.get(at(batch.events.last())).content.decode()
    assert batch.file.name in history
    assert f'{batch.file.name}"' not in history


def test_the_history_of_what_is_gone_is_still_listed(cast: Cast, cells, sign_in):
    cells["unknown"].delete()
    page = sign_in(cast.administrator).get(list_of("cellevent"))
    assert page.context["cl"].result_count == 4  # three begun, one deleted
    assert page.content.decode().count("field-pgh_label") == 4


GROWS = (
    "user", "membership", "mission", "indicator", "breakdown", "cell", "indicatorbreakdown",
    "indicatorassignment", "progressreport", "reportrevision", "indicatorresult", "cellvalue",
    "reviewevent", "importbatch", "edition", "job",
)  # fmt: skip


@pytest.fixture
def grow(cast: Cast, strategy):
    """Two of everything, and ten more."""

    def more(numbers: range) -> None:
        for n in numbers:
            mission = Mission.objects.create(
                code=f"M{n}", name=f"Mission {n}", kind="regional_office", time_zone="UTC", source="test"
            )
            person = stage.make_person(f"person{n}", Role.REPORTER, mission=mission)
            made = stage.make_indicator(f"SP1-O1-I{n}")
            breakdown = Breakdown.objects.create(strategy=strategy, code=f"b{n}", name=f"Breakdown {n}")
            cell = Cell.objects.create(breakdown=breakdown, code=f"c{n}", name=f"Cell {n}")
            made.asks.create(breakdown=breakdown)
            stage.assign(made, mission, recorded_by=person)
            period = ReportingPeriod.objects.all()[n]
            revision = ProgressReport.objects.create(mission=mission, period=period).revisions.create(
                number=1
            )
            result = revision.results.create(indicator=made, value=n, entered_by=person)
            result.cells.create(cell=cell, value=n)
            stage.submit(revision, by=person)
            ReportRevision.objects.filter(pk=revision.pk).update(
                status="approved", approved_by=cast.officer, approved_at=timezone.now()
            )
            revision.review_events.create(transition="submit", to_status="submitted", actor=person)
            ImportBatch.objects.create(
                kind="progress", filename=f"{n}.csv", sha256="0" * 64, status="waiting", uploaded_by=person
            )
            request_edition(kind="mission_quarterly", period=period, mission=mission, user=None)

    return more


def test_lists_take_the_same_statements_for_two_and_twelve_rows(cast: Cast, grow, sign_in):
    client = sign_in(cast.administrator)
    models = {model._meta.model_name: model for model in admin.site._registry}
    assert set(GROWS) <= models.keys()
    names = [*GROWS, *(name for name in models if name.removesuffix("event") in GROWS and name not in GROWS)]

    def count() -> dict[str, tuple[int, int]]:
        """By list, how many rows it shows and how many statements it takes."""
        counted = {}
        for name in names:
            with CaptureQueriesContext(connection) as statements:
                page = client.get(list_of(name))
            counted[name] = (page.context["cl"].result_count, len(statements))
        return counted

    grow(range(2))
    few = count()
    grow(range(2, 12))
    many = count()
    assert [name for name in names if many[name][0] < few[name][0] + 10] == []
    assert {name: many[name][1] for name in names} == {name: few[name][1] for name in names}
