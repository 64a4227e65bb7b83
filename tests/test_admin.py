"""The Django admin: every registered model, and what it lets nobody do."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from tests import stage
from tests.scenery import scenery
from tracker.framework.models import Indicator
from tracker.progress.models import IndicatorResult, ReportRevision

pytestmark = pytest.mark.django_db

OURS = [model for model in admin.site._registry if model._meta.app_label == "tracker"]
READ_ONLY = {
    "NarrativePart", "ActivityUpdate", "Evidence", "FilledWorkbook",
    "ProgressReport", "ReportRevision", "IndicatorResult", "CellValue", "ReviewEvent", "ImportBatch", "Edition",
    "EditionFile", "Job", "Outbox", "IndicatorAssignment", "Baseline", "Target", "IndicatorReplacement",
    "IndicatorBreakdown", "Cell", "ColumnMapping", "ActivityObjective", "ActivityGoal", "ActivityTag",
    "ActivityCountry", "ActivityOffice", "Recount", "DataVersion", "DataChange",
    "ReportingPeriod", "Extension", "EventIndicator",
    "User", "Membership", "Invitation",
    "Notice", "NoticePreference",
}  # fmt: skip


@scenery
def indicator(strategy, missions, cast) -> Indicator:
    made = stage.make_indicator()
    stage.assign(made, missions["KG"])
    stage.approve(missions["KG"], "2024-Q1", {made: 5}, reporter=cast.reporter, officer=cast.officer)
    return made


def test_every_model_has_a_page():
    models = {m.__name__ for m in apps.get_app_config("tracker").get_models()}
    # Lines of imports are shown by the pages of their batches: they say what drafts hold.
    assert {m.__name__ for m in OURS} == models - {"ImportLine"}


@pytest.mark.parametrize("model", OURS, ids=lambda m: m.__name__)
def test_an_administrator_opens_the_list_and_the_pages_of_every_model(model, indicator, cast, sign_in):
    client = sign_in(cast.administrator)
    name = f"admin:tracker_{model._meta.model_name}"
    page = client.get(reverse(f"{name}_changelist"))
    assert page.status_code == 200
    for row in page.context["cl"].result_list[:1]:
        assert client.get(reverse(f"{name}_change", args=[row.pk])).status_code == 200
    reads_only = model.__name__ in READ_ONLY or model.__name__.endswith("Event")
    assert client.get(reverse(f"{name}_add")).status_code == (403 if reads_only else 200)


@pytest.mark.parametrize("model", OURS, ids=lambda m: m.__name__)
@pytest.mark.parametrize("role", ["viewer", "reporter", "nobody"])
def test_nobody_else_gets_in(model, role, cast, strategy, sign_in):
    client = sign_in(getattr(cast, role))
    url = reverse(f"admin:tracker_{model._meta.model_name}_changelist")
    assert client.get(url).status_code in (302, 403)
    assert client.get(url, follow=True).status_code == 403


def test_bulk_deletion_is_off(cast, indicator, sign_in):
    client = sign_in(cast.administrator)
    url = reverse("admin:tracker_objective_changelist")
    client.post(
        url, {"action": "delete_selected", "_selected_action": [indicator.objective_id], "post": "yes"}
    )
    assert type(indicator.objective).objects.filter(pk=indicator.objective_id).exists()
    assert "delete_selected" not in client.get(url).content.decode()


def test_what_was_reported_cannot_be_written_here(cast, indicator, sign_in):
    client = sign_in(cast.administrator)
    for row in (IndicatorResult.objects.get(), ReportRevision.objects.get()):
        url = reverse(f"admin:tracker_{row._meta.model_name}_change", args=[row.pk])
        assert client.post(url, {"value": "99", "comment": "x"}).status_code == 403
        delete = reverse(f"admin:tracker_{row._meta.model_name}_delete", args=[row.pk])
        assert client.post(delete, {"post": "yes"}).status_code == 403
    assert IndicatorResult.objects.get().value == 5


def test_the_rules_of_an_indicator_with_results_are_shown_and_not_edited(cast, indicator, sign_in):
    client = sign_in(cast.administrator)
    url = reverse("admin:tracker_indicator_change", args=[indicator.pk])
    page = client.get(url).content.decode()
    assert 'name="unit"' not in page
    assert 'name="name"' in page
    with pytest.raises(Exception, match="rules, unit and definition stand"):
        Indicator.objects.filter(pk=indicator.pk).update(unit="cars")


def test_an_officer_sees_the_plans_and_edits_no_framework(cast, indicator, sign_in):
    client = sign_in(cast.officer)
    assert client.get(reverse("admin:tracker_indicator_changelist")).status_code == 200
    assert client.get(reverse("admin:tracker_indicatorassignment_import")).status_code == 200
    assert client.get(reverse("admin:tracker_indicator_add")).status_code == 403
    assert client.get(reverse("admin:tracker_user_changelist")).status_code == 403


def test_saving_in_the_admin_leaves_history_with_the_person(cast, strategy, sign_in):
    client = sign_in(cast.administrator)
    pillar = strategy.pillars.get()
    url = reverse("admin:tracker_pillar_change", args=[pillar.pk])
    answer = client.post(
        url,
        {"strategy": strategy.pk, "code": "RES", "order": "1", "source": "", "name": "Resilience, renamed"},
    )
    assert answer.status_code == 302
    event = pillar.events.filter(pgh_label="update").get()
    assert event.name == "Resilience, renamed"
    assert event.pgh_context["user"] == cast.administrator.pk
