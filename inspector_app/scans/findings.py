"""What deserves attention, worst first; each with its evidence, why it matters and what to do."""

from __future__ import annotations

from typing import Any

from .static.reading import StaticReading

_RANK = {"error": 0, "warning": 1, "info": 2}
_OF_LEVEL = {"critical": "error", "error": "error", "warning": "warning"}


def find(reading: StaticReading, checks: list[dict[str, Any]] | None) -> list[dict[str, Any]]:
    """Findings of a scan. Without ``checks`` only what the source text proves is said."""
    findings = [
        *_checks(checks or [], reading),
        *_conflicts(reading),
        *_unreadable(reading),
    ]
    return sorted(findings, key=lambda finding: _RANK[finding["severity"]])


def _checks(checks: list[dict[str, Any]], reading: StaticReading) -> list[dict[str, Any]]:
    places = {
        model["label"]: (model["file"], model["line"])
        for models in reading.models.models.values()
        for model in models
    }
    findings = []
    for check in checks:
        label = ".".join((check["obj"] or "").split(".")[:2])
        file, line = places.get(label, ("", 0))
        title, _, rest = check["msg"].partition("\n")
        where = f"{check['obj']}. " if check["obj"] else ""
        findings.append(
            {
                "severity": _OF_LEVEL.get(check["level"], "info"),
                "title": title,
                "id": check["id"],
                "file": file,
                "line": line,
                "why": (where + rest).strip(),
                "action": check["hint"],
            }
        )
    return findings


def _conflicts(reading: StaticReading) -> list[dict[str, Any]]:
    findings = []
    for conflict in reading.migrations.conflicts:
        names = " and ".join(conflict["leaves"])
        entries = {m["name"]: m["file"] for m in reading.migrations.apps[conflict["app"]]}
        findings.append(
            {
                "severity": "error",
                "title": f"{conflict['app']} has {len(conflict['leaves'])} leaf migrations",
                "id": "migration graph",
                "file": entries.get(conflict["leaves"][-1], ""),
                "line": 1,
                "why": f"No migration follows {names}, so migrate stops before it starts.",
                "action": "Create a merge migration with makemigrations --merge.",
            }
        )
    return findings


def _unreadable(reading: StaticReading) -> list[dict[str, Any]]:
    notes = [
        *reading.settings.notes,
        *(f"{f} {p}" for f, p in reading.unreadable.items()),
        *reading.migrations.notes,
    ]
    return [
        {
            "severity": "info",
            "title": note[0].upper() + note[1:],
            "id": "static reading",
            "file": "",
            "line": 0,
            "why": "What it holds is missing in what was read from the source text.",
            "action": "",
        }
        for note in notes
    ]
