"""One indicator: its rules in words, and how the missions stand."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tracker.access.policies import Rights
from tracker.analysis.engine import FoundStanding
from tracker.analysis.periods import period_code
from tracker.analysis.terms import IndicatorStanding, MissionStanding
from tracker.analysis.wording import show_own
from tracker.common.formats import PERCENTAGE, show_date, show_exact, show_quarter
from tracker.framework.choices import Direction, Measure, MissionRule
from tracker.framework.models import Indicator
from tracker.progress.models import IndicatorAssignment
from tracker.region.choices import Subregion
from tracker.region.models import Mission

from .choices import may_judge
from .rows import Figures, figures_of


@dataclass(frozen=True)
class MissionRow:
    """A mission's approved value and target; ``is_judged`` where the person also sees how it stands.

    ``parts`` says what a percentage is made of.
    """

    mission: Mission
    figures: Figures
    is_judged: bool
    parts: str
    notes: list[str]


@dataclass(frozen=True)
class MissionGroup:
    """Missions in a row each, under a row of their subregion where it is shown how that stands."""

    rows: list[MissionRow]
    subregion: str = ""
    figures: Figures | None = None


def rules_in_words(indicator: Indicator) -> list[tuple[str, str]]:
    """How the indicator is counted: (what, in words)."""
    direction = str(indicator.get_direction_display())
    if indicator.direction == Direction.MONITOR:
        direction = _("Monitored only; it has no target")
    over_missions = str(indicator.get_mission_rule_display())
    if indicator.mission_rule == MissionRule.COUNT_AT_LEAST:
        over_missions = (
            _("Number of missions that say yes")
            if indicator.measure == Measure.YES_NO
            else _("Number of missions at %(threshold)s or above")
            % {"threshold": show_own(indicator, indicator.threshold)}
        )
    if indicator.measure == Measure.PERCENTAGE and indicator.mission_rule == MissionRule.SUM:
        over_missions = _("Numerators and denominators are added over missions, then divided once")
    measured = str(indicator.get_measure_display())
    if indicator.stages:
        measured = _("%(measure)s: %(stages)s") % {
            "measure": measured,
            "stages": " → ".join(indicator.stages),
        }
    words = [
        (_("Measured as"), measured),
        (_("Direction"), direction),
        (_("Over periods"), _over_periods(indicator)),
        (_("Over missions"), over_missions),
        (_("Falls due"), str(indicator.get_frequency_display())),
    ]
    if indicator.measure in (Measure.NUMBER, Measure.PERCENTAGE):
        words.append((_("Counts"), str(indicator.get_counts_display())))
    if indicator.measure == Measure.PERCENTAGE and not indicator.bounded:
        words.append((_("Bounds"), _("It may pass 100 %")))
    if indicator.allows_negative:
        words.append((_("Below 0"), _("Negative values are allowed")))
    if indicator.never_falls:
        words.append((_("Never falls"), _("A value lower than the one before is asked about")))
    if indicator.sensitive:
        words.append((_("Sensitive"), _("Small cells of its breakdowns are not shown outside")))
    if indicator.needs_evidence:
        words.append((_("Evidence"), _("Asked for with every result")))
    return words


def _over_periods(indicator: Indicator) -> str:
    if indicator.measure == Measure.PERCENTAGE and indicator.period_rule != "latest":
        return _("%(rule)s: numerators and denominators are added, then divided once") % {
            "rule": indicator.get_period_rule_display()
        }
    return str(indicator.get_period_rule_display())


def mission_rows(
    indicator: Indicator, stands: IndicatorStanding, missions: Mapping[str, Mission], rights: Rights
) -> list[MissionRow]:
    """Every mission that the indicator was ever asked of, in the missions' order."""
    return [
        MissionRow(
            mission=mission,
            figures=figures_of(indicator, standing, judge=indicator.strategy, chosen=stands.judged_at),
            is_judged=may_judge(rights, mission),
            parts=_parts_in_words(indicator, standing),
            notes=list(_mission_notes(indicator, standing)),
        )
        for code, mission in missions.items()
        if (standing := stands.missions.get(code)) is not None
    ]


def group_by_subregion(
    indicator: Indicator, stands: FoundStanding, rows: Iterable[MissionRow]
) -> list[MissionGroup]:
    """The rows of all missions under their subregions, as they stand, and last those of no country: the Regional
    Office. A subregion of one mission is told by its row. `stands` comes with its subregions; the rows' missions with
    their countries.
    """
    of: dict[str, list[MissionRow]] = defaultdict(list)
    for row in rows:
        of[row.mission.country.subregion if row.mission.country else ""].append(row)
    groups = []
    for subregion in Subregion:
        members, standing = of[subregion.value], stands.subregions.get(subregion.value)
        if standing is None or len(members) < 2:
            groups.append(MissionGroup(members))
            continue
        figures = figures_of(indicator, standing, judge=indicator.strategy, chosen=stands.judged_at)
        groups.append(MissionGroup(members, str(subregion.label), figures))
    return [group for group in [*groups, MissionGroup(of[""])] if group.rows]


def _parts_in_words(indicator: Indicator, standing: MissionStanding) -> str:
    if indicator.measure != PERCENTAGE or standing.value is None:
        return ""
    if standing.parts is None:
        return _("known only as a percentage")
    numerator, denominator = standing.parts
    return _("%(numerator)s of %(denominator)s") % {
        "numerator": show_exact(numerator),
        "denominator": show_exact(denominator),
    }


def _mission_notes(indicator: Indicator, standing: MissionStanding) -> Iterator[str]:
    if standing.stale_period is not None:
        yield _("too old to count: %(value)s in %(quarter)s") % {
            "value": show_own(indicator, standing.stale_value),
            "quarter": show_quarter(period_code(standing.stale_period)),
        }
    if standing.phase == "not_begun":
        yield _("not asked yet")
    elif standing.phase == "ended":
        yield _("no longer asked; as of %(date)s") % {"date": show_date(standing.judged_on)}


def missions_by_code(indicator: Indicator) -> dict[str, Mission]:
    """The missions that the indicator is, or was, asked of: countries by name, then the Regional Office."""
    asked = IndicatorAssignment.objects.in_force().filter(indicator=indicator)
    missions = Mission.objects.filter(pk__in=asked.values("mission_id")).select_related("country")
    missions = missions.order_by("kind", "name")
    return {mission.code: mission for mission in missions}
