"""The grid of assignments: which part of it is shown, and what is chosen in it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.common.formfields import choice_control, offer_choices, words_control
from tracker.framework.models import StrategicPriority, Strategy
from tracker.progress.choices import AssigningStep
from tracker.progress.services.assigning import Choice, Pair
from tracker.region.models import Mission

from ..reading.assignments import EVERY_MISSION, GridFilter, State

LONGEST_REASON = 500
SIZES = (25, 50, 100, 500)


class GridForm(forms.Form):
    """Which indicators and missions the grid shows. A bad value never stops the page: ``problems`` says what was
    wrong, and the value is as if not given.
    """

    priority = choice_control(
        gettext_lazy("Priority"),
        wrong=gettext_lazy("There is no priority “%(value)s”: all of them are shown."),
    )
    mission = choice_control(
        gettext_lazy("Mission"),
        wrong=gettext_lazy("There is no mission “%(value)s”: all of them are shown."),
    )
    state = choice_control(
        gettext_lazy("With at least one"),
        wrong=gettext_lazy("“%(value)s” is no state of an assignment: all are shown."),
    )
    q = words_control(
        wrong=gettext_lazy("Search for at most %(limit_value)d characters: all indicators are shown."),
    )
    size = forms.TypedChoiceField(
        label=gettext_lazy("Rows"),
        required=False,
        coerce=int,
        choices=[(size, str(size)) for size in SIZES],
        error_messages={
            "invalid_choice": gettext_lazy("“%(value)s” is no number of rows: 25 are shown at once.")
        },
    )
    page = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=10_000,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"),
            gettext_lazy("There is no such page: the first one is shown."),
        ),
    )

    def __init__(
        self,
        data: QueryDict,
        *,
        priorities: Iterable[StrategicPriority],
        missions: Sequence[Mission],
        own: Sequence[Mission],
    ) -> None:
        super().__init__(data, auto_id="%s")
        self._titles = {p.code: f"{p.code} {p.title}" for p in priorities}
        self._missions = {mission.code: mission for mission in missions}
        self._own = list(own)
        every = [(EVERY_MISSION, _("All missions"))]
        offer_choices(self, "priority", [("", _("All priorities")), *self._titles.items()])
        offer_choices(
            self,
            "mission",
            [
                *([("", _("Your missions")), *every] if own else [("", _("All missions"))]),
                *((code, mission.name) for code, mission in self._missions.items()),
            ],
        )
        offer_choices(self, "state", [("", _("Any")), *((state.value, str(state.label)) for state in State)])
        self.full_clean()
        self.problems = [str(message) for found in self.errors.values() for message in found]
        # What is shown is also what the controls say, whatever was asked for.
        shown = self.shown
        self.data = {
            "priority": shown.priority,
            "mission": self._given("mission"),
            "state": shown.state,
            "q": shown.text,
            "size": shown.size,
        }

    def _given(self, name: str) -> str:
        return str(self.cleaned_data.get(name) or "")

    @property
    def shown(self) -> GridFilter:
        """What is asked for, with everything where nothing, or nothing good, was given."""
        code = self._given("mission")
        chosen = [self._missions[code]] if code in self._missions else []
        if not code and self._own:
            chosen = self._own
        return GridFilter(
            priority=self._given("priority"),
            missions=chosen or list(self._missions.values()),
            state=self._given("state"),
            text=self._given("q"),
            size=self.cleaned_data.get("size") or SIZES[0],
            page=self.cleaned_data.get("page") or 1,
        )

    def active(self) -> list[tuple[str, str]]:
        """The filters in force: (name of the parameter, what it says)."""
        shown = self.shown
        mission = self._given("mission")
        return [
            (name, words)
            for name, words in (
                ("priority", self._titles.get(shown.priority, "")),
                ("mission", self._missions[mission].name if mission in self._missions else ""),
                ("state", str(State(shown.state).label) if shown.state else ""),
                ("q", f"“{shown.text}”" if shown.text else ""),
            )
            if words
        ]


_WHY = {
    AssigningStep.END.value: gettext_lazy("Say why they end: the reason stays with them."),
    AssigningStep.FIRST_DAY.value: gettext_lazy(
        "Say why the first day is corrected: the reason stays with it."
    ),
    AssigningStep.LAST_DAY.value: gettext_lazy(
        "Say why the last day is corrected: the reason stays with it."
    ),
    AssigningStep.TAKE_BACK.value: gettext_lazy("Say why they are taken back: the reason stays on record."),
}


class AssigningForm(forms.Form):
    """What is done with what was ticked: assigned from a day, ended on one, corrected, or taken back."""

    step = forms.ChoiceField(
        label=gettext_lazy("What to do"),
        choices=[
            (AssigningStep.ASSIGN, gettext_lazy("Assign from")),
            (AssigningStep.END, gettext_lazy("End on (last day)")),
            (AssigningStep.FIRST_DAY, gettext_lazy("Correct the first day to")),
            (AssigningStep.LAST_DAY, gettext_lazy("Correct the last day to")),
            (AssigningStep.TAKE_BACK, gettext_lazy("Take back: assigned by mistake")),
        ],
        error_messages={"required": gettext_lazy("Choose what to do with what is ticked.")},
    )
    on = forms.DateField(
        label=gettext_lazy("Date"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "invalid": gettext_lazy("This is no date. Write it as 2024-12-31."),
        },
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=LONGEST_REASON,
        error_messages={
            "max_length": gettext_lazy("The reason has at most %(limit_value)d characters. Shorten it.")
        },
    )

    def __init__(self, data: QueryDict | None = None, *, strategy: Strategy, today: date) -> None:
        # After the strategy's last day nothing falls due any more.
        usual = min(today, strategy.ends_on)
        super().__init__(
            data, auto_id="assigning-%s", initial={"step": AssigningStep.ASSIGN, "on": usual.isoformat()}
        )
        self._strategy, self._today = strategy, today

    def clean_on(self) -> date:
        on: date | None = self.cleaned_data["on"]
        if on is None:
            if self.cleaned_data.get("step") == AssigningStep.TAKE_BACK:
                return self._today  # no day is meant
            raise forms.ValidationError(
                _("Give the day: the first one of what begins, the last one of what ends.")
            )
        # A hundred years off is a slip of the finger; a strategy may be extended, and be prepared for.
        if abs(on.year - self._strategy.starts_on.year) > 50:
            raise forms.ValidationError(
                _("%(year)s is far from this strategy. Check the year.") % {"year": on.year}
            )
        return on

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        why = _WHY.get(str(given.get("step")))
        if why and not given.get("reason") and "reason" not in self.errors:
            self.add_error("reason", str(why))
        return given

    def choice(self, pairs: Sequence[Pair]) -> Choice:
        given = self.cleaned_data
        return Choice(tuple(pairs), AssigningStep(given["step"]), given["on"], given["reason"])


def read_pairs(
    data: QueryDict, *, indicators: Mapping[str, int], missions: Sequence[str], listed: Sequence[str]
) -> list[Pair]:
    """What was ticked, in the order of the strategy: cells (``cell``), and every indicator that was ticked
    (``row``; ``rows=all``: every one that is listed) for every mission that was (``column``).

    ``indicators`` are the places of the strategy's indicators by code. What is no indicator and no mission is passed
    over.
    """
    known = set(missions)
    pairs = {
        (code, mission)
        for code, _colon, mission in (word.rpartition(":") for word in _words(data, "cell"))
        if code in indicators and mission in known
    }
    rows = set(_words(data, "row")) & indicators.keys()
    if data.get("rows") == "all":
        rows |= set(listed)
    columns = set(_words(data, "column")) & known
    pairs |= {(code, mission) for code in rows for mission in columns}
    order = {mission: place for place, mission in enumerate(missions)}
    return sorted(pairs, key=lambda pair: (indicators[pair[0]], order[pair[1]]))


def _words(data: QueryDict, name: str) -> list[str]:
    """The values of a box that may be ticked often; a field may hold several, parted by spaces."""
    return [word for value in data.getlist(name) for word in value.split()]
