"""The rows of a report's grid, written without templates: they would take most of the time of a page with 150."""

import html
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tracker.common.formats import show_exact

from .entry import NOTHING

register = template.Library()

WRONG = SafeString(' aria-invalid="true"')
SWAPPED = SafeString(' hx-swap-oob="true"')
NONE = "–"

_ROW = (
    '<tbody id="{key}" class="entry{wrong}" data-code="{code}"{swapped}>\n<tr>'
    '<th scope="row"><span class="soft nowrap">{code}</span> <span id="n{pk}">{name}</span>'
    ' <span class="soft small">{unit}</span>{proposed} {tools}{said}</th>\n'
    '<td data-label="[previous]" class="num soft">{previous}</td>'
    '<td data-label="[value]" class="num">{value}</td>'
    '<td data-label="[not_applicable]">{not_applicable}</td>'
    '<td data-label="[so_far]" class="num">{so_far}</td>'
    '<td data-label="[expected]" class="num">{expected}</td>'
    '<td class="block{read_only}" data-label="[comment]">{comment}</td>'
    "</tr>{cells}</tbody>\n"
)


@register.simple_tag
def grid_labels() -> Mapping[str, str]:
    """The heads of the grid's columns, which its rows repeat on a phone."""
    return {
        "previous": _("Last given"),
        "value": _("This period"),
        "not_applicable": _("Not applicable"),
        "so_far": _("To date"),
        "expected": _("Expected, target"),
        "comment": _("Comment"),
    }


@lru_cache(maxsize=16)
def _row_in(_language: str) -> str:
    """What rows are put together by, with the labels in the language of now."""
    row = _ROW
    for name, label in grid_labels().items():
        row = row.replace(f"[{name}]", escape(label))
    return row


@register.simple_tag(takes_context=True)
def grid_row(context: Context, row: Any, is_swapped: bool = False) -> SafeString:
    """One row of the grid (`reporting.rows.Row`), as a person who `may_enter` has it or one who reads;
    ``is_swapped``: put in the place of the one there is.
    """
    may_enter, indicator = context["may_enter"], row.indicator
    errors = row.errors
    return _fill(
        _row_in(get_language() or ""),
        key=row.key,
        pk=indicator.pk,
        code=indicator.code,
        name=indicator.name,
        unit=indicator.unit,
        wrong=" wrong" if errors else "",
        swapped=SWAPPED if is_swapped else NOTHING,
        proposed=_proposed() if indicator.status == "proposed" else NOTHING,
        tools=row_tools(row, may_enter),
        said=_said_of(context, row),
        previous=_previous_of(row.told),
        value=shown_of(row) + (_stages(row) if row.choices else _boxes(row))
        if may_enter
        else row.say_amount(),
        not_applicable=_not_applicable(row, may_enter),
        so_far=so_far(row),
        expected=_expected_of(row.told),
        read_only="" if may_enter else " comment",
        comment=_comment(row) if may_enter else row.comment.text,
        cells=_include(context, "reporting/cells.html", row) if row.is_unfolded else NOTHING,
    )


def _fill(text: str, *values: object, **named: object) -> SafeString:
    """What `format_html` does, in half the time: no value is a promise, and a page has ten thousand."""
    return SafeString(
        text.format(*map(_safe, values), **{name: _safe(value) for name, value in named.items()})
    )


def _safe(value: object) -> str:
    return value if isinstance(value, SafeString) else html.escape(str(value))


def _join(parts: Iterable[SafeString], between: str = "") -> SafeString:
    return SafeString(between.join(parts))


def _words() -> Mapping[str, str]:
    """What is the same in every row, translated once."""
    return _words_in(get_language() or "")


@lru_cache(maxsize=16)
def _words_in(_language: str) -> Mapping[str, str]:
    return {
        "proposed": _("proposed"),
        "of": _("of"),
        "in the year": _("in the year"),
        "target": _("target"),
        "definition": _("Definition"),
        "add evidence": _("Add evidence"),
        "yes": _("Yes"),
    }


def _proposed() -> SafeString:
    return _fill(' <span class="pill">{}</span>', _words()["proposed"])


def _said_of(context: Context, row: Any) -> SafeString:
    """What is said below a row's name; of most there is nothing."""
    if row.says_something:
        return _include(context, "reporting/said.html", row)
    return _fill('<div class="row-said" id="said-{}" data-state="{}"></div>', row.indicator.pk, row.state)


def _include(context: Context, name: str, row: Any) -> SafeString:
    """A template that is drawn for a row here and there."""
    assert context.template is not None
    with context.push(row=row):
        return context.template.engine.get_template(name).render(context)


def _previous_of(told: Any) -> SafeString | str:
    """What was given last, of what it was made, and in which period."""
    if not told.previous:
        return NONE
    parts = _fill("{}<br>", told.previous_parts) if told.previous_parts else NOTHING
    return _fill('{}<span class="d-block small">{}{}</span>', told.previous, parts, told.previous_of)


def _stages(row: Any) -> SafeString:
    """Stages, or yes and no, to choose from."""
    box = row.amount.value
    options = _join(
        _fill(
            '<option value="{}"{}>{}</option>',
            place,
            SafeString(" selected") if box.text == place else NOTHING,
            word,
        )
        for place, word in row.choices
    )
    return _fill(
        '<select id="{}" name="{}" aria-labelledby="n{}" aria-describedby="said-{}"{}>'
        '<option value="">–</option>{}</select>',
        box.id,
        box.name,
        row.indicator.pk,
        row.indicator.pk,
        WRONG if row.amount.errors else NOTHING,
        options,
    )


def _boxes(row: Any) -> SafeString:
    """The boxes of a row's own amount, named by the row's head; what is wrong stands there too."""
    pk, amount = row.indicator.pk, row.amount

    def box(which: Any, kind: str, part: str = "") -> SafeString:
        return _fill(
            '<input type="text" class="{}" inputmode="decimal" id="{}" name="{}" value="{}" aria-labelledby="n{}{}"'
            ' aria-describedby="said-{}" autocomplete="off"{}>',
            kind,
            which.id,
            which.name,
            which.text,
            pk,
            f" {part}" if part else "",
            pk,
            WRONG if which.errors else NOTHING,
        )

    if not amount.is_fraction:
        return box(amount.value, "number")
    return _fill(
        '<span class="fraction">{} {} {}</span>{}',
        box(amount.numerator, "half", "h-n"),
        _words()["of"],
        box(amount.denominator, "half", "h-d"),
        _fill(" {}", box(amount.value, "half", "h-percent")) if amount.value.text else "",
    )


def _not_applicable(row: Any, may_enter: bool) -> SafeString | str:
    box = row.not_applicable
    if not may_enter:
        return _words()["yes"] if box.text else ""
    return _fill(
        '<input type="checkbox" id="{}" name="{}" aria-labelledby="h-na n{}"{}{}>',
        box.id,
        box.name,
        row.indicator.pk,
        SafeString(" checked") if box.text else NOTHING,
        _blamed(row, box),
    )


def _comment(row: Any) -> SafeString:
    box = row.comment
    return _fill(
        '<textarea class="comment" rows="1" id="{}" name="{}" aria-labelledby="h-comment n{}"{}>{}</textarea>',
        box.id,
        box.name,
        row.indicator.pk,
        _blamed(row, box),
        box.text,
    )


def _blamed(row: Any, box: Any) -> SafeString:
    if not box.errors:
        return NOTHING
    return _fill('{} aria-describedby="said-{}"', WRONG, row.indicator.pk)


def _expected_of(told: Any) -> SafeString | str:
    """Where it should be by now, the target and its day."""
    if not told.target:
        return NONE
    target = _words()["target"]
    if told.expected != told.target:
        target = _("target %(target)s") % {"target": told.target}
    return _fill(
        '{}<span class="d-block small soft">{}<br>{}</span>', told.expected or NONE, target, told.target_due
    )


@register.simple_tag
def shown_of(row: Any, is_swapped: bool = False) -> SafeString:
    """The fingerprint of what the page shows of a row; ``is_swapped``: put in the place of the one there is, and
    that of its cells too where they were sent with it.
    """
    own, _cells = row.shown_parts
    shown = _hidden(row, "shown", own, is_swapped)
    return shown + shown_of_cells(row, True) if is_swapped and row.is_unfolded else shown


@register.simple_tag
def shown_of_cells(row: Any, is_swapped: bool = False) -> SafeString:
    """The fingerprint of what the page shows of a row's cells. It stands among them: a row is saved with its cells
    while they are on the page, whichever of two answers comes first.
    """
    _own, cells = row.shown_parts
    return _hidden(row, "parts", cells, is_swapped)


def _hidden(row: Any, name: str, text: str, is_swapped: bool) -> SafeString:
    return _fill(
        '<input type="hidden" id="{1}-{0}" name="{0}-{1}" value="{2}"{3}>',
        row.indicator.pk,
        name,
        text,
        SWAPPED if is_swapped else NOTHING,
    )


@register.simple_tag
def so_far(row: Any, is_swapped: bool = False) -> SafeString:
    """What an indicator comes to with what is entered: a flow in its year, too."""
    told = row.told
    year = (
        _fill('<span class="d-block small soft">{} {}</span>', told.in_year, _words()["in the year"])
        if told.in_year
        else NOTHING
    )
    return _fill(
        '<span id="sum-{}"{}>{}{}</span>',
        row.indicator.pk,
        SWAPPED if is_swapped else NOTHING,
        told.to_date or "–",
        year,
    )


@register.simple_tag
def row_tools(row: Any, may_enter: bool, is_swapped: bool = False) -> SafeString:
    """What can be opened of a row: its definition, its evidence, its breakdowns with what is given of them."""
    pk = row.indicator.pk
    tools = [
        _fill(
            '<a class="tool" data-tool="definition" href="{}">{}</a>',
            _page_of(row.indicator.code),
            _words()["definition"],
        )
    ]
    if may_enter:
        tools.append(
            _fill(
                '<button class="tool" data-tool="evidence" type="submit" name="then" value="evidence-{}">{}</button>',
                pk,
                _say_evidence(row.said.evidence),
            )
        )
    elif row.said.evidence:
        tools.append(
            _fill(
                '<a class="tool" href="evidence/?indicator={}">{}</a>',
                row.indicator.code,
                say_pieces(row.said.evidence),
            )
        )
    if row.said.breakdowns:
        tools.append(
            _fill(
                '<button class="tool" data-tool="cells" type="submit" name="then" value="unfold-{}">{}</button>'
                if may_enter
                else '<a class="tool" data-tool="cells" href="?unfold={0}#i{0}">{1}</a>',
                pk,
                "; ".join(_say_folded(each) for each in row.folded),
            )
        )
    if may_enter and row.can_be_carried:
        tools.append(
            _fill(
                '<button class="tool" data-tool="same" type="submit" name="then" value="same-{}">{}</button>',
                pk,
                _("Same as %(period)s") % {"period": row.told.previous_of},
            )
        )
    if row.result is not None and row.result.is_carried:
        tools.append(_fill('<span class="soft">{}</span>', _("same as last period")))
    return _fill(
        '<span class="tools" id="tools-{}"{}>{}</span>',
        pk,
        SWAPPED if is_swapped else NOTHING,
        _join(tools, " "),
    )


@lru_cache(maxsize=4096)
def _page_of(code: str) -> str:
    """The address of an indicator: a form leads to all of its."""
    return reverse("indicator", args=[code])


def say_pieces(count: int) -> str:
    return ngettext("%(count)s piece of evidence", "%(count)s pieces of evidence", count) % {"count": count}


def _say_evidence(count: int) -> str:
    """Such as "2 pieces of evidence, add more"."""
    return _("%(pieces)s, add more") % {"pieces": say_pieces(count)} if count else _words()["add evidence"]


def _say_folded(folded: Any) -> str:
    """Such as "Sex: 2 of 4 cells, 12 not disaggregated"."""
    if not folded.filled:
        return str(folded.name)
    numbers = {"name": folded.name, "filled": folded.filled, "asked": folded.asked}
    if folded.rest:
        return _("%(name)s: %(filled)s of %(asked)s, %(rest)s not disaggregated") % {
            **numbers,
            "rest": show_exact(folded.rest),
        }
    return _("%(name)s: %(filled)s of %(asked)s") % numbers
