"""Every table of the tracker, with its constraints, its history and its triggers."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
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
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("checked", "Checked, not saved"),
                            ("refused", "Refused: it has errors"),
                            ("applied", "Saved"),
                            ("undone", "Undone"),
                        ],
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("options", models.JSONField(blank=True, default=dict, verbose_name="options")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source document")),
                (
                    "plan_digest",
                    models.CharField(blank=True, max_length=64, verbose_name="digest of the plan"),
                ),
                ("rows", models.PositiveIntegerField(default=0, verbose_name="rows")),
                ("new", models.PositiveIntegerField(default=0, verbose_name="new")),
                ("changed", models.PositiveIntegerField(default=0, verbose_name="changed")),
                ("unchanged", models.PositiveIntegerField(default=0, verbose_name="unchanged")),
                ("errors", models.PositiveIntegerField(default=0, verbose_name="errors")),
                (
                    "uploaded_by",
                    models.ForeignKey(
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
                ("applied_at", models.DateTimeField(blank=True, null=True, verbose_name="saved")),
                ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="undone")),
                (
                    "seconds",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=8, null=True, verbose_name="seconds"
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
            ],
            options={
                "verbose_name": "import batch",
                "verbose_name_plural": "import batches",
                "ordering": ["-uploaded_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "applied"), _negated=True),
                            ("applied_at__isnull", False),
                            _connector="OR",
                        ),
                        name="applied_batch_says_when",
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
                    models.UniqueConstraint(fields=("strategy", "code"), name="pillar_code_is_unique")
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
                    models.UniqueConstraint(fields=("strategy", "code"), name="objective_code_is_unique")
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
            },
        ),
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
            ],
            options={
                "verbose_name": "country or area",
                "verbose_name_plural": "countries and areas",
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("iso2__regex", "^[A-Z]{2}$"), ("iso3__regex", "^[A-Z]{3}$")),
                        name="country_codes_are_capitals",
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
            ],
            options={
                "abstract": False,
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
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("checked", "Checked, not saved"),
                            ("refused", "Refused: it has errors"),
                            ("applied", "Saved"),
                            ("undone", "Undone"),
                        ],
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("options", models.JSONField(blank=True, default=dict, verbose_name="options")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source document")),
                (
                    "plan_digest",
                    models.CharField(blank=True, max_length=64, verbose_name="digest of the plan"),
                ),
                ("rows", models.PositiveIntegerField(default=0, verbose_name="rows")),
                ("new", models.PositiveIntegerField(default=0, verbose_name="new")),
                ("changed", models.PositiveIntegerField(default=0, verbose_name="changed")),
                ("unchanged", models.PositiveIntegerField(default=0, verbose_name="unchanged")),
                ("errors", models.PositiveIntegerField(default=0, verbose_name="errors")),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        db_constraint=False,
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
                ("applied_at", models.DateTimeField(blank=True, null=True, verbose_name="saved")),
                ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="undone")),
                (
                    "seconds",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=8, null=True, verbose_name="seconds"
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.job",
                        verbose_name="job",
                    ),
                ),
            ],
            options={
                "abstract": False,
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
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracker.indicator",
                    ),
                ),
            ],
            options={
                "abstract": False,
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
            },
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
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="country",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_countryevent" ("id", "iso2", "iso3", "name", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "source_name", "subregion", "subregion_basis") SELECT new_values."id", new_values."iso2", new_values."iso3", new_values."name", new_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."source", new_values."source_name", new_values."subregion", new_values."subregion_basis" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="b5ed12c9cdfe45bf6b718c7587e8841897abd1a8",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_74288",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="tracker_country",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="country",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_countryevent" ("id", "iso2", "iso3", "name", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "source_name", "subregion", "subregion_basis") SELECT new_values."id", new_values."iso2", new_values."iso3", new_values."name", new_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."source", new_values."source_name", new_values."subregion", new_values."subregion_basis" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="b81922c57d32afc5443ac55d4179a1d4b2034134",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_71ba0",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="tracker_country",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="country",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_countryevent" ("id", "iso2", "iso3", "name", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "source_name", "subregion", "subregion_basis") SELECT old_values."id", old_values."iso2", old_values."iso3", old_values."name", old_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."source", old_values."source_name", old_values."subregion", old_values."subregion_basis" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="e2bc3b2c94d802a629a07323085678d733eb437f",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_61e98",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="tracker_country",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reportschedule",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reportschedule",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reportschedule",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="strategy",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="strategy",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="strategy",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="cell",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="cell",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="cell",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="cell",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="cellevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="7a1db185f02bdb19ec6faf745f4a64e68f2e4aea",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_23402",
                    table="tracker_cellevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="countryevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="acc52506bd4d67e0800aba1d1ff545636d1eb4c7",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_5dce9",
                    table="tracker_countryevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="editionfile",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="editionfile",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="editionfile",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="editionfile",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="editionfileevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="c3517d7a3ea1a6f7c38ef161bb90729b2b39b6b5",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_657f1",
                    table="tracker_editionfileevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="indicatorbreakdown",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="indicatorbreakdown",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="indicatorbreakdown",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="indicatorbreakdown",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="indicatorbreakdown",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="indicatorbreakdownevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="13a25a25960093c43ac4312fb088efece39465b9",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_0ee1c",
                    table="tracker_indicatorbreakdownevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="indicatorreplacement",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="indicatorreplacement",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="indicatorreplacement",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="indicatorreplacementevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="59249b5a28e0cbe57afcf54e41dbdd5e6b98493e",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_49fa2",
                    table="tracker_indicatorreplacementevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="cellvalueevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="fb0b05897eb9aed95e2c15333d2efe0b5dbbf35d",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_9be34",
                    table="tracker_cellvalueevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="cellvalue",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="cellvalue",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="cellvalue",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="cellvalue",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="cellvalue",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="cellvalue",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="importbatchevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="c44fb9923df3f060866bff87378fe42e60c7d896",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_f7576",
                    table="tracker_importbatchevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="importbatch",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_importbatchevent" ("applied_at", "changed", "errors", "file", "filename", "id", "job_id", "kind", "new", "options", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_digest", "rows", "seconds", "sha256", "source", "status", "unchanged", "undone_at", "uploaded_at", "uploaded_by_id") SELECT new_values."applied_at", new_values."changed", new_values."errors", new_values."file", new_values."filename", new_values."id", new_values."job_id", new_values."kind", new_values."new", new_values."options", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."plan_digest", new_values."rows", new_values."seconds", new_values."sha256", new_values."source", new_values."status", new_values."unchanged", new_values."undone_at", new_values."uploaded_at", new_values."uploaded_by_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="cb2da5bac34311c29b54d2820cf64abcb6b3c6aa",
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
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_importbatchevent" ("applied_at", "changed", "errors", "file", "filename", "id", "job_id", "kind", "new", "options", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_digest", "rows", "seconds", "sha256", "source", "status", "unchanged", "undone_at", "uploaded_at", "uploaded_by_id") SELECT new_values."applied_at", new_values."changed", new_values."errors", new_values."file", new_values."filename", new_values."id", new_values."job_id", new_values."kind", new_values."new", new_values."options", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."plan_digest", new_values."rows", new_values."seconds", new_values."sha256", new_values."source", new_values."status", new_values."unchanged", new_values."undone_at", new_values."uploaded_at", new_values."uploaded_by_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="14bc111a93850d55aeb059b8c2df417bab56dbbe",
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
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_importbatchevent" ("applied_at", "changed", "errors", "file", "filename", "id", "job_id", "kind", "new", "options", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_digest", "rows", "seconds", "sha256", "source", "status", "unchanged", "undone_at", "uploaded_at", "uploaded_by_id") SELECT old_values."applied_at", old_values."changed", old_values."errors", old_values."file", old_values."filename", old_values."id", old_values."job_id", old_values."kind", old_values."new", old_values."options", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."plan_digest", old_values."rows", old_values."seconds", old_values."sha256", old_values."source", old_values."status", old_values."unchanged", old_values."undone_at", old_values."uploaded_at", old_values."uploaded_by_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="1e7dc399147b4d77e0492fa29d41843d88a5b65b",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_2d7a2",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="tracker_importbatch",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mission",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mission",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mission",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membershipevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="ec66ce36cc6c7a7f6578cb68fee789458ce180b5",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_53f1a",
                    table="tracker_membershipevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="indicatorassignmentevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="ac4c835fae578e66b47e1cef3ccdf3a7b7e4d89f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_e98c2",
                    table="tracker_indicatorassignmentevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="indicatorassignment",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="indicatorassignment",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="indicatorassignment",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="indicatorassignment",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="indicatorassignment",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="baselineevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="c4a68f818f0d443c40bb57a88dbf3521e5d87992",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_fcdd5",
                    table="tracker_baselineevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="baseline",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="baseline",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="baseline",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="baseline",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="baseline",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="missionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="9bc183f4ed5a9a420348acc182e67010c1baefc9",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_4d149",
                    table="tracker_missionevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="progressreportevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="ed97247347e3cb98b85c9d320f8e827a344378f7",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_8fcaf",
                    table="tracker_progressreportevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="progressreport",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="progressreport",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="progressreport",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reportrevision",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reportrevision",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reportrevision",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reportrevision",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reportrevision",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reportrevision",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="indicatorresultevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="86f96ed009a81d598252a56e57f9e34d0902ac2a",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_de7f9",
                    table="tracker_indicatorresultevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="indicatorresult",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="indicatorresult",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="indicatorresult",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="indicatorresult",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="indicatorresult",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="indicatorresult",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reportrevisionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="4411d069bbcfed71714783fd44017c8861b61ffc",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_9769b",
                    table="tracker_reportrevisionevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="editionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="a0ed3321a1527fb3219d40ac7649a00235d77971",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_96142",
                    table="tracker_editionevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="edition",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="edition",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="edition",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reportscheduleevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="33255d616b98c95afee4f361bd91c276cbed8ab9",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_9c8eb",
                    table="tracker_reportscheduleevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reviewevent",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reviewevent",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reviewevent",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reviewevent",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="revieweventevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="ab4c0b631e2d7bdf0eaac4eb2645bbe699764783",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_40dcd",
                    table="tracker_revieweventevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="strategicpriorityevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="e70f3f351c8e0f448c2318d95293d436c3d26f12",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_7be43",
                    table="tracker_strategicpriorityevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="strategicpriority",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="strategicpriority",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="strategicpriority",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reportingperiodevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="887f6bbfa41a64c6b87734c8c800f8f248bbb1d3",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_cbe2c",
                    table="tracker_reportingperiodevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reportingperiod",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reportingperiod",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reportingperiod",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reportingperiod",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pillarevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="49b7402d0a89f7836dd33dfd0f67230eccfbdc48",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_f3539",
                    table="tracker_pillarevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pillar",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pillar",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pillar",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="objectiveevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="b1b5a38879bf2ccaf4f4aa946033b08c0ca1e175",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_50dda",
                    table="tracker_objectiveevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="objective",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="objective",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="objective",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="indicatorevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="3efa01f761fd159b9a4e3af568d92035b905e4ae",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_e512c",
                    table="tracker_indicatorevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="indicator",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="indicator",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="indicator",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="indicator",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="breakdownevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="1315eb9a49b1dc4f68bc3f42c17e8efdeb6ab81d",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_31cbb",
                    table="tracker_breakdownevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="breakdown",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="breakdown",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="breakdown",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="breakdown",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="strategyevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="0c9a774bc0b97bc87e98d3c4129cfe7e9c26ab60",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_93c81",
                    table="tracker_strategyevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="target",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="target",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="target",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="target",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="target",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="targetevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="3df297fb427247a2b6f65676b7bea0ed4946ccca",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_f64cf",
                    table="tracker_targetevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="userevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="7545575bc92cb6f7a67350ba8def2b15d6756941",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_94ab2",
                    table="tracker_userevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
