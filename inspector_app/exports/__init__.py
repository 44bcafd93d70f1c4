"""Taking results away: what was read and run, in formats other programs open."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from inspector_app.errors import Problem
from inspector_app.models import Workspace, WorkspaceTaskRun
from inspector_app.schema.model_graph import read_graph
from inspector_app.schema.shown import Shown, shown
from inspector_app.schema.view import View

from .dbml import dbml
from .mermaid import mermaid
from .notebook import build_notebook

RUNS = 20


@dataclass(frozen=True)
class ExportResult:
    """A file to save: a safe name, its media type, its bytes."""

    name: str
    media_type: str
    data: bytes


Writer = Callable[[Workspace, dict[str, Any], list[WorkspaceTaskRun]], bytes]


def _notebook(workspace: Workspace, report: dict[str, Any], runs: list[WorkspaceTaskRun]) -> bytes:
    return json.dumps(build_notebook(workspace, report, runs), indent=1).encode()


def _json(workspace: Workspace, report: dict[str, Any], runs: list[WorkspaceTaskRun]) -> bytes:  # noqa: ARG001
    return json.dumps(report, indent=2).encode()


def _html(workspace: Workspace, report: dict[str, Any], runs: list[WorkspaceTaskRun]) -> bytes:  # noqa: ARG001
    from inspector_app.scans.render.html import render

    return render(report).encode()


def _markdown(workspace: Workspace, report: dict[str, Any], runs: list[WorkspaceTaskRun]) -> bytes:  # noqa: ARG001
    from inspector_app.scans.render.markdown import render

    return render(report).encode()


def _mermaid(workspace: Workspace, report: dict[str, Any], runs: list[WorkspaceTaskRun]) -> bytes:  # noqa: ARG001
    return mermaid(_all_models(report)).encode()


def _dbml(workspace: Workspace, report: dict[str, Any], runs: list[WorkspaceTaskRun]) -> bytes:  # noqa: ARG001
    return dbml(_all_models(report)).encode()


def _tables(workspace: Workspace, report: dict[str, Any], runs: list[WorkspaceTaskRun]) -> bytes:  # noqa: ARG001
    from .tables import archive

    return archive(report, workspace.slug)


def _all_models(report: dict[str, Any]) -> Shown:
    """All models that the project declares, with all their fields."""
    return shown(read_graph(report), View(show="all", fields="all"))


FORMATS: dict[str, tuple[str, Writer]] = {
    "ipynb": ("application/x-ipynb+json", _notebook),
    "html": ("text/html", _html),
    "md": ("text/markdown", _markdown),
    "json": ("application/json", _json),
    "csv": ("application/zip", _tables),
    "mermaid": ("text/vnd.mermaid", _mermaid),
    "dbml": ("text/plain", _dbml),
}
# Of those that are not their format's name.
_SUFFIXES = {"csv": "csv.zip"}


def require_format(name: str) -> None:
    """Refuse a format that cannot be written, before anything is read for it."""
    if name not in FORMATS:
        raise Problem(
            "unknown_format",
            f"{name[:40]!r} is not an export format.",
            f"Known: {', '.join(FORMATS)}.",
            field="format",
        )


def export(workspace: Workspace, format_name: str) -> ExportResult:
    """Write the newest scan of ``workspace`` and its last runs.

    Raises:
        Problem: ``unknown_format``, or ``not_scanned`` when there is nothing to write yet.
    """
    require_format(format_name)
    scan = workspace.newest_reading
    if scan is None:
        raise Problem(
            "not_scanned", f"{workspace.name} was not read yet.", "Open its folder again."
        )
    return write(workspace, format_name, scan.report)


def write(workspace: Workspace, format_name: str, report: dict[str, Any]) -> ExportResult:
    """Write ``report`` and the last runs of ``workspace`` in a known format."""
    ended = workspace.runs.exclude(status__in=WorkspaceTaskRun.ACTIVE).select_related("workspace")
    runs = list(reversed(ended[:RUNS]))
    media_type, writer = FORMATS[format_name]
    return ExportResult(
        file_name(workspace, format_name), media_type, writer(workspace, report, runs)
    )


def file_name(workspace: Workspace, format_name: str) -> str:
    return f"{workspace.slug}.{_SUFFIXES.get(format_name, format_name)}"
