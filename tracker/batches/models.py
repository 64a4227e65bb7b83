"""Import batches: one uploaded file, what it would do, and what became of it."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tracker.common.history import tracked
from tracker.common.jobs.choices import JobStatus
from tracker.common.jobs.models import Job
from tracker.common.triggers import never_deleted, written_once

from .choices import AT_WORK, CONFIRMABLE, SAVED, STEPS, BatchStatus, LineOutcome
from .querysets import BatchQuerySet, LineQuerySet


def _allowed_steps() -> str:
    """The table of steps as SQL: which (old, new) pairs of status may follow each other."""
    steps = sorted((old.value, new.value) for old, following in STEPS.items() for new in following)
    return ", ".join(f"('{old}', '{new}')" for old, new in steps)


def _person(label: Any) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=label
    )


@tracked()
class ImportBatch(models.Model):
    """One uploaded file: kept as it came, with what was found in it and what became of it.

    ``reading`` is how somebody wants the file to be read, ``read_as`` how it was. ``plan_digest`` stands for
    the outcomes that were shown; it is empty where nothing can be saved. ``message`` says what the last step
    came to, where that has to be said: why it failed, or that the data changed meanwhile. ``event_ranges`` are the
    first and last numbers of its events in each table of history, by the table's name.
    """

    kind = models.CharField(_("kind"), max_length=30)
    filename = models.CharField(_("file name"), max_length=255)
    file = models.FileField(_("file"), upload_to="imports/%Y/%m/", blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    size = models.PositiveIntegerField(_("bytes"), default=0)
    same_as = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("same file as")
    )
    language = models.CharField(_("language"), max_length=10, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=BatchStatus.choices)
    message = models.TextField(_("message"), blank=True)
    options = models.JSONField(_("options"), default=dict, blank=True)
    source = models.CharField(_("source document"), max_length=300, blank=True)
    uploaded_by = _person(_("uploaded by"))
    uploaded_at = models.DateTimeField(_("uploaded"), db_default=models.functions.Now())
    job = models.OneToOneField(
        Job, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("job")
    )

    reading = models.JSONField(_("reading"), default=dict, blank=True)
    read_as = models.JSONField(_("read as"), default=dict, blank=True)
    unknown_columns = models.JSONField(_("unknown columns"), default=list, blank=True)
    warnings = models.JSONField(_("warnings"), default=list, blank=True)
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)
    check_seconds = models.DecimalField(
        _("seconds of checking"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    plan_digest = models.CharField(_("digest of the plan"), max_length=64, blank=True)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    new = models.PositiveIntegerField(_("new"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    errors = models.PositiveIntegerField(_("errors"), default=0)
    bad_rows = models.PositiveIntegerField(_("rows with errors"), default=0)
    left_out = models.PositiveIntegerField(_("left out"), default=0)
    questions = models.PositiveIntegerField(_("questions"), default=0)
    has_lines = models.BooleanField(_("outcomes are kept"), default=False)

    saved_by = _person(_("saved by"))
    good_rows_only = models.BooleanField(_("good rows only"), default=False)
    applied_at = models.DateTimeField(_("saved"), null=True, blank=True)
    save_seconds = models.DecimalField(
        _("seconds of saving"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    event_ranges = models.JSONField(_("events"), default=dict, blank=True)

    undone_by = _person(_("undone by"))
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undo_reason = models.CharField(_("why undone"), max_length=500, blank=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("import batch")
        verbose_name_plural = _("import batches")
        ordering = ["-uploaded_at", "-id"]
        indexes = [
            models.Index(fields=["sha256"], name="batch_by_file"),
            models.Index(fields=["status"], condition=Q(status__in=AT_WORK), name="batch_at_work"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=BatchStatus.values), name="batch_status_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[*CONFIRMABLE, BatchStatus.SAVING, *SAVED])
                | Q(checked_at__isnull=False),
                name="checked_batch_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(status=BatchStatus.CHECKED) | Q(errors=0), name="checked_batch_has_no_errors"
            ),
            models.CheckConstraint(
                condition=~Q(status=BatchStatus.REFUSED) | Q(errors__gt=0), name="refused_batch_has_errors"
            ),
            models.CheckConstraint(
                condition=~Q(status=BatchStatus.SAVING) | Q(job__isnull=False),
                name="batch_is_saved_by_a_job",
            ),
            models.CheckConstraint(
                condition=Q(status__in=SAVED, applied_at__isnull=False)
                | (~Q(status__in=SAVED) & Q(applied_at__isnull=True)),
                name="applied_batch_says_when",
            ),
            # All or nothing; the good rows of a file with errors are some person's choice.
            models.CheckConstraint(
                condition=~Q(status__in=[BatchStatus.SAVING, *SAVED])
                | Q(errors=0, good_rows_only=False)
                | Q(errors__gt=0, good_rows_only=True, saved_by__isnull=False),
                name="good_rows_only_where_some_are_bad",
            ),
            models.CheckConstraint(
                condition=(
                    Q(status=BatchStatus.UNDONE, undone_at__isnull=False, undone_by__isnull=False)
                    & ~Q(undo_reason="")
                )
                | (
                    ~Q(status=BatchStatus.UNDONE)
                    & Q(undone_at__isnull=True, undone_by__isnull=True, undo_reason="")
                ),
                name="undone_batch_says_who_when_and_why",
            ),
            models.CheckConstraint(
                condition=Q(same_as__isnull=True) | ~Q(same_as=F("id")), name="batch_is_not_its_own_copy"
            ),
        ]  # fmt: skip
        triggers = [
            pgtrigger.Trigger(
                name="life_of_a_batch",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("status"),
                func=f"""
                    IF (OLD.status, NEW.status) NOT IN ({_allowed_steps()}) THEN
                        RAISE EXCEPTION 'batch % cannot go from % to %', OLD.id, OLD.status, NEW.status
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'life_of_a_batch';
                    END IF;
                    RETURN NEW;
                """,
            ),
            written_once("sha256", "file", "uploaded_by", "uploaded_at"),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.filename}"

    @property
    def stands(self) -> BatchStatus:
        """How it stands: as ``status`` says, but failed as soon as its job has. (Read with its job.)"""
        if self.status in AT_WORK and self.job is not None and self.job.status == JobStatus.FAILED:
            return BatchStatus.FAILED
        return BatchStatus(self.status)

    @property
    def is_at_work(self) -> bool:
        """Being checked or saved, or about to be: its page has something to wait for."""
        return self.stands in AT_WORK

    @property
    def changes_something(self) -> bool:
        """There are new or changed rows to be saved."""
        return bool(self.new or self.changed)

    @property
    def can_be_confirmed(self) -> bool:
        """All of it can be saved, and saving changes something."""
        return self.status == BatchStatus.CHECKED and self.changes_something

    @property
    def has_good_rows(self) -> bool:
        """It has errors, and rows that could be saved without those that have them."""
        return self.status == BatchStatus.REFUSED and bool(self.plan_digest) and self.changes_something


class ImportLine(models.Model):
    """What is shown of one row of a batch: an error, or what becomes of it. Unchanged rows have none.

    Written by COPY and replaced as a whole when the batch is checked again; no history, since it can be made
    again from the file. ``columns`` names the column of an error, or those that change; ``cells`` is
    [name, old, new] of each, as text, old null where nothing was. ``position`` is the order in which lines are
    shown: errors, then changes, then what is left out, each in the file's order.
    """

    pk = models.CompositePrimaryKey("batch_id", "position")
    # Without a constraint: batches are never deleted, and checking it would cost as much as the writing.
    batch = models.ForeignKey(
        ImportBatch, models.DO_NOTHING, related_name="lines", db_constraint=False, db_index=False
    )
    position = models.PositiveIntegerField(_("position"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=LineOutcome.choices)
    sheet = models.CharField(_("sheet"), max_length=100)
    row = models.PositiveIntegerField(_("row"), null=True)
    key = models.TextField(_("what"))
    columns = ArrayField(models.TextField(), verbose_name=_("columns"))
    cells = models.JSONField(_("cells"))
    value = models.TextField(_("value"))
    message = models.TextField(_("message"))

    objects = LineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of an import")
        verbose_name_plural = _("lines of imports")
        ordering = ["batch", "position"]

    def __str__(self) -> str:
        return f"{self.batch_id} / {self.position}"

    @property
    def shown_cells(self) -> "list[ShownCell]":
        """The cells as a preview shows them."""
        return [ShownCell(name, old or "", new, old is not None) for name, old, new in self.cells]

    @property
    def says_its_value(self) -> bool:
        """The message quotes what stands in the cell, so that it need not stand beside it."""
        return bool(self.value) and f"“{self.value}”" in self.message

    @property
    def column(self) -> str:
        """The column of an error; nothing where it is of the row or the file as a whole."""
        return self.columns[0] if self.columns else ""


class ShownCell:
    """A cell's old and new value as text. Where a row stands for several things, such as the targets of several
    dates, ``group`` is the thing, and ``name`` what is said of it.
    """

    __slots__ = ("group", "had_value", "name", "new", "old")

    def __init__(self, name: str, old: str, new: str, had_value: bool) -> None:
        group, parted, rest = name.partition(": ")
        self.group, self.name = (group, rest) if parted else ("", name)
        self.old, self.new, self.had_value = old, new, had_value


@tracked()
class ColumnMapping(models.Model):
    """What the headings of files of one shape mean: remembered when such a file is saved, and used for the
    next one. ``shape`` stands for the headings, in order; ``mapping`` is {heading: name of the column}, ""
    for one that is left out on purpose.
    """

    kind = models.CharField(_("kind"), max_length=30)
    shape = models.CharField(_("shape of the file"), max_length=64)
    headings = models.JSONField(_("headings"))
    mapping = models.JSONField(_("mapping"))
    batch = models.ForeignKey(
        ImportBatch, models.PROTECT, related_name="+", verbose_name=_("remembered from")
    )
    remembered_by = _person(_("remembered by"))
    remembered_at = models.DateTimeField(_("remembered"), db_default=models.functions.Now())

    class Meta:
        verbose_name = _("column mapping")
        verbose_name_plural = _("column mappings")
        ordering = ["kind", "-remembered_at"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "shape"], name="one_mapping_per_shape"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {', '.join(self.headings)}"
