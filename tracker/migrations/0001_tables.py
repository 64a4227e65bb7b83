"""Every table of the tracker, with its constraints, its history and its triggers."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import pghistory.utils
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="Country",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "iso2",
                    models.CharField(
                        help_text="ISO 3166-1 alpha-2.", max_length=2, unique=True, verbose_name="code"
                    ),
                ),
                ("iso3", models.CharField(max_length=3, unique=True, verbose_name="three-letter code")),
                ("name", models.CharField(help_text="The form in use.", max_length=100, verbose_name="name")),
                (
                    "source_name",
                    models.CharField(
                        help_text="The form of the source documents.",
                        max_length=100,
                        verbose_name="name in the documents",
                    ),
                ),
                (
                    "subregion",
                    models.CharField(
                        choices=[
                            ("western_balkans", "Western Balkans"),
                            ("eastern_europe", "Eastern Europe"),
                            ("south_caucasus", "South Caucasus"),
                            ("central_asia", "Central Asia"),
                            ("turkiye", "Türkiye"),
                            ("israel", "Israel"),
                        ],
                        max_length=20,
                        verbose_name="subregion",
                    ),
                ),
                (
                    "subregion_basis",
                    models.CharField(blank=True, max_length=300, verbose_name="why this subregion"),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("source", models.CharField(max_length=200, verbose_name="source")),
                (
                    "name_2015_2020",
                    models.CharField(
                        blank=True,
                        db_default="",
                        max_length=100,
                        verbose_name="name in the strategy 2015–2020",
                    ),
                ),
                (
                    "name_mi2017",
                    models.CharField(
                        blank=True,
                        db_default="",
                        max_length=100,
                        verbose_name="name in Migration Initiatives 2017",
                    ),
                ),
                (
                    "name_mi2019",
                    models.CharField(
                        blank=True,
                        db_default="",
                        max_length=100,
                        verbose_name="name in Migration Initiatives 2019",
                    ),
                ),
                (
                    "iom_status",
                    models.CharField(
                        choices=[
                            ("member", "Member State"),
                            ("observer", "Observer State"),
                            ("other", "Other"),
                            ("not_stated", "Not stated"),
                        ],
                        db_default="not_stated",
                        max_length=10,
                        verbose_name="status in IOM",
                    ),
                ),
                (
                    "iom_status_note",
                    models.CharField(
                        blank=True, db_default="", max_length=300, verbose_name="note on the status"
                    ),
                ),
                (
                    "gcm_vote",
                    models.CharField(
                        choices=[
                            ("in_favour", "In favour"),
                            ("against", "Against"),
                            ("abstained", "Abstained"),
                            ("not_listed", "Not listed"),
                        ],
                        db_default="not_listed",
                        max_length=10,
                        verbose_name="vote on the Global Compact",
                    ),
                ),
                (
                    "unsdcf",
                    models.CharField(
                        choices=[("listed", "Listed"), ("not_listed", "Not listed")],
                        db_default="not_listed",
                        max_length=10,
                        verbose_name="cooperation framework with the United Nations",
                    ),
                ),
                (
                    "migration_network",
                    models.CharField(
                        choices=[
                            ("established", "Established"),
                            ("preparing", "Being prepared"),
                            ("not_listed", "Not listed"),
                        ],
                        db_default="not_listed",
                        max_length=11,
                        verbose_name="migration network",
                    ),
                ),
                (
                    "coordinates",
                    models.CharField(
                        blank=True,
                        db_default="",
                        help_text="What its office coordinates for.",
                        max_length=100,
                        verbose_name="coordinates for",
                    ),
                ),
                (
                    "eastern_partnership_panel",
                    models.BooleanField(db_default=False, verbose_name="Eastern Partnership panel"),
                ),
                (
                    "western_balkan_initiative",
                    models.BooleanField(db_default=False, verbose_name="Western Balkan initiative"),
                ),
                ("almaty_process", models.BooleanField(db_default=False, verbose_name="Almaty Process")),
                (
                    "in_convention_table",
                    models.BooleanField(
                        db_default=False,
                        help_text="Annex 2 of the strategy.",
                        verbose_name="has a column in the table of conventions",
                    ),
                ),
                (
                    "facts_source",
                    models.CharField(
                        blank=True, db_default="", max_length=500, verbose_name="source of the facts"
                    ),
                ),
                (
                    "facts_note",
                    models.CharField(
                        blank=True, db_default="", max_length=500, verbose_name="note on the facts"
                    ),
                ),
                (
                    "tile_row",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="From 1, north to south.",
                        null=True,
                        verbose_name="row in the tile map",
                    ),
                ),
                (
                    "tile_column",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="From 1, west to east.",
                        null=True,
                        verbose_name="column in the tile map",
                    ),
                ),
            ],
            options={
                "verbose_name": "country or area",
                "verbose_name_plural": "countries and areas",
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("iso2__regex", "^[A-Z]{2}$"), ("iso3__regex", "^[A-Z]{3}$")),
                        name="country_codes_are_capitals",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("tile_column__isnull", True), ("tile_row__isnull", True)),
                            models.Q(("tile_column__gte", 1), ("tile_row__gte", 1)),
                            _connector="OR",
                        ),
                        name="tile_has_row_and_column",
                    ),
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("tile_row", "tile_column"),
                        name="tile_is_of_one_country",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_countryevent" ("almaty_process", "coordinates", "eastern_partnership_panel", "facts_note", "facts_source", "gcm_vote", "id", "in_convention_table", "iom_status", "iom_status_note", "iso2", "iso3", "migration_network", "name", "name_2015_2020", "name_mi2017", "name_mi2019", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "source_name", "subregion", "subregion_basis", "tile_column", "tile_row", "unsdcf", "western_balkan_initiative") SELECT new_values."almaty_process", new_values."coordinates", new_values."eastern_partnership_panel", new_values."facts_note", new_values."facts_source", new_values."gcm_vote", new_values."id", new_values."in_convention_table", new_values."iom_status", new_values."iom_status_note", new_values."iso2", new_values."iso3", new_values."migration_network", new_values."name", new_values."name_2015_2020", new_values."name_mi2017", new_values."name_mi2019", new_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."source", new_values."source_name", new_values."subregion", new_values."subregion_basis", new_values."tile_column", new_values."tile_row", new_values."unsdcf", new_values."western_balkan_initiative" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="95deb197bedf19d9f5fe405006a874e7b119a3c7",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_74288",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="tracker_country",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_countryevent" ("almaty_process", "coordinates", "eastern_partnership_panel", "facts_note", "facts_source", "gcm_vote", "id", "in_convention_table", "iom_status", "iom_status_note", "iso2", "iso3", "migration_network", "name", "name_2015_2020", "name_mi2017", "name_mi2019", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "source_name", "subregion", "subregion_basis", "tile_column", "tile_row", "unsdcf", "western_balkan_initiative") SELECT new_values."almaty_process", new_values."coordinates", new_values."eastern_partnership_panel", new_values."facts_note", new_values."facts_source", new_values."gcm_vote", new_values."id", new_values."in_convention_table", new_values."iom_status", new_values."iom_status_note", new_values."iso2", new_values."iso3", new_values."migration_network", new_values."name", new_values."name_2015_2020", new_values."name_mi2017", new_values."name_mi2019", new_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."source", new_values."source_name", new_values."subregion", new_values."subregion_basis", new_values."tile_column", new_values."tile_row", new_values."unsdcf", new_values."western_balkan_initiative" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="7f689ac9f64769797d86dd62938757f2027eaf4b",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_71ba0",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="tracker_country",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_countryevent" ("almaty_process", "coordinates", "eastern_partnership_panel", "facts_note", "facts_source", "gcm_vote", "id", "in_convention_table", "iom_status", "iom_status_note", "iso2", "iso3", "migration_network", "name", "name_2015_2020", "name_mi2017", "name_mi2019", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "source_name", "subregion", "subregion_basis", "tile_column", "tile_row", "unsdcf", "western_balkan_initiative") SELECT old_values."almaty_process", old_values."coordinates", old_values."eastern_partnership_panel", old_values."facts_note", old_values."facts_source", old_values."gcm_vote", old_values."id", old_values."in_convention_table", old_values."iom_status", old_values."iom_status_note", old_values."iso2", old_values."iso3", old_values."migration_network", old_values."name", old_values."name_2015_2020", old_values."name_mi2017", old_values."name_mi2019", old_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."source", old_values."source_name", old_values."subregion", old_values."subregion_basis", old_values."tile_column", old_values."tile_row", old_values."unsdcf", old_values."western_balkan_initiative" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="74cc56753e456b33c273294dfd313e7fab7dbfd7",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_61e98",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="tracker_country",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CountryEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        related_query_name="+",
                        to="tracker.country",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "iso2",
                    models.CharField(help_text="ISO 3166-1 alpha-2.", max_length=2, verbose_name="code"),
                ),
                ("iso3", models.CharField(max_length=3, verbose_name="three-letter code")),
                ("name", models.CharField(help_text="The form in use.", max_length=100, verbose_name="name")),
                (
                    "source_name",
                    models.CharField(
                        help_text="The form of the source documents.",
                        max_length=100,
                        verbose_name="name in the documents",
                    ),
                ),
                (
                    "subregion",
                    models.CharField(
                        choices=[
                            ("western_balkans", "Western Balkans"),
                            ("eastern_europe", "Eastern Europe"),
                            ("south_caucasus", "South Caucasus"),
                            ("central_asia", "Central Asia"),
                            ("turkiye", "Türkiye"),
                            ("israel", "Israel"),
                        ],
                        max_length=20,
                        verbose_name="subregion",
                    ),
                ),
                (
                    "subregion_basis",
                    models.CharField(blank=True, max_length=300, verbose_name="why this subregion"),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("source", models.CharField(max_length=200, verbose_name="source")),
                (
                    "name_2015_2020",
                    models.CharField(
                        blank=True,
                        db_default="",
                        max_length=100,
                        verbose_name="name in the strategy 2015–2020",
                    ),
                ),
                (
                    "name_mi2017",
                    models.CharField(
                        blank=True,
                        db_default="",
                        max_length=100,
                        verbose_name="name in Migration Initiatives 2017",
                    ),
                ),
                (
                    "name_mi2019",
                    models.CharField(
                        blank=True,
                        db_default="",
                        max_length=100,
                        verbose_name="name in Migration Initiatives 2019",
                    ),
                ),
                (
                    "iom_status",
                    models.CharField(
                        choices=[
                            ("member", "Member State"),
                            ("observer", "Observer State"),
                            ("other", "Other"),
                            ("not_stated", "Not stated"),
                        ],
                        db_default="not_stated",
                        max_length=10,
                        verbose_name="status in IOM",
                    ),
                ),
                (
                    "iom_status_note",
                    models.CharField(
                        blank=True, db_default="", max_length=300, verbose_name="note on the status"
                    ),
                ),
                (
                    "gcm_vote",
                    models.CharField(
                        choices=[
                            ("in_favour", "In favour"),
                            ("against", "Against"),
                            ("abstained", "Abstained"),
                            ("not_listed", "Not listed"),
                        ],
                        db_default="not_listed",
                        max_length=10,
                        verbose_name="vote on the Global Compact",
                    ),
                ),
                (
                    "unsdcf",
                    models.CharField(
                        choices=[("listed", "Listed"), ("not_listed", "Not listed")],
                        db_default="not_listed",
                        max_length=10,
                        verbose_name="cooperation framework with the United Nations",
                    ),
                ),
                (
                    "migration_network",
                    models.CharField(
                        choices=[
                            ("established", "Established"),
                            ("preparing", "Being prepared"),
                            ("not_listed", "Not listed"),
                        ],
                        db_default="not_listed",
                        max_length=11,
                        verbose_name="migration network",
                    ),
                ),
                (
                    "coordinates",
                    models.CharField(
                        blank=True,
                        db_default="",
                        help_text="What its office coordinates for.",
                        max_length=100,
                        verbose_name="coordinates for",
                    ),
                ),
                (
                    "eastern_partnership_panel",
                    models.BooleanField(db_default=False, verbose_name="Eastern Partnership panel"),
                ),
                (
                    "western_balkan_initiative",
                    models.BooleanField(db_default=False, verbose_name="Western Balkan initiative"),
                ),
                ("almaty_process", models.BooleanField(db_default=False, verbose_name="Almaty Process")),
                (
                    "in_convention_table",
                    models.BooleanField(
                        db_default=False,
                        help_text="Annex 2 of the strategy.",
                        verbose_name="has a column in the table of conventions",
                    ),
                ),
                (
                    "facts_source",
                    models.CharField(
                        blank=True, db_default="", max_length=500, verbose_name="source of the facts"
                    ),
                ),
                (
                    "facts_note",
                    models.CharField(
                        blank=True, db_default="", max_length=500, verbose_name="note on the facts"
                    ),
                ),
                (
                    "tile_row",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="From 1, north to south.",
                        null=True,
                        verbose_name="row in the tile map",
                    ),
                ),
                (
                    "tile_column",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="From 1, west to east.",
                        null=True,
                        verbose_name="column in the tile map",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="acc52506bd4d67e0800aba1d1ff545636d1eb4c7",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_5dce9",
                            table="tracker_countryevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Mission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=3, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[("country", "Country mission"), ("regional_office", "Regional Office")],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "country",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mission",
                        to="tracker.country",
                        verbose_name="country",
                    ),
                ),
                (
                    "covered_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="The mission whose people report for this one.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="covers",
                        to="tracker.mission",
                        verbose_name="covered by",
                    ),
                ),
                (
                    "time_zone",
                    models.CharField(
                        help_text="Windows open and close by this clock.",
                        max_length=50,
                        verbose_name="time zone",
                    ),
                ),
                ("source", models.CharField(max_length=200, verbose_name="source")),
            ],
            options={
                "verbose_name": "mission",
                "verbose_name_plural": "missions",
                "ordering": ["kind", "name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("country__isnull", False), ("kind", "country")),
                            models.Q(("country__isnull", True), ("kind", "regional_office")),
                            _connector="OR",
                        ),
                        name="mission_has_a_country_unless_regional",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("covered_by__isnull", True),
                            models.Q(("covered_by", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="mission_is_not_covered_by_itself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^(?!(new|adopt)$)[^/]*[^/.][^/]*$")),
                        name="mission_code_fits_an_address",
                        violation_error_message="A code stands in the address of its page: write it without a slash, not of points alone, and not “new” or “adopt”.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_missionevent" ("code", "country_id", "covered_by_id", "id", "kind", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "time_zone") SELECT new_values."code", new_values."country_id", new_values."covered_by_id", new_values."id", new_values."kind", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."source", new_values."time_zone" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="dc815369fe8ce38c2d70c6ae2d3f07149cafa871",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_223f4",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="tracker_mission",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_missionevent" ("code", "country_id", "covered_by_id", "id", "kind", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "time_zone") SELECT new_values."code", new_values."country_id", new_values."covered_by_id", new_values."id", new_values."kind", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."source", new_values."time_zone" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="324c40e7ec76d51fefd5d5a13ec59230f8cc26ea",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f53b4",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="tracker_mission",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_missionevent" ("code", "country_id", "covered_by_id", "id", "kind", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "time_zone") SELECT old_values."code", old_values."country_id", old_values."covered_by_id", old_values."id", old_values."kind", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."source", old_values."time_zone" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="09aea0bbcadce08f1d0fcb39e5d6c204401088bb",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_c92a8",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="tracker_mission",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MissionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        related_query_name="+",
                        to="tracker.mission",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("code", models.CharField(max_length=3, verbose_name="code")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[("country", "Country mission"), ("regional_office", "Regional Office")],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.country",
                        verbose_name="country",
                    ),
                ),
                (
                    "covered_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        help_text="The mission whose people report for this one.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.mission",
                        verbose_name="covered by",
                    ),
                ),
                (
                    "time_zone",
                    models.CharField(
                        help_text="Windows open and close by this clock.",
                        max_length=50,
                        verbose_name="time zone",
                    ),
                ),
                ("source", models.CharField(max_length=200, verbose_name="source")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="9bc183f4ed5a9a420348acc182e67010c1baefc9",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_4d149",
                            table="tracker_missionevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Office",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=30, unique=True, verbose_name="code")),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offices",
                        to="tracker.country",
                        verbose_name="country",
                    ),
                ),
                (
                    "city",
                    models.CharField(
                        blank=True,
                        help_text="The form in use; empty where none is printed.",
                        max_length=100,
                        verbose_name="city",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("main", "Main office"),
                            ("regional", "Regional Office"),
                            ("sub", "Sub-office"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "mission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offices",
                        to="tracker.mission",
                        verbose_name="mission",
                    ),
                ),
                (
                    "city_as_printed",
                    models.CharField(
                        blank=True,
                        help_text="Where the source has another form.",
                        max_length=100,
                        verbose_name="city as printed",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("source", models.CharField(max_length=300, verbose_name="source")),
            ],
            options={
                "verbose_name": "office",
                "verbose_name_plural": "offices",
                "ordering": ["country__name", "kind", "city", "code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind", "regional"), ("country__isnull", False), _connector="OR"),
                        name="office_has_a_country_unless_regional",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "main")),
                        fields=("country",),
                        name="one_main_office_in_a_country",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_officeevent" ("city", "city_as_printed", "code", "country_id", "id", "kind", "mission_id", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") SELECT new_values."city", new_values."city_as_printed", new_values."code", new_values."country_id", new_values."id", new_values."kind", new_values."mission_id", new_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."source" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="8a3ebfa9437fdf549935800db68f0264a21550d1",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_fd943",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="tracker_office",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_officeevent" ("city", "city_as_printed", "code", "country_id", "id", "kind", "mission_id", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") SELECT new_values."city", new_values."city_as_printed", new_values."code", new_values."country_id", new_values."id", new_values."kind", new_values."mission_id", new_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."source" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="b143ad9a19a573d718d679ac98478f5475623543",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b5855",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="tracker_office",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_officeevent" ("city", "city_as_printed", "code", "country_id", "id", "kind", "mission_id", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") SELECT old_values."city", old_values."city_as_printed", old_values."code", old_values."country_id", old_values."id", old_values."kind", old_values."mission_id", old_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."source" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="5308803530e6eb48c0688bb918a0de3381c738e3",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_adb5b",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="tracker_office",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OfficeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        related_query_name="+",
                        to="tracker.office",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("code", models.CharField(max_length=30, verbose_name="code")),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.country",
                        verbose_name="country",
                    ),
                ),
                (
                    "city",
                    models.CharField(
                        blank=True,
                        help_text="The form in use; empty where none is printed.",
                        max_length=100,
                        verbose_name="city",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("main", "Main office"),
                            ("regional", "Regional Office"),
                            ("sub", "Sub-office"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "mission",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.mission",
                        verbose_name="mission",
                    ),
                ),
                (
                    "city_as_printed",
                    models.CharField(
                        blank=True,
                        help_text="Where the source has another form.",
                        max_length=100,
                        verbose_name="city as printed",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("source", models.CharField(max_length=300, verbose_name="source")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="602afba308408d06ebc58c8f274fd81b4d4cb412",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_ea1b3",
                            table="tracker_officeevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Convention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=30, unique=True, verbose_name="code")),
                ("year", models.PositiveSmallIntegerField(help_text="As printed.", verbose_name="year")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("source", models.CharField(max_length=300, verbose_name="source")),
                ("order", models.PositiveIntegerField(default=0, verbose_name="order")),
            ],
            options={
                "verbose_name": "convention",
                "verbose_name_plural": "conventions",
                "ordering": ["order", "code"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_conventionevent" ("code", "id", "note", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "title", "year") SELECT new_values."code", new_values."id", new_values."note", new_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."source", new_values."title", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="415860f7c064c808c2e138e78b1ec863c8507c11",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_7b6da",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="tracker_convention",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_conventionevent" ("code", "id", "note", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "title", "year") SELECT new_values."code", new_values."id", new_values."note", new_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."source", new_values."title", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="fb64a6abb1b998c95123b4667b61ddc0a7911af7",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_8f4a4",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="tracker_convention",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_conventionevent" ("code", "id", "note", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "title", "year") SELECT old_values."code", old_values."id", old_values."note", old_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."source", old_values."title", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="8bc76a8c26388ac0d59add566edf11f7982111a9",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_ce525",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="tracker_convention",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConventionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        related_query_name="+",
                        to="tracker.convention",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("code", models.CharField(max_length=30, verbose_name="code")),
                ("year", models.PositiveSmallIntegerField(help_text="As printed.", verbose_name="year")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("source", models.CharField(max_length=300, verbose_name="source")),
                ("order", models.PositiveIntegerField(default=0, verbose_name="order")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="2aa1cad8ce634516b9a313564d414285c7e0f348",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_a6e89",
                            table="tracker_conventionevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Ratification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "convention",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ratifications",
                        to="tracker.convention",
                        verbose_name="convention",
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ratifications",
                        to="tracker.country",
                        verbose_name="country",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("ratified", "Ratified"),
                            ("signed", "Signed, not ratified"),
                            ("not_ratified", "Not ratified"),
                        ],
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                (
                    "date",
                    models.DateField(
                        blank=True,
                        help_text="Of the ratification or signature.",
                        null=True,
                        verbose_name="date",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("source", models.CharField(max_length=300, verbose_name="source")),
            ],
            options={
                "verbose_name": "ratification",
                "verbose_name_plural": "ratifications",
                "ordering": ["convention__order", "country__name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("convention", "country"), name="ratification_is_recorded_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "not_ratified"), _negated=True),
                            ("date__isnull", True),
                            _connector="OR",
                        ),
                        name="not_ratified_has_no_date",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_ratificationevent" ("convention_id", "country_id", "date", "id", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "status") SELECT new_values."convention_id", new_values."country_id", new_values."date", new_values."id", new_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."source", new_values."status" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="5381a53a918c188affc9748353cf9cc6f711f15e",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_7d731",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="tracker_ratification",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_ratificationevent" ("convention_id", "country_id", "date", "id", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "status") SELECT new_values."convention_id", new_values."country_id", new_values."date", new_values."id", new_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."source", new_values."status" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="ed584f19959564aa9a171bb13b50d84faaf9fe6f",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_9f669",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="tracker_ratification",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_ratificationevent" ("convention_id", "country_id", "date", "id", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "status") SELECT old_values."convention_id", old_values."country_id", old_values."date", old_values."id", old_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."source", old_values."status" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="bcd1344c6ab4c1d6185cb555f6cfb751eb200139",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_98df3",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="tracker_ratification",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RatificationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        related_query_name="+",
                        to="tracker.ratification",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "convention",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.convention",
                        verbose_name="convention",
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.country",
                        verbose_name="country",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("ratified", "Ratified"),
                            ("signed", "Signed, not ratified"),
                            ("not_ratified", "Not ratified"),
                        ],
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                (
                    "date",
                    models.DateField(
                        blank=True,
                        help_text="Of the ratification or signature.",
                        null=True,
                        verbose_name="date",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("source", models.CharField(max_length=300, verbose_name="source")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="bc2d4fd0bc1b4e23f4b777452799039deb903537",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_a9c58",
                            table="tracker_ratificationevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="KeyFigure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=30, unique=True, verbose_name="code")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "value",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=24, null=True, verbose_name="value"
                    ),
                ),
                (
                    "value_text",
                    models.CharField(
                        blank=True,
                        help_text="Where the source has words.",
                        max_length=100,
                        verbose_name="value in words",
                    ),
                ),
                ("unit", models.CharField(max_length=100, verbose_name="unit")),
                (
                    "qualifier",
                    models.CharField(
                        blank=True,
                        help_text="Over, nearly, about; counted or derived by us.",
                        max_length=30,
                        verbose_name="hedge",
                    ),
                ),
                ("geography", models.CharField(max_length=200, verbose_name="where")),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="key_figures",
                        to="tracker.country",
                        verbose_name="country",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year")),
                (
                    "year_text",
                    models.CharField(
                        blank=True,
                        help_text="Where a year says too much or too little.",
                        max_length=50,
                        verbose_name="year in words",
                    ),
                ),
                ("document", models.CharField(max_length=100, verbose_name="document")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                (
                    "doubt",
                    models.CharField(
                        blank=True,
                        help_text="Why to be careful with it.",
                        max_length=300,
                        verbose_name="doubt",
                    ),
                ),
                ("source", models.CharField(max_length=300, verbose_name="source")),
                ("order", models.PositiveIntegerField(default=0, verbose_name="order")),
            ],
            options={
                "verbose_name": "key figure",
                "verbose_name_plural": "key figures",
                "ordering": ["order", "code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("value__isnull", False), ("value_text", "")),
                            models.Q(("value__isnull", True), models.Q(("value_text", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="key_figure_has_a_value_or_words",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_keyfigureevent" ("code", "country_id", "document", "doubt", "geography", "id", "note", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "qualifier", "source", "title", "unit", "value", "value_text", "year", "year_text") SELECT new_values."code", new_values."country_id", new_values."document", new_values."doubt", new_values."geography", new_values."id", new_values."note", new_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."qualifier", new_values."source", new_values."title", new_values."unit", new_values."value", new_values."value_text", new_values."year", new_values."year_text" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="12c6442f0db749524182d1c8cef01077b2e6d6f5",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_0f66f",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="tracker_keyfigure",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_keyfigureevent" ("code", "country_id", "document", "doubt", "geography", "id", "note", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "qualifier", "source", "title", "unit", "value", "value_text", "year", "year_text") SELECT new_values."code", new_values."country_id", new_values."document", new_values."doubt", new_values."geography", new_values."id", new_values."note", new_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."qualifier", new_values."source", new_values."title", new_values."unit", new_values."value", new_values."value_text", new_values."year", new_values."year_text" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="e07c4a7425bca21e5c52d91149fb5b370f879932",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ab0ef",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="tracker_keyfigure",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_keyfigureevent" ("code", "country_id", "document", "doubt", "geography", "id", "note", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "qualifier", "source", "title", "unit", "value", "value_text", "year", "year_text") SELECT old_values."code", old_values."country_id", old_values."document", old_values."doubt", old_values."geography", old_values."id", old_values."note", old_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."qualifier", old_values."source", old_values."title", old_values."unit", old_values."value", old_values."value_text", old_values."year", old_values."year_text" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="abe425e17082a8ac30dd4d29e2ed39e567e8e40b",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_ed4b7",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="tracker_keyfigure",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="KeyFigureEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        related_query_name="+",
                        to="tracker.keyfigure",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("code", models.CharField(max_length=30, verbose_name="code")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "value",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=24, null=True, verbose_name="value"
                    ),
                ),
                (
                    "value_text",
                    models.CharField(
                        blank=True,
                        help_text="Where the source has words.",
                        max_length=100,
                        verbose_name="value in words",
                    ),
                ),
                ("unit", models.CharField(max_length=100, verbose_name="unit")),
                (
                    "qualifier",
                    models.CharField(
                        blank=True,
                        help_text="Over, nearly, about; counted or derived by us.",
                        max_length=30,
                        verbose_name="hedge",
                    ),
                ),
                ("geography", models.CharField(max_length=200, verbose_name="where")),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.country",
                        verbose_name="country",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year")),
                (
                    "year_text",
                    models.CharField(
                        blank=True,
                        help_text="Where a year says too much or too little.",
                        max_length=50,
                        verbose_name="year in words",
                    ),
                ),
                ("document", models.CharField(max_length=100, verbose_name="document")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                (
                    "doubt",
                    models.CharField(
                        blank=True,
                        help_text="Why to be careful with it.",
                        max_length=300,
                        verbose_name="doubt",
                    ),
                ),
                ("source", models.CharField(max_length=300, verbose_name="source")),
                ("order", models.PositiveIntegerField(default=0, verbose_name="order")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="3babfb049522a209e27ce44038b51f7323d7a5ff",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_b0b4f",
                            table="tracker_keyfigureevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="e-mail address")),
                ("name", models.CharField(blank=True, max_length=150, verbose_name="name")),
                ("is_active", models.BooleanField(default=True, verbose_name="may sign in")),
                ("date_joined", models.DateTimeField(auto_now_add=True, verbose_name="since")),
            ],
            options={
                "verbose_name": "person",
                "verbose_name_plural": "people",
                "ordering": ["name", "email"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("email", django.db.models.functions.text.Lower("email"))),
                        name="address_is_kept_in_lower_case",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_userevent" ("date_joined", "email", "id", "is_active", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."date_joined", new_values."email", new_values."id", new_values."is_active", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="d9da5e9c2f75063f20d10ac3c6f3c504a1e68ed2",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_fa72b",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="tracker_user",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_userevent" ("date_joined", "email", "id", "is_active", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."date_joined", new_values."email", new_values."id", new_values."is_active", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."date_joined" IS DISTINCT FROM (new_values."date_joined") OR old_values."email" IS DISTINCT FROM (new_values."email") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_active" IS DISTINCT FROM (new_values."is_active") OR old_values."name" IS DISTINCT FROM (new_values."name")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="6918c098a76af82d0e3b663c099cb7d14f0ac2f8",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_7e73c",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="tracker_user",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_userevent" ("date_joined", "email", "id", "is_active", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."date_joined", old_values."email", old_values."id", old_values."is_active", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="f25165cdc4a7f11f2c8432955812e1c68295ef76",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_d4264",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="tracker_user",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UserEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                ("name", models.CharField(blank=True, max_length=150, verbose_name="name")),
                ("is_active", models.BooleanField(default=True, verbose_name="may sign in")),
                ("date_joined", models.DateTimeField(auto_now_add=True, verbose_name="since")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="7545575bc92cb6f7a67350ba8def2b15d6756941",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_94ab2",
                            table="tracker_userevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("reporter", "Reporter"),
                            ("lead", "Lead reporter"),
                            ("officer", "M&E officer"),
                            ("head", "Head of M&E"),
                            ("administrator", "Administrator"),
                            ("viewer", "Viewer"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                (
                    "mission",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="tracker.mission",
                        verbose_name="mission",
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="to")),
                (
                    "stand_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stands_in_for",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="stand-in",
                    ),
                ),
                ("stand_in_from", models.DateField(blank=True, null=True, verbose_name="stand-in from")),
                ("stand_in_to", models.DateField(blank=True, null=True, verbose_name="stand-in to")),
            ],
            options={
                "verbose_name": "membership",
                "verbose_name_plural": "memberships",
                "ordering": ["user", "role", "mission"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("mission__isnull", False), ("role__in", ("reporter", "lead"))),
                            models.Q(
                                models.Q(("role__in", ("reporter", "lead")), _negated=True),
                                ("mission__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="mission_roles_name_a_mission",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="membership_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("stand_in__isnull", True),
                                ("stand_in_from__isnull", True),
                                ("stand_in_to__isnull", True),
                            ),
                            models.Q(
                                ("stand_in__isnull", False),
                                ("stand_in_from__isnull", False),
                                ("stand_in_to__gte", models.F("stand_in_from")),
                            ),
                            _connector="OR",
                        ),
                        name="stand_in_has_dates",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on__isnull", True)),
                        fields=("user", "role", "mission"),
                        name="one_open_membership_per_role",
                        nulls_distinct=False,
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_membershipevent" ("ends_on", "id", "mission_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "stand_in_from", "stand_in_id", "stand_in_to", "starts_on", "user_id") SELECT new_values."ends_on", new_values."id", new_values."mission_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."role", new_values."stand_in_from", new_values."stand_in_id", new_values."stand_in_to", new_values."starts_on", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="0b6001b57ec30cf749ca69c0c913081a4367bdab",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c22c6",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="tracker_membership",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_membershipevent" ("ends_on", "id", "mission_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "stand_in_from", "stand_in_id", "stand_in_to", "starts_on", "user_id") SELECT new_values."ends_on", new_values."id", new_values."mission_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."role", new_values."stand_in_from", new_values."stand_in_id", new_values."stand_in_to", new_values."starts_on", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="c9a72f9e65cd10ff6212a83a82dcd0ea6c62c812",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_6d126",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="tracker_membership",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_membershipevent" ("ends_on", "id", "mission_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "stand_in_from", "stand_in_id", "stand_in_to", "starts_on", "user_id") SELECT old_values."ends_on", old_values."id", old_values."mission_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."role", old_values."stand_in_from", old_values."stand_in_id", old_values."stand_in_to", old_values."starts_on", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="fef5b4b919d265aed22ca9e2ac4b3bdb69fadb36",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_dd317",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="tracker_membership",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MembershipEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        related_query_name="+",
                        to="tracker.membership",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("reporter", "Reporter"),
                            ("lead", "Lead reporter"),
                            ("officer", "M&E officer"),
                            ("head", "Head of M&E"),
                            ("administrator", "Administrator"),
                            ("viewer", "Viewer"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                (
                    "mission",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.mission",
                        verbose_name="mission",
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="to")),
                (
                    "stand_in",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="stand-in",
                    ),
                ),
                ("stand_in_from", models.DateField(blank=True, null=True, verbose_name="stand-in from")),
                ("stand_in_to", models.DateField(blank=True, null=True, verbose_name="stand-in to")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="ec66ce36cc6c7a7f6578cb68fee789458ce180b5",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_53f1a",
                            table="tracker_membershipevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Strategy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=30, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("starts_on", models.DateField(verbose_name="first day")),
                ("ends_on", models.DateField(verbose_name="last day")),
                (
                    "is_current",
                    models.BooleanField(
                        default=False,
                        help_text="The one that pages and workbooks mean.",
                        verbose_name="current",
                    ),
                ),
                (
                    "on_track_from",
                    models.DecimalField(
                        decimal_places=4,
                        default="0.85",
                        help_text="Pace at or above this is on track.",
                        max_digits=5,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="on track from pace",
                    ),
                ),
                (
                    "at_risk_from",
                    models.DecimalField(
                        decimal_places=4,
                        default="0.60",
                        help_text="Pace at or above this is at risk.",
                        max_digits=5,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="at risk from pace",
                    ),
                ),
                (
                    "maintain_tolerance",
                    models.DecimalField(
                        decimal_places=4,
                        default="0.05",
                        help_text="How far below its baseline a maintained level may lie.",
                        max_digits=5,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="tolerance of maintain",
                    ),
                ),
                (
                    "early_share",
                    models.DecimalField(
                        decimal_places=4,
                        default="0.10",
                        help_text="Share of the whole way that must be expected before pace is judged.",
                        max_digits=5,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="too early below",
                    ),
                ),
                (
                    "stale_due_periods",
                    models.PositiveSmallIntegerField(
                        default=2,
                        help_text="A level older than this many is no data.",
                        verbose_name="stale after due periods",
                    ),
                ),
                (
                    "half_share",
                    models.DecimalField(
                        decimal_places=4,
                        default="0.5",
                        help_text="Below this share with data the region is not compared.",
                        max_digits=5,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="share of missions needed",
                    ),
                ),
                (
                    "small_cell_below",
                    models.PositiveSmallIntegerField(
                        default=11,
                        help_text="For sensitive indicators, in what leaves.",
                        verbose_name="suppress cells below",
                    ),
                ),
                ("lead_submits", models.BooleanField(default=False, verbose_name="only leads submit")),
                (
                    "holds_demonstration",
                    models.BooleanField(
                        default=False,
                        help_text="Every page says so.",
                        verbose_name="holds demonstration data",
                    ),
                ),
                ("source", models.CharField(max_length=200, verbose_name="source")),
            ],
            options={
                "verbose_name": "strategy",
                "verbose_name_plural": "strategies",
                "ordering": ["-starts_on"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_current", True)),
                        fields=("is_current",),
                        name="one_current_strategy",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("starts_on"))),
                        name="strategy_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("on_track_from__gte", models.F("at_risk_from"))),
                        name="on_track_is_not_below_at_risk",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_strategyevent" ("at_risk_from", "code", "early_share", "ends_on", "half_share", "holds_demonstration", "id", "is_current", "lead_submits", "maintain_tolerance", "name", "on_track_from", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "small_cell_below", "source", "stale_due_periods", "starts_on") SELECT new_values."at_risk_from", new_values."code", new_values."early_share", new_values."ends_on", new_values."half_share", new_values."holds_demonstration", new_values."id", new_values."is_current", new_values."lead_submits", new_values."maintain_tolerance", new_values."name", new_values."on_track_from", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."small_cell_below", new_values."source", new_values."stale_due_periods", new_values."starts_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="e3147a04bfce16bd0ca1e18b50e3c95a2d76857f",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_974d7",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="tracker_strategy",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_strategyevent" ("at_risk_from", "code", "early_share", "ends_on", "half_share", "holds_demonstration", "id", "is_current", "lead_submits", "maintain_tolerance", "name", "on_track_from", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "small_cell_below", "source", "stale_due_periods", "starts_on") SELECT new_values."at_risk_from", new_values."code", new_values."early_share", new_values."ends_on", new_values."half_share", new_values."holds_demonstration", new_values."id", new_values."is_current", new_values."lead_submits", new_values."maintain_tolerance", new_values."name", new_values."on_track_from", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."small_cell_below", new_values."source", new_values."stale_due_periods", new_values."starts_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="715b1e3adb05870effa0eb8ee085a54356cdbfe9",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_429d3",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="tracker_strategy",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_strategyevent" ("at_risk_from", "code", "early_share", "ends_on", "half_share", "holds_demonstration", "id", "is_current", "lead_submits", "maintain_tolerance", "name", "on_track_from", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "small_cell_below", "source", "stale_due_periods", "starts_on") SELECT old_values."at_risk_from", old_values."code", old_values."early_share", old_values."ends_on", old_values."half_share", old_values."holds_demonstration", old_values."id", old_values."is_current", old_values."lead_submits", old_values."maintain_tolerance", old_values."name", old_values."on_track_from", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."small_cell_below", old_values."source", old_values."stale_due_periods", old_values."starts_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="fe4074b410184bd74b03125c4432772ddb6ec28b",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_69b1c",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="tracker_strategy",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StrategyEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        related_query_name="+",
                        to="tracker.strategy",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("code", models.CharField(max_length=30, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("starts_on", models.DateField(verbose_name="first day")),
                ("ends_on", models.DateField(verbose_name="last day")),
                (
                    "is_current",
                    models.BooleanField(
                        default=False,
                        help_text="The one that pages and workbooks mean.",
                        verbose_name="current",
                    ),
                ),
                (
                    "on_track_from",
                    models.DecimalField(
                        decimal_places=4,
                        default="0.85",
                        help_text="Pace at or above this is on track.",
                        max_digits=5,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="on track from pace",
                    ),
                ),
                (
                    "at_risk_from",
                    models.DecimalField(
                        decimal_places=4,
                        default="0.60",
                        help_text="Pace at or above this is at risk.",
                        max_digits=5,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="at risk from pace",
                    ),
                ),
                (
                    "maintain_tolerance",
                    models.DecimalField(
                        decimal_places=4,
                        default="0.05",
                        help_text="How far below its baseline a maintained level may lie.",
                        max_digits=5,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="tolerance of maintain",
                    ),
                ),
                (
                    "early_share",
                    models.DecimalField(
                        decimal_places=4,
                        default="0.10",
                        help_text="Share of the whole way that must be expected before pace is judged.",
                        max_digits=5,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="too early below",
                    ),
                ),
                (
                    "stale_due_periods",
                    models.PositiveSmallIntegerField(
                        default=2,
                        help_text="A level older than this many is no data.",
                        verbose_name="stale after due periods",
                    ),
                ),
                (
                    "half_share",
                    models.DecimalField(
                        decimal_places=4,
                        default="0.5",
                        help_text="Below this share with data the region is not compared.",
                        max_digits=5,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="share of missions needed",
                    ),
                ),
                (
                    "small_cell_below",
                    models.PositiveSmallIntegerField(
                        default=11,
                        help_text="For sensitive indicators, in what leaves.",
                        verbose_name="suppress cells below",
                    ),
                ),
                ("lead_submits", models.BooleanField(default=False, verbose_name="only leads submit")),
                (
                    "holds_demonstration",
                    models.BooleanField(
                        default=False,
                        help_text="Every page says so.",
                        verbose_name="holds demonstration data",
                    ),
                ),
                ("source", models.CharField(max_length=200, verbose_name="source")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="0c9a774bc0b97bc87e98d3c4129cfe7e9c26ab60",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_93c81",
                            table="tracker_strategyevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Pillar",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "strategy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="tracker.strategy",
                        verbose_name="strategy",
                    ),
                ),
                ("code", models.CharField(max_length=30, verbose_name="code")),
                ("order", models.PositiveIntegerField(default=0, verbose_name="order")),
                (
                    "source",
                    models.CharField(
                        blank=True, help_text="Document and place.", max_length=300, verbose_name="source"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="name")),
            ],
            options={
                "verbose_name": "pillar",
                "verbose_name_plural": "pillars",
                "ordering": ["order"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("strategy", "code"), name="pillar_code_is_unique"),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^(?!(new|adopt)$)[^/]*[^/.][^/]*$")),
                        name="pillar_code_fits_an_address",
                        violation_error_message="A code stands in the address of its page: write it without a slash, not of points alone, and not “new” or “adopt”.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_pillarevent" ("code", "id", "name", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "strategy_id") SELECT new_values."code", new_values."id", new_values."name", new_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."source", new_values."strategy_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="b2001c6fa151e9cb78c9a77ab36a716133b89871",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c3a6d",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="tracker_pillar",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_pillarevent" ("code", "id", "name", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "strategy_id") SELECT new_values."code", new_values."id", new_values."name", new_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."source", new_values."strategy_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="487675e9302d1f68d7d62bf02830fa2976f0763c",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_0a9b6",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="tracker_pillar",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_pillarevent" ("code", "id", "name", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "strategy_id") SELECT old_values."code", old_values."id", old_values."name", old_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."source", old_values."strategy_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="850afb8be53b7634d9f828392067f5eaf452c6bf",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b6daa",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="tracker_pillar",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PillarEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        related_query_name="+",
                        to="tracker.pillar",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "strategy",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.strategy",
                        verbose_name="strategy",
                    ),
                ),
                ("code", models.CharField(max_length=30, verbose_name="code")),
                ("order", models.PositiveIntegerField(default=0, verbose_name="order")),
                (
                    "source",
                    models.CharField(
                        blank=True, help_text="Document and place.", max_length=300, verbose_name="source"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="name")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="49b7402d0a89f7836dd33dfd0f67230eccfbdc48",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_f3539",
                            table="tracker_pillarevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StrategicPriority",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "strategy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="tracker.strategy",
                        verbose_name="strategy",
                    ),
                ),
                ("code", models.CharField(max_length=30, verbose_name="code")),
                ("order", models.PositiveIntegerField(default=0, verbose_name="order")),
                (
                    "source",
                    models.CharField(
                        blank=True, help_text="Document and place.", max_length=300, verbose_name="source"
                    ),
                ),
                (
                    "pillar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="priorities",
                        to="tracker.pillar",
                        verbose_name="pillar",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("strategic_priority", "Strategic priority"),
                            ("institutional_area", "Area of institutional development"),
                            ("cross_cutting", "Cross-cutting commitments"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("summary", models.TextField(blank=True, verbose_name="summary")),
            ],
            options={
                "verbose_name": "strategic priority",
                "verbose_name_plural": "strategic priorities",
                "ordering": ["order"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("strategy", "code"), name="strategicpriority_code_is_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^(?!(new|adopt)$)[^/]*[^/.][^/]*$")),
                        name="strategicpriority_code_fits_an_address",
                        violation_error_message="A code stands in the address of its page: write it without a slash, not of points alone, and not “new” or “adopt”.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_strategicpriorityevent" ("code", "id", "kind", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pillar_id", "source", "strategy_id", "summary", "title") SELECT new_values."code", new_values."id", new_values."kind", new_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."pillar_id", new_values."source", new_values."strategy_id", new_values."summary", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="11282bffdc42962175b4365a311e34c76bb06433",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_66c68",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="tracker_strategicpriority",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_strategicpriorityevent" ("code", "id", "kind", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pillar_id", "source", "strategy_id", "summary", "title") SELECT new_values."code", new_values."id", new_values."kind", new_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."pillar_id", new_values."source", new_values."strategy_id", new_values."summary", new_values."title" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="d7d7eb49d12d90833028a7dbfc178faf43d5b148",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_39cd9",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="tracker_strategicpriority",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_strategicpriorityevent" ("code", "id", "kind", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pillar_id", "source", "strategy_id", "summary", "title") SELECT old_values."code", old_values."id", old_values."kind", old_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."pillar_id", old_values."source", old_values."strategy_id", old_values."summary", old_values."title" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="5207dfe89aa9cc4549e28e0477e91a65147dfb63",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_4daa0",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="tracker_strategicpriority",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StrategicPriorityEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        related_query_name="+",
                        to="tracker.strategicpriority",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "strategy",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.strategy",
                        verbose_name="strategy",
                    ),
                ),
                ("code", models.CharField(max_length=30, verbose_name="code")),
                ("order", models.PositiveIntegerField(default=0, verbose_name="order")),
                (
                    "source",
                    models.CharField(
                        blank=True, help_text="Document and place.", max_length=300, verbose_name="source"
                    ),
                ),
                (
                    "pillar",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.pillar",
                        verbose_name="pillar",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("strategic_priority", "Strategic priority"),
                            ("institutional_area", "Area of institutional development"),
                            ("cross_cutting", "Cross-cutting commitments"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("summary", models.TextField(blank=True, verbose_name="summary")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="e70f3f351c8e0f448c2318d95293d436c3d26f12",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_7be43",
                            table="tracker_strategicpriorityevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Objective",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "strategy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="tracker.strategy",
                        verbose_name="strategy",
                    ),
                ),
                ("code", models.CharField(max_length=30, verbose_name="code")),
                ("order", models.PositiveIntegerField(default=0, verbose_name="order")),
                (
                    "source",
                    models.CharField(
                        blank=True, help_text="Document and place.", max_length=300, verbose_name="source"
                    ),
                ),
                (
                    "priority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objectives",
                        to="tracker.strategicpriority",
                        verbose_name="priority",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                ("summary", models.TextField(blank=True, verbose_name="summary")),
            ],
            options={
                "verbose_name": "objective",
                "verbose_name_plural": "objectives",
                "ordering": ["priority__order", "order"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("strategy", "code"), name="objective_code_is_unique"),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^(?!(new|adopt)$)[^/]*[^/.][^/]*$")),
                        name="objective_code_fits_an_address",
                        violation_error_message="A code stands in the address of its page: write it without a slash, not of points alone, and not “new” or “adopt”.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_objectiveevent" ("code", "id", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority_id", "source", "strategy_id", "summary", "title") SELECT new_values."code", new_values."id", new_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."priority_id", new_values."source", new_values."strategy_id", new_values."summary", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="9c59b3af643d01a84450889cb8df867685436319",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_6a649",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="tracker_objective",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_objectiveevent" ("code", "id", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority_id", "source", "strategy_id", "summary", "title") SELECT new_values."code", new_values."id", new_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."priority_id", new_values."source", new_values."strategy_id", new_values."summary", new_values."title" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="23eadd4fa367316550589bb786dffbdbe98b5eb1",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_dd919",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="tracker_objective",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_objectiveevent" ("code", "id", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority_id", "source", "strategy_id", "summary", "title") SELECT old_values."code", old_values."id", old_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."priority_id", old_values."source", old_values."strategy_id", old_values."summary", old_values."title" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="6c8688553d7e9f5c6065b93ab408ad20ac49a532",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_2c7be",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="tracker_objective",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ObjectiveEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        related_query_name="+",
                        to="tracker.objective",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "strategy",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.strategy",
                        verbose_name="strategy",
                    ),
                ),
                ("code", models.CharField(max_length=30, verbose_name="code")),
                ("order", models.PositiveIntegerField(default=0, verbose_name="order")),
                (
                    "source",
                    models.CharField(
                        blank=True, help_text="Document and place.", max_length=300, verbose_name="source"
                    ),
                ),
                (
                    "priority",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.strategicpriority",
                        verbose_name="priority",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                ("summary", models.TextField(blank=True, verbose_name="summary")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="b1b5a38879bf2ccaf4f4aa946033b08c0ca1e175",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_50dda",
                            table="tracker_objectiveevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Breakdown",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "strategy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="breakdowns",
                        to="tracker.strategy",
                        verbose_name="strategy",
                    ),
                ),
                ("code", models.CharField(max_length=50, verbose_name="code")),
                ("name", models.CharField(max_length=150, verbose_name="name")),
                (
                    "exclusive",
                    models.BooleanField(
                        default=True,
                        help_text="A person is in one cell only, so cells add up.",
                        verbose_name="exclusive",
                    ),
                ),
            ],
            options={
                "verbose_name": "breakdown",
                "verbose_name_plural": "breakdowns",
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(fields=("strategy", "code"), name="breakdown_code_is_unique")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="adding_up_stands_once_used",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."exclusive" IS DISTINCT FROM (NEW."exclusive") OR OLD."strategy_id" IS DISTINCT FROM (NEW."strategy_id"))',
                            func="\n                    IF EXISTS (SELECT 1 FROM tracker_cell c JOIN tracker_cellvalue v ON v.cell_id = c.id\n                               WHERE c.breakdown_id = OLD.id) THEN\n                        RAISE EXCEPTION 'results were broken down by %: how its cells add up stands', OLD.code\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'adding_up_stands_once_used';\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="19378b4f9f3728b24db48e1f3dc37a4b3fdbaa46",
                            operation="UPDATE",
                            pgid="pgtrigger_adding_up_stands_once_used_4891b",
                            table="tracker_breakdown",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_breakdownevent" ("code", "exclusive", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "strategy_id") SELECT new_values."code", new_values."exclusive", new_values."id", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."strategy_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="ca8fbe8dd69fd1ffc2402b1d60eb82af85dda0f3",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c09f3",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="tracker_breakdown",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_breakdownevent" ("code", "exclusive", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "strategy_id") SELECT new_values."code", new_values."exclusive", new_values."id", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."strategy_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="e62711f935284fc3b41b752a1a982682f94c7acf",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b35ec",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="tracker_breakdown",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_breakdownevent" ("code", "exclusive", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "strategy_id") SELECT old_values."code", old_values."exclusive", old_values."id", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."strategy_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="9e5967f6de0b0f893a6249d966199feead84ee76",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_4e60b",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="tracker_breakdown",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BreakdownEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        related_query_name="+",
                        to="tracker.breakdown",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "strategy",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.strategy",
                        verbose_name="strategy",
                    ),
                ),
                ("code", models.CharField(max_length=50, verbose_name="code")),
                ("name", models.CharField(max_length=150, verbose_name="name")),
                (
                    "exclusive",
                    models.BooleanField(
                        default=True,
                        help_text="A person is in one cell only, so cells add up.",
                        verbose_name="exclusive",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="1315eb9a49b1dc4f68bc3f42c17e8efdeb6ab81d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_31cbb",
                            table="tracker_breakdownevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Cell",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "breakdown",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cells",
                        to="tracker.breakdown",
                        verbose_name="breakdown",
                    ),
                ),
                ("code", models.CharField(max_length=50, verbose_name="code")),
                ("name", models.CharField(max_length=150, verbose_name="name")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
            ],
            options={
                "verbose_name": "cell",
                "verbose_name_plural": "cells",
                "ordering": ["breakdown", "order"],
                "constraints": [
                    models.UniqueConstraint(fields=("breakdown", "code"), name="cell_code_is_unique")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="cell_stands_once_used",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."breakdown_id" IS DISTINCT FROM (NEW."breakdown_id") OR OLD."code" IS DISTINCT FROM (NEW."code"))',
                            func="\n                    IF EXISTS (SELECT 1 FROM tracker_cellvalue v WHERE v.cell_id = OLD.id) THEN\n                        RAISE EXCEPTION 'results hold figures for cell %: its code and breakdown stand', OLD.code\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'cell_stands_once_used';\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="c2aaaa1ba2ca969a697b430fc60217a98bf27016",
                            operation="UPDATE",
                            pgid="pgtrigger_cell_stands_once_used_846b0",
                            table="tracker_cell",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_cellevent" ("breakdown_id", "code", "id", "name", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."breakdown_id", new_values."code", new_values."id", new_values."name", new_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="4e3936ffa14ed320886c40ffa3189a208ba42f6e",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_61b44",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="tracker_cell",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_cellevent" ("breakdown_id", "code", "id", "name", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."breakdown_id", new_values."code", new_values."id", new_values."name", new_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="466361a939a3a665a827fca96c6feae893ebe193",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_58c8a",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="tracker_cell",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_cellevent" ("breakdown_id", "code", "id", "name", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."breakdown_id", old_values."code", old_values."id", old_values."name", old_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="9fcc82eff85cc42ea5875146f445a9008eae6af6",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_42764",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="tracker_cell",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CellEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        related_query_name="+",
                        to="tracker.cell",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "breakdown",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.breakdown",
                        verbose_name="breakdown",
                    ),
                ),
                ("code", models.CharField(max_length=50, verbose_name="code")),
                ("name", models.CharField(max_length=150, verbose_name="name")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="7a1db185f02bdb19ec6faf745f4a64e68f2e4aea",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_23402",
                            table="tracker_cellevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "strategy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="tracker.strategy",
                        verbose_name="strategy",
                    ),
                ),
                ("code", models.CharField(max_length=30, verbose_name="code")),
                ("order", models.PositiveIntegerField(default=0, verbose_name="order")),
                (
                    "source",
                    models.CharField(
                        blank=True, help_text="Document and place.", max_length=300, verbose_name="source"
                    ),
                ),
                (
                    "objective",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="indicators",
                        to="tracker.objective",
                        verbose_name="objective",
                    ),
                ),
                ("name", models.CharField(max_length=300, verbose_name="name")),
                ("unit", models.CharField(max_length=100, verbose_name="unit")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("output", "Output"),
                            ("outcome", "Outcome"),
                            ("impact", "Impact"),
                            ("context", "Context"),
                        ],
                        default="output",
                        max_length=10,
                        verbose_name="level",
                    ),
                ),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("number", "Number"),
                            ("percentage", "Percentage"),
                            ("stage", "Stage"),
                            ("yes_no", "Yes or no"),
                        ],
                        max_length=10,
                        verbose_name="measure",
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[
                            ("increase", "Should increase"),
                            ("decrease", "Should decrease"),
                            ("maintain", "Should be maintained"),
                            ("monitor", "Monitored only"),
                        ],
                        max_length=10,
                        verbose_name="direction",
                    ),
                ),
                (
                    "period_rule",
                    models.CharField(
                        choices=[
                            ("sum", "Sum of all periods"),
                            ("year", "Sum within the calendar year"),
                            ("latest", "Latest value"),
                            ("maximum", "Largest value"),
                            ("average", "Average of the values"),
                        ],
                        max_length=10,
                        verbose_name="over periods",
                    ),
                ),
                (
                    "mission_rule",
                    models.CharField(
                        choices=[
                            ("sum", "Sum over missions"),
                            ("average", "Average over missions"),
                            ("maximum", "Largest of the missions"),
                            ("minimum", "Smallest of the missions"),
                            ("count_reached", "Missions that reached their final target"),
                            ("count_at_least", "Missions at or above the threshold"),
                        ],
                        max_length=15,
                        verbose_name="over missions",
                    ),
                ),
                (
                    "threshold",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=20, null=True, verbose_name="threshold"
                    ),
                ),
                (
                    "frequency",
                    models.CharField(
                        choices=[
                            ("quarterly", "Quarterly"),
                            ("semi_annual", "Twice a year (Q2 and Q4)"),
                            ("annual", "Once a year (Q4)"),
                        ],
                        max_length=12,
                        verbose_name="frequency",
                    ),
                ),
                (
                    "counts",
                    models.CharField(
                        choices=[
                            ("people", "People"),
                            ("contacts", "Contacts or services"),
                            ("items", "Items"),
                            ("stock", "Stock at a date"),
                        ],
                        default="items",
                        max_length=10,
                        verbose_name="what it counts",
                    ),
                ),
                (
                    "stages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="stages",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed, not adopted by IOM"),
                            ("active", "Active"),
                            ("retired", "Retired"),
                        ],
                        default="active",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("decimals", models.PositiveSmallIntegerField(default=0, verbose_name="decimals")),
                ("allows_negative", models.BooleanField(default=False, verbose_name="may be negative")),
                (
                    "bounded",
                    models.BooleanField(
                        default=True,
                        help_text="For percentages: at most 100 %.",
                        verbose_name="numerator within denominator",
                    ),
                ),
                ("sensitive", models.BooleanField(default=False, verbose_name="sensitive")),
                ("needs_evidence", models.BooleanField(default=False, verbose_name="asks for evidence")),
                ("never_falls", models.BooleanField(default=False, verbose_name="never falls")),
                ("definition", models.TextField(blank=True, verbose_name="definition")),
                ("data_source", models.TextField(blank=True, verbose_name="data source")),
                ("verification", models.TextField(blank=True, verbose_name="means of verification")),
                ("note", models.TextField(blank=True, verbose_name="note")),
            ],
            options={
                "verbose_name": "indicator",
                "verbose_name_plural": "indicators",
                "ordering": ["objective__priority__order", "objective__order", "order"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("strategy", "code"), name="indicator_code_is_unique"),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^(?!(new|adopt)$)[^/]*[^/.][^/]*$")),
                        name="indicator_code_fits_an_address",
                        violation_error_message="A code stands in the address of its page: write it without a slash, not of points alone, and not “new” or “adopt”.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("measure", "percentage"), _negated=True),
                            models.Q(
                                models.Q(("period_rule", "maximum"), _negated=True),
                                ("mission_rule__in", ["sum", "count_reached", "count_at_least"]),
                            ),
                            _connector="OR",
                        ),
                        name="percentage_adds_numerators",
                        violation_error_message="A percentage cannot take a maximum or an average.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("measure__in", ["stage", "yes_no"]), _negated=True),
                            models.Q(
                                ("period_rule__in", ["latest", "maximum"]),
                                models.Q(("mission_rule__in", ["sum", "average"]), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="stage_is_not_added",
                        violation_error_message="Stages cannot be added or averaged.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("measure", "number"), ("period_rule", "sum"), _negated=True),
                            ("direction__in", ["increase", "monitor"]),
                            _connector="OR",
                        ),
                        name="flow_increases_or_is_monitored",
                        violation_error_message="A number summed over periods increases or is monitored.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("mission_rule", "count_at_least"),
                                ("threshold__isnull", False),
                                models.Q(("direction", "decrease"), _negated=True),
                            ),
                            models.Q(
                                models.Q(("mission_rule", "count_at_least"), _negated=True),
                                ("threshold__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="count_at_least_has_a_threshold",
                        violation_error_message="Counting missions at or above a threshold needs the threshold, and is not for indicators that should decrease; other rules take none.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("measure", "stage"), ("stages__len__gte", 2)),
                            models.Q(models.Q(("measure", "stage"), _negated=True), ("stages__len", 0)),
                            _connector="OR",
                        ),
                        name="stages_where_measured_by_stage",
                        violation_error_message="A stage indicator names its stages in order, at least two; others none.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="rules_stand_once_reported",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."allows_negative" IS DISTINCT FROM (NEW."allows_negative") OR OLD."bounded" IS DISTINCT FROM (NEW."bounded") OR OLD."counts" IS DISTINCT FROM (NEW."counts") OR OLD."decimals" IS DISTINCT FROM (NEW."decimals") OR OLD."definition" IS DISTINCT FROM (NEW."definition") OR OLD."direction" IS DISTINCT FROM (NEW."direction") OR OLD."frequency" IS DISTINCT FROM (NEW."frequency") OR OLD."measure" IS DISTINCT FROM (NEW."measure") OR OLD."mission_rule" IS DISTINCT FROM (NEW."mission_rule") OR OLD."period_rule" IS DISTINCT FROM (NEW."period_rule") OR OLD."stages" IS DISTINCT FROM (NEW."stages") OR OLD."threshold" IS DISTINCT FROM (NEW."threshold") OR OLD."unit" IS DISTINCT FROM (NEW."unit"))',
                            func="\n                    IF EXISTS (SELECT 1 FROM tracker_indicatorresult r WHERE r.indicator_id = OLD.id) THEN\n                        RAISE EXCEPTION 'indicator % has results: its rules, unit and definition stand', OLD.code\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'rules_stand_once_reported';\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="16e3cc0818e52f011f86a6c44f03a0426bfebd64",
                            operation="UPDATE",
                            pgid="pgtrigger_rules_stand_once_reported_96983",
                            table="tracker_indicator",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_indicatorevent" ("allows_negative", "bounded", "code", "counts", "data_source", "decimals", "definition", "direction", "frequency", "id", "level", "measure", "mission_rule", "name", "needs_evidence", "never_falls", "note", "objective_id", "order", "period_rule", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sensitive", "source", "stages", "status", "strategy_id", "threshold", "unit", "verification") SELECT new_values."allows_negative", new_values."bounded", new_values."code", new_values."counts", new_values."data_source", new_values."decimals", new_values."definition", new_values."direction", new_values."frequency", new_values."id", new_values."level", new_values."measure", new_values."mission_rule", new_values."name", new_values."needs_evidence", new_values."never_falls", new_values."note", new_values."objective_id", new_values."order", new_values."period_rule", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."sensitive", new_values."source", new_values."stages", new_values."status", new_values."strategy_id", new_values."threshold", new_values."unit", new_values."verification" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="238e28eedd83ad131d42bf2f65ff057556ba0c7a",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_50e5d",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="tracker_indicator",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_indicatorevent" ("allows_negative", "bounded", "code", "counts", "data_source", "decimals", "definition", "direction", "frequency", "id", "level", "measure", "mission_rule", "name", "needs_evidence", "never_falls", "note", "objective_id", "order", "period_rule", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sensitive", "source", "stages", "status", "strategy_id", "threshold", "unit", "verification") SELECT new_values."allows_negative", new_values."bounded", new_values."code", new_values."counts", new_values."data_source", new_values."decimals", new_values."definition", new_values."direction", new_values."frequency", new_values."id", new_values."level", new_values."measure", new_values."mission_rule", new_values."name", new_values."needs_evidence", new_values."never_falls", new_values."note", new_values."objective_id", new_values."order", new_values."period_rule", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."sensitive", new_values."source", new_values."stages", new_values."status", new_values."strategy_id", new_values."threshold", new_values."unit", new_values."verification" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="aff417400cab54dfd0979fbc53d7b3227a767815",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f63f7",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="tracker_indicator",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_indicatorevent" ("allows_negative", "bounded", "code", "counts", "data_source", "decimals", "definition", "direction", "frequency", "id", "level", "measure", "mission_rule", "name", "needs_evidence", "never_falls", "note", "objective_id", "order", "period_rule", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sensitive", "source", "stages", "status", "strategy_id", "threshold", "unit", "verification") SELECT old_values."allows_negative", old_values."bounded", old_values."code", old_values."counts", old_values."data_source", old_values."decimals", old_values."definition", old_values."direction", old_values."frequency", old_values."id", old_values."level", old_values."measure", old_values."mission_rule", old_values."name", old_values."needs_evidence", old_values."never_falls", old_values."note", old_values."objective_id", old_values."order", old_values."period_rule", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."sensitive", old_values."source", old_values."stages", old_values."status", old_values."strategy_id", old_values."threshold", old_values."unit", old_values."verification" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="f661c4f95a805dc1b414a239ac310a034eedd2a6",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b0cf0",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="tracker_indicator",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IndicatorEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        related_query_name="+",
                        to="tracker.indicator",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "strategy",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.strategy",
                        verbose_name="strategy",
                    ),
                ),
                ("code", models.CharField(max_length=30, verbose_name="code")),
                ("order", models.PositiveIntegerField(default=0, verbose_name="order")),
                (
                    "source",
                    models.CharField(
                        blank=True, help_text="Document and place.", max_length=300, verbose_name="source"
                    ),
                ),
                (
                    "objective",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.objective",
                        verbose_name="objective",
                    ),
                ),
                ("name", models.CharField(max_length=300, verbose_name="name")),
                ("unit", models.CharField(max_length=100, verbose_name="unit")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("output", "Output"),
                            ("outcome", "Outcome"),
                            ("impact", "Impact"),
                            ("context", "Context"),
                        ],
                        default="output",
                        max_length=10,
                        verbose_name="level",
                    ),
                ),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("number", "Number"),
                            ("percentage", "Percentage"),
                            ("stage", "Stage"),
                            ("yes_no", "Yes or no"),
                        ],
                        max_length=10,
                        verbose_name="measure",
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[
                            ("increase", "Should increase"),
                            ("decrease", "Should decrease"),
                            ("maintain", "Should be maintained"),
                            ("monitor", "Monitored only"),
                        ],
                        max_length=10,
                        verbose_name="direction",
                    ),
                ),
                (
                    "period_rule",
                    models.CharField(
                        choices=[
                            ("sum", "Sum of all periods"),
                            ("year", "Sum within the calendar year"),
                            ("latest", "Latest value"),
                            ("maximum", "Largest value"),
                            ("average", "Average of the values"),
                        ],
                        max_length=10,
                        verbose_name="over periods",
                    ),
                ),
                (
                    "mission_rule",
                    models.CharField(
                        choices=[
                            ("sum", "Sum over missions"),
                            ("average", "Average over missions"),
                            ("maximum", "Largest of the missions"),
                            ("minimum", "Smallest of the missions"),
                            ("count_reached", "Missions that reached their final target"),
                            ("count_at_least", "Missions at or above the threshold"),
                        ],
                        max_length=15,
                        verbose_name="over missions",
                    ),
                ),
                (
                    "threshold",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=20, null=True, verbose_name="threshold"
                    ),
                ),
                (
                    "frequency",
                    models.CharField(
                        choices=[
                            ("quarterly", "Quarterly"),
                            ("semi_annual", "Twice a year (Q2 and Q4)"),
                            ("annual", "Once a year (Q4)"),
                        ],
                        max_length=12,
                        verbose_name="frequency",
                    ),
                ),
                (
                    "counts",
                    models.CharField(
                        choices=[
                            ("people", "People"),
                            ("contacts", "Contacts or services"),
                            ("items", "Items"),
                            ("stock", "Stock at a date"),
                        ],
                        default="items",
                        max_length=10,
                        verbose_name="what it counts",
                    ),
                ),
                (
                    "stages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="stages",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed, not adopted by IOM"),
                            ("active", "Active"),
                            ("retired", "Retired"),
                        ],
                        default="active",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("decimals", models.PositiveSmallIntegerField(default=0, verbose_name="decimals")),
                ("allows_negative", models.BooleanField(default=False, verbose_name="may be negative")),
                (
                    "bounded",
                    models.BooleanField(
                        default=True,
                        help_text="For percentages: at most 100 %.",
                        verbose_name="numerator within denominator",
                    ),
                ),
                ("sensitive", models.BooleanField(default=False, verbose_name="sensitive")),
                ("needs_evidence", models.BooleanField(default=False, verbose_name="asks for evidence")),
                ("never_falls", models.BooleanField(default=False, verbose_name="never falls")),
                ("definition", models.TextField(blank=True, verbose_name="definition")),
                ("data_source", models.TextField(blank=True, verbose_name="data source")),
                ("verification", models.TextField(blank=True, verbose_name="means of verification")),
                ("note", models.TextField(blank=True, verbose_name="note")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="3efa01f761fd159b9a4e3af568d92035b905e4ae",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_e512c",
                            table="tracker_indicatorevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="IndicatorBreakdown",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="asks",
                        to="tracker.indicator",
                    ),
                ),
                (
                    "breakdown",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asked_by",
                        to="tracker.breakdown",
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "breakdown of an indicator",
                "verbose_name_plural": "breakdowns of indicators",
                "ordering": ["indicator", "order"],
                "constraints": [
                    models.UniqueConstraint(fields=("indicator", "breakdown"), name="breakdown_asked_once")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="asked_for_while_values_exist_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."breakdown_id" IS DISTINCT FROM (NEW."breakdown_id") OR OLD."indicator_id" IS DISTINCT FROM (NEW."indicator_id"))',
                            func="\n                    IF EXISTS (\n                        SELECT 1 FROM tracker_indicatorresult r JOIN tracker_cellvalue v ON v.result_id = r.id\n                        JOIN tracker_cell c ON c.id = v.cell_id\n                        WHERE r.indicator_id = OLD.indicator_id AND c.breakdown_id = OLD.breakdown_id\n                    ) THEN\n                        RAISE EXCEPTION 'results of indicator % hold figures for breakdown %',\n                            OLD.indicator_id, OLD.breakdown_id\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'asked_for_while_values_exist';\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="7d1e07c70c8b1a71e192fecc07b8e71af30d305b",
                            operation="UPDATE",
                            pgid="pgtrigger_asked_for_while_values_exist_update_a4132",
                            table="tracker_indicatorbreakdown",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="asked_for_while_values_exist_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                    IF EXISTS (\n                        SELECT 1 FROM tracker_indicatorresult r JOIN tracker_cellvalue v ON v.result_id = r.id\n                        JOIN tracker_cell c ON c.id = v.cell_id\n                        WHERE r.indicator_id = OLD.indicator_id AND c.breakdown_id = OLD.breakdown_id\n                    ) THEN\n                        RAISE EXCEPTION 'results of indicator % hold figures for breakdown %',\n                            OLD.indicator_id, OLD.breakdown_id\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'asked_for_while_values_exist';\n                    END IF;\n                    RETURN OLD;\n                ",
                            hash="a9a1f6245832c0ab27e98e6ac59dbf28ad532da0",
                            operation="DELETE",
                            pgid="pgtrigger_asked_for_while_values_exist_delete_eee28",
                            table="tracker_indicatorbreakdown",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_indicatorbreakdownevent" ("breakdown_id", "id", "indicator_id", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."breakdown_id", new_values."id", new_values."indicator_id", new_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="659e0a364ce2a632947afcdf42e078bc8444be49",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3c122",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="tracker_indicatorbreakdown",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_indicatorbreakdownevent" ("breakdown_id", "id", "indicator_id", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."breakdown_id", new_values."id", new_values."indicator_id", new_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="a1ea5c2e68eafbee49e65ac938f163df890e9159",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_fe4e8",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="tracker_indicatorbreakdown",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_indicatorbreakdownevent" ("breakdown_id", "id", "indicator_id", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."breakdown_id", old_values."id", old_values."indicator_id", old_values."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="34a4affa5ef9908765cc9e3c2c14c52bb6bd0509",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_d9d08",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="tracker_indicatorbreakdown",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IndicatorBreakdownEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        related_query_name="+",
                        to="tracker.indicatorbreakdown",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "indicator",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.indicator",
                    ),
                ),
                (
                    "breakdown",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.breakdown",
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="13a25a25960093c43ac4312fb088efece39465b9",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_0ee1c",
                            table="tracker_indicatorbreakdownevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="IndicatorReplacement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "new",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replacements",
                        to="tracker.indicator",
                    ),
                ),
                (
                    "old",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successors",
                        to="tracker.indicator",
                    ),
                ),
            ],
            options={
                "verbose_name": "replacement of an indicator",
                "verbose_name_plural": "replacements of indicators",
                "constraints": [
                    models.UniqueConstraint(fields=("new", "old"), name="replaced_once"),
                    models.CheckConstraint(
                        condition=models.Q(("new", models.F("old")), _negated=True), name="replaces_another"
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_indicatorreplacementevent" ("id", "new_id", "old_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."id", new_values."new_id", new_values."old_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="e1051db000510e0088fa380923c0f34e2d48f9a7",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c51b9",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="tracker_indicatorreplacement",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_indicatorreplacementevent" ("id", "new_id", "old_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."id", new_values."new_id", new_values."old_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="d99fb933e7b63718d3cc8fc8dc2c059d65995d4f",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_66ab3",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="tracker_indicatorreplacement",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_indicatorreplacementevent" ("id", "new_id", "old_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."id", old_values."new_id", old_values."old_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="b77343d7e9d3a951f4d60d579c90d5a7e579d246",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_98707",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="tracker_indicatorreplacement",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IndicatorReplacementEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        related_query_name="+",
                        to="tracker.indicatorreplacement",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "new",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.indicator",
                    ),
                ),
                (
                    "old",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.indicator",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="59249b5a28e0cbe57afcf54e41dbdd5e6b98493e",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_49fa2",
                            table="tracker_indicatorreplacementevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReferenceFramework",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=30, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("short_name", models.CharField(max_length=50, verbose_name="short name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("framework", "Framework"),
                            ("strategy", "Strategy"),
                            ("agenda", "Agenda"),
                            ("agreement", "Agreement"),
                            ("charter", "Charter"),
                            ("resolution", "Resolution"),
                            ("standard", "Standard"),
                            ("approach", "Approach"),
                            ("mechanism", "Mechanism"),
                            ("process", "Process"),
                            ("partnership", "Partnership"),
                            ("initiative", "Initiative"),
                            ("organization", "Organization"),
                            ("tool", "Tool"),
                            ("publication", "Publication"),
                        ],
                        max_length=15,
                        verbose_name="kind",
                    ),
                ),
                ("owner", models.CharField(blank=True, max_length=200, verbose_name="whose it is")),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("source", models.CharField(max_length=300, verbose_name="source")),
                ("order", models.PositiveIntegerField(default=0, verbose_name="order")),
            ],
            options={
                "verbose_name": "reference framework",
                "verbose_name_plural": "reference frameworks",
                "ordering": ["order", "code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^(?!(new|adopt)$)[^/]*[^/.][^/]*$")),
                        name="framework_code_fits_an_address",
                        violation_error_message="A code stands in the address of its page: write it without a slash, not of points alone, and not “new” or “adopt”.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_referenceframeworkevent" ("code", "description", "id", "kind", "name", "order", "owner", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "short_name", "source", "year") SELECT new_values."code", new_values."description", new_values."id", new_values."kind", new_values."name", new_values."order", new_values."owner", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."short_name", new_values."source", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="0e74ac78b7d452b97a59019ab8a1cd9875a6f99d",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_85d35",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="tracker_referenceframework",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_referenceframeworkevent" ("code", "description", "id", "kind", "name", "order", "owner", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "short_name", "source", "year") SELECT new_values."code", new_values."description", new_values."id", new_values."kind", new_values."name", new_values."order", new_values."owner", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."short_name", new_values."source", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="5fbc48c61714ce9e56a5b2bd771ea4d512a7733e",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f6347",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="tracker_referenceframework",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_referenceframeworkevent" ("code", "description", "id", "kind", "name", "order", "owner", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "short_name", "source", "year") SELECT old_values."code", old_values."description", old_values."id", old_values."kind", old_values."name", old_values."order", old_values."owner", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."short_name", old_values."source", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="a9634f77905a2870a47828804593ba658087ef7b",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a0c8f",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="tracker_referenceframework",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReferenceFrameworkEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        related_query_name="+",
                        to="tracker.referenceframework",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("code", models.CharField(max_length=30, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("short_name", models.CharField(max_length=50, verbose_name="short name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("framework", "Framework"),
                            ("strategy", "Strategy"),
                            ("agenda", "Agenda"),
                            ("agreement", "Agreement"),
                            ("charter", "Charter"),
                            ("resolution", "Resolution"),
                            ("standard", "Standard"),
                            ("approach", "Approach"),
                            ("mechanism", "Mechanism"),
                            ("process", "Process"),
                            ("partnership", "Partnership"),
                            ("initiative", "Initiative"),
                            ("organization", "Organization"),
                            ("tool", "Tool"),
                            ("publication", "Publication"),
                        ],
                        max_length=15,
                        verbose_name="kind",
                    ),
                ),
                ("owner", models.CharField(blank=True, max_length=200, verbose_name="whose it is")),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("source", models.CharField(max_length=300, verbose_name="source")),
                ("order", models.PositiveIntegerField(default=0, verbose_name="order")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="27f3a071cecccb5e3b15797d8f525363538cfab7",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_ec2aa",
                            table="tracker_referenceframeworkevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReferenceGoal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "framework",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="goals",
                        to="tracker.referenceframework",
                        verbose_name="reference framework",
                    ),
                ),
                ("code", models.CharField(max_length=30, verbose_name="code")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="tracker.referencegoal",
                        verbose_name="below",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("overall_goal", "Overall goal"),
                            ("goal", "Goal"),
                            ("principle", "Principle"),
                            ("operational_principle", "Operational principle"),
                            ("pillar", "Pillar"),
                            ("strategic_objective", "Strategic objective"),
                            ("thematic_area", "Thematic area"),
                            ("thematic_objective", "Thematic objective"),
                            ("objective", "Objective"),
                            ("target", "Target"),
                            ("indicator", "Indicator"),
                            ("point", "Point"),
                            ("chapter", "Chapter"),
                        ],
                        max_length=25,
                        verbose_name="kind",
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        help_text="This tracker’s own short title.", max_length=200, verbose_name="title"
                    ),
                ),
                ("detail", models.TextField(blank=True, verbose_name="detail")),
                (
                    "title_basis",
                    models.CharField(
                        choices=[
                            ("source", "Named in a source document"),
                            ("general_knowledge", "General knowledge"),
                        ],
                        default="source",
                        max_length=20,
                        verbose_name="title rests on",
                    ),
                ),
                ("source", models.CharField(max_length=300, verbose_name="source")),
                ("order", models.PositiveIntegerField(default=0, verbose_name="order")),
            ],
            options={
                "verbose_name": "reference goal",
                "verbose_name_plural": "reference goals",
                "ordering": ["framework__order", "order", "code"],
                "constraints": [
                    models.UniqueConstraint(fields=("framework", "code"), name="goal_code_is_unique"),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^(?!(new|adopt)$)[^/]*[^/.][^/]*$")),
                        name="goal_code_fits_an_address",
                        violation_error_message="A code stands in the address of its page: write it without a slash, not of points alone, and not “new” or “adopt”.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent__isnull", True),
                            models.Q(("parent", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="goal_is_not_below_itself",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_referencegoalevent" ("code", "detail", "framework_id", "id", "kind", "order", "parent_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "title", "title_basis") SELECT new_values."code", new_values."detail", new_values."framework_id", new_values."id", new_values."kind", new_values."order", new_values."parent_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."source", new_values."title", new_values."title_basis" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="ad196123ff457c09c1bbf869615688561dd90aea",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_0991c",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="tracker_referencegoal",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_referencegoalevent" ("code", "detail", "framework_id", "id", "kind", "order", "parent_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "title", "title_basis") SELECT new_values."code", new_values."detail", new_values."framework_id", new_values."id", new_values."kind", new_values."order", new_values."parent_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."source", new_values."title", new_values."title_basis" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="52fd054ebfc69d42c43757c892e2fc85927675c0",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b61f1",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="tracker_referencegoal",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_referencegoalevent" ("code", "detail", "framework_id", "id", "kind", "order", "parent_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "title", "title_basis") SELECT old_values."code", old_values."detail", old_values."framework_id", old_values."id", old_values."kind", old_values."order", old_values."parent_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."source", old_values."title", old_values."title_basis" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="9321dd06240690be79cf2f0e45ae79da4ef760f7",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_edb06",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="tracker_referencegoal",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReferenceGoalEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        related_query_name="+",
                        to="tracker.referencegoal",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "framework",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.referenceframework",
                        verbose_name="reference framework",
                    ),
                ),
                ("code", models.CharField(max_length=30, verbose_name="code")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.referencegoal",
                        verbose_name="below",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("overall_goal", "Overall goal"),
                            ("goal", "Goal"),
                            ("principle", "Principle"),
                            ("operational_principle", "Operational principle"),
                            ("pillar", "Pillar"),
                            ("strategic_objective", "Strategic objective"),
                            ("thematic_area", "Thematic area"),
                            ("thematic_objective", "Thematic objective"),
                            ("objective", "Objective"),
                            ("target", "Target"),
                            ("indicator", "Indicator"),
                            ("point", "Point"),
                            ("chapter", "Chapter"),
                        ],
                        max_length=25,
                        verbose_name="kind",
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        help_text="This tracker’s own short title.", max_length=200, verbose_name="title"
                    ),
                ),
                ("detail", models.TextField(blank=True, verbose_name="detail")),
                (
                    "title_basis",
                    models.CharField(
                        choices=[
                            ("source", "Named in a source document"),
                            ("general_knowledge", "General knowledge"),
                        ],
                        default="source",
                        max_length=20,
                        verbose_name="title rests on",
                    ),
                ),
                ("source", models.CharField(max_length=300, verbose_name="source")),
                ("order", models.PositiveIntegerField(default=0, verbose_name="order")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="1d5e738a83cc2d0ba573a23fe650af63630ab232",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_19ef3",
                            table="tracker_referencegoalevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Alignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "objective",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alignments",
                        to="tracker.objective",
                        verbose_name="objective",
                    ),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: the objective fits none, for the reason given.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alignments",
                        to="tracker.referencegoal",
                        verbose_name="reference goal",
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[("stated", "Stated in a source document"), ("ours", "Tied by this tracker")],
                        max_length=10,
                        verbose_name="basis",
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("source", models.CharField(max_length=300, verbose_name="source")),
            ],
            options={
                "verbose_name": "alignment",
                "verbose_name_plural": "alignments",
                "ordering": ["objective", "goal__framework__order", "goal__order"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("objective", "goal"), name="aligned_once", nulls_distinct=False
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="alignment_has_a_reason"
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="alignments_of_an_objective_fit",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                    PERFORM 1 FROM tracker_objective o WHERE o.id = NEW.objective_id FOR NO KEY UPDATE;\n                    IF (SELECT count(DISTINCT a.goal_id IS NULL) FROM tracker_alignment a\n                        WHERE a.objective_id = NEW.objective_id) > 1 THEN\n                        RAISE EXCEPTION 'objective % is tied to goals and to none', NEW.objective_id\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'serves_goals_or_none';\n                    END IF;\n                    IF EXISTS (SELECT 1 FROM tracker_alignment a JOIN tracker_referencegoal g ON g.id = a.goal_id\n                               WHERE a.objective_id = NEW.objective_id\n                               GROUP BY g.framework_id HAVING count(*) > 4) THEN\n                        RAISE EXCEPTION 'objective % is tied to too many goals of a framework', NEW.objective_id\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'most_goals_of_a_framework';\n                    END IF;\n                    RETURN NULL;\n                ",
                            hash="8b79eae3d8dcdeae2f3eaec12b1926a4039eec96",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_alignments_of_an_objective_fit_d9c00",
                            table="tracker_alignment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_alignmentevent" ("basis", "goal_id", "id", "objective_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "source") SELECT new_values."basis", new_values."goal_id", new_values."id", new_values."objective_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."reason", new_values."source" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="8ae74c0189424c549ebf39c6ca004edbd6601f8d",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b003c",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="tracker_alignment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_alignmentevent" ("basis", "goal_id", "id", "objective_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "source") SELECT new_values."basis", new_values."goal_id", new_values."id", new_values."objective_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."reason", new_values."source" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="5de874e3eb1ba2ecfbd6f469f71516675bfc4b77",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c5e79",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="tracker_alignment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_alignmentevent" ("basis", "goal_id", "id", "objective_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "source") SELECT old_values."basis", old_values."goal_id", old_values."id", old_values."objective_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."reason", old_values."source" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="6a7bba1b13707472dcdfb85c174359303944b329",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_02ade",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="tracker_alignment",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AlignmentEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        related_query_name="+",
                        to="tracker.alignment",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "objective",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.objective",
                        verbose_name="objective",
                    ),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        help_text="Empty: the objective fits none, for the reason given.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.referencegoal",
                        verbose_name="reference goal",
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[("stated", "Stated in a source document"), ("ours", "Tied by this tracker")],
                        max_length=10,
                        verbose_name="basis",
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("source", models.CharField(max_length=300, verbose_name="source")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="f8cf85d299f80db98dd21db795704c1f632b7d63",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_c223d",
                            table="tracker_alignmentevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Tag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=50, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
            ],
            options={
                "verbose_name": "tag",
                "verbose_name_plural": "tags",
                "ordering": ["name"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_tagevent" ("code", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."code", new_values."id", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="e8553d1fa2e5f5335184f76948e8d8e6f5ed8458",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_8fe8c",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="tracker_tag",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_tagevent" ("code", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."code", new_values."id", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="22d903843061526229db340071f5e4f260fa4428",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_8c0b0",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="tracker_tag",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_tagevent" ("code", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."code", old_values."id", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="9d3dc0940ea8653cb503776aeb5062046af48642",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_f7998",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="tracker_tag",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TagEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        related_query_name="+",
                        to="tracker.tag",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("code", models.CharField(max_length=50, verbose_name="code")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="90204d7e0b7fa5ba927fcf4e01deb6b8c2f6b674",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_c2531",
                            table="tracker_tagevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Activity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="code")),
                (
                    "mission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activities",
                        to="tracker.mission",
                        verbose_name="mission",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("ongoing", "Ongoing"),
                            ("completed", "Completed"),
                            ("cancelled", "Cancelled"),
                            ("historical", "Historical: from a document before this strategy"),
                        ],
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="start")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="end")),
                (
                    "budget",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="budget"
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        blank=True,
                        help_text="Of the budget; three letters (ISO 4217).",
                        max_length=3,
                        verbose_name="currency",
                    ),
                ),
                (
                    "donors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=150),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="donors",
                    ),
                ),
                (
                    "partners",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=150),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="partners",
                    ),
                ),
                (
                    "people_planned",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="people to be reached"),
                ),
                (
                    "people_reached",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Never added up across activities.",
                        null=True,
                        verbose_name="people reached",
                    ),
                ),
                (
                    "tied_by",
                    models.CharField(
                        choices=[
                            ("mission", "Tied by the mission"),
                            ("tracker", "Tied by this tracker, no statement of IOM"),
                        ],
                        default="mission",
                        max_length=10,
                        verbose_name="objectives tied by",
                    ),
                ),
                (
                    "tie_reason",
                    models.CharField(
                        blank=True,
                        help_text="Or why none.",
                        max_length=300,
                        verbose_name="why these objectives",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True, help_text="Document and place.", max_length=300, verbose_name="source"
                    ),
                ),
            ],
            options={
                "verbose_name": "activity",
                "verbose_name_plural": "activities",
                "ordering": ["mission__name", "code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="activity_ends_after_its_start",
                        violation_error_message="It ends before it starts.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("budget__isnull", True), ("currency", "")),
                            models.Q(("budget__gte", 0), ("currency__regex", "^[A-Z]{3}$")),
                            _connector="OR",
                        ),
                        name="activity_budget_has_its_currency",
                        violation_error_message="A budget needs its currency, as three capital letters.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "historical"), _negated=True),
                            models.Q(("source", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="historical_activity_has_a_source",
                        violation_error_message="A historical activity names the document that it comes from.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^(?!(new|adopt)$)[^/]*[^/.][^/]*$")),
                        name="activity_code_fits_an_address",
                        violation_error_message="A code stands in the address of its page: write it without a slash, not of points alone, and not “new” or “adopt”.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_activityevent" ("budget", "code", "currency", "description", "donors", "ends_on", "id", "mission_id", "partners", "people_planned", "people_reached", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "starts_on", "status", "tie_reason", "tied_by", "title") SELECT new_values."budget", new_values."code", new_values."currency", new_values."description", new_values."donors", new_values."ends_on", new_values."id", new_values."mission_id", new_values."partners", new_values."people_planned", new_values."people_reached", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."source", new_values."starts_on", new_values."status", new_values."tie_reason", new_values."tied_by", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="d67f1009330f3bee866d42cb9c2d79bf6de69ef8",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f1dae",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="tracker_activity",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_activityevent" ("budget", "code", "currency", "description", "donors", "ends_on", "id", "mission_id", "partners", "people_planned", "people_reached", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "starts_on", "status", "tie_reason", "tied_by", "title") SELECT new_values."budget", new_values."code", new_values."currency", new_values."description", new_values."donors", new_values."ends_on", new_values."id", new_values."mission_id", new_values."partners", new_values."people_planned", new_values."people_reached", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."source", new_values."starts_on", new_values."status", new_values."tie_reason", new_values."tied_by", new_values."title" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="34c86e61d8ae7ba415bb72b050ed5b11193040c9",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f64ca",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="tracker_activity",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_activityevent" ("budget", "code", "currency", "description", "donors", "ends_on", "id", "mission_id", "partners", "people_planned", "people_reached", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "starts_on", "status", "tie_reason", "tied_by", "title") SELECT old_values."budget", old_values."code", old_values."currency", old_values."description", old_values."donors", old_values."ends_on", old_values."id", old_values."mission_id", old_values."partners", old_values."people_planned", old_values."people_reached", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."source", old_values."starts_on", old_values."status", old_values."tie_reason", old_values."tied_by", old_values."title" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="ed93d2ca8c3c331378b731f0eda43c2644405ae3",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_cedac",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="tracker_activity",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActivityEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        related_query_name="+",
                        to="tracker.activity",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("code", models.CharField(max_length=40, verbose_name="code")),
                (
                    "mission",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.mission",
                        verbose_name="mission",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("ongoing", "Ongoing"),
                            ("completed", "Completed"),
                            ("cancelled", "Cancelled"),
                            ("historical", "Historical: from a document before this strategy"),
                        ],
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="start")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="end")),
                (
                    "budget",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="budget"
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        blank=True,
                        help_text="Of the budget; three letters (ISO 4217).",
                        max_length=3,
                        verbose_name="currency",
                    ),
                ),
                (
                    "donors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=150),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="donors",
                    ),
                ),
                (
                    "partners",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=150),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="partners",
                    ),
                ),
                (
                    "people_planned",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="people to be reached"),
                ),
                (
                    "people_reached",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Never added up across activities.",
                        null=True,
                        verbose_name="people reached",
                    ),
                ),
                (
                    "tied_by",
                    models.CharField(
                        choices=[
                            ("mission", "Tied by the mission"),
                            ("tracker", "Tied by this tracker, no statement of IOM"),
                        ],
                        default="mission",
                        max_length=10,
                        verbose_name="objectives tied by",
                    ),
                ),
                (
                    "tie_reason",
                    models.CharField(
                        blank=True,
                        help_text="Or why none.",
                        max_length=300,
                        verbose_name="why these objectives",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True, help_text="Document and place.", max_length=300, verbose_name="source"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="19cab66558ff76e3d261763b7dd929cfc9ca9f07",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_e899d",
                            table="tracker_activityevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ActivityObjective",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)s_links",
                        to="tracker.activity",
                    ),
                ),
                (
                    "objective",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activity_links",
                        to="tracker.objective",
                    ),
                ),
            ],
            options={
                "verbose_name": "objective of an activity",
                "verbose_name_plural": "objectives of activities",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("activity", "objective"), name="activity_has_objective_once"
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_activityobjectiveevent" ("activity_id", "id", "objective_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."activity_id", new_values."id", new_values."objective_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="098a82f000d01f879689dc7a45dea5fe59b9501a",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_21ffc",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="tracker_activityobjective",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_activityobjectiveevent" ("activity_id", "id", "objective_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."activity_id", new_values."id", new_values."objective_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="666e7e6ccaaf2441e036c62c94ea05b09069bdbe",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_49ed3",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="tracker_activityobjective",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_activityobjectiveevent" ("activity_id", "id", "objective_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."activity_id", old_values."id", old_values."objective_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="ae42b88217d25ea7b8f1d03a50bc151472fe01dc",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_aa5a0",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="tracker_activityobjective",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActivityObjectiveEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        related_query_name="+",
                        to="tracker.activityobjective",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "activity",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.activity",
                    ),
                ),
                (
                    "objective",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.objective",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="37d5c11ab0628db4754e5d8a20d1daa11616a645",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_1df04",
                            table="tracker_activityobjectiveevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ActivityGoal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)s_links",
                        to="tracker.activity",
                    ),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activity_links",
                        to="tracker.referencegoal",
                    ),
                ),
            ],
            options={
                "verbose_name": "reference goal of an activity",
                "verbose_name_plural": "reference goals of activities",
                "constraints": [
                    models.UniqueConstraint(fields=("activity", "goal"), name="activity_has_goal_once")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_activitygoalevent" ("activity_id", "goal_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."activity_id", new_values."goal_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="44f014797a3c393e8934da4dcfb7f0e57dfcc476",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_24f52",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="tracker_activitygoal",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_activitygoalevent" ("activity_id", "goal_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."activity_id", new_values."goal_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="aef8504f9f1fff0825decddf00e6d7fc5c0b24e2",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_4405b",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="tracker_activitygoal",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_activitygoalevent" ("activity_id", "goal_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."activity_id", old_values."goal_id", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="5183aab7784f78a16c4a768a3ae23b53b167ecd4",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_c49d2",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="tracker_activitygoal",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActivityGoalEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        related_query_name="+",
                        to="tracker.activitygoal",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "activity",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.activity",
                    ),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.referencegoal",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="a1fe83b559270e315a5618da4d0515b6660a727d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_1ab89",
                            table="tracker_activitygoalevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ActivityTag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)s_links",
                        to="tracker.activity",
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activity_links",
                        to="tracker.tag",
                    ),
                ),
            ],
            options={
                "verbose_name": "tag of an activity",
                "verbose_name_plural": "tags of activities",
                "constraints": [
                    models.UniqueConstraint(fields=("activity", "tag"), name="activity_has_tag_once")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_activitytagevent" ("activity_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tag_id") SELECT new_values."activity_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."tag_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="9845561503871f7c2612cdd8dbc3e15f27e2e789",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b3fd5",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="tracker_activitytag",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_activitytagevent" ("activity_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tag_id") SELECT new_values."activity_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."tag_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="362a93d5be33273fec087b91020c5cb9ae2b5a88",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c52f4",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="tracker_activitytag",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_activitytagevent" ("activity_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tag_id") SELECT old_values."activity_id", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."tag_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="df74a7b3cfaea52a08911144898bffe187f86da6",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_9809f",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="tracker_activitytag",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActivityTagEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        related_query_name="+",
                        to="tracker.activitytag",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "activity",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.activity",
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.tag",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="18cf117222e69aa7ddef922decf1a0e5e8ce90c6",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_f05d8",
                            table="tracker_activitytagevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ActivityCountry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)s_links",
                        to="tracker.activity",
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activity_links",
                        to="tracker.country",
                    ),
                ),
            ],
            options={
                "verbose_name": "country of an activity",
                "verbose_name_plural": "countries of activities",
                "constraints": [
                    models.UniqueConstraint(fields=("activity", "country"), name="activity_has_country_once")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_activitycountryevent" ("activity_id", "country_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."activity_id", new_values."country_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="cf116507301c5953f4e190f48cc40e12f201a505",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3d7a2",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="tracker_activitycountry",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_activitycountryevent" ("activity_id", "country_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."activity_id", new_values."country_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="366f0cfce0192f773306a723cabe08b33c51dd0d",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c99da",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="tracker_activitycountry",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_activitycountryevent" ("activity_id", "country_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."activity_id", old_values."country_id", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="6e6dcfd617898a416e03d13739af4677bc09f68b",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b6249",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="tracker_activitycountry",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActivityCountryEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        related_query_name="+",
                        to="tracker.activitycountry",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "activity",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.activity",
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.country",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="5b2513534772a3a65d722a1a1aa3086ff6f2f97c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_914b4",
                            table="tracker_activitycountryevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ActivityOffice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)s_links",
                        to="tracker.activity",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activity_links",
                        to="tracker.office",
                    ),
                ),
            ],
            options={
                "verbose_name": "office of an activity",
                "verbose_name_plural": "offices of activities",
                "constraints": [
                    models.UniqueConstraint(fields=("activity", "office"), name="activity_has_office_once")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_activityofficeevent" ("activity_id", "id", "office_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."activity_id", new_values."id", new_values."office_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="6060133b324b5c604e775a8b80fcff20393d43de",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_7cf6e",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="tracker_activityoffice",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_activityofficeevent" ("activity_id", "id", "office_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."activity_id", new_values."id", new_values."office_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="b6cea310cfe9daed707bc970e5a4a3ee312caa2f",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_04bfa",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="tracker_activityoffice",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_activityofficeevent" ("activity_id", "id", "office_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."activity_id", old_values."id", old_values."office_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="03183b938838951e6480a4d36bc054f08619f176",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_96f2a",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="tracker_activityoffice",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActivityOfficeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        related_query_name="+",
                        to="tracker.activityoffice",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "activity",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.activity",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.office",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="1eb4da81e636cd1f1ca33cfd7b2528c7fc183a9b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_acd6f",
                            table="tracker_activityofficeevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FundingRequirement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                (
                    "mission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="funding_requirements",
                        to="tracker.mission",
                        verbose_name="mission",
                    ),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="funding_requirements",
                        to="tracker.referencegoal",
                        verbose_name="goal",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, help_text="The best reading.", max_digits=16, verbose_name="amount"
                    ),
                ),
                (
                    "amount_printed",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="What the text has, where it differs.",
                        max_digits=16,
                        null=True,
                        verbose_name="amount as printed",
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        default="USD",
                        help_text="US dollars are presumed.",
                        max_length=3,
                        verbose_name="currency",
                    ),
                ),
                (
                    "nothing_asked",
                    models.BooleanField(
                        default=False,
                        help_text="The table has a dash; it is not a printed 0.",
                        verbose_name="nothing asked",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("source", models.CharField(max_length=300, verbose_name="source")),
            ],
            options={
                "verbose_name": "funding requirement",
                "verbose_name_plural": "funding requirements",
                "ordering": ["year", "mission__name", "goal__order"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("year", "mission", "goal"), name="asked_once_a_year_and_goal"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount__gte", 0),
                            models.Q(
                                ("amount_printed__isnull", True), ("amount_printed__gte", 0), _connector="OR"
                            ),
                        ),
                        name="amount_asked_is_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("currency", "USD")),
                        name="asked_for_in_dollars",
                        violation_error_message="Amounts are added up in US dollars. Give the amount in USD.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("nothing_asked", False), ("amount", 0), _connector="OR"),
                        name="nothing_asked_is_nothing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount_printed__isnull", True),
                            models.Q(("amount_printed", models.F("amount")), _negated=True),
                            _connector="OR",
                        ),
                        name="printed_amount_only_where_it_differs",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_fundingrequirementevent" ("amount", "amount_printed", "currency", "goal_id", "id", "mission_id", "note", "nothing_asked", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "year") SELECT new_values."amount", new_values."amount_printed", new_values."currency", new_values."goal_id", new_values."id", new_values."mission_id", new_values."note", new_values."nothing_asked", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."source", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="b7d4a1a5809d4607af5b67d22b98a7950deecdbf",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_2db23",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="tracker_fundingrequirement",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_fundingrequirementevent" ("amount", "amount_printed", "currency", "goal_id", "id", "mission_id", "note", "nothing_asked", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "year") SELECT new_values."amount", new_values."amount_printed", new_values."currency", new_values."goal_id", new_values."id", new_values."mission_id", new_values."note", new_values."nothing_asked", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."source", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="8b16f2e2c8fce3af0948e2db214345f10cc9e3b7",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_1c15b",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="tracker_fundingrequirement",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_fundingrequirementevent" ("amount", "amount_printed", "currency", "goal_id", "id", "mission_id", "note", "nothing_asked", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "year") SELECT old_values."amount", old_values."amount_printed", old_values."currency", old_values."goal_id", old_values."id", old_values."mission_id", old_values."note", old_values."nothing_asked", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."source", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="f30410269a8c481529443d81e30332dd30e6f4f4",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_53e8c",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="tracker_fundingrequirement",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FundingRequirementEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        related_query_name="+",
                        to="tracker.fundingrequirement",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                (
                    "mission",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.mission",
                        verbose_name="mission",
                    ),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.referencegoal",
                        verbose_name="goal",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, help_text="The best reading.", max_digits=16, verbose_name="amount"
                    ),
                ),
                (
                    "amount_printed",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="What the text has, where it differs.",
                        max_digits=16,
                        null=True,
                        verbose_name="amount as printed",
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        default="USD",
                        help_text="US dollars are presumed.",
                        max_length=3,
                        verbose_name="currency",
                    ),
                ),
                (
                    "nothing_asked",
                    models.BooleanField(
                        default=False,
                        help_text="The table has a dash; it is not a printed 0.",
                        verbose_name="nothing asked",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("source", models.CharField(max_length=300, verbose_name="source")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="c0d1667c908b3f39365a140ccaf58a9f5eae0a59",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_78adc",
                            table="tracker_fundingrequirementevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FundingTotal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                (
                    "mission",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="funding_totals",
                        to="tracker.mission",
                        verbose_name="mission",
                    ),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="funding_totals",
                        to="tracker.referencegoal",
                        verbose_name="goal",
                    ),
                ),
                (
                    "amount_printed",
                    models.DecimalField(decimal_places=2, max_digits=16, verbose_name="total as printed"),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="The best reading of it.",
                        max_digits=16,
                        verbose_name="total",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("source", models.CharField(max_length=300, verbose_name="source")),
            ],
            options={
                "verbose_name": "printed funding total",
                "verbose_name_plural": "printed funding totals",
                "ordering": [
                    "year",
                    models.OrderBy(models.F("mission__name"), nulls_last=True),
                    models.OrderBy(models.F("goal__order"), nulls_last=True),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("year", "mission", "goal"), name="total_is_printed_once", nulls_distinct=False
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("mission__isnull", True), ("goal__isnull", True), _connector="OR"
                        ),
                        name="total_is_of_a_row_or_a_column",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0), ("amount_printed__gte", 0)),
                        name="printed_total_is_not_negative",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_fundingtotalevent" ("amount", "amount_printed", "goal_id", "id", "mission_id", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "year") SELECT new_values."amount", new_values."amount_printed", new_values."goal_id", new_values."id", new_values."mission_id", new_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."source", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="3c395c2368033769d3563b142d53b67764c915e9",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b7873",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="tracker_fundingtotal",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_fundingtotalevent" ("amount", "amount_printed", "goal_id", "id", "mission_id", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "year") SELECT new_values."amount", new_values."amount_printed", new_values."goal_id", new_values."id", new_values."mission_id", new_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."source", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="7ee9cb1d340046023e89ccb795cf974b5d83f03a",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b33aa",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="tracker_fundingtotal",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_fundingtotalevent" ("amount", "amount_printed", "goal_id", "id", "mission_id", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "year") SELECT old_values."amount", old_values."amount_printed", old_values."goal_id", old_values."id", old_values."mission_id", old_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."source", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="58cc5f92bc65669be8daaadc4aac2c2f57086b13",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_f4e55",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="tracker_fundingtotal",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FundingTotalEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        related_query_name="+",
                        to="tracker.fundingtotal",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                (
                    "mission",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.mission",
                        verbose_name="mission",
                    ),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.referencegoal",
                        verbose_name="goal",
                    ),
                ),
                (
                    "amount_printed",
                    models.DecimalField(decimal_places=2, max_digits=16, verbose_name="total as printed"),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="The best reading of it.",
                        max_digits=16,
                        verbose_name="total",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("source", models.CharField(max_length=300, verbose_name="source")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="f42ef86845b8713467e637743e0dc4d5660895fd",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_5d667",
                            table="tracker_fundingtotalevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "task",
                    models.CharField(
                        help_text="The Celery task that does it.", max_length=100, verbose_name="task"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="queued",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("attempt", models.PositiveSmallIntegerField(default=0, verbose_name="attempt")),
                (
                    "max_attempts",
                    models.PositiveSmallIntegerField(default=5, verbose_name="attempts at most"),
                ),
                (
                    "run_after",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="not before"
                    ),
                ),
                ("woken_at", models.DateTimeField(blank=True, null=True, verbose_name="woken")),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="queued"
                    ),
                ),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="started")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished")),
                ("stage", models.CharField(blank=True, max_length=50, verbose_name="stage")),
                ("done", models.PositiveIntegerField(default=0, verbose_name="done")),
                ("total", models.PositiveIntegerField(default=0, verbose_name="of")),
                ("error", models.TextField(blank=True, verbose_name="error")),
            ],
            options={
                "verbose_name": "job",
                "verbose_name_plural": "jobs",
                "ordering": ["-created_at", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("status__in", ["queued", "running"])),
                        fields=["run_after"],
                        name="jobs_to_do",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["queued", "running", "done", "failed", "cancelled"])
                        ),
                        name="job_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["done", "failed", "cancelled"]), _negated=True),
                            ("finished_at__isnull", False),
                            _connector="OR",
                        ),
                        name="finished_job_says_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Outbox",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("message_id", models.CharField(max_length=100, unique=True, verbose_name="Message-ID")),
                ("to", models.EmailField(max_length=254, verbose_name="to")),
                ("subject", models.CharField(max_length=250, verbose_name="subject")),
                ("body", models.TextField(verbose_name="text")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("sending", "Sending"),
                            ("sent", "Sent"),
                            ("failed", "Failed"),
                            ("unknown", "Unknown"),
                        ],
                        default="queued",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("attempt", models.PositiveSmallIntegerField(default=0, verbose_name="attempt")),
                (
                    "send_after",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="not before"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="written"
                    ),
                ),
                ("claimed_at", models.DateTimeField(blank=True, null=True, verbose_name="claimed")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent")),
                ("error", models.TextField(blank=True, verbose_name="error")),
            ],
            options={
                "verbose_name": "mail",
                "verbose_name_plural": "outbox",
                "ordering": ["-created_at", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("status__in", ["queued", "sending"])),
                        fields=["send_after"],
                        name="mail_to_send",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["queued", "sending", "sent", "failed", "unknown"])
                        ),
                        name="mail_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "sent"), _negated=True),
                            ("sent_at__isnull", False),
                            _connector="OR",
                        ),
                        name="sent_mail_says_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=30, verbose_name="kind")),
                ("filename", models.CharField(max_length=255, verbose_name="file name")),
                ("file", models.FileField(blank=True, upload_to="imports/%Y/%m/", verbose_name="file")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("size", models.PositiveIntegerField(default=0, verbose_name="bytes")),
                (
                    "same_as",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.importbatch",
                        verbose_name="same file as",
                    ),
                ),
                ("language", models.CharField(blank=True, max_length=10, verbose_name="language")),
                (
                    "status",
                    models.CharField(
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
                ("message", models.TextField(blank=True, verbose_name="message")),
                ("options", models.JSONField(blank=True, default=dict, verbose_name="options")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source document")),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by",
                    ),
                ),
                (
                    "uploaded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="uploaded"
                    ),
                ),
                (
                    "job",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.job",
                        verbose_name="job",
                    ),
                ),
                ("reading", models.JSONField(blank=True, default=dict, verbose_name="reading")),
                ("read_as", models.JSONField(blank=True, default=dict, verbose_name="read as")),
                (
                    "unknown_columns",
                    models.JSONField(blank=True, default=list, verbose_name="unknown columns"),
                ),
                ("warnings", models.JSONField(blank=True, default=list, verbose_name="warnings")),
                ("checked_at", models.DateTimeField(blank=True, null=True, verbose_name="checked")),
                (
                    "check_seconds",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=8,
                        null=True,
                        verbose_name="seconds of checking",
                    ),
                ),
                (
                    "plan_digest",
                    models.CharField(blank=True, max_length=64, verbose_name="digest of the plan"),
                ),
                ("rows", models.PositiveIntegerField(default=0, verbose_name="rows")),
                ("new", models.PositiveIntegerField(default=0, verbose_name="new")),
                ("changed", models.PositiveIntegerField(default=0, verbose_name="changed")),
                ("unchanged", models.PositiveIntegerField(default=0, verbose_name="unchanged")),
                ("errors", models.PositiveIntegerField(default=0, verbose_name="errors")),
                ("bad_rows", models.PositiveIntegerField(default=0, verbose_name="rows with errors")),
                ("left_out", models.PositiveIntegerField(default=0, verbose_name="left out")),
                ("questions", models.PositiveIntegerField(default=0, verbose_name="questions")),
                ("has_lines", models.BooleanField(default=False, verbose_name="outcomes are kept")),
                (
                    "saved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="saved by",
                    ),
                ),
                ("good_rows_only", models.BooleanField(default=False, verbose_name="good rows only")),
                ("applied_at", models.DateTimeField(blank=True, null=True, verbose_name="saved")),
                (
                    "save_seconds",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=8,
                        null=True,
                        verbose_name="seconds of saving",
                    ),
                ),
                ("event_ranges", models.JSONField(blank=True, default=dict, verbose_name="events")),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="undone by",
                    ),
                ),
                ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="undone")),
                ("undo_reason", models.CharField(blank=True, max_length=500, verbose_name="why undone")),
            ],
            options={
                "verbose_name": "import batch",
                "verbose_name_plural": "import batches",
                "ordering": ["-uploaded_at", "-id"],
                "indexes": [
                    models.Index(fields=["sha256"], name="batch_by_file"),
                    models.Index(
                        condition=models.Q(("status__in", ("waiting", "saving"))),
                        fields=["status"],
                        name="batch_at_work",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status__in", ["checked", "refused", "saving", "applied", "undone"]),
                                _negated=True,
                            ),
                            ("checked_at__isnull", False),
                            _connector="OR",
                        ),
                        name="checked_batch_says_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "checked"), _negated=True), ("errors", 0), _connector="OR"
                        ),
                        name="checked_batch_has_no_errors",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "refused"), _negated=True), ("errors__gt", 0), _connector="OR"
                        ),
                        name="refused_batch_has_errors",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "saving"), _negated=True),
                            ("job__isnull", False),
                            _connector="OR",
                        ),
                        name="batch_is_saved_by_a_job",
                    ),
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["saving", "applied", "undone"]), _negated=True),
                            models.Q(("errors", 0), ("good_rows_only", False)),
                            models.Q(
                                ("errors__gt", 0), ("good_rows_only", True), ("saved_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="good_rows_only_where_some_are_bad",
                    ),
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(
                            ("same_as__isnull", True),
                            models.Q(("same_as", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="batch_is_not_its_own_copy",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
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
                    pgtrigger.compiler.Trigger(
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
                    pgtrigger.compiler.Trigger(
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
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_importbatchevent" ("applied_at", "bad_rows", "changed", "check_seconds", "checked_at", "errors", "event_ranges", "file", "filename", "good_rows_only", "has_lines", "id", "job_id", "kind", "language", "left_out", "message", "new", "options", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_digest", "questions", "read_as", "reading", "rows", "same_as_id", "save_seconds", "saved_by_id", "sha256", "size", "source", "status", "unchanged", "undo_reason", "undone_at", "undone_by_id", "unknown_columns", "uploaded_at", "uploaded_by_id", "warnings") SELECT new_values."applied_at", new_values."bad_rows", new_values."changed", new_values."check_seconds", new_values."checked_at", new_values."errors", new_values."event_ranges", new_values."file", new_values."filename", new_values."good_rows_only", new_values."has_lines", new_values."id", new_values."job_id", new_values."kind", new_values."language", new_values."left_out", new_values."message", new_values."new", new_values."options", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."plan_digest", new_values."questions", new_values."read_as", new_values."reading", new_values."rows", new_values."same_as_id", new_values."save_seconds", new_values."saved_by_id", new_values."sha256", new_values."size", new_values."source", new_values."status", new_values."unchanged", new_values."undo_reason", new_values."undone_at", new_values."undone_by_id", new_values."unknown_columns", new_values."uploaded_at", new_values."uploaded_by_id", new_values."warnings" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="67123f042a31008c6214d19dcd16e6308efa2e08",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_9e017",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="tracker_importbatch",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_importbatchevent" ("applied_at", "bad_rows", "changed", "check_seconds", "checked_at", "errors", "event_ranges", "file", "filename", "good_rows_only", "has_lines", "id", "job_id", "kind", "language", "left_out", "message", "new", "options", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_digest", "questions", "read_as", "reading", "rows", "same_as_id", "save_seconds", "saved_by_id", "sha256", "size", "source", "status", "unchanged", "undo_reason", "undone_at", "undone_by_id", "unknown_columns", "uploaded_at", "uploaded_by_id", "warnings") SELECT new_values."applied_at", new_values."bad_rows", new_values."changed", new_values."check_seconds", new_values."checked_at", new_values."errors", new_values."event_ranges", new_values."file", new_values."filename", new_values."good_rows_only", new_values."has_lines", new_values."id", new_values."job_id", new_values."kind", new_values."language", new_values."left_out", new_values."message", new_values."new", new_values."options", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."plan_digest", new_values."questions", new_values."read_as", new_values."reading", new_values."rows", new_values."same_as_id", new_values."save_seconds", new_values."saved_by_id", new_values."sha256", new_values."size", new_values."source", new_values."status", new_values."unchanged", new_values."undo_reason", new_values."undone_at", new_values."undone_by_id", new_values."unknown_columns", new_values."uploaded_at", new_values."uploaded_by_id", new_values."warnings" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="d8dbbdac85bdc09f8c28b010ae5ba0a7f9afb689",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_bec25",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="tracker_importbatch",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_importbatchevent" ("applied_at", "bad_rows", "changed", "check_seconds", "checked_at", "errors", "event_ranges", "file", "filename", "good_rows_only", "has_lines", "id", "job_id", "kind", "language", "left_out", "message", "new", "options", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_digest", "questions", "read_as", "reading", "rows", "same_as_id", "save_seconds", "saved_by_id", "sha256", "size", "source", "status", "unchanged", "undo_reason", "undone_at", "undone_by_id", "unknown_columns", "uploaded_at", "uploaded_by_id", "warnings") SELECT old_values."applied_at", old_values."bad_rows", old_values."changed", old_values."check_seconds", old_values."checked_at", old_values."errors", old_values."event_ranges", old_values."file", old_values."filename", old_values."good_rows_only", old_values."has_lines", old_values."id", old_values."job_id", old_values."kind", old_values."language", old_values."left_out", old_values."message", old_values."new", old_values."options", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."plan_digest", old_values."questions", old_values."read_as", old_values."reading", old_values."rows", old_values."same_as_id", old_values."save_seconds", old_values."saved_by_id", old_values."sha256", old_values."size", old_values."source", old_values."status", old_values."unchanged", old_values."undo_reason", old_values."undone_at", old_values."undone_by_id", old_values."unknown_columns", old_values."uploaded_at", old_values."uploaded_by_id", old_values."warnings" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="1e03bea31f8847c852d54c6f6df57d36e9d674c1",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_2d7a2",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="tracker_importbatch",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportBatchEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        related_query_name="+",
                        to="tracker.importbatch",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("kind", models.CharField(max_length=30, verbose_name="kind")),
                ("filename", models.CharField(max_length=255, verbose_name="file name")),
                ("file", models.FileField(blank=True, upload_to="imports/%Y/%m/", verbose_name="file")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("size", models.PositiveIntegerField(default=0, verbose_name="bytes")),
                (
                    "same_as",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.importbatch",
                        verbose_name="same file as",
                    ),
                ),
                ("language", models.CharField(blank=True, max_length=10, verbose_name="language")),
                (
                    "status",
                    models.CharField(
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
                ("message", models.TextField(blank=True, verbose_name="message")),
                ("options", models.JSONField(blank=True, default=dict, verbose_name="options")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source document")),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by",
                    ),
                ),
                (
                    "uploaded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="uploaded"
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.job",
                        verbose_name="job",
                    ),
                ),
                ("reading", models.JSONField(blank=True, default=dict, verbose_name="reading")),
                ("read_as", models.JSONField(blank=True, default=dict, verbose_name="read as")),
                (
                    "unknown_columns",
                    models.JSONField(blank=True, default=list, verbose_name="unknown columns"),
                ),
                ("warnings", models.JSONField(blank=True, default=list, verbose_name="warnings")),
                ("checked_at", models.DateTimeField(blank=True, null=True, verbose_name="checked")),
                (
                    "check_seconds",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=8,
                        null=True,
                        verbose_name="seconds of checking",
                    ),
                ),
                (
                    "plan_digest",
                    models.CharField(blank=True, max_length=64, verbose_name="digest of the plan"),
                ),
                ("rows", models.PositiveIntegerField(default=0, verbose_name="rows")),
                ("new", models.PositiveIntegerField(default=0, verbose_name="new")),
                ("changed", models.PositiveIntegerField(default=0, verbose_name="changed")),
                ("unchanged", models.PositiveIntegerField(default=0, verbose_name="unchanged")),
                ("errors", models.PositiveIntegerField(default=0, verbose_name="errors")),
                ("bad_rows", models.PositiveIntegerField(default=0, verbose_name="rows with errors")),
                ("left_out", models.PositiveIntegerField(default=0, verbose_name="left out")),
                ("questions", models.PositiveIntegerField(default=0, verbose_name="questions")),
                ("has_lines", models.BooleanField(default=False, verbose_name="outcomes are kept")),
                (
                    "saved_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="saved by",
                    ),
                ),
                ("good_rows_only", models.BooleanField(default=False, verbose_name="good rows only")),
                ("applied_at", models.DateTimeField(blank=True, null=True, verbose_name="saved")),
                (
                    "save_seconds",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=8,
                        null=True,
                        verbose_name="seconds of saving",
                    ),
                ),
                ("event_ranges", models.JSONField(blank=True, default=dict, verbose_name="events")),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="undone by",
                    ),
                ),
                ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="undone")),
                ("undo_reason", models.CharField(blank=True, max_length=500, verbose_name="why undone")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="c44fb9923df3f060866bff87378fe42e60c7d896",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_f7576",
                            table="tracker_importbatchevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportLine",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "batch_id", "position", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
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
                ("position", models.PositiveIntegerField(verbose_name="position")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("error", "Error"),
                            ("question", "Question"),
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
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.importbatch",
                        verbose_name="remembered from",
                    ),
                ),
                (
                    "remembered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="remembered by",
                    ),
                ),
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
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "shape"), name="one_mapping_per_shape")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
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
                    pgtrigger.compiler.Trigger(
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
                    pgtrigger.compiler.Trigger(
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
                ],
            },
        ),
        migrations.CreateModel(
            name="ColumnMappingEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        related_query_name="+",
                        to="tracker.columnmapping",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("kind", models.CharField(max_length=30, verbose_name="kind")),
                ("shape", models.CharField(max_length=64, verbose_name="shape of the file")),
                ("headings", models.JSONField(verbose_name="headings")),
                ("mapping", models.JSONField(verbose_name="mapping")),
                (
                    "batch",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.importbatch",
                        verbose_name="remembered from",
                    ),
                ),
                (
                    "remembered_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="remembered by",
                    ),
                ),
                (
                    "remembered_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="remembered"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="630b07b6021e5e2bfa0b83bf6eaf508114c19a45",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_0b2e9",
                            table="tracker_columnmappingevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportingPeriod",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "strategy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="periods",
                        to="tracker.strategy",
                        verbose_name="strategy",
                    ),
                ),
                ("code", models.CharField(max_length=7, verbose_name="code")),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("starts_on", models.DateField(verbose_name="first day")),
                ("ends_on", models.DateField(verbose_name="last day")),
                ("opens_on", models.DateField(verbose_name="window opens")),
                ("due_on", models.DateField(verbose_name="due")),
                (
                    "closes_on",
                    models.DateField(
                        help_text="The last day, by the mission's clock.", verbose_name="window closes"
                    ),
                ),
            ],
            options={
                "verbose_name": "reporting period",
                "verbose_name_plural": "reporting periods",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("strategy", "code"), name="period_code_is_unique"),
                    models.UniqueConstraint(fields=("strategy", "number"), name="period_number_is_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on__lt", models.F("ends_on")),
                            ("ends_on__lt", models.F("opens_on")),
                            ("opens_on__lte", models.F("due_on")),
                            ("due_on__lte", models.F("closes_on")),
                        ),
                        name="period_dates_are_in_order",
                        violation_error_message="A window opens after the period's last day, is due on or after that and closes on or after the due date.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^\\d{4}-Q[1-4]$")),
                        name="period_code_is_a_quarter",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="written_once",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."strategy_id" IS DISTINCT FROM (NEW."strategy_id") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."ends_on" IS DISTINCT FROM (NEW."ends_on"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="f7fc81da68fd3b16bdfe1d8598d8de48453ee712",
                            operation="UPDATE",
                            pgid="pgtrigger_written_once_77d98",
                            table="tracker_reportingperiod",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_reportingperiodevent" ("closes_on", "code", "due_on", "ends_on", "id", "number", "opens_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "strategy_id") SELECT new_values."closes_on", new_values."code", new_values."due_on", new_values."ends_on", new_values."id", new_values."number", new_values."opens_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."starts_on", new_values."strategy_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="89198bbdc660509a61328f4cfe8ea7e6e627fe49",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_41acf",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="tracker_reportingperiod",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_reportingperiodevent" ("closes_on", "code", "due_on", "ends_on", "id", "number", "opens_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "strategy_id") SELECT new_values."closes_on", new_values."code", new_values."due_on", new_values."ends_on", new_values."id", new_values."number", new_values."opens_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."starts_on", new_values."strategy_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="a2d554c9109452c7809eb4e73829859626cd379e",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_9fea1",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="tracker_reportingperiod",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_reportingperiodevent" ("closes_on", "code", "due_on", "ends_on", "id", "number", "opens_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "strategy_id") SELECT old_values."closes_on", old_values."code", old_values."due_on", old_values."ends_on", old_values."id", old_values."number", old_values."opens_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."starts_on", old_values."strategy_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="184e3cec8b1b93ade9f00981e4d4a6d23e827696",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_88bb9",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="tracker_reportingperiod",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportingPeriodEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        related_query_name="+",
                        to="tracker.reportingperiod",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "strategy",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.strategy",
                        verbose_name="strategy",
                    ),
                ),
                ("code", models.CharField(max_length=7, verbose_name="code")),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("starts_on", models.DateField(verbose_name="first day")),
                ("ends_on", models.DateField(verbose_name="last day")),
                ("opens_on", models.DateField(verbose_name="window opens")),
                ("due_on", models.DateField(verbose_name="due")),
                (
                    "closes_on",
                    models.DateField(
                        help_text="The last day, by the mission's clock.", verbose_name="window closes"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="887f6bbfa41a64c6b87734c8c800f8f248bbb1d3",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_cbe2c",
                            table="tracker_reportingperiodevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="IndicatorAssignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="recorded"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.importbatch",
                        verbose_name="import batch",
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn")),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="withdrawn by",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="tracker.indicator",
                        verbose_name="indicator",
                    ),
                ),
                (
                    "mission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="tracker.mission",
                        verbose_name="mission",
                    ),
                ),
                ("active_from", models.DateField(verbose_name="from")),
                ("active_to", models.DateField(blank=True, null=True, verbose_name="to")),
            ],
            options={
                "verbose_name": "assignment",
                "verbose_name_plural": "assignments",
                "ordering": ["indicator", "mission", "recorded_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("indicator", "mission"),
                        name="one_assignment_holds",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("active_to__isnull", True),
                            ("active_to__gte", models.F("active_from")),
                            _connector="OR",
                        ),
                        name="assignment_ends_after_it_begins",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="written_once",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."indicator_id" IS DISTINCT FROM (NEW."indicator_id") OR OLD."mission_id" IS DISTINCT FROM (NEW."mission_id") OR OLD."active_from" IS DISTINCT FROM (NEW."active_from") OR OLD."active_to" IS DISTINCT FROM (NEW."active_to") OR OLD."recorded_at" IS DISTINCT FROM (NEW."recorded_at") OR OLD."reason" IS DISTINCT FROM (NEW."reason"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="a21319933acf8eb0c42fd8a1b2e4dec5cd649e5f",
                            operation="UPDATE",
                            pgid="pgtrigger_written_once_7b4ae",
                            table="tracker_indicatorassignment",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="3bf87e4b6d522b6b9da42cc8dff7d4945898baca",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_bc92c",
                            table="tracker_indicatorassignment",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_indicatorassignmentevent" ("active_from", "active_to", "batch_id", "id", "indicator_id", "mission_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "recorded_at", "recorded_by_id", "withdrawn_at", "withdrawn_by_id") SELECT new_values."active_from", new_values."active_to", new_values."batch_id", new_values."id", new_values."indicator_id", new_values."mission_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."reason", new_values."recorded_at", new_values."recorded_by_id", new_values."withdrawn_at", new_values."withdrawn_by_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="7cfb7ec62a71d3ab7ec1721838f49994556c6dfa",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_cc103",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="tracker_indicatorassignment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_indicatorassignmentevent" ("active_from", "active_to", "batch_id", "id", "indicator_id", "mission_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "recorded_at", "recorded_by_id", "withdrawn_at", "withdrawn_by_id") SELECT new_values."active_from", new_values."active_to", new_values."batch_id", new_values."id", new_values."indicator_id", new_values."mission_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."reason", new_values."recorded_at", new_values."recorded_by_id", new_values."withdrawn_at", new_values."withdrawn_by_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="dc062ab9b3b8f520c396bb8eb003a6faf5b2c654",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a4a7c",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="tracker_indicatorassignment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_indicatorassignmentevent" ("active_from", "active_to", "batch_id", "id", "indicator_id", "mission_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "recorded_at", "recorded_by_id", "withdrawn_at", "withdrawn_by_id") SELECT old_values."active_from", old_values."active_to", old_values."batch_id", old_values."id", old_values."indicator_id", old_values."mission_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."reason", old_values."recorded_at", old_values."recorded_by_id", old_values."withdrawn_at", old_values."withdrawn_by_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="a2d9d82588e1cfbbe07bc9ac22ef0c731c6c1ab2",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_59560",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="tracker_indicatorassignment",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IndicatorAssignmentEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        related_query_name="+",
                        to="tracker.indicatorassignment",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="recorded"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.importbatch",
                        verbose_name="import batch",
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn")),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="withdrawn by",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.indicator",
                        verbose_name="indicator",
                    ),
                ),
                (
                    "mission",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.mission",
                        verbose_name="mission",
                    ),
                ),
                ("active_from", models.DateField(verbose_name="from")),
                ("active_to", models.DateField(blank=True, null=True, verbose_name="to")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="ac4c835fae578e66b47e1cef3ccdf3a7b7e4d89f",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_e98c2",
                            table="tracker_indicatorassignmentevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Baseline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="recorded"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.importbatch",
                        verbose_name="import batch",
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn")),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="withdrawn by",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="baselines",
                        to="tracker.indicator",
                        verbose_name="indicator",
                    ),
                ),
                (
                    "mission",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="baselines",
                        to="tracker.mission",
                        verbose_name="mission",
                    ),
                ),
                (
                    "value",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=20, null=True, verbose_name="value"
                    ),
                ),
                (
                    "numerator",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=20, null=True, verbose_name="numerator"
                    ),
                ),
                (
                    "denominator",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=20, null=True, verbose_name="denominator"
                    ),
                ),
                ("date", models.DateField(blank=True, null=True, verbose_name="date")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                ("note", models.TextField(blank=True, verbose_name="note")),
            ],
            options={
                "verbose_name": "baseline",
                "verbose_name_plural": "baselines",
                "ordering": ["indicator", "mission", "recorded_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("indicator", "mission"),
                        name="one_baseline_holds",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("denominator__isnull", True),
                                ("numerator__isnull", True),
                                ("value__isnull", False),
                            ),
                            models.Q(
                                ("denominator__gt", 0), ("numerator__isnull", False), ("value__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="baseline_is_a_value_or_a_fraction",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="written_once",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."indicator_id" IS DISTINCT FROM (NEW."indicator_id") OR OLD."mission_id" IS DISTINCT FROM (NEW."mission_id") OR OLD."value" IS DISTINCT FROM (NEW."value") OR OLD."numerator" IS DISTINCT FROM (NEW."numerator") OR OLD."denominator" IS DISTINCT FROM (NEW."denominator") OR OLD."date" IS DISTINCT FROM (NEW."date") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."recorded_at" IS DISTINCT FROM (NEW."recorded_at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="288033fa0545c35236a93b7b0878f4b27e94eb92",
                            operation="UPDATE",
                            pgid="pgtrigger_written_once_39e7a",
                            table="tracker_baseline",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="34a18a586334017c915edd52011cfa6f948e7797",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_8dd12",
                            table="tracker_baseline",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_baselineevent" ("batch_id", "date", "denominator", "id", "indicator_id", "mission_id", "note", "numerator", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "recorded_at", "recorded_by_id", "source", "value", "withdrawn_at", "withdrawn_by_id") SELECT new_values."batch_id", new_values."date", new_values."denominator", new_values."id", new_values."indicator_id", new_values."mission_id", new_values."note", new_values."numerator", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."reason", new_values."recorded_at", new_values."recorded_by_id", new_values."source", new_values."value", new_values."withdrawn_at", new_values."withdrawn_by_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="ed2f815158d8151ef5b2f7515e6caa3688f650bc",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_8ca90",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="tracker_baseline",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_baselineevent" ("batch_id", "date", "denominator", "id", "indicator_id", "mission_id", "note", "numerator", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "recorded_at", "recorded_by_id", "source", "value", "withdrawn_at", "withdrawn_by_id") SELECT new_values."batch_id", new_values."date", new_values."denominator", new_values."id", new_values."indicator_id", new_values."mission_id", new_values."note", new_values."numerator", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."reason", new_values."recorded_at", new_values."recorded_by_id", new_values."source", new_values."value", new_values."withdrawn_at", new_values."withdrawn_by_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="20a3fdb46fcc31dc6be67e83d25825db0645fb1c",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_86ed8",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="tracker_baseline",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_baselineevent" ("batch_id", "date", "denominator", "id", "indicator_id", "mission_id", "note", "numerator", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "recorded_at", "recorded_by_id", "source", "value", "withdrawn_at", "withdrawn_by_id") SELECT old_values."batch_id", old_values."date", old_values."denominator", old_values."id", old_values."indicator_id", old_values."mission_id", old_values."note", old_values."numerator", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."reason", old_values."recorded_at", old_values."recorded_by_id", old_values."source", old_values."value", old_values."withdrawn_at", old_values."withdrawn_by_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="2e6e6644caf531e4836b23b640ab770e1cf68cc7",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_44499",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="tracker_baseline",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BaselineEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        related_query_name="+",
                        to="tracker.baseline",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="recorded"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.importbatch",
                        verbose_name="import batch",
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn")),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="withdrawn by",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.indicator",
                        verbose_name="indicator",
                    ),
                ),
                (
                    "mission",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.mission",
                        verbose_name="mission",
                    ),
                ),
                (
                    "value",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=20, null=True, verbose_name="value"
                    ),
                ),
                (
                    "numerator",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=20, null=True, verbose_name="numerator"
                    ),
                ),
                (
                    "denominator",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=20, null=True, verbose_name="denominator"
                    ),
                ),
                ("date", models.DateField(blank=True, null=True, verbose_name="date")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                ("note", models.TextField(blank=True, verbose_name="note")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="c4a68f818f0d443c40bb57a88dbf3521e5d87992",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_fcdd5",
                            table="tracker_baselineevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Target",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="recorded"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.importbatch",
                        verbose_name="import batch",
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn")),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="withdrawn by",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="targets",
                        to="tracker.indicator",
                        verbose_name="indicator",
                    ),
                ),
                (
                    "mission",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="targets",
                        to="tracker.mission",
                        verbose_name="mission",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="by")),
                ("value", models.DecimalField(decimal_places=6, max_digits=20, verbose_name="level")),
                (
                    "basis",
                    models.CharField(
                        choices=[("to_date", "To date"), ("per_year", "Per year")],
                        default="to_date",
                        max_length=10,
                        verbose_name="basis",
                    ),
                ),
                (
                    "given",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=20, null=True, verbose_name="as given"
                    ),
                ),
            ],
            options={
                "verbose_name": "target",
                "verbose_name_plural": "targets",
                "ordering": ["indicator", "mission", "due_on", "recorded_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("indicator", "mission", "due_on"),
                        name="one_target_holds_per_date",
                        nulls_distinct=False,
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="written_once",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."indicator_id" IS DISTINCT FROM (NEW."indicator_id") OR OLD."mission_id" IS DISTINCT FROM (NEW."mission_id") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."value" IS DISTINCT FROM (NEW."value") OR OLD."basis" IS DISTINCT FROM (NEW."basis") OR OLD."given" IS DISTINCT FROM (NEW."given") OR OLD."recorded_at" IS DISTINCT FROM (NEW."recorded_at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="c4f32a9e01e354ad9f0d2fd7dac38d6967c1f43f",
                            operation="UPDATE",
                            pgid="pgtrigger_written_once_93d97",
                            table="tracker_target",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="dc52829e240875935f2f030e2a2dfaa40acdcea2",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_287c7",
                            table="tracker_target",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_targetevent" ("basis", "batch_id", "due_on", "given", "id", "indicator_id", "mission_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "recorded_at", "recorded_by_id", "value", "withdrawn_at", "withdrawn_by_id") SELECT new_values."basis", new_values."batch_id", new_values."due_on", new_values."given", new_values."id", new_values."indicator_id", new_values."mission_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."reason", new_values."recorded_at", new_values."recorded_by_id", new_values."value", new_values."withdrawn_at", new_values."withdrawn_by_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="198b5686604d317f65695fabaee8d966f50e0ea5",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_152ad",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="tracker_target",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_targetevent" ("basis", "batch_id", "due_on", "given", "id", "indicator_id", "mission_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "recorded_at", "recorded_by_id", "value", "withdrawn_at", "withdrawn_by_id") SELECT new_values."basis", new_values."batch_id", new_values."due_on", new_values."given", new_values."id", new_values."indicator_id", new_values."mission_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."reason", new_values."recorded_at", new_values."recorded_by_id", new_values."value", new_values."withdrawn_at", new_values."withdrawn_by_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="15b3ba89b400fc48afb23e6f334a1f21ed24847a",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_266cd",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="tracker_target",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_targetevent" ("basis", "batch_id", "due_on", "given", "id", "indicator_id", "mission_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "recorded_at", "recorded_by_id", "value", "withdrawn_at", "withdrawn_by_id") SELECT old_values."basis", old_values."batch_id", old_values."due_on", old_values."given", old_values."id", old_values."indicator_id", old_values."mission_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."reason", old_values."recorded_at", old_values."recorded_by_id", old_values."value", old_values."withdrawn_at", old_values."withdrawn_by_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="5cef2f2c2cacf4a8024cea7930fb8560635b745a",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_04883",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="tracker_target",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TargetEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        related_query_name="+",
                        to="tracker.target",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="recorded"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.importbatch",
                        verbose_name="import batch",
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn")),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="withdrawn by",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.indicator",
                        verbose_name="indicator",
                    ),
                ),
                (
                    "mission",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.mission",
                        verbose_name="mission",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="by")),
                ("value", models.DecimalField(decimal_places=6, max_digits=20, verbose_name="level")),
                (
                    "basis",
                    models.CharField(
                        choices=[("to_date", "To date"), ("per_year", "Per year")],
                        default="to_date",
                        max_length=10,
                        verbose_name="basis",
                    ),
                ),
                (
                    "given",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=20, null=True, verbose_name="as given"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="3df297fb427247a2b6f65676b7bea0ed4946ccca",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_f64cf",
                            table="tracker_targetevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProgressReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "mission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="tracker.mission",
                        verbose_name="mission",
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="tracker.reportingperiod",
                        verbose_name="period",
                    ),
                ),
            ],
            options={
                "verbose_name": "progress report",
                "verbose_name_plural": "progress reports",
                "ordering": ["period", "mission"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("mission", "period"), name="one_report_per_mission_and_period"
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_progressreportevent" ("id", "mission_id", "period_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."id", new_values."mission_id", new_values."period_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="e70387989f2425475031e63151ace5f7cc84ed3a",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_6cdec",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="tracker_progressreport",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_progressreportevent" ("id", "mission_id", "period_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."id", new_values."mission_id", new_values."period_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="1af5188c5ffdcb8dd9b6797073882177a6d686fe",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_84552",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="tracker_progressreport",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_progressreportevent" ("id", "mission_id", "period_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."id", old_values."mission_id", old_values."period_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="b4dc7730b43739a13ba6cbdf4000b96d9b174139",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_5f71d",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="tracker_progressreport",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProgressReportEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        related_query_name="+",
                        to="tracker.progressreport",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "mission",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.mission",
                        verbose_name="mission",
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.reportingperiod",
                        verbose_name="period",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="ed97247347e3cb98b85c9d320f8e827a344378f7",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_8fcaf",
                            table="tracker_progressreportevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportRevision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisions",
                        to="tracker.progressreport",
                        verbose_name="report",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="revision")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("returned", "Returned"),
                            ("approved", "Approved"),
                            ("dropped", "Dropped"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("entered", "Entered"),
                            ("historical", "Historical"),
                            ("demo", "Demonstration"),
                        ],
                        default="entered",
                        max_length=10,
                        verbose_name="origin",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.importbatch",
                        verbose_name="import batch",
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source document")),
                (
                    "on_behalf",
                    models.BooleanField(
                        default=False,
                        help_text="An officer enters it for the mission.",
                        verbose_name="on the mission's behalf",
                    ),
                ),
                ("narrative", models.TextField(blank=True, verbose_name="narrative")),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="begun"
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="begun by",
                    ),
                ),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted")),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="submitted by",
                    ),
                ),
                (
                    "opened_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="From then on it is not recalled.",
                        null=True,
                        verbose_name="opened by an officer",
                    ),
                ),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved")),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="approved by",
                    ),
                ),
                (
                    "answer_by",
                    models.DateField(
                        blank=True,
                        help_text="Open until then, whatever the window.",
                        null=True,
                        verbose_name="answer by",
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn")),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="withdrawn by",
                    ),
                ),
                (
                    "withdrawn_reason",
                    models.CharField(blank=True, max_length=500, verbose_name="why withdrawn"),
                ),
            ],
            options={
                "verbose_name": "revision",
                "verbose_name_plural": "revisions",
                "ordering": ["report", "number"],
                "indexes": [models.Index(fields=["status", "report"], name="revision_by_status")],
                "constraints": [
                    models.UniqueConstraint(fields=("report", "number"), name="revision_number_is_unique"),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ("draft", "submitted", "returned"))),
                        fields=("report",),
                        name="one_open_revision_per_report",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["draft", "submitted", "returned", "approved", "dropped"])
                        ),
                        name="revision_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["submitted", "approved"]), _negated=True),
                            models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                            ("batch__isnull", False),
                            _connector="OR",
                        ),
                        name="submitted_has_a_submitter",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("status", "approved"), _negated=True), ("approved_at__isnull", True)
                            ),
                            models.Q(
                                ("approved_at__isnull", False),
                                ("approved_by__isnull", False),
                                ("status", "approved"),
                            ),
                            _connector="OR",
                        ),
                        name="approved_has_an_approver",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            models.Q(("submitted_by", models.F("approved_by")), _negated=True),
                            models.Q(
                                ("batch__isnull", False),
                                ("origin", "historical"),
                                ("submitted_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="submitter_does_not_approve",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                            models.Q(
                                ("status", "approved"),
                                ("withdrawn_at__isnull", False),
                                ("withdrawn_by__isnull", False),
                                models.Q(("withdrawn_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="withdrawn_was_approved_and_says_why",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="begins_open",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                    IF NEW.status NOT IN ('draft', 'submitted') THEN\n                        RAISE EXCEPTION 'a revision begins as a draft, not as %', NEW.status\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'life_of_a_revision';\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="ee95f0a8eadf0e5c86f7f37e3819f681829101bc",
                            operation="INSERT",
                            pgid="pgtrigger_begins_open_55258",
                            table="tracker_reportrevision",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="life_of_a_revision",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                    IF OLD.status IN ('approved', 'dropped') AND\n                       to_jsonb(NEW) - 'withdrawn_at' - 'withdrawn_by_id' - 'withdrawn_reason' <>\n                       to_jsonb(OLD) - 'withdrawn_at' - 'withdrawn_by_id' - 'withdrawn_reason' THEN\n                        RAISE EXCEPTION 'revision % is % and stays as it is', OLD.id, OLD.status\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'approved_stays';\n                    END IF;\n                    IF OLD.withdrawn_at IS NOT NULL AND\n                       (NEW.withdrawn_at, NEW.withdrawn_by_id, NEW.withdrawn_reason) IS DISTINCT FROM\n                       (OLD.withdrawn_at, OLD.withdrawn_by_id, OLD.withdrawn_reason) THEN\n                        RAISE EXCEPTION 'the withdrawal of revision % stays as it is', OLD.id\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'withdrawal_stays';\n                    END IF;\n                    IF NEW.status <> OLD.status AND (OLD.status, NEW.status) NOT IN (('draft', 'approved'), ('draft', 'dropped'), ('draft', 'submitted'), ('returned', 'dropped'), ('returned', 'submitted'), ('submitted', 'approved'), ('submitted', 'draft'), ('submitted', 'returned')) THEN\n                        RAISE EXCEPTION 'revision % cannot go from % to %', OLD.id, OLD.status, NEW.status\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'life_of_a_revision';\n                    END IF;\n                    IF NEW.status = 'approved' AND OLD.status = 'draft'\n                       AND (NEW.batch_id IS NULL OR NEW.origin <> 'historical') THEN\n                        RAISE EXCEPTION 'revision % was not submitted', OLD.id\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'life_of_a_revision';\n                    END IF;\n                    IF NEW.status = 'approved' AND OLD.status = 'submitted' AND EXISTS (\n                        SELECT 1 FROM tracker_indicatorresult r\n                        WHERE r.revision_id = NEW.id AND NOT r.is_copy AND r.entered_by_id = NEW.approved_by_id\n                    ) THEN\n                        RAISE EXCEPTION 'who entered a result of revision % cannot approve it', OLD.id\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'enterer_does_not_approve';\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="0dabe784d7db8b040fd34aa692a8f8705a52dfe2",
                            operation="UPDATE",
                            pgid="pgtrigger_life_of_a_revision_aeae6",
                            table="tracker_reportrevision",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="counted_is_never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.\"status\" = 'approved')",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="ad90c16294d02b328e8a7eba2c39fbfbb528c5ce",
                            operation="DELETE",
                            pgid="pgtrigger_counted_is_never_deleted_88299",
                            table="tracker_reportrevision",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_reportrevisionevent" ("answer_by", "approved_at", "approved_by_id", "batch_id", "created_at", "created_by_id", "id", "narrative", "number", "on_behalf", "opened_at", "origin", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report_id", "source", "status", "submitted_at", "submitted_by_id", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason") SELECT new_values."answer_by", new_values."approved_at", new_values."approved_by_id", new_values."batch_id", new_values."created_at", new_values."created_by_id", new_values."id", new_values."narrative", new_values."number", new_values."on_behalf", new_values."opened_at", new_values."origin", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."report_id", new_values."source", new_values."status", new_values."submitted_at", new_values."submitted_by_id", new_values."withdrawn_at", new_values."withdrawn_by_id", new_values."withdrawn_reason" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="95eaa580d04e670cf3483c3c0c6954f58ca3b61b",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_8301b",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="tracker_reportrevision",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_reportrevisionevent" ("answer_by", "approved_at", "approved_by_id", "batch_id", "created_at", "created_by_id", "id", "narrative", "number", "on_behalf", "opened_at", "origin", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report_id", "source", "status", "submitted_at", "submitted_by_id", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason") SELECT new_values."answer_by", new_values."approved_at", new_values."approved_by_id", new_values."batch_id", new_values."created_at", new_values."created_by_id", new_values."id", new_values."narrative", new_values."number", new_values."on_behalf", new_values."opened_at", new_values."origin", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."report_id", new_values."source", new_values."status", new_values."submitted_at", new_values."submitted_by_id", new_values."withdrawn_at", new_values."withdrawn_by_id", new_values."withdrawn_reason" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="b29b3c0a07471d6a20844149207d5acdec3a91dc",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5b73d",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="tracker_reportrevision",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_reportrevisionevent" ("answer_by", "approved_at", "approved_by_id", "batch_id", "created_at", "created_by_id", "id", "narrative", "number", "on_behalf", "opened_at", "origin", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report_id", "source", "status", "submitted_at", "submitted_by_id", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason") SELECT old_values."answer_by", old_values."approved_at", old_values."approved_by_id", old_values."batch_id", old_values."created_at", old_values."created_by_id", old_values."id", old_values."narrative", old_values."number", old_values."on_behalf", old_values."opened_at", old_values."origin", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."report_id", old_values."source", old_values."status", old_values."submitted_at", old_values."submitted_by_id", old_values."withdrawn_at", old_values."withdrawn_by_id", old_values."withdrawn_reason" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="aa411eaf7c05ef9e46b04a2ec4ab70bc866146c3",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_f8b51",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="tracker_reportrevision",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportRevisionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        related_query_name="+",
                        to="tracker.reportrevision",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "report",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.progressreport",
                        verbose_name="report",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="revision")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("returned", "Returned"),
                            ("approved", "Approved"),
                            ("dropped", "Dropped"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("entered", "Entered"),
                            ("historical", "Historical"),
                            ("demo", "Demonstration"),
                        ],
                        default="entered",
                        max_length=10,
                        verbose_name="origin",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.importbatch",
                        verbose_name="import batch",
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source document")),
                (
                    "on_behalf",
                    models.BooleanField(
                        default=False,
                        help_text="An officer enters it for the mission.",
                        verbose_name="on the mission's behalf",
                    ),
                ),
                ("narrative", models.TextField(blank=True, verbose_name="narrative")),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="begun"
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="begun by",
                    ),
                ),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted")),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="submitted by",
                    ),
                ),
                (
                    "opened_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="From then on it is not recalled.",
                        null=True,
                        verbose_name="opened by an officer",
                    ),
                ),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved")),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="approved by",
                    ),
                ),
                (
                    "answer_by",
                    models.DateField(
                        blank=True,
                        help_text="Open until then, whatever the window.",
                        null=True,
                        verbose_name="answer by",
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn")),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="withdrawn by",
                    ),
                ),
                (
                    "withdrawn_reason",
                    models.CharField(blank=True, max_length=500, verbose_name="why withdrawn"),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="4411d069bbcfed71714783fd44017c8861b61ffc",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_9769b",
                            table="tracker_reportrevisionevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="review_events",
                        to="tracker.reportrevision",
                        verbose_name="revision",
                    ),
                ),
                (
                    "transition",
                    models.CharField(
                        choices=[
                            ("start", "Begun"),
                            ("submit", "Submitted"),
                            ("recall", "Recalled"),
                            ("return", "Returned"),
                            ("approve", "Approved"),
                            ("reopen", "Reopened"),
                            ("drop", "Dropped"),
                            ("withdraw", "Withdrawn"),
                            ("load", "Loaded as history"),
                        ],
                        max_length=10,
                        verbose_name="step",
                    ),
                ),
                (
                    "from_status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("returned", "Returned"),
                            ("approved", "Approved"),
                            ("dropped", "Dropped"),
                        ],
                        max_length=10,
                        verbose_name="from",
                    ),
                ),
                (
                    "to_status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("returned", "Returned"),
                            ("approved", "Approved"),
                            ("dropped", "Dropped"),
                        ],
                        max_length=10,
                        verbose_name="to",
                    ),
                ),
                ("comment", models.TextField(blank=True, verbose_name="comment")),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="when"
                    ),
                ),
            ],
            options={
                "verbose_name": "review event",
                "verbose_name_plural": "review events",
                "ordering": ["at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("transition__in", ["return", "reopen", "withdraw"]), _negated=True),
                            models.Q(("comment", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="return_and_reopening_say_why",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="f0861113bb0510059bc95d5930cc66332bcdbab0",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_824f5",
                            table="tracker_reviewevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_revieweventevent" ("actor_id", "at", "comment", "from_status", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision_id", "to_status", "transition") SELECT new_values."actor_id", new_values."at", new_values."comment", new_values."from_status", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."revision_id", new_values."to_status", new_values."transition" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="543cebdc88373f163515b7369ab8806deb9ff44c",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b8e1c",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="tracker_reviewevent",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_revieweventevent" ("actor_id", "at", "comment", "from_status", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision_id", "to_status", "transition") SELECT new_values."actor_id", new_values."at", new_values."comment", new_values."from_status", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."revision_id", new_values."to_status", new_values."transition" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="a04b9ad9e5d7c20ffeb1ba23d60dfb4a6c5442c0",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f7740",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="tracker_reviewevent",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_revieweventevent" ("actor_id", "at", "comment", "from_status", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision_id", "to_status", "transition") SELECT old_values."actor_id", old_values."at", old_values."comment", old_values."from_status", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."revision_id", old_values."to_status", old_values."transition" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="40423edbfb1892ad34cbb21370cecbc27e7c1a38",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_f0516",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="tracker_reviewevent",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewEventEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        related_query_name="+",
                        to="tracker.reviewevent",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "revision",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.reportrevision",
                        verbose_name="revision",
                    ),
                ),
                (
                    "transition",
                    models.CharField(
                        choices=[
                            ("start", "Begun"),
                            ("submit", "Submitted"),
                            ("recall", "Recalled"),
                            ("return", "Returned"),
                            ("approve", "Approved"),
                            ("reopen", "Reopened"),
                            ("drop", "Dropped"),
                            ("withdraw", "Withdrawn"),
                            ("load", "Loaded as history"),
                        ],
                        max_length=10,
                        verbose_name="step",
                    ),
                ),
                (
                    "from_status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("returned", "Returned"),
                            ("approved", "Approved"),
                            ("dropped", "Dropped"),
                        ],
                        max_length=10,
                        verbose_name="from",
                    ),
                ),
                (
                    "to_status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("returned", "Returned"),
                            ("approved", "Approved"),
                            ("dropped", "Dropped"),
                        ],
                        max_length=10,
                        verbose_name="to",
                    ),
                ),
                ("comment", models.TextField(blank=True, verbose_name="comment")),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="when"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="ab4c0b631e2d7bdf0eaac4eb2645bbe699764783",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_40dcd",
                            table="tracker_revieweventevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="IndicatorResult",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="results",
                        to="tracker.reportrevision",
                        verbose_name="revision",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="results",
                        to="tracker.indicator",
                        verbose_name="indicator",
                    ),
                ),
                (
                    "value",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=20, null=True, verbose_name="value"
                    ),
                ),
                (
                    "numerator",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=20, null=True, verbose_name="numerator"
                    ),
                ),
                (
                    "denominator",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=20, null=True, verbose_name="denominator"
                    ),
                ),
                ("not_applicable", models.BooleanField(default=False, verbose_name="not applicable")),
                ("comment", models.TextField(blank=True, verbose_name="comment")),
                ("covers", models.PositiveSmallIntegerField(default=1, verbose_name="quarters covered")),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("entered", "Entered"),
                            ("historical", "Historical"),
                            ("demo", "Demonstration"),
                        ],
                        default="entered",
                        max_length=10,
                        verbose_name="origin",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.importbatch",
                        verbose_name="import batch",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "entered_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="entered"
                    ),
                ),
                ("is_copy", models.BooleanField(default=False, verbose_name="taken over untouched")),
                ("held_back", models.BooleanField(default=False, verbose_name="held back")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
            ],
            options={
                "verbose_name": "result",
                "verbose_name_plural": "results",
                "ordering": ["revision", "indicator"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("revision", "indicator"), name="one_result_per_indicator"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("denominator__isnull", True), ("numerator__isnull", True)),
                            models.Q(
                                ("denominator__gte", 0),
                                ("denominator__isnull", False),
                                ("numerator__isnull", False),
                                ("value__isnull", True),
                                models.Q(("denominator", 0), ("numerator__gt", 0), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="result_is_a_value_or_a_fraction",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("not_applicable", False),
                            models.Q(
                                ("numerator__isnull", True),
                                ("value__isnull", True),
                                models.Q(("comment", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="not_applicable_has_a_reason_and_no_value",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("covers__in", [1, 2, 4])), name="covers_a_quarter_half_or_year"
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="closed_stays_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF EXISTS (\n        SELECT 1 FROM tracker_reportrevision v\n        WHERE v.status IN ('submitted', 'approved', 'dropped') AND v.id IN (SELECT revision_id FROM changed r)\n    ) THEN\n                    RAISE EXCEPTION 'a revision that is submitted, approved or dropped stays as it is'\n                        USING ERRCODE = 'check_violation', CONSTRAINT = 'closed_stays';\n                END IF;\n                RETURN NULL;\n            ",
                            hash="19c8bb15d92ccc0165fcef79a9153ad321266d3b",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_closed_stays_insert_71538",
                            referencing="REFERENCING NEW TABLE AS changed ",
                            table="tracker_indicatorresult",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="closed_stays_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF EXISTS (\n    SELECT 1 FROM before b FULL JOIN changed c ON c.id = b.id AND c.revision_id = b.revision_id\n    JOIN tracker_reportrevision v ON v.id = coalesce(b.revision_id, c.revision_id)\n    WHERE v.status IN ('approved', 'dropped') OR (\n        v.status = 'submitted' AND to_jsonb(b) - 'held_back' IS DISTINCT FROM to_jsonb(c) - 'held_back'\n    )\n) THEN\n                    RAISE EXCEPTION 'a revision that is submitted, approved or dropped stays as it is'\n                        USING ERRCODE = 'check_violation', CONSTRAINT = 'closed_stays';\n                END IF;\n                RETURN NULL;\n            ",
                            hash="d21e0b7b2791d2ee4cbe00165103010052262419",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_closed_stays_update_ce4f6",
                            referencing="REFERENCING OLD TABLE AS before  NEW TABLE AS changed ",
                            table="tracker_indicatorresult",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="closed_stays_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF EXISTS (\n        SELECT 1 FROM tracker_reportrevision v\n        WHERE v.status IN ('submitted', 'approved', 'dropped') AND v.id IN (SELECT revision_id FROM changed r)\n    ) THEN\n                    RAISE EXCEPTION 'a revision that is submitted, approved or dropped stays as it is'\n                        USING ERRCODE = 'check_violation', CONSTRAINT = 'closed_stays';\n                END IF;\n                RETURN NULL;\n            ",
                            hash="b764a914b2a38883fe000f4ad2ad0d6865bd1022",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_closed_stays_delete_d46de",
                            referencing="REFERENCING OLD TABLE AS changed ",
                            table="tracker_indicatorresult",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_indicatorresultevent" ("batch_id", "comment", "covers", "denominator", "entered_at", "entered_by_id", "held_back", "id", "indicator_id", "is_copy", "not_applicable", "numerator", "origin", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision_id", "value", "version") SELECT new_values."batch_id", new_values."comment", new_values."covers", new_values."denominator", new_values."entered_at", new_values."entered_by_id", new_values."held_back", new_values."id", new_values."indicator_id", new_values."is_copy", new_values."not_applicable", new_values."numerator", new_values."origin", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."revision_id", new_values."value", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="3e17a3b5fd2fa6c043f01b82ba9e1f26ce2aa902",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3afad",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="tracker_indicatorresult",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_indicatorresultevent" ("batch_id", "comment", "covers", "denominator", "entered_at", "entered_by_id", "held_back", "id", "indicator_id", "is_copy", "not_applicable", "numerator", "origin", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision_id", "value", "version") SELECT new_values."batch_id", new_values."comment", new_values."covers", new_values."denominator", new_values."entered_at", new_values."entered_by_id", new_values."held_back", new_values."id", new_values."indicator_id", new_values."is_copy", new_values."not_applicable", new_values."numerator", new_values."origin", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."revision_id", new_values."value", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="51c4532055fdba34af5d6823e4eba0e07708725c",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_dd6ba",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="tracker_indicatorresult",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_indicatorresultevent" ("batch_id", "comment", "covers", "denominator", "entered_at", "entered_by_id", "held_back", "id", "indicator_id", "is_copy", "not_applicable", "numerator", "origin", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision_id", "value", "version") SELECT old_values."batch_id", old_values."comment", old_values."covers", old_values."denominator", old_values."entered_at", old_values."entered_by_id", old_values."held_back", old_values."id", old_values."indicator_id", old_values."is_copy", old_values."not_applicable", old_values."numerator", old_values."origin", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."revision_id", old_values."value", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="b5d868cd5eb4745913fc0f8ffbd6ce10b0d88c91",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_6b18a",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="tracker_indicatorresult",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IndicatorResultEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        related_query_name="+",
                        to="tracker.indicatorresult",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "revision",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.reportrevision",
                        verbose_name="revision",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.indicator",
                        verbose_name="indicator",
                    ),
                ),
                (
                    "value",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=20, null=True, verbose_name="value"
                    ),
                ),
                (
                    "numerator",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=20, null=True, verbose_name="numerator"
                    ),
                ),
                (
                    "denominator",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=20, null=True, verbose_name="denominator"
                    ),
                ),
                ("not_applicable", models.BooleanField(default=False, verbose_name="not applicable")),
                ("comment", models.TextField(blank=True, verbose_name="comment")),
                ("covers", models.PositiveSmallIntegerField(default=1, verbose_name="quarters covered")),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("entered", "Entered"),
                            ("historical", "Historical"),
                            ("demo", "Demonstration"),
                        ],
                        default="entered",
                        max_length=10,
                        verbose_name="origin",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.importbatch",
                        verbose_name="import batch",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "entered_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="entered"
                    ),
                ),
                ("is_copy", models.BooleanField(default=False, verbose_name="taken over untouched")),
                ("held_back", models.BooleanField(default=False, verbose_name="held back")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["revision"], name="history_by_revision")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="86f96ed009a81d598252a56e57f9e34d0902ac2a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_de7f9",
                            table="tracker_indicatorresultevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CellValue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "result",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cells",
                        to="tracker.indicatorresult",
                        verbose_name="result",
                    ),
                ),
                (
                    "cell",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="values",
                        to="tracker.cell",
                        verbose_name="cell",
                    ),
                ),
                (
                    "value",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=20, null=True, verbose_name="value"
                    ),
                ),
                (
                    "numerator",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=20, null=True, verbose_name="numerator"
                    ),
                ),
                (
                    "denominator",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=20, null=True, verbose_name="denominator"
                    ),
                ),
            ],
            options={
                "verbose_name": "cell of a result",
                "verbose_name_plural": "cells of results",
                "ordering": ["result", "cell"],
                "constraints": [
                    models.UniqueConstraint(fields=("result", "cell"), name="one_value_per_cell"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("denominator__isnull", True), ("numerator__isnull", True)),
                            models.Q(
                                ("denominator__gte", 0),
                                ("denominator__isnull", False),
                                ("numerator__isnull", False),
                                ("value__isnull", True),
                                models.Q(("denominator", 0), ("numerator__gt", 0), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="cell_is_a_value_or_a_fraction",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="closed_stays_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF EXISTS (\n        SELECT 1 FROM tracker_reportrevision v\n        WHERE v.status IN ('submitted', 'approved', 'dropped') AND v.id IN (SELECT r.revision_id FROM changed c JOIN tracker_indicatorresult r ON r.id = c.result_id)\n    ) THEN\n                    RAISE EXCEPTION 'a revision that is submitted, approved or dropped stays as it is'\n                        USING ERRCODE = 'check_violation', CONSTRAINT = 'closed_stays';\n                END IF;\n                RETURN NULL;\n            ",
                            hash="5fc196fff3d752578335f0c1ff959ca6bc66dc06",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_closed_stays_insert_a426c",
                            referencing="REFERENCING NEW TABLE AS changed ",
                            table="tracker_cellvalue",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="closed_stays_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF EXISTS (\n        SELECT 1 FROM tracker_reportrevision v\n        WHERE v.status IN ('submitted', 'approved', 'dropped') AND v.id IN (SELECT r.revision_id FROM (SELECT * FROM before UNION ALL SELECT * FROM changed) c JOIN tracker_indicatorresult r ON r.id = c.result_id)\n    ) THEN\n                    RAISE EXCEPTION 'a revision that is submitted, approved or dropped stays as it is'\n                        USING ERRCODE = 'check_violation', CONSTRAINT = 'closed_stays';\n                END IF;\n                RETURN NULL;\n            ",
                            hash="8786f8666d85383f25d44ccca82eca5a7e8145ae",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_closed_stays_update_0b59f",
                            referencing="REFERENCING OLD TABLE AS before  NEW TABLE AS changed ",
                            table="tracker_cellvalue",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="closed_stays_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF EXISTS (\n        SELECT 1 FROM tracker_reportrevision v\n        WHERE v.status IN ('submitted', 'approved', 'dropped') AND v.id IN (SELECT r.revision_id FROM changed c JOIN tracker_indicatorresult r ON r.id = c.result_id)\n    ) THEN\n                    RAISE EXCEPTION 'a revision that is submitted, approved or dropped stays as it is'\n                        USING ERRCODE = 'check_violation', CONSTRAINT = 'closed_stays';\n                END IF;\n                RETURN NULL;\n            ",
                            hash="22a1f0728fd1c36a0c95fec5f8c770fd369743ea",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_closed_stays_delete_4db30",
                            referencing="REFERENCING OLD TABLE AS changed ",
                            table="tracker_cellvalue",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_cellvalueevent" ("cell_id", "denominator", "id", "numerator", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "result_id", "value") SELECT new_values."cell_id", new_values."denominator", new_values."id", new_values."numerator", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."result_id", new_values."value" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="9fb331d16b098e791ddf2e3ecb2e6d3e8a8e445f",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_4455b",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="tracker_cellvalue",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_cellvalueevent" ("cell_id", "denominator", "id", "numerator", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "result_id", "value") SELECT new_values."cell_id", new_values."denominator", new_values."id", new_values."numerator", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."result_id", new_values."value" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="a179f084674ab0ce7d9dd3fb115c9ebf13b652f6",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_29020",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="tracker_cellvalue",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_cellvalueevent" ("cell_id", "denominator", "id", "numerator", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "result_id", "value") SELECT old_values."cell_id", old_values."denominator", old_values."id", old_values."numerator", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."result_id", old_values."value" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="7cac781214fcd2589580980fb0633f647ffeb4f2",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_283ca",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="tracker_cellvalue",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CellValueEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        related_query_name="+",
                        to="tracker.cellvalue",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "result",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.indicatorresult",
                        verbose_name="result",
                    ),
                ),
                (
                    "cell",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.cell",
                        verbose_name="cell",
                    ),
                ),
                (
                    "value",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=20, null=True, verbose_name="value"
                    ),
                ),
                (
                    "numerator",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=20, null=True, verbose_name="numerator"
                    ),
                ),
                (
                    "denominator",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=20, null=True, verbose_name="denominator"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["result"], name="history_by_result")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="fb0b05897eb9aed95e2c15333d2efe0b5dbbf35d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_9be34",
                            table="tracker_cellvalueevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportSchedule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("mission_quarterly", "Mission quarterly report"),
                            ("regional_quarterly", "Regional quarterly report"),
                        ],
                        max_length=30,
                        unique=True,
                        verbose_name="kind",
                    ),
                ),
                (
                    "days_after_close",
                    models.PositiveSmallIntegerField(default=15, verbose_name="days after the window closed"),
                ),
                ("is_on", models.BooleanField(default=True, verbose_name="on")),
                (
                    "switched_on_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="switched on"
                    ),
                ),
            ],
            options={
                "verbose_name": "report schedule",
                "verbose_name_plural": "report schedules",
                "ordering": ["kind"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_reportscheduleevent" ("days_after_close", "id", "is_on", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "switched_on_at") SELECT new_values."days_after_close", new_values."id", new_values."is_on", new_values."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."switched_on_at" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="6712698e823a1f7c97f31085371982ee7f6f2f69",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_cfbec",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="tracker_reportschedule",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_reportscheduleevent" ("days_after_close", "id", "is_on", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "switched_on_at") SELECT new_values."days_after_close", new_values."id", new_values."is_on", new_values."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."switched_on_at" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="ed47e98152e32c85eeff0aa1211e4c78d1081061",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_516de",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="tracker_reportschedule",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_reportscheduleevent" ("days_after_close", "id", "is_on", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "switched_on_at") SELECT old_values."days_after_close", old_values."id", old_values."is_on", old_values."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."switched_on_at" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="24fc175329ca09641a6fe3b7aeaddc0c525b1f55",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_3ecc9",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="tracker_reportschedule",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportScheduleEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        related_query_name="+",
                        to="tracker.reportschedule",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("mission_quarterly", "Mission quarterly report"),
                            ("regional_quarterly", "Regional quarterly report"),
                        ],
                        max_length=30,
                        verbose_name="kind",
                    ),
                ),
                (
                    "days_after_close",
                    models.PositiveSmallIntegerField(default=15, verbose_name="days after the window closed"),
                ),
                ("is_on", models.BooleanField(default=True, verbose_name="on")),
                (
                    "switched_on_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="switched on"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="33255d616b98c95afee4f361bd91c276cbed8ab9",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_9c8eb",
                            table="tracker_reportscheduleevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("mission_quarterly", "Mission quarterly report"),
                            ("regional_quarterly", "Regional quarterly report"),
                        ],
                        max_length=30,
                        verbose_name="kind",
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="tracker.reportingperiod",
                        verbose_name="period",
                    ),
                ),
                (
                    "mission",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="tracker.mission",
                        verbose_name="mission",
                    ),
                ),
                (
                    "schedule",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="tracker.reportschedule",
                        verbose_name="schedule",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked for by",
                    ),
                ),
                (
                    "requested_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="asked for"
                    ),
                ),
                (
                    "job",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="edition",
                        to="tracker.job",
                        verbose_name="job",
                    ),
                ),
                ("snapshot", models.JSONField(blank=True, null=True, verbose_name="snapshot")),
                (
                    "digest",
                    models.CharField(blank=True, max_length=64, verbose_name="digest of the snapshot"),
                ),
                ("made_at", models.DateTimeField(blank=True, null=True, verbose_name="made")),
                ("released_at", models.DateTimeField(blank=True, null=True, verbose_name="released")),
                (
                    "released_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="released by",
                    ),
                ),
            ],
            options={
                "verbose_name": "edition",
                "verbose_name_plural": "editions",
                "ordering": ["-requested_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("schedule__isnull", False)),
                        fields=("schedule", "period", "mission"),
                        name="one_edition_per_due",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "mission_quarterly"), ("mission__isnull", False)),
                            models.Q(("kind", "regional_quarterly"), ("mission__isnull", True)),
                            _connector="OR",
                        ),
                        name="edition_scope_fits_its_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("released_at__isnull", True), ("released_by__isnull", True)),
                            models.Q(
                                ("made_at__isnull", False),
                                ("released_at__isnull", False),
                                ("released_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="released_edition_was_made",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_editionevent" ("digest", "id", "job_id", "kind", "made_at", "mission_id", "period_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "released_at", "released_by_id", "requested_at", "requested_by_id", "schedule_id", "snapshot") SELECT new_values."digest", new_values."id", new_values."job_id", new_values."kind", new_values."made_at", new_values."mission_id", new_values."period_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."released_at", new_values."released_by_id", new_values."requested_at", new_values."requested_by_id", new_values."schedule_id", new_values."snapshot" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="64cf7ebfe9df9176ecd42a5d1eb3c7f3cfd59274",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a5662",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="tracker_edition",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_editionevent" ("digest", "id", "job_id", "kind", "made_at", "mission_id", "period_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "released_at", "released_by_id", "requested_at", "requested_by_id", "schedule_id", "snapshot") SELECT new_values."digest", new_values."id", new_values."job_id", new_values."kind", new_values."made_at", new_values."mission_id", new_values."period_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."released_at", new_values."released_by_id", new_values."requested_at", new_values."requested_by_id", new_values."schedule_id", new_values."snapshot" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="83c7ec4b8cf1148c4607a2d08d2c539265c05105",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_77267",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="tracker_edition",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_editionevent" ("digest", "id", "job_id", "kind", "made_at", "mission_id", "period_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "released_at", "released_by_id", "requested_at", "requested_by_id", "schedule_id", "snapshot") SELECT old_values."digest", old_values."id", old_values."job_id", old_values."kind", old_values."made_at", old_values."mission_id", old_values."period_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."released_at", old_values."released_by_id", old_values."requested_at", old_values."requested_by_id", old_values."schedule_id", old_values."snapshot" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="eb63be25d448e6015a2af9d7f03e9b33fffae087",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_4fe28",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="tracker_edition",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EditionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        related_query_name="+",
                        to="tracker.edition",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("mission_quarterly", "Mission quarterly report"),
                            ("regional_quarterly", "Regional quarterly report"),
                        ],
                        max_length=30,
                        verbose_name="kind",
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.reportingperiod",
                        verbose_name="period",
                    ),
                ),
                (
                    "mission",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.mission",
                        verbose_name="mission",
                    ),
                ),
                (
                    "schedule",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.reportschedule",
                        verbose_name="schedule",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked for by",
                    ),
                ),
                (
                    "requested_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="asked for"
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.job",
                        verbose_name="job",
                    ),
                ),
                ("snapshot", models.JSONField(blank=True, null=True, verbose_name="snapshot")),
                (
                    "digest",
                    models.CharField(blank=True, max_length=64, verbose_name="digest of the snapshot"),
                ),
                ("made_at", models.DateTimeField(blank=True, null=True, verbose_name="made")),
                ("released_at", models.DateTimeField(blank=True, null=True, verbose_name="released")),
                (
                    "released_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="released by",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="a0ed3321a1527fb3219d40ac7649a00235d77971",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_96142",
                            table="tracker_editionevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EditionFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="tracker.edition",
                        verbose_name="edition",
                    ),
                ),
                (
                    "format",
                    models.CharField(
                        choices=[("pdf", "PDF"), ("xlsx", "XLSX")], max_length=10, verbose_name="format"
                    ),
                ),
                ("is_draft", models.BooleanField(default=True, verbose_name="marked DRAFT")),
                ("file", models.FileField(upload_to="editions/%Y/%m/", verbose_name="file")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("size", models.PositiveIntegerField(verbose_name="bytes")),
                (
                    "made_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="made"
                    ),
                ),
            ],
            options={
                "verbose_name": "file of an edition",
                "verbose_name_plural": "files of editions",
                "ordering": ["edition", "is_draft", "format"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "format", "is_draft"), name="one_file_per_format_and_mark"
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="written_once",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."edition_id" IS DISTINCT FROM (NEW."edition_id") OR OLD."format" IS DISTINCT FROM (NEW."format") OR OLD."is_draft" IS DISTINCT FROM (NEW."is_draft"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="53b7715f5db75e97b056ef3406be278788b04855",
                            operation="UPDATE",
                            pgid="pgtrigger_written_once_01d5c",
                            table="tracker_editionfile",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_editionfileevent" ("edition_id", "file", "format", "id", "is_draft", "made_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "size") SELECT new_values."edition_id", new_values."file", new_values."format", new_values."id", new_values."is_draft", new_values."made_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."sha256", new_values."size" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="0e1e7946cccb720736e8c99a55cc471da533cfe0",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_7681f",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="tracker_editionfile",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_editionfileevent" ("edition_id", "file", "format", "id", "is_draft", "made_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "size") SELECT new_values."edition_id", new_values."file", new_values."format", new_values."id", new_values."is_draft", new_values."made_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."sha256", new_values."size" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="e4a3ab53e34fe6c29de895e5c81b9ed967924529",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_cf5b3",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="tracker_editionfile",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_editionfileevent" ("edition_id", "file", "format", "id", "is_draft", "made_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "size") SELECT old_values."edition_id", old_values."file", old_values."format", old_values."id", old_values."is_draft", old_values."made_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."sha256", old_values."size" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="0b8c0686d394f24e028074e339aea6fe97da433b",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_7e2bc",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="tracker_editionfile",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EditionFileEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        related_query_name="+",
                        to="tracker.editionfile",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "edition",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.edition",
                        verbose_name="edition",
                    ),
                ),
                (
                    "format",
                    models.CharField(
                        choices=[("pdf", "PDF"), ("xlsx", "XLSX")], max_length=10, verbose_name="format"
                    ),
                ),
                ("is_draft", models.BooleanField(default=True, verbose_name="marked DRAFT")),
                ("file", models.FileField(upload_to="editions/%Y/%m/", verbose_name="file")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("size", models.PositiveIntegerField(verbose_name="bytes")),
                (
                    "made_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="made"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="c3517d7a3ea1a6f7c38ef161bb90729b2b39b6b5",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_657f1",
                            table="tracker_editionfileevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="activity",
            name="countries",
            field=models.ManyToManyField(
                related_name="activities",
                through="tracker.ActivityCountry",
                to="tracker.country",
                verbose_name="countries and areas",
            ),
        ),
        migrations.AddField(
            model_name="indicator",
            name="breakdowns",
            field=models.ManyToManyField(
                related_name="indicators",
                through="tracker.IndicatorBreakdown",
                to="tracker.breakdown",
                verbose_name="breakdowns",
            ),
        ),
        migrations.AddField(
            model_name="indicator",
            name="replaces",
            field=models.ManyToManyField(
                related_name="replaced_by",
                through="tracker.IndicatorReplacement",
                to="tracker.indicator",
                verbose_name="replaces",
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="objectives",
            field=models.ManyToManyField(
                related_name="activities",
                through="tracker.ActivityObjective",
                to="tracker.objective",
                verbose_name="objectives",
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="offices",
            field=models.ManyToManyField(
                related_name="activities",
                through="tracker.ActivityOffice",
                to="tracker.office",
                verbose_name="offices",
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="goals",
            field=models.ManyToManyField(
                related_name="activities",
                through="tracker.ActivityGoal",
                to="tracker.referencegoal",
                verbose_name="reference goals",
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="tags",
            field=models.ManyToManyField(
                related_name="activities",
                through="tracker.ActivityTag",
                to="tracker.tag",
                verbose_name="tags",
            ),
        ),
    ]
