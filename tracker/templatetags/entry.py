"""The boxes of a report's form, written without templates: a form has thousands, and includes take a second."""

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.common.formats import show_exact

register = template.Library()

NOTHING = SafeString("")
WRONG = SafeString(' aria-invalid="true"')
SWAPPED = SafeString(' hx-swap-oob="true"')


@register.simple_tag
def amount_boxes(amount: Any, label: str, blamed: Collection[str] = (), blamed_by: str = "") -> SafeString:
    """The boxes of an amount (`reporting.rows.AmountBoxes`) and what is wrong with them. ``blamed`` names boxes that
    are part of what is wrong with ``blamed_by``.
    """

    def box(which: Any, kind: str, part: str = "") -> SafeString:
        blamed_for = amount.name if which.errors else blamed_by if which.name in blamed else ""
        return format_html(
            '<input type="text" class="{}" inputmode="decimal" id="{}" name="{}" value="{}" aria-label="{}"'
            ' autocomplete="off"{}>',
            kind,
            which.id,
            which.name,
            which.text,
            f"{label}: {part}" if part else label,
            format_html(' aria-invalid="true" aria-describedby="errors-{}"', blamed_for)
            if blamed_for
            else "",
        )

    if not amount.is_fraction:
        return format_html("{}{}", box(amount.value, "number"), errors_of(amount.errors, amount.name))
    return format_html(
        '<span class="fraction">{} {} {}</span>{}{}',
        box(amount.numerator, "half", _("numerator")),
        _("of"),
        box(amount.denominator, "half", _("denominator")),
        format_html(" {}", box(amount.value, "half", _("per cent"))) if amount.value.text else "",
        errors_of(amount.errors, amount.name),
    )


@register.simple_tag
def row_boxes(row: Any) -> SafeString:
    """The boxes of a row's own amount, named by the row's head; what is wrong stands there too."""
    pk, amount = row.indicator.pk, row.amount

    def box(which: Any, kind: str, part: str = "") -> SafeString:
        return format_html(
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
    return format_html(
        '<span class="fraction">{} {} {}</span>{}',
        box(amount.numerator, "half", "h-n"),
        _("of"),
        box(amount.denominator, "half", "h-d"),
        format_html(" {}", box(amount.value, "half", "h-percent")) if amount.value.text else "",
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
    return format_html(
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
        format_html('<span class="d-block small soft">{} {}</span>', told.in_year, _("in the year"))
        if told.in_year
        else NOTHING
    )
    return format_html(
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
        format_html(
            '<a class="tool" data-tool="definition" href="{}">{}</a>',
            _page_of(row.indicator.code),
            _("Definition"),
        )
    ]
    if may_enter:
        tools.append(
            format_html(
                '<button class="tool" data-tool="evidence" type="submit" name="then" value="evidence-{}">{}</button>',
                pk,
                _say_evidence(row.said.evidence),
            )
        )
    elif row.said.evidence:
        tools.append(
            format_html(
                '<a class="tool" href="evidence/?indicator={}">{}</a>',
                row.indicator.code,
                say_pieces(row.said.evidence),
            )
        )
    if row.said.breakdowns:
        tools.append(
            format_html(
                '<button class="tool" data-tool="cells" type="submit" name="then" value="unfold-{}">{}</button>'
                if may_enter
                else '<a class="tool" data-tool="cells" href="?unfold={0}#i{0}">{1}</a>',
                pk,
                "; ".join(_say_folded(each) for each in row.folded),
            )
        )
    if may_enter and row.can_be_carried:
        tools.append(
            format_html(
                '<button class="tool" data-tool="same" type="submit" name="then" value="same-{}">{}</button>',
                pk,
                _("Same as %(period)s") % {"period": row.told.previous_of},
            )
        )
    if row.result is not None and row.result.is_carried:
        tools.append(format_html('<span class="soft">{}</span>', _("same as last period")))
    return format_html(
        '<span class="tools" id="tools-{}"{}>{}</span>',
        pk,
        SWAPPED if is_swapped else NOTHING,
        format_html_join(" ", "{}", ((tool,) for tool in tools)),
    )


@lru_cache(maxsize=4096)
def _page_of(code: str) -> str:
    """The address of an indicator: a form leads to all of its."""
    return reverse("indicator", args=[code])


def say_pieces(count: int) -> str:
    return ngettext("%(count)s piece of evidence", "%(count)s pieces of evidence", count) % {"count": count}


def _say_evidence(count: int) -> str:
    """Such as "2 pieces of evidence, add more"."""
    return _("%(pieces)s, add more") % {"pieces": say_pieces(count)} if count else _("Add evidence")


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


@register.simple_tag
def errors_of(errors: Sequence[object], name: str) -> SafeString:
    """What is wrong with the box of this name, which points to it; nothing where nothing is."""
    if not errors:
        return NOTHING
    items = format_html_join("", "<li>{}</li>", ((error,) for error in errors))
    return format_html('<ul class="errorlist" id="errors-{}">{}</ul>', name, items)
