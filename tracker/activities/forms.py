"""The forms of one activity: begun or changed, and ended."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.common.formfields import offer_choices
from tracker.common.workbooks.numbers import AmbiguousNumber, NumberError, Percent, parse_decimal
from tracker.framework.models import Objective, ReferenceGoal
from tracker.region.models import Country, Mission, Office

from .choices import ActivityStatus, TiedBy
from .models import Tag
from .rules import find_problems
from .wording import SENTENCES

# Of all that is named by documents, the frames that a mission would tie its own work to.
FRAMES = ("MIGOF", "SDG", "GCM", "SRF")

_STATUSES = [(each.value, each.label) for each in ActivityStatus if each != ActivityStatus.HISTORICAL]
_BETWEEN_NAMES = re.compile(r"[;\n]")


@dataclass(frozen=True)
class Box:
    """A box to tick."""

    value: str
    label: str
    is_ticked: bool


@dataclass(frozen=True)
class Group:
    """Boxes that belong together."""

    title: str
    boxes: tuple[Box, ...]

    @property
    def ticked(self) -> int:
        return sum(box.is_ticked for box in self.boxes)


class _Day(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=kwargs.pop("required", False),
            error_messages=dict.fromkeys(
                ("invalid", "required"), gettext_lazy("Give a date, such as 2021-03-31.")
            ),
            **kwargs,
        )


def _several(label: Any, help_text: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        help_text=help_text,
        required=False,
        error_messages={"invalid_choice": gettext_lazy("“%(value)s” is not among the choices.")},
    )


class _AsPeopleWrite:
    """A number with its thousands set apart, as it is shown and as people type and paste it."""

    def to_python(self, value: Any) -> Any:
        plain = _without_thousands(value) if isinstance(value, str) and value.strip() else value
        return super().to_python(plain)  # type: ignore[misc]


def _without_thousands(typed: str) -> str:
    """The number in plain digits; what is none goes on as it was typed, for the field to refuse in its own words."""
    try:
        number = parse_decimal(typed)
    except AmbiguousNumber as error:
        raise forms.ValidationError(str(error)) from error
    except NumberError:
        return typed
    return typed if isinstance(number, Percent) else format(number, "f")


class _Amount(_AsPeopleWrite, forms.DecimalField):
    pass


class _Count(_AsPeopleWrite, forms.IntegerField):
    pass


def _people(label: Any, help_text: Any = "") -> forms.IntegerField:
    return _Count(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": gettext_lazy("Give a whole number of people, from 0 up.")},
    )


class ActivityForm(forms.Form):
    """All that is kept of an activity, by the columns of its sheet; what a file may say, it may say here."""

    mission = forms.ChoiceField(label=gettext_lazy("Mission"))
    code = forms.CharField(
        label=gettext_lazy("Code"),
        help_text=gettext_lazy("A project’s own code will do. Left empty, it gets the next of its mission."),
        required=False,
        max_length=40,
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        help_text=gettext_lazy("What is done, in a line."),
        max_length=300,
        error_messages={"required": gettext_lazy("Give it a title.")},
    )
    status = forms.ChoiceField(label=gettext_lazy("Status"), choices=_STATUSES)
    start = _Day(label=gettext_lazy("First day"))
    end = _Day(label=gettext_lazy("Last day"))
    description = forms.CharField(
        label=gettext_lazy("Description"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    objectives = _several(gettext_lazy("Objectives it serves"))
    tie_reason = forms.CharField(
        label=gettext_lazy("Why these objectives"),
        help_text=gettext_lazy("Or why none; in a line."),
        required=False,
        max_length=300,
    )
    stands_by = forms.BooleanField(
        label=gettext_lazy("The mission stands by these objectives"),
        help_text=gettext_lazy(
            "So far this tracker has tied it to them. They become the mission’s own by this tick, or by a change of "
            "them or of the reason."
        ),
        required=False,
    )
    reference_goals = _several(gettext_lazy("Reference goals it serves"))
    tags = _several(gettext_lazy("Tags"))
    countries = _several(gettext_lazy("Where it takes place"))
    offices = _several(gettext_lazy("Offices that carry it out"))
    budget = _Amount(
        label=gettext_lazy("Budget"),
        help_text=gettext_lazy("The whole of it, in its own currency."),
        required=False,
        max_digits=16,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={"invalid": gettext_lazy("Give an amount as a number, such as 120000.")},
    )
    currency = forms.CharField(
        label=gettext_lazy("Currency"),
        help_text=gettext_lazy("Three letters, such as USD or EUR."),
        required=False,
        max_length=3,
        widget=forms.TextInput(attrs={"size": 4, "autocapitalize": "characters"}),
    )
    donors = forms.CharField(
        label=gettext_lazy("Donors"),
        help_text=gettext_lazy("One on a line."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    partners = forms.CharField(
        label=gettext_lazy("Partners"),
        help_text=gettext_lazy("One on a line."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    people_planned = _people(gettext_lazy("People to be reached"))
    people_reached = _people(
        gettext_lazy("People reached so far"),
        gettext_lazy("Never added up across activities: the same person may be in several."),
    )
    source = forms.CharField(
        label=gettext_lazy("Source"),
        help_text=gettext_lazy("Document and place, if there is one."),
        required=False,
        max_length=300,
    )

    def __init__(
        self,
        *args: Any,
        missions: Iterable[Mission],
        is_new: bool,
        is_tied_by_tracker: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **{"auto_id": "%s", **kwargs})
        self._groups: dict[str, list[tuple[str, list[tuple[str, str]]]]] = {
            "objectives": _objectives(),
            "reference_goals": _goals(),
            "tags": [(_("Tags"), list(Tag.objects.order_by("name").values_list("code", "name")))],
            "countries": [
                (_("Countries and areas"), list(Country.objects.order_by("name").values_list("iso2", "name")))
            ],
            "offices": _offices(),
        }
        for name, groups in self._groups.items():
            offer_choices(self, name, [choice for _title, choices in groups for choice in choices])
        offer_choices(self, "mission", [(mission.code, mission.name) for mission in missions])
        if not is_new:
            del self.fields["code"]
        if not is_tied_by_tracker:
            del self.fields["stands_by"]
        for name, field in self.fields.items():
            if field.help_text and name not in self._groups:
                field.widget.attrs["aria-describedby"] = f"{name}-hint"

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).strip().upper()

    def clean_donors(self) -> tuple[str, ...]:
        return _names(self.cleaned_data["donors"])

    def clean_partners(self) -> tuple[str, ...]:
        return _names(self.cleaned_data["partners"])

    def clean(self) -> dict[str, Any]:
        """What could be read is looked through although something could not: all that is wrong is said at once."""
        given = self.cleaned_data
        if self.errors:
            unread = set(self.errors) | ({"budget", "currency"} if "budget" in self.errors else set())
            nothing = {"code": "", "start": None, "end": None, "budget": None, "currency": ""}
            said = {**dict.fromkeys(self.fields), **nothing, "donors": (), "partners": (), **given}
            for column, problem in find_problems({**said, "code": said["code"] or "-"}):
                if column not in unread:
                    self.add_error(column, str(SENTENCES[problem]))
        return given

    @property
    def values(self) -> dict[str, Any]:
        """What was filled in, by the columns of the sheet."""
        values = dict(self.cleaned_data)
        if values.pop("stands_by", False):
            values["tied_by"] = TiedBy.MISSION.value
        return values

    def say(self, problems: Iterable[tuple[str | None, str]]) -> None:
        """What the service found wrong, each beside its field."""
        for column, sentence in problems:
            self.add_error(column if column in self.fields else None, sentence)

    # -- Boxes to tick, in groups that open ------------------------------------------------------------
    def groups(self, name: str) -> list[Group]:
        """The boxes of a field; what was ticked last stays ticked."""
        ticked = {str(value) for value in self[name].value() or ()}
        return [
            Group(title, tuple(Box(value, label, value in ticked) for value, label in choices))
            for title, choices in self._groups[name]
            if choices
        ]

    @property
    def objective_groups(self) -> list[Group]:
        return self.groups("objectives")

    @property
    def goal_groups(self) -> list[Group]:
        return self.groups("reference_goals")

    @property
    def tag_groups(self) -> list[Group]:
        return self.groups("tags")

    @property
    def country_groups(self) -> list[Group]:
        return self.groups("countries")

    @property
    def office_groups(self) -> list[Group]:
        return self.groups("offices")


class EndForm(forms.Form):
    """An activity is over: since when, how, and whom it reached."""

    ends_on = _Day(label=gettext_lazy("Last day"), required=True)
    how = forms.ChoiceField(
        label=gettext_lazy("How it ended"),
        choices=[("completed", gettext_lazy("Completed")), ("cancelled", gettext_lazy("Cancelled"))],
    )
    reached = _people(gettext_lazy("People reached"), gettext_lazy("Empty leaves what is there."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "end-%s", **kwargs})
        self.fields["reached"].widget.attrs["aria-describedby"] = "end-reached-hint"


def fill_from(said: Mapping[str, Any]) -> dict[str, Any]:
    """What an activity says, as its form shows it."""
    return {
        **said,
        "donors": "\n".join(said["donors"]),
        "partners": "\n".join(said["partners"]),
        "currency": said["currency"],
    }


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in _BETWEEN_NAMES.split(text) if name.strip())


def _objectives() -> list[tuple[str, list[tuple[str, str]]]]:
    grouped: dict[str, list[tuple[str, str]]] = {}
    for each in (
        Objective.objects.filter(strategy__is_current=True)
        .select_related("priority")
        .order_by("priority__order", "order", "code")
    ):
        title = f"{each.priority.code} {each.priority.title}"
        grouped.setdefault(title, []).append((each.code, f"{each.code} {each.title}"))
    return list(grouped.items())


def _goals() -> list[tuple[str, list[tuple[str, str]]]]:
    grouped: dict[str, list[tuple[str, str]]] = {}
    for goal in (
        ReferenceGoal.objects.filter(framework__code__in=FRAMES)
        .select_related("framework")
        .order_by("framework__order", "order", "code")
    ):
        choice = (f"{goal.framework.code}:{goal.code}", f"{goal.code} {goal.title}")
        grouped.setdefault(goal.framework.name, []).append(choice)
    return list(grouped.items())


def _offices() -> list[tuple[str, list[tuple[str, str]]]]:
    offices = Office.objects.select_related("mission").order_by("mission__name", "kind", "city")
    return [(_("Offices"), [(office.code, f"{office.mission.name}: {office}") for office in offices])]
