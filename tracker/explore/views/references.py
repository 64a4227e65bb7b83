"""The outside frames that the strategy answers to: their list, one of them as a tree, one of its goals."""

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tracker.access.guards import readers_only
from tracker.access.policies import rights_of
from tracker.access.requests import PersonRequest
from tracker.batches.downloads import send_list, send_sheet
from tracker.common.lists import cut_page
from tracker.framework.models import ReferenceFramework, ReferenceGoal, Strategy

from ..exports import serving_sheet
from ..filters.references import FrameworkFilter
from ..forms import GoalForm
from ..reading.framework import read_rows
from ..reading.references import (
    by_goal,
    find_node,
    join_rows,
    list_activities,
    list_frameworks,
    question_of,
    read_goal_tree,
    read_ties,
    walk,
    way_to,
)
from ..tables.references import FrameworkTable, GoalActivityTable
from .missing import found_or_near
from .shared import as_of, query_without, strategy_and_periods

ROWS_A_PAGE = 50
ACTIVITIES_A_PAGE = 15


@readers_only
@require_GET
def references(request: PersonRequest) -> HttpResponseBase:
    """The outside frames that the source documents name, and how many objectives serve each."""
    strategy = Strategy.objects.current()
    chosen = FrameworkFilter(request.GET, queryset=list_frameworks(strategy))
    table = FrameworkTable(chosen.qs)
    sizes = cut_page(request, table, usual=ROWS_A_PAGE)
    if answer := send_list(request, table, name="references", user=request.user):
        return answer
    return render(
        request,
        "explore/references.html",
        {
            "table": table,
            "sizes": sizes,
            "filter": chosen,
            "filters": [(words, query_without(request, name, "page")) for name, words in chosen.active()],
            "total": chosen.count_all(),
            "kept": query_without(request, "page", "per_page"),
            "any": ReferenceFramework.objects.exists(),
        },
    )


@readers_only
@require_GET
def reference(request: PersonRequest, framework: str) -> HttpResponseBase:
    """The goals of a framework as a tree, with how many objectives serve each."""
    found = found_or_near(ReferenceFramework.objects.all(), framework, kind="reference", title="name")
    strategy = Strategy.objects.current()
    tree = read_goal_tree(found, strategy)
    nodes = list(walk(tree))
    return render(
        request,
        "explore/reference.html",
        {
            "framework": found,
            "tree": tree,
            "goals": len(nodes),
            "served": len(frozenset[int]().union(*(node.own for node in nodes))),
            "general_knowledge": sum(node.is_general_knowledge for node in nodes),
        },
    )


@readers_only
@require_GET
def goal(request: PersonRequest, framework: str, goal: str) -> HttpResponseBase:
    """What serves a goal: objectives with basis, reason and source, how their indicators stand, activities, and
    the goals above and below it.
    """
    frame = found_or_near(ReferenceFramework.objects.all(), framework, kind="reference", title="name")
    found = found_or_near(
        ReferenceGoal.objects.filter(framework=frame).select_related("framework"),
        goal,
        kind="goal",
        title="title",
        parent=frame.code,
    )
    strategy, periods = strategy_and_periods()
    tree = read_goal_tree(found.framework, strategy)
    node = find_node(tree, found.pk)
    below = [] if node is None else list(walk(node.children))
    ties = read_ties([found.pk, *(each.goal.pk for each in below)], strategy)
    context: dict[str, Any] = {"framework": found.framework, "goal": found, "node": node}
    rows = []
    basis = ""
    if strategy is not None and periods is not None:
        form = GoalForm(request.GET, periods=periods, missions=(), rights=rights_of(request.user))
        basis = form.given_basis
        rows = read_rows(strategy, form.choice, of={tie.objective_id for tie in ties})
        context |= as_of(request, strategy, periods, form.choice)
        context |= {
            "form": form,
            "filters": [(words, query_without(request, name)) for name, words in form.active()],
        }
    servings = join_rows([tie for tie in ties if not basis or tie.basis == basis], rows)
    if answer := send_sheet(
        request,
        lambda tagged: serving_sheet(servings, found.framework, tagged=tagged),
        name=f"{found.framework.code}-{found.code}",
        user=request.user,
    ):
        return answer
    of_goal = by_goal(servings)
    activities = GoalActivityTable(
        list_activities([found.pk], {tie.objective_id for tie in ties if tie.goal_id == found.pk})
    )
    cut_page(request, activities, usual=ACTIVITIES_A_PAGE)
    return render(
        request,
        "explore/reference_goal.html",
        {
            **context,
            "ties": ties,
            "way": way_to(found, tree),
            "question": "" if strategy is None else question_of(found.framework, strategy),
            "servings": of_goal.get(found.pk, []),
            "below": [(each, of_goal.get(each.goal.pk, [])) for each in below],
            "activities": activities,
            "shown_as": request.GET.urlencode(),
        },
    )
