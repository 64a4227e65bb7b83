"""What is planned for an indicator in a mission, and how it goes: baseline, targets, pace."""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from random import Random

from .subjects import (
    AMOUNT_OF_OTHERS,
    AMOUNTS,
    DENOMINATOR_OF_OTHERS,
    DENOMINATORS,
    SHARES,
    SIZES,
    Level,
    Subject,
)

START, MIDDLE, END = 2020.0, 2023.0, 2025.0  # the first day, the last of 2022, the last of 2024
MIDDLE_DUE, END_DUE = date(2022, 12, 31), date(2024, 12, 31)
BASELINE_ON = date(2019, 12, 31)
YEARS = range(2020, 2025)
NEVER = 10_000.0

Number = int | Decimal

# Some indicators have a target of the whole region beside those of the missions.
REGIONAL_TARGETS = ("SP1-O1-I1", "SP1-O3-I1", "SP1-O11-I2", "SP2-O3-I2", "SP4-O1-I1", "CC-O2-I1", "SP3-O1-I2")


@dataclass(frozen=True, slots=True)
class Goal:
    """A target; ``per_year`` is the amount planned for that year alone, where it was planned so."""

    due_on: date
    level: Number
    per_year: int | None = None


@dataclass(frozen=True, slots=True)
class Outlook:
    """The plan and the course. ``pace`` 1 keeps up with the plan; ``base``, ``middle`` and ``end`` are the levels
    planned (fractions for percentages); ``turns`` are the moments at which a stage is climbed.
    """

    pace: float
    base: float
    middle: float
    end: float
    denominator: float = 0.0
    yearly: dict[int, int] = field(default_factory=dict)
    turns: tuple[float, ...] = ()
    baseline: Level | None = None
    goals: tuple[Goal, ...] = ()

    def planned_at(self, moment: float) -> float:
        """The level planned, on a line from the start over the middle to the end."""
        if moment <= MIDDLE:
            return self.base + (self.middle - self.base) * (moment - START) / (MIDDLE - START)
        return self.middle + (self.end - self.middle) * (min(moment, END) - MIDDLE) / (END - MIDDLE)


def draw_outlook(subject: Subject, mission: str) -> Outlook:
    """Invent the plan of one mission for one indicator. Baselines that are there already are kept to."""
    rng = Random(f"outlook/{subject.code}/{mission}")
    pace = _draw_pace(rng) * _draw_pull(subject)
    # Here and there a plan is incomplete, as plans are; not where the region's would be too.
    whole = subject.original in REGIONAL_TARGETS
    without_target, without_baseline = (rng.random() < 0.03 and not whole for _ in range(2))
    if subject.is_flow:
        drawn = _draw_flow(subject, mission, rng, pace)
    elif subject.steps:
        drawn = _draw_scale(subject, mission, rng, pace)
    elif subject.measure == "percentage":
        drawn = _draw_share(subject, mission, rng, pace)
    else:
        drawn = _draw_level(subject, mission, rng, pace)
    return replace(
        drawn,
        baseline=None if without_baseline or mission in subject.held else drawn.baseline,
        goals=() if without_target or subject.direction == "monitor" else drawn.goals,
    )


def _draw_pace(rng: Random) -> float:
    """Most keep up, some lag behind, a few hardly move."""
    draw = rng.random()
    if draw < 0.62:
        return 0.9 + 0.25 * rng.random()
    if draw < 0.72:
        return 1.2 + 0.15 * rng.random()
    if draw < 0.87:
        return 0.64 + 0.17 * rng.random()
    return 0.1 + 0.4 * rng.random()


def _draw_pull(subject: Subject) -> float:
    """What speeds an indicator up, or holds it back, in every mission."""
    draw = Random(f"pull/{subject.code}").random()
    return 0.6 if draw < 0.1 else 0.85 if draw < 0.25 else 1.0 if draw < 0.9 else 1.1


def _size_of(subject: Subject, mission: str) -> float:
    """A year's amount or a level: a share of the region's baseline where there is one."""
    if mission in subject.held:
        return subject.held[mission].amount
    own = SIZES.get(mission, 1.0)
    if None in subject.held:
        return subject.held[None].amount * own / sum(SIZES.get(each, 1.0) for each in subject.missions)
    of_code = 0.6 + 0.8 * Random(f"size/{subject.code}").random()
    amount = AMOUNTS.get(subject.unit, AMOUNT_OF_OTHERS) * SHARES.get(subject.original, 1.0)
    return amount * own * of_code


def _round(amount: float) -> float:
    """To three figures: nobody plans to the last person."""
    return float(round(amount, min(0, 3 - len(str(int(abs(amount)))))))


def _draw_flow(subject: Subject, mission: str, rng: Random, pace: float) -> Outlook:
    """Yearly amounts that grow a little; they are planned as running totals."""
    amount = _size_of(subject, mission) * (0.8 + 0.4 * rng.random())
    step = 1000 if subject.unit == "USD" else 10 if amount > 200 else 1
    yearly: dict[int, int] = {}
    goals = []
    total, planned = 0, 0.0
    for year in YEARS:
        planned += amount * 1.07 ** (year - YEARS.start)
        yearly[year] = round(planned / step) * step - total
        total += yearly[year]
        goals.append(Goal(date(year, 12, 31), total, yearly[year]))
    return Outlook(pace, 0.0, 0.0, float(total), yearly=yearly, goals=tuple(goals) if total else ())


def _draw_level(subject: Subject, mission: str, rng: Random, pace: float) -> Outlook:
    """A stock, or what is counted anew every year."""
    wobble = 1.0 if subject.held else 0.8 + 0.4 * rng.random()
    base = _round(_size_of(subject, mission) * wobble)
    if subject.direction == "decrease":
        # Where it was small it is meant to vanish.
        end = 0.0 if base <= 30 else _round(base * (0.6 + 0.25 * rng.random()))
        middle = 0.0 if base <= 30 else _round((base + end) / 2)
    elif subject.direction == "increase":
        end = _round(base + max(1.0, base * (0.3 + 0.4 * rng.random())))
        middle = _round(base + 0.4 * (end - base))
    else:
        middle = end = base
    goals = (Goal(MIDDLE_DUE, int(middle)), Goal(END_DUE, int(end)))
    return Outlook(pace, base, middle, end, baseline=Level(Decimal(int(base)), None, None), goals=goals)


def _draw_share(subject: Subject, mission: str, rng: Random, pace: float) -> Outlook:
    """A percentage, with what it is taken of."""
    whole = DENOMINATORS.get(subject.unit, DENOMINATOR_OF_OTHERS) * SIZES.get(mission, 1.0)
    whole = max(8.0, whole * (0.8 + 0.4 * rng.random()))
    base = 0.25 + 0.35 * rng.random()
    for place in (None, mission):
        base = subject.held[place].amount if place in subject.held else base
    rise = 0.15 + 0.15 * rng.random()
    end = min(0.95, round(base + rise, 2)) if subject.direction == "increase" else base
    middle = round(base + 0.4 * (end - base), 2)
    of = round(whole)
    return Outlook(
        pace,
        base,
        middle,
        end,
        denominator=whole,
        baseline=Level(None, Decimal(round(base * of)), Decimal(of)),
        goals=(
            Goal(MIDDLE_DUE, Decimal(str(round(middle, 2)))),
            Goal(END_DUE, Decimal(str(round(end, 2)))),
        ),
    )


def _draw_scale(subject: Subject, mission: str, rng: Random, pace: float) -> Outlook:
    """Stages, yes or no: climbed one by one, later or never where the pace is slow."""
    top = subject.steps - 1
    draw = rng.random()
    has_it = 0.2
    if None in subject.held:
        # So many missions of the region had it before.
        has_it = subject.held[None].amount / len(subject.missions)
    if subject.direction == "maintain":
        base = top
    elif subject.measure == "yes_no":
        base = 1 if draw < has_it else 0
    else:
        base = 1 if draw < 0.3 else 0
    if mission in subject.held:
        base = int(subject.held[mission].amount)
    if subject.direction == "monitor" or base == top:
        goals: tuple[Goal, ...] = (Goal(END_DUE, top),)
        # A few lose again what they had.
        turns: tuple[float, ...] = () if pace > 0.2 else (2023.0,)
        return Outlook(pace, base, base, base, turns=turns, baseline=_stage(base), goals=goals)
    climbs = top - base
    if climbs > 1:
        last, goals = END, (Goal(MIDDLE_DUE, base + climbs // 2), Goal(END_DUE, top))
    else:
        last = MIDDLE if rng.random() < 0.5 else END
        goals = (Goal(MIDDLE_DUE if last == MIDDLE else END_DUE, top),)
    first = 0.3 + 0.25 * rng.random() if climbs > 1 else 0.5 + 0.45 * rng.random()
    span = (last - START) / max(pace, 0.2)
    turns = tuple(
        START + span * (first + (1 - first) * 0.9 * n / max(1, climbs - 1)) if pace > 0.3 else NEVER
        for n in range(climbs)
    )
    return Outlook(pace, base, base, top, turns=turns, baseline=_stage(base), goals=goals)


def _stage(place: int) -> Level:
    return Level(Decimal(place), None, None)


def draw_regional_goal(subject: Subject, outlooks: dict[str, Outlook]) -> Goal | None:
    """The region's own target by the end of 2024, where there is one; ``outlooks`` by mission code."""
    if subject.original not in REGIONAL_TARGETS:
        return None
    held = subject.held.get(None)
    if subject.mission_rule.startswith("count"):
        return Goal(END_DUE, round(0.8 * len(subject.missions)))
    if subject.measure == "percentage":
        return Goal(END_DUE, Decimal("0.7"))
    planned = sum(each.end for each in outlooks.values())
    if held and subject.direction == "decrease":
        planned = held.amount * 0.8
    return Goal(END_DUE, int(round(planned, 2 - len(str(int(planned))))))
