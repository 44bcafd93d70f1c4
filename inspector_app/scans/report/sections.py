"""How each part was read: by whom, how long it took, what is missing in it and why."""

from __future__ import annotations

from typing import Any

from inspector_app.scans.runtime.told import Section

from .sources import Sources

# Nothing but running the project tells these.
ONLY_RUNTIME = (
    *("checks", "deploy", "middleware", "templates", "static_files", "databases"),
    *("signals", "commands", "admin", "tasks", "distributions", "urls"),
)


def build_sections(sources: Sources, trouble: str) -> dict[str, Any]:
    """``trouble`` is the sentence that says why the project told nothing, or nothing more."""
    sections = dict(sources.reading.sections)
    if sources.probing is None:
        return sections
    for name in dict.fromkeys((*sections, *ONLY_RUNTIME)):
        told = sources.told.sections.get(name)
        if told is not None and told.data is not None:
            sections[name] = section_entry(told)
        elif name != "requirements":
            why = (
                (told.error if told is not None else "")
                or trouble
                or "the project told nothing of it"
            )
            sections[name] = _not_told(sections.get(name), why, told)
    return sections


def _not_told(static: dict[str, Any] | None, why: str, told: Section | None) -> dict[str, Any]:
    """The source text stands in where it was read; why it has to is said in any case."""
    seconds = told.seconds if told is not None else 0.0
    if static is None:
        return _section(seconds, why, told.notes if told is not None else [])
    told_anyway = not static["error"] or static["error"] in why
    missing = "" if told_anyway else f"; {static['error']}"
    return {**static, "error": f"{why}{missing}"}


def section_entry(told: Section) -> dict[str, Any]:
    """A section as it was told, before anything stands in for what is missing."""
    return _section(told.seconds, told.error, told.notes)


def _section(seconds: float, error: str | None, notes: list[str]) -> dict[str, Any]:
    return {
        "source": "runtime",
        "ok": error is None,
        "error": error,
        "notes": notes,
        "seconds": seconds,
    }
