"""A baseline or a target of one mission (or the region), typed into a form: rows of their sheets come of it."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.batches.cell_readers import last_day
from tracker.batches.plans import RowError
from tracker.common.formats import show_date
from tracker.common.workbooks.numbers import NumberError
from tracker.framework.choices import Measure
from tracker.framework.models import Indicator
from tracker.progress.choices import TargetBasis
from tracker.progress.models import Baseline, Target
from tracker.progress.services.amounts import (
    as_typed,
    counts_missions,
    mark_of_language,
    read_typed,
    to_sheet,
)
from tracker.progress.services.baselines import BaselineRow
from tracker.progress.services.known import REGION
from tracker.progress.services.targets import TargetRow
from tracker.region.models import Mission

from .typed import TypedForm

BASELINE_COLUMNS = frozenset(
    {
        "indicator", "mission", "baseline_value", "baseline_numerator", "baseline_denominator",
        "baseline_stage", "baseline_date", "baseline_source", "note",
    }
)  # fmt: skip
TARGET_COLUMNS = frozenset({"indicator", "mission", "due", "target_value", "target_stage", "basis"})


class LastDayField(forms.CharField):
    """A day: a date, or a year, half-year or quarter for its last day."""

    widget = forms.TextInput(attrs={"size": 16})

    def to_python(self, value: Any) -> Any:
        written = super().to_python(value)
        if not written:
            return None
        try:
            return last_day(written)
        except NumberError as error:
            raise forms.ValidationError(str(error)) from error


class AmountField(forms.CharField):
    """A number as people of the page's language type it."""

    def __init__(self, *, indicator: Indicator, is_part: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "size": 12}))
        super().__init__(**kwargs)
        self._indicator, self._is_part = indicator, is_part

    def to_python(self, value: Any) -> Any:
        written = super().to_python(value)
        if not written:
            return None
        try:
            return read_typed(
                written, indicator=self._indicator, mark=mark_of_language(), is_part=self._is_part
            )
        except NumberError as error:
            raise forms.ValidationError(str(error)) from error


class PlanForm(TypedForm):
    """What baselines and targets have in common: an amount, and why it is recorded.

    ``shown`` is the version that the page showed as the one that holds, ``answered`` what was asked about and is to
    be saved all the same.
    """

    shown = forms.CharField(required=False, widget=forms.HiddenInput)
    answered = forms.CharField(required=False, widget=forms.HiddenInput)

    # From the columns of the sheet, which errors name, to the fields.
    columns: Mapping[str, str] = {}

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        indicator: Indicator,
        mission: Mission | None,
        asks_why: bool,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.indicator, self.mission = indicator, mission
        self.fields["reason"] = forms.CharField(
            label=_("Reason"),
            required=asks_why,
            max_length=500,
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text=_("Why it is recorded: there are results that are judged by it.")
            if asks_why
            else _("Why it is recorded, if that is not plain."),
            error_messages={"required": _("Say why: there are results that are judged by it.")},
        )

    def _add_amount(self, label: str, *, parts: bool) -> None:
        """The fields of the amount, as the indicator measures: a number, a percentage, a stage."""
        indicator, is_count = self.indicator, self.counts_missions
        unit = _("missions") if is_count else indicator.unit
        if indicator.scale and not is_count:
            self.fields["stage"] = forms.ChoiceField(
                label=label,
                choices=[("", "–"), *((stage, stage) for stage in indicator.scale)],
                error_messages={"required": _("Choose one.")},
            )
            return
        is_share = indicator.measure == Measure.PERCENTAGE and not is_count
        hint = _("In %(unit)s.") % {"unit": unit}
        if is_share:
            hint = (
                _("In percent: 40 for 40 %. Leave it empty where you give the numbers below.")
                if parts
                else _("In percent: 40 for 40 %.")
            )
        elif is_count:
            hint = _("For the region this indicator counts missions: how many.")
        self.fields["value"] = AmountField(
            indicator=indicator,
            label=label,
            help_text=hint,
            required=not (is_share and parts),
            error_messages={"required": _("Give the amount; 0 is one.")},
        )
        if is_share and parts:
            for name, words in (("numerator", _("Numerator")), ("denominator", _("Denominator"))):
                self.fields[name] = AmountField(
                    indicator=indicator, is_part=True, label=words, required=False
                )

    @property
    def counts_missions(self) -> bool:
        return counts_missions(self.indicator, regional=self.mission is None)

    @property
    def code_of_mission(self) -> str:
        return self.mission.code if self.mission else REGION

    def blame(self, errors: Iterable[RowError]) -> None:
        """Lay what the service refused beside the fields that it is about."""
        for error in errors:
            name = self.columns.get(error.column or "", "")
            self.add_error(name if name in self.fields else None, str(error.message))

    def visible(self) -> list[forms.BoundField]:
        return self.visible_fields()

    def fields_in_order(self, *names: str) -> None:
        self.order_fields([*names, "reason"])


class BaselineForm(PlanForm):
    """Where a mission, or the region, stood before."""

    columns = {
        "baseline_value": "value",
        "baseline_numerator": "numerator",
        "baseline_denominator": "denominator",
        "baseline_stage": "stage",
        "baseline_date": "date",
        "baseline_source": "source",
        "note": "note",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._add_amount(_("Baseline"), parts=True)
        self.fields["date"] = LastDayField(
            label=_("Date"),
            required=False,
            help_text=_("A date (31 Dec 2019), a year (2019) or a quarter (2019-Q4): its last day counts."),
        )
        self.fields["source"] = forms.CharField(
            label=_("Source"), required=False, max_length=300, help_text=_("Document and place.")
        )
        self.fields["note"] = forms.CharField(
            label=_("Note"),
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text=_("What should be known of it."),
        )
        self.fields_in_order("value", "numerator", "denominator", "stage", "date", "source", "note")

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if "numerator" in self.fields and not self.errors:
            amounts = [given.get(name) for name in ("value", "numerator", "denominator")]
            if all(amount is None for amount in amounts):
                self.add_error("value", _("Give the percentage, or its numerator and denominator."))
            elif amounts[2] == 0:
                self.add_error("denominator", _("0 of 0 has no value. Correct the denominator."))
        return given

    def row(self) -> BaselineRow:
        """The row of a sheet that says the same."""
        given = self.cleaned_data
        return BaselineRow(
            row=1,
            indicator=self.indicator.code,
            mission=self.code_of_mission,
            baseline_value=given.get("value"),
            baseline_numerator=given.get("numerator"),
            baseline_denominator=given.get("denominator"),
            baseline_stage=given.get("stage") or None,
            baseline_date=given["date"],
            baseline_source=given["source"] or None,
            active_from=None,
            active_to=None,
            note=given["note"] or None,
        )


class TargetForm(PlanForm):
    """A level to be reached by a date; ``due`` is set where it stands already."""

    columns = {"due": "due", "target_value": "value", "target_stage": "stage", "basis": "basis"}

    def __init__(self, *args: Any, due: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._due = due
        if due is None:
            self.fields["due"] = LastDayField(
                label=_("To be reached by"),
                help_text=_(
                    "A date (31 Dec 2024), a year (2024) or a quarter (2024-Q4): its last day counts."
                ),
                error_messages={"required": _("By when? Give a date, a year or a quarter.")},
            )
        self._add_amount(_("Target"), parts=False)
        if self.asks_basis:
            self.fields["basis"] = forms.ChoiceField(
                label=_("How it is meant"),
                choices=[
                    (TargetBasis.TO_DATE, _("The running total since the strategy began"))
                    if self.indicator.is_flow
                    else (TargetBasis.TO_DATE, _("The amount of that year, as a level")),
                    (TargetBasis.PER_YEAR, _("What is added in that year alone")),
                ],
                widget=forms.RadioSelect,
                error_messages={"required": _("Say how it is meant.")},
            )
        self.fields_in_order("due", "value", "stage", "basis")

    @property
    def asks_basis(self) -> bool:
        """Whether a yearly amount and a level are two things for this indicator."""
        return self.indicator.is_flow and not self.counts_missions

    @property
    def due(self) -> date:
        found: date = self._due or self.cleaned_data["due"]
        return found

    def row(self) -> TargetRow:
        """The row of a sheet that says the same."""
        given = self.cleaned_data
        # Where the form does not ask, what held keeps how it was given.
        basis = given.get("basis") or self.initial.get("basis") or TargetBasis.TO_DATE.value
        return TargetRow(
            row=1,
            indicator=self.indicator.code,
            mission=self.code_of_mission,
            due=self.due,
            target_value=given.get("value"),
            target_stage=given.get("stage") or None,
            basis=basis,
        )


class WithdrawForm(forms.Form):
    """Why something is to hold no more."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Say why it is withdrawn.")},
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, auto_id="withdraw-%s")


# -- What is held, as a person would type it ----------------------------------------------------------
def typed_baseline(baseline: Baseline) -> dict[str, str]:
    """The fields of a form that says what this baseline says."""
    amount = _typed(baseline.indicator, baseline.value, regional=baseline.mission_id is None)
    return {
        **amount,
        "numerator": as_typed(baseline.numerator),
        "denominator": as_typed(baseline.denominator),
        "date": show_date(baseline.date) if baseline.date else "",
        "source": baseline.source,
        "note": baseline.note,
        "shown": str(baseline.pk),
    }


def typed_target(target: Target) -> dict[str, str]:
    """The fields of a form that says what this target says: as it was given, per year where it was."""
    regional = target.mission_id is None
    amount = target.value if target.given is None else target.given
    return {
        **_typed(target.indicator, amount, regional=regional),
        "basis": target.basis,
        "shown": str(target.pk),
    }


def _typed(indicator: Indicator, amount: Decimal | None, *, regional: bool) -> dict[str, str]:
    said = to_sheet(indicator, amount, regional=regional)
    if isinstance(said, str):
        return {"stage": said}
    return {"value": as_typed(said)}
