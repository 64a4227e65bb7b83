"""A mission's report for a period, its revisions, and the events of their life."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tracker.batches.models import ImportBatch
from tracker.common.history import tracked
from tracker.common.triggers import append_only
from tracker.common.versions import raises_data_version
from tracker.framework.models import Indicator
from tracker.region.models import Mission

from ..choices import ANSWERS, OPEN, SAID, TRANSITIONS, Origin, RevisionStatus, Transition
from ..querysets import EventQuerySet, ReportQuerySet, RevisionQuerySet
from .periods import ReportingPeriod


def person(label: object) -> models.ForeignKey:
    """Who did it: kept, even when the person has left."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=label,  # type: ignore[arg-type]
    )


@tracked()
class ProgressReport(models.Model):
    """One mission's report for one period. What it says is in its revisions."""

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="reports", verbose_name=_("mission"))
    period = models.ForeignKey(
        ReportingPeriod, models.PROTECT, related_name="reports", verbose_name=_("period")
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("progress report")
        verbose_name_plural = _("progress reports")
        ordering = ["period", "mission"]
        constraints = [
            models.UniqueConstraint(fields=["mission", "period"], name="one_report_per_mission_and_period"),
        ]

    def __str__(self) -> str:
        return f"{self.period}, {self.mission}"

    def is_of(self, *, period: str, mission: str) -> bool:
        """Whether it is the report of these codes."""
        return (self.period.code, self.mission.code) == (period, mission)


def _allowed_steps() -> str:
    """The table of transitions as SQL: which (old, new) pairs of status may follow each other."""
    steps = sorted({(old.value, new.value) for olds, new in TRANSITIONS.values() for old in olds})
    return ", ".join(f"('{old}', '{new}')" for old, new in steps)


# When a revision is in figures, provisional ones among them.
_COUNTS = "status IN ('submitted', 'approved')"
_COUNTS_AT_ONCE = f"SELECT FROM changed WHERE {_COUNTS}"
_COUNTED = f"SELECT FROM before WHERE {_COUNTS}"
_WHAT_COUNTS = f"SELECT id, CASE WHEN {_COUNTS} THEN (status, withdrawn_at, approved_at)::text END"
# Not by a join: the database knows nothing of how many rows were changed, and would compare each with each.
_BEGINS_OR_STOPS_TO_COUNT = f"{_WHAT_COUNTS} FROM changed EXCEPT {_WHAT_COUNTS} FROM before"


@tracked()
class ReportRevision(models.Model):
    """A full set of a report's results, and the unit of review.

    An approved one is never touched again (but for its withdrawal); the last approved and not withdrawn
    revision is the one that counts.
    """

    report = models.ForeignKey(
        ProgressReport, models.PROTECT, related_name="revisions", verbose_name=_("report")
    )
    number = models.PositiveSmallIntegerField(_("revision"))
    status = models.CharField(
        _("status"), max_length=10, choices=RevisionStatus.choices, default=RevisionStatus.DRAFT
    )
    origin = models.CharField(_("origin"), max_length=10, choices=Origin.choices, default=Origin.ENTERED)
    batch = models.ForeignKey(
        ImportBatch, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("import batch")
    )
    source = models.CharField(_("source document"), max_length=300, blank=True)
    on_behalf = models.BooleanField(
        _("on the mission's behalf"), default=False, help_text=_("An officer enters it for the mission.")
    )
    created_at = models.DateTimeField(_("begun"), db_default=models.functions.Now())
    created_by = person(_("begun by"))
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    submitted_by = person(_("submitted by"))
    opened_at = models.DateTimeField(
        _("opened by an officer"), null=True, blank=True, help_text=_("From then on it is not recalled.")
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    approved_by = person(_("approved by"))
    answer_by = models.DateField(
        _("answer by"), null=True, blank=True, help_text=_("Open until then, whatever the window.")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = person(_("withdrawn by"))
    withdrawn_reason = models.CharField(_("why withdrawn"), max_length=500, blank=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["report", "number"]
        indexes = [
            models.Index(fields=["status", "report"], name="revision_by_status"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="revision_number_is_unique"),
            models.UniqueConstraint(
                fields=["report"], condition=Q(status__in=OPEN), name="one_open_revision_per_report"
            ),
            models.CheckConstraint(
                condition=Q(status__in=RevisionStatus.values), name="revision_status_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[RevisionStatus.SUBMITTED, RevisionStatus.APPROVED])
                | Q(submitted_by__isnull=False, submitted_at__isnull=False)
                | Q(batch__isnull=False),
                name="submitted_has_a_submitter",
            ),
            models.CheckConstraint(
                condition=(~Q(status=RevisionStatus.APPROVED) & Q(approved_at__isnull=True))
                | Q(
                    status=RevisionStatus.APPROVED, approved_by__isnull=False, approved_at__isnull=False
                ),
                name="approved_has_an_approver",
            ),
            # Four eyes; approved history of an administrator's batch answers for itself.
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | ~Q(submitted_by=F("approved_by"))
                | Q(submitted_by__isnull=True, origin=Origin.HISTORICAL, batch__isnull=False),
                name="submitter_does_not_approve",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | (
                    Q(
                        withdrawn_at__isnull=False,
                        withdrawn_by__isnull=False,
                        status=RevisionStatus.APPROVED,
                    )
                    & ~Q(withdrawn_reason="")
                ),
                name="withdrawn_was_approved_and_says_why",
            ),
        ]  # fmt: skip
        triggers = [
            *raises_data_version(insert=_COUNTS_AT_ONCE, update=_BEGINS_OR_STOPS_TO_COUNT, delete=_COUNTED),
            pgtrigger.Trigger(
                name="begins_open",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NEW.status NOT IN ('draft', 'submitted') THEN
                        RAISE EXCEPTION 'a revision begins as a draft, not as %', NEW.status
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'life_of_a_revision';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="life_of_a_revision",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=f"""
                    IF OLD.status IN ('approved', 'dropped') AND
                       to_jsonb(NEW) - 'withdrawn_at' - 'withdrawn_by_id' - 'withdrawn_reason' <>
                       to_jsonb(OLD) - 'withdrawn_at' - 'withdrawn_by_id' - 'withdrawn_reason' THEN
                        RAISE EXCEPTION 'revision % is % and stays as it is', OLD.id, OLD.status
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'approved_stays';
                    END IF;
                    IF OLD.withdrawn_at IS NOT NULL AND
                       (NEW.withdrawn_at, NEW.withdrawn_by_id, NEW.withdrawn_reason) IS DISTINCT FROM
                       (OLD.withdrawn_at, OLD.withdrawn_by_id, OLD.withdrawn_reason) THEN
                        RAISE EXCEPTION 'the withdrawal of revision % stays as it is', OLD.id
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'withdrawal_stays';
                    END IF;
                    IF NEW.status <> OLD.status AND (OLD.status, NEW.status) NOT IN ({_allowed_steps()}) THEN
                        RAISE EXCEPTION 'revision % cannot go from % to %', OLD.id, OLD.status, NEW.status
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'life_of_a_revision';
                    END IF;
                    IF NEW.status = 'approved' AND OLD.status = 'draft'
                       AND (NEW.batch_id IS NULL OR NEW.origin <> 'historical') THEN
                        RAISE EXCEPTION 'revision % was not submitted', OLD.id
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'life_of_a_revision';
                    END IF;
                    IF NEW.status = 'approved' AND OLD.status = 'submitted' AND EXISTS (
                        SELECT 1 FROM tracker_indicatorresult r
                        WHERE r.revision_id = NEW.id AND NOT r.is_copy AND r.entered_by_id = NEW.approved_by_id
                    ) THEN
                        RAISE EXCEPTION 'who entered a result of revision % cannot approve it', OLD.id
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'enterer_does_not_approve';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(
                name="counted_is_never_deleted",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__status=RevisionStatus.APPROVED.value),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} r{self.number}"


def _answers_to(ask: str) -> str:
    """SQL for the events that answer an ask (the name of its row): declined, or another revision of its report."""
    answers = ", ".join(f"'{step.value}'" for step in ANSWERS)
    return f"""
        SELECT FROM tracker_reviewevent e
          JOIN tracker_reportrevision of_e ON of_e.id = e.revision_id
          JOIN tracker_reportrevision of_a ON of_a.id = {ask}.revision_id
         WHERE of_e.report_id = of_a.report_id AND e.id > {ask}.id AND e.transition IN ({answers})
    """


@tracked()
class ReviewEvent(models.Model):
    """One step of a revision's life: who, when, from where to where, and what was said.

    Of an approved revision two are only said: its mission asks for a correction, and an officer declines. Who asked
    is answered by that, or by another revision (reopened, or loaded as history); until then nobody asks again.
    """

    revision = models.ForeignKey(
        ReportRevision, models.PROTECT, related_name="review_events", verbose_name=_("revision")
    )
    transition = models.CharField(_("step"), max_length=10, choices=Transition.choices)
    from_status = models.CharField(_("from"), max_length=10, choices=RevisionStatus.choices, blank=True)
    to_status = models.CharField(_("to"), max_length=10, choices=RevisionStatus.choices)
    comment = models.TextField(_("comment"), blank=True)
    actor = person(_("by"))
    at = models.DateTimeField(_("when"), db_default=models.functions.Now())
    indicators = models.ManyToManyField(
        Indicator, through="EventIndicator", related_name="+", verbose_name=_("indicators named")
    )

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("review event")
        verbose_name_plural = _("review events")
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(
                    transition__in=[Transition.RETURN, Transition.REOPEN, Transition.WITHDRAW, *SAID]
                )
                | ~Q(comment=""),
                name="return_and_reopening_say_why",
            ),
            models.CheckConstraint(
                condition=~Q(transition__in=SAID)
                | Q(from_status=RevisionStatus.APPROVED, to_status=RevisionStatus.APPROVED),
                name="a_correction_is_of_what_is_approved",
            ),
        ]
        indexes = [
            models.Index(fields=["revision"], condition=Q(transition=Transition.ASK), name="event_asks"),
        ]
        triggers = [
            *append_only(),
            pgtrigger.Trigger(
                name="one_open_ask",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__transition__in=[step.value for step in SAID]),
                declare=[("is_asked", "boolean")],
                # The lock: of two who ask at once, the second waits, and then finds that somebody has asked.
                func=f"""
                    PERFORM FROM tracker_progressreport p JOIN tracker_reportrevision v ON v.report_id = p.id
                      WHERE v.id = NEW.revision_id FOR UPDATE OF p;
                    SELECT EXISTS (
                        SELECT FROM tracker_reviewevent a
                         WHERE a.revision_id = NEW.revision_id AND a.transition = '{Transition.ASK.value}'
                           AND NOT EXISTS ({_answers_to("a")})
                    ) INTO is_asked;
                    IF is_asked = (NEW.transition = '{Transition.ASK.value}') THEN
                        RAISE EXCEPTION 'of revision % a correction is %', NEW.revision_id,
                            CASE WHEN is_asked THEN 'asked for already' ELSE 'not asked for' END
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'one_open_ask';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.revision_id}: {self.transition}"


@tracked()
class EventIndicator(models.Model):
    """An indicator that a review event names: of its result a correction is asked for."""

    event = models.ForeignKey(
        ReviewEvent, models.PROTECT, related_name="named", verbose_name=_("review event")
    )
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+", verbose_name=_("indicator"))

    class Meta:
        verbose_name = _("indicator named by a review event")
        verbose_name_plural = _("indicators named by review events")
        ordering = ["event", "indicator"]
        constraints = [
            models.UniqueConstraint(fields=["event", "indicator"], name="event_names_an_indicator_once"),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.event_id} / {self.indicator_id}"
