"""Import pages of the Django admin: upload, a preview that is the dry run, and a button that saves what it
shows.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from import_export.admin import ImportMixin

from tracker.access.models import User
from tracker.common.errors import NotAllowed, Refused, Stale

from .choices import LineOutcome, Outcome
from .forms import ACCEPTED, option_field
from .kinds import Kind
from .models import ImportBatch
from .resources import SetBasedResource, result_of_batch
from .services import apply_batch, check_batch, receive_file

SHOWN_CHANGES = 200
SHOWN_ERRORS = 1000


def _person(request: HttpRequest) -> User:
    """Who is signed in; nobody else reaches these pages."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


class UploadForm(forms.Form):
    """A workbook, and what its kind asks to be said beside it."""

    file = forms.FileField(
        label=gettext_lazy("Workbook"),
        help_text=gettext_lazy("XLSX, XLS, ODS or CSV, with the names of the columns in its header row."),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
    )

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for option in kind.options:
            self.fields[option.value] = option_field(option)

    def options(self) -> dict[str, str]:
        """What was said beside the file."""
        return {name: value for name, value in self.cleaned_data.items() if name != "file" and value}


class ConfirmForm(forms.Form):
    """Bound to the batch that holds the file and to the digest of the plan that was shown."""

    batch = forms.IntegerField(widget=forms.HiddenInput)
    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)


class PlanImportMixin(ImportMixin):
    """For a ModelAdmin: set ``import_kind``.

    The preview runs the code that saves. The file stays on its import batch and is never read again from a
    name that a browser posts. All of the file is saved or nothing.
    """

    import_kind: Kind
    import_template_name = "admin/import_plan.html"
    skip_admin_log = True

    def get_import_resource_classes(self, request: HttpRequest) -> list[type[SetBasedResource]]:
        return [SetBasedResource.of(self.import_kind)]

    def has_import_permission(self, request: HttpRequest) -> bool:
        return self.import_kind.may_load(request.user)

    def import_action(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The upload page; with a file, its preview. A large file is checked by a worker, on its own page."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = UploadForm(request.POST or None, request.FILES or None, kind=self.import_kind)
        batch = None
        if request.method == "POST" and form.is_valid():
            try:
                batch = self._receive(request, form)
            except Refused as refusal:
                form.add_error("file", str(refusal.message))
        if batch is not None and batch.is_at_work:
            return HttpResponseRedirect(batch_url(batch))
        return self._show(request, form, batch)

    def _receive(self, request: HttpRequest, form: "UploadForm") -> ImportBatch:
        upload = form.cleaned_data["file"]
        received = receive_file(
            kind=self.import_kind,
            filename=upload.name,
            file=upload,
            user=_person(request),
            options=form.options(),
        )
        for warning in received.warnings:
            messages.warning(request, warning)
        return check_batch(
            batch=received.batch, kind=self.import_kind, at_once=None if batch_url(received.batch) else True
        )

    @method_decorator(require_POST)
    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save what the preview showed, or show the new preview where the data changed since."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        confirm = ConfirmForm(request.POST)
        if not confirm.is_valid():
            messages.error(request, _("Nothing was saved. Upload the file again."))
            return HttpResponseRedirect(self._url("import"))
        batch = get_object_or_404(
            ImportBatch,
            pk=confirm.cleaned_data["batch"],
            kind=self.import_kind.code,
            uploaded_by=request.user,
        )
        try:
            saved = apply_batch(
                kind=self.import_kind,
                batch=batch,
                digest=confirm.cleaned_data["digest"],
                user=_person(request),
                at_once=None if batch_url(batch) else True,
            )
        except Stale as stale:
            messages.error(request, str(stale.message))
            batch.refresh_from_db()
            return self._show(request, UploadForm(kind=self.import_kind), batch)
        except NotAllowed as refusal:
            raise PermissionDenied(str(refusal.message)) from refusal
        except Refused as refusal:
            messages.error(request, str(refusal.message))
            return HttpResponseRedirect(self._url("import"))
        if saved.is_queued:
            return HttpResponseRedirect(batch_url(batch))
        messages.success(
            request,
            _("%(kind)s saved: %(new)d new, %(changed)d changed, %(unchanged)d unchanged.")
            % {
                "kind": self.import_kind.title,
                **_counts(saved.batch),
            },
        )
        return HttpResponseRedirect(self._url("changelist"))

    def _url(self, page: str) -> str:
        app, model = self.get_model_info()
        return reverse(f"admin:{app}_{model}_{page}", current_app=self.admin_site.name)

    def _show(self, request: HttpRequest, form: UploadForm, batch: ImportBatch | None) -> TemplateResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Import %(kind)s") % {"kind": str(self.import_kind.title).lower()},
            "opts": self.model._meta,
            "media": self.media,
            "form": form,
            "kind": self.import_kind,
            "process_url": self._url("process_import"),
        }
        if batch is not None:
            context |= preview_of(kind=self.import_kind, batch=batch)
        request.current_app = self.admin_site.name
        return TemplateResponse(request, [self.import_template_name], context)


def batch_url(batch: ImportBatch) -> str:
    """The page of a batch, outside the admin; nothing where the installation has none."""
    try:
        return reverse("import-batch", args=[batch.pk])
    except NoReverseMatch:
        return ""


def _counts(batch: ImportBatch) -> dict[str, int]:
    return {outcome.value: getattr(batch, outcome.value) for outcome in Outcome}


def preview_of(*, kind: Kind, batch: ImportBatch) -> dict[str, Any]:
    """What the preview shows: counts, errors and questions (up to a thousand of each), the first 200 changes, and
    the button.
    """
    errors = list(batch.lines.errors().in_order()[:SHOWN_ERRORS])
    questions = list(batch.lines.of_outcome(LineOutcome.QUESTION).in_order()[:SHOWN_ERRORS])
    changes = list(batch.lines.changes().in_order()[:SHOWN_CHANGES])
    shown = {
        "batch": batch,
        "result": result_of_batch(
            kind=kind,
            counts=_counts(batch),
            errors=batch.errors,
            rows=batch.rows,
            lines=[*errors[:SHOWN_CHANGES], *changes],
        ),
        "counts": _counts(batch),
        "errors": errors,
        "more_errors": batch.errors - len(errors),
        "questions": questions,
        "more_questions": batch.questions - len(questions),
        "changes": changes,
        "more_changes": batch.new + batch.changed - len(changes),
        "nothing_to_do": not batch.changes_something and not batch.errors,
    }
    if batch.can_be_confirmed:
        shown["confirm_form"] = ConfirmForm(initial={"batch": batch.pk, "digest": batch.plan_digest})
    return shown
