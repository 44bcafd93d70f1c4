"""The report of a scan, ``djdesk-report/1``: one schema for page, command line and exports.

The schema is docs/report-schema.json. Readers pass over keys they do not know.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.utils import timezone

from inspector_app.models import Workspace
from inspector_app.redaction.redactor import Redactor
from inspector_app.workspaces.find import shown

from .checking import Checking
from .findings import find
from .findings.gather import gather
from .static.reading import StaticReading

FORMAT = "djdesk-report/1"


def build_report(
    workspace: Workspace,
    reading: StaticReading,
    checking: Checking | None,
    redactor: Redactor,
    *,
    version: str,
    seconds: float,
) -> dict[str, Any]:
    """Everything that was read of ``workspace``; what was not read is null, never made up.

    ``checking`` is None as long as none of the project's code may be run. The secrets that
    ``redactor`` knows are replaced and counted, with those in the output of the checks.
    """
    run = checking.run if checking is not None else None
    checks = checking.checks if checking is not None else None
    sections = dict(reading.sections)
    if checking is not None:
        sections["checks"] = checking.section
    report: dict[str, Any] = {
        "format": FORMAT,
        "generated_at": timezone.now().isoformat(),
        "djdesk": version,
        "project": {
            "root": workspace.root,
            "manage_py": workspace.manage_py,
            "settings": workspace.settings_module,
            "django": _django(workspace, reading),
            "python": workspace.python_version,
        },
        "interpreter": {
            "path": workspace.interpreter,
            "source": workspace.interpreter_source,
            "why": workspace.interpreter_why,
            "bundled": workspace.bundled,
        },
        "trusted": workspace.trusted,
        "sandbox": {"tier": run.tier if run is not None else None, "network": workspace.network},
        "sections": sections,
        "apps": _apps(workspace, reading),
        "apps_complete": reading.apps_complete,
        "relations": reading.models.relations,
        "migrations": {
            "apps": reading.migrations.apps,
            "conflicts": reading.migrations.conflicts,
            "unapplied": None,
        },
        "databases": reading.databases,
        "requirement": asdict(reading.django) if reading.django is not None else None,
        "urls": [],
        "settings": {"changed": []},
        "checks": {
            "default": checks.results if checks is not None else None,
            "deploy": None,
            "silenced": checks.silenced if checks is not None else None,
        },
        "findings": [],
        "files_changed": run.files_changed if run is not None else None,
        "files_unreadable": run.files_unreadable if run is not None else None,
        "attempted_writes": run.attempted_writes if run is not None else None,
        "seconds": round(seconds, 3),
    }
    report["findings"] = find(report, gather(workspace, reading, checking))
    clean: dict[str, Any] = redactor.data(sendable(report))
    clean["redacted"] = redactor.count + (run.redacted if run is not None else 0)
    return clean


def sendable(report: dict[str, Any]) -> dict[str, Any]:
    """``report`` as it can be sent: a string literal of a project may hold half a character."""
    try:
        json.dumps(report, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        text = json.dumps(report, ensure_ascii=False)
        cleaned: dict[str, Any] = json.loads(text.encode("utf-8", "replace"))
        return cleaned
    return report


def _apps(workspace: Workspace, reading: StaticReading) -> list[dict[str, Any]]:
    return [
        {
            "label": app.label,
            "name": app.name,
            "path": _path(app.folder, workspace.root_path) if app.own else None,
            "readable": app.folder is not None,
            "models": reading.models.models.get(app.label, []),
            "abstract_models": reading.models.abstract.get(app.label, []),
        }
        for app in reading.apps
    ]


def _django(workspace: Workspace, reading: StaticReading) -> str:
    """The installed version; where DJDesk's own stands in, the one the project pins."""
    pinned = reading.django.version if reading.django is not None else ""
    installed = workspace.django_version
    return pinned or installed if workspace.bundled else installed or pinned


def _path(folder: Path | None, root: Path) -> str | None:
    if folder is None:
        return None
    return shown(folder.relative_to(root) if folder.is_relative_to(root) else folder)
