"""Who may load what, look at it, and take it back."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tracker.access.policies import can_administer, can_plan, rights_of

from .models import ImportBatch
from .querysets import BatchQuerySet

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tracker.access.models import User

    from .kinds import Kind


def may_load_setup(user: "User | AnonymousUser") -> bool:
    """Indicators, breakdowns, assignments, baselines, targets: officers and administrators."""
    return can_plan(user)


def may_load_framework(user: "User | AnonymousUser") -> bool:
    """The strategy's own tree, countries and missions: administrators."""
    return can_administer(user)


def may_load_people(user: "User | AnonymousUser") -> bool:
    """People and their memberships: administrators."""
    return can_administer(user)


def may_load_history(user: "User | AnonymousUser") -> bool:
    """Approved history: administrators."""
    return can_administer(user)


def may_load_drafts(user: "User | AnonymousUser") -> bool:
    """Progress into drafts: reporters for their missions, officers and administrators for any."""
    rights = rights_of(user)
    return rights.is_reporter or rights.is_officer or rights.is_administrator


def may_take_approved(user: "User | AnonymousUser") -> bool:
    """The strategy, its plans and approved results as a file: whoever reads them, that is every role."""
    return rights_of(user).sees_region


def may_take_drafts(user: "User | AnonymousUser") -> bool:
    """Drafts as a file: their missions' own people, and officers those that they returned or began."""
    rights = rights_of(user)
    return rights.is_reporter or rights.is_officer


def may_take_people(user: "User | AnonymousUser") -> bool:
    """Who there is and what they may do, with their addresses: administrators."""
    return can_administer(user)


def may_take_everything(user: "User | AnonymousUser") -> bool:
    """The complete export, small cells and all: administrators."""
    return can_administer(user)


def may_open_file(user: "User | AnonymousUser", *, kind: "Kind", batch: ImportBatch) -> bool:
    """The file of a batch and what was found in it: who may load its kind. What holds drafts: whoever uploaded
    it, since a draft is read by its mission's own people alone.
    """
    return kind.may_load(user) and (not kind.of_uploader or batch.uploaded_by_id == user.pk)


def batches_open_to(user: "User", *, kinds: "Iterable[Kind]") -> BatchQuerySet:
    """The batches whose file and lines this person may open."""
    loaded = [kind for kind in kinds if kind.may_load(user)]
    return ImportBatch.objects.open_to(
        user,
        shared=[kind.code for kind in loaded if not kind.of_uploader],
        own=[kind.code for kind in loaded if kind.of_uploader],
    )


def may_save_good_rows(user: "User | AnonymousUser") -> bool:
    """The good rows of a file that has errors: administrators."""
    return can_administer(user)


def may_undo(user: "User | AnonymousUser", *, kind: "Kind", batch: ImportBatch) -> bool:
    """What was saved is taken back by administrators, and by officers where they uploaded it themselves."""
    rights = rights_of(user)
    if rights.is_administrator:
        return True
    return rights.is_officer and batch.uploaded_by_id == user.pk and kind.may_load(user)
