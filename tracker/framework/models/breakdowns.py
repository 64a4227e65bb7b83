"""Ways of splitting a result, and their parts. What results were split by stands."""

from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from tracker.common.history import tracked
from tracker.common.versions import raises_data_version

from .strategy import Strategy


@tracked()
class Breakdown(models.Model):
    """A way of splitting a result; exclusive cells are parts of the whole, others may overlap."""

    strategy = models.ForeignKey(
        Strategy, models.PROTECT, related_name="breakdowns", verbose_name=_("strategy")
    )
    code = models.CharField(_("code"), max_length=50)
    name = models.CharField(_("name"), max_length=150)
    exclusive = models.BooleanField(
        _("exclusive"), default=True, help_text=_("A person is in one cell only, so cells add up.")
    )

    refusals: ClassVar[dict[str, Any]] = {
        "adding_up_stands_once_used": _(
            "Results were broken down by this already, so how its cells add up stands. Make a new breakdown "
            "with another code."
        )
    }

    class Meta:
        verbose_name = _("breakdown")
        verbose_name_plural = _("breakdowns")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["strategy", "code"], name="breakdown_code_is_unique"),
        ]
        triggers = [
            *raises_data_version(),
            pgtrigger.Trigger(
                name="adding_up_stands_once_used",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("exclusive", "strategy"),
                func="""
                    IF EXISTS (SELECT 1 FROM tracker_cell c JOIN tracker_cellvalue v ON v.cell_id = c.id
                               WHERE c.breakdown_id = OLD.id) THEN
                        RAISE EXCEPTION 'results were broken down by %: how its cells add up stands', OLD.code
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'adding_up_stands_once_used';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class Cell(models.Model):
    """One part of a breakdown."""

    breakdown = models.ForeignKey(
        Breakdown, models.PROTECT, related_name="cells", verbose_name=_("breakdown")
    )
    code = models.CharField(_("code"), max_length=50)
    name = models.CharField(_("name"), max_length=150)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    refusals: ClassVar[dict[str, Any]] = {
        "cell_stands_once_used": _("Results hold figures for this cell, so its code and its breakdown stand.")
    }

    class Meta:
        verbose_name = _("cell")
        verbose_name_plural = _("cells")
        ordering = ["breakdown", "order"]
        constraints = [
            models.UniqueConstraint(fields=["breakdown", "code"], name="cell_code_is_unique"),
        ]
        triggers = [
            *raises_data_version(),
            pgtrigger.Trigger(
                name="cell_stands_once_used",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("code", "breakdown"),
                func="""
                    IF EXISTS (SELECT 1 FROM tracker_cellvalue v WHERE v.cell_id = OLD.id) THEN
                        RAISE EXCEPTION 'results hold figures for cell %: its code and breakdown stand', OLD.code
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'cell_stands_once_used';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.name
