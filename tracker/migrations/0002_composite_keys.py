"""What Django cannot declare: composite keys, and an index on a table of django-pghistory's."""

from django.db import migrations

# A part of the strategy hangs under a part of the same strategy.
PARTS = [
    # child, its column, parent
    ("strategicpriority", "pillar_id", "pillar"),
    ("objective", "priority_id", "strategicpriority"),
    ("indicator", "objective_id", "objective"),
]


def statements() -> list[tuple[str, str]]:
    parents = sorted({parent for _, _, parent in PARTS})
    keys = [
        (
            f"ALTER TABLE tracker_{parent} ADD CONSTRAINT {parent}_of_strategy UNIQUE (id, strategy_id)",
            f"ALTER TABLE tracker_{parent} DROP CONSTRAINT {parent}_of_strategy",
        )
        for parent in parents
    ]
    links = [
        (
            f"ALTER TABLE tracker_{child} ADD CONSTRAINT {child}_under_same_strategy "
            f"FOREIGN KEY ({column}, strategy_id) REFERENCES tracker_{parent} (id, strategy_id) "
            "DEFERRABLE INITIALLY DEFERRED",
            f"ALTER TABLE tracker_{child} DROP CONSTRAINT {child}_under_same_strategy",
        )
        for child, column, parent in PARTS
    ]
    return keys + links


class Migration(migrations.Migration):
    dependencies = [("tracker", "0001_tables"), ("pghistory", "0007_auto_20250421_0444")]
    operations = [
        *(migrations.RunSQL(sql, reverse) for sql, reverse in statements()),
        # Contexts of history grow with every write; the few that say who took what away are found by themselves.
        migrations.RunSQL(
            "CREATE INDEX takings_by_date ON pghistory_context (created_at) WHERE metadata ? 'taken'",
            "DROP INDEX takings_by_date",
        ),
    ]
