"""The map of the region by a chosen measure: tiles, legend and table, with what has to be said beside them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.analysis.meanings import why_no_actual
from tracker.analysis.periods import period_code
from tracker.analysis.statuses import STATUSES, status_words
from tracker.analysis.terms import IndicatorStanding, MissionStanding
from tracker.analysis.tile_looks import NOT_KNOWN_LOOK, kinds, look_of_status, scale
from tracker.analysis.tiles import (
    Amount,
    Category,
    Place,
    TileMap,
    map_amounts,
    map_categories,
    numbers,
    shares,
)
from tracker.analysis.wording import show_own
from tracker.common.formats import PERCENTAGE, YES_NO, show_date, show_quarter
from tracker.framework.choices import IndicatorStatus, Measure
from tracker.framework.models import Indicator, Strategy
from tracker.progress.models import ReportingPeriod
from tracker.region.choices import (
    KOSOVO,
    SILENT,
    GlobalCompactVote,
    IomStatus,
    Listed,
    MigrationNetwork,
    MissionKind,
)
from tracker.region.models import Country, Mission

from .map_measures import FUNDING, MapMeasure
from .map_values import (
    Amounts,
    count_activities,
    count_offices,
    share_given,
    share_on_track,
    standing_of,
    sum_funding,
)

_SHORTEST_NAME = 5
"""Letters of the name of a stage that fits on a tile."""


@dataclass(frozen=True)
class RegionMap:
    """The map; ``notes`` are said beside it. ``is_empty``: nothing at all is recorded for the measure."""

    picture: TileMap
    notes: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not any(row.shown for row in self.picture.rows)


@dataclass(frozen=True)
class Ground:
    """What the map stands on: the countries and areas, and the missions that may have something on it."""

    countries: Sequence[Country]
    missions: Sequence[Mission]

    def places(self, beside: Collection[str] = ()) -> list[Place]:
        """A place for every country, and for the missions without one that have something beside it."""
        of_countries = [
            Place(
                country.iso2,
                country.name,
                country.tile_row,
                country.tile_column,
                url=page_of("country", country.iso2),
            )
            for country in self.countries
        ]
        regional = [mission for mission in self.missions if mission.kind == MissionKind.REGIONAL_OFFICE]
        return of_countries + [
            Place(each.code, each.name, url=page_of("mission", each.code))
            for each in regional
            if each.code in beside
        ]


def read_ground(missions: Iterable[Mission] | None = None) -> Ground:
    """The countries and areas, and the missions unless the caller has those that matter: at most two statements."""
    if missions is None:
        missions = Mission.objects.select_related("covered_by", "country").order_by("kind", "name")
    return Ground(list(Country.objects.order_by("name")), list(missions))


def page_of(name: str, code: str) -> str:
    """The address of the page of a country or a mission."""
    return reverse(name, args=[code])


def read_region_map(
    measure: MapMeasure, *, strategy: Strategy, period: ReportingPeriod | None, ground: Ground
) -> RegionMap:
    """The map of a measure, as of a period where that means something (None: no period has ended yet)."""
    if measure.indicator is not None or measure.by_period:
        if period is None:
            return _amounts(ground, Amounts(), title=measure.title, subtitle=_("No period has ended yet"))
        return _by_period(measure, ground, strategy, period)
    if measure.code in _FACTS:
        return _fact(measure, ground)
    if measure.code == "offices":
        return _amounts(
            ground,
            count_offices(ground.missions),
            title=measure.title,
            subtitle=_("Main offices and sub-offices"),
        )
    if measure.code.startswith(FUNDING):
        return _amounts(
            ground,
            sum_funding(measure.year),
            title=measure.title,
            subtitle=_("US dollars (presumed); asked for all goals together, not received or spent"),
        )
    return _amounts(
        ground,
        count_activities(ground.missions),
        title=measure.title,
        subtitle=_("A country’s own, and those of other missions that name it; historical ones too"),
    )


def _by_period(measure: MapMeasure, ground: Ground, strategy: Strategy, period: ReportingPeriod) -> RegionMap:
    quarter = {"quarter": show_quarter(period.code)}
    if measure.indicator is not None:
        from_engine = standing_of(strategy, period, measure.indicator)
        return map_values(measure.indicator, from_engine, ground)
    if measure.code == "completeness":
        return _shares(
            ground,
            share_given(ground.missions, period),
            title=measure.title,
            subtitle=_("Results given, of those due for %(quarter)s, in reports of any state") % quarter,
        )
    return _shares(
        ground,
        share_on_track(strategy, period),
        title=measure.title,
        subtitle=_("Of the active indicators that can be judged, as of %(quarter)s") % quarter,
    )


# An indicator -------------------------------------------------------------------------------------


def map_values(indicator: Indicator, stands: IndicatorStanding, ground: Ground) -> RegionMap:
    """Every mission's approved value of an indicator, as it stands."""
    with_value = {code: one for code, one in stands.missions.items() if one.value is not None}
    places = ground.places(beside=stands.missions)
    gaps = _gaps_of(indicator, stands, places)
    title, subtitle = f"{indicator.code} {indicator.name}", _of_indicator(indicator, stands)
    steps = (_("No"), _("Yes")) if indicator.measure == YES_NO else tuple(indicator.stages)
    if indicator.measure in (Measure.STAGE, Measure.YES_NO):
        looks = scale(len(steps))
        picture = map_categories(
            title=title,
            subtitle=subtitle,
            column=_("Value"),
            places=places,
            categories=[
                Category(str(at), step, looks[at], step if len(step) <= _SHORTEST_NAME else "")
                for at, step in enumerate(steps)
            ],
            given={code: str(int(one.value)) for code, one in with_value.items() if one.value is not None},
            gaps=gaps,
            more=_notes_on(with_value),
        )
        return RegionMap(picture, _notes(places))
    notes = _notes_on(with_value)
    is_share = indicator.measure == PERCENTAGE
    picture = map_amounts(
        title=title,
        subtitle=subtitle,
        column=_("Value"),
        places=places,
        amounts={
            code: Amount(one.value, show_own(indicator, one.value), notes.get(code, ""))
            for code, one in with_value.items()
            if one.value is not None
        },
        gaps=gaps,
        writing=shares(indicator.decimals) if is_share else numbers(indicator.decimals),
    )
    return RegionMap(picture, _notes(places))


def map_statuses(indicator: Indicator, stands: IndicatorStanding, ground: Ground) -> RegionMap:
    """How every mission stands: for those who may compare them."""
    places = ground.places(beside=stands.missions)
    words = {
        code: status_words(
            one.status, target_due=one.target_due, judged_on=one.judged_on, is_flow=indicator.is_flow
        )
        for code, one in stands.missions.items()
    }
    picture = map_categories(
        title=f"{indicator.code} {indicator.name}",
        subtitle=_of_indicator(indicator, stands),
        column=_("Status"),
        places=places,
        categories=[
            Category(code, str(style.word), look_of_status(code)) for code, style in STATUSES.items()
        ],
        given={code: one.status for code, one in stands.missions.items()},
        gaps=_gaps_of(indicator, stands, places),
        more={
            code: said
            for code, said in words.items()
            if said != str(STATUSES[stands.missions[code].status].word)
        },
    )
    return RegionMap(picture, _notes(places))


def _of_indicator(indicator: Indicator, stands: IndicatorStanding) -> str:
    if stands.judged_at is None:
        return _("%(unit)s · nothing was due yet") % {"unit": indicator.unit}
    quarter = show_quarter(period_code(stands.judged_at))
    return _("%(unit)s · as of %(quarter)s") % {"unit": indicator.unit, "quarter": quarter}


def _gaps_of(indicator: Indicator, stands: IndicatorStanding, places: Sequence[Place]) -> dict[str, str]:
    is_proposed = indicator.status == IndicatorStatus.PROPOSED
    return {
        place.code: why_no_actual(stands.missions[place.code], is_proposed=is_proposed)
        if place.code in stands.missions
        else "not_assigned"
        for place in places
    }


def _notes_on(with_value: Mapping[str, MissionStanding]) -> dict[str, str]:
    return {
        code: _("no longer asked; as of %(date)s") % {"date": show_date(one.judged_on)}
        for code, one in with_value.items()
        if one.phase == "ended"
    }


# Amounts and shares -------------------------------------------------------------------------------


def _amounts(ground: Ground, amounts: Amounts, *, title: str, subtitle: str) -> RegionMap:
    places = ground.places(beside=amounts.found)
    picture = map_amounts(
        title=title,
        subtitle=subtitle,
        column=title,
        places=places,
        amounts=amounts.found,
        gaps={place.code: amounts.gaps.get(place.code, amounts.otherwise) for place in places},
        writing=numbers(),
    )
    return RegionMap(picture, _notes(places, amounts.source))


def _shares(ground: Ground, amounts: Amounts, *, title: str, subtitle: str) -> RegionMap:
    places = ground.places(beside=amounts.found)
    quarters = ("0.25", "0.5", "0.75")
    names = [shares().label(Decimal(edge)) for edge in (*quarters, "1")]
    edges = {
        Decimal(low): _("%(low)s to under %(high)s") % {"low": names[at], "high": names[at + 1]}
        for at, low in enumerate(quarters)
    }
    picture = map_amounts(
        title=title,
        subtitle=subtitle,
        column=title,
        places=places,
        amounts=amounts.found,
        gaps={place.code: amounts.otherwise for place in places},
        writing=shares(),
        edges={**edges, Decimal(1): _("All of them")},
    )
    return RegionMap(picture, _notes(places))


# Facts --------------------------------------------------------------------------------------------

_FACTS: Mapping[str, tuple[str, type[TextChoices]]] = {
    "gcm-vote": ("gcm_vote", GlobalCompactVote),
    "migration-network": ("migration_network", MigrationNetwork),
    "cooperation-framework": ("unsdcf", Listed),
    "iom-status": ("iom_status", IomStatus),
}


def _fact(measure: MapMeasure, ground: Ground) -> RegionMap:
    """What the documents say of each country; where they are silent, it says so."""
    name, choices = _FACTS[measure.code]
    said = [choice for choice in choices if choice not in SILENT]
    looks = dict(zip(said, kinds(len(said)), strict=True))
    places = ground.places()
    picture = map_categories(
        title=measure.title,
        subtitle=_("As the source documents name them; a country that is not named is not thereby a no"),
        column=measure.title,
        places=places,
        categories=[
            Category(str(choice.value), str(choice.label), looks.get(choice, NOT_KNOWN_LOOK))
            for choice in choices
        ],
        given={country.iso2: getattr(country, name) for country in ground.countries},
        gaps={},
        more={
            country.iso2: country.iom_status_note for country in ground.countries if country.iom_status_note
        }
        if name == "iom_status"
        else None,
    )
    return RegionMap(picture, _notes(places))


def _notes(places: Sequence[Place], source: str = "") -> tuple[str, ...]:
    """What is said beside every map."""
    notes = []
    if any(place.code == KOSOVO for place in places):
        notes.append(
            _("XK: references to Kosovo are in the context of UN Security Council resolution 1244 (1999).")
        )
    if source:
        notes.append(_("Source: %(source)s.") % {"source": source})
    return tuple(notes)
