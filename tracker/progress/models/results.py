"""What a revision says of each indicator, and its cells."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.batches.models import ImportBatch
from tracker.common.history import tracked
from tracker.common.versions import raises_data_version
from tracker.framework.models import Cell, Indicator

from ..choices import Origin
from ..querysets import ResultQuerySet
from .plans import amount_field
from .reports import ReportRevision, person


def closed_stays(revisions: str, *, update: str | None = None) -> list[pgtrigger.Trigger]:
    """Rows of a revision that is submitted, approved or dropped are neither added, changed nor deleted.

    ``revisions`` is SQL that selects the revision ids of the rows in ``{rows}``; ``update`` is SQL of its
    own for what an update of ``before`` to ``changed`` does wrong. One check a statement: a row trigger would
    make a bulk load quadratic.
    """
    wrong = f"""
        SELECT 1 FROM tracker_reportrevision v
        WHERE v.status IN ('submitted', 'approved', 'dropped') AND v.id IN ({revisions})
    """
    both = "(SELECT * FROM before UNION ALL SELECT * FROM changed)"
    checks = [
        ("insert", pgtrigger.Insert, pgtrigger.Referencing(new="changed"), wrong.format(rows="changed")),
        (
            "update",
            pgtrigger.Update,
            pgtrigger.Referencing(old="before", new="changed"),
            update or wrong.format(rows=both),
        ),
        ("delete", pgtrigger.Delete, pgtrigger.Referencing(old="changed"), wrong.format(rows="changed")),
    ]
    return [
        pgtrigger.Trigger(
            name=f"closed_stays_{name}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=referencing,
            func=f"""
                IF EXISTS ({check}) THEN
                    RAISE EXCEPTION 'a revision that is submitted, approved or dropped stays as it is'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'closed_stays';
                END IF;
                RETURN NULL;
            """,
        )
        for name, operation, referencing, check in checks
    ]


# An officer holds a result back before approving the rest; nothing else of it changes then.
_BUT_HELD_BACK = """
    SELECT 1 FROM before b FULL JOIN changed c ON c.id = b.id AND c.revision_id = b.revision_id
    JOIN tracker_reportrevision v ON v.id = coalesce(b.revision_id, c.revision_id)
    WHERE v.status IN ('approved', 'dropped') OR (
        v.status = 'submitted' AND to_jsonb(b) - 'held_back' IS DISTINCT FROM to_jsonb(c) - 'held_back'
    )
"""

# Results are written in drafts, which no figure counts; their revision raises the version when it is submitted. Not by
# a join: the database knows nothing of how many rows were changed, and would compare each with each.
_HELD_BACK = "SELECT id, held_back FROM changed EXCEPT SELECT id, held_back FROM before"


def amount_fits() -> Q:
    """A value, or a numerator over a denominator, or nothing; never n of 0."""
    return Q(numerator__isnull=True, denominator__isnull=True) | (
        Q(value__isnull=True, numerator__isnull=False, denominator__isnull=False, denominator__gte=0)
        & ~Q(denominator=0, numerator__gt=0)
    )


@tracked(read_by="revision")
class IndicatorResult(models.Model):
    """What a revision says of one indicator: an amount, "not applicable" with its reason, or nothing yet.

    ``value`` is in the indicator's unit (a stage: its place from 0; a percentage known only as such: a
    fraction). ``covers`` is how many quarters it speaks for, kept at the last of them. ``is_copy`` marks
    what was taken over untouched from the revision before, ``is_carried`` an amount that the mission said to be
    the same as in the period before.
    """

    revision = models.ForeignKey(
        ReportRevision, models.PROTECT, related_name="results", verbose_name=_("revision")
    )
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="results", verbose_name=_("indicator")
    )
    value = amount_field(_("value"))
    numerator = amount_field(_("numerator"))
    denominator = amount_field(_("denominator"))
    not_applicable = models.BooleanField(_("not applicable"), default=False)
    comment = models.TextField(_("comment"), blank=True)
    covers = models.PositiveSmallIntegerField(_("quarters covered"), default=1)
    origin = models.CharField(_("origin"), max_length=10, choices=Origin.choices, default=Origin.ENTERED)
    batch = models.ForeignKey(
        ImportBatch, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("import batch")
    )
    entered_by = person(_("entered by"))
    entered_at = models.DateTimeField(_("entered"), db_default=models.functions.Now())
    is_copy = models.BooleanField(_("taken over untouched"), default=False)
    is_carried = models.BooleanField(_("same as last period"), default=False, db_default=False)
    held_back = models.BooleanField(_("held back"), default=False)
    version = models.PositiveIntegerField(_("version"), default=1)

    objects = ResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")
        ordering = ["revision", "indicator"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "indicator"], name="one_result_per_indicator"),
            models.CheckConstraint(condition=amount_fits(), name="result_is_a_value_or_a_fraction"),
            models.CheckConstraint(
                condition=Q(not_applicable=False)
                | (Q(value__isnull=True, numerator__isnull=True) & ~Q(comment="")),
                name="not_applicable_has_a_reason_and_no_value",
            ),
            models.CheckConstraint(condition=Q(covers__in=[1, 2, 4]), name="covers_a_quarter_half_or_year"),
        ]
        triggers = [
            *closed_stays("SELECT revision_id FROM {rows} r", update=_BUT_HELD_BACK),
            *raises_data_version(insert="", update=_HELD_BACK, delete=""),
        ]

    def __str__(self) -> str:
        return f"{self.revision_id} / {self.indicator_id}"

    @property
    def is_given(self) -> bool:
        """A value or a reasoned "not applicable": what completeness counts."""
        return self.value is not None or self.numerator is not None or self.not_applicable


@tracked(read_by="result")
class CellValue(models.Model):
    """One part of a result by a breakdown."""

    result = models.ForeignKey(
        IndicatorResult, models.CASCADE, related_name="cells", verbose_name=_("result")
    )
    cell = models.ForeignKey(Cell, models.PROTECT, related_name="values", verbose_name=_("cell"))
    value = amount_field(_("value"))
    numerator = amount_field(_("numerator"))
    denominator = amount_field(_("denominator"))

    class Meta:
        verbose_name = _("cell of a result")
        verbose_name_plural = _("cells of results")
        ordering = ["result", "cell"]
        constraints = [
            models.UniqueConstraint(fields=["result", "cell"], name="one_value_per_cell"),
            models.CheckConstraint(condition=amount_fits(), name="cell_is_a_value_or_a_fraction"),
        ]
        triggers = closed_stays(
            "SELECT r.revision_id FROM {rows} c JOIN tracker_indicatorresult r ON r.id = c.result_id"
        )

    def __str__(self) -> str:
        return f"{self.result_id} / {self.cell_id}"
