"""Forms by which administrators look after people and their roles."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tracker.region.models import Mission

from ..choices import MISSION_ROLES, Role
from ..models import Membership, User

_OF_MISSIONS = [each.value for each in MISSION_ROLES]


def _day(label: Any, *, hint: Any = "", initial: Any = None) -> forms.DateField:
    picker = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=picker, help_text=hint, initial=initial)


class RoleForm(forms.Form):
    """A role, of a mission where it is a mission's, from a day, maybe to a day."""

    role = forms.ChoiceField(
        label=_("Role"),
        choices=[
            ("", _("Choose a role")),
            (_("Of a mission"), [(each.value, each.label) for each in MISSION_ROLES]),
            (_("Of the region"), [(each.value, each.label) for each in Role if each not in MISSION_ROLES]),
        ],
    )
    mission = forms.ModelChoiceField(
        label=_("Mission"),
        queryset=Mission.objects.order_by("name"),
        to_field_name="code",
        required=False,
        empty_label=_("None: a role of the region"),
        help_text=_("Of reporters and lead reporters."),
    )
    starts_on = _day(_("First day"), hint=_("Empty: at once."), initial=timezone.localdate)
    ends_on = _day(_("Last day"), hint=_("Empty: until somebody ends it."))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        role = cleaned.get("role")
        of_mission = role in _OF_MISSIONS
        if of_mission and not cleaned.get("mission") and "mission" not in self.errors:
            self.add_error("mission", _("This role is a mission’s. Choose the mission."))
        if role and not of_mission and cleaned.get("mission"):
            self.add_error("mission", _("This role is the region’s. Choose none."))
        _refuse_backwards(self, cleaned, "starts_on", "ends_on")
        return cleaned

    @property
    def granted(self) -> dict[str, Any]:
        """What the services take."""
        return {**self.cleaned_data, "role": Role(self.cleaned_data["role"])}


class InviteForm(RoleForm):
    """Whom to invite, and as what."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    name = forms.CharField(
        label=_("Name"), max_length=150, help_text=_("As it stands beside what the person does, also later.")
    )
    field_order = ("email", "name", "role", "mission", "starts_on", "ends_on")


class PersonForm(forms.ModelForm):
    """Somebody's name, and whether they may sign in."""

    class Meta:
        model = User
        fields = ("name", "is_active")
        labels = {"is_active": _("May sign in")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True


class LeavingForm(forms.Form):
    """The name that stays, and that it is meant."""

    name = forms.CharField(label=_("The name that stays"), max_length=150)
    sure = forms.BooleanField(label=_("Yes, this person leaves. This is for good."))


class MembershipForm(forms.ModelForm):
    """From when to when a role is held, and who stands in."""

    starts_on = _day(_("First day"), hint=_("Empty: from the beginning."))
    ends_on = _day(_("Last day"), hint=_("Empty: until somebody ends it."))
    stand_in = forms.ModelChoiceField(
        label=_("Stand-in"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Nobody"),
        help_text=_("Has the same rights between the two days below."),
    )
    stand_in_from = _day(_("Stand-in from"))
    stand_in_to = _day(_("Stand-in to"))

    class Meta:
        model = Membership
        fields = ("starts_on", "ends_on", "stand_in", "stand_in_from", "stand_in_to")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = User.objects.filter(is_active=True) | User.objects.filter(stands_in_for=self.instance)
        choose: Any = self.fields["stand_in"]
        choose.queryset = others.exclude(pk=self.instance.user_id).distinct().order_by("name", "email")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        _refuse_backwards(self, cleaned, "starts_on", "ends_on")
        _refuse_backwards(self, cleaned, "stand_in_from", "stand_in_to")
        days = ("stand_in_from", "stand_in_to")
        if cleaned.get("stand_in"):
            for name in days:
                if cleaned.get(name) is None and name not in self.errors:
                    self.add_error(name, _("Say from when to when."))
        elif any(cleaned.get(name) for name in days):
            self.add_error(
                "stand_in", _("There are days and nobody who stands in. Choose them, or empty the days.")
            )
        return cleaned


def _refuse_backwards(form: forms.BaseForm, cleaned: dict[str, Any], first: str, last: str) -> None:
    starts, ends = cleaned.get(first), cleaned.get(last)
    if starts and ends and ends < starts:
        form.add_error(last, _("This is before the first day. Correct one of the two."))
