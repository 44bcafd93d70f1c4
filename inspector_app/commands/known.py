"""What the last scan read of a project, as the choices that parameters offer and accept."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from inspector_app.models import Scan, Workspace


class KnownFacts:
    """Reads the newest finished scan; None where that scan does not know."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    @cached_property
    def _report(self) -> dict[str, Any]:
        if self._workspace.pk is None:
            return {}
        scan = self._workspace.scans.filter(state=Scan.State.DONE).first()
        return scan.report if scan is not None else {}

    def app_labels(self) -> list[str] | None:
        """Known only when INSTALLED_APPS could be read whole: else any well-formed label may be."""
        if not self._report.get("apps_complete"):
            return None
        return sorted({app["label"] for app in self._report.get("apps", [])})

    def migrations(self, app_label: str) -> list[str] | None:
        apps = self._report.get("migrations", {}).get("apps", {})
        if app_label not in apps:
            return None
        return [migration["name"] for migration in apps[app_label]]

    def databases(self) -> list[str] | None:
        found = self._report.get("databases")
        return [database["alias"] for database in found] if found else None
