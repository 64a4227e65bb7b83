"""Closed lists of progress, and the one table of a report's life."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RevisionStatus(TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned")
    APPROVED = "approved", _("Approved")
    DROPPED = "dropped", _("Dropped")


class Transition(TextChoices):
    """What can happen to a revision."""

    START = "start", _("Begun")
    SUBMIT = "submit", _("Submitted")
    RECALL = "recall", _("Recalled")
    RETURN = "return", _("Returned")
    APPROVE = "approve", _("Approved")
    REOPEN = "reopen", _("Reopened")
    DROP = "drop", _("Dropped")
    WITHDRAW = "withdraw", _("Withdrawn")
    LOAD = "load", _("Loaded as history")
    ASK = "ask", _("Correction asked for")
    DECLINE = "decline", _("Correction declined")


# A revision's life: from which status a transition starts and where it ends. The database holds a copy of
# this table in a trigger, written from it.
TRANSITIONS: dict[Transition, tuple[tuple[RevisionStatus, ...], RevisionStatus]] = {
    Transition.SUBMIT: ((RevisionStatus.DRAFT, RevisionStatus.RETURNED), RevisionStatus.SUBMITTED),
    Transition.RECALL: ((RevisionStatus.SUBMITTED,), RevisionStatus.DRAFT),
    Transition.RETURN: ((RevisionStatus.SUBMITTED,), RevisionStatus.RETURNED),
    Transition.APPROVE: ((RevisionStatus.SUBMITTED,), RevisionStatus.APPROVED),
    Transition.DROP: ((RevisionStatus.DRAFT, RevisionStatus.RETURNED), RevisionStatus.DROPPED),
    # An administrator's batch of approved history: the rule of four eyes is met by origin and batch.
    Transition.LOAD: ((RevisionStatus.DRAFT,), RevisionStatus.APPROVED),
}

# What is said about an approved revision and moves nothing: a mission asks for a correction of it, an officer declines.
SAID = (Transition.ASK, Transition.DECLINE)

# What answers an ask.
ANSWERS = (Transition.DECLINE, Transition.REOPEN, Transition.LOAD)

WRITABLE = (RevisionStatus.DRAFT, RevisionStatus.RETURNED)
OPEN = (RevisionStatus.DRAFT, RevisionStatus.SUBMITTED, RevisionStatus.RETURNED)


class Origin(TextChoices):
    """Where a result came from; what is not entered is marked wherever it shows."""

    ENTERED = "entered", _("Entered")
    HISTORICAL = "historical", _("Historical")
    DEMO = "demo", _("Demonstration")


class TargetBasis(TextChoices):
    TO_DATE = "to_date", _("To date")
    PER_YEAR = "per_year", _("Per year")


class AssigningStep(TextChoices):
    """What is done to many assignments at once."""

    ASSIGN = "assign", _("Assign")
    END = "end", _("End")
    FIRST_DAY = "first_day", _("Correct the first day")
    LAST_DAY = "last_day", _("Correct the last day")
    TAKE_BACK = "take_back", _("Take back")


class ValueIs(TextChoices):
    """What the amount of a row in a sheet of progress is."""

    PERIOD = "period", _("The amount of the period")
    TO_DATE = "to_date", _("The running total")
