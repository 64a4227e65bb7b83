"""Roles."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a membership lets a person do; docs/roles.md says what each may."""

    REPORTER = "reporter", _("Reporter")
    LEAD = "lead", _("Lead reporter")
    OFFICER = "officer", _("M&E officer")
    HEAD = "head", _("Head of M&E")
    ADMINISTRATOR = "administrator", _("Administrator")
    VIEWER = "viewer", _("Viewer")


MISSION_ROLES = (Role.REPORTER, Role.LEAD)
