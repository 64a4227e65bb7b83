"""The house plan, where the import linter cannot see it: foreign keys point the way imports do."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import Model

# From the ground up; what stands on one line knows nothing of its neighbours.
FLOORS = [
    {"common"},
    {"region"},
    {"access"},
    {"batches"},
    {"notices"},
    {"framework"},
    {"activities"},
    {"progress"},
    {"analysis"},
    {"explore", "reporting", "review", "imports", "reports"},
]
FLOOR = {capability: height for height, floor in enumerate(FLOORS) for capability in floor}


def capability_of(model: type[Model]) -> str:
    """The package that declares it; history belongs to what it is the history of."""
    return getattr(model, "pgh_tracked_model", model).__module__.split(".")[1]


def own_models() -> list[type[Model]]:
    return list(apps.get_app_config("tracker").get_models())


def downward(source: type[Model], target: type[Model]) -> bool:
    a, b = capability_of(source), capability_of(target)
    return a == b or FLOOR[b] < FLOOR[a]


def test_foreign_keys_never_point_up_the_house_plan():
    links = [
        (model, field.related_model)
        for model in own_models()
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and isinstance(field.related_model, type)
        and field.related_model._meta.app_label == "tracker"
    ]  # fmt: skip
    assert len(links) > 60
    upward = [f"{a.__name__} → {b.__name__}" for a, b in links if not downward(a, b)]
    assert upward == []


def test_the_check_itself_sees_an_upward_key():
    from tracker.common.jobs.models import Job
    from tracker.progress.models import ReportRevision

    assert not downward(Job, ReportRevision)
    assert downward(ReportRevision, Job)


def test_every_domain_table_has_its_history():
    """Jobs, the outbox, recounts and the version of the data are machinery, lines of imports are made again from the
    file, notices repeat what the history of reports says; everything else a person or a file can change is tracked.
    """
    tables = {m.__name__ for m in own_models()}
    without = {name for name in tables if not name.endswith("Event") and f"{name}Event" not in tables}
    assert without == {"Job", "Outbox", "ImportLine", "Recount", "DataVersion", "DataChange", "Notice"}


def test_history_is_written_by_statement_and_covers_deletion():
    for model in own_models():
        if model.__name__.endswith("Event") or f"{model.__name__}Event" not in {
            m.__name__ for m in own_models()
        }:
            continue
        triggers = {
            t.name: t for t in model._meta.triggers if t.name.endswith(("insert", "update", "delete"))
        }
        names = {name for name in triggers if name in {"insert_insert", "update_update", "delete_delete"}}
        assert len(names) == 3, model
        assert {str(triggers[name].level) for name in names} == {"STATEMENT"}, model


@pytest.mark.parametrize(
    "source",
    sorted(Path(settings.BASE_DIR, "tracker").rglob("*.py")),
    ids=lambda p: str(p.relative_to(settings.BASE_DIR)),
)
def test_no_module_writes_outside_services(source: Path):
    """ORM writes stand in services, models' own managers and migrations, nowhere else."""
    parts = source.relative_to(Path(settings.BASE_DIR, "tracker")).parts
    if "services" in source.stem or "services" in parts or parts[0] == "migrations":
        return
    if source.name in {"records.py", "bulk.py", "outbox.py", "models.py"} or "models" in parts:
        return
    text = source.read_text()
    writes = re.findall(
        r"\.objects\S*\.(?:create|bulk_create|bulk_update|get_or_create|update_or_create)\(", text
    )
    assert writes == []
