"""Country activities: what a mission does, where, toward which objectives and goals."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tracker.common.addresses import code_fits_an_address
from tracker.common.history import tracked
from tracker.framework.models import Objective, ReferenceGoal
from tracker.region.models import Country, Mission, Office

from ..choices import ActivityStatus, TiedBy
from ..querysets import ActivityQuerySet


@tracked()
class Tag(models.Model):
    """A subject of activities, such as labour or health."""

    code = models.CharField(_("code"), max_length=50, unique=True)
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


@tracked()
class Activity(models.Model):
    """Something a mission plans, does or did: of this strategy, or known from a document before it."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    mission = models.ForeignKey(Mission, models.PROTECT, related_name="activities", verbose_name=_("mission"))
    title = models.CharField(_("title"), max_length=300)
    status = models.CharField(_("status"), max_length=10, choices=ActivityStatus.choices)
    description = models.TextField(_("description"), blank=True)
    starts_on = models.DateField(_("start"), null=True, blank=True)
    ends_on = models.DateField(_("end"), null=True, blank=True)
    budget = models.DecimalField(_("budget"), max_digits=16, decimal_places=2, null=True, blank=True)
    currency = models.CharField(
        _("currency"), max_length=3, blank=True, help_text=_("Of the budget; three letters (ISO 4217).")
    )
    donors = ArrayField(models.CharField(max_length=150), verbose_name=_("donors"), default=list, blank=True)
    partners = ArrayField(
        models.CharField(max_length=150), verbose_name=_("partners"), default=list, blank=True
    )
    people_planned = models.PositiveIntegerField(_("people to be reached"), null=True, blank=True)
    people_reached = models.PositiveIntegerField(
        _("people reached"), null=True, blank=True, help_text=_("Never added up across activities.")
    )
    tied_by = models.CharField(
        _("objectives tied by"), max_length=10, choices=TiedBy.choices, default=TiedBy.MISSION
    )
    tie_reason = models.CharField(
        _("why these objectives"), max_length=300, blank=True, help_text=_("Or why none.")
    )
    source = models.CharField(_("source"), max_length=300, blank=True, help_text=_("Document and place."))

    objectives = models.ManyToManyField(
        Objective, through="ActivityObjective", related_name="activities", verbose_name=_("objectives")
    )
    goals = models.ManyToManyField(
        ReferenceGoal, through="ActivityGoal", related_name="activities", verbose_name=_("reference goals")
    )
    tags = models.ManyToManyField(
        Tag, through="ActivityTag", related_name="activities", verbose_name=_("tags")
    )
    countries = models.ManyToManyField(
        Country, through="ActivityCountry", related_name="activities", verbose_name=_("countries and areas")
    )
    offices = models.ManyToManyField(
        Office, through="ActivityOffice", related_name="activities", verbose_name=_("offices")
    )

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["mission__name", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="activity_ends_after_its_start",
                violation_error_message=_("It ends before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(budget__isnull=True, currency="")
                | Q(budget__gte=0, currency__regex=r"^[A-Z]{3}$"),
                name="activity_budget_has_its_currency",
                violation_error_message=_("A budget needs its currency, as three capital letters."),
            ),
            models.CheckConstraint(
                condition=~Q(status=ActivityStatus.HISTORICAL) | ~Q(source=""),
                name="historical_activity_has_a_source",
                violation_error_message=_("A historical activity names the document that it comes from."),
            ),
            code_fits_an_address("activity_code_fits_an_address"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_historical(self) -> bool:
        return self.status == ActivityStatus.HISTORICAL

    @property
    def document(self) -> str:
        """The document that the source names, without the place in it."""
        return self.source.partition(",")[0]


class ActivityLink(models.Model):
    """An activity tied to one thing of a kind."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="%(class)s_links")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.activity_id}"


def _once(other: str) -> list[models.BaseConstraint]:
    return [models.UniqueConstraint(fields=["activity", other], name=f"activity_has_{other}_once")]


@tracked()
class ActivityObjective(ActivityLink):
    """An activity serves this objective."""

    objective = models.ForeignKey(Objective, models.PROTECT, related_name="activity_links")

    class Meta:
        verbose_name = _("objective of an activity")
        verbose_name_plural = _("objectives of activities")
        constraints = _once("objective")


@tracked()
class ActivityGoal(ActivityLink):
    """An activity serves this reference goal."""

    goal = models.ForeignKey(ReferenceGoal, models.PROTECT, related_name="activity_links")

    class Meta:
        verbose_name = _("reference goal of an activity")
        verbose_name_plural = _("reference goals of activities")
        constraints = _once("goal")


@tracked()
class ActivityTag(ActivityLink):
    """An activity has this subject."""

    tag = models.ForeignKey(Tag, models.PROTECT, related_name="activity_links")

    class Meta:
        verbose_name = _("tag of an activity")
        verbose_name_plural = _("tags of activities")
        constraints = _once("tag")


@tracked()
class ActivityCountry(ActivityLink):
    """An activity takes place in this country."""

    country = models.ForeignKey(Country, models.PROTECT, related_name="activity_links")

    class Meta:
        verbose_name = _("country of an activity")
        verbose_name_plural = _("countries of activities")
        constraints = _once("country")


@tracked()
class ActivityOffice(ActivityLink):
    """An activity is carried out by this office."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="activity_links")

    class Meta:
        verbose_name = _("office of an activity")
        verbose_name_plural = _("offices of activities")
        constraints = _once("office")
