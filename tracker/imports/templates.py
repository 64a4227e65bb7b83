"""Templates: the workbook of a kind, made to be filled in for some missions, periods and priorities.

Rows are there already where it is known what they are about: what is due of a mission in a period, or which
indicators missions report on. They come back by the hidden key of the row.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.batches import kinds
from tracker.batches.kinds import Kind, Option
from tracker.batches.outward import spec_of
from tracker.batches.row_keys import ROW_ABOUT, ROW_KEY, key_of
from tracker.batches.selections import Selection
from tracker.common.formats import show_date
from tracker.common.workbooks.specs import Column, SheetSpec, clip_text
from tracker.common.workbooks.templates import Template, write_template
from tracker.progress import exports as progress

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
    prefill = _PREFILLED.get(kind.code)
    if prefill is None:
        columns = [_form_of(column, selection) for column in kind.columns]
        return SheetSpec(kind.title, columns, (), frozen=1)
    taken = prefill(selection=selection, user=user)
    more = {column.name: column for column in kind.more_columns(selection.options)} if taken.more else {}
    columns = [
        replace(_form_of(column, selection), fixed=column.key)
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


def _form_of(column: kinds.Column, selection: Selection) -> Column:
    """The column with its drop-down: the codes that may stand in it, as they are now."""
    written = spec_of(column)
    codes = column.codes(selection.options) if column.codes else ()
    return replace(written, choices=codes, strict=not column.or_other) if codes else written


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
