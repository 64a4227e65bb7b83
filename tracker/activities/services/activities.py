"""Writing activities: what a row of the sheet says of one, compared with what is held, and written as a whole."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext as _

from tracker.batches.lookups import find_countries, find_missions
from tracker.batches.models import ImportBatch
from tracker.batches.plans import Lookup, Plan, says_otherwise
from tracker.batches.row_plans import Refuse, plan_rows
from tracker.common.bulk import quote, run, staged, upsert
from tracker.framework.models import ReferenceGoal
from tracker.framework.services.structure import find_objectives, strategy_for
from tracker.region.models import Office

from ..choices import ActivityStatus, TiedBy
from ..models import (
    Activity,
    ActivityCountry,
    ActivityGoal,
    ActivityLink,
    ActivityObjective,
    ActivityOffice,
    ActivityTag,
    Tag,
)
from ..policies import may_write_for, may_write_historical
from ..rules import find_problems
from ..wording import SENTENCES

if TYPE_CHECKING:
    from tracker.access.models import User


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """A row of the sheet ``activities``; missions, countries, objectives, goals (``MIGOF:P1``), tags and offices
    by their codes.
    """

    row: int
    code: str
    mission: str
    title: str
    status: str
    objectives: tuple[str, ...] | None
    start: date | None
    end: date | None
    reference_goals: tuple[str, ...] | None
    tags: tuple[str, ...] | None
    countries: tuple[str, ...] | None
    offices: tuple[str, ...] | None
    budget: Decimal | None
    currency: str | None
    donors: tuple[str, ...] | None
    partners: tuple[str, ...] | None
    people_planned: Decimal | None
    people_reached: Decimal | None
    description: str | None
    tied_by: str | None
    tie_reason: str | None
    source: str | None


# The columns that are the activity's own, as the table calls them.
OWN_FIELDS = {
    "code": "code", "mission": "mission", "title": "title", "status": "status", "start": "starts_on",
    "end": "ends_on", "budget": "budget", "currency": "currency", "donors": "donors", "partners": "partners",
    "people_planned": "people_planned", "people_reached": "people_reached", "description": "description",
    "tied_by": "tied_by", "tie_reason": "tie_reason", "source": "source",
}  # fmt: skip
LISTS = ("donors", "partners")
_NOTHING = {
    "start": None, "end": None, "budget": None, "people_planned": None, "people_reached": None,
    **dict.fromkeys((*LISTS, "objectives", "reference_goals", "tags", "countries", "offices"), ()),
}  # fmt: skip


@dataclass(frozen=True)
class Link:
    """A column whose codes are ties of an activity: to what, by which table; ``codes`` is how the code of the
    other end is read.
    """

    column: str
    table: type[ActivityLink]
    field: str
    codes: Any
    order: tuple[str, ...]


_GOAL_CODE = models.functions.Concat("goal__framework__code", models.Value(":"), "goal__code")
LINKS = (
    Link("objectives", ActivityObjective, "objective", models.F("objective__code"), (
        "objective__priority__order", "objective__order", "objective__code")),
    Link("reference_goals", ActivityGoal, "goal", _GOAL_CODE, (
        "goal__framework__order", "goal__order", "goal__code")),
    Link("tags", ActivityTag, "tag", models.F("tag__code"), ("tag__code",)),
    Link("countries", ActivityCountry, "country", models.F("country__iso2"), ("country__iso2",)),
    Link("offices", ActivityOffice, "office", models.F("office__code"), ("office__code",)),
)  # fmt: skip
SHEET_FIELDS = (*OWN_FIELDS, *(link.column for link in LINKS))


def plan_activities(
    *, rows: Sequence[ActivityRow], given: frozenset[str], options: Mapping[str, Any], user: "User | None"
) -> Plan:
    """Compare a sheet of activities with those that there are, by code.

    A row that says nothing new may be anybody's; one that does needs the right to write for its mission, and for
    the one it had; a historical one an administrator. Objectives are the strategy's; ties to those of another
    strategy stay as they are. Who ties an activity otherwise than this tracker did, without a word of who says so, ties
    it for the mission.
    """
    strategy = strategy_for(options).pk
    held = read_activities(strategy=strategy, codes=[row.code for row in rows])
    lookups = _lookups(strategy)
    missions = lookups["mission"]

    def check(new: Mapping[str, Any], refuse: Refuse) -> None:
        old = held.get((new["code"],))
        for column, problem in find_problems(new):
            refuse(column, str(SENTENCES[problem]))
        if old is not None and not any(says_otherwise(old[name], new[name]) for name in SHEET_FIELDS):
            return
        own = [missions.get(each["mission"]) for each in (new, old) if each is not None]
        if not all(may_write_for(user, mission) for mission in own if mission is not None):
            refuse("mission", _("You write activities of your own missions only. Leave this row out."))
        elif not may_write_historical(user) and _is_historical(new, old):
            refuse("status", _("Only administrators write historical activities. Leave this row out."))

    plan = plan_rows(
        rows=[_tie_for_mission(_tidy(row, lookups), held.get((row.code,)), given) for row in rows],
        names=SHEET_FIELDS,
        key=["code"],
        held=held,
        given=given,
        references=lookups,
        defaults={"tied_by": TiedBy.MISSION.value},
        empty=_NOTHING,
        check=check,
    )
    plan.writes = {"strategy": strategy, "rows": plan.writes}
    return plan


def _tie_for_mission(row: ActivityRow, old: Mapping[str, Any] | None, given: frozenset[str]) -> ActivityRow:
    """The row, tied by the mission where it changes what this tracker has tied, or why."""
    if row.tied_by is not None or old is None or old["tied_by"] != TiedBy.TRACKER:
        return row
    is_changed = ("objectives" in given and (row.objectives or ()) != old["objectives"]) or (
        "tie_reason" in given and says_otherwise(old["tie_reason"], row.tie_reason or "")
    )
    return replace(row, tied_by=TiedBy.MISSION.value) if is_changed else row


def _is_historical(*sayings: Mapping[str, Any] | None) -> bool:
    return any(said is not None and said["status"] == ActivityStatus.HISTORICAL for said in sayings)


def _lookups(strategy: int) -> dict[str, Lookup[int]]:
    """What the codes of a sheet may name, by column, in the order in which ties are listed."""
    goals = ReferenceGoal.objects.order_by("framework__order", "order", "code")
    return {
        "mission": find_missions(),
        "objectives": find_objectives(strategy),
        "reference_goals": Lookup(
            {
                f"{framework}:{code}": pk
                for framework, code, pk in goals.values_list("framework__code", "code", "id")
            },
            unknown=_("There is no reference goal “%(code)s”; write framework and code, such as MIGOF:P1."),
        ),
        "tags": Lookup(
            dict(Tag.objects.order_by("code").values_list("code", "id")),
            unknown=_("There is no tag with the code “%(code)s”."),
        ),
        "countries": find_countries(),
        "offices": Lookup(
            dict(Office.objects.order_by("code").values_list("code", "id")),
            unknown=_("There is no office with the code “%(code)s”."),
        ),
    }


def _tidy(row: ActivityRow, lookups: Mapping[str, Lookup[int]]) -> ActivityRow:
    """The row with each tie once, in the order in which they are listed; a sheet may name them in any."""
    tidied: dict[str, Any] = {}
    for link in LINKS:
        said = getattr(row, link.column)
        if said is not None:
            lookup = lookups[link.column]
            places = {code: place for place, code in enumerate(lookup.things)}
            codes = dict.fromkeys(lookup.proper(code) for code in said)
            tidied[link.column] = tuple(sorted(codes, key=lambda code: places.get(code, len(places))))
    for column in LISTS:
        if (said := getattr(row, column)) is not None:
            tidied[column] = tuple(dict.fromkeys(said))
    return replace(row, **tidied)


# -- What there is --------------------------------------------------------------------------------------
def read_activities(
    *,
    strategy: int,
    codes: Iterable[str] | None = None,
    missions: Iterable[str] = (),
    priorities: Iterable[str] = (),
) -> dict[tuple[str], dict[str, Any]]:
    """Activities as their sheet says them, by code, in the order of missions and codes; in a fixed number of
    statements. ``codes``: these alone; ``missions``: those of these alone; ``priorities``: those that serve an
    objective of these. Objectives of the strategy alone.
    """
    found = Activity.objects.order_by("mission__code", "code")
    if codes is not None:
        found = found.filter(code__in=list(codes))
    if missions:
        found = found.filter(mission__code__in=list(missions))
    if priorities:
        serving = ActivityObjective.objects.filter(
            objective__strategy=strategy, objective__priority__code__in=list(priorities)
        )
        found = found.filter(pk__in=serving.values("activity"))
    paths = {**OWN_FIELDS, "mission": "mission__code"}
    own = list(found.values("id", *paths.values()))
    ties = {link.column: _read_ties(link, strategy, found) for link in LINKS}
    return {
        (each["code"],): {
            **{
                column: tuple(each[path]) if column in LISTS else each[path] for column, path in paths.items()
            },
            **{column: tuple(tied[each["id"]]) for column, tied in ties.items()},
        }
        for each in own
    }


def _read_ties(link: Link, strategy: int, activities: "models.QuerySet[Activity]") -> dict[int, list[str]]:
    """Codes of what activities are tied to, by the activity's id."""
    rows: models.QuerySet[Any] = link.table._default_manager.filter(activity__in=activities.order_by())
    if link.column == "objectives":
        rows = rows.filter(objective__strategy=strategy)
    tied: dict[int, list[str]] = defaultdict(list)
    for activity, code in rows.order_by(*link.order).values_list("activity_id", link.codes):
        tied[activity].append(code)
    return tied


# -- The write ------------------------------------------------------------------------------------------
def apply_activities(*, plan: Plan, batch: ImportBatch | None, user: object) -> None:
    """Write the planned activities."""
    write_activities(strategy=plan.writes["strategy"], rows=plan.writes["rows"])


def write_activities(*, strategy: int, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write activities and all their ties, one or a thousand, in a fixed number of statements.

    A row has the columns of the sheet, with ids in place of codes (``plan_activities`` makes such rows); ties to
    objectives of other strategies stay.
    """
    upsert(
        model=Activity,
        fields=list(OWN_FIELDS.values()),
        unique=["code"],
        rows=[tuple(list(row[name]) if name in LISTS else row[name] for name in OWN_FIELDS) for row in rows],
    )
    codes = [row["code"] for row in rows]
    for link in LINKS:
        of_strategy = strategy if link.column == "objectives" else None
        _write_ties(
            link, codes, [(row["code"], tie) for row in rows for tie in row[link.column]], of_strategy
        )


def _write_ties(link: Link, codes: list[str], ties: Sequence[tuple[str, int]], strategy: int | None) -> None:
    """Each of these activities is tied to exactly these; of objectives, within the strategy."""
    table, other = quote(link.table._meta.db_table), quote(f"{link.field}_id")
    within = (
        f"AND t.{other} IN (SELECT o.id FROM tracker_objective o WHERE o.strategy_id = %s)"
        if strategy is not None
        else ""
    )
    with staged(columns={"code": "text", "other": "bigint"}, rows=ties) as source:
        run(
            f"DELETE FROM {table} t USING tracker_activity a WHERE a.id = t.activity_id AND a.code = ANY(%s) "
            f"{within} AND NOT EXISTS (SELECT 1 FROM {source} s WHERE s.code = a.code AND s.other = t.{other})",
            [codes, *([strategy] if strategy is not None else [])],
        )
        run(
            f"INSERT INTO {table} (activity_id, {other}) SELECT a.id, s.other FROM {source} s "
            f"JOIN tracker_activity a ON a.code = s.code ON CONFLICT (activity_id, {other}) DO NOTHING"
        )
