"""Import batches keep how they were read, what was found, who saved and who undid them; lines; mappings."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0002_codes_stay_within_a_strategy"),
    ]

    operations = [
        migrations.CreateModel(
            name="ColumnMapping",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=30, verbose_name="kind")),
                ("shape", models.CharField(max_length=64, verbose_name="shape of the file")),
                ("headings", models.JSONField(verbose_name="headings")),
                ("mapping", models.JSONField(verbose_name="mapping")),
                (
                    "remembered_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="remembered"
                    ),
                ),
            ],
            options={
                "verbose_name": "column mapping",
                "verbose_name_plural": "column mappings",
                "ordering": ["kind", "-remembered_at"],
            },
        ),
        migrations.CreateModel(
            name="ColumnMappingEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("kind", models.CharField(max_length=30, verbose_name="kind")),
                ("shape", models.CharField(max_length=64, verbose_name="shape of the file")),
                ("headings", models.JSONField(verbose_name="headings")),
                ("mapping", models.JSONField(verbose_name="mapping")),
                (
                    "remembered_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="remembered"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ImportLine",
            fields=[
                (
                    "batch",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="lines",
                        to="tracker.importbatch",
                    ),
                ),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "batch_id", "position", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("position", models.PositiveIntegerField(verbose_name="position")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("error", "Error"),
                            ("new", "New"),
                            ("changed", "Changed"),
                            ("left_out", "Left out"),
                        ],
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
                ("sheet", models.CharField(max_length=100, verbose_name="sheet")),
                ("row", models.PositiveIntegerField(null=True, verbose_name="row")),
                ("key", models.TextField(verbose_name="what")),
                (
                    "columns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), size=None, verbose_name="columns"
                    ),
                ),
                ("cells", models.JSONField(verbose_name="cells")),
                ("value", models.TextField(verbose_name="value")),
                ("message", models.TextField(verbose_name="message")),
            ],
            options={
                "verbose_name": "line of an import",
                "verbose_name_plural": "lines of imports",
                "ordering": ["batch", "position"],
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="importbatch",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="importbatch",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="importbatch",
            name="delete_delete",
        ),
        migrations.RemoveConstraint(
            model_name="importbatch",
            name="applied_batch_says_when",
        ),
        migrations.RenameField(
            model_name="importbatch",
            old_name="seconds",
            new_name="check_seconds",
        ),
        migrations.AlterField(
            model_name="importbatch",
            name="check_seconds",
            field=models.DecimalField(
                blank=True, decimal_places=2, max_digits=8, null=True, verbose_name="seconds of checking"
            ),
        ),
        migrations.RenameField(
            model_name="importbatchevent",
            old_name="seconds",
            new_name="check_seconds",
        ),
        migrations.AlterField(
            model_name="importbatchevent",
            name="check_seconds",
            field=models.DecimalField(
                blank=True, decimal_places=2, max_digits=8, null=True, verbose_name="seconds of checking"
            ),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="bad_rows",
            field=models.PositiveIntegerField(default=0, verbose_name="rows with errors"),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="checked_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="checked"),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="event_ranges",
            field=models.JSONField(blank=True, default=dict, verbose_name="events"),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="good_rows_only",
            field=models.BooleanField(default=False, verbose_name="good rows only"),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="has_lines",
            field=models.BooleanField(default=False, verbose_name="outcomes are kept"),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="language",
            field=models.CharField(blank=True, max_length=10, verbose_name="language"),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="left_out",
            field=models.PositiveIntegerField(default=0, verbose_name="left out"),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="message",
            field=models.TextField(blank=True, verbose_name="message"),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="read_as",
            field=models.JSONField(blank=True, default=dict, verbose_name="read as"),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="reading",
            field=models.JSONField(blank=True, default=dict, verbose_name="reading"),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="same_as",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tracker.importbatch",
                verbose_name="same file as",
            ),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="save_seconds",
            field=models.DecimalField(
                blank=True, decimal_places=2, max_digits=8, null=True, verbose_name="seconds of saving"
            ),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="saved_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="saved by",
            ),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="size",
            field=models.PositiveIntegerField(default=0, verbose_name="bytes"),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="undo_reason",
            field=models.CharField(blank=True, max_length=500, verbose_name="why undone"),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="undone_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="undone by",
            ),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="unknown_columns",
            field=models.JSONField(blank=True, default=list, verbose_name="unknown columns"),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="warnings",
            field=models.JSONField(blank=True, default=list, verbose_name="warnings"),
        ),
        migrations.AddField(
            model_name="importbatchevent",
            name="bad_rows",
            field=models.PositiveIntegerField(default=0, verbose_name="rows with errors"),
        ),
        migrations.AddField(
            model_name="importbatchevent",
            name="checked_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="checked"),
        ),
        migrations.AddField(
            model_name="importbatchevent",
            name="event_ranges",
            field=models.JSONField(blank=True, default=dict, verbose_name="events"),
        ),
        migrations.AddField(
            model_name="importbatchevent",
            name="good_rows_only",
            field=models.BooleanField(default=False, verbose_name="good rows only"),
        ),
        migrations.AddField(
            model_name="importbatchevent",
            name="has_lines",
            field=models.BooleanField(default=False, verbose_name="outcomes are kept"),
        ),
        migrations.AddField(
            model_name="importbatchevent",
            name="language",
            field=models.CharField(blank=True, max_length=10, verbose_name="language"),
        ),
        migrations.AddField(
            model_name="importbatchevent",
            name="left_out",
            field=models.PositiveIntegerField(default=0, verbose_name="left out"),
        ),
        migrations.AddField(
            model_name="importbatchevent",
            name="message",
            field=models.TextField(blank=True, verbose_name="message"),
        ),
        migrations.AddField(
            model_name="importbatchevent",
            name="read_as",
            field=models.JSONField(blank=True, default=dict, verbose_name="read as"),
        ),
        migrations.AddField(
            model_name="importbatchevent",
            name="reading",
            field=models.JSONField(blank=True, default=dict, verbose_name="reading"),
        ),
        migrations.AddField(
            model_name="importbatchevent",
            name="same_as",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="tracker.importbatch",
                verbose_name="same file as",
            ),
        ),
        migrations.AddField(
            model_name="importbatchevent",
            name="save_seconds",
            field=models.DecimalField(
                blank=True, decimal_places=2, max_digits=8, null=True, verbose_name="seconds of saving"
            ),
        ),
        migrations.AddField(
            model_name="importbatchevent",
            name="saved_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="saved by",
            ),
        ),
        migrations.AddField(
            model_name="importbatchevent",
            name="size",
            field=models.PositiveIntegerField(default=0, verbose_name="bytes"),
        ),
        migrations.AddField(
            model_name="importbatchevent",
            name="undo_reason",
            field=models.CharField(blank=True, max_length=500, verbose_name="why undone"),
        ),
        migrations.AddField(
            model_name="importbatchevent",
            name="undone_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="undone by",
            ),
        ),
        migrations.AddField(
            model_name="importbatchevent",
            name="unknown_columns",
            field=models.JSONField(blank=True, default=list, verbose_name="unknown columns"),
        ),
        migrations.AddField(
            model_name="importbatchevent",
            name="warnings",
            field=models.JSONField(blank=True, default=list, verbose_name="warnings"),
        ),
        migrations.AlterField(
            model_name="importbatch",
            name="status",
            field=models.CharField(
                choices=[
                    ("waiting", "Being checked"),
                    ("checked", "Checked, not saved"),
                    ("refused", "Refused: it has errors"),
                    ("saving", "Being saved"),
                    ("applied", "Saved"),
                    ("undone", "Undone"),
                    ("cancelled", "Cancelled"),
                    ("failed", "Failed"),
                ],
                max_length=10,
                verbose_name="status",
            ),
        ),
        migrations.AlterField(
            model_name="importbatch",
            name="uploaded_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="uploaded by",
            ),
        ),
        migrations.AlterField(
            model_name="importbatchevent",
            name="status",
            field=models.CharField(
                choices=[
                    ("waiting", "Being checked"),
                    ("checked", "Checked, not saved"),
                    ("refused", "Refused: it has errors"),
                    ("saving", "Being saved"),
                    ("applied", "Saved"),
                    ("undone", "Undone"),
                    ("cancelled", "Cancelled"),
                    ("failed", "Failed"),
                ],
                max_length=10,
                verbose_name="status",
            ),
        ),
        migrations.AlterField(
            model_name="importbatchevent",
            name="uploaded_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="uploaded by",
            ),
        ),
        migrations.AddIndex(
            model_name="importbatch",
            index=models.Index(fields=["sha256"], name="batch_by_file"),
        ),
        migrations.AddIndex(
            model_name="importbatch",
            index=models.Index(
                condition=models.Q(("status__in", ("waiting", "saving"))),
                fields=["status"],
                name="batch_at_work",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="importbatch",
            trigger=pgtrigger.compiler.Trigger(
                name="life_of_a_batch",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."status" IS DISTINCT FROM (NEW."status"))',
                    func="\n                    IF (OLD.status, NEW.status) NOT IN (('applied', 'undone'), ('cancelled', 'waiting'), ('checked', 'applied'), ('checked', 'cancelled'), ('checked', 'refused'), ('checked', 'saving'), ('checked', 'waiting'), ('failed', 'waiting'), ('refused', 'applied'), ('refused', 'cancelled'), ('refused', 'checked'), ('refused', 'saving'), ('refused', 'waiting'), ('saving', 'applied'), ('saving', 'cancelled'), ('saving', 'checked'), ('saving', 'failed'), ('saving', 'refused'), ('waiting', 'cancelled'), ('waiting', 'checked'), ('waiting', 'failed'), ('waiting', 'refused')) THEN\n                        RAISE EXCEPTION 'batch % cannot go from % to %', OLD.id, OLD.status, NEW.status\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'life_of_a_batch';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="e7092a5498f8edb0fc2c8624a3c15ab7c8174807",
                    operation="UPDATE",
                    pgid="pgtrigger_life_of_a_batch_40f8a",
                    table="tracker_importbatch",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="importbatch",
            trigger=pgtrigger.compiler.Trigger(
                name="written_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."file" IS DISTINCT FROM (NEW."file") OR OLD."uploaded_by_id" IS DISTINCT FROM (NEW."uploaded_by_id") OR OLD."uploaded_at" IS DISTINCT FROM (NEW."uploaded_at"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="c508721218141d38a8564ea9a913fd3641cc9d3e",
                    operation="UPDATE",
                    pgid="pgtrigger_written_once_a0887",
                    table="tracker_importbatch",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="importbatch",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="553a4937987dfb7f0620f9545d2df697cf57e5c6",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_47d91",
                    table="tracker_importbatch",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="importbatch",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_importbatchevent" ("applied_at", "bad_rows", "changed", "check_seconds", "checked_at", "errors", "event_ranges", "file", "filename", "good_rows_only", "has_lines", "id", "job_id", "kind", "language", "left_out", "message", "new", "options", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_digest", "read_as", "reading", "rows", "same_as_id", "save_seconds", "saved_by_id", "sha256", "size", "source", "status", "unchanged", "undo_reason", "undone_at", "undone_by_id", "unknown_columns", "uploaded_at", "uploaded_by_id", "warnings") SELECT new_values."applied_at", new_values."bad_rows", new_values."changed", new_values."check_seconds", new_values."checked_at", new_values."errors", new_values."event_ranges", new_values."file", new_values."filename", new_values."good_rows_only", new_values."has_lines", new_values."id", new_values."job_id", new_values."kind", new_values."language", new_values."left_out", new_values."message", new_values."new", new_values."options", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."plan_digest", new_values."read_as", new_values."reading", new_values."rows", new_values."same_as_id", new_values."save_seconds", new_values."saved_by_id", new_values."sha256", new_values."size", new_values."source", new_values."status", new_values."unchanged", new_values."undo_reason", new_values."undone_at", new_values."undone_by_id", new_values."unknown_columns", new_values."uploaded_at", new_values."uploaded_by_id", new_values."warnings" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="3ac6ade4df009226aa4752052af75b51390f483d",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_9e017",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="tracker_importbatch",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="importbatch",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_importbatchevent" ("applied_at", "bad_rows", "changed", "check_seconds", "checked_at", "errors", "event_ranges", "file", "filename", "good_rows_only", "has_lines", "id", "job_id", "kind", "language", "left_out", "message", "new", "options", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_digest", "read_as", "reading", "rows", "same_as_id", "save_seconds", "saved_by_id", "sha256", "size", "source", "status", "unchanged", "undo_reason", "undone_at", "undone_by_id", "unknown_columns", "uploaded_at", "uploaded_by_id", "warnings") SELECT new_values."applied_at", new_values."bad_rows", new_values."changed", new_values."check_seconds", new_values."checked_at", new_values."errors", new_values."event_ranges", new_values."file", new_values."filename", new_values."good_rows_only", new_values."has_lines", new_values."id", new_values."job_id", new_values."kind", new_values."language", new_values."left_out", new_values."message", new_values."new", new_values."options", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."plan_digest", new_values."read_as", new_values."reading", new_values."rows", new_values."same_as_id", new_values."save_seconds", new_values."saved_by_id", new_values."sha256", new_values."size", new_values."source", new_values."status", new_values."unchanged", new_values."undo_reason", new_values."undone_at", new_values."undone_by_id", new_values."unknown_columns", new_values."uploaded_at", new_values."uploaded_by_id", new_values."warnings" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="4291eccf8378940b9c4c06b2e09b07215efc1340",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_bec25",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="tracker_importbatch",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="importbatch",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_importbatchevent" ("applied_at", "bad_rows", "changed", "check_seconds", "checked_at", "errors", "event_ranges", "file", "filename", "good_rows_only", "has_lines", "id", "job_id", "kind", "language", "left_out", "message", "new", "options", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_digest", "read_as", "reading", "rows", "same_as_id", "save_seconds", "saved_by_id", "sha256", "size", "source", "status", "unchanged", "undo_reason", "undone_at", "undone_by_id", "unknown_columns", "uploaded_at", "uploaded_by_id", "warnings") SELECT old_values."applied_at", old_values."bad_rows", old_values."changed", old_values."check_seconds", old_values."checked_at", old_values."errors", old_values."event_ranges", old_values."file", old_values."filename", old_values."good_rows_only", old_values."has_lines", old_values."id", old_values."job_id", old_values."kind", old_values."language", old_values."left_out", old_values."message", old_values."new", old_values."options", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."plan_digest", old_values."read_as", old_values."reading", old_values."rows", old_values."same_as_id", old_values."save_seconds", old_values."saved_by_id", old_values."sha256", old_values."size", old_values."source", old_values."status", old_values."unchanged", old_values."undo_reason", old_values."undone_at", old_values."undone_by_id", old_values."unknown_columns", old_values."uploaded_at", old_values."uploaded_by_id", old_values."warnings" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="ea6e6acabc2fb6d86b159a735fa4f8a61353def5",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_2d7a2",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="tracker_importbatch",
                    when="AFTER",
                ),
            ),
        ),
        # What was there already: looked at as it came in, and saved by whoever brought it.
        migrations.RunSQL(
            sql="""
                UPDATE tracker_importbatch SET
                    checked_at = uploaded_at,
                    save_seconds = CASE WHEN applied_at IS NOT NULL THEN check_seconds END,
                    saved_by_id = CASE WHEN applied_at IS NOT NULL THEN uploaded_by_id END;
                SET CONSTRAINTS ALL IMMEDIATE;
                SET CONSTRAINTS ALL DEFERRED;
            """,
            reverse_sql=migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name="importbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        [
                            "waiting",
                            "checked",
                            "refused",
                            "saving",
                            "applied",
                            "undone",
                            "cancelled",
                            "failed",
                        ],
                    )
                ),
                name="batch_status_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="importbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("status__in", ["checked", "refused", "saving", "applied", "undone"]), _negated=True
                    ),
                    ("checked_at__isnull", False),
                    _connector="OR",
                ),
                name="checked_batch_says_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="importbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "checked"), _negated=True), ("errors", 0), _connector="OR"
                ),
                name="checked_batch_has_no_errors",
            ),
        ),
        migrations.AddConstraint(
            model_name="importbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "refused"), _negated=True), ("errors__gt", 0), _connector="OR"
                ),
                name="refused_batch_has_errors",
            ),
        ),
        migrations.AddConstraint(
            model_name="importbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "saving"), _negated=True), ("job__isnull", False), _connector="OR"
                ),
                name="batch_is_saved_by_a_job",
            ),
        ),
        migrations.AddConstraint(
            model_name="importbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("applied_at__isnull", False), ("status__in", ("applied", "undone"))),
                    models.Q(
                        models.Q(("status__in", ("applied", "undone")), _negated=True),
                        ("applied_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="applied_batch_says_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="importbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["saving", "applied", "undone"]), _negated=True),
                    models.Q(("errors", 0), ("good_rows_only", False)),
                    models.Q(("errors__gt", 0), ("good_rows_only", True), ("saved_by__isnull", False)),
                    _connector="OR",
                ),
                name="good_rows_only_where_some_are_bad",
            ),
        ),
        migrations.AddConstraint(
            model_name="importbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("status", "undone"),
                        ("undone_at__isnull", False),
                        ("undone_by__isnull", False),
                        models.Q(("undo_reason", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("status", "undone"), _negated=True),
                        ("undo_reason", ""),
                        ("undone_at__isnull", True),
                        ("undone_by__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="undone_batch_says_who_when_and_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="importbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("same_as__isnull", True),
                    models.Q(("same_as", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="batch_is_not_its_own_copy",
            ),
        ),
        migrations.AddField(
            model_name="columnmapping",
            name="batch",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tracker.importbatch",
                verbose_name="remembered from",
            ),
        ),
        migrations.AddField(
            model_name="columnmapping",
            name="remembered_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="remembered by",
            ),
        ),
        migrations.AddField(
            model_name="columnmappingevent",
            name="batch",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="tracker.importbatch",
                verbose_name="remembered from",
            ),
        ),
        migrations.AddField(
            model_name="columnmappingevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                related_query_name="+",
                to="tracker.columnmapping",
            ),
        ),
        migrations.AddField(
            model_name="columnmappingevent",
            name="remembered_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="remembered by",
            ),
        ),
        migrations.AddConstraint(
            model_name="columnmapping",
            constraint=models.UniqueConstraint(fields=("kind", "shape"), name="one_mapping_per_shape"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="columnmapping",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_columnmappingevent" ("batch_id", "headings", "id", "kind", "mapping", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remembered_at", "remembered_by_id", "shape") SELECT new_values."batch_id", new_values."headings", new_values."id", new_values."kind", new_values."mapping", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."remembered_at", new_values."remembered_by_id", new_values."shape" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="bb54d01d48c5392add4b40c11dff68fe3c0ef3b0",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c2e24",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="tracker_columnmapping",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="columnmapping",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_columnmappingevent" ("batch_id", "headings", "id", "kind", "mapping", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remembered_at", "remembered_by_id", "shape") SELECT new_values."batch_id", new_values."headings", new_values."id", new_values."kind", new_values."mapping", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."remembered_at", new_values."remembered_by_id", new_values."shape" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="22b27be839706393704a45d951a11a99546332e1",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e6eb7",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="tracker_columnmapping",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="columnmapping",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_columnmappingevent" ("batch_id", "headings", "id", "kind", "mapping", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remembered_at", "remembered_by_id", "shape") SELECT old_values."batch_id", old_values."headings", old_values."id", old_values."kind", old_values."mapping", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."remembered_at", old_values."remembered_by_id", old_values."shape" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="7c66cca7c2e52ed0ec7d35c611de79538069b748",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b578b",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="tracker_columnmapping",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="columnmappingevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="630b07b6021e5e2bfa0b83bf6eaf508114c19a45",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_0b2e9",
                    table="tracker_columnmappingevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
