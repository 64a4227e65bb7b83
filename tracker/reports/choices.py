"""Kinds and formats of periodic reports."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EditionKind(TextChoices):
    MISSION_QUARTERLY = "mission_quarterly", _("Mission quarterly report")
    REGIONAL_QUARTERLY = "regional_quarterly", _("Regional quarterly report")


class EditionFormat(TextChoices):
    PDF = "pdf", "PDF"
    XLSX = "xlsx", "XLSX"
