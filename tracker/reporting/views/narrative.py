"""What the mission tells of the period."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tracker.access.requests import PersonRequest
from tracker.progress.models import ReportingPeriod, ReportRevision
from tracker.progress.services.narrative import save_narrative
from tracker.region.models import Mission

from .. import services
from ..forming import narrative_of
from ..keeping import keeps_typing
from ..part_forms import NarrativeForm
from .parts import Page, show_or_save


def _narrative_form(
    request: PersonRequest, of: ReportingPeriod, by: Mission, revision: ReportRevision | None
) -> NarrativeForm:
    return narrative_of(by, revision)


NARRATIVE = Page(
    view="report-narrative",
    template="reporting/narrative.html",
    make=_narrative_form,
    save=save_narrative,
    say_saved=lambda count: ngettext(
        "%(count)s section saved.", "%(count)s sections saved.", count
    ) % {"count": count},
)  # fmt: skip


@keeps_typing(services.NARRATIVE)
@login_required
@require_http_methods(["GET", "POST"])
def narrative(request: PersonRequest, period: str, mission: str) -> HttpResponse:
    """What the mission tells of the period."""
    return show_or_save(request, period, mission, NARRATIVE)
