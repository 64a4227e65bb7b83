"""Closed lists of notices: what people are told of, and how often they want mail of it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class NoticeKind(TextChoices):
    """What a person is told of. What each says, and which params it needs, is in ``wording.py``."""

    WINDOW_OPENED = "window_opened", _("A reporting window has opened")
    DUE_SOON = "due_soon", _("A report is due in a week")
    OVERDUE = "overdue", _("A report is overdue")
    RETURNED = "returned", _("A report was returned")
    REOPENED = "reopened", _("An approved report was reopened")
    DROPPED = "dropped", _("A reopening was taken back")
    APPROVED = "approved", _("A report was approved")
    WITHDRAWN = "withdrawn", _("Approved figures were withdrawn")
    EXTENSION_GRANTED = "extension_granted", _("More time was granted")
    CORRECTION_DECLINED = "correction_declined", _("A correction was declined")
    SUBMITTED = "submitted", _("A report was submitted")
    CORRECTION_ASKED = "correction_asked", _("A correction was asked for")


class HowOften(TextChoices):
    """When a person gets mail of a kind of notice. In the page it is told in any case."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a day")
    NEVER = "never", _("Never")


OF_MISSIONS = (
    NoticeKind.WINDOW_OPENED,
    NoticeKind.DUE_SOON,
    NoticeKind.OVERDUE,
    NoticeKind.RETURNED,
    NoticeKind.REOPENED,
    NoticeKind.DROPPED,
    NoticeKind.APPROVED,
    NoticeKind.WITHDRAWN,
    NoticeKind.EXTENSION_GRANTED,
    NoticeKind.CORRECTION_DECLINED,
)
"""What the reporters and leads of a mission are told."""

OF_OFFICERS = (NoticeKind.SUBMITTED, NoticeKind.CORRECTION_ASKED)
"""What the officers of the region are told."""

# An officer has many reports to look at, and looks at them together; a mission has one or two.
USUALLY = {kind: HowOften.DAILY if kind in OF_OFFICERS else HowOften.AT_ONCE for kind in NoticeKind}
"""How often a person gets mail who has chosen nothing."""
