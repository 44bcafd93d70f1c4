"""The report of a scan, ``djdesk-report/1``: one schema for page, command line and exports."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from inspector_app.models import Workspace, WorkspaceTaskRun

from .findings import find
from .static.reading import StaticReading

FORMAT = "djdesk-report/1"


def build_report(
    workspace: Workspace,
    reading: StaticReading,
    *,
    version: str,
    check_run: WorkspaceTaskRun | None,
    checks: list[dict[str, Any]] | None,
    seconds: float,
) -> dict[str, Any]:
    """Everything that was read of ``workspace``; what was not read is empty and says so."""
    return {
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
        },
        "trusted": workspace.trusted,
        "sandbox": {
            "tier": check_run.tier if check_run is not None else None,
            "network": workspace.network,
        },
        "sections": reading.sections,
        "apps": [
            {
                "label": app.label,
                "name": app.name,
                "path": _relative(str(app.folder), workspace.root) if app.own else None,
                "models": reading.models.models.get(app.label, []),
                "abstract_models": reading.models.abstract.get(app.label, []),
            }
            for app in reading.apps
        ],
        "apps_complete": reading.apps_complete,
        "relations": reading.models.relations,
        "migrations": {
            "apps": reading.migrations.apps,
            "conflicts": reading.migrations.conflicts,
            "unapplied": None,
        },
        "databases": reading.databases,
        "requirement": vars(reading.django) if reading.django is not None else None,
        "urls": [],
        "settings": {"changed": []},
        "checks": {"default": checks, "deploy": None},
        "findings": find(reading, checks),
        "files_changed": check_run.files_changed if check_run is not None else None,
        "attempted_writes": check_run.attempted_writes if check_run is not None else None,
        "seconds": round(seconds, 3),
    }


def _django(workspace: Workspace, reading: StaticReading) -> str:
    if workspace.django_version and not workspace.bundled:
        return workspace.django_version
    if reading.django is not None and reading.django.version:
        return reading.django.version
    return workspace.django_version


def _relative(path: str, root: str) -> str:
    return path.removeprefix(root.rstrip("/") + "/") if path != root else "."
