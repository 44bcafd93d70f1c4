from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inspector", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="workspacetaskrun",
            name="kept",
            field=models.BooleanField(default=False, help_text="Never removed to make room."),
        ),
    ]
