import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    """Codes by which a page can be found, amounts that can be added up, at most four goals of a framework."""

    dependencies = [
        ("tracker", "0007_sources_become_data"),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name="alignment",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[^/]*[^/.][^/]*$")),
                name="activity_code_fits_an_address",
                violation_error_message="A code stands in the address of its page: write it without a slash, and not of points alone.",
            ),
        ),
        migrations.AddConstraint(
            model_name="fundingrequirement",
            constraint=models.CheckConstraint(
                condition=models.Q(("currency", "USD")),
                name="asked_for_in_dollars",
                violation_error_message="Amounts are added up in US dollars. Give the amount in USD.",
            ),
        ),
        migrations.AddConstraint(
            model_name="fundingtotal",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gte", 0), ("amount_printed__gte", 0)),
                name="printed_total_is_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[^/]*[^/.][^/]*$")),
                name="indicator_code_fits_an_address",
                violation_error_message="A code stands in the address of its page: write it without a slash, and not of points alone.",
            ),
        ),
        migrations.AddConstraint(
            model_name="mission",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[^/]*[^/.][^/]*$")),
                name="mission_code_fits_an_address",
                violation_error_message="A code stands in the address of its page: write it without a slash, and not of points alone.",
            ),
        ),
        migrations.AddConstraint(
            model_name="objective",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[^/]*[^/.][^/]*$")),
                name="objective_code_fits_an_address",
                violation_error_message="A code stands in the address of its page: write it without a slash, and not of points alone.",
            ),
        ),
        migrations.AddConstraint(
            model_name="pillar",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[^/]*[^/.][^/]*$")),
                name="pillar_code_fits_an_address",
                violation_error_message="A code stands in the address of its page: write it without a slash, and not of points alone.",
            ),
        ),
        migrations.AddConstraint(
            model_name="referenceframework",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[^/]*[^/.][^/]*$")),
                name="framework_code_fits_an_address",
                violation_error_message="A code stands in the address of its page: write it without a slash, and not of points alone.",
            ),
        ),
        migrations.AddConstraint(
            model_name="referencegoal",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[^/]*[^/.][^/]*$")),
                name="goal_code_fits_an_address",
                violation_error_message="A code stands in the address of its page: write it without a slash, and not of points alone.",
            ),
        ),
        migrations.AddConstraint(
            model_name="strategicpriority",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[^/]*[^/.][^/]*$")),
                name="strategicpriority_code_fits_an_address",
                violation_error_message="A code stands in the address of its page: write it without a slash, and not of points alone.",
            ),
        ),
    ]
