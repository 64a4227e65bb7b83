"""The outside frames: how many objectives serve them, their goals as trees, and one goal with what serves it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Case, Count, Prefetch, Q, QuerySet, When
from django.utils.translation import gettext as _

from tracker.activities.choices import ActivityStatus
from tracker.activities.models import Activity, ActivityGoal, ActivityObjective
from tracker.framework.choices import AlignmentBasis
from tracker.framework.models import Alignment, Objective, ReferenceFramework, ReferenceGoal, Strategy

from .rows import IndicatorRow
from .tree import StatusCounts, count_rows_by_status


def list_frameworks(strategy: Strategy | None) -> QuerySet[ReferenceFramework]:
    """The frameworks with ``goal_count`` and ``objective_count``: how many objectives of the strategy serve one of
    their goals.
    """
    served = Q(goals__alignments__objective__strategy=strategy)
    return ReferenceFramework.objects.annotate(
        goal_count=Count("goals", distinct=True),
        objective_count=Count("goals__alignments__objective", filter=served, distinct=True),
    ).order_by("order", "code")


@dataclass(frozen=True)
class GoalNode:
    """A goal with the goals below it. ``own`` are the objectives (ids) that serve it, ``activities`` those tied to
    it by themselves.
    """

    goal: ReferenceGoal
    children: "tuple[GoalNode, ...]"
    own: frozenset[int]
    stated: int
    activities: int

    @property
    def served_by(self) -> frozenset[int]:
        """The objectives that serve it or a goal below it."""
        return self.own.union(*(child.served_by for child in self.children))

    @property
    def serving(self) -> int:
        return len(self.served_by)

    @property
    def ours(self) -> int:
        return len(self.own) - self.stated

    @property
    def is_general_knowledge(self) -> bool:
        return self.goal.title_basis == "general_knowledge"


def read_goal_tree(framework: ReferenceFramework, strategy: Strategy | None) -> list[GoalNode]:
    """The goals of a framework as a tree, in their order: three statements."""
    goals = list(ReferenceGoal.objects.filter(framework=framework))
    ties = Alignment.objects.filter(goal__framework=framework, objective__strategy=strategy)
    own: dict[int, set[int]] = defaultdict(set)
    stated: dict[int, int] = defaultdict(int)
    for goal, objective, basis in ties.values_list("goal_id", "objective_id", "basis"):
        own[goal].add(objective)
        stated[goal] += basis == AlignmentBasis.STATED
    counted = (
        ActivityGoal.objects.filter(goal__framework=framework)
        .values_list("goal_id")
        .annotate(activities=Count("pk"))
    )
    activities: dict[int, int] = dict(counted)
    children: dict[int | None, list[ReferenceGoal]] = defaultdict(list)
    for goal_row in goals:
        children[goal_row.parent_id].append(goal_row)

    def below(parent: int | None) -> tuple[GoalNode, ...]:
        return tuple(
            GoalNode(
                goal=each,
                children=below(each.pk),
                own=frozenset(own[each.pk]),
                stated=stated[each.pk],
                activities=activities.get(each.pk, 0),
            )
            for each in children[parent]
        )

    return list(below(None))


def walk(nodes: Iterable[GoalNode]) -> Iterator[GoalNode]:
    """Every node of a tree, from the top to the bottom."""
    for node in nodes:
        yield node
        yield from walk(node.children)


def find_node(nodes: Iterable[GoalNode], goal: int) -> GoalNode | None:
    """The node of a goal (by id)."""
    return next((node for node in walk(nodes) if node.goal.pk == goal), None)


def way_to(goal: ReferenceGoal, nodes: Iterable[GoalNode]) -> list[ReferenceGoal]:
    """The goals above a goal, from the top down."""
    by_id = {node.goal.pk: node.goal for node in walk(nodes)}
    way: list[ReferenceGoal] = []
    above = goal.parent_id
    while above in by_id:
        way.append(by_id[above])
        above = by_id[above].parent_id
    return way[::-1]


@dataclass(frozen=True)
class Serving:
    """An objective that serves a goal: why, who says so, and how its indicators stand."""

    tie: Alignment
    rows: list[IndicatorRow] = field(default_factory=list)

    @property
    def objective(self) -> Objective:
        return self.tie.objective

    @property
    def is_stated(self) -> bool:
        return self.tie.basis == AlignmentBasis.STATED

    @property
    def counts(self) -> StatusCounts:
        return count_rows_by_status(self.rows)

    @property
    def proposed(self) -> int:
        """How many of its indicators are proposed, and so not counted."""
        return sum(row.is_proposed for row in self.rows)


def read_ties(goals: Iterable[int], strategy: Strategy | None) -> list[Alignment]:
    """What serves some goals (by id), with its objectives, in the framework's order: one statement."""
    found = Alignment.objects.filter(goal__in=list(goals), objective__strategy=strategy)
    return list(
        found.select_related("objective__priority", "goal").order_by(
            "goal__order", "objective__priority__order", "objective__order"
        )
    )


def join_rows(ties: Iterable[Alignment], rows: Iterable[IndicatorRow]) -> list[Serving]:
    """Each tie with the rows of its objective."""
    of: dict[int, list[IndicatorRow]] = defaultdict(list)
    for row in rows:
        of[row.indicator.objective_id].append(row)
    return [Serving(tie, of[tie.objective_id]) for tie in ties]


def by_goal(servings: Iterable[Serving]) -> Mapping[int, Sequence[Serving]]:
    """What serves each goal."""
    found: dict[int, list[Serving]] = defaultdict(list)
    for serving in servings:
        if serving.tie.goal_id is not None:
            found[serving.tie.goal_id].append(serving)
    return found


def list_activities(goals: Iterable[int], objectives: Iterable[int]) -> QuerySet[Activity]:
    """The activities tied to some goals by themselves (``own_goals``), or to objectives that serve them
    (``own_objectives``).
    """
    goals, objectives = list(goals), list(objectives)
    direct = ActivityGoal.objects.filter(goal__in=goals).values("activity_id")
    through = ActivityObjective.objects.filter(objective__in=objectives).values("activity_id")
    return (
        _in_order(Activity.objects.filter(Q(pk__in=direct) | Q(pk__in=through)))
        .select_related("mission")
        .prefetch_related(
            Prefetch("goals", ReferenceGoal.objects.filter(pk__in=goals), to_attr="own_goals"),
            Prefetch(
                "objectives",
                Objective.objects.filter(pk__in=objectives).only("code", "title", "priority"),
                to_attr="own_objectives",
            ),
        )
    )


def list_activities_of(objective: Objective) -> QuerySet[Activity]:
    """The activities tied to an objective, those of the strategy's own years first."""
    return _in_order(Activity.objects.filter(objectives=objective)).select_related("mission")


def _in_order(activities: QuerySet[Activity]) -> QuerySet[Activity]:
    is_historical = Case(When(status=ActivityStatus.HISTORICAL, then=1), default=0)
    return activities.order_by(is_historical, "mission__name", "code")


@dataclass(frozen=True)
class FrameTies:
    """The goals of one framework that an objective serves."""

    framework: ReferenceFramework
    ties: list[Alignment]


@dataclass(frozen=True)
class Ties:
    """What an objective serves, by framework; ``none`` where it serves nothing, and says why."""

    frames: list[FrameTies]
    none: Alignment | None


def read_ties_of(objective: Objective) -> Ties:
    """What an objective serves: one statement."""
    found = list(
        Alignment.objects.filter(objective=objective)
        .select_related("goal__framework")
        .order_by("goal__framework__order", "goal__order")
    )
    frames: dict[int, FrameTies] = {}
    none = None
    for tie in found:
        if tie.goal is None:
            none = tie
            continue
        frame = frames.setdefault(tie.goal.framework_id, FrameTies(tie.goal.framework, []))
        frame.ties.append(tie)
    return Ties(list(frames.values()), none)


def question_of(framework: ReferenceFramework, strategy: Strategy) -> str:
    """What one asks of a goal of this framework: of a strategy that came before, what became of it."""
    if framework.kind == "strategy" and framework.year and framework.year < strategy.starts_on.year:
        return _("What became of it: objectives of the strategy that take it up")
    return _("What we do for it: objectives that serve it")
