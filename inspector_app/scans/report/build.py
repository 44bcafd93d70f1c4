"""Putting a report together."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from inspector_app.models import Workspace
from inspector_app.redaction.redactor import Redactor, texts_of
from inspector_app.scans.findings import find
from inspector_app.scans.findings.gather import gather
from inspector_app.scans.static.reading import StaticReading

from .check_places import add_places
from .checks import build_checks
from .migrations import build_databases, build_migrations
from .models import apps_complete, build_apps, build_relations
from .parts import build_parts
from .sections import build_sections
from .settings import KNOWN, build_settings
from .sources import Sources
from .urls import build_urls

if TYPE_CHECKING:
    from inspector_app.scans.checking import Checking

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
    ``redactor`` knows are replaced and counted, with those in the output of the run.
    """
    run = checking.run if checking is not None else None
    probing = checking.probing if checking is not None else None
    sources = Sources(workspace.root_path, reading, probing)
    report: dict[str, Any] = {
        "format": FORMAT,
        "generated_at": timezone.now().isoformat(),
        "djdesk": version,
        "project": {
            "root": workspace.root,
            "manage_py": workspace.manage_py,
            "settings": workspace.settings_module,
            "django": sources.told.django or _django(workspace, reading),
            "python": sources.told.python or _python(workspace),
        },
        "interpreter": {
            "path": workspace.interpreter,
            "source": workspace.interpreter_source,
            "why": workspace.interpreter_why,
            "bundled": workspace.bundled,
        },
        "trusted": workspace.trusted,
        "sandbox": {"tier": run.tier if run is not None else None, "network": workspace.network},
        "sections": build_sections(sources, checking.trouble if checking is not None else ""),
        "apps": build_apps(sources),
        "apps_complete": apps_complete(sources),
        "relations": build_relations(sources),
        "migrations": build_migrations(sources),
        "databases": build_databases(sources),
        "requirement": asdict(reading.django) if reading.django is not None else None,
        "urls": build_urls(sources),
        "url_handlers": reading.urls.handlers,
        "settings": build_settings(sources, redactor),
        "checks": build_checks(sources),
        **build_parts(sources),
        "findings": [],
        "files_changed": run.files_changed if run is not None else None,
        "files_unreadable": run.files_unreadable if run is not None else None,
        "attempted_writes": run.attempted_writes if run is not None else None,
        "seconds": round(seconds, 3),
    }
    report["findings"] = find(report, gather(workspace, reading, checking))
    add_places(report)
    # Found once for both: a report has hundreds of thousands of values.
    texts = texts_of(report, keys=True)
    sent = sendable(report, texts)
    clean: dict[str, Any] = redactor.data(sent, texts if sent is report else None)
    # The redactor has not seen those that settings hid by their names and shapes.
    hidden = sum(one["reason"] not in (None, KNOWN) for one in clean["settings"]["changed"] or ())
    clean["redacted"] = redactor.count + hidden + (run.redacted if run is not None else 0)
    return clean


def sendable(report: dict[str, Any], texts: Iterable[object] | None = None) -> dict[str, Any]:
    """``report`` as it can be sent: a string literal of a project may hold half a character.

    ``texts`` are all of the report's with its keys, of a caller who has them already.
    """
    try:
        "".join(map(str, texts_of(report, keys=True) if texts is None else texts)).encode()
    except UnicodeEncodeError:
        text = json.dumps(report, ensure_ascii=False)
        cleaned: dict[str, Any] = json.loads(text.encode("utf-8", "replace"))
        return cleaned
    return report


def _python(workspace: Workspace) -> str:
    """Empty where DJDesk's own cannot stand in for one that is not there."""
    return "" if _has_none(workspace) else workspace.python_version


def _has_none(workspace: Workspace) -> bool:
    return workspace.bundled and workspace.interpreter_problem is not None


def _django(workspace: Workspace, reading: StaticReading) -> str:
    """The installed version; where DJDesk's own stands in, the one the project pins."""
    pinned = reading.django.version if reading.django is not None else ""
    installed = "" if _has_none(workspace) else workspace.django_version
    return pinned or installed if workspace.bundled else installed or pinned
