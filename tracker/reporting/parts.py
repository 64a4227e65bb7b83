"""How far each part of a report is: what the row of tabs says."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.activities.models import Activity
from tracker.progress.choices import NarrativeSection
from tracker.progress.models import ActivityUpdate, Evidence, NarrativePart, ReportingPeriod, ReportRevision
from tracker.progress.rules import Counts
from tracker.region.models import Mission


@dataclass(frozen=True)
class Tab:
    """One page of a report: its address by name, its title, and how far it is."""

    view: str
    title: str
    said: str
    url: str


def read_tabs(
    *, mission: Mission, period: ReportingPeriod, revision: ReportRevision | None, counts: Counts
) -> list[Tab]:
    """The pages of a report, in order: one statement. ``counts`` are those of its results."""
    updated = ActivityUpdate.objects.filter(revision=revision).values("activity")
    running = Activity.objects.running_in(period.starts_on, period.ends_on).values("pk")
    ran = Activity.objects.own().filter(Q(pk__in=running) | Q(pk__in=updated), mission=mission)
    evidence = Evidence.objects.filter(revision=revision)
    counted = [
        ran,
        ran.filter(pk__in=updated),
        NarrativePart.objects.filter(revision=revision),
        evidence.exclude(file=""),
        evidence.filter(file=""),
    ]
    [(activities, said, told, files, links)] = Mission.objects.filter(pk=mission.pk).values_list(
        *(_count_of(rows) for rows in counted)
    )
    given, due = counts.given, counts.asked
    named = (
        ("report", _("Results"), _say_of(given, due)),
        ("report-activities", _("Activities"), _say_of(said, activities)),
        ("report-narrative", _("Narrative"), _say_of(told, len(NarrativeSection))),
        ("report-evidence", _("Evidence"), _say_evidence(files, links)),
    )
    return [
        Tab(view, title, said, reverse(view, args=[period.code, mission.code])) for view, title, said in named
    ]


def _count_of(rows: QuerySet[Any]) -> Coalesce:
    """How many rows there are, within another statement."""
    counted = (
        rows.order_by().annotate(all=Value(1)).values("all").annotate(number=Count("pk")).values("number")
    )
    return Coalesce(Subquery(counted), 0)


def _say_of(some: int, all_of: int) -> str:
    return _("%(some)s of %(all)s") % {"some": some, "all": all_of}


def _say_evidence(files: int, links: int) -> str:
    said = []
    if files or not links:
        said.append(ngettext("%(count)s file", "%(count)s files", files) % {"count": files})
    if links:
        said.append(ngettext("%(count)s link", "%(count)s links", links) % {"count": links})
    return ", ".join(said)
