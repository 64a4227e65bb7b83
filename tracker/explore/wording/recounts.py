"""The findings of a recount in words: which table, which figure, in what state."""

from django.apps import apps
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.analysis.recount.comparing import REGION
from tracker.region.choices import Subregion

_FIGURES: dict[str, Promise] = {
    "value": gettext_lazy("value"),
    "compared_value": gettext_lazy("compared value"),
    "baseline": gettext_lazy("baseline"),
    "expected": gettext_lazy("expected by now"),
    "target": gettext_lazy("target"),
    "target_due": gettext_lazy("date of the target"),
    "attainment": gettext_lazy("attainment"),
    "pace": gettext_lazy("pace"),
    "status": gettext_lazy("status"),
    "judged_at": gettext_lazy("period of judgement"),
    "judged_on": gettext_lazy("day of judgement"),
    "phase": gettext_lazy("phase of the assignment"),
    "parts": gettext_lazy("numerator and denominator"),
    "baseline_parts": gettext_lazy("numerator and denominator of the baseline"),
    "not_applicable": gettext_lazy("not applicable"),
    "stale_value": gettext_lazy("stale value"),
    "stale_period": gettext_lazy("period of the stale value"),
    "basis": gettext_lazy("basis of the comparison"),
    "kind": gettext_lazy("missions that could be in the value"),
    "in_value": gettext_lazy("missions in the value"),
    "counted": gettext_lazy("missions counted at their own value"),
    "at_baseline": gettext_lazy("missions assumed at their baseline"),
    "left_out": gettext_lazy("missions left out"),
    "stale": gettext_lazy("missions whose value is stale"),
    "percentage_only": gettext_lazy("missions with a percentage alone"),
    "baseline_unknown": gettext_lazy("missions whose baseline is unknown"),
    "stands": gettext_lazy("whether it has figures"),
}

_STATES: dict[str, Promise] = {
    "changed": gettext_lazy("changed"),
    "added": gettext_lazy("added"),
    "deleted": gettext_lazy("deleted"),
    "as it was": gettext_lazy("as its history says"),
}


def say_figure(name: str) -> str:
    """What a figure is called; that of a cell by the cell's number."""
    if name.startswith("cell "):
        return _("breakdown cell %(cell)s") % {"cell": name.removeprefix("cell ")}
    return str(_FIGURES.get(name, name))


def say_place(code: str) -> str:
    """Of what a figure is: the region, a subregion by its name, a mission by its code."""
    if code == REGION:
        return _("Region")
    return str(Subregion(code).label) if code in Subregion.values else code


def say_table(name: str) -> str:
    """What the rows of a table are called."""
    return capfirst(apps.get_model("tracker", name)._meta.verbose_name)


def say_state(state: str) -> str:
    """What became of a row behind the history's back."""
    return str(_STATES.get(state, state))
