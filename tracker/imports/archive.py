"""What the complete export consists of: a CSV file for each table, or the reason why a table stays.

A new table is named here, in ``TABLES`` behind those that it refers to, or in ``LEFT_OUT``; its columns and its
history follow by themselves.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pghistory.models import Context

from tracker.access.models import Invitation, Membership, User
from tracker.activities import models as activities
from tracker.batches.models import ColumnMapping, ImportBatch, ImportLine
from tracker.batches.services import LOADED
from tracker.common.jobs.models import Job
from tracker.common.tables import find_columns
from tracker.common.workbooks.specs import Column, SheetSpec
from tracker.framework import models as framework
from tracker.notices.models import Notice, NoticePreference
from tracker.progress import models as progress
from tracker.region import models as region

DICTIONARY = "data_dictionary.csv"


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the archive: its file and its model, the columns that stay and why, the rows that go (SQL)."""

    name: str
    model: type[models.Model]
    stays: Mapping[str, str | Promise]
    where: str = ""

    @property
    def file(self) -> str:
        return f"{self.name}.csv"

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def key(self) -> list[str]:
        """The columns that name a row, and by which rows are sorted."""
        fields: Any = self.model._meta.pk_fields
        return [field.column for field in fields]

    @property
    def columns(self) -> dict[str, str]:
        """The columns that go, with their types."""
        return {name: kind for name, kind in find_columns(self.table).items() if name not in self.stays}

    @property
    def constants(self) -> dict[str, str]:
        """SQL for what is written in the columns that stay: nobody has a password before choosing one."""
        return {"password": f"'{make_password(None)}'"} if "password" in self.stays else {}


def _named_models() -> Iterator[tuple[str, type[models.Model]]]:
    """The tables of the archive in the order in which they are written: each behind those that it refers to."""
    # The reports' package is beside this one in the house plan; its tables are found by their names.
    reports = {name: apps.get_model("tracker", name) for name in ("ReportSchedule", "Edition", "EditionFile")}
    yield from (
        ("countries", region.Country),
        ("missions", region.Mission),
        ("offices", region.Office),
        ("conventions", region.Convention),
        ("ratifications", region.Ratification),
        ("key_figures", region.KeyFigure),
        ("people", User),
        ("email_addresses", EmailAddress),
        ("memberships", Membership),
        ("invitations", Invitation),
        ("notices", Notice),
        ("notice_preferences", NoticePreference),
        ("jobs", Job),
        ("import_batches", ImportBatch),
        ("import_lines", ImportLine),
        ("column_mappings", ColumnMapping),
        ("strategies", framework.Strategy),
        ("pillars", framework.Pillar),
        ("priorities", framework.StrategicPriority),
        ("objectives", framework.Objective),
        ("breakdowns", framework.Breakdown),
        ("cells", framework.Cell),
        ("indicators", framework.Indicator),
        ("indicator_breakdowns", framework.IndicatorBreakdown),
        ("indicator_replacements", framework.IndicatorReplacement),
        ("reference_frameworks", framework.ReferenceFramework),
        ("reference_goals", framework.ReferenceGoal),
        ("alignments", framework.Alignment),
        ("tags", activities.Tag),
        ("activities", activities.Activity),
        ("activity_objectives", activities.ActivityObjective),
        ("activity_goals", activities.ActivityGoal),
        ("activity_tags", activities.ActivityTag),
        ("activity_countries", activities.ActivityCountry),
        ("activity_offices", activities.ActivityOffice),
        ("funding_requirements", activities.FundingRequirement),
        ("funding_totals", activities.FundingTotal),
        ("periods", progress.ReportingPeriod),
        ("assignments", progress.IndicatorAssignment),
        ("baselines", progress.Baseline),
        ("targets", progress.Target),
        ("reports", progress.ProgressReport),
        ("revisions", progress.ReportRevision),
        ("review_events", progress.ReviewEvent),
        ("event_indicators", progress.EventIndicator),
        ("extensions", progress.Extension),
        ("results", progress.IndicatorResult),
        ("cell_values", progress.CellValue),
        ("narratives", progress.NarrativePart),
        ("activity_updates", progress.ActivityUpdate),
        ("evidence", progress.Evidence),
        ("filled_workbooks", progress.FilledWorkbook),
        ("schedules", reports["ReportSchedule"]),
        ("editions", reports["Edition"]),
        ("edition_files", reports["EditionFile"]),
        ("contexts", Context),
    )


def tables_of_everything() -> list[Table]:
    """The tables of the archive, each that has a history followed by it, in the order in which they are written."""
    found = []
    for name, model in _named_models():
        stays = _STAYS.get(model, {})
        where = f"NOT jsonb_exists(metadata, '{LOADED}')" if model is Context else ""
        found.append(Table(name, model, stays, where))
        history = getattr(model, "pgh_event_model", None)
        if history is not None:
            found.append(Table(f"history_of_{name}", history, {}))
    return found


_STAYS: Mapping[type[models.Model], Mapping[str, str | Promise]] = {
    User: {
        "password": gettext_lazy(
            "Left out: a secret. People choose a new password by the link on the sign-in page."
        )
    },
    Notice: {"mail_id": gettext_lazy("Left out, as the mails are.")},
}

# Tables that stay, with the reason.
LEFT_OUT: Mapping[str, str | Promise] = {
    "tracker_outbox": gettext_lazy("Left out: mails. Those that wait would be sent by both installations."),
    "tracker_cache": gettext_lazy("Left out: what is kept for speed, and typing that could not be saved."),
    "tracker_dataversion": gettext_lazy(
        "Left out: kept for speed; the other installation counts for itself."
    ),
    "tracker_datachange": gettext_lazy("Left out: empty but for the moment in which something is saved."),
    "tracker_recount": gettext_lazy(
        "Left out: it speaks of this installation’s database; recount the other."
    ),
    "account_emailconfirmation": gettext_lazy("Left out: secrets, the keys in mails."),
    "mfa_authenticator": gettext_lazy(
        "Left out: secrets. People set up their second factor and their passkeys anew."
    ),
    "socialaccount_socialaccount": gettext_lazy(
        "Left out: ties to accounts elsewhere. People tie them anew on “Your account”."
    ),
    "socialaccount_socialapp": gettext_lazy("Left out: not used. The provider is set by the environment."),
    "socialaccount_socialtoken": gettext_lazy("Left out: not used. Nothing of the provider’s is kept."),
    "django_session": gettext_lazy("Left out: secrets. People sign in anew."),
    "django_admin_log": gettext_lazy("Left out: the admin’s own list; the history says the same and more."),
    "auth_group": gettext_lazy("Left out: not used. Memberships say who may do what."),
    "auth_group_permissions": gettext_lazy("Left out: not used. Memberships say who may do what."),
    "auth_permission": gettext_lazy("Left out: made by the program itself."),
    "django_content_type": gettext_lazy("Left out: made by the program itself."),
    "django_migrations": gettext_lazy(
        "Left out: made by the program itself. The manifest names the last one."
    ),
    "pghistory_events": gettext_lazy("Left out: no table, the histories read side by side."),
}

_OF_EVENTS: Mapping[str, str | Promise] = {
    "pgh_id": gettext_lazy("number of the event"),
    "pgh_created_at": gettext_lazy("when it happened"),
    "pgh_label": gettext_lazy("insert, update or delete; the row as it stood after it (deleted: before)"),
    "pgh_obj_id": gettext_lazy("the row that it is about"),
    "pgh_context": gettext_lazy("who did it, on which page or by which command"),
    "pgh_context_id": gettext_lazy("the same for all that was done in one go"),
}


def make_dictionary() -> SheetSpec:
    """The data dictionary: each column of each file, then what is left out and why."""
    names = ("file", "table", "column", "meaning", "kind", "required", "choices", "refers_to")
    return SheetSpec(DICTIONARY.removesuffix(".csv"), [Column(name) for name in names], _describe_tables())


def _describe_tables() -> Iterator[tuple[object, ...]]:
    tables = tables_of_everything()
    files = {table.model: table.file for table in tables}
    for table in tables:
        fields = {field.column: field for field in table.model._meta.concrete_fields}
        of = _fields_of_history(table.model)
        for name, kind in find_columns(table.table).items():
            if name in table.stays:
                yield table.file, table.table, name, str(table.stays[name]), "", "", "", ""
                continue
            field = of.get(name, fields[name])
            target = files.get(field.related_model) if field.is_relation else None
            yield (
                table.file,
                table.table,
                name,
                _say_meaning(name, field),
                _say_kind(kind),
                not fields[name].null,
                "; ".join(f"{value}: {label}" for value, label in getattr(field, "flatchoices", ())),
                f"{target}, {field.target_field.column}" if target else "",
            )
    for name, reason in LEFT_OUT.items():
        yield "", name, "", str(reason), "", "", "", ""


def _fields_of_history(model: type[models.Model]) -> dict[str, Any]:
    """For the events of a table, the table's own fields, which say more than their copies do."""
    tracked = getattr(model, "pgh_tracked_model", None)
    if tracked is None:
        return {}
    fields: dict[str, Any] = {field.column: field for field in tracked._meta.concrete_fields}
    fields["pgh_obj_id"] = model._meta.get_field("pgh_obj")
    return fields


def _say_meaning(name: str, field: Any) -> str:
    if name in _OF_EVENTS:
        return str(_OF_EVENTS[name])
    # Lower case, as a word in a list; “ID” is Django's own name for the number of a row.
    meaning = _("number of the row") if field.primary_key and name == "id" else str(field.verbose_name)
    return f"{meaning}. {field.help_text}" if field.help_text else meaning


def _say_kind(kind: str) -> str:
    kinds = {
        "boolean": _("t (yes) or f (no)"),
        "date": _("date, as 2021-12-31"),
        "timestamp with time zone": _("moment in UTC, as 2021-12-31 14:05:00+00"),
        "jsonb": _("JSON"),
        "uuid": _("UUID"),
        "numeric": _("number"),
    }
    if kind in ("smallint", "integer", "bigint"):
        return _("whole number")
    if kind.endswith("[]"):
        return _("list, as {first,second}")
    return kinds.get(kind, _("text"))
