"""States of an import batch and outcomes of its rows."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class BatchStatus(TextChoices):
    CHECKED = "checked", _("Checked, not saved")
    REFUSED = "refused", _("Refused: it has errors")
    APPLIED = "applied", _("Saved")
    UNDONE = "undone", _("Undone")


class Outcome(TextChoices):
    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    UNCHANGED = "unchanged", _("Unchanged")
