"""What can be found: of each kind of thing, its rows, the name it is shown by, and all the text it is found by.

Nothing of a draft is here, and nobody's name: whoever may read the pages may find everything.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import F, OuterRef, QuerySet, Subquery, Value
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tracker.activities.models import Activity, ActivityTag, Tag
from tracker.framework.choices import IndicatorStatus
from tracker.framework.models import (
    Indicator,
    Objective,
    Pillar,
    ReferenceFramework,
    ReferenceGoal,
    StrategicPriority,
)
from tracker.region.models import Convention, Country, KeyFigure, Mission, Office

NOTHING = Value("")


@dataclass(frozen=True)
class Searched:
    """A kind of thing that is searched.

    ``kind`` is its place in `places.PLACES`. ``code`` and ``title`` are shown and weigh most, ``text`` is what a
    snippet is taken from, ``more`` is looked through besides (names of what it belongs to); ``parent`` is the code
    that its address needs besides its own, ``beside`` a short word of where it belongs (put in words, where it is
    of a closed list). Whoever types a code exactly means that thing.
    """

    kind: str
    rows: Callable[[], QuerySet[Any]]
    title: Any
    text: tuple[Any, ...] = ()
    more: tuple[Any, ...] = ()
    code: Any = "code"
    parent: Any = NOTHING
    beside: Any = NOTHING
    beside_in_words: Mapping[str, Promise] | None = None
    order: tuple[str, ...] = ("code",)


def _of_strategy(model: Any) -> Callable[[], QuerySet[Any]]:
    return lambda: model._default_manager.filter(strategy__is_current=True)


_TAGS = Subquery(
    ActivityTag.objects.filter(activity=OuterRef("pk"))
    .order_by()
    .values("activity")
    .annotate(names=StringAgg("tag__name", " "))
    .values("names")
)

SEARCHED: tuple[Searched, ...] = (
    Searched(
        "country",
        Country.objects.all,
        "name",
        code="iso2",
        text=("coordinates", "note"),
        more=("iso3", "source_name", "name_2015_2020", "name_mi2017", "name_mi2019"),
        order=("name",),
    ),
    Searched("mission", Mission.objects.all, "name", more=("country__name", "country__source_name")),
    Searched(
        "priority",
        _of_strategy(StrategicPriority),
        "title",
        text=("summary",),
        beside=F("pillar__name"),
        more=("pillar__name",),
        order=("order",),
    ),
    Searched(
        "objective",
        _of_strategy(Objective),
        "title",
        text=("summary",),
        order=("priority__order", "order"),
    ),
    Searched(
        "indicator",
        _of_strategy(Indicator),
        "name",
        text=("definition", "data_source", "verification", "note"),
        more=("unit",),
        beside=F("status"),
        beside_in_words={IndicatorStatus.PROPOSED: _("Proposed"), IndicatorStatus.RETIRED: _("Retired")},
        order=("objective__priority__order", "objective__order", "order"),
    ),
    Searched(
        "activity",
        Activity.objects.all,
        "title",
        text=("description", "tie_reason"),
        more=("mission__name", _TAGS),
        beside=F("mission__name"),
    ),
    Searched(
        "goal",
        ReferenceGoal.objects.all,
        "title",
        text=("detail",),
        more=("framework__code", "framework__short_name", "framework__name"),
        parent=F("framework__code"),
        beside=F("framework__short_name"),
        order=("framework__order", "order"),
    ),
    Searched(
        "reference",
        ReferenceFramework.objects.all,
        "name",
        text=("description",),
        more=("short_name", "owner"),
        order=("order",),
    ),
    Searched(
        "office",
        Office.objects.all,
        "city",
        text=("note",),
        more=("city_as_printed", "country__name"),
        beside=F("country__name"),
    ),
    Searched(
        "figure",
        KeyFigure.objects.all,
        "title",
        text=("note", "doubt"),
        more=("geography", "country__name", "unit"),
        beside=F("document"),
        order=("order",),
    ),
    Searched("convention", Convention.objects.all, "title", text=("note",), order=("order",)),
    Searched("pillar", _of_strategy(Pillar), "name", order=("order",)),
    Searched("tag", Tag.objects.all, "name"),
)

# Said where nothing was typed yet, in the order of the list above.
WHAT_IS_SEARCHED: Promise = _(
    "countries and areas, missions, offices, priorities, objectives, indicators, activities and their subjects, "
    "reference frameworks and goals, key figures, conventions"
)
