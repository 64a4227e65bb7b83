"""The grid of assignments: indicators by missions, what holds between them, and which part of it is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from itertools import groupby

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.common.formats import show_date
from tracker.framework.choices import IndicatorStatus
from tracker.framework.models import Indicator, Objective, Strategy
from tracker.progress.models import IndicatorAssignment
from tracker.region.models import Mission

from .versions import read_whys

EVERY_MISSION = "all"


class State(TextChoices):
    """How an indicator and a mission stand to each other, on a day."""

    ASSIGNED = "assigned", gettext_lazy("Assigned")
    ENDING = "ending", gettext_lazy("Ends later")
    AHEAD = "ahead", gettext_lazy("Begins later")
    ENDED = "ended", gettext_lazy("Ended")
    NONE = "none", gettext_lazy("Not assigned")


@dataclass(frozen=True)
class GridFilter:
    """Which part of the grid is shown. Empty texts are no filter."""

    priority: str
    missions: Sequence[Mission]
    state: str
    text: str
    size: int
    page: int


@dataclass(frozen=True)
class Cell:
    """An indicator and a mission: from when to when, if at all."""

    indicator: Indicator
    mission: Mission
    state: State
    active_from: date | None = None
    active_to: date | None = None
    reason: str = ""
    is_ticked: bool = False

    @property
    def pair(self) -> str:
        return f"{self.indicator.code}:{self.mission.code}"

    @property
    def words(self) -> str:
        """The whole of it: Assigned since 1 Jan 2020."""
        days = {"first": show_date(self.active_from), "last": show_date(self.active_to)}
        if self.state == State.NONE:
            return _("Not assigned")
        if self.state == State.ENDED:
            return _("Assigned from %(first)s, ended on %(last)s") % days
        if self.state == State.AHEAD:
            if self.active_to:
                return _("Begins on %(first)s, ends on %(last)s") % days
            return _("Begins on %(first)s") % days
        if self.state == State.ENDING:
            return _("Assigned since %(first)s, ends on %(last)s") % days
        return _("Assigned since %(first)s") % days

    @property
    def short(self) -> str:
        """What fits under the mark: 2020– for the year it began in, –2022 for the year it ends in."""
        if self.active_to is not None and self.state in (State.ENDED, State.ENDING):
            return f"–{self.active_to.year}"
        return f"{self.active_from.year}–" if self.active_from else ""


@dataclass(frozen=True)
class GridRow:
    indicator: Indicator
    cells: Sequence[Cell]
    is_ticked: bool = False

    @property
    def is_proposed(self) -> bool:
        return self.indicator.status == IndicatorStatus.PROPOSED

    @property
    def is_retired(self) -> bool:
        return self.indicator.status == IndicatorStatus.RETIRED


@dataclass(frozen=True)
class Ticked:
    """What a person has ticked, to be shown ticked again."""

    cells: frozenset[str] = frozenset()
    rows: frozenset[str] = frozenset()
    columns: frozenset[str] = frozenset()
    all_rows: bool = False


@dataclass(frozen=True)
class Grid:
    """The rows that the filter lets through, of which a page is shown; ``in_all`` are all the indicators there are.

    ``counts`` are the pairs of the listed rows by their state.
    """

    missions: Sequence[Mission]
    listed: Sequence[GridRow]
    in_all: int
    page: int
    pages: int
    size: int
    counts: Mapping[State, int] = field(default_factory=dict)

    @cached_property
    def rows(self) -> Sequence[GridRow]:
        """Those of the page."""
        return self.listed[(self.page - 1) * self.size : self.page * self.size]

    def groups(self) -> list[tuple[Objective, list[GridRow]]]:
        """The page's rows under their objectives."""
        by_objective = groupby(self.rows, key=lambda row: row.indicator.objective)
        return [(objective, list(rows)) for objective, rows in by_objective]

    @property
    def first(self) -> int:
        return (self.page - 1) * self.size + 1 if self.listed else 0

    @property
    def last(self) -> int:
        return min(self.page * self.size, len(self.listed))


def read_grid(strategy: Strategy, shown: GridFilter, *, today: date, ticked: Ticked | None = None) -> Grid:
    """The grid as it stands on a day: two statements, however large it is."""
    ticked = ticked or Ticked()
    indicators = list(
        Indicator.objects.filter(strategy=strategy)
        .select_related("objective__priority")
        .without_prose()
        .in_order()
    )
    held: dict[tuple[int, int], tuple[date, date | None, str]] = {
        (indicator, mission): (active_from, active_to, reason)
        for indicator, mission, active_from, active_to, reason in IndicatorAssignment.objects.in_force()
        .filter(indicator__strategy=strategy, mission__in=[mission.pk for mission in shown.missions])
        .values_list("indicator_id", "mission_id", "active_from", "active_to", "reason")
    }
    # A whole code means that indicator alone, and not those whose codes begin with it.
    meant = [each for each in indicators if each.code.casefold() == shown.text.strip().casefold()]
    listed = []
    for indicator in meant or indicators:
        if not _is_shown(indicator, shown):
            continue
        cells = [
            _cell(indicator, mission, held.get((indicator.pk, mission.pk)), today, ticked)
            for mission in shown.missions
        ]
        if not shown.state or any(cell.state == shown.state for cell in cells):
            listed.append(GridRow(indicator, cells, is_ticked=indicator.code in ticked.rows))
    counts = {state: sum(1 for row in listed for cell in row.cells if cell.state == state) for state in State}
    pages = max(1, -(-len(listed) // shown.size))
    return Grid(
        missions=shown.missions,
        listed=listed,
        in_all=len(indicators),
        page=min(shown.page, pages),
        pages=pages,
        size=shown.size,
        counts={state: count for state, count in counts.items() if count},
    )


def _is_shown(indicator: Indicator, shown: GridFilter) -> bool:
    if shown.priority and indicator.objective.priority.code != shown.priority:
        return False
    words = shown.text.casefold().split()
    said = f"{indicator.code} {indicator.name} {indicator.unit} {indicator.objective.title}".casefold()
    return all(word in said for word in words)


def _cell(
    indicator: Indicator,
    mission: Mission,
    held: tuple[date, date | None, str] | None,
    today: date,
    ticked: Ticked,
) -> Cell:
    is_ticked = f"{indicator.code}:{mission.code}" in ticked.cells
    if held is None:
        return Cell(indicator, mission, State.NONE, is_ticked=is_ticked)
    active_from, active_to, reason = held
    if active_to is not None and active_to < today:
        state = State.ENDED
    elif active_from > today:
        state = State.AHEAD
    else:
        state = State.ASSIGNED if active_to is None else State.ENDING
    return Cell(indicator, mission, state, active_from, active_to, reason, is_ticked)


@dataclass(frozen=True)
class SpanRow:
    """A version of an assignment: what it said, who recorded it when and why, and since when it holds no more;
    ``why_withdrawn`` is known where it was taken back.
    """

    mission: Mission
    active_from: date
    active_to: date | None
    recorded_at: datetime
    recorded_by: str
    reason: str
    file: str
    withdrawn_at: datetime | None
    withdrawn_by: str
    why_withdrawn: str


def read_spans(indicator: Indicator, missions: Sequence[Mission]) -> list[SpanRow]:
    """All versions of an indicator's assignments to these missions, in the missions' order: two statements."""
    place = {mission.pk: number for number, mission in enumerate(missions)}
    versions = list(
        IndicatorAssignment.objects.filter(indicator=indicator, mission__in=place)
        .select_related("mission", "recorded_by", "withdrawn_by", "batch")
        .order_by("recorded_at", "pk")
    )
    whys = read_whys(IndicatorAssignment, [version.pk for version in versions])
    return [
        SpanRow(
            mission=version.mission,
            active_from=version.active_from,
            active_to=version.active_to,
            recorded_at=version.recorded_at,
            recorded_by=str(version.recorded_by or ""),
            reason=version.reason,
            file=version.batch.filename if version.batch else "",
            withdrawn_at=version.withdrawn_at,
            withdrawn_by=str(version.withdrawn_by or ""),
            why_withdrawn=whys.get(version.pk, ""),
        )
        for version in sorted(versions, key=lambda version: place[version.mission_id])
    ]


def read_missions() -> list[Mission]:
    """Every mission: countries by name, then the Regional Office."""
    return list(Mission.objects.order_by("kind", "name"))
