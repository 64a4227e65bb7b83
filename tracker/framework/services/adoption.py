"""Adopting proposed indicators: from then on they fall due."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.access.models import User
from tracker.access.policies import can_plan
from tracker.common.bulk import share_writes
from tracker.common.errors import NotAllowed, Stale

from ..choices import IndicatorStatus
from ..models import Indicator

FRAMEWORK = "framework"
"""The area of the strategy and its indicators: writers of a row share it, an import has it alone."""


@transaction.atomic
def adopt_indicators(*, indicators: Collection[int], user: User) -> int:
    """Make proposed indicators (by id) active, all or none, and say how many they are: none where all of them
    were adopted before (the button pressed twice).

    Raises NotAllowed for all but officers and administrators, Stale where one is not proposed (any more).
    """
    share_writes(FRAMEWORK)
    if not can_plan(user):
        raise NotAllowed(_("Only officers and administrators adopt indicators."))
    wanted = set(indicators)
    chosen = Indicator.objects.filter(pk__in=wanted)
    # The old status is part of the UPDATE: of two people who adopt at once, the second changes nothing.
    adopted = chosen.filter(status=IndicatorStatus.PROPOSED).update(status=IndicatorStatus.ACTIVE)
    others = len(wanted) - adopted
    if not adopted and chosen.filter(status=IndicatorStatus.ACTIVE).count() == len(wanted):
        return 0
    if others:
        raise Stale(
            ngettext(
                "%(count)s of these indicators is not proposed any more. Look again; nothing was changed.",
                "%(count)s of these indicators are not proposed any more. Look again; nothing was changed.",
                others,
            )
            % {"count": others}
        )
    return adopted
