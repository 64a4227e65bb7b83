"""What was asked for, by mission and goal of the Migration Governance Framework; never a budget, nor what was given."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tracker.common.history import tracked
from tracker.framework.models import ReferenceGoal
from tracker.region.models import Mission

from ..choices import DOLLARS


@tracked()
class FundingRequirement(models.Model):
    """An amount that a document asks for: for a year, a mission (``ROV``: the region as a whole) and a goal."""

    year = models.PositiveSmallIntegerField(_("year"))
    mission = models.ForeignKey(
        Mission, models.PROTECT, related_name="funding_requirements", verbose_name=_("mission")
    )
    goal = models.ForeignKey(
        ReferenceGoal, models.PROTECT, related_name="funding_requirements", verbose_name=_("goal")
    )
    amount = models.DecimalField(
        _("amount"), max_digits=16, decimal_places=2, help_text=_("The best reading.")
    )
    amount_printed = models.DecimalField(
        _("amount as printed"),
        max_digits=16,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("What the text has, where it differs."),
    )
    currency = models.CharField(
        _("currency"), max_length=3, default=DOLLARS, help_text=_("US dollars are presumed.")
    )
    nothing_asked = models.BooleanField(
        _("nothing asked"), default=False, help_text=_("The table has a dash; it is not a printed 0.")
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=300)

    class Meta:
        verbose_name = _("funding requirement")
        verbose_name_plural = _("funding requirements")
        ordering = ["year", "mission__name", "goal__order"]
        constraints = [
            models.UniqueConstraint(fields=["year", "mission", "goal"], name="asked_once_a_year_and_goal"),
            models.CheckConstraint(
                condition=Q(amount__gte=0) & (Q(amount_printed__isnull=True) | Q(amount_printed__gte=0)),
                name="amount_asked_is_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(currency=DOLLARS),
                name="asked_for_in_dollars",
                violation_error_message=_("Amounts are added up in US dollars. Give the amount in USD."),
            ),
            models.CheckConstraint(
                condition=Q(nothing_asked=False) | Q(amount=0), name="nothing_asked_is_nothing"
            ),
            models.CheckConstraint(
                condition=Q(amount_printed__isnull=True) | ~Q(amount_printed=F("amount")),
                name="printed_amount_only_where_it_differs",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.mission_id}, {self.goal_id}"


@tracked()
class FundingTotal(models.Model):
    """A total that a document prints, kept to be checked against the amounts. No mission: of all missions; no
    goal: of all goals.
    """

    year = models.PositiveSmallIntegerField(_("year"))
    mission = models.ForeignKey(
        Mission,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="funding_totals",
        verbose_name=_("mission"),
    )
    goal = models.ForeignKey(
        ReferenceGoal,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="funding_totals",
        verbose_name=_("goal"),
    )
    amount_printed = models.DecimalField(_("total as printed"), max_digits=16, decimal_places=2)
    amount = models.DecimalField(
        _("total"), max_digits=16, decimal_places=2, help_text=_("The best reading of it.")
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=300)

    class Meta:
        verbose_name = _("printed funding total")
        verbose_name_plural = _("printed funding totals")
        ordering = ["year", F("mission__name").asc(nulls_last=True), F("goal__order").asc(nulls_last=True)]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "mission", "goal"], nulls_distinct=False, name="total_is_printed_once"
            ),
            models.CheckConstraint(
                condition=Q(mission__isnull=True) | Q(goal__isnull=True), name="total_is_of_a_row_or_a_column"
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0, amount_printed__gte=0), name="printed_total_is_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.mission_id or '*'}, {self.goal_id or '*'}"
