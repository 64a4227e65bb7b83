"""Extensions: more time for one mission's report."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.common.history import tracked
from tracker.common.triggers import never_deleted, written_once
from tracker.region.models import Mission

from ..querysets import ExtensionQuerySet
from .periods import ReportingPeriod


@tracked()
class Extension(models.Model):
    """A mission has until a later day for its report of a period, whatever the window: why, and who granted it.

    Never rewritten: another one withdraws it and takes its place. What was submitted while it held is on time
    under extension, also when it is withdrawn later.
    """

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="extensions", verbose_name=_("mission"))
    period = models.ForeignKey(
        ReportingPeriod, models.PROTECT, related_name="extensions", verbose_name=_("period")
    )
    until = models.DateField(_("until"), help_text=_("The last day, by the mission's clock."))
    reason = models.CharField(_("reason"), max_length=500)
    granted_at = models.DateTimeField(_("granted"), db_default=models.functions.Now())
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("granted by")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("withdrawn by"),
    )

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        ordering = ["period", "mission", "granted_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["mission", "period"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_extension_in_force",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="extension_says_why"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="extension_is_withdrawn_by_somebody",
            ),
        ]
        triggers = [
            written_once("mission", "period", "until", "reason", "granted_at", "granted_by"),
            never_deleted(),
            pgtrigger.Trigger(
                name="extends",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NEW.until <= (SELECT due_on FROM tracker_reportingperiod WHERE id = NEW.period_id) THEN
                        RAISE EXCEPTION 'an extension until % ends before the report is due', NEW.until
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'extension_ends_after_the_due_date';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mission_id} / {self.period_id} / {self.until}"
