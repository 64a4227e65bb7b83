"""Templates: the workbook of a kind, made to be filled in for some missions, periods and priorities.

Rows are there already where it is known what they are about: what is due of a mission in a period, or which
indicators missions report on. They come back by the hidden key of the row.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.batches.kinds import Kind, Option
from tracker.batches.outward import spec_of
from tracker.batches.row_keys import ROW_ABOUT, ROW_KEY, key_of
from tracker.batches.selections import Selection
from tracker.common.formats import show_date
from tracker.common.workbooks.specs import Column, SheetSpec, clip_text
from tracker.common.workbooks.templates import Template, write_template
from tracker.framework.models import Breakdown, Indicator, Objective, Pillar, StrategicPriority
from tracker.framework.services.structure import strategy_for
from tracker.progress import exports as progress
from tracker.progress.models import ReportingPeriod
from tracker.progress.services.known import REGION
from tracker.region.models import Country, Mission

if TYPE_CHECKING:
    from tracker.access.models import User

VERSION = "1"
# What a property of a workbook and a line of its instructions hold.
_MOST_CHOSEN = 200

_ABOUT = Column(
    ROW_ABOUT, gettext_lazy("about"), fixed=True, width=48, help=gettext_lazy("For you to read; not loaded.")
)
_KEY = Column(ROW_KEY, hidden=True)

# Rows that are there already, by kind.
_PREFILLED = {
    "progress": progress.read_due,
    "history": progress.read_due,
    "baselines": progress.read_assigned,
    "targets": progress.read_assigned,
}
# Columns of codes from closed lists that live in the database; a period may also be a half-year or a year.
_OPEN_LISTS = ("period", "breakdowns", "replaces")


def has_template(kind: Kind) -> bool:
    """Whether a kind is offered as a template: whatever is loaded from files that people make."""
    return kind.export is not None


def make_template(*, kind: Kind, selection: Selection, user: "User") -> bytes:
    """The XLSX workbook. Raises Refused where there is no strategy or no such period."""
    sheet = _sheet(kind, selection, user)
    chosen = {name: clip_text(text, _MOST_CHOSEN) for name, text in selection.as_text().items()}
    labels = {
        "missions": _("Missions"),
        "periods": _("Periods"),
        "priorities": _("Priorities"),
        "indicators": _("Indicators"),
        "strategy": _("Strategy"),
    }
    today = timezone.localdate()
    return write_template(
        Template(
            kind=kind.code,
            version=VERSION,
            title=str(kind.title),
            sheets=[sheet],
            steps=_steps(kind, prefilled=kind.code in _PREFILLED),
            selection=chosen,
            facts=[
                *((labels[name], text) for name, text in chosen.items()),
                (_("Made"), _("%(date)s for %(person)s") % {"date": show_date(today), "person": user}),
            ],
        )
    )


def _sheet(kind: Kind, selection: Selection, user: "User") -> SheetSpec:
    lists = _read_lists(selection)
    prefill = _PREFILLED.get(kind.code)
    if prefill is None:
        columns = [_with_list(spec_of(column), lists) for column in kind.columns]
        return SheetSpec(kind.title, columns, (), frozen=1)
    taken = prefill(selection=selection, user=user)
    more = {column.name: column for column in kind.more_columns(selection.options)} if taken.more else {}
    columns = [
        replace(_with_list(spec_of(column), lists), fixed=column.key)
        for column in (*kind.columns, *(more[name] for name in taken.more))
        if column.name != "value_is"
    ]
    keys = [column.name for column in kind.columns if column.key]
    columns = [*columns[: len(keys)], _ABOUT, *columns[len(keys) :], _KEY]
    return SheetSpec(kind.title, columns, _keyed(kind, taken.rows), frozen=len(keys) + 1)


def _keyed(kind: Kind, rows: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Rows with their keys; of targets without, since by when is for people to say."""
    for row in rows:
        yield {**row, ROW_KEY: key_of(kind, row) if all(row.get(name) for name in kind.named_by) else None}


def _with_list(column: Column, lists: Mapping[str, Sequence[str]]) -> Column:
    choices = lists.get(column.key)
    if not choices:
        return column
    return replace(column, choices=choices, strict=column.key not in _OPEN_LISTS)


def _read_lists(selection: Selection) -> dict[str, list[str]]:
    """The codes that may stand in a column, by its name, as they are now."""
    strategy = strategy_for(selection.options)

    def codes(model: Any, name: str = "code", **of: Any) -> list[str]:
        return list(model.objects.filter(**of).order_by(name).values_list(name, flat=True))

    missions = codes(Mission)
    return {
        "indicator": codes(Indicator, strategy=strategy),
        "replaces": codes(Indicator, strategy=strategy),
        "mission": [*missions, REGION],
        "covered_by": missions,
        "country": codes(Country, "iso2"),
        "period": codes(ReportingPeriod, strategy=strategy),
        "objective": codes(Objective, strategy=strategy),
        "priority": codes(StrategicPriority, strategy=strategy),
        "pillar": codes(Pillar, strategy=strategy),
        "breakdowns": codes(Breakdown, strategy=strategy),
    }


def _steps(kind: Kind, *, prefilled: bool) -> list[str]:
    steps = [_("Fill in the sheet “%(sheet)s”. Headings show what a column takes.") % {"sheet": kind.title}]
    if prefilled:
        steps += [
            _(
                "Fill in the white cells. The grey ones say what a row is about, or are not for it: leave them."
            ),
            _("Leave a row empty where there is nothing to report; 0 is a value."),
        ]
    steps.append(_("Save it as it is (XLSX), upload it under Imports, and look at what it would change."))
    if Option.SOURCE in kind.options:
        steps.append(_("You are asked for the document that the figures come from."))
    return steps
