"""The row is the job: what is to be done, how far it is, and what became of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .choices import JobStatus, MailStatus


class Job(models.Model):
    """Work for a worker. The message that wakes one may be lost or doubled; this row is neither.

    A worker holds a session advisory lock on the row while it works, which the server frees at once when
    the worker dies; ``attempt`` fences off a worker that was thought dead and writes late. A job has no
    owner: the row it works for points to it.
    """

    task = models.CharField(_("task"), max_length=100, help_text=_("The Celery task that does it."))
    status = models.CharField(_("status"), max_length=10, choices=JobStatus.choices, default=JobStatus.QUEUED)
    attempt = models.PositiveSmallIntegerField(_("attempt"), default=0)
    max_attempts = models.PositiveSmallIntegerField(_("attempts at most"), default=5)
    run_after = models.DateTimeField(_("not before"), db_default=models.functions.Now())
    woken_at = models.DateTimeField(_("woken"), null=True, blank=True)
    created_at = models.DateTimeField(_("queued"), db_default=models.functions.Now())
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    stage = models.CharField(_("stage"), max_length=50, blank=True)
    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("of"), default=0)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(
                fields=["run_after"],
                condition=Q(status__in=[JobStatus.QUEUED, JobStatus.RUNNING]),
                name="jobs_to_do",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=JobStatus.values), name="job_status_is_known"),
            models.CheckConstraint(
                condition=~Q(status__in=[JobStatus.DONE, JobStatus.FAILED, JobStatus.CANCELLED])
                | Q(finished_at__isnull=False),
                name="finished_job_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} #{self.pk}"


class Outbox(models.Model):
    """A mail to send, claimed before sending, under a Message-ID that stays the same.

    What died between the server's yes and our commit is *unknown*: shown, and not sent again by itself.
    """

    message_id = models.CharField(_("Message-ID"), max_length=100, unique=True)
    to = models.EmailField(_("to"))
    subject = models.CharField(_("subject"), max_length=250)
    body = models.TextField(_("text"))
    status = models.CharField(
        _("status"), max_length=10, choices=MailStatus.choices, default=MailStatus.QUEUED
    )
    attempt = models.PositiveSmallIntegerField(_("attempt"), default=0)
    send_after = models.DateTimeField(_("not before"), db_default=models.functions.Now())
    created_at = models.DateTimeField(_("written"), db_default=models.functions.Now())
    claimed_at = models.DateTimeField(_("claimed"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("outbox")
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(
                fields=["send_after"],
                condition=Q(status__in=[MailStatus.QUEUED, MailStatus.SENDING]),
                name="mail_to_send",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=MailStatus.values), name="mail_status_is_known"),
            models.CheckConstraint(
                condition=~Q(status=MailStatus.SENT) | Q(sent_at__isnull=False), name="sent_mail_says_when"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.to}: {self.subject}"
