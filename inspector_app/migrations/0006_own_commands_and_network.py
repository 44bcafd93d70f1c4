from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inspector", "0005_report_parts"),
    ]

    operations = [
        migrations.AddField(
            model_name="workspace",
            name="own_commands",
            field=models.TextField(
                blank=True,
                default="",
                help_text="Commands that the user wrote down, in the words of djdesk.toml.",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="workspacetaskrun",
            name="network",
            field=models.BooleanField(
                help_text="Whether it could reach the network; null: not known.", null=True
            ),
        ),
        migrations.AlterField(
            model_name="owncommandconsent",
            name="command",
            field=models.CharField(help_text="Its name in the definition.", max_length=80),
        ),
    ]
