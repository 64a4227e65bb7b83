"""Half-years and years beside quarters: no quarter may be said twice.

A figure kept at number *n* that covers *c* quarters speaks for n - c + 1 … n. Two figures of one indicator and
mission overlap where the one kept earlier is kept inside the quarters of the later.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tracker.batches.plans import Plan
from tracker.common.bulk import fetch
from tracker.common.errors import Refused
from tracker.region.models import Mission

from ..choices import OPEN
from ..models import IndicatorResult, ProgressReport, ReportingPeriod, ReportRevision
from .entry_context import Wanted
from .spans import name_span

# The most overlaps that one sentence names.
_NAMED = 5

_WHERE = (
    "revision__report__mission_id",
    "indicator_id",
    "revision__report__period__number",
    "covers",
    "revision__status",
)


def _said(**condition: object) -> "QuerySet[IndicatorResult, tuple[int, int, int, int, str]]":
    """Where a figure or "not applicable" stands that counts, or that is in an open report and may come to."""
    counting = IndicatorResult.objects.counting().given().filter(**condition)
    coming = IndicatorResult.objects.given().filter(revision__status__in=OPEN, **condition)
    return counting.order_by().values_list(*_WHERE).union(coming.order_by().values_list(*_WHERE), all=True)


def answered_by_wider(
    *, missions: Collection[Mission], periods: Collection[ReportingPeriod]
) -> dict[tuple[int, int], set[int]]:
    """The indicators of which a half-year or a year, kept at a later quarter, speaks for these periods (of one
    strategy) too: by mission id and period id. One statement.
    """
    if not missions or not periods:
        return {}
    of_number = {period.number: period.pk for period in periods}
    found: dict[tuple[int, int], set[int]] = defaultdict(set)
    for mission, indicator, number, covers, _status in _said(
        revision__report__mission__in=missions,
        revision__report__period__strategy_id=next(iter(periods)).strategy_id,
        revision__report__period__number__range=(min(of_number) + 1, max(of_number) + 3),
        covers__gt=1,
    ):
        for quarter in range(number - covers + 1, number):
            if quarter in of_number:
                found[mission, of_number[quarter]].add(indicator)
    return found


# -- Imports ------------------------------------------------------------------------------------------
def refuse_overlaps(plan: Plan, wanted: Sequence[Wanted]) -> None:
    """A half-year or a year is an error where a quarter it covers has a value: in the file, approved, or in a
    report that is still open, since that one counts once it is approved.

    So is a quarter inside a half-year or a year that has one: which of the two counts is for a person to say.
    """
    some_are_wide = any(each.row.period.covers > 1 for each in wanted)
    condition: dict[str, object] = {"indicator_id__in": {each.subject.indicator_id for each in wanted}}
    if not some_are_wide:
        condition["covers__gt"] = 1
    # By mission and indicator, by number: the quarters covered, the row of the file, whether it is open.
    spans: dict[tuple[int, int], dict[int, tuple[int, Wanted | None, bool]]] = defaultdict(dict)
    for mission, indicator, number, covers, status in _said(**condition):
        held = spans[mission, indicator].get(number)
        # A report that was reopened says it twice, the approved and the open: the wider one is looked at.
        if held is None or covers > held[0]:
            spans[mission, indicator][number] = (covers, None, status in OPEN)
    if not some_are_wide and not spans:
        return
    for row in wanted:
        key = row.subject.mission_id, row.subject.indicator_id
        if row.said.is_given and (some_are_wide or key in spans):
            spans[key][row.row.period.number] = (row.row.period.covers, row, False)
    for of_one in spans.values():
        if all(covers == 1 for covers, *_rest in of_one.values()):
            continue
        for number, (covers, wide, wide_is_open) in of_one.items():
            for other in range(number - covers + 1, number):
                if other in of_one:
                    narrow, narrow_is_open = of_one[other][1:]
                    if wide is not None:
                        _refuse_row(plan, wide, _say_narrow(other, narrow_is_open))
                    elif narrow is not None:
                        _refuse_row(plan, narrow, _say_wide(number, covers, wide_is_open))


def _refuse_row(plan: Plan, each: Wanted, message: str) -> None:
    plan.refuse(row=each.row.row, column="period", value=each.row.period.written, message=message)


def _say_narrow(number: int, is_open: bool) -> str:
    quarter = {"quarter": name_span(number, 1)}
    if is_open:
        return (
            _(
                "%(quarter)s, which this covers, has a value of its own in a report that is still open. Empty "
                "that one, or delete the row."
            )
            % quarter
        )
    return _("%(quarter)s, which this covers, has a value of its own. Delete one of the two.") % quarter


def _say_wide(number: int, covers: int, is_open: bool) -> str:
    names = {"period": name_span(number, 1), "span": name_span(number, covers)}
    if is_open:
        return (
            _(
                "The figure kept at %(period)s, in a report that is still open, is for %(span)s and covers this "
                "quarter already. Give the amount of %(period)s alone as well, which replaces it, or delete the "
                "row."
            )
            % names
        )
    return (
        _(
            "The figure kept at %(period)s is for %(span)s and covers this quarter already. Give the amount of "
            "%(period)s alone as well, which replaces it, or delete the row."
        )
        % names
    )


# -- Entering -----------------------------------------------------------------------------------------
def overlapping(
    *, mission_id: int, period: ReportingPeriod, indicator_ids: Collection[int], covers: int = 1
) -> dict[int, str]:
    """What a figure of this mission for ``covers`` quarters to this period would be counted twice with.

    A sentence by indicator id, for those alone that meet another period's figure: a wider one that covers
    this period, or narrower ones inside it; counting, or in a report that is still open. One statement.
    """
    wider: dict[int, set[tuple[int, int]]] = defaultdict(set)
    inside: dict[int, set[tuple[int, int]]] = defaultdict(set)
    found = _said(
        revision__report__mission_id=mission_id,
        revision__report__period__strategy_id=period.strategy_id,
        revision__report__period__number__range=(period.number - covers + 1, period.number + 3),
        indicator_id__in=list(indicator_ids),
    )
    for _mission, indicator, number, other_covers, _status in found:
        if number > period.number > number - other_covers:
            wider[indicator].add((number, other_covers))
        elif number < period.number:
            inside[indicator].add((number, other_covers))
    sentences = {}
    for indicator in wider.keys() | inside.keys():
        if indicator in wider:
            sentence = _(
                "There is a figure for %(periods)s, which covers %(period)s already: both would count. "
                "Leave this empty, or have that one corrected first."
            )
            periods = wider[indicator]
        else:
            sentence = _(
                "There are figures for %(periods)s, inside %(period)s: both would count. "
                "Leave this empty, or have those corrected first."
            )
            periods = inside[indicator]
        sentences[indicator] = sentence % {
            "periods": ", ".join(name_span(*span) for span in sorted(periods)),
            "period": name_span(period.number, covers),
        }
    return sentences


# -- Approving ----------------------------------------------------------------------------------------
# What would count once these revisions are approved, as far as it can meet: their own results, and of the same
# missions and indicators what counts already and is not replaced by them. Nearly always nothing covers more
# than a quarter, and then no results but the revisions' own are read beyond the filter on what they cover.
_DOUBLES = """
WITH coming AS MATERIALIZED (
    SELECT r.indicator_id, p.mission_id, p.id AS report_id, q.number, r.covers,
           r.value IS NOT NULL OR r.numerator IS NOT NULL OR r.not_applicable AS given
    FROM tracker_indicatorresult r
    JOIN tracker_reportrevision v ON v.id = r.revision_id
    JOIN tracker_progressreport p ON p.id = v.report_id
    JOIN tracker_reportingperiod q ON q.id = p.period_id
    WHERE v.id = ANY(%(revisions)s) AND NOT r.held_back
),
would_count AS MATERIALIZED (
    SELECT indicator_id, mission_id, number, covers, true AS comes FROM coming WHERE given
    UNION ALL
    SELECT r.indicator_id, p.mission_id, q.number, r.covers, false
    FROM tracker_indicatorresult r
    JOIN tracker_reportrevision v ON v.id = r.revision_id
    JOIN tracker_progressreport p ON p.id = v.report_id
    JOIN tracker_reportingperiod q ON q.id = p.period_id
    WHERE v.status = 'approved' AND v.withdrawn_at IS NULL AND NOT r.held_back
        AND (r.value IS NOT NULL OR r.numerator IS NOT NULL OR r.not_applicable)
        AND p.mission_id IN (SELECT mission_id FROM coming)
        AND (r.covers > 1
             OR (p.mission_id, r.indicator_id) IN (SELECT mission_id, indicator_id FROM coming WHERE covers > 1))
        AND NOT EXISTS (
            SELECT 1 FROM tracker_reportrevision l JOIN tracker_indicatorresult o ON o.revision_id = l.id
            WHERE l.report_id = v.report_id AND l.number > v.number AND l.status = 'approved'
                AND l.withdrawn_at IS NULL AND o.indicator_id = r.indicator_id AND NOT o.held_back)
        AND NOT EXISTS (
            SELECT 1 FROM coming c WHERE c.report_id = p.id AND c.indicator_id = r.indicator_id)
)
SELECT i.code, m.name, wide.number, wide.covers, inner_one.number, inner_one.covers
FROM would_count wide
JOIN would_count inner_one USING (mission_id, indicator_id)
JOIN tracker_indicator i ON i.id = indicator_id
JOIN tracker_mission m ON m.id = mission_id
WHERE wide.covers > 1 AND (wide.comes OR inner_one.comes)
    AND inner_one.number < wide.number AND inner_one.number > wide.number - wide.covers
ORDER BY m.name, i.code, wide.number, inner_one.number
"""


def refuse_double_counting(*, revisions: Collection[ReportRevision]) -> None:
    """Raise Refused where approving these revisions would make a quarter count twice.

    Called in the approving transaction, after results were marked as held back and before the statuses
    change: two statements, whatever the number of reports. Their results are compared with what counts of
    the same missions, and with each other; what a revision replaces in its own report is left out.
    """
    ids = [revision.pk for revision in revisions]
    # Two officers at once, of whom one approves a quarter and the other its half-year: each would see only
    # what counted before. The second waits here, and then meets what the first approved.
    reports = ProgressReport.objects.filter(revisions__in=ids)
    missions = Mission.objects.filter(pk__in=reports.values("mission_id")).order_by("pk")
    list(missions.select_for_update(no_key=True).values_list("pk", flat=True))
    doubles = [
        _("%(code)s of %(mission)s: %(wide)s and %(inner)s")
        % {
            "code": code,
            "mission": mission,
            "wide": name_span(number, covers),
            "inner": name_span(inner, inner_covers),
        }
        for code, mission, number, covers, inner, inner_covers in fetch(_DOUBLES, {"revisions": ids})
    ]
    if doubles:
        raise Refused(
            _(
                "The same quarters would count twice: %(doubles)s. Return one of the two, hold its result back, "
                "or withdraw the one that counts. Nothing was approved."
            )
            % {"doubles": "; ".join(doubles[:_NAMED]) + ("; …" if len(doubles) > _NAMED else "")}
        )
