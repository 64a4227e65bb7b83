"""Whether the figures are right: what the last recount found, and asking for another."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tracker.access.policies import can_plan
from tracker.access.requests import PersonRequest
from tracker.analysis.services import plan_recounts
from tracker.framework.models import Strategy

from ..reading.recounts import read_recounts
from ..wording.recounts import say_figure, say_place, say_state, say_table


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def recounts(request: PersonRequest) -> HttpResponse:
    """What the last recount found, with the rows concerned; posting asks for one now."""
    if not can_plan(request.user):
        raise PermissionDenied(_("The recount of the figures is for officers and administrators."))
    strategy = Strategy.objects.current()
    if strategy is None:
        return render(request, "explore/empty.html", {"strategy": None})
    if request.method == "POST":
        if plan_recounts():
            messages.success(
                request, _("A recount has begun. It goes on by itself; come back in a few minutes.")
            )
        else:
            messages.info(
                request, _("A recount is being made already, or there is no period to recount yet.")
            )
        return redirect("recounts")
    found = read_recounts(strategy)
    context: dict[str, Any] = {"recounts": found, "strategy": strategy}
    if found.ended is not None:
        context["altered"] = [_row(row) for row in found.ended.findings["altered"]]
        context["more_altered"] = (found.ended.altered or 0) - len(context["altered"])
        context["disputed"] = [
            {
                **each,
                "figures": [
                    {**one, "name": say_figure(one["name"]), "place": say_place(one["place"])}
                    for one in each["figures"]
                ],
                "rows": [_row(row) for row in each["rows"]],
            }
            for each in found.ended.findings["indicators"]
        ]
    return render(request, "explore/recounts.html", context)


def _row(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "table": say_table(row["table"]), "state": say_state(row["state"])}
