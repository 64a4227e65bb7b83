"""Reads of editions, as phrases."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from tracker.common.jobs.choices import JobStatus

if TYPE_CHECKING:
    from tracker.access.policies import Rights

    from .models import Edition, EditionFile


class EditionQuerySet(models.QuerySet["Edition"]):
    def readable_by(self, rights: "Rights") -> "EditionQuerySet":
        """Released editions are for everyone with a role; drafts for officers and administrators, and a
        mission's own for its people.
        """
        if rights.is_officer or rights.is_administrator:
            return self
        if not rights.sees_region:
            return self.none()
        return self.filter(Q(released_at__isnull=False) | Q(mission_id__in=rights.missions))

    def under_way(self) -> "EditionQuerySet":
        """About to be made, or being made."""
        return self.filter(job__status__in=[JobStatus.QUEUED, JobStatus.RUNNING])

    def releasable(self) -> "EditionQuerySet":
        """Made, and still marked DRAFT."""
        return self.filter(made_at__isnull=False, released_at__isnull=True)

    def newest_first(self) -> "EditionQuerySet":
        """The newest period first, in it the region before the missions."""
        return self.order_by(
            "-period__number", F("mission__kind").asc(nulls_first=True), "mission__name", "-requested_at"
        )


class EditionFileQuerySet(models.QuerySet["EditionFile"]):
    def to_hand_out(self) -> "EditionFileQuerySet":
        """Of each edition the files that may be taken away now: marked DRAFT until it is released."""
        return self.filter(
            Q(edition__released_at__isnull=True, is_draft=True)
            | Q(edition__released_at__isnull=False, is_draft=False)
        )
