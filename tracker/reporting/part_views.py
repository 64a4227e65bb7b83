"""The pages of a report beside its results: what the activities did, the narrative, and evidence."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tracker.access.requests import PersonRequest
from tracker.activities.models import Activity
from tracker.common.content_policy import DOWNLOAD_POLICY
from tracker.common.documents import CONTENT_TYPES
from tracker.common.errors import NotAllowed, Refused
from tracker.common.uploads import DropLargeFiles
from tracker.framework.models import Indicator
from tracker.progress.choices import Language
from tracker.progress.models import Evidence, NarrativePart, ReportingPeriod, ReportRevision
from tracker.progress.services import evidence as evidence_services
from tracker.progress.services.activity_updates import (
    activities_to_update,
    read_updates,
    save_updates,
    updates_before,
)
from tracker.progress.services.entry_rows import read_entry_rows
from tracker.progress.services.evidence import Described, Unfitting
from tracker.progress.services.narrative import read_narrative, save_narrative
from tracker.progress.services.writing import Written
from tracker.region.models import Mission

from . import services
from .finding import find_report
from .keeping import PARTS, keeps_typing
from .opening import head_of
from .part_forms import THEIRS, NarrativeForm, PartForm, UpdatesForm

MOST_ADDED = 50
"""Activities that an address may add to the page."""


@dataclass(frozen=True)
class Page:
    """A page of rows: the name of its address, its template, how its form is made, and what saves it."""

    view: str
    template: str
    make: Callable[..., PartForm[Any]]
    save: Callable[..., Written[Any, Any]]
    say_saved: Callable[[int], str]

    @property
    def part(self) -> str:
        return PARTS[self.view]


# -- Activities ---------------------------------------------------------------------------------------
def _updates_form(
    request: PersonRequest, of: ReportingPeriod, by: Mission, revision: ReportRevision | None
) -> UpdatesForm:
    more = [*request.GET.getlist("add")[:MOST_ADDED], *request.POST.getlist("added")[:MOST_ADDED]]
    activities = activities_to_update(mission=by, period=of, revision=revision, more=more)
    return UpdatesForm(
        activities=activities,
        held=read_updates(revision),
        previous=updates_before(activities=activities, period=of),
    )


ACTIVITIES = Page(
    view="report-activities",
    template="reporting/activities.html",
    make=_updates_form,
    save=save_updates,
    say_saved=lambda count: ngettext(
        "%(count)s activity saved.", "%(count)s activities saved.", count
    ) % {"count": count},
)  # fmt: skip


@keeps_typing(services.ACTIVITIES)
@login_required
@require_http_methods(["GET", "POST"])
def activities(request: PersonRequest, period: str, mission: str) -> HttpResponse:
    """What the mission's activities came to in the period."""
    return _show_or_save(request, period, mission, ACTIVITIES)


# -- The narrative ------------------------------------------------------------------------------------
def _narrative_form(
    request: PersonRequest, of: ReportingPeriod, by: Mission, revision: ReportRevision | None
) -> NarrativeForm:
    held = read_narrative(revision)
    return NarrativeForm(held=held, usual=_usual_language(by, held))


def _usual_language(by: Mission, held: dict[str, NarrativePart]) -> str:
    """The language in which the mission wrote last; else the person's own."""
    if held:
        return max(held.values(), key=lambda row: row.written_at).language
    last = NarrativePart.objects.filter(revision__report__mission=by).order_by("-written_at", "-pk")
    said = last.values_list("language", flat=True).first() or (get_language() or "en")[:2]
    return said if said in Language.values else Language.ENGLISH.value


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
    return _show_or_save(request, period, mission, NARRATIVE)


# -- Both ---------------------------------------------------------------------------------------------
def _page_of(request: PersonRequest, of: ReportingPeriod, by: Mission, part: str) -> services.FormPage:
    return services.FormPage(request.user.pk, of.code, by.code, part)


def _show_or_save(request: PersonRequest, period: str, mission: str, page: Page) -> HttpResponse:
    of, by, revision = find_report(request, period, mission)
    whose = _page_of(request, of, by, page.part)
    if request.method == "GET":
        return _show(request, of, by, revision, page, typing=services.read_typing(whose))
    if request.POST.get("then") == "discard":
        services.drop_typing(whose)
        return redirect(page.view, period=of.code, mission=by.code)
    return _save(request, of, by, revision, page)


def _save(
    request: PersonRequest, of: ReportingPeriod, by: Mission, revision: ReportRevision | None, page: Page
) -> HttpResponse:
    """Keep all that fits and give the rest back as it was typed: a whole page, or what changes on one that saves by
    itself as one goes.
    """
    whose, saves_itself = _page_of(request, of, by, page.part), bool(request.htmx)  # type: ignore[attr-defined]
    # A choice for the other's words changes what stands in the boxes: that takes a whole page.
    data = {
        name: request.POST[name]
        for name in request.POST
        if not (saves_itself and name.endswith("-choice") and request.POST[name] == THEIRS)
    }
    form = page.make(request, of, by, revision)
    form.read(data)
    try:
        written = page.save(mission=by, period=of, user=request.user, typed=form.typed)
    except Refused as refusal:
        # A lock was met: the page comes back with everything that was typed, now and when it is opened again.
        typing = services.typing_in(request.POST, page.part)
        services.keep_typing(page=whose, typing=typing, is_row=saves_itself)
        refused = _("Nothing was saved. %(why)s") % {"why": refusal}
        if saves_itself:
            return render(request, "reporting/part_refused.html", {"refused": refused})
        status = 403 if isinstance(refusal, NotAllowed) else 409
        _of, _by, revision = find_report(request, of.code, by.code)
        return _show(request, of, by, revision, page, typing=typing, refused=refused, status=status)
    form.mark(saved=written.saved, conflicts=written.conflicts)
    if saves_itself:
        return _answer_saved(request, of, by, written.revision, page, form)
    if "restored" in request.POST:
        services.drop_typing(whose)
    count = len(written.saved)
    said = page.say_saved(count)
    if readings := [reading for row in form.rows if row.is_saved for reading in row.readings]:
        said += " " + _("Read: %(readings)s.") % {"readings": ", ".join(readings)}
    if form.wrong:
        wrong = len(form.wrong)
        left = ngettext(
            "%(count)s needs your attention and is not saved yet.",
            "%(count)s need your attention and are not saved yet.",
            wrong,
        ) % {"count": wrong}
        fresh = page.make(request, of, by, written.revision)
        fresh.keep_wrong(form)
        said = f"{said} {left}" if count else left
        return _show(request, of, by, written.revision, page, form=fresh, refused=said, status=422)
    messages.success(request, said if count else _("Nothing was changed, so nothing was saved."))
    return redirect(page.view, period=of.code, mission=by.code)


def _answer_saved(
    request: PersonRequest,
    of: ReportingPeriod,
    by: Mission,
    revision: ReportRevision,
    page: Page,
    form: PartForm[Any],
) -> HttpResponse:
    """What changes on a page that saves by itself: what is said of the rows that were sent, the counts, the state."""
    sent = [row for row in form.rows if f"{row.key}-shown" in request.POST]
    done = {row.key for row in sent if not row.errors}
    services.drop_rows(_page_of(request, of, by, page.part), done)
    context = {
        **head_of(request, of, by, revision, refused=""),
        "sent": sent,
        "wrong": [row for row in sent if row.errors],
        "now": timezone.localtime(),
        "here": page.view,
        "saves_itself": True,
    }
    return render(request, "reporting/part_saved.html", context)


def _show(
    request: PersonRequest,
    of: ReportingPeriod,
    by: Mission,
    revision: ReportRevision | None,
    page: Page,
    *,
    form: PartForm[Any] | None = None,
    typing: services.Typing | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page. ``typing`` could not be saved: it is back in its boxes, or beside what is stored under a lock."""
    head = head_of(request, of, by, revision, refused=refused)
    whose = _page_of(request, of, by, page.part)
    form = form or page.make(request, of, by, revision)
    if typing is not None:
        (form.restore if head["may_enter"] else form.leave)(typing.fields)
        if not form.is_typed and not refused:
            # All of it is saved by now, from another page.
            services.drop_typing(whose)
    context = {
        **head,
        "here": page.view,
        "form": form,
        "typing": typing if form.is_typed else None,
        "page": services.sign_page(whose),
        "others": _others(of, by, form) if head["may_enter"] and page is ACTIVITIES else [],
    }
    return render(request, page.template, context, status=status)


def _others(of: ReportingPeriod, by: Mission, form: PartForm[Any]) -> list[Activity]:
    """The mission's activities that are not on the page: those that can be added."""
    shown = [row.subject.pk for row in form.rows]
    return list(Activity.objects.own().filter(mission=by).exclude(pk__in=shown).order_by("code"))


# -- Evidence -----------------------------------------------------------------------------------------
@csrf_exempt
def evidence(request: PersonRequest, period: str, mission: str) -> HttpResponse:
    """The documents and links of a report, and the forms that add one.

    Whoever looks into a form reads its files, the guard against forged ones as well: so what is too large is dropped
    before that guard looks (it does, a line further).
    """
    if request.method == "POST":
        dropper = DropLargeFiles(request, most=settings.EVIDENCE_LIMIT_BYTES)
        request.upload_handlers.insert(0, dropper)
        request._dropper = dropper  # type: ignore[attr-defined]
    answer: HttpResponse = _evidence(request, period=period, mission=mission)
    return answer


@csrf_protect
@keeps_typing(services.EVIDENCE)
@login_required
@require_http_methods(["GET", "POST"])
def _evidence(request: PersonRequest, period: str, mission: str) -> HttpResponse:
    of, by, revision = find_report(request, period, mission)
    whose = _page_of(request, of, by, services.EVIDENCE)
    if request.method == "GET":
        typing = services.read_typing(whose)
        return _show_evidence(
            request, of, by, revision, fields=typing.fields if typing else {}, typing=typing
        )
    if request.POST.get("then") == "discard":
        services.drop_typing(whose)
        return redirect("report-evidence", period=of.code, mission=by.code)
    typing = services.typing_in(request.POST, services.EVIDENCE)
    try:
        added = _add(request, of, by)
    except Unfitting as unfit:
        return _show_evidence(
            request, of, by, revision, fields=typing.fields, wrong={unfit.field: str(unfit)}, status=422
        )
    except Refused as refusal:
        services.keep_typing(page=whose, typing=typing)
        refused = _("Nothing was saved. %(why)s") % {"why": refusal}
        status = 403 if isinstance(refusal, NotAllowed) else 409
        _of, _by, revision = find_report(request, of.code, by.code)
        return _show_evidence(
            request, of, by, revision, fields=typing.fields, typing=typing, refused=refused, status=status
        )
    services.drop_typing(whose)
    messages.success(request, _("“%(title)s” is added.") % {"title": added.title})
    return redirect("report-evidence", period=of.code, mission=by.code)


def _add(request: PersonRequest, of: ReportingPeriod, by: Mission) -> Evidence:
    """Add what the form holds. Raises Refused, and Unfitting for what is wrong with a field."""
    indicator = request.POST.get("indicator", "")
    described = Described(
        title=request.POST.get("title", ""),
        note=request.POST.get("note", ""),
        indicator=int(indicator) if indicator.isdecimal() and len(indicator) <= 18 else None,
    )
    to: dict[str, Any] = {"mission": by, "period": of, "user": request.user, "described": described}
    link, file = request.POST.get("link", "").strip(), request.FILES.get("file")
    too_large = request._dropper.too_large  # type: ignore[attr-defined]
    if too_large:
        raise Unfitting("file", evidence_services.say_too_large(too_large, None))
    if file is not None and link:
        raise Unfitting("link", _("Give a file or a link, and the other one by itself afterwards."))
    if file is not None:
        return evidence_services.add_file(**to, file=file, name=file.name or "", size=file.size or 0)
    if link:
        return evidence_services.add_link(**to, link=link)
    raise Unfitting("file", _("Choose a file, or give a link."))


def _show_evidence(
    request: PersonRequest,
    of: ReportingPeriod,
    by: Mission,
    revision: ReportRevision | None,
    *,
    fields: Any,
    typing: services.Typing | None = None,
    wrong: dict[str, str] | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    head = head_of(request, of, by, revision, refused=refused or " ".join((wrong or {}).values()))
    indicators: list[Indicator] = []
    if head["may_enter"]:
        rows = read_entry_rows(mission=by, period=of, revision=revision)
        indicators = [row.indicator for row in rows.values()]
    asked = request.GET.get("indicator", "")
    context = {
        **head,
        "here": "report-evidence",
        "rows": evidence_services.read_evidence(revision),
        "indicators": indicators,
        "chosen": fields.get("indicator", "")
        or next((str(each.pk) for each in indicators if each.code == asked), ""),
        "fields": fields,
        "typing": typing,
        "wrong": wrong or {},
        "most": evidence_services.say_megabytes(settings.EVIDENCE_LIMIT_BYTES),
        "most_bytes": settings.EVIDENCE_LIMIT_BYTES,
        "page": services.sign_page(_page_of(request, of, by, services.EVIDENCE)),
    }
    return render(request, "reporting/evidence.html", context, status=status)


def _find_evidence(request: PersonRequest, period: str, mission: str, pk: int) -> Evidence:
    """Evidence of this report, for whoever may read it; for everybody else there is none."""
    found = evidence_services.find_readable(pk=pk, user=request.user)
    if found is None or not found.revision.report.is_of(period=period, mission=mission):
        raise Http404
    return found


@login_required
@require_GET
@never_cache
def evidence_file(request: PersonRequest, period: str, mission: str, pk: int) -> FileResponse:
    """A document as it came: always a download, never shown by the browser as a page of ours."""
    found = _find_evidence(request, period, mission, pk)
    try:
        content = found.file.open("rb")
    except (FileNotFoundError, ValueError):
        raise Http404(_("The file is no longer in the store.")) from None
    answer = FileResponse(content, content_type=CONTENT_TYPES[found.kind])
    answer["Content-Disposition"] = content_disposition_header(True, found.filename)
    answer["Content-Security-Policy"] = DOWNLOAD_POLICY
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@login_required
@require_POST
def evidence_remove(request: PersonRequest, period: str, mission: str, pk: int) -> HttpResponse:
    """Take evidence out of a draft; a second press finds it gone, and says the same."""
    of, by, _revision = find_report(request, period, mission)
    found = evidence_services.find_readable(pk=pk, user=request.user)
    if found is not None and not found.revision.report.is_of(period=of.code, mission=by.code):
        raise Http404
    try:
        if found is not None:
            evidence_services.remove_evidence(evidence=found, user=request.user)
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except Refused as refusal:
        messages.error(request, _("Nothing was removed. %(why)s") % {"why": refusal})
    else:
        messages.success(request, _("Removed."))
    return redirect("report-evidence", period=of.code, mission=by.code)
