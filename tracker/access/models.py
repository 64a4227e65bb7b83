"""People, and what they may do where and when."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from tracker.common.history import tracked
from tracker.region.models import Mission

from .choices import MISSION_ROLES, Role
from .querysets import InvitationQuerySet, MembershipQuerySet, PeopleQuerySet


class UserManager(BaseUserManager.from_queryset(PeopleQuerySet)):  # type: ignore[misc]
    """Accounts by e-mail address, kept in lower case so that one address is one person."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """``createsuperuser``: an administrator, made by membership like every other."""
        user = self.create_user(email, password, **fields)
        Membership.objects.create(user=user, role=Role.ADMINISTRATOR)
        return user

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email=(email or "").lower())


@tracked(exclude=["password", "last_login"])
class User(AbstractBaseUser):
    """A person, known by an e-mail address. Rights come from memberships alone.

    Who has left keeps the name, under which their work stands, and no address but one that leads nowhere
    (``services.leaving``).
    """

    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    date_joined = models.DateTimeField(_("since"), auto_now_add=True)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name", "email"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="address_is_kept_in_lower_case"
            ),
            models.CheckConstraint(
                condition=models.Q(left_at__isnull=True) | models.Q(is_active=False),
                name="who_left_may_not_sign_in",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return str(self)

    # Django's model permissions are not used: memberships decide (tracker.access.policies). These three
    # answer the parts of Django that ask all the same, with nothing.
    is_superuser = False

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False


@tracked()
class Membership(models.Model):
    """A role of a person, from a day, maybe to a day; a mission's where the role is a mission's."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    mission = models.ForeignKey(
        Mission, models.PROTECT, null=True, blank=True, related_name="memberships", verbose_name=_("mission")
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    stand_in = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stands_in_for",
        verbose_name=_("stand-in"),
    )
    stand_in_from = models.DateField(_("stand-in from"), null=True, blank=True)
    stand_in_to = models.DateField(_("stand-in to"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["user", "role", "mission"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=MISSION_ROLES, mission__isnull=False)
                | (~models.Q(role__in=MISSION_ROLES) & models.Q(mission__isnull=True)),
                name="mission_roles_name_a_mission",
            ),
            models.CheckConstraint(
                condition=models.Q(starts_on__isnull=True)
                | models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="membership_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    stand_in__isnull=True, stand_in_from__isnull=True, stand_in_to__isnull=True
                )
                | models.Q(
                    stand_in__isnull=False,
                    stand_in_from__isnull=False,
                    stand_in_to__gte=models.F("stand_in_from"),
                ),
                name="stand_in_has_dates",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "mission"],
                condition=models.Q(ends_on__isnull=True),
                nulls_distinct=False,
                name="one_open_membership_per_role",
            ),
        ]

    def __str__(self) -> str:
        where = f", {self.mission}" if self.mission_id else ""
        return f"{self.user}: {self.get_role_display()}{where}"


@tracked()
class Invitation(models.Model):
    """A link by which a person first signs in: sent by mail, good once and until a day. The link is a signature of
    the row's number; it is kept nowhere but in that mail.

    Of a person's invitations the last one holds; sending another takes the earlier back.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="invitations", verbose_name=_("person"))
    invited_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("invited by")
    )
    sent_at = models.DateTimeField(_("sent"))
    expires_at = models.DateTimeField(_("good until"))
    used_at = models.DateTimeField(_("used"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-sent_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("sent_at")), name="invitation_holds_for_a_while"
            ),
            models.CheckConstraint(
                condition=models.Q(used_at__isnull=True) | models.Q(withdrawn_at__isnull=True),
                name="invitation_is_used_or_taken_back",
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(used_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_invitation_each",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)
