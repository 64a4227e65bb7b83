"""The list of indicators, with boxes to choose those that are to be adopted."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.framework.choices import IndicatorStatus
from tracker.framework.models import Indicator

_ORDER = ("objective__priority__order", "objective__order", "order", "code")


class IndicatorTable(tables.Table):
    """Every indicator with what it is; whether IOM adopted it is said in each row."""

    code = tables.Column(gettext_lazy("Indicator"), order_by=_ORDER)
    name = tables.Column(visible=False)
    objective = tables.Column(
        gettext_lazy("Objective"), order_by=("objective__priority__order", "objective__order", "order")
    )
    unit = tables.Column(gettext_lazy("Unit"))
    level = tables.Column(gettext_lazy("Level"))
    measure = tables.Column(gettext_lazy("Measured as"))
    frequency = tables.Column(gettext_lazy("Falls due"))
    breakdowns = tables.Column(
        gettext_lazy("Breakdowns"),
        accessor="breakdown_count",
        attrs={"td": {"class": "num"}, "th": {"class": "num"}},
    )
    status = tables.Column(gettext_lazy("Adopted"))

    class Meta:
        model = Indicator
        fields = (
            "code", "name", "objective", "unit", "level", "measure", "frequency", "breakdowns", "status",
        )  # fmt: skip
        empty_text = gettext_lazy("No indicator fits these filters. Remove one of them, or show all.")

    def __init__(self, *args: Any, may_adopt: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.may_adopt = may_adopt

    def render_code(self, record: Indicator) -> SafeString:
        link = format_html(
            '<a href="{}"><span class="code">{}</span> {}</a>',
            reverse("indicator", args=[record.code]),
            record.code,
            record.name,
        )
        if not self.may_adopt:
            return link
        if record.status != IndicatorStatus.PROPOSED:
            return format_html('<span class="choice">{}</span>', link)
        return format_html(
            '<span class="choice"><span class="choose"><input type="checkbox" name="indicator" value="{}" '
            'aria-label="{}"></span>{}</span>',
            record.code,
            _("Choose %(code)s") % {"code": record.code},
            link,
        )

    def value_code(self, record: Indicator) -> str:
        return record.code

    def render_objective(self, record: Indicator) -> SafeString:
        return format_html(
            '<a href="{}" title="{}">{}</a>',
            reverse("objective", args=[record.objective.code]),
            record.objective.title,
            record.objective.code,
        )

    def value_objective(self, record: Indicator) -> str:
        return record.objective.code

    def render_status(self, record: Indicator) -> SafeString | str:
        if record.status == IndicatorStatus.PROPOSED:
            return format_html(
                '<span class="pill pill-draft" title="{}">{}</span>',
                record.get_status_display(),
                _("Proposed"),
            )
        return str(record.get_status_display())

    def value_status(self, record: Indicator) -> str:
        return str(record.get_status_display())
