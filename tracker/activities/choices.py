"""Closed lists of the activities."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

DOLLARS = "USD"
"""The currency of all that was asked for: amounts of several could not be added up."""


class ActivityStatus(TextChoices):
    PLANNED = "planned", _("Planned")
    ONGOING = "ongoing", _("Ongoing")
    COMPLETED = "completed", _("Completed")
    CANCELLED = "cancelled", _("Cancelled")
    HISTORICAL = "historical", _("Historical: from a document before this strategy")


class TiedBy(TextChoices):
    """Who says which objectives an activity serves."""

    MISSION = "mission", _("Tied by the mission")
    TRACKER = "tracker", _("Tied by this tracker, no statement of IOM")
