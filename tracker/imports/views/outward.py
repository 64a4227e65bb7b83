"""What goes out: kinds as files, the strategy as one workbook, templates to fill in, and the complete export."""

import tempfile
from typing import IO, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
)
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from tracker.access.guards import View, readers_only
from tracker.access.models import User
from tracker.access.requests import PersonRequest
from tracker.batches.downloads import CONTENT_TYPES, send, send_file
from tracker.batches.kinds import Kind
from tracker.batches.outward import sheet_of
from tracker.batches.policies import may_take_everything
from tracker.batches.selections import Selection
from tracker.batches.services import find_taken, record_taken
from tracker.common.errors import Refused
from tracker.common.formats import show_quarter
from tracker.common.workbooks.xlsx_sheets import TooManyRows
from tracker.framework.models import StrategicPriority, Strategy
from tracker.progress.models import ReportingPeriod
from tracker.region.models import Mission

from ..everything import write_everything
from ..forms import SelectionForm
from ..registry import KINDS, find_kind, kinds_that_count
from ..templates import has_template, make_template
from ..wording import say_taken

# What an administrator types before everything is handed over.
WORD = "CONFIDENTIAL"


def outward(view: View) -> View:
    """A reader's view; a refusal of a service is said as a page that is not there, one of a workbook that would be
    too long on the page of downloads.
    """

    @readers_only
    @never_cache
    def guarded(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except TooManyRows as refusal:
            messages.error(request, str(refusal))
            return redirect("downloads")
        except Refused as refusal:
            raise Http404(str(refusal.message)) from refusal

    return guarded


@outward
@require_GET
def downloads(request: PersonRequest) -> HttpResponse:
    """What a person may take away, by kind; the templates they may fill in; who took what, for administrators."""
    everything = may_take_everything(request.user)
    taken = find_taken() if everything else []
    people = User.objects.in_bulk([each.person for each in taken if each.person])
    takes = _may_take(request.user)
    fills = [kind for kind in KINDS.values() if has_template(kind) and kind.may_load(request.user)]
    titles = {kind.code: str(kind.title) for kind in KINDS.values()}
    form = _selection_form(request)
    return render(
        request,
        "imports/outward.html",
        {
            "form": form,
            "query": form.query,
            "kinds": [
                (kind, kind in takes, kind in fills)
                for kind in KINDS.values()
                if kind in takes or kind in fills
            ],
            "formats": ["xlsx", "ods", "csv"],
            "may_load": bool(fills),
            "everything": everything,
            "taken": [(each, say_taken(each, titles=titles), people.get(each.person or 0)) for each in taken],
        },
    )


def _selection_form(request: HttpRequest) -> SelectionForm:
    """The form of what is taken, with the missions, periods and priorities that there are."""
    strategy = Strategy.objects.current()
    priorities = StrategicPriority.objects.filter(strategy=strategy).order_by("order", "code")
    periods = ReportingPeriod.objects.filter(strategy=strategy).order_by("number")
    return SelectionForm(
        _selection(request),
        missions=dict(Mission.objects.order_by("name").values_list("code", "name")),
        periods={code: show_quarter(code) for code in periods.values_list("code", flat=True)},
        priorities={code: f"{code} {title}" for code, title in priorities.values_list("code", "title")},
    )


@outward
@require_GET
def export_kind(request: PersonRequest, code: str, suffix: str) -> HttpResponseBase:
    """One kind, as XLSX, ODS or CSV; ``?hxl=1`` puts a row of HXL tags below the header."""
    kind = find_kind(code)
    if kind is None or kind.export is None or suffix not in CONTENT_TYPES:
        raise Http404(_("There is no such file."))
    if not kind.export.may_take(request.user):
        raise PermissionDenied(_("“%(kind)s” is not yours to take away.") % {"kind": kind.title})
    selection = _selection(request)
    sheet = sheet_of(
        kind=kind,
        selection=selection,
        user=request.user,
        tagged=request.GET.get("hxl") == "1",
        keyed=suffix != "csv",
    )
    record_taken(what=code, format=suffix, user=request.user, selection=selection)
    return send([sheet], name=code, suffix=suffix)


@outward
@require_GET
def export_all(request: PersonRequest, suffix: str) -> HttpResponseBase:
    """The strategy with its plans and approved results as one workbook, a sheet for each kind."""
    if suffix not in ("xlsx", "ods"):
        raise Http404(_("There is no such file."))
    selection = _selection(request)
    sheets = [
        sheet_of(
            kind=kind,
            selection=selection,
            user=request.user,
            tagged=request.GET.get("hxl") == "1",
            keyed=True,
        )
        for kind in kinds_that_count()
        if kind in _may_take(request.user)
    ]
    record_taken(what="all", format=suffix, user=request.user, selection=selection)
    return send(sheets, name="strategy", suffix=suffix)


@outward
@require_GET
def template(request: PersonRequest, code: str) -> HttpResponseBase:
    """A workbook to be filled in, for the missions, periods and priorities that are asked for."""
    kind = find_kind(code)
    if kind is None or not has_template(kind):
        raise Http404(_("There is no such file."))
    if not kind.may_load(request.user):
        raise PermissionDenied(_("You may not load “%(kind)s”.") % {"kind": kind.title})
    selection = _selection(request)
    content = make_template(kind=kind, selection=selection, user=request.user)
    record_taken(what=f"template {code}", format="xlsx", user=request.user, selection=selection)
    return send_file(content, name=f"{code}-template", suffix="xlsx")


@outward
@require_http_methods(["GET", "POST"])
def everything(request: PersonRequest) -> HttpResponseBase:
    """The complete export. The first page says what it is, the second asks for a word; then it is handed over."""
    if not may_take_everything(request.user):
        raise PermissionDenied(_("The complete export is for administrators."))
    asks = request.method == "POST" or request.GET.get("step") == "confirm"
    typed = request.POST.get("word", "")
    if request.method == "POST" and typed.strip() == WORD:
        file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 (the answer closes it)
        write_everything(to=file, made_on=timezone.localdate())
        record_taken(what="everything", format="zip", user=request.user)
        file.seek(0)
        name = f"confidential-everything-{timezone.localdate():%Y-%m-%d}.zip"
        return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")
    return render(
        request,
        "imports/everything.html",
        {"asks": asks, "word": WORD, "is_wrong": bool(typed), "typed": typed},
    )


def _selection(request: HttpRequest) -> Selection:
    """What the address asks for: codes parted by commas, or a name given several times."""

    def codes(*names: str) -> frozenset[str]:
        given = [each for name in names for each in request.GET.getlist(name)]
        return frozenset(code.strip() for each in given for code in each.split(",") if code.strip())

    return Selection(
        missions=codes("missions", "mission"),
        periods=codes("periods", "period"),
        priorities=codes("priorities", "priority"),
        indicators=codes("indicators", "indicator"),
    )


def _may_take(user: User) -> list[Kind]:
    """The kinds that a person may take away."""
    return [kind for kind in KINDS.values() if kind.export is not None and kind.export.may_take(user)]
