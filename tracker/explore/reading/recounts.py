"""How the figures came out when they were last worked out once more, and before."""

from dataclasses import dataclass

from tracker.analysis.models import Recount
from tracker.framework.models import Strategy

LATEST_SHOWN = 14


@dataclass(frozen=True)
class Recounts:
    """The last recount that ended, the one that is asked for and has not ended, and one that failed after the
    last that ended.
    """

    ended: Recount | None = None
    going: Recount | None = None
    failed: Recount | None = None


def read_recounts(strategy: Strategy) -> Recounts:
    """How it stands with the recounts of a strategy: one statement."""
    going = failed = None
    for recount in read_latest(strategy):
        if recount.ended_at is not None:
            return Recounts(ended=recount, going=going, failed=failed)
        if recount.has_failed:
            failed = failed or recount
        else:
            going = going or recount
    return Recounts(going=going, failed=failed)


def read_latest(strategy: Strategy) -> list[Recount]:
    """The recounts of the last fortnight or so, the latest first, without what each found: one statement."""
    latest = Recount.objects.filter(strategy=strategy).select_related("job").defer("findings")
    return list(latest[:LATEST_SHOWN])
