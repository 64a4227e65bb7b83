"""The boxes of an amount, and what is wrong with a box, written without templates: a form has thousands."""

from collections.abc import Collection, Sequence
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()

NOTHING = SafeString("")


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
def errors_of(errors: Sequence[object], name: str) -> SafeString:
    """What is wrong with the box of this name, which points to it; nothing where nothing is."""
    if not errors:
        return NOTHING
    items = format_html_join("", "<li>{}</li>", ((error,) for error in errors))
    return format_html('<ul class="errorlist" id="errors-{}">{}</ul>', name, items)
