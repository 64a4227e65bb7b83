"""Reporting periods: the quarters of the strategy and their windows."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tracker.common.formats import show_quarter
from tracker.common.history import tracked
from tracker.common.triggers import written_once
from tracker.common.versions import raises_data_version
from tracker.framework.models import Strategy

from ..querysets import PeriodQuerySet


@tracked()
class ReportingPeriod(models.Model):
    """A quarter. It ends on its last day; its window opens the day after, is due and closes later.

    A window may be re-dated. “On time” goes by the due date with which it opened: ``first_due_on`` keeps it where
    the window has another one by now.

    ``number`` is year × 4 + quarter − 1, so that neighbouring quarters are neighbouring numbers.
    """

    strategy = models.ForeignKey(Strategy, models.PROTECT, related_name="periods", verbose_name=_("strategy"))
    code = models.CharField(_("code"), max_length=7)
    number = models.PositiveIntegerField(_("number"))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    opens_on = models.DateField(_("window opens"))
    due_on = models.DateField(_("due"))
    closes_on = models.DateField(_("window closes"), help_text=_("The last day, by the mission's clock."))

    first_due_on = models.DateField(
        _("due at first"),
        null=True,
        blank=True,
        help_text=_("Where the window was re-dated after it had opened: “on time” goes by this day."),
    )

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("reporting period")
        verbose_name_plural = _("reporting periods")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["strategy", "code"], name="period_code_is_unique"),
            models.UniqueConstraint(fields=["strategy", "number"], name="period_number_is_unique"),
            models.CheckConstraint(
                condition=Q(starts_on__lt=F("ends_on"))
                & Q(ends_on__lt=F("opens_on"))
                & Q(opens_on__lte=F("due_on"))
                & Q(due_on__lte=F("closes_on")),
                name="period_dates_are_in_order",
                violation_error_message=_(
                    "A window opens after the period's last day, is due on or after that and closes on or after "
                    "the due date."
                ),
            ),
            models.CheckConstraint(
                condition=Q(first_due_on__isnull=True)
                | (Q(first_due_on__gt=F("ends_on")) & ~Q(first_due_on=F("due_on"))),
                name="first_due_date_is_another_one",
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^\d{4}-Q[1-4]$"), name="period_code_is_a_quarter"
            ),
        ]
        # Reports hang on it: another code or other days would move their figures to another quarter.
        triggers = [
            written_once("strategy", "code", "number", "starts_on", "ends_on"),
            *raises_data_version(),
        ]

    def __str__(self) -> str:
        return show_quarter(self.code) if self.code else ""

    @property
    def judged_on(self) -> date:
        """The original due date: what is submitted by then is on time."""
        return self.first_due_on or self.due_on

    @property
    def year(self) -> int:
        return self.number // 4

    @property
    def quarter(self) -> int:
        return self.number % 4 + 1
