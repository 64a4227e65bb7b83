"""Half-years and years beside quarters: no quarter may be said twice."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from tracker.batches.plans import Plan
from tracker.common.bulk import fetch

from .entry_context import EntryContext, Wanted
from .spans import Span


def refuse_overlaps(plan: Plan, wanted: Iterable[Wanted], context: EntryContext) -> None:
    """A half-year or a year is an error where a quarter it covers has a value, in the file or approved.

    So is a quarter inside a half-year or a year that has one: which of the two counts is for a person to say.
    """
    spans: dict[tuple[int, int], dict[int, tuple[int, Wanted | None]]] = defaultdict(dict)
    rows = [each for each in wanted if each.row.not_applicable or not each.amount.is_empty]
    wide = any(each.row.period.covers > 1 for each in rows)
    condition = "" if wide else "AND r.covers > 1"
    for mission, indicator, number, covers in fetch(
        f"""
        SELECT p.mission_id, r.indicator_id, q.number, r.covers
        FROM tracker_indicatorresult r JOIN tracker_reportrevision v ON v.id = r.revision_id
        JOIN tracker_progressreport p ON p.id = v.report_id
        JOIN tracker_reportingperiod q ON q.id = p.period_id
        WHERE q.strategy_id = %s AND r.indicator_id = ANY(%s)
            AND v.status = 'approved' AND v.withdrawn_at IS NULL
            AND (r.value IS NOT NULL OR r.numerator IS NOT NULL OR r.not_applicable) {condition}
            AND NOT EXISTS (SELECT 1 FROM tracker_reportrevision l WHERE l.report_id = v.report_id
                            AND l.status = 'approved' AND l.withdrawn_at IS NULL AND l.number > v.number)
        """,
        [context.known.strategy.pk, list({each.indicator.pk for each in rows})],
    ):
        spans[mission, indicator][number] = (covers, None)
    for row in rows:
        spans[row.report[0], row.indicator.pk][row.row.period.number] = (row.row.period.covers, row)
    for of_one in spans.values():
        if all(covers == 1 for covers, _each in of_one.values()):
            continue
        for number, (covers, each) in of_one.items():
            for other in range(number - covers + 1, number):
                if other in of_one:
                    _refuse_overlap(plan, each, of_one[other][1], number, covers, other)


def _refuse_overlap(
    plan: Plan, wide: Wanted | None, narrow: Wanted | None, number: int, covers: int, other: int
) -> None:
    """Note the error at whichever of the two stands in the file."""
    quarter = f"{other // 4}-Q{other % 4 + 1}"
    span = Span("", number, covers)
    if wide is not None:
        plan.refuse(
            row=wide.row.row,
            column="period",
            value=wide.row.period.written,
            message=_("%(quarter)s, which this covers, has a value of its own. Delete one of the two.")
            % {"quarter": quarter},
        )
    elif narrow is not None:
        plan.refuse(
            row=narrow.row.row,
            column="period",
            value=narrow.row.period.written,
            message=_(
                "The figure kept at %(period)s covers this quarter already. Replace that one, or "
                "delete the row."
            )
            % {"period": span.code},
        )
