"""What people were told, and how each of them wants to be told."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.access.models import User
from tracker.common.history import tracked
from tracker.common.jobs.models import Outbox

from .choices import HowOften, NoticeKind
from .querysets import NoticeQuerySet


class Notice(models.Model):
    """Something that one person was told: on their page of notices, and by mail as they had chosen.

    It keeps no history: what happened is in the history of what it speaks of, and when somebody read of it is
    nobody's business. ``params`` are words, codes and dates as ISO strings, never references: a notice knows
    nothing of the reports above it. With a ``key`` the same person is told the same thing once.
    """

    person = models.ForeignKey(User, models.PROTECT, related_name="notices", verbose_name=_("person"))
    kind = models.CharField(_("kind"), max_length=30, choices=NoticeKind.choices)
    params = models.JSONField(_("what it says"), default=dict, blank=True)
    url = models.CharField(_("leads to"), max_length=300, help_text=_("A path in this installation."))
    key = models.CharField(
        _("key"), max_length=200, blank=True, help_text=_("One person is told of it once, where it is given.")
    )
    created_at = models.DateTimeField(_("told"), db_default=models.functions.Now())
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    by_mail = models.CharField(
        _("by mail"), max_length=10, choices=HowOften.choices, help_text=_("As the person wanted it then.")
    )
    mail = models.ForeignKey(
        Outbox, models.PROTECT, null=True, blank=True, related_name="notices", verbose_name=_("mail")
    )
    mailed_at = models.DateTimeField(
        _("put into a mail"), null=True, blank=True, help_text=_("What became of that mail, the mail says.")
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["person", "-created_at", "-id"], name="notices_of_a_person"),
            models.Index(fields=["person"], condition=Q(read_at__isnull=True), name="notices_unread"),
            models.Index(
                fields=["person"],
                condition=Q(by_mail=HowOften.DAILY, mailed_at__isnull=True),
                name="notices_for_the_daily_mail",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "key"], condition=~Q(key=""), name="a_person_is_told_once"
            ),
            models.CheckConstraint(condition=Q(kind__in=NoticeKind.values), name="notice_kind_is_known"),
            models.CheckConstraint(
                condition=Q(by_mail__in=HowOften.values)
                & (~Q(by_mail=HowOften.NEVER) | Q(mailed_at__isnull=True)),
                name="unwanted_notice_is_in_no_mail",
            ),
            models.CheckConstraint(
                condition=Q(mail__isnull=True) | Q(mailed_at__isnull=False), name="mailed_notice_says_when"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} #{self.pk}"


@tracked()
class NoticePreference(models.Model):
    """How often a person wants mail of a kind of notice; without a row, as ``choices.USUALLY`` says."""

    person = models.ForeignKey(
        User, models.PROTECT, related_name="notice_preferences", verbose_name=_("person")
    )
    kind = models.CharField(_("kind"), max_length=30, choices=NoticeKind.choices)
    how_often = models.CharField(_("by mail"), max_length=10, choices=HowOften.choices)

    class Meta:
        verbose_name = _("choice of notices")
        verbose_name_plural = _("choices of notices")
        ordering = ["person", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="one_choice_per_person_and_kind"),
            models.CheckConstraint(
                condition=Q(kind__in=NoticeKind.values) & Q(how_often__in=HowOften.values),
                name="choice_of_notices_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display()}, {self.get_how_often_display()}"
