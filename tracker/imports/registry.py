"""Every kind of file that can be loaded. A new kind joins its capability's ``resources.py`` and is listed
here.
"""

from tracker.activities import resources as activities
from tracker.batches.kinds import Kind
from tracker.framework import resources as framework
from tracker.progress import resources as progress

from . import resources as region

KINDS: dict[str, Kind] = {
    kind.code: kind for kind in (*region.KINDS, *framework.KINDS, *activities.KINDS, *progress.KINDS)
}

# In the order in which they build on each other: what load_strategy reads from the fixtures.
OF_THE_STRATEGY = (
    "countries",
    "missions",
    "country_facts",
    "offices",
    "conventions",
    "key_figures",
    "strategy",
    "pillars",
    "priorities",
    "objectives",
    "reference_frameworks",
    "reference_goals",
    "alignments",
    "tags",
    "activities",
    "funding",
    "funding_totals",
    "breakdowns",
    "indicators",
    "assignments",
    "baselines",
)


def find_kind(code: str) -> Kind | None:
    """The kind with this code."""
    return KINDS.get(code)


def kinds_that_count() -> list[Kind]:
    """The kinds that make up the strategy as it counts, in the order in which they build on each other: neither
    drafts nor people.
    """
    return [
        kind
        for kind in KINDS.values()
        if kind.export is not None and not kind.export.of_drafts and not kind.export.of_people
    ]
