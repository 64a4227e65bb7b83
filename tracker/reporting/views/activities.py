"""What the mission’s activities came to in the period."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tracker.access.requests import PersonRequest
from tracker.activities.models import Activity
from tracker.progress.models import ReportingPeriod, ReportRevision
from tracker.progress.services.activity_updates import save_updates
from tracker.region.models import Mission

from .. import services
from ..forming import updates_of
from ..keeping import keeps_typing
from ..part_forms import PartForm, UpdatesForm
from .parts import Page, show_or_save

MOST_ADDED = 50
"""Activities that an address may add to the page."""


def _updates_form(
    request: PersonRequest, of: ReportingPeriod, by: Mission, revision: ReportRevision | None
) -> UpdatesForm:
    more = [*request.GET.getlist("add")[:MOST_ADDED], *request.POST.getlist("added")[:MOST_ADDED]]
    return updates_of(of, by, revision, more=more)


def _others(by: Mission, form: PartForm[Any]) -> list[Activity]:
    """The mission's activities that are not on the page: those that can be added."""
    shown = [row.subject.pk for row in form.rows]
    return list(Activity.objects.own().filter(mission=by).exclude(pk__in=shown).order_by("code"))


ACTIVITIES = Page(
    view="report-activities",
    template="reporting/activities.html",
    make=_updates_form,
    save=save_updates,
    others=_others,
    say_saved=lambda count: ngettext(
        "%(count)s activity saved.", "%(count)s activities saved.", count
    ) % {"count": count},
)  # fmt: skip


@keeps_typing(services.ACTIVITIES)
@login_required
@require_http_methods(["GET", "POST"])
def activities(request: PersonRequest, period: str, mission: str) -> HttpResponse:
    """What the mission's activities came to in the period."""
    return show_or_save(request, period, mission, ACTIVITIES)
