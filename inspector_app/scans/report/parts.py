"""The parts around models and URLs, each from the running project where it told of it."""

from __future__ import annotations

from typing import Any

from .sources import Sources

Entry = dict[str, Any]


def build_parts(sources: Sources) -> dict[str, Any]:
    """None for one that neither source tells."""
    told = {
        "middleware": sources.data("middleware"),
        "templates": _templates(sources),
        "static_files": _static_files(sources),
        "distributions": sources.data("distributions"),
        **{name: _placed(name, sources) for name in ("admin", "signals", "commands", "tasks")},
    }
    written = sources.reading.parts
    return written | {
        name: written.get(name) if part is None else part for name, part in told.items()
    }


def _placed(name: str, sources: Sources) -> list[Entry] | None:
    told = sources.data(name)
    if told is None:
        return None
    return [one | {"file": sources.shown(one["file"])} for one in told]


def _templates(sources: Sources) -> Entry | None:
    told = sources.data("templates")
    if told is None:
        return None
    return {
        "engines": [
            one | {"dirs": [sources.folder(path) for path in one["dirs"]]}
            for one in told["engines"]
        ]
    }


def _static_files(sources: Sources) -> Entry | None:
    told = sources.data("static_files")
    if told is None:
        return None
    placed: Entry = told | {
        "root": sources.folder(told["root"]),
        "media_root": sources.folder(told["media_root"]),
        "dirs": [sources.folder(path) for path in told["dirs"]],
    }
    return placed
