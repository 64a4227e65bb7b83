"""The window of a period, and more time for one mission, typed into a form."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.common.formats import show_date
from tracker.progress.models import ReportingPeriod
from tracker.progress.rules import Window
from tracker.progress.services.windows import window_of

from .typed import TypedForm

_DAYS = ("%Y-%m-%d", "%d %b %Y", "%d %B %Y", "%d.%m.%Y", "%d/%m/%Y")


class DayField(forms.DateField):
    """A day, by the browser's calendar or typed as 4 Nov 2022."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=_DAYS,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            error_messages={
                "required": gettext_lazy("Give a day."),
                "invalid": gettext_lazy("This is no day. Write it as 4 Nov 2022."),
            },
            **kwargs,
        )


class WindowForm(TypedForm):
    """Other dates for a window. ``shown`` are the dates that the page showed, ``answered`` those whose effects were
    looked at.
    """

    opens_on = DayField(label=gettext_lazy("Opens"))
    due_on = DayField(label=gettext_lazy("Due"))
    closes_on = DayField(
        label=gettext_lazy("Closes"), help_text=gettext_lazy("The last day; it counts in full.")
    )
    shown = forms.CharField(required=False, widget=forms.HiddenInput)
    answered = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        period: ReportingPeriod,
        may_count_anew: bool,
        proposed: Window | None = None,
    ) -> None:
        self.period = period
        dates = proposed or window_of(period)
        super().__init__(data, initial={**vars(dates), "shown": spell_window(window_of(period))})
        self.fields["opens_on"].help_text = _("After the period’s last day, %(day)s.") % {
            "day": show_date(period.ends_on)
        }
        if may_count_anew:
            self.fields["counts_anew"] = forms.BooleanField(
                label=_("Nobody was asked to report by %(day)s: judge “on time” by the new due date")
                % {"day": show_date(period.judged_on)},
                required=False,
            )

    @property
    def counts_anew(self) -> bool:
        return bool(self.cleaned_data.get("counts_anew"))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        opens, due, closes = (cleaned.get(name) for name in ("opens_on", "due_on", "closes_on"))
        if opens and opens <= self.period.ends_on:
            self.add_error(
                "opens_on",
                _("The period ends on %(day)s, and its window opens after that.")
                % {"day": show_date(self.period.ends_on)},
            )
        if opens and due and due < opens:
            self.add_error("due_on", _("The report is due on the day the window opens, or later."))
        if due and closes and closes < due:
            self.add_error("closes_on", _("The window closes on the day the report is due, or later."))
        return cleaned

    def window(self) -> Window:
        """The dates that were typed."""
        return Window(*(self.cleaned_data[name] for name in ("opens_on", "due_on", "closes_on")))

    def digest(self) -> str:
        """What its effects are looked at for."""
        return f"{spell_window(self.window())} {'anew' if self.counts_anew else 'kept'}"


def spell_window(window: Window) -> str:
    """The dates of a window, as a form carries them."""
    return f"{window.opens_on}/{window.due_on}/{window.closes_on}"


class ExtensionForm(TypedForm):
    """More time for one mission's report. ``replaces`` is the number of the extension that the page showed to hold."""

    replaces = forms.IntegerField(required=False, widget=forms.HiddenInput)

    until = DayField(
        label=gettext_lazy("Until"),
        help_text=gettext_lazy("The last day, by the mission’s own clock."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("The mission sees it."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Say why the mission gets more time.")},
    )
