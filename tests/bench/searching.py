"""What a search over everything costs, against the statement that only makes the words of the same texts and counts."""

from django.core.management import call_command

from tests.bench.measuring import Line, medians
from tracker.common.bulk import fetch, run
from tracker.explore.reading.search import search
from tracker.explore.reading.search_words import read_typed
from tracker.framework.models import Strategy
from tracker.framework.services.demonstration import copy_indicators

TIMES = 10
"""So many of each indicator there are."""
WORD = "trafficking"

# All that is searched, from its tables, by the columns whose text is looked through.
TEXTS = {
    "tracker_country t": (
        "t.iso2, t.name, t.iso3, t.source_name, t.name_2015_2020, t.name_mi2017, t.name_mi2019, t.coordinates, t.note"
    ),
    "tracker_mission t LEFT JOIN tracker_country c ON c.id = t.country_id": (
        "t.code, t.name, c.name, c.source_name"
    ),
    "tracker_pillar t": "t.code, t.name",
    "tracker_strategicpriority t JOIN tracker_pillar p ON p.id = t.pillar_id": (
        "t.code, t.title, p.name, t.summary"
    ),
    "tracker_objective t": "t.code, t.title, t.summary",
    "tracker_indicator t": "t.code, t.name, t.unit, t.definition, t.data_source, t.verification, t.note",
    """tracker_activity t JOIN tracker_mission m ON m.id = t.mission_id LEFT JOIN (
           SELECT l.activity_id, string_agg(g.name, ' ') AS names
             FROM tracker_activitytag l JOIN tracker_tag g ON g.id = l.tag_id GROUP BY l.activity_id
       ) tags ON tags.activity_id = t.id""": (
        "t.code, t.title, m.name, tags.names, t.description, t.tie_reason"
    ),
    "tracker_referenceframework t": "t.code, t.name, t.short_name, t.owner, t.description",
    "tracker_referencegoal t JOIN tracker_referenceframework f ON f.id = t.framework_id": (
        "t.code, t.title, f.code, f.short_name, f.name, t.detail"
    ),
    "tracker_office t LEFT JOIN tracker_country c ON c.id = t.country_id": (
        "t.code, t.city, t.city_as_printed, c.name, t.note"
    ),
    "tracker_keyfigure t LEFT JOIN tracker_country c ON c.id = t.country_id": (
        "t.code, t.title, t.geography, c.name, t.unit, t.note, t.doubt"
    ),
    "tracker_convention t": "t.code, t.title, t.note",
    "tracker_tag t": "t.code, t.name",
}
REFERENCE = " UNION ALL ".join(
    f"SELECT count(*) FROM {tables} "
    f"WHERE to_tsvector('english', concat_ws(' ', {columns})) @@ plainto_tsquery('english', '{WORD}')"
    for tables, columns in TEXTS.items()
)


def lines() -> list[Line]:
    call_command("load_strategy", verbosity=0)
    copy_indicators(strategy=Strategy.objects.get(is_current=True), times=TIMES)
    run("ANALYZE")
    assert search(read_typed(WORD)).total == sum(count for (count,) in fetch(REFERENCE))
    ours, bare = medians(lambda: search(read_typed(WORD)), lambda: fetch(REFERENCE))
    base = "one statement that stems the same texts and counts what fits"
    return [Line(f"Search over everything, with {TIMES} times the indicators", ours, base, bare, 2.5)]
