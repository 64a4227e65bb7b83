"""Small worlds for the tests: a strategy, missions, people, indicators, reports."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from tracker.access.choices import Role
from tracker.access.models import Membership, User
from tracker.activities.models import Activity, ActivityObjective
from tracker.common.jobs.models import Job
from tracker.framework.models import (
    Breakdown,
    Cell,
    Indicator,
    IndicatorBreakdown,
    Objective,
    Pillar,
    ReferenceFramework,
    ReferenceGoal,
    StrategicPriority,
    Strategy,
)
from tracker.progress.choices import RevisionStatus
from tracker.progress.models import (
    CellValue,
    IndicatorAssignment,
    IndicatorResult,
    ProgressReport,
    ReportingPeriod,
    ReportRevision,
)
from tracker.progress.rules import window_dates
from tracker.progress.services.results import NOTHING, entry_of, fingerprint
from tracker.region.models import Country, Mission

START = date(2020, 1, 1)
QUARTER_ENDS = {1: (3, 31), 2: (6, 30), 3: (9, 30), 4: (12, 31)}


def make_strategy() -> Strategy:
    strategy = Strategy.objects.create(
        code="TEST", name="Test strategy", starts_on=START, ends_on=date(2024, 12, 31), is_current=True
    )
    pillar = Pillar.objects.create(strategy=strategy, code="RES", name="Resilience", order=1)
    priority = StrategicPriority.objects.create(
        strategy=strategy,
        pillar=pillar,
        code="SP1",
        kind="strategic_priority",
        title="First priority",
        order=1,
    )
    Objective.objects.create(
        strategy=strategy, priority=priority, code="SP1-O1", title="First objective", order=1
    )
    make_periods(strategy)
    return strategy


def make_periods(strategy: Strategy) -> None:
    periods = []
    for year in range(2020, 2025):
        for quarter, (month, last) in QUARTER_ENDS.items():
            ends_on = date(year, month, last)
            window = window_dates(ends_on)
            periods.append(
                ReportingPeriod(
                    strategy=strategy,
                    code=f"{year}-Q{quarter}",
                    number=year * 4 + quarter - 1,
                    starts_on=date(year, month - 2, 1),
                    ends_on=ends_on,
                    opens_on=window.opens_on,
                    due_on=window.due_on,
                    closes_on=window.closes_on,
                )
            )
    ReportingPeriod.objects.bulk_create(periods)


def make_goal(framework: str = "SDG", code: str = "10.7", **fields: Any) -> ReferenceGoal:
    """A goal of a reference framework, and the framework if it is not there yet."""
    frame, _ = ReferenceFramework.objects.get_or_create(
        code=framework,
        defaults={"name": framework, "short_name": framework, "kind": "framework", "source": "test"},
    )
    values = {
        "kind": "principle",
        "title": f"Goal {code}",
        "source": "test",
        "order": frame.goals.count() + 1,
    }
    return ReferenceGoal.objects.create(framework=frame, code=code, **{**values, **fields})


def make_activity(code: str, mission: Mission, **fields: Any) -> Activity:
    """An activity that goes on, and serves the first objective there is."""
    values = {"title": f"Activity {code}", "status": "ongoing", **fields}
    activity = Activity.objects.create(code=code, mission=mission, **values)
    if objective := Objective.objects.first():
        ActivityObjective.objects.create(activity=activity, objective=objective)
    return activity


def today() -> date:
    """Today where Kyrgyzstan's mission reports, which from Vienna is tomorrow in the evening."""
    return timezone.localdate(timezone=ZoneInfo("Asia/Bishkek"))


def open_window(strategy: Strategy, code: str, *, today: date) -> ReportingPeriod:
    """Date a period's window so that it is open today."""
    period = ReportingPeriod.objects.get(strategy=strategy, code=code)
    period.opens_on = today - timedelta(days=5)
    period.due_on = today + timedelta(days=15)
    period.closes_on = today + timedelta(days=30)
    period.save()
    return period


def make_missions() -> dict[str, Mission]:
    office = Mission.objects.create(
        code="ROV", name="Regional Office", kind="regional_office", time_zone="Europe/Vienna", source="test"
    )
    missions = {"ROV": office}
    for code, iso3, name, zone in (
        ("KG", "KGZ", "Kyrgyzstan", "Asia/Bishkek"),
        ("TJ", "TJK", "Tajikistan", "Asia/Dushanbe"),
        ("IL", "ISR", "Israel", "Asia/Jerusalem"),
    ):
        country = Country.objects.create(
            iso2=code, iso3=iso3, name=name, source_name=name, subregion="central_asia", source="test"
        )
        missions[code] = Mission.objects.create(
            code=code,
            name=name,
            kind="country",
            country=country,
            time_zone=zone,
            source="test",
            covered_by=office if code == "IL" else None,
        )
    return missions


def make_person(name: str, *roles: Role, mission: Mission | None = None) -> User:
    """A person with these roles and no password: hashing ten of them would take seconds a test."""
    person = User.objects.create_user(f"{name}@example.org", name=name.title())
    for role in roles:
        Membership.objects.create(user=person, role=role, mission=mission)
    return person


def make_cast(missions: dict[str, Mission]) -> dict[str, User]:
    kg, tj = missions["KG"], missions["TJ"]
    return {
        "reporter": make_person("reporter", Role.REPORTER, mission=kg),
        "colleague": make_person("colleague", Role.REPORTER, mission=kg),
        "lead": make_person("lead", Role.LEAD, mission=kg),
        "stranger": make_person("stranger", Role.REPORTER, mission=tj),
        "officer": make_person("officer", Role.OFFICER),
        "second_officer": make_person("second.officer", Role.OFFICER),
        "head": make_person("head", Role.HEAD),
        "administrator": make_person("administrator", Role.ADMINISTRATOR),
        "viewer": make_person("viewer", Role.VIEWER),
        "nobody": make_person("nobody"),
    }


def make_indicator(code: str = "SP1-O1-I1", **fields: Any) -> Indicator:
    """A quarterly number that is added up, unless told otherwise."""
    strategy = Strategy.objects.get(is_current=True)
    values: dict[str, Any] = {
        "objective": Objective.objects.get(strategy=strategy, code="SP1-O1"),
        "name": f"People assisted ({code})",
        "unit": "persons",
        "level": "output",
        "measure": "number",
        "direction": "increase",
        "period_rule": "sum",
        "mission_rule": "sum",
        "frequency": "quarterly",
        "counts": "people",
        "definition": f"What {code} counts.",
        "order": Indicator.objects.count() + 1,
    }
    return Indicator.objects.create(strategy=strategy, code=code, **{**values, **fields})


def ask_by_sex(indicator: Indicator, *, exclusive: bool = True) -> dict[str, Cell]:
    """Give an indicator a breakdown by sex; returns its cells by code."""
    breakdown, _ = Breakdown.objects.get_or_create(
        strategy=indicator.strategy,
        code="sex" if exclusive else "needs",
        defaults={"name": "Sex" if exclusive else "Needs", "exclusive": exclusive},
    )
    cells = {
        code: Cell.objects.get_or_create(
            breakdown=breakdown, code=code, defaults={"name": code.title(), "order": order}
        )[0]
        for order, code in enumerate(["female", "male", "unknown"])
    }
    IndicatorBreakdown.objects.create(indicator=indicator, breakdown=breakdown)
    return cells


def make_breakdown(code: str, *, cells: Sequence[str], exclusive: bool = False) -> Breakdown:
    """A breakdown with these cells; of the current strategy."""
    strategy = Strategy.objects.get(is_current=True)
    breakdown = Breakdown.objects.create(strategy=strategy, code=code, name=code.title(), exclusive=exclusive)
    Cell.objects.bulk_create(
        Cell(breakdown=breakdown, code=cell, name=cell, order=order) for order, cell in enumerate(cells)
    )
    return breakdown


def assign(indicator: Indicator, *missions: Mission, **fields: Any) -> None:
    values = {"active_from": START, **fields}
    for mission in missions:
        IndicatorAssignment.objects.create(indicator=indicator, mission=mission, **values)


def approve(
    mission: Mission,
    period: str,
    values: dict[Indicator, Any],
    *,
    reporter: User,
    officer: User,
    covers: int = 1,
    cells: Mapping[Cell, Any] | None = None,
) -> ReportRevision:
    """An approved report, made row by row: ``values`` are numbers, (n, d), "na" or None, each for as many
    quarters as it ``covers`` and with these ``cells``.
    """
    report, _ = ProgressReport.objects.get_or_create(
        mission=mission, period=ReportingPeriod.objects.get(code=period, strategy__is_current=True)
    )
    last = report.revisions.order_by("-number").first()
    revision = ReportRevision.objects.create(
        report=report,
        number=(last.number if last else 0) + 1,
        created_by=reporter,
    )
    for indicator, value in values.items():
        result = IndicatorResult.objects.create(
            revision=revision, indicator=indicator, entered_by=reporter, covers=covers, **amount(value)
        )
        for cell, part in (cells or {}).items():
            CellValue.objects.create(result=result, cell=cell, **amount(part))
    submit(revision, by=reporter)
    ReportRevision.objects.filter(pk=revision.pk).update(
        status=RevisionStatus.APPROVED, approved_by=officer, approved_at=timezone.now()
    )
    revision.refresh_from_db()
    return revision


def shown_of(indicator: Indicator, *, mission: Mission, period: ReportingPeriod) -> str:
    """The fingerprint of what a page of this report shows of an indicator now."""
    result = (
        IndicatorResult.objects.filter(indicator=indicator, revision__report__mission=mission)
        .filter(revision__report__period=period)
        .exclude(revision__status=RevisionStatus.DROPPED)
        .order_by("revision__number")
        .last()
    )
    return fingerprint(entry_of(result)) if result else NOTHING


def submit(revision: ReportRevision, *, by: User) -> None:
    """Hand a filled draft in; from then on the database lets nobody write into it."""
    ReportRevision.objects.filter(pk=revision.pk).update(
        status=RevisionStatus.SUBMITTED, submitted_by=by, submitted_at=timezone.now()
    )


def amount(value: Any) -> dict[str, Any]:
    """A result's fields from a short form."""
    if value == "na":
        return {"not_applicable": True, "comment": "does not apply"}
    if isinstance(value, tuple):
        return {"numerator": Decimal(value[0]), "denominator": Decimal(value[1])}
    return {"value": None if value is None else Decimal(value)}


def make_job(task: str = "tests.nothing", **fields: Any) -> Job:
    """A job that nobody wakes."""
    return Job.objects.create(task=task, **fields)
