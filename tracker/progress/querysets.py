"""Reads of periods, plans, reports and results, as phrases."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from tracker.activities.querysets import runs_between

from .choices import ANSWERS, OPEN, RevisionStatus, Transition

if TYPE_CHECKING:
    from tracker.access.policies import Rights
    from tracker.region.models import Mission

    from .models import (
        Extension,
        IndicatorAssignment,
        IndicatorResult,
        ProgressReport,
        ReportingPeriod,
        ReportRevision,
        ReviewEvent,
    )

V = TypeVar("V", bound=models.Model)

# Frequencies that fall due in a quarter, by its number in the year.
DUE_BY_QUARTER = {
    1: ["quarterly"],
    2: ["quarterly", "semi_annual"],
    3: ["quarterly"],
    4: ["quarterly", "semi_annual", "annual"],
}


# What a result says: an amount, or that there is none to give.
GIVEN = Q(value__isnull=False) | Q(numerator__isnull=False) | Q(not_applicable=True)


class PeriodQuerySet(models.QuerySet["ReportingPeriod"]):
    def of_current_strategy(self) -> "PeriodQuerySet":
        return self.filter(strategy__is_current=True)

    def begun(self, *, on: date) -> "PeriodQuerySet":
        """Periods whose first day has come."""
        return self.filter(starts_on__lte=on)

    def ended(self, *, on: date) -> "PeriodQuerySet":
        """Periods whose window has opened."""
        return self.filter(opens_on__lte=on)


class VersionQuerySet(models.QuerySet[V]):
    def in_force(self) -> "VersionQuerySet[V]":
        """The versions that hold: not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def of_region(self) -> "VersionQuerySet[V]":
        return self.filter(mission__isnull=True)


class AssignmentQuerySet(VersionQuerySet["IndicatorAssignment"]):
    def active_in(self, period: "ReportingPeriod") -> "AssignmentQuerySet":
        """Begun by the period's last day and not ended before its first."""
        return (
            self.filter(withdrawn_at__isnull=True)
            .filter(active_from__lte=period.ends_on)
            .filter(Q(active_to__isnull=True) | Q(active_to__gte=period.starts_on))
        )

    def due_in(self, period: "ReportingPeriod") -> "AssignmentQuerySet":
        """What a report of this period is asked for: active indicators whose frequency falls due."""
        return self.active_in(period).filter(
            indicator__status="active",
            indicator__strategy_id=period.strategy_id,
            indicator__frequency__in=DUE_BY_QUARTER[period.quarter],
        )

    def count_due(self, periods: "Sequence[ReportingPeriod]") -> dict[tuple[int, int], int]:
        """How many results each mission owes in each of these periods (of one strategy), by (mission id,
        period id), zeros left out: one statement however many periods.
        """
        if not periods:
            return {}
        columns = {
            f"p{period.pk}": Count(
                "pk",
                filter=Q(
                    active_from__lte=period.ends_on, indicator__frequency__in=DUE_BY_QUARTER[period.quarter]
                )
                & (Q(active_to__isnull=True) | Q(active_to__gte=period.starts_on)),
            )
            for period in periods
        }
        rows: Any = (
            self.filter(
                withdrawn_at__isnull=True,
                indicator__status="active",
                indicator__strategy=periods[0].strategy_id,
            )
            .values("mission_id")
            .annotate(**columns)
        )
        return {
            (row["mission_id"], period.pk): row[f"p{period.pk}"]
            for row in rows
            for period in periods
            if row[f"p{period.pk}"]
        }


class ReportQuerySet(models.QuerySet["ProgressReport"]):
    def of_missions(self, rights: "Rights") -> "ReportQuerySet":
        return self.filter(mission_id__in=rights.missions)


class RevisionQuerySet(models.QuerySet["ReportRevision"]):
    def open(self) -> "RevisionQuerySet":
        return self.filter(status__in=OPEN)

    def awaiting_review(self) -> "RevisionQuerySet":
        return self.filter(status=RevisionStatus.SUBMITTED)

    def latest_of_each(self) -> "RevisionQuerySet":
        """Of each report the last one that was not dropped."""
        return (
            self.exclude(status=RevisionStatus.DROPPED).order_by("report_id", "-number").distinct("report_id")
        )

    def approved(self) -> "RevisionQuerySet":
        """Approved and not withdrawn."""
        return self.filter(status=RevisionStatus.APPROVED, withdrawn_at__isnull=True)

    def readable_by(self, rights: "Rights") -> "RevisionQuerySet":
        """What a draft holds is the mission's own until it is submitted; officers see it from then on.

        What was returned stays with officers (they returned it); what an officer began on a mission's
        behalf is theirs too. Everyone with a role reads what is approved.
        """
        seen = Q(report__mission_id__in=rights.missions)
        if rights.is_officer:
            seen |= Q(submitted_at__isnull=False) | Q(on_behalf=True) | Q(status=RevisionStatus.APPROVED)
        elif rights.sees_region:
            seen |= Q(status=RevisionStatus.APPROVED, withdrawn_at__isnull=True)
        return self.filter(seen)

    def of(self, *, mission: "Mission", period: "ReportingPeriod") -> "RevisionQuerySet":
        return self.filter(report__mission=mission, report__period=period)

    def with_updates(self) -> "RevisionQuerySet":
        """With ``spoken_of``, of how many activities each says something, and ``spoken_beside``, of how many that did
        not run in its period.
        """
        updates: Any = self.model._meta.get_field("activityupdate_rows").related_model
        of_each = updates.objects.filter(revision=OuterRef("pk")).order_by().values("revision")
        ran = runs_between(
            F("revision__report__period__starts_on"), F("revision__report__period__ends_on"), of="activity__"
        )
        counted = of_each.annotate(spoken=Count("pk"), beside=Count("pk") - Count("pk", filter=ran))
        return self.annotate(
            spoken_of=Coalesce(Subquery(counted.values("spoken")), 0),
            spoken_beside=Coalesce(Subquery(counted.values("beside")), 0),
        )


class EventQuerySet(models.QuerySet["ReviewEvent"]):
    def open_asks(self) -> "EventQuerySet":
        """Corrections that were asked for and not answered yet, the oldest first."""
        asks: EventQuerySet = self.filter(transition=Transition.ASK).order_by("at", "pk")
        return asks.filter(~Exists(self._answers()))

    def with_answers(self) -> "EventQuerySet":
        """With ``is_answered``: whether what was asked for by then has an answer."""
        return self.annotate(is_answered=Exists(self._answers()))

    def _answers(self) -> "EventQuerySet":
        return self.model.objects.filter(
            revision__report=OuterRef("revision__report"), transition__in=ANSWERS, pk__gt=OuterRef("pk")
        )


class ExtensionQuerySet(models.QuerySet["Extension"]):
    def in_force(self) -> "ExtensionQuerySet":
        """Not withdrawn, whether their last day has passed or not."""
        return self.filter(withdrawn_at__isnull=True)

    def held_at(self, moment: "datetime | OuterRef") -> "ExtensionQuerySet":
        """Granted by then, and not withdrawn yet."""
        return self.filter(Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=moment), granted_at__lte=moment)


class PartQuerySet(models.QuerySet[V]):
    """What a revision holds beside its results."""

    def counting(self) -> "PartQuerySet[V]":
        """Those of the last approved, not withdrawn revision of each report."""
        revisions: Any = self.model._meta.get_field("revision").related_model
        later = revisions.objects.approved().filter(
            report=OuterRef("revision__report"), number__gt=OuterRef("revision__number")
        )
        return self.filter(
            ~Exists(later),
            revision__status=RevisionStatus.APPROVED,
            revision__withdrawn_at__isnull=True,
        )


class ResultQuerySet(models.QuerySet["IndicatorResult"]):
    def counting(self) -> "ResultQuerySet":
        """The one row per report and indicator that counts: from the latest approved, not withdrawn
        revision in which it is not held back.
        """
        later = self.model.objects.filter(
            revision__report=OuterRef("revision__report"),
            indicator=OuterRef("indicator"),
            revision__number__gt=OuterRef("revision__number"),
            revision__status=RevisionStatus.APPROVED,
            revision__withdrawn_at__isnull=True,
            held_back=False,
        )
        return self.filter(
            ~Exists(later),
            revision__status=RevisionStatus.APPROVED,
            revision__withdrawn_at__isnull=True,
            held_back=False,
        )

    def given(self) -> "ResultQuerySet":
        """A value or a reasoned "not applicable"."""
        return self.filter(GIVEN)

    def explained(self) -> "ResultQuerySet":
        """Given, or left empty with a comment that says why."""
        return self.filter(GIVEN | ~Q(comment=""))

    def in_order(self) -> "ResultQuerySet":
        return self.order_by(
            F("indicator__objective__priority__order"),
            F("indicator__objective__order"),
            F("indicator__order"),
        )
