"""The words of figures: what a regional one counts, whom it speaks for, and what is set against the target; and what is
asked about a mission's result.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.common.formats import NUMBER, show_number, show_percent, show_value
from tracker.framework.choices import Direction, Measure, MissionRule, PeriodRule
from tracker.framework.models import Indicator

from .flag_rules import Flag
from .terms import RegionStanding


def counts_missions(indicator: Indicator) -> bool:
    """Whether the region's figures are numbers of missions, whatever the missions measure."""
    return indicator.mission_rule in (MissionRule.COUNT_REACHED, MissionRule.COUNT_AT_LEAST)


def regional_unit(indicator: Indicator) -> str:
    """The unit in which the region's figures read."""
    return _("missions") if counts_missions(indicator) else indicator.unit


def show_own(indicator: Indicator, value: Decimal | None) -> str:
    """A mission's figure, in the indicator's own measure."""
    return show_value(value, measure=indicator.measure, decimals=indicator.decimals, stages=indicator.stages)


def show_regional(indicator: Indicator, value: Decimal | None) -> str:
    """A figure of the region: a whole number of missions where missions are counted."""
    if counts_missions(indicator):
        return show_value(value, measure=NUMBER)
    return show_own(indicator, value)


def compared_note(indicator: Indicator, region: RegionStanding) -> str:
    """Where what is set against the target is not the value shown, both are named."""
    if region.compared_value is None or region.value == region.compared_value:
        return ""
    assumed = len(region.coverage.at_baseline)
    compared = len(region.coverage.counted) + assumed
    note = ngettext(
        "%(compared)s in the %(count)s mission compared; %(value)s in all (%(all)s reported)",
        "%(compared)s in the %(count)s missions compared; %(value)s in all (%(all)s reported)",
        compared,
    ) % {
        "compared": show_regional(indicator, region.compared_value),
        "count": compared,
        "value": show_regional(indicator, region.value),
        "all": len(region.coverage.in_value),
    }
    if assumed:
        note += "; " + ngettext(
            "%(count)s without data stands at its baseline",
            "%(count)s without data stand at their baseline",
            assumed,
        ) % {"count": assumed}
    return note


def coverage_sentences(indicator: Indicator, region: RegionStanding, names: Mapping[str, str]) -> list[str]:
    """Which missions the region's figures speak for; ``names`` are the missions' names by code."""
    return list(_coverage(indicator, region, names))


def _coverage(indicator: Indicator, region: RegionStanding, names: Mapping[str, str]) -> Iterator[str]:
    coverage = region.coverage

    def named(codes: Iterable[str]) -> str:
        return ", ".join(sorted(names.get(code, code) for code in codes))

    def with_names(one: str, many: str, codes: tuple[str, ...]) -> str:
        return ngettext(one, many, len(codes)) % {"count": len(codes), "missions": named(codes)}

    if coverage.kind:
        yield ngettext(
            "The value is made of %(count)s of %(all)s mission.",
            "The value is made of %(count)s of %(all)s missions.",
            len(coverage.kind),
        ) % {"count": len(coverage.in_value), "all": len(coverage.kind)}
    basis = {
        "regional_target": _("It is judged against the region’s own target."),
        "mission_targets": _("It is judged against the missions’ own targets, over those that have one."),
        "mission_targets_weighted": _(
            "It is judged against the missions’ own targets: of the missions that reported, weighted as this period."
        ),
    }.get(region.basis)
    if basis:
        yield basis
    if region.compared_value is not None:
        if coverage.counted:
            yield with_names(
                "Compared at its own value: %(missions)s.",
                "Compared at their own values (%(count)s): %(missions)s.",
                coverage.counted,
            )
        if coverage.at_baseline:
            yield with_names(
                "Without data, taken at its baseline: %(missions)s.",
                "Without data, taken at their baselines (%(count)s): %(missions)s.",
                coverage.at_baseline,
            )
        if coverage.left_out:
            yield with_names(
                "Left out of the comparison: %(missions)s.",
                "Left out of the comparison (%(count)s): %(missions)s.",
                coverage.left_out,
            )
    if coverage.not_applicable:
        yield with_names(
            "Not applicable in %(missions)s.",
            "Not applicable in %(count)s missions: %(missions)s.",
            coverage.not_applicable,
        )
    if coverage.stale:
        yield with_names(
            "The last value is too old to count: %(missions)s.",
            "The last values are too old to count (%(count)s): %(missions)s.",
            coverage.stale,
        )
    if coverage.percentage_only:
        yield with_names(
            "Known only as a percentage and therefore left out of the sums: %(missions)s.",
            "Known only as percentages and therefore left out of the sums (%(count)s): %(missions)s.",
            coverage.percentage_only,
        )
    if counts_missions(indicator) and coverage.baseline_unknown and region.target is not None:
        yield with_names(
            "The baseline of %(missions)s is unknown; it counts as not there yet.",
            "The baselines of %(count)s missions are unknown; they count as not there yet: %(missions)s.",
            coverage.baseline_unknown,
        )


# What is asked about a result ---------------------------------------------------------------------


def say_flag(indicator: Indicator, flag: Flag) -> str:
    """What makes an officer ask about a result of a mission, in a sentence, with its figures as they are shown
    elsewhere. Raises ValueError for a kind of flag that has no words.
    """
    figures = {"now": show_own(indicator, flag.now), "before": show_own(indicator, flag.before)}
    if flag.kind == "falls":
        return _("Fell from %(before)s to %(now)s; this indicator should never fall.") % figures
    if flag.kind == "jump":
        return _say_jump(indicator, flag)
    if flag.kind == "repeated":
        return (
            _("%(now)s for the third period running: is it the total to date, and not what was new?")
            % figures
        )
    if flag.kind == "beyond":
        share = {"share": show_percent(flag.now, 0)}
        return _("It has come %(share)s of the way to its target: do both count the same?") % share
    if flag.kind == "off_track_unexplained":
        if flag.now is None or flag.before is None:
            return _("Off track, and the comment does not say why.")
        return (
            _("Off track (%(now)s, and %(before)s was expected), and the comment does not say why.") % figures
        )
    if flag.kind == "no_evidence":
        return _("No evidence: this indicator asks for a document or a link behind its result.")
    if flag.kind == "against_direction":
        if indicator.direction == Direction.DECREASE:
            return (
                _("Its target, %(now)s, lies above its baseline, %(before)s, and the indicator should fall.")
                % figures
            )
        return (
            _("Its target, %(now)s, lies below its baseline, %(before)s, and the indicator should rise.")
            % figures
        )
    raise ValueError(f"There are no words for a flag of the kind {flag.kind!r}.")


def _say_jump(indicator: Indicator, flag: Flag) -> str:
    now, before = flag.now or Decimal(0), flag.before or Decimal(0)
    figures = {"now": show_own(indicator, now), "before": show_own(indicator, before), "times": ""}
    # Amounts are compared by quarter, whatever a report covers.
    by_quarter = indicator.measure == Measure.NUMBER and indicator.period_rule in (
        PeriodRule.SUM,
        PeriodRule.YEAR,
    )
    if before > 0 and now >= 2 * before:
        times = now / before
        figures["times"] = show_number(times, 0 if times >= 10 else 1)
        if by_quarter:
            return _("%(times)s times the usual (%(now)s in a quarter, against %(before)s).") % figures
        return _("%(times)s times the usual (%(now)s against %(before)s).") % figures
    if before > 0 and 0 <= 2 * now <= before:
        if by_quarter:
            return _("Far below the usual (%(now)s in a quarter, against %(before)s).") % figures
        return _("Far below the usual (%(now)s against %(before)s).") % figures
    if by_quarter:
        return _("Far from the usual (%(now)s in a quarter, against %(before)s).") % figures
    return _("Far from the usual (%(now)s against %(before)s).") % figures
