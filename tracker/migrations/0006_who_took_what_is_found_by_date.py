from django.db import migrations


class Migration(migrations.Migration):
    """Contexts of history grow with every write; the few that say who took what away are found by themselves."""

    dependencies = [
        ("tracker", "0005_history_is_read_by_its_rows"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX takings_by_date ON pghistory_context (created_at) WHERE metadata ? 'taken'",
            "DROP INDEX takings_by_date",
        ),
    ]
