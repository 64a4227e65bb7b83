"""The framework as a tree that opens and closes: by its own pillars, or by the goals of an outside frame."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.analysis.statuses import StatusStyle, count_statuses, style_of
from tracker.framework.models import Alignment, Objective, ReferenceFramework, ReferenceGoal, Strategy

from .rows import IndicatorRow

StatusCounts = list[tuple[StatusStyle, int]]

_TOP_LEVEL, _LOWEST_LEVEL = 3, 6


@dataclass(frozen=True)
class ObjectiveGroup:
    """An objective with those of its indicators that are listed. ``tie`` says why it stands where it does, in a
    tree by an outside frame.
    """

    objective: Objective
    rows: list[IndicatorRow]
    tie: Alignment | None = None
    remark: str = ""
    with_proposed: bool = False

    @property
    def counts(self) -> StatusCounts:
        return count_rows_by_status(self.rows, with_proposed=self.with_proposed)

    @property
    def proposed(self) -> int:
        """How many of its indicators are proposed, and so not counted."""
        return 0 if self.with_proposed else sum(row.is_proposed for row in self.rows)


@dataclass(frozen=True)
class Branch:
    """A pillar, a priority or a goal, with what stands below it. ``level`` is that of its heading (h3 to h6)."""

    anchor: str
    code: str
    title: str
    level: int
    branches: "tuple[Branch, ...]" = ()
    objectives: tuple[ObjectiveGroup, ...] = ()
    url: str = ""

    @property
    def level_below(self) -> int:
        return min(self.level + 1, _LOWEST_LEVEL)

    def all_objectives(self) -> Iterator[ObjectiveGroup]:
        """Its own objectives and those of the branches below it; one that serves two goals comes twice."""
        for branch in self.branches:
            yield from branch.all_objectives()
        yield from self.objectives

    @property
    def counts(self) -> StatusCounts:
        """How many of the indicators below it have which status; each indicator once."""
        groups = self._groups()
        rows = [row for group in groups for row in group.rows]
        return count_rows_by_status(rows, with_proposed=any(group.with_proposed for group in groups))

    @property
    def proposed(self) -> int:
        """How many of the indicators below it are proposed, and so not counted."""
        return sum(group.proposed for group in self._groups())

    def _groups(self) -> list[ObjectiveGroup]:
        """The objectives below it, each once."""
        return list({group.objective.pk: group for group in self.all_objectives()}.values())


def count_rows_by_status(rows: Iterable[IndicatorRow], *, with_proposed: bool = False) -> StatusCounts:
    """How many have which status, in the usual order; only those that occur. Proposed ones are left out unless
    asked for, retired ones always.
    """
    counts = count_statuses(row.status for row in rows if row.is_counted(with_proposed=with_proposed))
    return [(style_of(code), count) for code, count in counts.items()]


def branches_with_objectives(branches: Iterable[Branch]) -> Iterator[Branch]:
    """Those of a tree that hold objectives of their own, from the top to the bottom."""
    for branch in branches:
        if branch.objectives:
            yield branch
        yield from branches_with_objectives(branch.branches)


def tree_by_pillars(rows: Iterable[IndicatorRow], *, with_proposed: bool = False) -> list[Branch]:
    """Rows, which come in the framework's order, under their pillars, priorities and objectives."""
    groups = group_by_objective(rows, with_proposed=with_proposed)
    tree = []
    for pillar, of_pillar in groupby(groups, key=lambda group: group.objective.priority.pillar):
        priorities = [
            Branch(
                anchor=priority.code,
                code=priority.code,
                title=priority.title,
                level=_TOP_LEVEL + 1,
                objectives=tuple(of_priority),
            )
            for priority, of_priority in groupby(of_pillar, key=lambda group: group.objective.priority)
        ]
        tree.append(
            Branch(
                anchor=f"pillar-{pillar.code}",
                code="",
                title=pillar.name,
                level=_TOP_LEVEL,
                branches=tuple(priorities),
            )
        )
    return tree


def group_by_objective(rows: Iterable[IndicatorRow], *, with_proposed: bool) -> list[ObjectiveGroup]:
    """Rows under their objectives."""
    return [
        ObjectiveGroup(objective, list(members), with_proposed=with_proposed)
        for objective, members in groupby(rows, key=lambda row: row.indicator.objective)
    ]


def frames_to_show_by(strategy: Strategy) -> list[ReferenceFramework]:
    """The outside frames that objectives of the strategy are tied to, in their order."""
    tied = Count("goals__alignments", filter=Q(goals__alignments__objective__strategy=strategy))
    return list(ReferenceFramework.objects.annotate(tied=tied).filter(tied__gt=0).order_by("order", "code"))


def tree_by_frame(
    rows: Iterable[IndicatorRow],
    framework: ReferenceFramework,
    strategy: Strategy,
    *,
    with_proposed: bool = False,
) -> list[Branch]:
    """Rows under the goals of an outside frame that their objectives serve, and last those that serve none of
    them: two statements. An objective stands under each of its goals.
    """
    groups = {group.objective.pk: group for group in group_by_objective(rows, with_proposed=with_proposed)}
    goals = list(ReferenceGoal.objects.filter(framework=framework))
    ties: dict[int, list[Alignment]] = defaultdict(list)
    reasons: dict[int, Alignment] = {}
    tied: set[int] = set()
    for tie in (
        Alignment.objects.filter(objective__strategy=strategy)
        .filter(Q(goal__framework=framework) | Q(goal=None))
        .order_by("objective__priority__order", "objective__order", "pk")
    ):
        if tie.goal_id is None:
            reasons[tie.objective_id] = tie
        else:
            ties[tie.goal_id].append(tie)
            tied.add(tie.objective_id)
    tree = _branches_below(None, _children_of(goals), ties, groups, framework, _TOP_LEVEL)
    others = [
        replace(
            group,
            tie=reasons.get(pk),
            remark=""
            if pk in reasons
            else _("It is tied to goals of other frameworks, and to none of this one."),
        )
        for pk, group in groups.items()
        if pk not in tied
    ]
    if others:
        title = _("No goal of %(framework)s") % {"framework": framework.short_name}
        tree.append(Branch("no-goal", "", title, _TOP_LEVEL, objectives=tuple(others)))
    return tree


def _children_of(goals: Iterable[ReferenceGoal]) -> Mapping[int | None, Sequence[ReferenceGoal]]:
    children: dict[int | None, list[ReferenceGoal]] = defaultdict(list)
    for goal in goals:
        children[goal.parent_id].append(goal)
    return children


def _branches_below(
    parent: int | None,
    children: Mapping[int | None, Sequence[ReferenceGoal]],
    ties: Mapping[int, Sequence[Alignment]],
    groups: Mapping[int, ObjectiveGroup],
    framework: ReferenceFramework,
    level: int,
) -> list[Branch]:
    """The goals below another that have something to show."""
    found = []
    for goal in children.get(parent, ()):
        branch = Branch(
            anchor=f"{framework.code}-{goal.code}",
            code=goal.code,
            title=goal.title,
            level=level,
            branches=tuple(
                _branches_below(goal.pk, children, ties, groups, framework, min(level + 1, _LOWEST_LEVEL))
            ),
            objectives=tuple(
                replace(groups[tie.objective_id], tie=tie)
                for tie in ties.get(goal.pk, ())
                if tie.objective_id in groups
            ),
            url=reverse("reference-goal", args=[framework.code, goal.code]),
        )
        if branch.objectives or branch.branches:
            found.append(branch)
    return found
