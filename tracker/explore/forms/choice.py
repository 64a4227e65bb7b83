"""The small controls above a page: what is shown, and which rows of it."""

from collections.abc import Collection, Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.access.policies import Rights
from tracker.analysis.statuses import STATUSES
from tracker.common.formats import show_quarter
from tracker.common.formfields import choice_control, offer_choices, words_control
from tracker.framework.choices import AlignmentBasis
from tracker.framework.models import ReferenceFramework, StrategicPriority
from tracker.region.models import Mission

from ..reading.choices import Choice, may_see_provisional
from ..reading.periods import Periods


class ChoiceForm(forms.Form):
    """As of which period, for which mission, with submitted figures or not.

    A bad value never stops the page: `problems` says what was wrong, and the value is as if not given.
    """

    period = choice_control(
        gettext_lazy("As of"),
        wrong=gettext_lazy("There is no period “%(value)s”: the usual one is shown."),
    )
    mission = choice_control(
        gettext_lazy("For"),
        wrong=gettext_lazy("“%(value)s” is no mission whose standing you may see: the region is shown."),
    )
    provisional = forms.BooleanField(label=gettext_lazy("Provisional (with submitted)"), required=False)

    def __init__(
        self,
        data: QueryDict,
        *,
        periods: Periods,
        missions: Iterable[Mission],
        rights: Rights,
    ) -> None:
        super().__init__(data, auto_id="%s")
        self._given = data.dict()
        self._periods = {period.code: period for period in periods.shown}
        self._usual = periods.usual
        self._missions = {mission.code: mission for mission in missions}
        self._rights = rights
        offer_choices(self, "period", [(code, _name_period(code, periods)) for code in self._periods])
        offer_choices(
            self,
            "mission",
            [("", _("The region")), *((code, mission.name) for code, mission in self._missions.items())],
        )
        self.problems = self._clean()

    def _clean(self) -> list[str]:
        self.full_clean()
        # What is shown is also what the control says, whatever was or was not asked for.
        self.data = {**self._given, "period": self.choice.period.code}
        return [str(message) for messages in self.errors.values() for message in messages]

    def clean_provisional(self) -> bool:
        wanted: bool = self.cleaned_data["provisional"]
        mission = self._missions.get(self.cleaned_data.get("mission", ""))
        if wanted and not may_see_provisional(self._rights, mission):
            raise forms.ValidationError(
                _(
                    "Provisional figures are for officers, and for reporters of their own missions: choose one."
                )
                if self._rights.is_reporter and self._missions
                else _("Provisional figures are for officers: approved figures are shown.")
            )
        return wanted

    @property
    def choice(self) -> Choice:
        """What is asked, with the usual period and the region where nothing, or nothing good, was given."""
        given = self.cleaned_data
        return Choice(
            period=self._periods.get(given.get("period", ""), self._usual),
            mission=self._missions.get(given.get("mission", "")),
            provisional=bool(given.get("provisional")),
        )

    @property
    def offers_missions(self) -> bool:
        return bool(self._missions)

    @property
    def offers_provisional(self) -> bool:
        return self._rights.is_officer or bool(self._rights.missions and self._missions)


def _name_period(code: str, periods: Periods) -> str:
    """Q3 2024, or that it is still running."""
    if code not in periods.running:
        return show_quarter(code)
    return _("%(quarter)s (running)") % {"quarter": show_quarter(code)}


class SearchForm(forms.Form):
    """What is searched for: the words, and of which kind of things (all of them, unless told).

    Nothing stops the page: `problems` says what was wrong, and everything is searched.
    """

    q = forms.CharField(required=False)
    kind = forms.CharField(required=False)
    page = forms.CharField(required=False)

    def __init__(self, data: QueryDict, *, kinds: Collection[str]) -> None:
        # Characters that no text may hold are passed over, as in all that is read from people.
        super().__init__({name: str(value).replace("\x00", " ") for name, value in data.dict().items()})
        self._kinds = kinds
        self.problems: list[str] = []
        self.is_valid()

    def clean_kind(self) -> str:
        kind: str = self.cleaned_data["kind"]
        if kind and kind not in self._kinds:
            self.problems.append(_("There is no kind of thing “%(kind)s”: all are shown.") % {"kind": kind})
            return ""
        return kind

    def clean_page(self) -> int:
        page: str = self.cleaned_data["page"]
        if not page:
            return 1
        if page.isdecimal() and len(page) < 5 and int(page) >= 1:
            return int(page)
        self.problems.append(_("“%(page)s” is no page: the first one is shown.") % {"page": page})
        return 1


class ListingForm(ChoiceForm):
    """... and which indicators are listed: those with a status, those that hold every word."""

    status = choice_control(
        gettext_lazy("Status"),
        wrong=gettext_lazy("“%(value)s” is not a status: all of them are shown."),
    )
    q = words_control(
        wrong=gettext_lazy("Search for at most %(limit_value)d characters: all indicators are shown."),
    )

    def _clean(self) -> list[str]:
        offer_choices(
            self,
            "status",
            [("", _("All statuses")), *((code, style.word) for code, style in STATUSES.items())],
        )
        return super()._clean()

    @property
    def given_status(self) -> str:
        return str(self.cleaned_data.get("status", ""))

    @property
    def given_text(self) -> str:
        return str(self.cleaned_data.get("q", ""))

    def active(self) -> list[tuple[str, str]]:
        """The filters in force: (name of the parameter, what it says)."""
        return [
            (name, words)
            for name, words in (
                ("status", str(STATUSES[self.given_status].word) if self.given_status else ""),
                ("q", f"“{self.given_text}”" if self.given_text else ""),
            )
            if words
        ]


class FrameworkForm(ListingForm):
    """... of which priority, how they are counted, and what they stand under."""

    priority = choice_control(
        gettext_lazy("Priority"),
        wrong=gettext_lazy("There is no priority “%(value)s”: all of them are shown."),
    )
    proposed = forms.BooleanField(label=gettext_lazy("Count proposed indicators"), required=False)
    by = choice_control(
        gettext_lazy("Show by"),
        wrong=gettext_lazy("No framework “%(value)s” is served: the pillars are shown."),
    )
    unfold = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: QueryDict,
        *,
        priorities: Iterable[StrategicPriority],
        frames: Iterable[ReferenceFramework] = (),
        **kwargs: Any,
    ) -> None:
        self._priorities = list(priorities)
        self._frames = {frame.code: frame for frame in frames}
        super().__init__(data, **kwargs)

    def _clean(self) -> list[str]:
        offer_choices(
            self,
            "priority",
            [("", _("All priorities")), *((p.code, f"{p.code} {p.title}") for p in self._priorities)],
        )
        offer_choices(
            self,
            "by",
            [("", _("Pillars")), *((code, frame.short_name) for code, frame in self._frames.items())],
        )
        return super()._clean()

    @property
    def given_priority(self) -> str:
        return str(self.cleaned_data.get("priority", ""))

    @property
    def counts_proposed(self) -> bool:
        return bool(self.cleaned_data.get("proposed"))

    @property
    def frame(self) -> ReferenceFramework | None:
        """The outside frame by whose goals the tree is shown; None: by the strategy's own pillars."""
        return self._frames.get(str(self.cleaned_data.get("by", "")))

    @property
    def frames(self) -> list[ReferenceFramework]:
        """The outside frames that the tree can be shown by."""
        return list(self._frames.values())

    @property
    def unfolds(self) -> bool:
        """Everything is to be open."""
        return bool(self.cleaned_data.get("unfold"))

    def active(self) -> list[tuple[str, str]]:
        """The filters in force: (name of the parameter, what it says)."""
        titles = {p.code: f"{p.code} {p.title}" for p in self._priorities}
        priority = titles.get(self.given_priority, "")
        return [*([("priority", priority)] if priority else []), *super().active()]


class GoalForm(ChoiceForm):
    """... and whose word it is that an objective serves the goal."""

    basis = choice_control(
        gettext_lazy("Basis"),
        choices=[("", gettext_lazy("Stated and ours")), *AlignmentBasis.choices],
        wrong=gettext_lazy("“%(value)s” is no basis: stated and ours are shown."),
    )

    @property
    def given_basis(self) -> str:
        return str(self.cleaned_data.get("basis", ""))

    def active(self) -> list[tuple[str, str]]:
        """The filters in force: (name of the parameter, what it says)."""
        return [("basis", str(AlignmentBasis(self.given_basis).label))] if self.given_basis else []
