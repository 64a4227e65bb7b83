"""Whom notices concern."""

from tracker.access.policies import Rights

from .choices import OF_MISSIONS, OF_OFFICERS, NoticeKind


def kinds_for(rights: Rights) -> list[NoticeKind]:
    """What a person with these rights may be told of; nothing where they only read or administer."""
    return [*(OF_MISSIONS if rights.is_reporter else ()), *(OF_OFFICERS if rights.is_officer else ())]
