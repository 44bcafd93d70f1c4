from __future__ import annotations

from contextlib import suppress

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def split(apps: Apps, _: BaseDatabaseSchemaEditor) -> None:
    """What the pages show of a report in numbers is counted when one of them asks."""
    from inspector_app.scans.report.check_places import add_places

    part = apps.get_model("inspector", "ReportPart")
    for scan in apps.get_model("inspector", "Scan").objects.iterator(chunk_size=1):
        # One of a form that this version does not know is kept as it is.
        with suppress(KeyError, TypeError):
            add_places(scan.report)
        part.objects.bulk_create(
            part(scan=scan, name=name, value=value) for name, value in scan.report.items()
        )


class Migration(migrations.Migration):
    dependencies = [
        ("inspector", "0004_rehearsal"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReportPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40)),
                ("value", models.JSONField(null=True)),
                (
                    "scan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="inspector.scan",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="reportpart",
            constraint=models.UniqueConstraint(fields=("scan", "name"), name="one_part_of_a_name"),
        ),
        migrations.AddField(
            model_name="scan",
            name="totals",
            field=models.JSONField(
                help_text="The report in numbers, as every page has them.", null=True
            ),
        ),
        migrations.RunPython(split, migrations.RunPython.noop),
        migrations.RemoveField(model_name="scan", name="report"),
    ]
