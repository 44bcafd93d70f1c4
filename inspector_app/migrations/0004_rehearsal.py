from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inspector", "0003_project_setup"),
    ]

    operations = [
        migrations.AddField(
            model_name="workspacetaskrun",
            name="rehearsal",
            field=models.JSONField(
                help_text="What it would have changed, in numbers; the rest lies in its folder.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="workspacetaskrun",
            name="rehearsal_bytes",
            field=models.BigIntegerField(default=0),
        ),
    ]
