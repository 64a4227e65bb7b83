"""One indicator in a form: what it is, how it is measured, how figures become one, how it is reported."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.batches.cell_readers import as_written
from tracker.batches.plans import RowError
from tracker.common.formfields import offer_choices
from tracker.common.workbooks.numbers import NumberError
from tracker.framework.choices import (
    Counts,
    Direction,
    Frequency,
    IndicatorStatus,
    Level,
    Measure,
    MissionRule,
    PeriodRule,
)
from tracker.framework.models import STANDING_FIELDS, Breakdown, Indicator, Objective
from tracker.framework.services.indicators import IndicatorRow
from tracker.framework.services.rulebook import find_rule_problems, read_threshold
from tracker.progress.services.amounts import as_typed, mark_of_language

from .typed import TypedForm

COLUMNS = frozenset(
    {
        "code", "objective", "name", "unit", "measure", "direction", "period_rule", "mission_rule", "frequency",
        "level", "counts", "threshold", "status", "decimals", "allows_negative", "bounded", "sensitive",
        "needs_evidence", "never_falls", "stages", "breakdowns", "definition", "data_source", "verification",
        "replaces", "note", "source",
    }
)  # fmt: skip
"""What the form says of an indicator; its place in lists stays."""

# What has to be known to say whether the rules fit together.
_RULES = {"measure", "direction", "period_rule", "mission_rule", "stages", "threshold"}

MOST_DECIMALS = 6


@dataclass(frozen=True)
class Group:
    """Fields that belong together, and what is to be known of them."""

    title: "str | Promise"
    hint: "str | Promise"
    names: Sequence[str]


GROUPS = (
    Group(
        gettext_lazy("What it is"),
        "",
        ("code", "objective", "name", "unit", "definition", "level", "status", "replaces", "note", "source"),
    ),
    Group(
        gettext_lazy("What a value is"),
        gettext_lazy(
            "A number counts or weighs; a percentage has a numerator and a denominator; a stage is a step on a "
            "scale with names; yes or no is a scale of two."
        ),
        ("measure", "stages", "counts", "decimals", "bounded", "allows_negative"),
    ),
    Group(
        gettext_lazy("How values become one figure"),
        gettext_lazy(
            "A number summed over all periods is a running total: it can only increase, or be monitored. Percentages "
            "are never averaged over missions: numerators and denominators are added. Stages are never added."
        ),
        ("direction", "period_rule", "mission_rule", "threshold", "never_falls"),
    ),
    Group(
        gettext_lazy("How it is reported"),
        "",
        ("frequency", "breakdowns", "data_source", "verification", "needs_evidence", "sensitive"),
    ),
)


def _choices(choices: type[TextChoices]) -> list[tuple[str, str]]:
    """A closed list, each with the word that workbooks write for it, which sentences name."""
    return [(value, f"{label} ({value})") for value, label in choices.choices]


class StagesField(forms.CharField):
    """Names in order, a line each, or parted by semicolons."""

    widget = forms.Textarea(attrs={"rows": 4})

    def to_python(self, value: Any) -> Any:
        if isinstance(value, (list, tuple)):
            return tuple(value)
        written = super().to_python(value) or ""
        words = (word.strip() for word in written.replace("\n", ";").split(";"))
        return tuple(word for word in words if word)


class CodesField(forms.CharField):
    """Codes parted by semicolons, commas or spaces, as a tuple."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def to_python(self, value: Any) -> Any:
        codes = re.split(r"[;,\s]+", super().to_python(value) or "")
        return tuple(dict.fromkeys(code for code in codes if code))


class ThresholdField(forms.CharField):
    """A number, or the name of a stage."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, Decimal):
            return value
        written = (super().to_python(value) or "").strip()
        if not written:
            return None
        try:
            return as_written(written, mark_of_language())
        except NumberError as error:
            raise forms.ValidationError(str(error)) from error


class IndicatorForm(TypedForm):
    """All that the sheet ``indicators`` says of one, but its place in lists. ``shown`` stands for what was there when
    the page was made. Once results exist the fields that say what a value means are locked.
    """

    shown = forms.CharField(required=False, widget=forms.HiddenInput)
    code = forms.RegexField(
        label=gettext_lazy("Code"),
        regex=r"^[A-Za-z0-9][A-Za-z0-9.\-]*$",
        max_length=30,
        widget=forms.TextInput(attrs={"size": 16}),
        help_text=gettext_lazy("Such as SP1-O3-I4: letters, digits, hyphens. It stays for good."),
        error_messages={
            "invalid": gettext_lazy("A code has letters, digits, hyphens and points: SP1-O3-I4."),
            "required": gettext_lazy("Give it a code, such as SP1-O3-I4."),
        },
    )
    objective = forms.ChoiceField(label=gettext_lazy("Objective"))
    name = forms.CharField(label=gettext_lazy("Name"), max_length=300)
    unit = forms.CharField(
        label=gettext_lazy("Unit"),
        max_length=100,
        help_text=gettext_lazy("What a value counts: persons, agreements, % of trainees."),
    )
    definition = forms.CharField(
        label=gettext_lazy("Definition"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("What is counted, what is not, and when."),
    )
    level = forms.ChoiceField(label=gettext_lazy("Level"), choices=Level.choices, initial=Level.OUTPUT)
    status = forms.ChoiceField(
        label=gettext_lazy("Status"),
        choices=IndicatorStatus.choices,
        initial=IndicatorStatus.PROPOSED,
        help_text=gettext_lazy("Only active indicators fall due. A retired one keeps its figures."),
    )
    replaces = CodesField(
        label=gettext_lazy("Replaces"),
        help_text=gettext_lazy(
            "Codes of the indicators that it replaces, parted by semicolons: one, or several where they are merged. "
            "What is split is replaced by several. Their figures stay with them; retire them once this one is "
            "reported on."
        ),
    )
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    source = forms.CharField(
        label=gettext_lazy("Source"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Document and place."),
    )
    measure = forms.ChoiceField(label=gettext_lazy("Measured as"), choices=lambda: _choices(Measure))
    stages = StagesField(
        label=gettext_lazy("Stages"),
        required=False,
        help_text=gettext_lazy("Only of a stage: their names in order, the lowest first, one on each line."),
    )
    counts = forms.ChoiceField(
        label=gettext_lazy("What it counts"), choices=lambda: _choices(Counts), initial=Counts.ITEMS
    )
    decimals = forms.IntegerField(
        label=gettext_lazy("Decimals"),
        required=False,
        min_value=0,
        max_value=MOST_DECIMALS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 3}),
        help_text=gettext_lazy("How many are shown: unless given 0, or 1 for percentages."),
    )
    bounded = forms.BooleanField(
        label=gettext_lazy("A percentage is at most 100"), required=False, initial=True
    )
    allows_negative = forms.BooleanField(label=gettext_lazy("A value may be below 0"), required=False)
    direction = forms.ChoiceField(
        label=gettext_lazy("Direction"),
        choices=lambda: _choices(Direction),
        help_text=gettext_lazy("Which way is better. What is only monitored has no target."),
    )
    period_rule = forms.ChoiceField(
        label=gettext_lazy("Over periods"),
        choices=lambda: _choices(PeriodRule),
        help_text=gettext_lazy(
            "Number: any. Percentage: sum, year, latest or average. Stage, yes or no: latest or maximum."
        ),
    )
    mission_rule = forms.ChoiceField(
        label=gettext_lazy("Over missions"),
        choices=lambda: _choices(MissionRule),
        help_text=gettext_lazy(
            "Number: any. Percentage: sum, count_reached or count_at_least. Stage, yes or no: maximum, minimum, "
            "count_reached or count_at_least."
        ),
    )
    threshold = ThresholdField(
        label=gettext_lazy("Threshold"),
        required=False,
        widget=forms.TextInput(attrs={"size": 16}),
        help_text=gettext_lazy("Only for count_at_least: 40 for 40 %, or the name of a stage."),
    )
    never_falls = forms.BooleanField(
        label=gettext_lazy("Ask about a value that is lower than the one before"), required=False
    )
    frequency = forms.ChoiceField(label=gettext_lazy("Falls due"), choices=lambda: _choices(Frequency))
    breakdowns = forms.MultipleChoiceField(
        label=gettext_lazy("Breakdowns"), required=False, widget=forms.CheckboxSelectMultiple
    )
    data_source = forms.CharField(
        label=gettext_lazy("Data source"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Where the figures are kept."),
    )
    verification = forms.CharField(
        label=gettext_lazy("Means of verification"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("How a figure can be checked."),
    )
    needs_evidence = forms.BooleanField(label=gettext_lazy("A result asks for a document"), required=False)
    sensitive = forms.BooleanField(
        label=gettext_lazy("Sensitive: small cells are hidden in files"), required=False
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        objectives: Iterable[Objective],
        breakdowns: Iterable[Breakdown],
        held: Mapping[str, Any] | None = None,
        is_reported: bool = False,
    ) -> None:
        initial: dict[str, Any] = {}
        if held is not None:
            initial = {**_typed(held), "shown": fingerprint(held)}
        super().__init__(data, initial=initial)
        offer_choices(self, "objective", [(each.code, f"{each.code} {each.title}") for each in objectives])
        offer_choices(self, "breakdowns", [(each.code, each.name) for each in breakdowns])
        for name in ("objective", "measure", "direction", "period_rule", "mission_rule", "frequency"):
            if held is None:
                offer_choices(self, name, [("", "–"), *self._choices_of(name)])
        for name, field in self.fields.items():
            if field.required and name != "code":
                is_chosen = isinstance(field, forms.ChoiceField)
                field.error_messages["required"] = _("Choose one.") if is_chosen else _("Fill this in.")
        self.locked = [name for name in STANDING_FIELDS if is_reported]
        if held is not None:
            self.fields["code"].disabled = True
        for name in self.locked:
            self.fields[name].disabled = True

    def _choices_of(self, name: str) -> list[tuple[Any, Any]]:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        return list(field.choices)  # type: ignore[arg-type]

    def clean(self) -> dict[str, Any]:
        """Where something else is wrong, what does not fit together is said at the same time: the service, which says
        it otherwise, is not asked then.
        """
        given = self.cleaned_data
        if self.errors and given.keys() >= _RULES:
            stages, measure = given["stages"], given["measure"]
            threshold = given["threshold"]
            if threshold is not None:
                threshold = read_threshold(threshold, measure=measure, stages=stages)
            elif measure == Measure.YES_NO and given["mission_rule"] == MissionRule.COUNT_AT_LEAST:
                threshold = Decimal(1)
            for name, message in list(find_rule_problems({**given, "threshold": threshold})):
                if name not in self.errors:
                    self.add_error(name, message)
        return given

    def groups(self) -> list[tuple[Group, list[forms.BoundField]]]:
        return [(group, [self[name] for name in group.names]) for group in GROUPS]

    def blame(self, errors: Iterable[RowError]) -> None:
        """Lay what the service refused beside the fields that it is about."""
        for error in errors:
            self.add_error(error.column if error.column in self.fields else None, str(error.message))

    def row(self) -> IndicatorRow:
        """The row of a sheet that says the same."""
        given = self.cleaned_data
        said: dict[str, Any] = {name: given[name] for name in COLUMNS}
        for name in ("definition", "data_source", "verification", "note", "source", "stages"):
            said[name] = given[name] or None
        said["breakdowns"] = tuple(given["breakdowns"]) or None
        said["replaces"] = given["replaces"] or None
        return IndicatorRow(row=1, order=None, **said)


def fingerprint(held: Mapping[str, Any]) -> str:
    """A number for what a sheet says of an indicator: another one once anything of it is changed."""
    said = sorted((name, str(value)) for name, value in held.items())
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def _typed(held: Mapping[str, Any]) -> dict[str, Any]:
    """What a sheet says of an indicator, as it is typed into the form."""
    threshold = held["threshold"]
    return {
        **held,
        "stages": "\n".join(held["stages"]),
        "breakdowns": list(held["breakdowns"]),
        "replaces": "; ".join(held["replaces"]),
        "threshold": as_typed(threshold) if isinstance(threshold, Decimal) else threshold or "",
    }


def begin_from(held: Mapping[str, Any]) -> dict[str, Any]:
    """What the form of an indicator begins with that is to replace another: all that this says of itself, but its code;
    it is proposed until somebody adopts it.
    """
    begun = _typed(held)
    del begun["code"]
    return {**begun, "replaces": held["code"], "status": IndicatorStatus.PROPOSED.value}


def objective_of(data: QueryDict) -> str:
    """Which objective a new indicator is made for, where the address says it."""
    return data.get("objective", "")


def replaced_by(data: QueryDict) -> str:
    """The code of the indicator that a new one is to replace, where the address says it."""
    return data.get("replaces", "")[:40]


def locked_words(indicator: Indicator) -> str:
    """Why fields are locked, and how to go on."""
    return _(
        "%(code)s has results, so its rules, unit and definition stand: changed, they would make the old figures mean "
        "something else. What is to be counted otherwise is a new indicator that replaces this one."
    ) % {"code": indicator.code}
