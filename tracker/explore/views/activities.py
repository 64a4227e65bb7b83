"""Activities: the list, one of them, and the forms by which missions keep their own."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tracker.access.guards import readers_only
from tracker.access.policies import rights_of
from tracker.access.requests import PersonRequest
from tracker.activities.choices import TiedBy
from tracker.activities.filters import ActivityFilter
from tracker.activities.forms import ActivityForm, EndForm, fill_from
from tracker.activities.models import Activity
from tracker.activities.policies import may_change, may_load_activities, missions_to_write_for
from tracker.activities.services.by_hand import (
    CannotBe,
    as_said,
    change_activity,
    create_activity,
    end_activity,
    stamp_of,
)
from tracker.activities.tables import ActivityTable, mark_status
from tracker.activities.wording import say_counts
from tracker.common.errors import NotAllowed, Refused, Stale
from tracker.framework.models import Strategy
from tracker.progress.services.activity_updates import latest_update
from tracker.region.choices import KOSOVO

from ..reading.activities import count_statuses, differences, list_activities
from ..reading.histories import changes_of_activity, may_see_changes_of
from .lists import show_list
from .missing import found_or_near


@readers_only
@require_GET
def activities(request: PersonRequest) -> HttpResponseBase:
    """Every activity, narrowed, sorted and paged; what is listed as a file too."""
    strategy = Strategy.objects.current()
    chosen = ActivityFilter(request.GET, queryset=list_activities(), strategy=strategy)
    return show_list(
        request,
        ActivityTable(chosen.qs, is_filtered=bool(chosen.active())),
        chosen,
        name="activities",
        context=lambda: {
            "strategy": strategy,
            "total": Activity.objects.count(),
            "counts_said": say_counts(count_statuses(chosen.qs)),
            "may_add": may_load_activities(request.user),
        },
    )


@readers_only
@require_GET
def activity(request: PersonRequest, code: str) -> HttpResponse:
    """All that is kept of an activity, and where it comes from."""
    found, rights = _find(code), rights_of(request.user)
    return render(
        request,
        "explore/activity.html",
        {
            "strategy": Strategy.objects.current(),
            "activity": found,
            "status": mark_status(found),
            "is_tied_by_tracker": found.tied_by == TiedBy.TRACKER,
            "objectives": found.objectives.select_related("priority").order_by(
                "priority__order", "order", "code"
            ),
            "goals": found.goals.select_related("framework").order_by("framework__order", "order", "code"),
            "may_change": may_change(request.user, found),
            "update": latest_update(found),
            "may_read_comments": rights.is_officer or found.mission_id in rights.missions,
            "changes": changes_of_activity(found) if may_see_changes_of(rights, found) else [],
            "names_kosovo": found.mission.code == KOSOVO
            or any(country.iso2 == KOSOVO for country in found.countries.all()),
        },
    )


@readers_only
@require_http_methods(["GET", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """A mission's own activity is begun."""
    missions = missions_to_write_for(request.user)
    if not may_load_activities(request.user):
        raise PermissionDenied(
            _("Activities are kept by the missions’ reporters, by officers and administrators.")
        )
    asked = request.GET.get("mission", "")
    form = ActivityForm(
        request.POST or None,
        missions=missions,
        is_new=True,
        initial={"mission": asked, "status": "planned", "countries": [asked]},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = create_activity(values=form.values, user=request.user)
        except CannotBe as refusal:
            form.say(refusal.problems)
        except NotAllowed as refusal:
            raise PermissionDenied(str(refusal)) from refusal
        else:
            messages.success(request, _("%(code)s is saved.") % {"code": made.code})
            return redirect("activity", code=made.code)
    return render(
        request,
        "explore/activity_form.html",
        {"strategy": Strategy.objects.current(), "form": form, "activity": None},
    )


@readers_only
@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, code: str) -> HttpResponse:
    """A mission's own activity is changed, or ended."""
    found = _find(code)
    if not may_change(request.user, found):
        raise PermissionDenied(
            _("It comes from a document. An administrator corrects it by a file, under Imports.")
            if found.is_historical
            else _("You write activities of your own missions only.")
        )
    said = as_said(found)
    ending = request.method == "POST" and "ends_on" in request.POST
    data = request.POST if request.method == "POST" else None
    form = ActivityForm(
        None if ending else data,
        missions=missions_to_write_for(request.user),
        is_new=False,
        is_tied_by_tracker=found.tied_by == TiedBy.TRACKER,
        initial=fill_from(said),
    )
    end_form = EndForm(data if ending else None, initial={"ends_on": found.ends_on})
    context: dict[str, Any] = {"stamp": stamp_of(said)}
    if data is not None and (end_form if ending else form).is_valid():
        try:
            _save(found, form, end_form if ending else None, stamp=data.get("stamp", ""), request=request)
        except CannotBe as refusal:
            form.say(refusal.problems) if not ending else end_form.add_error(None, str(refusal))
        except Stale as refusal:
            # Once they have seen what is kept now, saving again replaces it.
            context["refusal"] = str(refusal)
            if not ending:
                labels = {name: field.label for name, field in form.fields.items()}
                labels["tied_by"] = _("Objectives tied by")
                context["differences"] = differences(kept=said, typed=form.values, labels=labels)
        except NotAllowed as refusal:
            raise PermissionDenied(str(refusal)) from refusal
        except Refused as refusal:
            context["refusal"] = str(refusal)
        else:
            messages.success(request, _("%(code)s is saved.") % {"code": found.code})
            return redirect("activity", code=found.code)
    return render(
        request,
        "explore/activity_form.html",
        {
            "strategy": Strategy.objects.current(),
            "form": form,
            "end_form": end_form,
            "ending": ending,
            "activity": found,
            **context,
        },
    )


def _save(
    found: Activity, form: ActivityForm, end_form: EndForm | None, *, stamp: str, request: PersonRequest
) -> None:
    if end_form is None:
        change_activity(activity=found, values=form.values, stamp=stamp, user=request.user)
        return
    given = end_form.cleaned_data
    end_activity(
        activity=found,
        ends_on=given["ends_on"],
        reached=given["reached"],
        cancelled=given["how"] == "cancelled",
        stamp=stamp,
        user=request.user,
    )


def _find(code: str) -> Activity:
    """An activity by its code, with what its page shows. Whoever has a role reads every activity."""
    return found_or_near(
        Activity.objects.select_related("mission__country").prefetch_related(
            "tags", "countries", "offices__country"
        ),
        code,
        kind="activity",
        title="title",
    )
