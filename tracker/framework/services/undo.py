"""Taking back a file of indicators or breakdowns: restored from history, unless results rest on it by now."""

from collections.abc import Collection, Sequence

from django.db.models import Model
from django.utils.translation import gettext as _

from tracker.batches.services.restoring import DELETE, RESTORE, Touched, name_by_itself, restore
from tracker.batches.undos import Conflict
from tracker.common.bulk import columns_of, fetch, quote

from ..models import (
    STANDING_FIELDS,
    Breakdown,
    Cell,
    Indicator,
    IndicatorBreakdown,
    IndicatorReplacement,
)


def name_parts(model: type[Model], ids: Collection[int]) -> dict[int, str]:
    """How people know rows that have no name of their own: a cell by its heading, a link by what it ties."""
    if model is Cell:
        rows = Cell.objects.filter(pk__in=ids).values_list("pk", "breakdown__code", "code")
        return {pk: f"{breakdown}:{code}" for pk, breakdown, code in rows}
    if model is IndicatorBreakdown:
        asks = IndicatorBreakdown.objects.filter(pk__in=ids).values_list(
            "pk", "indicator__code", "breakdown__code"
        )
        return {pk: f"{indicator}: {breakdown}" for pk, indicator, breakdown in asks}
    if model is IndicatorReplacement:
        pairs = IndicatorReplacement.objects.filter(pk__in=ids).values_list("pk", "new__code", "old__code")
        return {pk: _("%(new)s replaces %(old)s") % {"new": new, "old": old} for pk, new, old in pairs}
    return name_by_itself(model, ids)


def _rules_with_results(touched: Sequence[Touched]) -> list[Conflict]:
    """Indicators whose rules the file changed and that have results: what these say rests on the rules."""
    conflicts = []
    for each in touched:
        if each.model is Indicator:
            columns = [quote(name) for name in columns_of(Indicator, STANDING_FIELDS)]
            now, old = (", ".join(f"{row}.{name}" for name in columns) for row in "te")
            rows = fetch(
                f"SELECT t.id FROM {each.name} u JOIN {each.table} t ON t.id = u.id "
                f"JOIN {each.events} e ON e.pgh_id = u.former WHERE u.fate = %s "
                f"AND ({now}) IS DISTINCT FROM ({old}) "
                "AND EXISTS (SELECT 1 FROM tracker_indicatorresult r WHERE r.indicator_id = t.id)",
                [RESTORE],
            )
            why = _("has results since, so its rules stand")
        elif each.model is IndicatorBreakdown:
            rows = fetch(
                f"SELECT t.id FROM {each.name} u JOIN {each.table} t ON t.id = u.id WHERE u.fate = %s "
                "AND EXISTS (SELECT 1 FROM tracker_indicatorresult r "
                "JOIN tracker_cellvalue v ON v.result_id = r.id JOIN tracker_cell c ON c.id = v.cell_id "
                "WHERE r.indicator_id = t.indicator_id AND c.breakdown_id = t.breakdown_id)",
                [DELETE],
            )
            why = _("results are broken down by it since")
        else:
            continue
        conflicts += _conflicts(each.model, [pk for (pk,) in rows], why)
    return conflicts


def _adding_up_with_results(touched: Sequence[Touched]) -> list[Conflict]:
    """Breakdowns of which the file changed how their cells add up, and that results are broken down by."""
    [each] = [each for each in touched if each.model is Breakdown]
    rows = fetch(
        f"SELECT t.id FROM {each.name} u JOIN {each.table} t ON t.id = u.id "
        f"JOIN {each.events} e ON e.pgh_id = u.former WHERE u.fate = %s AND t.exclusive <> e.exclusive "
        "AND EXISTS (SELECT 1 FROM tracker_cell c JOIN tracker_cellvalue v ON v.cell_id = c.id "
        "WHERE c.breakdown_id = t.id)",
        [RESTORE],
    )
    return _conflicts(Breakdown, [pk for (pk,) in rows], _("results are broken down by it since"))


def _conflicts(model: type[Model], ids: Sequence[int], why: str) -> list[Conflict]:
    names = name_parts(model, ids) if ids else {}
    return [Conflict(what=names[pk], why=why) for pk in ids]


INDICATORS = restore(
    Indicator,
    IndicatorBreakdown,
    IndicatorReplacement,
    name_rows=name_parts,
    more_conflicts=_rules_with_results,
)

BREAKDOWNS = restore(Breakdown, Cell, name_rows=name_parts, more_conflicts=_adding_up_with_results)
