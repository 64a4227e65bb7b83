"""The figures of the region's map, by the code of the country or area (and ``ROV`` for the region as a whole)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, F, Max, Min, Q, Sum, Value
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.activities.models import Activity, ActivityCountry, FundingRequirement
from tracker.analysis.engine import standings
from tracker.analysis.kept import counts_of_all
from tracker.analysis.statuses import JUDGED
from tracker.analysis.terms import IndicatorStanding
from tracker.analysis.tiles import Amount
from tracker.common.formats import show_number, show_percent
from tracker.framework.models import Indicator, Strategy
from tracker.progress.choices import RevisionStatus
from tracker.progress.models import ReportingPeriod, ReportRevision
from tracker.progress.services.completeness import count_results
from tracker.region.models import Mission, Office

GOOD = ("achieved", "on_track")


@dataclass(frozen=True)
class Amounts:
    """What each has, why another has nothing (the code of a gap), and which document says so."""

    found: dict[str, Amount] = field(default_factory=dict)
    gaps: dict[str, str] = field(default_factory=dict)
    otherwise: str = "not_reported"
    """The gap of those that are not named at all."""
    source: str = ""


def count_activities(missions: Sequence[Mission]) -> Amounts:
    """How many activities each mission has, and for a country those of other missions that name it; cancelled
    ones are left out: one statement.
    """
    counted = Activity.objects.counted()
    of_mission = (
        counted.order_by().values_list("mission__code").annotate(number=Count("pk"), is_own=Value(value=True))
    )
    naming = (
        ActivityCountry.objects.filter(activity__in=counted)
        .exclude(activity__mission__country=F("country"))
        .order_by()
        .values_list("country__iso2")
        .annotate(number=Count("pk"), is_own=Value(value=False))
    )
    rows = list(of_mission.union(naming, all=True))
    own = {code: number for code, number, is_own in rows if is_own}
    of_others = {code: number for code, number, is_own in rows if not is_own}
    if not own and not of_others:
        return Amounts()
    found = {}
    for mission in missions:
        code = mission.code
        all_of_it = own.get(code, 0) + of_others.get(code, 0)
        more = ""
        if of_others.get(code):
            more = _("%(number)s of them of other missions") % {"number": of_others[code]}
        found[code] = Amount(Decimal(all_of_it), show_number(all_of_it), more)
    return Amounts(found)


def sum_funding(year: int) -> Amounts:
    """What was asked for, for all goals, by mission: one statement. A dash everywhere is "nothing asked"."""
    rows = (
        FundingRequirement.objects.filter(year=year)
        .order_by()
        .values("mission__code")
        .annotate(
            asked=Sum("amount"),
            given=Count("pk", filter=Q(nothing_asked=False)),
            first=Min("source"),
            last=Max("source"),
        )
    )
    found, gaps, sources = {}, {}, []
    for row in rows:
        code = row["mission__code"]
        sources += [row["first"], row["last"]]
        if row["given"]:
            found[code] = Amount(row["asked"], show_number(row["asked"]))
        else:
            gaps[code] = "nothing_asked"
    return Amounts(found, gaps, otherwise="not_in_table", source=_common(sources))


def _common(sources: Sequence[str]) -> str:
    """What the sources begin with, part by part between commas: the document and the table."""
    parts = [source.split(", ") for source in sources]
    return ", ".join(first for first, *others in zip(*parts, strict=False) if all(o == first for o in others))


def count_offices(missions: Sequence[Mission]) -> Amounts:
    """Offices by mission, sub-offices included: one statement."""
    rows = (
        Office.objects.order_by()
        .values("mission__code")
        .annotate(number=Count("pk"), first=Min("source"), last=Max("source"))
    )
    held = {row["mission__code"]: row["number"] for row in rows}
    if not held:
        return Amounts()
    found = {}
    for mission in missions:
        number = held.get(mission.code, 0)
        more = ""
        if not number and mission.covered_by is not None:
            more = _("covered by the %(mission)s") % {"mission": mission.covered_by.name}
        found[mission.code] = Amount(Decimal(number), show_number(number), more)
    return Amounts(found, source=_common([row[end] for row in rows for end in ("first", "last")]))


def share_given(missions: Sequence[Mission], period: ReportingPeriod) -> Amounts:
    """How much of what is due in a period each mission has given, in whatever state its report is: some six
    statements.
    """
    revisions = (
        ReportRevision.objects.filter(report__period=period)
        .exclude(status=RevisionStatus.DROPPED)
        .select_related("report")
        .order_by("report_id", "-number")
        .distinct("report_id")
    )
    latest = {(revision.report.mission_id, period.pk): revision for revision in revisions}
    counts = count_results(missions=missions, periods=[period], revisions=latest)
    found = {}
    for mission in missions:
        key = (mission.pk, period.pk)
        given = counts.get(key)
        if given is None or not given.asked:
            continue
        share = Decimal(given.given) / given.asked
        revision = latest.get(key)
        state = str(revision.get_status_display()) if revision else _("Not begun")
        parts = {"given": given.given, "asked": given.asked, "state": state.lower()}
        more = ngettext(
            "%(given)s of %(asked)s result, %(state)s",
            "%(given)s of %(asked)s results, %(state)s",
            given.asked,
        )
        found[mission.code] = Amount(share, show_percent(share, 0), more % parts)
    return Amounts(found, otherwise="nothing_due")


def share_on_track(strategy: Strategy, period: ReportingPeriod) -> Amounts:
    """How many of the active indicators that can be judged of a mission are achieved or on track: three statements
    at most.
    """
    found = {}
    for code, spread in counts_of_all(strategy=strategy, as_of=period).missions.items():
        counts = spread.counts()
        judged = sum(counts.get(status, 0) for status in JUDGED)
        if not judged:
            continue
        good = sum(counts.get(status, 0) for status in GOOD)
        share = Decimal(good) / judged
        more = ngettext(
            "%(good)s of %(judged)s that can be judged", "%(good)s of %(judged)s that can be judged", judged
        )
        found[code] = Amount(share, show_percent(share, 0), more % {"good": good, "judged": judged})
    return Amounts(found, otherwise="nothing_judged")


def standing_of(strategy: Strategy, period: ReportingPeriod, indicator: Indicator) -> IndicatorStanding:
    """How one indicator stands in every mission as of a period: one statement."""
    return standings(strategy=strategy, as_of=period, indicators=[indicator.pk])[indicator.pk]
