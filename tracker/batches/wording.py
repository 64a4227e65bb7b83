"""How a batch is spoken of to people."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.common.formats import show_date

from .choices import BatchStatus
from .models import ImportBatch


def show_moment(moment: datetime.datetime | None) -> str:
    """A day and a time: 4 Nov 2022, 14:05."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    return f"{show_date(local.date())}, {local:%H:%M}"


def say_person(person: object | None) -> str:
    """Who did it; nobody is the installation itself."""
    return str(person) if person is not None else str(_("the installation"))


def say_same_file(earlier: ImportBatch) -> str:
    """That a file was uploaded before: when, by whom, and what became of it. (Read with its people.)"""
    return _("This same file was uploaded before, on %(when)s by %(who)s. %(outcome)s") % {
        "when": show_moment(earlier.uploaded_at),
        "who": say_person(earlier.uploaded_by),
        "outcome": say_outcome(earlier),
    }


def say_outcome(batch: ImportBatch) -> str:
    """What became of a batch, as a sentence."""
    sentences = {
        BatchStatus.WAITING: _("It is still being checked."),
        BatchStatus.CHECKED: _("It was checked and not saved."),
        BatchStatus.REFUSED: _("It had errors, and nothing was saved."),
        BatchStatus.SAVING: _("It is being saved."),
        BatchStatus.APPLIED: _("It was saved on %(when)s by %(who)s."),
        BatchStatus.UNDONE: _("It was saved, and undone on %(when)s by %(who)s."),
        BatchStatus.CANCELLED: _("It was cancelled, and nothing was saved."),
        BatchStatus.FAILED: _("It could not be finished, and nothing was saved."),
    }
    undone = batch.status == BatchStatus.UNDONE
    return sentences[batch.stands] % {
        "when": show_moment(batch.undone_at if undone else batch.applied_at),
        "who": say_person(batch.undone_by if undone else batch.saved_by),
    }


def say_size(size: int) -> str:
    """Bytes as megabytes, one decimal."""
    return f"{size / 2**20:.1f}"
