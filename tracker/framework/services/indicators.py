"""Loading indicators: what is measured, by which rules, split how, replacing what."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, partial
from typing import Any

from django.utils.translation import gettext as _

from tracker.batches.choices import KEEP_DECISIONS
from tracker.batches.models import ImportBatch
from tracker.batches.plans import Lookup, Plan, compare, fill_row, refuse_repeats
from tracker.common.bulk import fetch, run, staged, upsert

from ..choices import Counts, IndicatorStatus, Level, Measure, MissionRule
from ..models import (
    STANDING_FIELDS,
    Breakdown,
    Indicator,
    IndicatorBreakdown,
    IndicatorReplacement,
)
from .rulebook import find_rule_problems, read_threshold, write_threshold
from .structure import find_objectives, strategy_for


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """A row of the sheet ``indicators``; ``threshold`` is as written: a number, a stage's word, yes."""

    row: int
    code: str
    objective: str
    name: str
    unit: str
    measure: str
    direction: str
    period_rule: str
    mission_rule: str
    frequency: str
    level: str | None
    counts: str | None
    threshold: Decimal | str | None
    status: str | None
    decimals: int | None
    allows_negative: bool | None
    bounded: bool | None
    sensitive: bool | None
    needs_evidence: bool | None
    never_falls: bool | None
    stages: tuple[str, ...] | None
    breakdowns: tuple[str, ...] | None
    definition: str | None
    data_source: str | None
    verification: str | None
    replaces: tuple[str, ...] | None
    note: str | None
    order: int | None
    source: str | None


OWN_FIELDS = (
    "code", "name", "unit", "level", "measure", "direction", "period_rule", "mission_rule", "threshold",
    "frequency", "counts", "stages", "status", "decimals", "allows_negative", "bounded", "sensitive",
    "needs_evidence", "never_falls", "definition", "data_source", "verification", "note", "order", "source",
)  # fmt: skip
SHEET_FIELDS = (*OWN_FIELDS, "objective", "breakdowns", "replaces")
DEFAULTS = {
    "level": Level.OUTPUT.value,
    "counts": Counts.ITEMS.value,
    "status": IndicatorStatus.ACTIVE.value,
    "allows_negative": False,
    "bounded": True,
    "sensitive": False,
    "needs_evidence": False,
    "never_falls": False,
}


def plan_indicators(
    *, rows: Sequence[IndicatorRow], given: frozenset[str], options: Mapping[str, Any], user: object
) -> Plan:
    """Compare a sheet of indicators with the strategy's.

    What results exist for keeps its rules, unit and definition: such a change is refused, or, of the fixtures
    (option ``keep_decisions``), left out.
    """
    strategy = strategy_for(options)
    plan = Plan(writes={"strategy": strategy.pk, "rows": [], "asks": {}, "replaces": {}})
    breakdowns = dict(Breakdown.objects.filter(strategy=strategy).values_list("code", "id"))
    held = read_indicators(strategy.pk)
    reported = {
        code
        for (code,) in fetch(
            "SELECT i.code FROM tracker_indicator i WHERE i.strategy_id = %s AND EXISTS "
            "(SELECT 1 FROM tracker_indicatorresult r WHERE r.indicator_id = i.id)",
            [strategy.pk],
        )
    }
    rows = refuse_repeats(
        plan=plan, rows=rows, key=lambda row: row.code, column="code", value=lambda row: row.code
    )
    # Read where a row stops asking for a breakdown, which is seldom.
    used = cache(partial(_read_used, strategy.pk))
    of_objective = find_objectives(strategy.pk)
    of_breakdown = Lookup(breakdowns, unknown=_("There is no breakdown with the code “%(code)s”."))
    of_replaced = Lookup(
        {code: code for code in {*held, *(row.code for row in rows)}},
        unknown=_("There is no indicator with the code “%(code)s”."),
    )
    replacing = {code: each["replaces"] for code, each in held.items()} | {
        row.code: tuple(of_replaced.proper(code) or code for code in row.replaces or ())
        for row in rows
        if "replaces" in given
    }
    after = max((each["order"] for each in held.values()), default=0)
    for place, row in enumerate(rows, start=1):
        errors = len(plan.errors)
        old = held.get(row.code)
        new = _fill(row, given=given, old=old, order=after + place)
        new["replaces"] = tuple(sorted({of_replaced.proper(code) or code for code in new["replaces"]}))
        if old and options.get(KEEP_DECISIONS):
            new |= {name: old[name] for name in STANDING_FIELDS if row.code in reported}
            new["breakdowns"] += tuple(code for code in _dropped(old, new) if (row.code, code) in used())
        for column, message in find_rule_problems(new):
            plan.refuse(row=row.row, column=column, value=new[column], message=message)
        objective = of_objective.find(new["objective"], plan=plan, row=row.row, column="objective")
        asked = [
            of_breakdown.find(code, plan=plan, row=row.row, column="breakdowns") for code in new["breakdowns"]
        ]
        replaced = [
            of_replaced.find(code, plan=plan, row=row.row, column="replaces") for code in new["replaces"]
        ]
        if row.code in replaced:
            plan.refuse(
                row=row.row,
                column="replaces",
                value=row.code,
                message=_("An indicator cannot replace itself. Give the code of the old one."),
            )
        elif circle := find_circle(row.code, replacing):
            plan.refuse(
                row=row.row,
                column="replaces",
                value="; ".join(new["replaces"]),
                message=_(
                    "These would replace each other in a circle: %(codes)s. Say of the newer ones alone what they "
                    "replace."
                )
                % {"codes": " → ".join(circle)},
            )
        change = compare(row=row.row, key=(row.code,), new=on_sheet(new), old=on_sheet(old) if old else None)
        if row.code in reported:
            _refuse_changed_rules(plan, row, change.cells)
            for code in _dropped(old, new) if old else ():
                if (row.code, code) in used():
                    _refuse_dropped_breakdown(plan, row, code)
        if len(plan.errors) > errors:
            continue
        plan.changes.append(change)
        if change.cells:
            values = {**new, "strategy": strategy.pk, "objective": objective}
            plan.writes["rows"].append(values)
            if "breakdowns" in change.cells or old is None:
                plan.writes["asks"][row.code] = asked
            if "replaces" in change.cells:
                plan.writes["replaces"][row.code] = replaced
    return plan


def find_circle(code: str, replacing: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The shortest way from an indicator, over what it replaces and what that replaces, back to itself; or nothing."""
    ways: list[tuple[str, ...]] = [(code, old) for old in replacing.get(code, ())]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        if way[-1] == code:
            return way
        if way[-1] not in seen:
            seen.add(way[-1])
            ways += [(*way, old) for old in replacing.get(way[-1], ())]
    return ()


def read_indicators(strategy: int) -> dict[str, dict[str, Any]]:
    """The strategy's indicators by code, as a sheet says them."""
    asks: dict[int, list[str]] = defaultdict(list)
    for indicator, code in (
        IndicatorBreakdown.objects.filter(indicator__strategy=strategy)
        .order_by("indicator", "order", "id")
        .values_list("indicator_id", "breakdown__code")
    ):
        asks[indicator].append(code)
    replaces: dict[int, list[str]] = defaultdict(list)
    for indicator, code in (
        IndicatorReplacement.objects.filter(new__strategy=strategy)
        .order_by("new", "old__code")
        .values_list("new_id", "old__code")
    ):
        replaces[indicator].append(code)
    held = {}
    for each in Indicator.objects.filter(strategy=strategy).values("id", "objective__code", *OWN_FIELDS):
        number = each.pop("id")
        held[each["code"]] = {
            **each,
            "stages": tuple(each["stages"]),
            "objective": each.pop("objective__code"),
            "breakdowns": tuple(asks[number]),
            "replaces": tuple(replaces[number]),
        }
    return held


def has_results(indicator: Indicator) -> bool:
    """Whether results exist for an indicator, drafts' too: from then on its rules, unit and definition stand."""
    return bool(
        fetch("SELECT 1 FROM tracker_indicatorresult WHERE indicator_id = %s LIMIT 1", [indicator.pk])
    )


def _read_used(strategy: int) -> set[tuple[str, str]]:
    """Codes of indicators and of the breakdowns that their results hold figures for."""
    return {
        (indicator, breakdown)
        for indicator, breakdown in fetch(
            "SELECT DISTINCT i.code, b.code FROM tracker_cellvalue v JOIN tracker_cell c ON c.id = v.cell_id "
            "JOIN tracker_breakdown b ON b.id = c.breakdown_id "
            "JOIN tracker_indicatorresult r ON r.id = v.result_id "
            "JOIN tracker_indicator i ON i.id = r.indicator_id WHERE i.strategy_id = %s",
            [strategy],
        )
    }


def _dropped(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Breakdowns that the indicator asked for and would not ask for any more."""
    return [code for code in old["breakdowns"] if code not in new["breakdowns"]]


def _fill(
    row: IndicatorRow, *, given: frozenset[str], old: Mapping[str, Any] | None, order: int
) -> dict[str, Any]:
    """All that the row says of its indicator, with the threshold as the amount it is kept as."""
    defaults = {**DEFAULTS, "decimals": 1 if row.measure == Measure.PERCENTAGE else 0, "order": order}
    empty = {"stages": (), "breakdowns": (), "replaces": (), "threshold": None}
    new = fill_row(row, SHEET_FIELDS, given=given, old=old, defaults=defaults, empty=empty)
    new["breakdowns"] = tuple(dict.fromkeys(new["breakdowns"]))
    if row.threshold is not None:
        new["threshold"] = read_threshold(row.threshold, measure=row.measure, stages=new["stages"])
    elif row.measure == Measure.YES_NO and row.mission_rule == MissionRule.COUNT_AT_LEAST:
        # Counting the missions that say yes is what this rule means here; nobody should have to type it.
        new["threshold"] = Decimal(1)
    return new


def on_sheet(values: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept, as a sheet says it."""
    threshold = write_threshold(values["threshold"], measure=values["measure"], stages=values["stages"])
    return {**values, "threshold": threshold}


def _refuse_changed_rules(plan: Plan, row: IndicatorRow, cells: Mapping[str, tuple[Any, Any]]) -> None:
    for column in STANDING_FIELDS:
        if column in cells:
            plan.refuse(
                row=row.row,
                column=column,
                value=cells[column][1],
                message=_(
                    "%(code)s has results, so its rules, unit and definition stand. Make a new indicator "
                    "that replaces it, with a code of its own."
                )
                % {"code": row.code},
            )


def _refuse_dropped_breakdown(plan: Plan, row: IndicatorRow, breakdown: str) -> None:
    plan.refuse(
        row=row.row,
        column="breakdowns",
        value="; ".join(row.breakdowns or ()),
        message=_(
            "Results of %(code)s are broken down by %(breakdown)s, so it goes on asking for it. Name it "
            "here again."
        )
        % {"code": row.code, "breakdown": breakdown},
    )


def apply_indicators(*, plan: Plan, batch: ImportBatch, user: object) -> None:
    """Write the planned indicators, what they ask for and what they replace."""
    strategy = plan.writes["strategy"]
    fields = ("strategy", "objective", *OWN_FIELDS)
    upsert(
        model=Indicator,
        fields=fields,
        unique=["strategy", "code"],
        rows=[
            tuple(list(row[name]) if name == "stages" else row[name] for name in fields)
            for row in plan.writes["rows"]
        ],
    )
    if asks := plan.writes["asks"]:
        _write_asks(strategy, asks)
    if replaces := plan.writes["replaces"]:
        _write_replaces(strategy, replaces)


def _write_asks(strategy: int, asks: Mapping[str, Sequence[int]]) -> None:
    """Each of these indicators asks for exactly these breakdowns, in this order."""
    rows = [(code, number, place) for code, numbers in asks.items() for place, number in enumerate(numbers)]
    with staged(columns={"code": "text", "breakdown_id": "bigint", "place": "smallint"}, rows=rows) as source:
        run(
            f"DELETE FROM tracker_indicatorbreakdown a USING tracker_indicator i WHERE i.id = a.indicator_id "
            f"AND i.strategy_id = %s AND i.code = ANY(%s) AND NOT EXISTS (SELECT 1 FROM {source} s "
            f"WHERE s.code = i.code AND s.breakdown_id = a.breakdown_id)",
            [strategy, list(asks)],
        )
        run(
            f'INSERT INTO tracker_indicatorbreakdown AS held (indicator_id, breakdown_id, "order") '
            f"SELECT i.id, s.breakdown_id, s.place FROM {source} s "
            f"JOIN tracker_indicator i ON i.strategy_id = %s AND i.code = s.code "
            f'ON CONFLICT (indicator_id, breakdown_id) DO UPDATE SET "order" = EXCLUDED."order" '
            f'WHERE held."order" <> EXCLUDED."order"',
            [strategy],
        )


def _write_replaces(strategy: int, replaces: Mapping[str, Sequence[str]]) -> None:
    """Each of these indicators replaces exactly these."""
    rows = [(code, old) for code, olds in replaces.items() for old in olds]
    with staged(columns={"code": "text", "old": "text"}, rows=rows) as source:
        run(
            f"DELETE FROM tracker_indicatorreplacement r USING tracker_indicator n, tracker_indicator o "
            f"WHERE n.id = r.new_id AND o.id = r.old_id AND n.strategy_id = %s AND n.code = ANY(%s) "
            f"AND NOT EXISTS (SELECT 1 FROM {source} s WHERE s.code = n.code AND s.old = o.code)",
            [strategy, list(replaces)],
        )
        run(
            f"INSERT INTO tracker_indicatorreplacement (new_id, old_id) SELECT n.id, o.id FROM {source} s "
            f"JOIN tracker_indicator n ON n.strategy_id = %s AND n.code = s.code "
            f"JOIN tracker_indicator o ON o.strategy_id = %s AND o.code = s.old "
            f"ON CONFLICT (new_id, old_id) DO NOTHING",
            [strategy, strategy],
        )
