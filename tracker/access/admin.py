"""What the administration pages have in common: who gets in, how a service's refusal is said, how history is
listed.

Rights come from memberships. Saves and deletes call services.
"""

from collections.abc import Callable, Collection
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, Field, FileField, ForeignKey, Model, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from tracker.common.bulk import area_of, share_writes
from tracker.common.errors import Refused
from tracker.common.records import delete_record, save_record

from .models import User
from .policies import can_administer, can_plan

Column = str | Callable[[Any], Any]

# Of a table that has no list of its own.
COLUMNS = 9


def person_of(request: HttpRequest) -> User:
    """Who is signed in; nobody else reaches these pages."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def _as_text(field: Field, attribute: str) -> Column:
    """A column or a line of a page that shows what is kept and follows it nowhere."""

    @admin.display(description=field.verbose_name, ordering=field.name)
    def show(row: Any) -> str:
        value = getattr(row, attribute)
        return "" if value is None else str(value)

    show.__name__ = f"{field.name}_as_text"
    return show


def _shown(field: Field) -> Column:
    """A file by its name in the storage, without a link: files are handed out by pages that ask who comes."""
    return _as_text(field, field.name) if isinstance(field, FileField) else field.name


class ReadOnlyAdmin(admin.ModelAdmin):
    """Looked at by administrators, written by nobody here."""

    list_per_page = 50
    show_full_result_count = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return can_administer(request.user)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        files = {f.name: f for f in self.model._meta.concrete_fields if isinstance(f, FileField)}
        return [_shown(files[name]) if name in files else name for name in super().get_fields(request, obj)]


class PlannedAdmin(ReadOnlyAdmin):
    """What officers and administrators plan; a workbook is the way in."""

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return can_plan(request.user)


class EditedAdmin(ReadOnlyAdmin):
    """Edited by administrators, through the service that writes one row."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return can_administer(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return can_administer(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return can_administer(request.user)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What a service refuses is said on the form, with all that was typed still in it."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except Refused as refusal:
            # The transaction of the first try is rolled back; the second one stops at the form.
            request._refusal = refusal  # type: ignore[attr-defined]
            return super().changeform_view(request, *args, **kwargs)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        refusal = getattr(request, "_refusal", None)
        if refusal is None:
            return form

        class RefusedForm(form):
            def clean(self) -> Any:
                cleaned = super().clean()
                self.add_error(None, str(refusal))
                return cleaned

        return RefusedForm

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Before a row is read to be changed: one read while an import is at work would be written back as it
        was before that.
        """
        if request.method == "POST":
            share_writes(area_of(self.model))
        return super().get_object(request, object_id, from_field)

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().delete_view(request, *args, **kwargs)
        except Refused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return redirect(request.get_full_path())

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        save_record(record=obj)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        delete_record(record=obj)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for record in formset.save(commit=False):
            save_record(record=record)
        for record in formset.deleted_objects:
            delete_record(record=record)
        formset.save_m2m()


class PlannedInline(admin.TabularInline):
    """Seen by who plans, edited by administrators; added to, and no more, once ``is_used`` says so."""

    extra = 0

    def is_used(self, obj: Any) -> bool:
        raise NotImplementedError

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return can_plan(request.user)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return can_administer(request.user)

    def _may_rewrite(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return can_administer(request.user) and not (obj is not None and obj.pk and self.is_used(obj))

    has_change_permission = has_delete_permission = _may_rewrite


class RecordAdmin(ReadOnlyAdmin):
    """Every other table: its first columns, and with each row that it names what names that one.

    Where a row belongs to a revision, ``way_to_revision`` says how to get there ("" for the revision itself):
    what drafts and submitted reports hold is the mission's and the officers' alone, and left out.
    """

    way_to_revision: ClassVar[str | None] = None
    internal: ClassVar[Collection[str]] = ()

    @property
    def _columns(self) -> list[Field]:
        """The first columns, without what is ``internal``: the mission's and the officers' alone for good."""
        fields: Any = self.model._meta.concrete_fields
        return [field for field in fields if field.name not in self.internal][:COLUMNS]

    def get_exclude(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return list(self.internal)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        if self.way_to_revision is None:
            return rows
        status = f"{self.way_to_revision}__status" if self.way_to_revision else "status"
        return rows.filter(**{status: "approved"})

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return [_shown(field) for field in self._columns]

    def get_list_select_related(self, request: HttpRequest) -> list[str]:
        named = []
        for field in self._columns:
            if isinstance(field, ForeignKey):
                further = [
                    f"{field.name}__{each.name}"
                    for each in field.related_model._meta.concrete_fields
                    if isinstance(each, ForeignKey)
                ]
                named += further or [field.name]
        return named


class HistoryAdmin(RecordAdmin):
    """The history of a table. It outlives what it speaks of, so rows are named by their numbers.

    Of what belongs to revisions it begins with the approval: what was changed, or taken out again, while the
    report was a draft is the mission's and the officers' alone.
    """

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        events = super().get_queryset(request)
        if not self.way_to_revision:  # no part of a revision; or a revision, which says itself what it was
            return events
        # What an approved revision consists of is never changed: each row's last event is what was approved.
        later = self.model._default_manager.filter(
            pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__gt=OuterRef("pgh_id")
        )
        return events.filter(~Exists(later)).exclude(pgh_label="delete")

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return [
            _as_text(field, field.attname) if isinstance(field, ForeignKey) else _shown(field)
            for field in self._columns
        ]

    def get_list_select_related(self, request: HttpRequest) -> list[str]:
        return []
