"""Taking back assignments that were a mistake, many at once: they hold no more, as long as nothing leans on them."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.access.models import User
from tracker.access.policies import can_plan
from tracker.common.bulk import own_context, own_writes
from tracker.common.errors import NotAllowed, Refused, Stale
from tracker.framework.models import Strategy

from ..models import Baseline, IndicatorAssignment, IndicatorResult, Target
from .leaning import Pair, days_of_targets, periods_with_results
from .locks import PROGRESS


@dataclass(frozen=True)
class LeantOn:
    """A pair that something leans on: codes of periods with results (or with a word about them), a baseline, days of
    targets.
    """

    indicator: str
    mission: str
    periods: tuple[str, ...] = ()
    has_baseline: bool = False
    targets: tuple[date, ...] = ()


@dataclass(frozen=True)
class TakingBack:
    """What taking back comes to: the assignments that would hold no more, how many of the pairs are not assigned, and
    what is in the way. ``digest`` is the mark by which it is known again.
    """

    assignments: Sequence[IndicatorAssignment] = ()
    unassigned: int = 0
    leant_on: Sequence[LeantOn] = field(default_factory=list)

    @property
    def digest(self) -> str:
        said = ",".join(str(each.pk) for each in self.assignments)
        return hashlib.sha256(said.encode()).hexdigest()


def look_at_taking_back(*, strategy: Strategy, pairs: Iterable[Pair]) -> TakingBack:
    """What would become of these pairs: four statements, however many."""
    wanted = list(dict.fromkeys(pairs))
    held = {
        (each.indicator.code, each.mission.code): each
        for each in IndicatorAssignment.objects.in_force()
        .filter(indicator__strategy=strategy)
        .select_related("indicator", "mission")
    }
    there = [pair for pair in wanted if pair in held]
    return TakingBack(
        assignments=[held[pair] for pair in there],
        unassigned=len(wanted) - len(there),
        leant_on=_find_what_leans(strategy, there),
    )


@transaction.atomic
def take_back(
    *, strategy: Strategy, pairs: Iterable[Pair], digest: str, reason: str, user: User
) -> TakingBack:
    """Let these assignments hold no more, all of them or none; they stay on record as versions, with the reason.

    Nothing is written where none of the pairs is assigned any more: the same was done before, by a double click say.
    Raises NotAllowed; Refused without a reason, and where something leans on one; Stale where other assignments would
    be taken back than those that were looked at.
    """
    if not can_plan(user):
        raise NotAllowed(_("Officers and administrators say which mission reports on what."))
    if not reason.strip():
        raise Refused(_("Say why they are taken back: the reason stays on record."))
    # Alone: nobody enters a result, or records a baseline or a target, between the look and the write.
    own_writes(PROGRESS)
    found = look_at_taking_back(strategy=strategy, pairs=pairs)
    if not found.assignments:
        return found
    if found.leant_on:
        raise Refused(_("Something leans on an assignment by now. Nothing was taken back."))
    if found.digest != digest:
        raise Stale(
            _("The assignments changed since this was shown. Nothing was taken back; look at it again.")
        )
    # Why is kept in the history of the rows: a version says why it was recorded, and another follows it or none.
    with own_context(user=user.pk, reason=reason.strip()):
        IndicatorAssignment.objects.in_force().filter(pk__in=[each.pk for each in found.assignments]).update(
            withdrawn_at=timezone.now(), withdrawn_by=user
        )
    return found


def _find_what_leans(strategy: Strategy, pairs: Sequence[Pair]) -> list[LeantOn]:
    """Results that are given or explained, drafts' too, baselines and targets of these pairs."""
    of_strategy = {"indicator__strategy": strategy}
    periods = periods_with_results(IndicatorResult.objects.explained().filter(**of_strategy), pairs)
    targets = days_of_targets(Target.objects.in_force().filter(**of_strategy), pairs)
    baselines = set(
        Baseline.objects.in_force()
        .filter(**of_strategy, mission__isnull=False)
        .values_list("indicator__code", "mission__code")
    )
    return [
        LeantOn(
            *pair,
            periods=tuple(periods.get(pair, ())),
            has_baseline=pair in baselines,
            targets=tuple(targets.get(pair, ())),
        )
        for pair in pairs
        if pair in periods or pair in baselines or pair in targets
    ]
