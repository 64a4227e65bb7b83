"""The forms of a report's pages, as it is stored: read once, for whatever shows them or fills them in."""

from collections.abc import Collection, Mapping

from django.utils.translation import get_language

from tracker.analysis.beside import Beside, read_beside
from tracker.progress.choices import Language
from tracker.progress.models import NarrativePart, ReportingPeriod, ReportRevision
from tracker.progress.services.activity_updates import activities_to_update, read_updates, updates_before
from tracker.progress.services.entry_rows import EntryRow, read_entry_rows
from tracker.progress.services.narrative import read_narrative
from tracker.region.models import Mission

from .forms import ReportGrid
from .part_forms import NarrativeForm, UpdatesForm


def grid_of(of: ReportingPeriod, by: Mission, revision: ReportRevision | None) -> ReportGrid:
    """All results, with what stands beside them: four statements."""
    rows = read_entry_rows(mission=by, period=of, revision=revision)
    grid = ReportGrid(rows)
    grid.look_beside(beside_of(of, by, revision, rows))
    return grid


def beside_of(
    of: ReportingPeriod, by: Mission, revision: ReportRevision | None, rows: Mapping[int, EntryRow]
) -> dict[int, Beside]:
    """What stands beside these rows of a report, by indicator id: one statement."""
    return read_beside(
        mission=by,
        period=of,
        revision=revision,
        indicators=[row.indicator for row in rows.values()],
        entries={pk: row.stored for pk, row in rows.items()},
        without_evidence={pk for pk, row in rows.items() if row.lacks_evidence},
    )


def updates_of(
    of: ReportingPeriod, by: Mission, revision: ReportRevision | None, *, more: Collection[str] = ()
) -> UpdatesForm:
    """The activities that ran in the period, and ``more`` of the mission by their codes."""
    activities = activities_to_update(mission=by, period=of, revision=revision, more=more)
    return UpdatesForm(
        activities=activities,
        held=read_updates(revision),
        previous=updates_before(activities=activities, period=of),
    )


def narrative_of(by: Mission, revision: ReportRevision | None) -> NarrativeForm:
    """The sections, in the language in which the mission wrote last; else the person's own."""
    held = read_narrative(revision)
    return NarrativeForm(held=held, usual=_usual_language(by, held))


def _usual_language(by: Mission, held: Mapping[str, NarrativePart]) -> str:
    if held:
        return max(held.values(), key=lambda row: row.written_at).language
    last = NarrativePart.objects.filter(revision__report__mission=by).order_by("-written_at", "-pk")
    said = last.values_list("language", flat=True).first() or (get_language() or "en")[:2]
    return said if said in Language.values else Language.ENGLISH.value
