"""A page of rows beside the results of a report: how it is shown, and how it is saved."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tracker.access.requests import PersonRequest
from tracker.activities.models import Activity
from tracker.common.errors import Refused
from tracker.progress.models import ReportingPeriod, ReportRevision
from tracker.progress.services.writing import Written
from tracker.region.models import Mission

from .. import services
from ..finding import find_report
from ..keeping import PARTS
from ..opening import head_of
from ..part_forms import THEIRS, PartForm
from .saving import drop_restored, keep_unsaved, say_saved
from .shared import clock_of, page_of


@dataclass(frozen=True)
class Page:
    """A page of rows: the name of its address, its template, how its form is made, and what saves it."""

    view: str
    template: str
    make: Callable[..., PartForm[Any]]
    save: Callable[..., Written[Any, Any]]
    say_saved: Callable[[int], str]
    others: Callable[[Mission, PartForm[Any]], list[Activity]] = lambda _by, _form: []
    """What whoever writes can add to the page."""

    @property
    def part(self) -> str:
        return PARTS[self.view]


def show_or_save(request: PersonRequest, period: str, mission: str, page: Page) -> HttpResponse:
    """The page as it is asked for; what was typed on it is saved, or discarded."""
    of, by, revision = find_report(request, period, mission)
    whose = page_of(request, of, by, page.part)
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
    whose, saves_itself = page_of(request, of, by, page.part), bool(request.htmx)  # type: ignore[attr-defined]
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
        typing, refused, status = keep_unsaved(request, whose, refusal, is_row=saves_itself)
        if saves_itself:
            return render(request, "reporting/part_refused.html", {"refused": refused})
        _of, _by, revision = find_report(request, of.code, by.code)
        return _show(request, of, by, revision, page, typing=typing, refused=refused, status=status)
    form.mark(saved=written.saved, conflicts=written.conflicts)
    if saves_itself:
        return _answer_saved(request, of, by, written.revision, page, form)
    drop_restored(request, whose)
    count = len(written.saved)
    readings = [reading for row in form.rows if row.is_saved for reading in row.readings]
    said = say_saved(page.say_saved(count), count=count, readings=readings, wrong=len(form.wrong))
    if form.wrong:
        fresh = page.make(request, of, by, written.revision)
        fresh.keep_wrong(form)
        return _show(request, of, by, written.revision, page, form=fresh, refused=said, status=422)
    messages.success(request, said)
    # Back to where the person was, or near: to the last row that they wrote in.
    last = [row.key for row in form.rows if row.is_saved][-1:]
    return redirect(reverse(page.view, args=[of.code, by.code]) + "".join(f"#row-{key}" for key in last))


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
    services.drop_rows(page_of(request, of, by, page.part), done)
    context = {
        **head_of(request, of, by, revision, refused=""),
        "sent": sent,
        "wrong": [row for row in sent if row.errors],
        "at": clock_of(by),
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
    whose = page_of(request, of, by, page.part)
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
        "others": page.others(by, form) if head["may_enter"] else [],
    }
    return render(request, page.template, context, status=status)
