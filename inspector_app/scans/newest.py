"""The newest finished scan of a workspace, and parts of its report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from inspector_app.models import Scan, Workspace


@dataclass(frozen=True)
class Newest:
    """The scan, and of its report ``sections`` and what was asked for; None for what is absent."""

    scan: Scan
    report: dict[str, Any]


def newest(workspace: Workspace, *names: str) -> Newest | None:
    """The top-level parts ``names`` of the newest report; None before the first scan."""
    scan = workspace.newest_reading
    return Newest(scan, parts(scan, "sections", *names)) if scan is not None else None


def parts(scan: Scan, *names: str) -> dict[str, Any]:
    """The top-level parts ``names`` of the report of ``scan``; None for what is absent."""
    stored = scan.parts.filter(name__in=names).order_by().values_list("name", "value")
    return dict.fromkeys(names) | dict(stored)
