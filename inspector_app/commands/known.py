"""What was read of a project, as the choices that parameters offer and accept."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from inspector_app.models import Scan, Workspace, WorkspaceTaskRun
from inspector_app.scans.history import finished
from inspector_app.scans.newest import parts
from inspector_app.scans.totals import totals_of
from inspector_app.workspaces.distributions import installed_version
from inspector_app.workspaces.environment import in_plain_sight
from inspector_app.workspaces.running import packages_for
from inspector_app.workspaces.versions import numbers

from .parameters import LONGEST, NAME

_TAGS_LIMIT = 500


class KnownFacts:
    """Reads the newest finished scan and the installed packages; None where they do not tell."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._parts: dict[str, Any] = {}

    @cached_property
    def _scan(self) -> Scan | None:
        if self._workspace.pk is None:
            return None
        return finished(self._workspace).defer(*Scan.LONG).first()

    def _part(self, name: str) -> Any:
        if name not in self._parts:
            self._parts |= parts(self._scan, name) if self._scan is not None else {name: None}
        return self._parts[name]

    @cached_property
    def _models(self) -> dict[str, list[dict[str, Any]]]:
        return {app["label"]: app["models"] for app in self._part("apps") or []}

    def django(self) -> tuple[int, ...]:
        return numbers(self._workspace.django_version)

    def app_labels(self) -> list[str] | None:
        """Known only when INSTALLED_APPS could be read whole: else any well-formed label may be."""
        found = totals_of(self._scan) if self._scan is not None else None
        return found.labels if found is not None and found.complete else None

    def models(self, app_label: str) -> list[str] | None:
        """Without proxies, whose rows are another's, and tables that are dumped with a model."""
        if app_label not in self._models:
            return None
        return sorted(
            model["name"]
            for model in self._models[app_label]
            if not model["proxy"] and not model["auto_created"]
        )

    def has_model(self, app_label: str, name: str) -> bool | None:
        """Source text does not show the models that code makes; Django's registry has them all."""
        section = (self._part("sections") or {}).get("models", {})
        if any(model["name"].lower() == name.lower() for model in self._models.get(app_label, [])):
            return True
        return False if section.get("source") == "runtime" and section.get("ok") else None

    def migrations(self, app_label: str) -> list[str] | None:
        apps = (self._part("migrations") or {}).get("apps", {})
        if app_label not in apps:
            return None
        return [migration["name"] for migration in apps[app_label]]

    def databases(self) -> list[str] | None:
        found = self._part("databases")
        return [database["alias"] for database in found] if found else None

    def engine(self, alias: str) -> str:
        for database in self._part("databases") or []:
            if database["alias"] == alias and not database.get("depends"):
                return str(database.get("engine") or "")
        return ""

    def check_tags(self) -> list[str]:
        """As the newest ``check --list-tags`` printed them: last of all, one a line, and sorted."""
        if self._workspace.pk is None:
            return []
        run = self._workspace.runs.filter(
            preset="check", status=WorkspaceTaskRun.Status.SUCCEEDED, params__list_tags=True
        ).first()
        tags: list[str] = []
        first = run.log.total() - _TAGS_LIMIT if run is not None else 1
        lines = run.log.lines(max(first, 1), _TAGS_LIMIT + 1, LONGEST) if run is not None else ()
        for line in reversed([line.text for line in lines if line.stream == "stdout"]):
            if not NAME.match(line) or (tags and line > tags[-1]):
                break
            tags.append(line)
        return tags

    def has_package(self, distribution: str) -> bool:
        if not self._workspace.interpreter:
            return True
        packages = packages_for(self._workspace)
        if any(installed_version(folder, distribution) for folder in packages):
            return True
        return not in_plain_sight(packages)
