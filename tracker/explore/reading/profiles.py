"""A country or area with its mission, or the Regional Office: all that is known of it, as its page shows it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

from django.utils.translation import gettext as _

from tracker.activities.choices import ActivityStatus
from tracker.activities.models import Activity, ActivityObjective, FundingRequirement
from tracker.analysis.statuses import StatusStyle, count_statuses, style_of
from tracker.framework.models import ReferenceGoal, StrategicPriority, Strategy
from tracker.region.choices import SILENT
from tracker.region.models import Country, Mission

from .choices import Choice
from .countries import activities_of
from .framework import read_rows
from .rows import IndicatorRow


@dataclass(frozen=True)
class Fact:
    """What the documents say of a country; ``is_silent``: only that they do not name it."""

    label: str
    words: str
    note: str = ""
    is_silent: bool = False


@dataclass(frozen=True)
class ShownActivity:
    """An activity with the objectives that it serves: (priority's id, code, title)."""

    activity: Activity
    ties: Sequence[tuple[int, str, str]]
    is_of_another: bool

    @property
    def objectives(self) -> list[tuple[str, str]]:
        """(code, title) of each."""
        return [(code, title) for _priority, code, title in self.ties]

    def serves(self, priority: StrategicPriority) -> bool:
        """Whether one of its objectives is of this priority."""
        return any(pk == priority.pk for pk, _code, _title in self.ties)

    @property
    def is_historical(self) -> bool:
        return self.activity.status == ActivityStatus.HISTORICAL

    @property
    def is_counted(self) -> bool:
        """All but the cancelled ones, as ``ActivityQuerySet.counted``."""
        return self.activity.status != ActivityStatus.CANCELLED


@dataclass(frozen=True)
class Part:
    """What is done and measured under a priority; under none (None): activities tied to no objective.

    ``counts`` are of the indicators: (status, how many).
    """

    priority: StrategicPriority | None
    activities: Sequence[ShownActivity]
    rows: Sequence[IndicatorRow]

    @property
    def code(self) -> str:
        """Of its priority; of what is tied to none, nothing."""
        return self.priority.code if self.priority else ""

    @property
    def with_value(self) -> int:
        """How many of its indicators have an approved value."""
        return sum(row.has_actual for row in self.rows)

    @property
    def counts(self) -> list[tuple[StatusStyle, int]]:
        counted = count_statuses(row.status for row in self.rows)
        return [(style_of(code), count) for code, count in counted.items()]


@dataclass(frozen=True)
class Asked:
    """What was asked for, for a goal, in each year; None where the table has a dash, or no row."""

    goal: ReferenceGoal
    cells: Sequence[FundingRequirement | None]


@dataclass(frozen=True)
class FundingTable:
    """Requirements by goal and year, with the sum of each year."""

    years: Sequence[int]
    rows: Sequence[Asked]
    sums: Sequence[Decimal]
    sources: Sequence[str] = field(default=())

    @property
    def by_year(self) -> list[tuple[int, Decimal]]:
        return list(zip(self.years, self.sums, strict=True))


def facts_of(country: Country) -> list[Fact]:
    """Facts of a country, in the order in which its page has them."""
    facts = [
        Fact(
            _("Status in IOM"),
            str(country.get_iom_status_display()),
            country.iom_status_note,
            country.iom_status in SILENT,
        ),
        Fact(
            _("Vote on the Global Compact for Migration"),
            str(country.get_gcm_vote_display()),
            _("Not listed among the votes in favour; that is not a vote against.")
            if country.gcm_vote in SILENT
            else "",
            country.gcm_vote in SILENT,
        ),
        Fact(
            _("New United Nations cooperation framework (UNSDCF)"),
            str(country.get_unsdcf_display()),
            "",
            country.unsdcf in SILENT,
        ),
        Fact(
            _("United Nations network on migration"),
            str(country.get_migration_network_display()),
            "",
            country.migration_network in SILENT,
        ),
    ]
    named = [
        words
        for is_named, words in (
            (country.eastern_partnership_panel, _("Eastern Partnership panel")),
            (country.western_balkan_initiative, _("Western Balkan initiative")),
            (country.almaty_process, _("Almaty Process")),
        )
        if is_named
    ]
    facts.append(Fact(_("Named for"), "; ".join(named) or _("None of the three processes"), "", not named))
    if country.coordinates:
        facts.append(Fact(_("Its office coordinates for"), country.coordinates))
    return facts


def names_of(country: Country) -> list[tuple[str, list[str]]]:
    """(a name, the documents that print it), the latest document first."""
    printed = (
        (_("Regional Strategy 2020–2024"), country.source_name),
        (_("Migration Initiatives 2019"), country.name_mi2019),
        (_("Migration Initiatives 2017"), country.name_mi2017),
        (_("Regional Strategy 2015–2020"), country.name_2015_2020),
    )
    found: dict[str, list[str]] = {}
    for document, name in printed:
        if name:
            found.setdefault(name, []).append(document)
    return list(found.items())


def read_activities(country: Country | None, mission: Mission | None) -> list[ShownActivity]:
    """The activities of a mission, and of others those that name its country; own ones of this strategy first: two
    statements.
    """
    found = list(activities_of(country, mission).select_related("mission").order_by("-status", "code"))
    serving: dict[int, list[tuple[int, str, str]]] = {}
    ties = ActivityObjective.objects.filter(activity__in=[each.pk for each in found])
    for pk, priority, code, title in ties.order_by(
        "objective__priority__order", "objective__order"
    ).values_list("activity_id", "objective__priority_id", "objective__code", "objective__title"):
        serving.setdefault(pk, []).append((priority, code, title))
    shown = [
        ShownActivity(
            each,
            serving.get(each.pk, ()),
            is_of_another=mission is None or each.mission_id != mission.pk,
        )
        for each in found
    ]
    return sorted(shown, key=lambda each: (each.is_historical, each.is_of_another))


def read_parts(strategy: Strategy, activities: Sequence[ShownActivity], choice: Choice | None) -> list[Part]:
    """What is done and measured, by priority; an activity that serves two stands under both."""
    rows: dict[int, list[IndicatorRow]] = {}
    if choice is not None and choice.mission is not None:
        for pk, members in groupby(
            read_rows(strategy, choice), key=lambda row: row.indicator.objective.priority_id
        ):
            rows.setdefault(pk, []).extend(members)
    parts = []
    for priority in StrategicPriority.objects.filter(strategy=strategy).order_by("pillar__order", "order"):
        done = [each for each in activities if each.serves(priority)]
        parts.append(Part(priority, done, rows.get(priority.pk, ())))
    loose = [each for each in activities if not each.ties]
    return [*parts, Part(None, loose, ())] if loose else parts


def read_funding(mission: Mission | None) -> FundingTable | None:
    """What was asked for; None where nothing is on record: one statement."""
    found = list(
        FundingRequirement.objects.filter(mission=mission)
        .select_related("goal")
        .order_by("goal__order", "goal__code", "year")
    )
    if not found:
        return None
    years = sorted({each.year for each in found})
    rows = []
    for _goal, members in groupby(found, key=lambda each: each.goal_id):
        of_goal = list(members)
        by_year = {each.year: each for each in of_goal}
        rows.append(Asked(of_goal[0].goal, [by_year.get(year) for year in years]))
    sums = [sum((each.amount for each in found if each.year == year), Decimal(0)) for year in years]
    return FundingTable(years, rows, sums, documents_of(each.source for each in found))


def documents_of(sources: Iterable[str]) -> list[str]:
    """Documents and places of amounts, each once: without the goal, which is the last part of a place."""
    return sorted({source.rsplit(",", 1)[0] for source in sources if source})
