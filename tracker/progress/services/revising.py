"""Revising one baseline or one target by hand, and withdrawing it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.access.models import User
from tracker.access.policies import can_plan
from tracker.common.bulk import own_context, share_writes
from tracker.common.errors import NotAllowed, Refused, Stale
from tracker.common.formats import show_date
from tracker.framework.models import Indicator
from tracker.region.models import Mission

from ..choices import RevisionStatus, TargetBasis
from ..models import Baseline, IndicatorResult, Target
from .amounts import counts_missions, to_sheet
from .locks import PROGRESS
from .targets import TargetRow


def asks_for_reason(*, indicator: Indicator, mission: Mission | None) -> bool:
    """Whether a change has to say why: once the mission (None: any) has results to be judged by it."""
    results = IndicatorResult.objects.given().filter(indicator=indicator)
    results = results.exclude(revision__status=RevisionStatus.DROPPED)
    if mission is not None:
        results = results.filter(revision__report__mission=mission)
    return results.exists()


def with_later_years(row: TargetRow, *, indicator: Indicator, mission: Mission | None) -> list[TargetRow]:
    """A target, and those after it that were given per year and stand on it: as they were given, so that their
    running totals move with it. One statement.
    """
    if not indicator.is_flow or row.due is None or counts_missions(indicator, regional=mission is None):
        return [row]
    rows = [row]
    for target in _held_after(indicator, mission, row.due):
        if target.basis != TargetBasis.PER_YEAR or target.given is None:
            break
        given = to_sheet(indicator, target.given, regional=mission is None)
        assert not isinstance(given, str)  # a flow is a number
        rows.append(
            replace(row, row=len(rows) + 1, due=target.due_on, target_value=given, basis=target.basis)
        )
    return rows


def _held_after(indicator: Indicator, mission: Mission | None, due_on: Any) -> Sequence[Target]:
    held = Target.objects.in_force().filter(indicator=indicator, due_on__gt=due_on)
    return list(held.filter(mission=mission) if mission else held.of_region())


def withdraw_baseline(*, baseline: Baseline, user: User, reason: str) -> bool:
    """Let a baseline hold no more, with nothing in its place; False where the person has done so already.

    Raises NotAllowed, Refused without a reason, Stale where another version holds by now.
    """
    return _withdraw(baseline, user, reason, lambda: None)


def withdraw_target(*, target: Target, user: User, reason: str) -> bool:
    """Let a target hold no more, with nothing in its place; False where the person has done so already.

    Raises NotAllowed, Stale where another version holds by now, Refused without a reason, and where yearly amounts
    stand on it.
    """

    def refuse_if_stood_upon() -> None:
        following = _held_after(target.indicator, target.mission, target.due_on)
        if target.indicator.is_flow and following and following[0].basis == TargetBasis.PER_YEAR:
            raise Refused(
                _(
                    "The target by %(due)s was given per year and stands on this one. Withdraw that one first, or "
                    "record this one anew."
                )
                % {"due": show_date(following[0].due_on)}
            )

    return _withdraw(target, user, reason, refuse_if_stood_upon)


@transaction.atomic
def _withdraw(version: Baseline | Target, user: User, reason: str, check: Any) -> bool:
    share_writes(PROGRESS)
    if not can_plan(user):
        raise NotAllowed(_("Only officers and administrators withdraw baselines and targets."))
    if not reason.strip():
        raise Refused(_("Say why it is withdrawn."))
    model: Any = type(version)
    # The race it prevents: of two who withdraw or revise at once, the second finds that it holds no more; and no
    # yearly amount comes to stand on a target while it goes.
    of_key = model.objects.filter(
        indicator=version.indicator_id, mission=version.mission_id
    ).select_for_update()
    now = {each.pk: each for each in of_key}[version.pk]
    if now.withdrawn_at is not None:
        if now.withdrawn_by_id == user.pk and not _is_replaced(now):
            return False
        raise Stale(_("Somebody was faster: this version holds no more. Look at the page again."))
    check()
    # Why is kept in the history of the row: a version says why it was recorded, and another follows it or none.
    with own_context(user=user.pk, reason=reason.strip()):
        model.objects.filter(pk=version.pk, withdrawn_at__isnull=True).update(
            withdrawn_at=timezone.now(), withdrawn_by=user
        )
    return True


def _is_replaced(version: Any) -> bool:
    """Whether another version was recorded the moment that it was withdrawn."""
    same_key = {"indicator": version.indicator_id, "mission": version.mission_id}
    if isinstance(version, Target):
        same_key["due_on"] = version.due_on
    return bool(type(version).objects.filter(**same_key, recorded_at=version.withdrawn_at).exists())
