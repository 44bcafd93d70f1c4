"""The scans that are kept of a workspace, and what changed from one to the next."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from inspector_app.models import Scan, Workspace

if TYPE_CHECKING:
    from .totals import Totals

KEPT = 20
# Of each list that is stored with a scan; the comparison of two scans reads both reports.
STORED = 20


def finished(workspace: Workspace) -> QuerySet[Scan]:
    """The scans with a report, newest first."""
    return workspace.scans.filter(state=Scan.State.DONE)


def before(scan: Scan) -> Scan | None:
    """The finished scan that ``scan`` is compared with."""
    return finished(scan.workspace).filter(pk__lt=scan.pk).first()


def complete(row: Scan) -> None:
    """Fill in what is told about a report from outside: its numbers, and what changed."""
    from .difference.compare import compare
    from .totals import count_totals

    counted = count_totals(row.report)
    row.totals = asdict(counted)
    row.summary = _summary(counted, row.report["findings"])
    old = before(row)
    row.difference = compare(old.report, row.report, STORED) if old is not None else None


def _summary(counted: Totals, findings: list[dict[str, Any]]) -> dict[str, Any]:
    """What a list of scans shows."""
    severities = Counter(finding["severity"] for finding in findings)
    return {
        "apps": counted.counts["apps"],
        "models": counted.models,
        "migrations": counted.counts["migrations"],
        "urls": counted.urls or 0,
        "findings": {name: severities[name] for name in ("error", "warning", "info")},
    }


def forget_old(workspace: Workspace) -> None:
    """Remove the oldest ones, and what only the newest is asked for."""
    kept = list(workspace.scans.values_list("pk", flat=True)[:KEPT])
    newest = finished(workspace).values_list("pk", flat=True).first()
    # The report on the page must not go because twenty scans failed after it.
    if newest is not None and newest not in kept:
        kept.append(newest)
    workspace.scans.exclude(pk__in=kept).delete()
    outdated = workspace.scans.filter(files__isnull=False)
    (outdated if newest is None else outdated.exclude(pk=newest)).update(files=None)
