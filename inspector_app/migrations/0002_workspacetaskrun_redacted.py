from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inspector", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="workspacetaskrun",
            name="redacted",
            field=models.PositiveIntegerField(
                default=0, help_text="How many secrets were replaced in its output."
            ),
        ),
    ]
