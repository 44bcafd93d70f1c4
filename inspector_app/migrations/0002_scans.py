from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inspector", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="scan",
            name="difference",
            field=models.JSONField(
                help_text="To the finished scan before it; null for the first one.", null=True
            ),
        ),
        migrations.AddField(
            model_name="scan",
            name="files",
            field=models.JSONField(
                help_text="The source files as they were; null where nobody can compare them.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="scan",
            name="summary",
            field=models.JSONField(
                help_text="What a list of scans shows of the report.", null=True
            ),
        ),
        migrations.AlterField(
            model_name="scan",
            name="state",
            field=models.CharField(
                choices=[
                    ("queued", "Queued"),
                    ("running", "Running"),
                    ("done", "Done"),
                    ("failed", "Failed"),
                    ("cancelled", "Cancelled"),
                    ("timed_out", "Timed Out"),
                ],
                default="queued",
                max_length=16,
            ),
        ),
        # Not a model: Django has no field for it, and only SQL can ask it.
        migrations.RunSQL(
            """
            CREATE VIRTUAL TABLE inspector_search USING fts5(
                scope, words, more,
                kind UNINDEXED, weight UNINDEXED, title UNINDEXED, name UNINDEXED,
                detail UNINDEXED, file UNINDEXED, line UNINDEXED, anchor UNINDEXED,
                tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
            )
            """,
            "DROP TABLE inspector_search",
        ),
    ]
