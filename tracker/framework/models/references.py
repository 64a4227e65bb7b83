"""The outside frames that the strategy answers to, as trees, and what of them each objective serves."""

from typing import Any, ClassVar

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tracker.common.addresses import code_fits_an_address
from tracker.common.history import tracked

from ..choices import AlignmentBasis, ReferenceGoalKind, ReferenceKind, TitleBasis
from .strategy import Objective

MOST_GOALS = 4
"""So many goals of one framework an objective is tied to at most: who serves everything serves nothing."""


@tracked()
class ReferenceFramework(models.Model):
    """An outside framework, process or body that the source documents name."""

    code = models.CharField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=50)
    kind = models.CharField(_("kind"), max_length=15, choices=ReferenceKind.choices)
    owner = models.CharField(_("whose it is"), max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    description = models.TextField(_("description"), blank=True)
    source = models.CharField(_("source"), max_length=300)
    order = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("reference framework")
        verbose_name_plural = _("reference frameworks")
        ordering = ["order", "code"]
        constraints = [code_fits_an_address("framework_code_fits_an_address")]

    def __str__(self) -> str:
        return self.short_name


@tracked()
class ReferenceGoal(models.Model):
    """A goal within a reference framework: a principle, an objective, a target; maybe below another."""

    framework = models.ForeignKey(
        ReferenceFramework, models.PROTECT, related_name="goals", verbose_name=_("reference framework")
    )
    code = models.CharField(_("code"), max_length=30)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("below")
    )
    kind = models.CharField(_("kind"), max_length=25, choices=ReferenceGoalKind.choices)
    title = models.CharField(_("title"), max_length=200, help_text=_("This tracker’s own short title."))
    detail = models.TextField(_("detail"), blank=True)
    title_basis = models.CharField(
        _("title rests on"), max_length=20, choices=TitleBasis.choices, default=TitleBasis.SOURCE
    )
    source = models.CharField(_("source"), max_length=300)
    order = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("reference goal")
        verbose_name_plural = _("reference goals")
        ordering = ["framework__order", "order", "code"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "code"], name="goal_code_is_unique"),
            code_fits_an_address("goal_code_fits_an_address"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="goal_is_not_below_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def clean(self) -> None:
        """A goal edited by itself stays in its tree; a file is checked as a whole (``plan_goals``)."""
        if self.parent is None:
            return
        if self.parent.framework_id != self.framework_id:
            raise ValidationError({"parent": gettext("The goal above it is of another framework.")})
        above: ReferenceGoal | None = self.parent
        passed: set[int] = set()
        while above is not None and above.pk not in passed:
            if above.pk == self.pk:
                raise ValidationError({"parent": gettext("The goal would stand below itself.")})
            passed.add(above.pk)
            above = above.parent


@tracked()
class Alignment(models.Model):
    """An objective serves a goal of a reference framework; or serves none (no goal), and says why."""

    objective = models.ForeignKey(
        Objective, models.PROTECT, related_name="alignments", verbose_name=_("objective")
    )
    goal = models.ForeignKey(
        ReferenceGoal,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="alignments",
        verbose_name=_("reference goal"),
        help_text=_("Empty: the objective fits none, for the reason given."),
    )
    basis = models.CharField(_("basis"), max_length=10, choices=AlignmentBasis.choices)
    reason = models.CharField(_("reason"), max_length=300)
    source = models.CharField(_("source"), max_length=300)

    # Said where two people tie the same objective at once; alone, `clean` says it first.
    refusals: ClassVar[dict[str, Any]] = {
        "serves_goals_or_none": _(
            "Somebody else just recorded what this objective serves. Look at it again."
        ),
        "most_goals_of_a_framework": _(
            "Somebody else just tied this objective to another goal of this framework. Look at it again."
        ),
    }

    class Meta:
        verbose_name = _("alignment")
        verbose_name_plural = _("alignments")
        ordering = ["objective", "goal__framework__order", "goal__order"]
        constraints = [
            models.UniqueConstraint(fields=["objective", "goal"], nulls_distinct=False, name="aligned_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="alignment_has_a_reason"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="alignments_of_an_objective_fit",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                # The lock: of two who tie an objective at once, neither would count the other's tie.
                func=f"""
                    PERFORM 1 FROM tracker_objective o WHERE o.id = NEW.objective_id FOR NO KEY UPDATE;
                    IF (SELECT count(DISTINCT a.goal_id IS NULL) FROM tracker_alignment a
                        WHERE a.objective_id = NEW.objective_id) > 1 THEN
                        RAISE EXCEPTION 'objective % is tied to goals and to none', NEW.objective_id
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'serves_goals_or_none';
                    END IF;
                    IF EXISTS (SELECT 1 FROM tracker_alignment a JOIN tracker_referencegoal g ON g.id = a.goal_id
                               WHERE a.objective_id = NEW.objective_id
                               GROUP BY g.framework_id HAVING count(*) > {MOST_GOALS}) THEN
                        RAISE EXCEPTION 'objective % is tied to too many goals of a framework', NEW.objective_id
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'most_goals_of_a_framework';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.objective_id}: {self.goal_id}"

    def clean(self) -> None:
        """An alignment edited by itself fits the objective's others; a file is checked as a whole
        (``plan_alignments``).
        """
        if self.objective_id is None:
            return
        others = Alignment.objects.filter(objective=self.objective_id).exclude(pk=self.pk)
        if self.goal is None:
            if others.exists():
                raise ValidationError(gettext("The objective is tied to goals, so it cannot serve none."))
        elif others.filter(goal=None).exists():
            raise ValidationError(
                gettext("It is recorded that the objective serves no goal. Delete that first.")
            )
        elif others.filter(goal__framework=self.goal.framework_id).count() >= MOST_GOALS:
            raise ValidationError(
                gettext("The objective is tied to %(most)d goals of this framework already.")
                % {"most": MOST_GOALS}
            )
