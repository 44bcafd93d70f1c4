"""What DJDesk keeps: opened projects, their scans, and every command it ran."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    from .runs.log import RunLog


def _address(view: str, *args: object) -> str:
    # Not loaded for a command line, which shows no page.
    from django.urls import reverse

    return reverse(view, args=args)


class Workspace(models.Model):
    """One opened project: what was found, and what the user chose instead."""

    slug = models.SlugField(unique=True, max_length=80)
    name = models.CharField(max_length=255)
    root = models.CharField(max_length=4096, unique=True)
    manage_py = models.CharField(
        max_length=4096, blank=True, help_text="Relative to root; empty where the project has none."
    )
    python_path = models.JSONField(
        default=list, help_text="Where a project without manage.py is imported from."
    )
    settings_module = models.CharField(max_length=255, blank=True)
    settings_source = models.CharField(
        max_length=4200, blank=True, help_text="file:line that names it, or chosen by the user."
    )
    env_files = models.JSONField(default=list, help_text="Absolute; chosen by the user.")
    interpreter = models.CharField(max_length=4096, blank=True)
    interpreter_source = models.CharField(max_length=40, blank=True)
    interpreter_why = models.CharField(max_length=500, blank=True)
    python_version = models.CharField(max_length=40, blank=True)
    django_version = models.CharField(max_length=40, blank=True)
    bundled = models.BooleanField(
        default=False, help_text="DJDesk's own Python stands in for the project's."
    )
    interpreter_problem = models.JSONField(
        null=True, help_text="Why nothing can be run with it: a Problem."
    )
    interpreter_proof = models.CharField(
        max_length=64, blank=True, help_text="Of the files with which it was started last."
    )
    trusted_at = models.DateTimeField(null=True, blank=True)
    network = models.BooleanField(default=False)
    own_commands = models.TextField(
        blank=True, help_text="Commands that the user wrote down, in the words of djdesk.toml."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    opened_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-opened_at"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return _address("inspector:overview", self.slug)

    @property
    def root_path(self) -> Path:
        return Path(self.root)

    @property
    def base_path(self) -> Path:
        """The folder whose modules the project's code imports by name: manage.py's, if it has one.

        More of them may be in :attr:`python_path`.
        """
        if self.manage_py:
            return (self.root_path / self.manage_py).parent
        return Path(self.python_path[0]) if self.python_path else self.root_path

    @functools.cached_property
    def newest_scan(self) -> Scan | None:
        """Of whatever state, without what is long; as it was when it was first asked for."""
        return self.scans.defer(*Scan.LONG).first()

    @functools.cached_property
    def newest_reading(self) -> Scan | None:
        """The newest scan that has a report, without what is long; as :attr:`newest_scan`."""
        newest = self.newest_scan
        if newest is None or newest.state == Scan.State.DONE:
            return newest
        return self.scans.filter(state=Scan.State.DONE).defer(*Scan.LONG).first()

    @property
    def script_path(self) -> Path:
        """manage.py; where there is none, where it would be."""
        return self.base_path / (Path(self.manage_py).name or "manage.py")

    @property
    def trusted(self) -> bool:
        return self.trusted_at is not None


class Scan(models.Model):
    """One reading of a workspace, with the report it produced."""

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"
        TIMED_OUT = "timed_out"

    ACTIVE: ClassVar[frozenset[str]] = frozenset({State.QUEUED, State.RUNNING})

    class Source(models.TextChoices):
        STATIC = "static"
        RUNTIME = "runtime"
        MIXED = "mixed"

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="scans")
    state = models.CharField(max_length=16, choices=State.choices, default=State.QUEUED)
    source = models.CharField(max_length=16, choices=Source.choices, default=Source.STATIC)
    problem = models.JSONField(null=True)
    difference = models.JSONField(
        null=True, help_text="To the finished scan before it; null for the first one."
    )
    summary = models.JSONField(null=True, help_text="What a list of scans shows of the report.")
    totals = models.JSONField(null=True, help_text="The report in numbers, as every page has them.")
    files = models.JSONField(
        null=True, help_text="The source files as they were; null where nobody can compare them."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    seconds = models.FloatField(null=True)

    # What lists and the shell do not show, and what is long.
    LONG: ClassVar[tuple[str, ...]] = ("files", "difference")
    # Until it is saved or asked for.
    _report: dict[str, Any] | None = None
    _report_is_new = False

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        return f"scan {self.pk} of {self.workspace_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        if self._report_is_new:
            self._report_is_new = False
            self.parts.all().delete()
            self.parts.bulk_create(
                ReportPart(scan=self, name=name, value=value) for name, value in self.report.items()
            )

    def get_absolute_url(self) -> str:
        return _address("inspector:scan", self.workspace.slug, self.pk)

    @property
    def active(self) -> bool:
        return self.state in self.ACTIVE

    @property
    def report(self) -> dict[str, Any]:
        """All that was read; empty as long as the scan has not finished.

        Who needs a few parts of it asks for these: :func:`inspector_app.scans.newest.parts`.
        """
        if self._report is None:
            self._report = dict(self.parts.values_list("name", "value")) if self.pk else {}
        return self._report

    @report.setter
    def report(self, report: dict[str, Any]) -> None:
        """Stored when the scan is saved."""
        self._report, self._report_is_new = report, True


class ReportPart(models.Model):
    """A top-level part of a scan's report.

    The whole of a large project's is megabytes, of which a page needs little.
    """

    scan = models.ForeignKey(Scan, on_delete=models.CASCADE, related_name="parts")
    name = models.CharField(max_length=40)
    value = models.JSONField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["scan", "name"], name="one_part_of_a_name")
        ]

    def __str__(self) -> str:
        return f"{self.name} of scan {self.scan_id}"


class WorkspaceTaskRun(models.Model):
    """One command that was asked for; this row is the truth, the queue holds only its id."""

    class Status(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        CANCELLING = "cancelling"
        SUCCEEDED = "succeeded"
        FAILED = "failed"
        CANCELLED = "cancelled"
        TIMED_OUT = "timed_out"
        OUTPUT_LIMIT = "output_limit"
        LOST = "lost"

    ACTIVE: ClassVar[frozenset[str]] = frozenset({Status.QUEUED, Status.RUNNING, Status.CANCELLING})

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="runs")
    number = models.PositiveIntegerField(help_text="Counts from 1 in each workspace.")
    preset = models.CharField(max_length=80)
    params = models.JSONField(default=dict)
    argv = models.JSONField(default=list)
    cwd = models.CharField(max_length=4096)
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.QUEUED)
    exit_code = models.IntegerField(null=True)
    signal = models.IntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    timeout_s = models.FloatField()
    tier = models.CharField(max_length=20, blank=True)
    network = models.BooleanField(
        null=True, help_text="Whether it could reach the network; null: not known."
    )
    instance = models.CharField(max_length=40, blank=True, help_text="The server that claimed it.")
    pid = models.IntegerField(null=True)
    create_time = models.FloatField(null=True, help_text="Tells a reused pid from ours.")
    peak_memory = models.BigIntegerField(null=True, help_text="Bytes.")
    cpu_seconds = models.FloatField(null=True)
    files_compared = models.IntegerField(null=True)
    files_changed = models.JSONField(null=True, help_text="Null: the tree was not compared.")
    files_unreadable = models.IntegerField(
        null=True, help_text="Folders that the comparison could not look into."
    )
    attempted_writes = models.JSONField(null=True)
    rehearsal = models.JSONField(
        null=True, help_text="What it would have changed, in numbers; the rest lies in its folder."
    )
    rehearsal_bytes = models.BigIntegerField(default=0)
    lines = models.BigIntegerField(default=0)
    bytes = models.BigIntegerField(default=0)
    redacted = models.PositiveIntegerField(
        default=0, help_text="How many secrets were replaced in its output."
    )
    message = models.CharField(max_length=1000, blank=True)
    hint = models.CharField(max_length=1000, blank=True)
    cancel_requested = models.BooleanField(default=False)
    kept = models.BooleanField(default=False, help_text="Never removed to make room.")

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "number"], name="run_number_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["status"], name="run_status")]

    def __str__(self) -> str:
        return f"#{self.number} {self.preset}"

    def get_absolute_url(self) -> str:
        return _address("inspector:run", self.workspace.slug, self.number)

    @property
    def active(self) -> bool:
        return self.status in self.ACTIVE

    @property
    def seconds(self) -> float | None:
        """Wall time from start to end, or None while either is missing."""
        if self.started_at is None or self.finished_at is None:
            return None
        return float((self.finished_at - self.started_at).total_seconds())

    @property
    def folder(self) -> Path:
        """Where the log and its index lie; made when the run starts."""
        return Path(settings.DJDESK_RUNS_DIR) / str(self.pk)

    @property
    def log(self) -> RunLog:
        """The output in arrival order, as a flat file with an index beside it."""
        from .runs.log import RunLog

        return RunLog(self.folder)


class OwnCommandConsent(models.Model):
    """The user's word that one command of a project's own, exactly as defined, may run."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="consents")
    command = models.CharField(max_length=80, help_text="Its name in the definition.")
    digest = models.CharField(max_length=64, help_text="Of the definition that was shown.")
    granted_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "command"], name="one_consent_each"),
        ]

    def __str__(self) -> str:
        return f"{self.command} in {self.workspace_id}"


class Preference(models.Model):
    """One setting of the page, kept here because a new port each start loses localStorage."""

    key = models.CharField(max_length=60, primary_key=True)
    value: models.JSONField[Any, Any] = models.JSONField()

    def __str__(self) -> str:
        return self.key
