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


class Standing(TextChoices):
    """How far somebody's account is, in the order in which it is asked (``PeopleQuerySet.with_standing``)."""

    LEFT = "left", _("Has left")
    CLOSED = "closed", _("Closed")
    SIGNED_IN = "signed_in", _("Signs in")
    INVITED = "invited", _("Invited")
    EXPIRED = "expired", _("Invitation expired")
    NEVER = "never", _("Never signed in")
