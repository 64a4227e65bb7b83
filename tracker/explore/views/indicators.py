"""The list of indicators, and their adoption: one by one from their pages, or many at once from the list."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from tracker.access.guards import readers_only
from tracker.access.policies import can_plan
from tracker.access.requests import PersonRequest
from tracker.batches.downloads import send_list
from tracker.common.errors import Refused
from tracker.common.lists import cut_page
from tracker.framework.choices import IndicatorStatus
from tracker.framework.models import Indicator, StrategicPriority
from tracker.framework.services.adoption import adopt_indicators

from ..filters.indicators import IndicatorFilter
from ..tables.indicators import IndicatorTable
from .shared import query_without

ROWS_A_PAGE = 50


@readers_only
@require_GET
def indicators(request: PersonRequest) -> HttpResponseBase:
    """Every indicator of the strategy with what it is; officers and administrators choose some and adopt them."""
    of_strategy = Indicator.objects.of_current_strategy()
    chosen = IndicatorFilter(
        request.GET,
        queryset=of_strategy.in_order()
        .select_related("objective__priority")
        .annotate(breakdown_count=Count("breakdowns")),
        priorities=list(StrategicPriority.objects.filter(strategy__is_current=True)),
    )
    may_adopt = can_plan(request.user)
    table = IndicatorTable(chosen.qs, may_adopt=may_adopt)
    sizes = cut_page(request, table, usual=ROWS_A_PAGE)
    if answer := send_list(request, table, name="indicators", user=request.user):
        return answer
    proposed = of_strategy.filter(status=IndicatorStatus.PROPOSED).count()
    return render(
        request,
        "explore/indicators.html",
        {
            "table": table,
            "sizes": sizes,
            "filter": chosen,
            "filters": [(words, query_without(request, name, "page")) for name, words in chosen.active()],
            "total": chosen.count_all(),
            "kept": query_without(request, "page", "per_page"),
            "proposed": proposed,
            "adopts": may_adopt and proposed,
            "listed": of_strategy.count(),
        },
    )


@login_required
@require_POST
def adopt(request: PersonRequest) -> HttpResponseBase:
    """Adopt the indicators that were chosen, all or none, and go back to where the button was."""
    if not can_plan(request.user):
        raise PermissionDenied(_("Only officers and administrators adopt indicators."))
    codes = set(request.POST.getlist("indicator"))
    found = dict(Indicator.objects.of_current_strategy().filter(code__in=codes).values_list("code", "pk"))
    if not codes or len(found) != len(codes):
        messages.error(request, _("Choose indicators from the list. Nothing was adopted."))
        return redirect(_way_back(request))
    try:
        count = adopt_indicators(indicators=list(found.values()), user=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(_way_back(request))
    if count:
        said = ngettext(
            "%(count)s indicator is adopted and falls due from now on.",
            "%(count)s indicators are adopted and fall due from now on.",
            count,
        ) % {"count": count}
    else:
        said = _("These were adopted already.")
    messages.success(request, said)
    return redirect(_way_back(request))


def _way_back(request: PersonRequest) -> str:
    """The page that the button was on, if it is one of ours."""
    back = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None, require_https=request.is_secure())
    return back if ours and back.startswith("/") else reverse("indicators")
