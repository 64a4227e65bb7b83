"""Who may load what."""

from typing import TYPE_CHECKING

from tracker.access.policies import can_administer, can_plan, rights_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tracker.access.models import User

    from .kinds import Kind
    from .models import ImportBatch


def may_load_setup(user: "User | AnonymousUser") -> bool:
    """Indicators, breakdowns, assignments, baselines, targets: officers and administrators."""
    return can_plan(user)


def may_load_framework(user: "User | AnonymousUser") -> bool:
    """The strategy's own tree, countries and missions: administrators."""
    return can_administer(user)


def may_load_history(user: "User | AnonymousUser") -> bool:
    """Approved history: administrators."""
    return can_administer(user)


def may_load_drafts(user: "User | AnonymousUser") -> bool:
    """Progress into drafts: reporters for their missions, officers and administrators for any."""
    rights = rights_of(user)
    return rights.is_reporter or rights.is_officer or rights.is_administrator


def may_open_file(user: "User | AnonymousUser", *, kind: "Kind", batch: "ImportBatch") -> bool:
    """The file of a batch: who may load its kind. What holds drafts: whoever uploaded it, since a draft is
    read by its mission's own people alone.
    """
    return kind.may_load(user) and (not kind.of_uploader or batch.uploaded_by_id == user.pk)
