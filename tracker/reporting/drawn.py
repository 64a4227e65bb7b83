"""The rows of a report's results as its page shows them: drawn once, and kept until they would say something else.

They are kept with a stamp of all that they are drawn from: the version of the data, which what counts raises, and a
digest of what the report itself says, which may be a draft and raises nothing. Who reads compares the stamp with that
of now, so that nothing kept can be stale.
"""

import zlib
from dataclasses import dataclass, replace

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from tracker.common.program import digest_of_program
from tracker.common.versions import data_version
from tracker.progress.models import ReportingPeriod, ReportRevision
from tracker.progress.rules import Counts
from tracker.progress.services.entry_rows import digest_of_results
from tracker.region.models import Mission

from .forming import grid_of
from .forms import ReportGrid

NAMED = 10
"""How many missing results a page leads to by name."""
A_MONTH = 30 * 24 * 60 * 60


@dataclass(frozen=True)
class Missing:
    """A result that is neither given nor explained, and the id of its first box."""

    code: str
    name: str
    anchor: str


@dataclass(frozen=True)
class Drawn:
    """The rows as HTML, compressed, and what is told of them as a whole: how far they are, how many questions no
    comment answers, how many levels can be taken over, and the first that are missing.
    """

    packed: bytes
    total: int
    counts: Counts
    questions: int
    can_carry: int
    missing: tuple[Missing, ...]

    @property
    def html(self) -> SafeString:
        """The bodies of the table."""
        return SafeString(zlib.decompress(self.packed).decode())


def draw(grid: ReportGrid, *, may_enter: bool, only_missing: bool = False) -> Drawn:
    """The rows of a grid, with what was typed into it; all counts are of what is stored."""
    missing = grid.missing
    drawn = Drawn(
        packed=b"",
        total=len(grid.rows),
        counts=grid.counts,
        questions=grid.questions,
        can_carry=sum(1 for row in grid.rows if row.can_be_carried),
        missing=tuple(
            Missing(row.indicator.code, row.indicator.name, row.amount.first.id) for row in missing[:NAMED]
        ),
    )
    if only_missing and missing:
        grid.show_missing()
    html = render_to_string("reporting/grid_rows.html", {"rows": grid.rows, "may_enter": may_enter})
    return replace(drawn, packed=zlib.compress(html.encode(), 1))


def draw_as_stored(
    of: ReportingPeriod, by: Mission, revision: ReportRevision | None, *, may_enter: bool
) -> Drawn:
    """The rows as they are stored: three statements where they are kept, five more where they are not."""
    stamp = _stamp_of(revision)
    # Another program could not even read it.
    key = f"report-rows:{digest_of_program()}:{of.pk}:{by.pk}:{get_language()}:{may_enter:d}"
    if stamp is not None:
        kept = cache.get(key)
        if kept is not None and kept[0] == stamp:
            drawn: Drawn = kept[1]
            return drawn
    drawn = draw(grid_of(of, by, revision), may_enter=may_enter)
    # What was drawn while something changed is nobody's.
    if stamp is not None and stamp == _stamp_of(revision):
        cache.set(key, (stamp, drawn), A_MONTH)
    return drawn


def _stamp_of(revision: ReportRevision | None) -> tuple[object, ...] | None:
    """Of all that rows are drawn from; None in a transaction that has changed figures itself."""
    version = data_version()
    if version is None:
        return None
    said = (revision.pk, digest_of_results(revision)) if revision else ()
    return (version, *said)
