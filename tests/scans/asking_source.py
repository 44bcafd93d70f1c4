"""URLs, settings and migrations from both sides: Django's own answer, and what was read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inspector_app.scans.static.reading import StaticReading
from tests.environment import CHECKOUT

TRUTH = CHECKOUT / "tests" / "scans" / "truth_of_source.py"

Url = tuple[str, str | None]


@dataclass
class Truth:
    """``urls`` has all, ``written`` those that URLconfs write at their top level."""

    said: dict[str, Any]

    @property
    def urls(self) -> Counter[Url]:
        return Counter((one["route"], one["name"]) for one in self.said["urls"])

    @property
    def written(self) -> Counter[Url]:
        return Counter((one["route"], one["name"]) for one in self.said["urls"] if one["written"])

    @property
    def views(self) -> dict[Url, str]:
        return {(one["route"], one["name"]): one["view"] for one in self.said["urls"]}

    @property
    def lines(self) -> dict[Url, int]:
        return {(one["route"], one["name"]): one["line"] for one in self.said["urls"]}


def ask(
    cwd: Path, settings: str, python: Path | None = None, packages: Path | None = None
) -> Truth:
    """What Django says; ``packages`` is put in front of what ``python`` has installed."""
    environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    if packages is not None:
        environment["PYTHONPATH"] = str(packages)
    done = subprocess.run(
        [str(python or sys.executable), str(TRUTH), settings],
        cwd=cwd,
        env=environment,
        capture_output=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stderr.decode()[-3000:]
    return Truth(json.loads(done.stdout))


def written_urls(reading: StaticReading) -> Counter[Url]:
    """The URLs that were read, without those that only name what makes others."""
    return Counter(
        (one["route"], one["name"])
        for one in reading.urls.entries
        if one["generated"] is None and "condition" not in one
    )


def migrations(reading: StaticReading) -> dict[str, dict[str, Any]]:
    """Those of the project's own apps, as the truth tells them."""
    return {
        f"{label}.{one['name']}": {
            "dependencies": sorted(one["dependencies"]),
            "replaces": one["replaces"],
            "run_before": one["run_before"],
            "atomic": one["atomic"],
            "operations": [[each["kind"], each["text"]] for each in one["operations"]],
        }
        for label, found in reading.migrations.apps.items()
        for one in found
        if "operations" in one
    }


def changed(reading: StaticReading) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in reading.changed_settings["changed"]}
