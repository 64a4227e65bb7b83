"""Reads of memberships, as phrases."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from .choices import Role

if TYPE_CHECKING:
    from .models import Membership, User


class MembershipQuerySet(models.QuerySet["Membership"]):
    def in_force(self, *, on: date) -> "MembershipQuerySet":
        """Begun and not ended on that day (both days count)."""
        return self.filter(
            Q(starts_on__isnull=True) | Q(starts_on__lte=on), Q(ends_on__isnull=True) | Q(ends_on__gte=on)
        )

    def acted_on_by(self, user: "User", *, on: date) -> "MembershipQuerySet":
        """The person's own memberships, and those where they stand in for an absent colleague."""
        return self.in_force(on=on).filter(
            Q(user=user) | Q(stand_in=user, stand_in_from__lte=on, stand_in_to__gte=on)
        )

    def administering(self, *, on: date) -> "MembershipQuerySet":
        """Those of people who may sign in and are administrators on that day."""
        return self.in_force(on=on).filter(role=Role.ADMINISTRATOR, user__is_active=True)

    def overlapping(self, membership: "Membership") -> "MembershipQuerySet":
        """Others of the same person, role and mission with a day in common."""
        starts, ends = membership.starts_on, membership.ends_on
        same = self.filter(
            user=membership.user_id, role=membership.role, mission=membership.mission_id
        ).exclude(pk=membership.pk)
        if ends is not None:
            same = same.filter(Q(starts_on__isnull=True) | Q(starts_on__lte=ends))
        if starts is not None:
            same = same.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts))
        return same
