"""Figures that need not be typed: levels that stayed as they were, and nothing to report."""

from collections.abc import Collection, Mapping
from decimal import Decimal

from django.db import transaction

from tracker.access.models import User
from tracker.analysis.beside import read_beside
from tracker.framework.choices import Measure, PeriodRule
from tracker.progress.models import CellValue, ReportingPeriod
from tracker.progress.rules import Amount, Entry
from tracker.progress.services.entry_rows import EntryRow, hold_report, read_entry_rows
from tracker.progress.services.results import Typed, fingerprint, save_results
from tracker.region.models import Mission


@transaction.atomic
def carry_over(
    *, mission: Mission, period: ReportingPeriod, user: User, only: Collection[int] | None = None
) -> list[int]:
    """Give levels that are missing the amount, cells included, that the mission gave last, marked as such for the
    officer; of these indicators, or of all. Returns their ids.

    Levels alone: what happened in a period is not said by what happened in another. Raises NotAllowed, or Refused
    where the report is locked.
    """
    revision = hold_report(mission=mission.code, period=period.code)
    rows = {
        pk: row
        for pk, row in read_entry_rows(mission=mission, period=period, revision=revision, only=only).items()
        if row.indicator.period_rule == PeriodRule.LATEST and not row.stored.is_given
    }
    beside = read_beside(
        mission=mission,
        period=period,
        revision=revision,
        indicators=[row.indicator for row in rows.values()],
        entries={},
    )
    previous = {pk: each.previous for pk, each in beside.items() if each.previous is not None}
    cells = _cells_of([each.result_id for each in previous.values()])
    typed = {
        pk: Typed(
            Entry(
                amount=Amount(before.result.value, before.result.numerator, before.result.denominator),
                comment=rows[pk].stored.comment,
                cells=cells.get(before.result_id, {}),
            ),
            over=fingerprint(rows[pk].stored),
            is_carried=True,
        )
        for pk, before in previous.items()
        if before.result.has_value
    }
    saved = save_results(mission=mission, period=period, user=user, typed=typed, held=revision, rows=rows)
    return saved.saved


def _cells_of(results: Collection[int]) -> dict[int, dict[int, Amount]]:
    found: dict[int, dict[int, Amount]] = {}
    for result, cell, *amount in CellValue.objects.filter(result__in=results).values_list(
        "result_id", "cell_id", "value", "numerator", "denominator"
    ):
        found.setdefault(result, {})[cell] = Amount(*amount)
    return found


def flows_without_figures(rows: Mapping[int, EntryRow]) -> dict[int, EntryRow]:
    """Of the rows of a report, the numbers of what happens in a period or a year that are not given."""
    return {
        pk: row
        for pk, row in rows.items()
        if row.indicator.measure == Measure.NUMBER
        and row.indicator.period_rule in (PeriodRule.SUM, PeriodRule.YEAR)
        and not row.stored.is_given
    }


@transaction.atomic
def say_nothing_to_report(*, mission: Mission, period: ReportingPeriod, user: User) -> list[int]:
    """Write 0 into every number of what happens in a period or a year that is not given, and leave levels, and all
    that was given, alone. Returns the ids of the indicators that have 0 now.

    Raises NotAllowed, or Refused where the report is locked.
    """
    revision = hold_report(mission=mission.code, period=period.code)
    rows = flows_without_figures(read_entry_rows(mission=mission, period=period, revision=revision))
    typed = {
        pk: Typed(Entry(amount=Amount(Decimal(0)), comment=row.stored.comment), over=fingerprint(row.stored))
        for pk, row in rows.items()
    }
    return save_results(
        mission=mission, period=period, user=user, typed=typed, held=revision, rows=rows
    ).saved
