"""How the figures came out when they were last worked out once more, and before."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.analysis.models import Recount
from tracker.framework.models import Strategy

LATEST_SHOWN = 14


@dataclass(frozen=True)
class Recounts:
    """The last recounts of a strategy, the latest first."""

    latest: Sequence[Recount] = ()

    @property
    def ended(self) -> Recount | None:
        """The last that came to its end."""
        return next((recount for recount in self.latest if recount.ended_at is not None), None)

    @property
    def going(self) -> Recount | None:
        """One that is asked for and has neither ended nor failed."""
        return next((recount for recount in self._since if not recount.has_failed), None)

    @property
    def failed(self) -> Recount | None:
        """The last that failed, where none has ended since."""
        return next((recount for recount in self._since if recount.has_failed), None)

    @property
    def _since(self) -> Sequence[Recount]:
        ended = self.ended
        return self.latest if ended is None else self.latest[: self.latest.index(ended)]


def read_recounts(strategy: Strategy) -> Recounts:
    """How it stands with the recounts of a strategy, without what each found: one statement."""
    latest = Recount.objects.filter(strategy=strategy).select_related("job").defer("findings")
    return Recounts(list(latest[:LATEST_SHOWN]))
