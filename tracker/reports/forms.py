"""Asking for an edition out of turn."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tracker.common.formats import show_quarter
from tracker.progress.models import ReportingPeriod
from tracker.region.models import Mission

from .choices import EditionKind


class PeriodField(forms.ModelChoiceField):
    """Periods as people read them: Q4 2024."""

    def label_from_instance(self, obj: Any) -> str:
        return show_quarter(obj.code)


class RequestForm(forms.Form):
    """Which period, and for whom; no mission means the region."""

    period = PeriodField(
        label=_("Period"), queryset=ReportingPeriod.objects.none(), to_field_name="code", empty_label=None
    )
    mission = forms.ModelChoiceField(
        label=_("Scope"),
        queryset=Mission.objects.order_by("kind", "name"),
        to_field_name="code",
        required=False,
        empty_label=_("The region"),
    )

    def __init__(self, *args: Any, periods: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["period"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = periods

    @property
    def kind(self) -> EditionKind:
        return (
            EditionKind.MISSION_QUARTERLY if self.cleaned_data["mission"] else EditionKind.REGIONAL_QUARTERLY
        )
