"""The pages to read: home by role, the framework, an objective, an indicator; and whether all is well."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_safe

from tracker.access.guards import readers_only
from tracker.access.policies import Rights, rights_of
from tracker.access.requests import PersonRequest
from tracker.analysis.charts import status_finding
from tracker.analysis.engine import standings
from tracker.analysis.meanings import column_meanings, figure_meanings, status_meanings
from tracker.analysis.wording import coverage_sentences
from tracker.batches.downloads import send_sheet
from tracker.common.health import broker_answers, database_answers
from tracker.framework.models import Indicator, Objective, StrategicPriority, Strategy
from tracker.progress.models import ReportingPeriod
from tracker.region.models import Mission

from .exports import framework_sheet
from .forms import ChoiceForm, FrameworkForm
from .reading.charts import region_chart, status_chart
from .reading.choices import Choice, missions_judged
from .reading.flows import read_flow
from .reading.framework import (
    count_rows,
    group_rows,
    read_rows,
    rows_to_worry_about,
    select_rows,
)
from .reading.home import desk_of, open_reports
from .reading.indicator import mission_rows, missions_by_code, rules_in_words
from .reading.periods import Periods, read_completeness, read_periods
from .reading.plans import read_plans
from .reading.rows import figures_of

MOST_WORRIES = 10


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 while the database and the message broker answer, 503 otherwise; needs no account."""
    state = {"database": database_answers(), "broker": broker_answers()}
    return JsonResponse(state, status=200 if all(state.values()) else 503)


@login_required
@require_GET
def home(request: PersonRequest) -> HttpResponse:
    """What waits for this person, by role, and where the region stands."""
    rights = rights_of(request.user)
    if not rights.sees_region:
        return render(request, "explore/no_role.html")
    strategy, periods = _strategy_and_periods()
    if strategy is None:
        return render(request, "explore/empty.html", {"strategy": None})
    today = timezone.localdate()
    context: dict[str, Any] = {"strategy": strategy, "next_period": None, "choice": None}
    if rights.missions:
        context["open_reports"] = open_reports(strategy, rights, today=today)
        context["next_period"] = (
            ReportingPeriod.objects.filter(strategy=strategy, opens_on__gt=today).order_by("number").first()
        )
    if rights.is_officer:
        context["desk"] = desk_of(strategy, request.user)
    if periods:
        choice = Choice(periods.usual)
        rows = read_rows(strategy, choice)
        table = count_rows(rows)
        context |= _as_of(request, strategy, periods, choice)
        context |= {"table": table, "finding": status_finding(table.counts)}
        context["worries"] = rows_to_worry_about(rows, most=MOST_WORRIES)
        context["own_missions"] = Mission.objects.filter(pk__in=rights.missions).order_by("name")
        if "desk" not in context and "open_reports" not in context:
            context["chart"] = status_chart(table, choice)
    return render(request, "explore/home.html", context)


@readers_only
@require_GET
def framework(request: PersonRequest) -> HttpResponseBase:
    """Every indicator under its priority and objective, as the region or one mission stands; what is listed as a
    file too.
    """
    rights = rights_of(request.user)
    strategy, periods = _strategy_and_periods()
    if strategy is None or periods is None:
        return render(request, "explore/empty.html", {"strategy": strategy})
    form = FrameworkForm(
        request.GET,
        periods=periods,
        missions=missions_judged(rights),
        rights=rights,
        priorities=StrategicPriority.objects.filter(strategy=strategy),
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
    return render(
        request,
        "explore/framework.html",
        {
            **_as_of(request, strategy, periods, form.choice),
            "form": form,
            "table": count_rows(rows, with_proposed=form.counts_proposed),
            "groups": group_rows(shown),
            "shown": len(shown),
            "shown_as": request.GET.urlencode(),
            "listed": len(rows),
            "filters": [(words, _query_without(request, name)) for name, words in form.active()],
        },
    )


@readers_only
@require_GET
def objective(request: PersonRequest, code: str) -> HttpResponseBase:
    """What the strategy commits to here, and how its indicators stand."""
    rights = rights_of(request.user)
    found = get_object_or_404(
        Objective.objects.filter(strategy__is_current=True).select_related("priority__pillar", "strategy"),
        code=code,
    )
    strategy = found.strategy
    periods = read_periods(strategy, today=timezone.localdate())
    context: dict[str, Any] = {"strategy": strategy, "objective": found, "rows": []}
    if periods:
        form = ChoiceForm(request.GET, periods=periods, missions=missions_judged(rights), rights=rights)
        context |= _as_of(request, strategy, periods, form.choice)
        rows = read_rows(strategy, form.choice, of=found)
        context |= {"form": form, "rows": rows, "shown_as": request.GET.urlencode()}
        if answer := send_sheet(
            request,
            lambda tagged: framework_sheet(rows, form.choice, tagged=tagged),
            name=f"objective-{found.code}",
            user=request.user,
        ):
            return answer
    return render(request, "explore/objective.html", context)


@readers_only
@require_GET
def indicator(request: PersonRequest, code: str) -> HttpResponse:
    """The reference sheet of an indicator, its standings, its plans and its course."""
    rights = rights_of(request.user)
    found = get_object_or_404(
        Indicator.objects.of_current_strategy()
        .select_related("objective__priority", "strategy")
        .prefetch_related("breakdowns__cells", "replaces", "replaced_by"),
        code=code,
    )
    strategy = found.strategy
    periods = read_periods(strategy, today=timezone.localdate())
    context: dict[str, Any] = {
        "strategy": strategy,
        "indicator": found,
        "rules": rules_in_words(found),
        "plans": read_plans(found, rights),
    }
    if periods:
        form = ChoiceForm(request.GET, periods=periods, missions=(), rights=rights)
        context |= _as_of(request, strategy, periods, form.choice)
        context |= {"form": form, **_indicator_standing(found, strategy, form.choice, rights)}
    return render(request, "explore/indicator.html", context)


def _indicator_standing(
    found: Indicator, strategy: Strategy, choice: Choice, rights: Rights
) -> dict[str, Any]:
    """How the region and the missions stand, whom the region's figures speak for, and the chart."""
    stands = standings(
        strategy=strategy,
        as_of=choice.period,
        indicators=[found.pk],
        provisional=choice.provisional,
    )[found.pk]
    missions = missions_by_code(found)
    rows = mission_rows(found, stands, missions, rights)
    names = {code: mission.name for code, mission in missions.items()}
    return {
        "region": figures_of(found, stands.region, judge=strategy, chosen=choice.period.number),
        "flow": read_flow(found, strategy, choice, missions, judged_at=stands.judged_at),
        "coverage": coverage_sentences(found, stands.region, names),
        "judged": [row for row in rows if row.is_judged],
        "reported": rows if not all(row.is_judged for row in rows) else [],
        "chart": region_chart(found, strategy, stands.region, provisional=choice.provisional),
    }


def _strategy_and_periods() -> tuple[Strategy | None, Periods | None]:
    strategy = Strategy.objects.current()
    return strategy, None if strategy is None else read_periods(strategy, today=timezone.localdate())


def _as_of(request: HttpRequest, strategy: Strategy, periods: Periods, choice: Choice) -> dict[str, Any]:
    """As of when a page speaks and how complete that is, what its marks mean, and the part of its query that
    goes with the reader to other pages.
    """
    code = choice.period.code
    return {
        "strategy": strategy,
        "periods": periods,
        "choice": choice,
        "completeness": periods.running.get(code) or read_completeness([choice.period])[code],
        "legend": {
            "statuses": status_meanings(strategy),
            "words": [*column_meanings(), *figure_meanings()],
        },
        "kept": _query_without(request, "priority", "status", "q"),
        "kept_but_period": _query_without(request, "period"),
    }


def _query_without(request: HttpRequest, *names: str) -> str:
    """The page's own query without some of its parts."""
    query = request.GET.copy()
    for name in names:
        query.pop(name, None)
    return query.urlencode()
