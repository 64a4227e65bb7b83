"""The demonstration's invented activities: a few of each mission, of 2020–2024; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from .subjects import SIZES

MARK = "Demonstration: invented"


@dataclass(frozen=True, slots=True)
class Template:
    """What an invented activity is like: ``objectives``, ``tags`` and ``goals`` by code, its length in months, the
    people it plans for and its cost in a middling mission.
    """

    title: str
    description: str
    objectives: tuple[str, ...]
    reason: str
    goals: tuple[str, ...]
    tags: tuple[str, ...]
    months: int
    people: int
    cost: int


TEMPLATES = (
    Template(
        "Help desks for returning migrants in three towns",
        "Advice, referral and small grants for people who come back, together with the towns.",
        ("SP2-O7",),
        "Returnees find their feet again",
        ("MIGOF:O1",),
        ("reintegration", "livelihoods"),
        24,
        900,
        640_000,
    ),
    Template(
        "Safe shelter and case work for victims of trafficking",
        "Places in shelters, case managers, and training of those who refer.",
        ("SP1-O3",),
        "Victims are found, protected and helped",
        ("MIGOF:P1", "MIGOF:O1"),
        ("counter-trafficking", "protection"),
        36,
        180,
        820_000,
    ),
    Template(
        "Health checks and information at border crossings",
        "Mobile teams, equipment and a common referral form.",
        ("SP1-O7",),
        "People on the move are reached by health services",
        ("MIGOF:O2",),
        ("health", "border"),
        18,
        5_200,
        410_000,
    ),
    Template(
        "Skills training with employers for young people",
        "Courses that end with a job interview; half of the places for women.",
        ("SP2-O8",),
        "Work near home lowers vulnerability",
        ("MIGOF:O1",),
        ("livelihoods", "labour"),
        30,
        420,
        560_000,
    ),
    Template(
        "Fair recruitment: training for agencies and inspectors",
        "A course, a handbook and a register of those who took part.",
        ("SP3-O6",),
        "Recruiters and inspectors learn the same standards",
        ("MIGOF:P1",),
        ("labour", "ethical-recruitment"),
        12,
        150,
        190_000,
    ),
    Template(
        "Investment days with the diaspora",
        "Meetings in two capitals, a directory of projects, advice for those who invest.",
        ("SP3-O2",),
        "The diaspora is invited to invest",
        ("MIGOF:P3",),
        ("diaspora", "remittances"),
        9,
        600,
        95_000,
    ),
    Template(
        "A migration profile and the people to keep it",
        "Data from six offices in one profile; a unit that updates it each year.",
        ("SP4-O2",),
        "Policy that rests on data",
        ("MIGOF:P2",),
        ("data", "policy"),
        15,
        40,
        230_000,
    ),
)

DONORS = ("Donor A (invented)", "Donor B (invented)", "Donor C (invented)")
PARTNERS = (
    "Ministry of the Interior (invented)",
    "Employment service (invented)",
    "Local association (invented)",
)
# Each of a mission's activities starts in a year of its own, so that every year of the strategy has some.
FIRST_STARTS = (date(2020, 3, 1), date(2021, 2, 1), date(2022, 9, 1), date(2024, 1, 15))
TODAY = date(2024, 12, 31)
CANCELLED = {("BY", 1), ("RU", 2)}


def plan_activities(missions: Mapping[str, str]) -> list[dict[str, Any]]:
    """Rows of the sheet ``activities`` for each mission: from its code and the two-letter code of its country, or
    nothing for the Regional Office. The same on every machine.
    """
    return [
        _plan(mission, country, place)
        for mission, country in sorted(missions.items())
        for place in range(len(FIRST_STARTS))
    ]


def _plan(mission: str, country: str, place: int) -> dict[str, Any]:
    random = Random(f"activity {mission} {place}")
    chosen = TEMPLATES[(sum(map(ord, mission)) + 2 * place) % len(TEMPLATES)]
    size = SIZES.get(mission, 1.0) * (0.8 + 0.4 * random.random())
    start = FIRST_STARTS[place]
    end = _months_later(start, chosen.months)
    planned = max(10, round(chosen.people * size, -1))
    done = min(1.0, (TODAY - start).days / (end - start).days)
    status = "ongoing" if end > TODAY else "completed"
    if (mission, place) in CANCELLED:
        status = "cancelled"
        done *= 0.2
    return {
        "code": f"DEMO-{mission}-{place + 1}",
        "mission": mission,
        "title": chosen.title,
        "status": status,
        "objectives": chosen.objectives,
        "start": start,
        "end": end,
        "reference_goals": chosen.goals,
        "tags": chosen.tags,
        "countries": (country,) if country else (),
        "offices": (),
        "budget": Decimal(round(chosen.cost * size, -3)),
        "currency": _pick(random, ("USD", "USD", "EUR")),
        "donors": (_pick(random, DONORS),),
        "partners": (_pick(random, PARTNERS),),
        "people_planned": Decimal(planned),
        "people_reached": Decimal(round(planned * done * (0.75 + 0.35 * random.random()))),
        "description": chosen.description,
        "tied_by": "mission",
        "tie_reason": chosen.reason,
        "source": MARK,
    }


def _pick(random: Random, things: Sequence[Any]) -> Any:
    return things[int(random.random() * len(things))]


def _months_later(day: date, months: int) -> date:
    """The last day before so many months are over."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date.fromordinal(date(year, month + 1, day.day).toordinal() - 1)
