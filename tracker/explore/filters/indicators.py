"""What narrows the list of indicators."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from tracker.common.lists import ListFilter, choice_filter, words_filter
from tracker.framework.choices import Counts, IndicatorStatus, Level, Measure
from tracker.framework.models import Indicator, StrategicPriority


class IndicatorFilter(ListFilter):
    """By priority, level, measure, what it counts, whether it is adopted, by words."""

    priority = choice_filter(
        _("Priority"),
        field_name="objective__priority__code",
        empty_label=_("All priorities"),
        wrong=_("There is no priority “%(value)s”: all of them are shown."),
    )
    status = choice_filter(_("Adopted"), IndicatorStatus.choices, empty_label=_("Adopted or not"))
    level = choice_filter(_("Level"), Level.choices, empty_label=_("All levels"))
    measure = choice_filter(_("Measured as"), Measure.choices, empty_label=_("All measures"))
    counts = choice_filter(_("Counts"), Counts.choices)
    q = words_filter()
    searched = ("code", "name", "unit", "definition", "objective__title")

    class Meta:
        model = Indicator
        fields = ("priority", "status", "level", "measure", "counts", "q")

    def __init__(self, *args: Any, priorities: list[StrategicPriority], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("priority", [(each.code, str(each)) for each in priorities])
