"""The marks of states and outcomes: a shape and a word, everywhere the same."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from tracker.batches.choices import BatchStatus, LineOutcome
from tracker.batches.models import ImportBatch

_STATES = {
    BatchStatus.WAITING: ("◌", "pill-draft"),
    BatchStatus.CHECKED: ("○", ""),
    BatchStatus.REFUSED: ("✕", "pill-strong"),
    BatchStatus.SAVING: ("◌", "pill-draft"),
    BatchStatus.APPLIED: ("✓", "pill-solid"),
    BatchStatus.UNDONE: ("↶", "pill-quiet"),
    BatchStatus.CANCELLED: ("–", "pill-quiet"),
    BatchStatus.FAILED: ("!", "pill-strong"),
}
_OUTCOMES = {
    LineOutcome.ERROR: ("✕", "pill-strong"),
    LineOutcome.QUESTION: ("?", "pill-strong"),
    LineOutcome.NEW: ("+", ""),
    LineOutcome.CHANGED: ("→", ""),
    LineOutcome.LEFT_OUT: ("–", "pill-draft"),
}


def mark_state(batch: ImportBatch) -> SafeString:
    """How a batch stands. (Read with its job.)"""
    shape, weight = _STATES[batch.stands]
    return _mark(shape, str(batch.stands.label), weight)


def mark_outcome(outcome: str) -> SafeString:
    """What becomes of a row."""
    shape, weight = _OUTCOMES[LineOutcome(outcome)]
    return _mark(shape, str(LineOutcome(outcome).label), weight)


def _mark(shape: str, word: str, weight: str) -> SafeString:
    return format_html(
        '<span class="pill {}"><span aria-hidden="true">{}</span> {}</span>', weight, shape, word
    )


def name_outcome(outcome: str) -> str:
    """What becomes of a row, by its word alone."""
    return str(LineOutcome(outcome).label)
