"""The control above the region's map: what it shows, and as of when."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from tracker.common.formats import show_quarter
from tracker.common.formfields import choice_control, offer_choices
from tracker.progress.models import ReportingPeriod

from ..reading.map_measures import MapMeasure
from ..reading.periods import Periods

OWN = ("map", "map_period")
"""The parts of the address that are the form's own."""


class MapForm(forms.Form):
    """Which measure the map shows, and as of which period where that means something.

    A bad value never stops the page: `problems` says what was wrong, and the usual is shown. What else stands in
    the address goes along in `kept`.
    """

    map = choice_control(
        gettext_lazy("On the map"),
        wrong=gettext_lazy("The map cannot show “%(value)s”: what it usually shows is shown."),
    )
    map_period = choice_control(
        gettext_lazy("As of"),
        wrong=gettext_lazy("There is no period “%(value)s”: the usual one is shown."),
    )

    def __init__(
        self, data: QueryDict, *, measures: Sequence[MapMeasure], usual: str, periods: Periods | None
    ) -> None:
        """``usual`` is the code of the measure shown unless asked for another; the first where there is none such."""
        super().__init__(data, auto_id="of-%s")
        self._measures = {measure.code: measure for measure in measures}
        self._usual = self._measures.get(usual, measures[0])
        self._periods = periods
        offer_choices(self, "map", _grouped(measures))
        offer_choices(
            self, "map_period", [(each.code, show_quarter(each.code)) for each in self._shown_periods()]
        )
        self.full_clean()
        self.kept = [(name, value) for name, values in data.lists() if name not in OWN for value in values]
        # What is shown is also what the control says, whatever was or was not asked for.
        self.data = {
            "map": self.measure.code,
            "map_period": self.given_period.code if self.given_period else "",
        }

    def _shown_periods(self) -> Sequence[ReportingPeriod]:
        return self._periods.shown if self._periods else ()

    @property
    def problems(self) -> list[str]:
        """What was wrong with what was asked; a bad period only where the map has one."""
        return [
            str(message)
            for name, messages in self.errors.items()
            if name != "map_period" or self.offers_periods
            for message in messages
        ]

    @property
    def measure(self) -> MapMeasure:
        return self._measures.get(self.cleaned_data.get("map", ""), self._usual)

    @property
    def given_period(self) -> ReportingPeriod | None:
        """The period asked for, else the usual one of the measure; None before the first has ended."""
        if self._periods is None:
            return None
        usual = self._periods.shown[0] if self.measure.runs else self._periods.usual
        asked = self.cleaned_data.get("map_period", "")
        return next((each for each in self._periods.shown if each.code == asked), usual)

    @property
    def offers_periods(self) -> bool:
        return self.measure.by_period and self._periods is not None

    @property
    def offers_measures(self) -> bool:
        return len(self._measures) > 1


def _grouped(measures: Iterable[MapMeasure]) -> list[tuple[str, Any]]:
    """The choices under the names of their groups; those of no group stand alone."""
    choices: list[tuple[str, Any]] = []
    for group, members in groupby(measures, key=lambda measure: measure.group):
        pairs = [(measure.code, measure.title) for measure in members]
        choices += [(group, pairs)] if group else pairs
    return choices
