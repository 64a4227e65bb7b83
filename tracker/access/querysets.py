"""Reads of people, memberships and invitations, as phrases."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Case, F, Max, Q, Value, When

from .choices import Role, Standing

if TYPE_CHECKING:
    from .models import Invitation, Membership, User


class PeopleQuerySet(models.QuerySet["User"]):
    def with_standing(self, *, now: datetime) -> "PeopleQuerySet":
        """With ``standing``, one of ``Standing``, and ``invited_until``, the day of an invitation not yet used."""
        is_open = Q(invitations__used_at__isnull=True, invitations__withdrawn_at__isnull=True)
        unless_signed_in = Q(last_login__isnull=True) | Q(last_login__lt=F("invitations__sent_at"))
        # There is one at most.
        invited_until = Max("invitations__expires_at", filter=is_open & unless_signed_in)
        return self.annotate(invited_until=invited_until).annotate(
            standing=Case(
                When(left_at__isnull=False, then=Value(Standing.LEFT)),
                When(is_active=False, then=Value(Standing.CLOSED)),
                When(invited_until__gt=now, then=Value(Standing.INVITED)),
                When(invited_until__isnull=False, then=Value(Standing.EXPIRED)),
                When(last_login__isnull=False, then=Value(Standing.SIGNED_IN)),
                default=Value(Standing.NEVER),
                output_field=models.CharField(),
            )
        )


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> "InvitationQuerySet":
        """Neither used, nor taken back, nor overtaken by a sign-in; it may have expired."""
        return self.filter(used_at__isnull=True, withdrawn_at__isnull=True).filter(
            Q(user__last_login__isnull=True) | Q(user__last_login__lt=F("sent_at"))
        )

    def good(self, *, now: datetime) -> "InvitationQuerySet":
        """Open, not expired, and of somebody who may sign in."""
        return self.open().filter(expires_at__gt=now, user__is_active=True)


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
