"""Django's own answer about a project, to compare a static reading with."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from inspector_app.scans.static.reading import StaticReading, read_project
from inspector_app.workspaces.environment import packages_of
from tests.environment import CHECKOUT

TRUTH = CHECKOUT / "tests" / "truth.py"


@dataclass
class Answer:
    """The same facts as sets and maps, from either side."""

    apps: dict[str, str] = field(default_factory=dict)
    models: dict[str, dict[str, Any]] = field(default_factory=dict)
    fields: dict[str, list[str]] = field(default_factory=dict)
    relations: set[tuple[str, str | None, str, str, bool]] = field(default_factory=set)
    migrations: dict[str, list[str]] = field(default_factory=dict)
    conflicts: dict[str, list[str]] = field(default_factory=dict)
    checks: list[str] = field(default_factory=list)
    deploy: list[str] = field(default_factory=list)
    silenced: list[str] = field(default_factory=list)
    urls: list[tuple[str, str]] = field(default_factory=list)
    settings: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    unapplied: int | None = None


ASKED = ("checks", "deploy", "silenced", "settings", "missing", "unapplied")
FLAGS = ("table", "proxy", "swapped", "managed", "auto_created")


def ask_django(
    root: Path, settings: str, python: Path | None = None, cwd: Path | None = None
) -> Answer:
    """What the project's Django says, asked in a process of its own."""
    done = subprocess.run(
        [str(python or sys.executable), str(TRUTH), settings],
        cwd=cwd or root,
        capture_output=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    said = json.loads(done.stdout)
    return Answer(
        said["apps"],
        {label: {flag: model[flag] for flag in FLAGS} for label, model in said["models"].items()},
        {label: model["fields"] for label, model in said["models"].items()},
        {(one[0], one[1], one[2], one[3], one[4]) for one in said["relations"]},
        said["migrations"],
        said["conflicts"],
        **{name: said[name] for name in ASKED},
        urls=[(route, name) for route, name in said["urls"]],
    )


def told(report: dict[str, Any]) -> Answer:
    """A report's answer, whichever of its sources gave it."""
    models = [one for app in report["apps"] for one in app["models"]]
    migrations, checks = report["migrations"], report["checks"]
    return Answer(
        {app["label"]: app["name"] for app in report["apps"]},
        {model["label"]: {flag: model[flag] for flag in FLAGS} for model in models},
        {model["label"]: sorted(one["name"] for one in model["fields"]) for model in models},
        {
            (one["from"], one["to"], one["field"], one["kind"], one["auto_created"])
            for one in report["relations"]
        },
        {label: [one["name"] for one in found] for label, found in migrations["apps"].items()},
        {one["app"]: one["leaves"] for one in migrations["conflicts"]},
        sorted(one["id"] for one in checks["default"]),
        sorted(one["id"] for one in checks["deploy"]),
        sorted({one["id"] for one in checks["silenced_checks"]}),
        sorted((one["route"], one["name"] or "") for one in report["urls"]),
        sorted(one["name"] for one in report["settings"]["changed"]),
        sorted({one["app"] for one in migrations["missing"] or []}),
        migrations["unapplied"],
    )


def manage(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """``manage.py`` as a user runs it: without the settings that these tests run with."""
    environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    return subprocess.run(
        [sys.executable, "-B", "manage.py", *arguments],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def read(root: Path, settings: str, python: Path | None = None) -> StaticReading:
    """The static reading with the packages that ``python`` would import."""
    packages = packages_of(python or Path(sys.executable))
    return read_project(root, Path("manage.py"), settings, packages)


def answer(reading: StaticReading) -> Answer:
    models = [one for models in reading.models.models.values() for one in models]
    return Answer(
        {app.label: app.name for app in reading.apps},
        {model["label"]: {flag: model[flag] for flag in FLAGS} for model in models},
        {model["label"]: sorted(one["name"] for one in model["fields"]) for model in models},
        {
            (one["from"], one["to"], one["field"], one["kind"], one["auto_created"])
            for one in reading.models.relations
        },
        {
            label: [one["name"] for one in entries]
            for label, entries in reading.migrations.apps.items()
            if entries
        },
        {one["app"]: one["leaves"] for one in reading.migrations.conflicts},
    )
