"""Loading the outside frames, their goals as trees, and what of them each objective serves."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from tracker.batches.models import ImportBatch
from tracker.batches.plans import Lookup, Plan
from tracker.batches.row_plans import Refuse, plan_rows, read_held
from tracker.common.bulk import draw_ids, upsert

from ..choices import TitleBasis
from ..models import Alignment, ReferenceFramework, ReferenceGoal
from ..models.references import MOST_GOALS
from .structure import find_objectives, strategy_for

FRAMEWORK_FIELDS = ("code", "name", "short_name", "kind", "owner", "year", "description", "source", "order")
GOAL_FIELDS = (
    "framework", "code", "parent", "kind", "title", "detail", "title_basis", "source", "order",
)  # fmt: skip
ALIGNMENT_FIELDS = ("objective", "framework", "goal", "basis", "reason", "source")

GOAL_PATHS = {"framework": "framework__code", "parent": "parent__code"}
ALIGNMENT_PATHS = {
    "objective": "objective__code",
    "framework": "goal__framework__code",
    "goal": "goal__code",
}


@dataclass(frozen=True, slots=True)
class FrameworkRow:
    """A row of the sheet ``reference_frameworks``."""

    row: int
    code: str
    name: str
    short_name: str
    kind: str
    owner: str | None
    year: int | None
    description: str | None
    source: str
    order: int | None


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A row of the sheet ``reference_goals``; ``parent`` is the code of a goal of the same framework."""

    row: int
    framework: str
    code: str
    parent: str | None
    kind: str
    title: str
    detail: str | None
    title_basis: str | None
    source: str
    order: int | None


@dataclass(frozen=True, slots=True)
class AlignmentRow:
    """A row of the sheet ``alignments``; without framework and goal it says why the objective serves none."""

    row: int
    objective: str
    framework: str | None
    goal: str | None
    basis: str
    reason: str
    source: str


def plan_frameworks(
    *, rows: Sequence[FrameworkRow], given: frozenset[str], options: Mapping[str, Any], user: object
) -> Plan:
    """Compare a sheet of reference frameworks with those that there are, by code."""
    held = read_held(ReferenceFramework.objects.all(), FRAMEWORK_FIELDS, key=["code"])
    after = max((each["order"] for each in held.values()), default=0)
    return plan_rows(
        rows=[
            replace(row, order=after + place) if row.order is None and (row.code,) not in held else row
            for place, row in enumerate(rows, start=1)
        ],
        names=FRAMEWORK_FIELDS,
        key=["code"],
        held=held,
        given=given,
        defaults={"order": 0},
        empty={"year": None},
    )


def apply_frameworks(*, plan: Plan, batch: ImportBatch, user: object) -> None:
    """Write the planned reference frameworks."""
    _write(ReferenceFramework, FRAMEWORK_FIELDS, ["code"], plan.writes)


def plan_goals(
    *, rows: Sequence[GoalRow], given: frozenset[str], options: Mapping[str, Any], user: object
) -> Plan:
    """Compare a sheet of goals with those that there are, by framework and code. The goal above a goal is of the
    same framework, may stand anywhere in the file, and never below it.
    """
    frameworks = _find_frameworks()
    held = read_held(ReferenceGoal.objects.all(), GOAL_FIELDS, key=["framework", "code"], paths=GOAL_PATHS)
    rows = [replace(row, framework=frameworks.proper(row.framework) or row.framework) for row in rows]
    known = _goals_by_framework([*held, *((row.framework, row.code) for row in rows)])
    after = max((each["order"] for each in held.values()), default=0)
    rows = [
        replace(
            row,
            parent=known[row.framework].proper(row.parent),
            order=after + place if row.order is None and (row.framework, row.code) not in held else row.order,
        )
        for place, row in enumerate(rows, start=1)
    ]
    above = {goal: each["parent"] for goal, each in held.items()}
    if "parent" in given:
        above |= {(row.framework, row.code): row.parent for row in rows}

    def check(new: Mapping[str, Any], refuse: Refuse) -> None:
        framework, parent = new["framework"], new["parent"]
        if not parent or framework not in frameworks.things:
            return
        if parent not in known[framework].things:
            refuse("parent", known[framework].say_unknown(parent))
        elif _is_below_itself((framework, new["code"]), above):
            refuse("parent", _("The goal would stand below itself. Give another goal above it, or none."))

    return plan_rows(
        rows=rows,
        names=GOAL_FIELDS,
        key=["framework", "code"],
        held=held,
        given=given,
        references={"framework": frameworks},
        defaults={"order": 0, "title_basis": TitleBasis.SOURCE.value},
        empty={"parent": None},
        check=check,
    )


def _is_below_itself(goal: tuple[str, str], above: Mapping[tuple[str, str], str | None]) -> bool:
    """Whether the way up from a goal comes back to it; another circle further up is not this goal's mistake."""
    framework, code = goal
    passed: set[str] = set()
    parent = above.get(goal)
    while parent and parent not in passed:
        if parent == code:
            return True
        passed.add(parent)
        parent = above.get((framework, parent))
    return False


def apply_goals(*, plan: Plan, batch: ImportBatch, user: object) -> None:
    """Write the planned goals at once: new ones get their numbers first, so that others may stand below them."""
    numbers: dict[tuple[int, str], int] = {
        (framework, code): pk
        for framework, code, pk in ReferenceGoal.objects.values_list("framework_id", "code", "id")
    }
    new = [goal for row in plan.writes if (goal := (row["framework"], row["code"])) not in numbers]
    numbers |= zip(new, draw_ids(ReferenceGoal, len(new)), strict=True)
    rows = [
        {
            **row,
            "id": numbers[row["framework"], row["code"]],
            "parent": numbers[row["framework"], row["parent"]] if row["parent"] else None,
        }
        for row in plan.writes
    ]
    _write(ReferenceGoal, ("id", *GOAL_FIELDS), ["framework", "code"], rows)


def plan_alignments(
    *, rows: Sequence[AlignmentRow], given: frozenset[str], options: Mapping[str, Any], user: object
) -> Plan:
    """Compare a sheet of alignments with the strategy's, by objective and goal.

    An objective has at most four goals of a framework; or it serves none: then it has one row, without
    framework and goal, and no other.
    """
    strategy = strategy_for(options)
    frameworks = _find_frameworks()
    objectives = find_objectives(strategy.pk)
    goals = {
        (framework, code): pk
        for framework, code, pk in ReferenceGoal.objects.values_list("framework__code", "code", "id")
    }
    known = _goals_by_framework(goals, frameworks.things)
    held = read_held(
        Alignment.objects.filter(objective__strategy=strategy),
        ALIGNMENT_FIELDS,
        key=["objective", "framework", "goal"],
        paths=ALIGNMENT_PATHS,
    )
    rows = [_in_proper_codes(row, objectives, frameworks, known) for row in rows]
    tied = _Tied(held, rows)

    def check(new: Mapping[str, Any], refuse: Refuse) -> None:
        objective, framework, goal = new["objective"], new["framework"], new["goal"]
        if goal and not framework:
            refuse("framework", _("A goal needs its framework. Give its code, such as SDG."))
        elif framework and not goal:
            refuse("goal", _("Give the code of the goal. Where the objective serves none, empty both cells."))
        elif framework in known and goal not in known[framework].things:
            refuse("goal", known[framework].say_unknown(goal))
        elif problem := tied.find_problem(objective, framework, goal):
            refuse("goal", problem)

    plan = plan_rows(
        rows=rows,
        names=ALIGNMENT_FIELDS,
        key=["objective", "framework", "goal"],
        held=held,
        given=given | {"framework", "goal"},
        references={"objective": objectives, "framework": frameworks},
        empty={"framework": None, "goal": None},
        check=check,
    )
    names = {pk: code for code, pk in frameworks.things.items()}
    plan.writes = [
        {**row, "goal": goals[names[row["framework"]], row["goal"]] if row["goal"] else None}
        for row in plan.writes
    ]
    return plan


class _Tied:
    """What objectives are tied to once the file is saved, and what of that cannot stand together."""

    def __init__(
        self, held: Iterable[tuple[str, str | None, str | None]], rows: Iterable[AlignmentRow]
    ) -> None:
        self._held = frozenset(held)
        self._counts = Counter((objective, framework) for objective, framework, _goal in self._held)
        self._with_goals = {objective for objective, _framework, goal in self._held if goal}
        self._with_goals |= {row.objective for row in rows if row.goal}
        self._with_none = {objective for objective, _framework, goal in self._held if not goal}

    def find_problem(self, objective: str, framework: str | None, goal: str | None) -> str:
        """Why this row cannot stand beside the others; rows are asked about in their order."""
        if goal is None:
            if objective in self._with_goals:
                return _("%(objective)s is tied to goals, so it cannot serve none. Delete this row.") % {
                    "objective": objective
                }
            return ""
        if objective in self._with_none:
            return _(
                "It is recorded that %(objective)s serves no goal. An administrator deletes that first, among the "
                "alignments of the administration."
            ) % {"objective": objective}
        if (objective, framework, goal) in self._held:
            return ""
        self._counts[objective, framework] += 1
        if self._counts[objective, framework] > MOST_GOALS:
            return _(
                "%(objective)s is tied to %(most)d goals of %(framework)s already, and more are not taken. Leave "
                "out the weakest."
            ) % {"objective": objective, "framework": framework, "most": MOST_GOALS}
        return ""


def _in_proper_codes(
    row: AlignmentRow,
    objectives: Lookup[int],
    frameworks: Lookup[int],
    known: Mapping[str, Lookup[str]],
) -> AlignmentRow:
    """A row with its codes as they are written where they are known, whatever their case."""
    framework = frameworks.proper(row.framework)
    goals = known.get(framework or "")
    return replace(
        row,
        objective=objectives.proper(row.objective) or row.objective,
        framework=framework,
        goal=goals.proper(row.goal) if goals else row.goal,
    )


def apply_alignments(*, plan: Plan, batch: ImportBatch, user: object) -> None:
    """Write the planned alignments."""
    fields = ("objective", "goal", "basis", "reason", "source")
    _write(Alignment, fields, ["objective", "goal"], plan.writes)


def _find_frameworks() -> Lookup[int]:
    return Lookup(
        dict(ReferenceFramework.objects.values_list("code", "id")),
        unknown=_("There is no reference framework with the code “%(code)s”."),
    )


def _goals_by_framework(
    goals: Iterable[tuple[str, str]], frameworks: Iterable[str] = ()
) -> dict[str, Lookup[str]]:
    """The codes of the goals of each framework."""
    codes: dict[str, dict[str, str]] = defaultdict(dict, {framework: {} for framework in frameworks})
    for framework, code in goals:
        codes[framework][code] = code
    return {
        framework: Lookup(
            of_one,
            unknown=_("%(framework)s has no goal with the code “%(code)s”.")
            % {"framework": framework, "code": "%(code)s"},
        )
        for framework, of_one in codes.items()
    }


def _write(model: type[Any], fields: Sequence[str], unique: Sequence[str], rows: Iterable[Any]) -> None:
    upsert(
        model=model,
        fields=fields,
        unique=unique,
        rows=[tuple(row[name] for name in fields) for row in rows],
    )
