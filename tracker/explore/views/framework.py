"""The framework and one of its objectives, as the region or a mission stands."""

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from tracker.access.guards import readers_only
from tracker.access.policies import rights_of
from tracker.access.requests import PersonRequest, wants_part
from tracker.activities.choices import ActivityStatus
from tracker.batches.downloads import send_sheet
from tracker.common.lists import cut_page
from tracker.framework.models import Objective, StrategicPriority

from ..exports import framework_sheet
from ..forms import FrameworkForm, ListingForm
from ..reading.choices import missions_judged
from ..reading.framework import count_rows, read_rows, select_rows
from ..reading.periods import read_periods
from ..reading.references import list_activities_of, read_ties_of
from ..reading.tree import branches_with_objectives, frames_to_show_by, tree_by_frame, tree_by_pillars
from ..tables.references import ObjectiveActivityTable
from .missing import found_or_near
from .shared import MOST_WRITTEN, as_of, query_without, strategy_and_periods

# So many indicators are shown at once; of more, the tree begins with its objectives folded.
FEW = 40
ACTIVITIES_A_PAGE = 15


@readers_only
@require_GET
def framework(request: PersonRequest) -> HttpResponseBase:
    """The framework as a tree: every indicator under its pillar, priority and objective, or under the goals of an
    outside frame, as the region or one mission stands; what is listed as a file too.
    """
    rights = rights_of(request.user)
    strategy, periods = strategy_and_periods()
    if strategy is None or periods is None:
        return render(request, "explore/empty.html", {"strategy": strategy})
    form = FrameworkForm(
        request.GET,
        periods=periods,
        missions=missions_judged(rights),
        rights=rights,
        priorities=StrategicPriority.objects.filter(strategy=strategy),
        frames=frames_to_show_by(strategy),
    )
    rows = read_rows(strategy, form.choice)
    shown = select_rows(rows, priority=form.given_priority, status=form.given_status, text=form.given_text)
    if answer := send_sheet(
        request,
        lambda tagged: framework_sheet(shown, form.choice, tagged=tagged),
        name="framework",
        user=request.user,
    ):
        return answer
    filters = _filters_in_force(request, form)
    written = len(shown) <= MOST_WRITTEN
    counting = {"with_proposed": form.counts_proposed}
    if form.frame is None:
        tree = tree_by_pillars(shown, **counting)
    else:
        tree = tree_by_frame(shown, form.frame, strategy, **counting)
    return render(
        request,
        "explore/framework.html",
        {
            **as_of(request, strategy, periods, form.choice),
            "form": form,
            "table": count_rows(rows, with_proposed=form.counts_proposed),
            "tree": tree,
            "groups": list(branches_with_objectives(tree)),
            "written": written,
            "listed_as": query_without(request, "priority", "by", "unfold"),
            "unfolds": written and (bool(filters) or form.unfolds or len(shown) <= FEW),
            "few": len(shown) <= FEW,
            "shown": len(shown),
            "shown_as": request.GET.urlencode(),
            "listed": len(rows),
            "filters": filters,
            "folded": query_without(request, "unfold"),
            "kept_but_by": query_without(request, "by"),
        },
    )


def _filters_in_force(request: PersonRequest, form: ListingForm) -> list[tuple[str, str]]:
    """What each filter says, and the query without it."""
    return [(words, query_without(request, name)) for name, words in form.active()]


@readers_only
@require_GET
@vary_on_headers("HX-Request")
def objective(request: PersonRequest, code: str) -> HttpResponseBase:
    """What the strategy commits to here, how its indicators stand, what it serves, and its activities. Asked by
    htmx, the table of its indicators alone, for the framework's page.
    """
    rights = rights_of(request.user)
    found = found_or_near(
        Objective.objects.filter(strategy__is_current=True).select_related("priority__pillar", "strategy"),
        code,
        kind="objective",
        title="title",
    )
    strategy = found.strategy
    periods = read_periods(strategy, today=timezone.localdate())
    context: dict[str, Any] = {"strategy": strategy, "objective": found, "rows": []}
    if periods:
        form = ListingForm(request.GET, periods=periods, missions=missions_judged(rights), rights=rights)
        listed = read_rows(strategy, form.choice, of=[found.pk])
        rows = select_rows(listed, status=form.given_status, text=form.given_text)
        context |= as_of(request, strategy, periods, form.choice)
        context |= {
            "form": form,
            "rows": rows,
            "shown": len(rows),
            "listed": len(listed),
            "filters": _filters_in_force(request, form),
            "shown_as": request.GET.urlencode(),
        }
        if wants_part(request):
            return render(request, "explore/objective_table.html", context)
        if answer := send_sheet(
            request,
            lambda tagged: framework_sheet(rows, form.choice, tagged=tagged),
            name=f"objective-{found.code}",
            user=request.user,
        ):
            return answer
    activities = ObjectiveActivityTable(list_activities_of(found))
    cut_page(request, activities, usual=ACTIVITIES_A_PAGE)
    context |= {
        "ties": read_ties_of(found),
        "activities": activities,
        "historical": any(
            row.record.status == ActivityStatus.HISTORICAL for row in activities.page.object_list
        ),
    }
    return render(request, "explore/objective.html", context)
