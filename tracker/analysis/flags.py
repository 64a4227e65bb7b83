"""The questions about the results of many reports at once: the rules of `flag_rules` over what is recorded."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from tracker.framework.models import Indicator, Strategy
from tracker.progress.choices import Origin
from tracker.progress.models import Evidence, IndicatorResult

from .engine import standings_over
from .flag_rules import Flag, Given, find_flags
from .rules_of import rules_of
from .statements import asked_of, statement

_SERIES = ("questions", "results", "series")


def find_questions(
    *, strategy: Strategy, revisions: Collection[int], known: Mapping[int, Indicator] | None = None
) -> dict[int, dict[int, list[Flag]]]:
    """The flags of these revisions' results, by revision id and indicator id; what raises none is left out. `known`
    are the indicators of all of them, by id, where they are read already.

    A draft is looked at as if it were handed in, against all that its mission has handed in before. Approved
    history is not asked about jumps, nor for evidence: its file names the document. Four statements (three where the
    indicators are known), however many revisions.
    """
    # As plain rows: with their indicators, reports and missions as objects, most of the time would go into making
    # the same ones again and again.
    evidence = Evidence.objects.filter(revision=OuterRef("revision"), indicator=OuterRef("indicator"))
    results = list(
        IndicatorResult.objects.filter(revision__in=revisions)
        .given()
        .values_list(
            "revision_id",
            "indicator_id",
            "origin",
            "comment",
            Q(indicator__needs_evidence=True, not_applicable=False) & ~Exists(evidence),
            "revision__report__mission_id",
            "revision__report__mission__code",
            "revision__report__period__number",
        )
    )
    if not results:
        return {}
    asked = {indicator for _revision, indicator, *_rest in results}
    indicators = Indicator.objects.in_bulk(asked) if known is None else {pk: known[pk] for pk in asked}
    missions = {mission for *_rest, mission, _code, _period in results}
    periods = {period for *_rest, period in results}
    rules = {pk: rules_of(indicator) for pk, indicator in indicators.items()}
    series = _read_series(strategy, max(periods), indicators, missions, revisions)
    stands = standings_over(
        strategy=strategy,
        periods=periods,
        indicators=indicators,
        missions=missions,
        provisional=True,
        drafts=revisions,
    )
    found: dict[int, dict[int, list[Flag]]] = defaultdict(dict)
    for revision, indicator, origin, comment, lacks_evidence, mission, code, period in results:
        values = series.get((indicator, mission), [])
        until = values[: bisect_right(values, period, key=lambda given: given.period)]
        is_given = bool(until) and until[-1].period == period
        flags = find_flags(
            rules[indicator],
            series=until if is_given else [],
            never_falls=indicators[indicator].never_falls,
            is_explained=bool(comment.strip()),
            lacks_evidence=lacks_evidence and origin != Origin.HISTORICAL,
            standing=stands[period][indicator].missions.get(code),
        )
        if origin == Origin.HISTORICAL:
            flags = [flag for flag in flags if flag.kind != "jump"]
        if flags:
            found[revision][indicator] = flags
    return dict(found)


def _read_series(
    strategy: Strategy,
    until: int,
    indicators: Collection[int],
    missions: Collection[int],
    drafts: Collection[int],
) -> dict[tuple[int, int], list[Given]]:
    """All values up to a period by indicator id and mission id, in the order of their periods."""
    # At the end of a year everything has fallen due: no value lies after what is judged there.
    year_end = until // 4 * 4 + 3
    asked = asked_of(strategy, [year_end], indicators, missions, True, None, drafts)
    series: dict[tuple[int, int], list[Given]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(statement(*_SERIES), asked)
        for indicator, mission, period, level, covers in cursor.fetchall():
            series[indicator, mission].append(Given(period=period, level=level, covers=covers))
    return series
