"""One batch: what is in the file, what it would do, what became of it; and the steps from there."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from tracker.access.requests import PersonRequest
from tracker.batches.choices import AT_WORK, CONFIRMABLE, BatchStatus, LineOutcome
from tracker.batches.kinds import Kind
from tracker.batches.models import ImportBatch
from tracker.batches.policies import may_open_file, may_save_good_rows, may_undo
from tracker.batches.services import apply_batch, cancel_batch, recheck_batch
from tracker.batches.services.reading import columns_for
from tracker.batches.wording import say_outcome, say_same_file

from ..filters import LineFilter
from ..forms import ReadingForm
from ..labels import mark_outcome, mark_state
from ..lines import columns_of, count_lines, read_lines
from ..wording import say_course, say_reading
from .access import KindIsGone, find_batch, kinds_of, open_batch, take_step

RECHECKABLE = (*CONFIRMABLE, BatchStatus.CANCELLED, BatchStatus.FAILED)
_LEFT_OUT_SHOWN = 200


@login_required
@require_GET
@never_cache
def batch(request: PersonRequest, pk: int) -> HttpResponse:
    """A batch as it stands: waited for, to be decided on, or done."""
    try:
        found, kind = find_batch(request, pk)
    except KindIsGone as gone:
        return _show_orphan(request, gone.batch)
    if request.headers.get("HX-Request") and not found.is_at_work:
        # What the page waits for is there.
        return HttpResponseClientRefresh()
    return _show(request, found, kind)


def _show_orphan(request: PersonRequest, found: ImportBatch) -> HttpResponse:
    """What is left to be done with a batch of a kind that there is no more."""
    context = {
        "batch": found,
        "state": mark_state(found),
        "outcome": say_outcome(found),
        "kinds": kinds_of(request.user),
    }
    return render(request, "imports/orphan.html", context)


def _show(
    request: PersonRequest,
    found: ImportBatch,
    kind: Kind,
    *,
    reading: ReadingForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, with what was typed into a form that was refused."""
    is_open = may_open_file(request.user, kind=kind, batch=found)
    context: dict[str, Any] = {
        "batch": found,
        "kind": kind,
        "state": mark_state(found),
        "stands": found.stands.value,
        "outcome": say_outcome(found),
        "is_open": is_open,
        "is_at_work": found.is_at_work,
        "good": found.new + found.changed,
        "out": found.bad_rows + found.left_out,
        "may_cancel": is_open and (found.is_at_work or found.status in CONFIRMABLE),
        "may_undo": found.status == BatchStatus.APPLIED and may_undo(request.user, kind=kind, batch=found),
    }
    if found.is_at_work:
        context["course"] = say_course(found)
    elif is_open:
        context |= _context_of_what_was_found(request, found, kind, reading)
    return render(request, "imports/batch.html", context, status=status)


def _context_of_what_was_found(
    request: PersonRequest, found: ImportBatch, kind: Kind, reading: ReadingForm | None
) -> dict[str, Any]:
    """What the file says and how it was read, for those who may open it."""
    columns = [column.name for column in columns_for(kind, found.options)]
    context: dict[str, Any] = {
        "facts": say_reading(found),
        "same_file": say_same_file(found.same_as) if found.same_as else "",
        "may_recheck": found.stands in RECHECKABLE,
        "is_forgotten": found.stands in CONFIRMABLE and not found.has_lines,
        "may_save_good": found.has_good_rows and may_save_good_rows(request.user),
    }
    if found.stands in RECHECKABLE:
        context["reading"] = reading or ReadingForm(batch=found, kind=kind, columns=columns)
    if found.has_lines:
        context |= _context_of_lines(request.GET, found, columns)
    return context


def _context_of_lines(asked: QueryDict, found: ImportBatch, columns: list[str]) -> dict[str, Any]:
    chosen = LineFilter(asked, counts=count_lines(found), columns=columns_of(found, columns))
    narrowed = chosen.narrow(found.lines.all())
    lines = read_lines(found, narrowed, asked.get("page"), is_searched=bool(chosen.chosen("text")))
    rest = asked.copy()
    rest.pop("page", None)
    return {
        "filter": chosen,
        "lines": lines,
        "rows": [(line, mark_outcome(line.outcome)) for line in lines.shown],
        "query": rest.urlencode(),
    }


@login_required
@require_POST
def read_again(request: PersonRequest, pk: int) -> HttpResponse:
    """Check the same file once more: as before, or read in another way."""
    found, kind = open_batch(request, pk)
    if "as-before" in request.POST:
        return take_step(request, found, lambda: _check_again(found, kind, request))
    columns = [column.name for column in columns_for(kind, found.options)]
    form = ReadingForm(request.POST, batch=found, kind=kind, columns=columns)
    if found.stands not in RECHECKABLE or form.is_valid():
        return take_step(request, found, lambda: _check_again(found, kind, request, form))
    return _show(request, found, kind, reading=form, status=422)


def _check_again(
    found: ImportBatch, kind: Kind, request: PersonRequest, form: ReadingForm | None = None
) -> str:
    how: dict[str, Any] = {}
    if form is not None and form.is_valid():
        how = {"reading": form.reading(), "options": form.options()}
    checked = recheck_batch(batch=found, kind=kind, user=request.user, **how)
    return "" if checked.is_at_work else _("Checked again. This is what the file would do now.")


@login_required
@require_POST
def cancel(request: PersonRequest, pk: int) -> HttpResponse:
    """Stop a batch that is being checked or saved, or give up one that was checked."""
    found, kind = open_batch(request, pk)
    if found.status == BatchStatus.CANCELLED:
        # Pressed twice.
        return redirect("import-batch", pk=pk)

    def step() -> str:
        cancel_batch(batch=found, kind=kind, user=request.user)
        return ""

    return take_step(request, found, step)


@login_required
@require_POST
def save(request: PersonRequest, pk: int) -> HttpResponse:
    """Save what the page showed."""
    found, kind = open_batch(request, pk)
    return take_step(request, found, lambda: _save(found, kind, request, good_rows_only=False))


@login_required
@require_http_methods(["GET", "POST"])
def save_good(request: PersonRequest, pk: int) -> HttpResponse:
    """Save the rows of a refused file that have no error, after a page that says what is left out."""
    found, kind = open_batch(request, pk)
    if request.method == "POST":
        return take_step(request, found, lambda: _save(found, kind, request, good_rows_only=True))
    if not found.has_good_rows or not may_save_good_rows(request.user):
        return redirect("import-batch", pk=pk)
    bad = found.lines.of_outcome(LineOutcome.ERROR, LineOutcome.LEFT_OUT).in_order()
    return render(
        request,
        "imports/good_rows.html",
        {
            "batch": found,
            "kind": kind,
            "good": found.new + found.changed,
            "out": found.bad_rows + found.left_out,
            "rows": [(line, mark_outcome(line.outcome)) for line in bad[:_LEFT_OUT_SHOWN]],
            "more": max(bad.count() - _LEFT_OUT_SHOWN, 0),
        },
    )


def _save(found: ImportBatch, kind: Kind, request: PersonRequest, *, good_rows_only: bool) -> str:
    saved = apply_batch(
        batch=found,
        kind=kind,
        digest=request.POST.get("digest", ""),
        user=request.user,
        good_rows_only=good_rows_only,
    )
    if saved.batch.status in AT_WORK:
        return ""
    counts = {"new": saved.batch.new, "changed": saved.batch.changed}
    said = _("Saved: %(new)d new, %(changed)d changed.") % counts
    out = saved.batch.bad_rows + saved.batch.left_out
    if saved.batch.good_rows_only and out:
        left = ngettext("%(count)d row was left out.", "%(count)d rows were left out.", out)
        said += " " + left % {"count": out}
    return said
