"""Reads of activities, as phrases."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, StrIndex, Substr

from .choices import ActivityStatus

if TYPE_CHECKING:
    from .models import Activity


def runs_between(first: date | F, last: date | F, *, of: str = "") -> Q:
    """That an activity ran between two days (see ``running_in``), for statements about many spans at once; ``of`` leads
    to the activity where the rows are others.
    """
    may_go_on = Q((f"{of}status__in", [ActivityStatus.PLANNED, ActivityStatus.ONGOING]))
    began = Q((f"{of}starts_on__isnull", True)) | Q((f"{of}starts_on__lte", last))
    went_on = Q((f"{of}ends_on__isnull", True)) | Q((f"{of}ends_on__gte", first))
    return (may_go_on | Q((f"{of}ends_on__gte", first))) & began & went_on


class ActivityQuerySet(models.QuerySet["Activity"]):
    def historical(self) -> "ActivityQuerySet":
        """From documents before this strategy."""
        return self.filter(status=ActivityStatus.HISTORICAL)

    def own(self) -> "ActivityQuerySet":
        """The missions' own, of this strategy."""
        return self.exclude(status=ActivityStatus.HISTORICAL)

    def counted(self) -> "ActivityQuerySet":
        """What counts as an activity wherever they are numbered: all but the cancelled ones."""
        return self.exclude(status=ActivityStatus.CANCELLED)

    def documents(self) -> list[str]:
        """The documents that the historical ones come from, by name: what a source says before its first comma."""
        found: models.QuerySet[Any] = self.historical().order_by()
        # A comma after the text makes sure that there is one.
        ends_at = StrIndex(Concat("source", Value(",")), Value(","))
        named = found.annotate(named=Substr("source", 1, ends_at - 1))
        return list(named.values_list("named", flat=True).distinct().order_by("named"))

    def of_document(self, document: str) -> "ActivityQuerySet":
        """The historical ones of a document."""
        return self.historical().filter(Q(source=document) | Q(source__startswith=f"{document},"))

    def of_year(self, year: int) -> "ActivityQuerySet":
        """The missions' own that ran in a year; one that has no start runs in none, without an end in all later."""
        return self.own().filter(
            Q(ends_on__isnull=True) | Q(ends_on__year__gte=year), starts_on__year__lte=year
        )

    def running_in(self, first: date, last: date) -> "ActivityQuerySet":
        """The missions' own that ran between two days, as far as is known: a date that is not recorded is no reason
        to leave one out, but one that is over ran only where it says until when.
        """
        return self.own().filter(runs_between(first, last))

    def for_priority(self, code: str) -> "ActivityQuerySet":
        """Those that serve an objective of a priority of the current strategy."""
        return self._tied(
            "activityobjective_links",
            objective__strategy__is_current=True,
            objective__priority__code=code,
        )

    def for_objective(self, code: str) -> "ActivityQuerySet":
        """Those that serve an objective of the current strategy."""
        return self._tied(
            "activityobjective_links", objective__strategy__is_current=True, objective__code=code
        )

    def for_goal(self, framework: str, code: str) -> "ActivityQuerySet":
        """Those that serve a reference goal."""
        return self._tied("activitygoal_links", goal__framework__code=framework, goal__code=code)

    def in_country(self, iso2: str) -> "ActivityQuerySet":
        """Those that take place in a country or area."""
        return self._tied("activitycountry_links", country__iso2=iso2)

    def tagged(self, code: str) -> "ActivityQuerySet":
        """Those with this subject."""
        return self._tied("activitytag_links", tag__code=code)

    def saying(self, text: str) -> "ActivityQuerySet":
        """Those in which every word of a text stands: in code, title, description, donors, partners or source."""
        found = self
        for word in text.split():
            found = found.filter(
                Q(code__icontains=word)
                | Q(title__icontains=word)
                | Q(description__icontains=word)
                | Q(source__icontains=word)
                | Q(donors__icontains=word)
                | Q(partners__icontains=word)
            )
        return found

    def _tied(self, links: str, **what: object) -> "ActivityQuerySet":
        """By a tie that answers all of this; one of an activity's ties is enough, and it is listed once."""
        table: Any = self.model._meta.get_field(links).related_model
        return self.filter(pk__in=table.objects.filter(**what).values("activity"))
