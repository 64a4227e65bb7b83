"""What narrows the list of people."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tracker.common.lists import ListFilter, choice_filter, words_filter

from .choices import Role, Standing
from .models import Membership, User


class PeopleFilter(ListFilter):
    """By a role that somebody holds today or will hold, by the mission, by how far the account is, by words."""

    role = choice_filter(_("Role"), Role.choices, method="narrow_by_role")
    mission = choice_filter(_("Mission"), method="narrow_by_mission")
    standing = choice_filter(_("Account"), Standing.choices)
    q = words_filter()
    searched = ("name", "email")

    class Meta:
        model = User
        fields = ("role", "mission", "standing", "q")

    def narrow_by_role(self, people: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        return people.filter(pk__in=_not_over().filter(role=value).values("user"))

    def narrow_by_mission(self, people: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        return people.filter(pk__in=_not_over().filter(mission__code=value).values("user"))


def _not_over() -> QuerySet[Any]:
    today = timezone.localdate()
    return Membership.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today))
