"""States of an import batch, the one table of its life, and what becomes of its rows."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class BatchStatus(TextChoices):
    WAITING = "waiting", _("Being checked")
    CHECKED = "checked", _("Checked, not saved")
    REFUSED = "refused", _("Refused: it has errors")
    SAVING = "saving", _("Being saved")
    APPLIED = "applied", _("Saved")
    UNDONE = "undone", _("Undone")
    CANCELLED = "cancelled", _("Cancelled")
    FAILED = "failed", _("Failed")


# A batch's life: where it may go from each state. The database holds a copy of this table in a trigger,
# written from it. Checked again, a batch waits again; what the data overtook goes back from saving to checked.
STEPS: dict[BatchStatus, tuple[BatchStatus, ...]] = {
    BatchStatus.WAITING: (
        BatchStatus.CHECKED,
        BatchStatus.REFUSED,
        BatchStatus.CANCELLED,
        BatchStatus.FAILED,
    ),
    BatchStatus.CHECKED: (
        BatchStatus.REFUSED,
        BatchStatus.SAVING,
        BatchStatus.APPLIED,
        BatchStatus.WAITING,
        BatchStatus.CANCELLED,
    ),
    BatchStatus.REFUSED: (
        BatchStatus.CHECKED,
        BatchStatus.SAVING,
        BatchStatus.APPLIED,
        BatchStatus.WAITING,
        BatchStatus.CANCELLED,
    ),
    BatchStatus.SAVING: (
        BatchStatus.APPLIED,
        BatchStatus.CHECKED,
        BatchStatus.REFUSED,
        BatchStatus.CANCELLED,
        BatchStatus.FAILED,
    ),
    BatchStatus.APPLIED: (BatchStatus.UNDONE,),
    BatchStatus.UNDONE: (),
    BatchStatus.CANCELLED: (BatchStatus.WAITING,),
    BatchStatus.FAILED: (BatchStatus.WAITING,),
}

CONFIRMABLE = (BatchStatus.CHECKED, BatchStatus.REFUSED)
"""Its outcomes are there to be looked at and confirmed (those of a refused one by an administrator)."""

AT_WORK = (BatchStatus.WAITING, BatchStatus.SAVING)
"""Something is being done to it, or about to be."""

SAVED = (BatchStatus.APPLIED, BatchStatus.UNDONE)


class Stage(TextChoices):
    """How far a job on a batch is: what ``Job.stage`` says."""

    READING = "reading", _("Reading the file")
    CHECKING = "checking", _("Checking the rows")
    KEEPING = "keeping", _("Keeping what was found")
    SAVING = "saving", _("Saving the rows")


class Outcome(TextChoices):
    """What saving does with a row that has no error."""

    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    UNCHANGED = "unchanged", _("Unchanged")


class LineOutcome(TextChoices):
    """What is kept of a row to be looked at; unchanged rows are only counted."""

    ERROR = "error", _("Error")
    QUESTION = "question", _("Question")
    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    LEFT_OUT = "left_out", _("Left out")


KEEP_DECISIONS = "keep_decisions"
"""The option of files that come with the program and are loaded again with every update of it: what was changed
since stays.
"""
