"""The tables of history: what each of them is looked up by."""

from collections import defaultdict

import pytest
from django.apps import apps

from tracker.common.bulk import fetch
from tracker.progress.models import CellValue, IndicatorResult


@pytest.mark.django_db
def test_history_has_an_index_for_what_it_is_read_by_and_for_nothing_else() -> None:
    """Every index of an event table is paid for with each row that anybody writes."""
    tracked = [model for model in apps.get_models() if hasattr(model, "pgh_event_model")]
    tables = {model.pgh_event_model._meta.db_table: model for model in tracked}
    indexes: dict[str, set[str]] = defaultdict(set)
    for table, columns in fetch(
        "SELECT t.relname, string_agg(a.attname, ',' ORDER BY a.attnum) FROM pg_index i "
        "JOIN pg_class t ON t.oid = i.indrelid JOIN pg_attribute a ON a.attrelid = i.indexrelid "
        "WHERE t.relname = ANY(%s) GROUP BY t.relname, i.indexrelid",
        [list(tables)],
    ):
        indexes[table].add(columns)
    assert len(indexes) == len(tracked) > 20
    more = {IndicatorResult: {"revision_id"}, CellValue: {"result_id"}}
    for table, model in tables.items():
        assert indexes[table] == {"pgh_id", "pgh_obj_id"} | more.get(model, set()), table
