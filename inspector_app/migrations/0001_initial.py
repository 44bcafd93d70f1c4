from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Preference",
            fields=[
                ("key", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("value", models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name="Workspace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=80, unique=True)),
                ("name", models.CharField(max_length=255)),
                ("root", models.CharField(max_length=4096, unique=True)),
                (
                    "manage_py",
                    models.CharField(blank=True, help_text="Relative to root.", max_length=4096),
                ),
                ("settings_module", models.CharField(blank=True, max_length=255)),
                ("interpreter", models.CharField(blank=True, max_length=4096)),
                ("interpreter_source", models.CharField(blank=True, max_length=40)),
                ("interpreter_why", models.CharField(blank=True, max_length=500)),
                ("python_version", models.CharField(blank=True, max_length=40)),
                ("django_version", models.CharField(blank=True, max_length=40)),
                (
                    "bundled",
                    models.BooleanField(
                        default=False, help_text="DJDesk's own Python stands in for the project's."
                    ),
                ),
                ("trusted_at", models.DateTimeField(blank=True, null=True)),
                ("network", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("opened_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-opened_at"],
            },
        ),
        migrations.CreateModel(
            name="Scan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="queued",
                        max_length=16,
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[("static", "Static"), ("runtime", "Runtime"), ("mixed", "Mixed")],
                        default="static",
                        max_length=16,
                    ),
                ),
                ("report", models.JSONField(default=dict)),
                ("problem", models.JSONField(null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("seconds", models.FloatField(null=True)),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scans",
                        to="inspector.workspace",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="OwnCommandConsent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("command", models.CharField(help_text="Its name in the file.", max_length=80)),
                (
                    "digest",
                    models.CharField(help_text="Of the definition that was shown.", max_length=64),
                ),
                ("granted_at", models.DateTimeField(auto_now=True)),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consents",
                        to="inspector.workspace",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "command"), name="one_consent_each"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkspaceTaskRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.PositiveIntegerField(help_text="Counts from 1 in each workspace."),
                ),
                ("preset", models.CharField(max_length=80)),
                ("params", models.JSONField(default=dict)),
                ("argv", models.JSONField(default=list)),
                ("cwd", models.CharField(max_length=4096)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("running", "Running"),
                            ("cancelling", "Cancelling"),
                            ("succeeded", "Succeeded"),
                            ("failed", "Failed"),
                            ("cancelled", "Cancelled"),
                            ("timed_out", "Timed Out"),
                            ("output_limit", "Output Limit"),
                            ("lost", "Lost"),
                        ],
                        default="queued",
                        max_length=16,
                    ),
                ),
                ("exit_code", models.IntegerField(null=True)),
                ("signal", models.IntegerField(null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("started_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("timeout_s", models.FloatField()),
                ("tier", models.CharField(blank=True, max_length=20)),
                (
                    "instance",
                    models.CharField(
                        blank=True, help_text="The server that claimed it.", max_length=40
                    ),
                ),
                ("pid", models.IntegerField(null=True)),
                (
                    "create_time",
                    models.FloatField(help_text="Tells a reused pid from ours.", null=True),
                ),
                ("peak_memory", models.BigIntegerField(help_text="Bytes.", null=True)),
                ("cpu_seconds", models.FloatField(null=True)),
                ("files_compared", models.IntegerField(null=True)),
                (
                    "files_changed",
                    models.JSONField(help_text="Null: the tree was not compared.", null=True),
                ),
                (
                    "files_unreadable",
                    models.IntegerField(
                        help_text="Folders that the comparison could not look into.", null=True
                    ),
                ),
                ("attempted_writes", models.JSONField(null=True)),
                ("lines", models.BigIntegerField(default=0)),
                ("bytes", models.BigIntegerField(default=0)),
                (
                    "redacted",
                    models.PositiveIntegerField(
                        default=0, help_text="How many secrets were replaced in its output."
                    ),
                ),
                ("message", models.CharField(blank=True, max_length=1000)),
                ("hint", models.CharField(blank=True, max_length=1000)),
                ("cancel_requested", models.BooleanField(default=False)),
                (
                    "kept",
                    models.BooleanField(default=False, help_text="Never removed to make room."),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="runs",
                        to="inspector.workspace",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["status"], name="run_status")],
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "number"), name="run_number_once")
                ],
            },
        ),
    ]
