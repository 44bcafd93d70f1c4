from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inspector", "0002_scans"),
    ]

    operations = [
        migrations.AddField(
            model_name="workspace",
            name="env_files",
            field=models.JSONField(default=list, help_text="Absolute; chosen by the user."),
        ),
        migrations.AddField(
            model_name="workspace",
            name="interpreter_problem",
            field=models.JSONField(
                help_text="Why nothing can be run with it: a Problem.", null=True
            ),
        ),
        migrations.AddField(
            model_name="workspace",
            name="interpreter_proof",
            field=models.CharField(
                blank=True, help_text="Of the files with which it was started last.", max_length=64
            ),
        ),
        migrations.AddField(
            model_name="workspace",
            name="python_path",
            field=models.JSONField(
                default=list, help_text="Where a project without manage.py is imported from."
            ),
        ),
        migrations.AddField(
            model_name="workspace",
            name="settings_source",
            field=models.CharField(
                blank=True,
                help_text="file:line that names it, or chosen by the user.",
                max_length=4200,
            ),
        ),
        migrations.AlterField(
            model_name="workspace",
            name="manage_py",
            field=models.CharField(
                blank=True,
                help_text="Relative to root; empty where the project has none.",
                max_length=4096,
            ),
        ),
    ]
