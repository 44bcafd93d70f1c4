"""The smaller parts; None where neither the running project nor its source text tells."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from .sources import Sources

Entry = dict[str, Any]


def build_parts(sources: Sources) -> dict[str, Any]:
    return {
        "requirements": sources.reading.parts.get("requirements"),
        "distributions": sources.data("distributions"),
    } | {name: _first(build(sources), sources, name) for name, build in _BUILT.items()}


def _first(told: Any, sources: Sources, name: str) -> Any:
    return sources.reading.parts.get(name) if told is None else told


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


_BUILT: dict[str, Callable[[Sources], Any]] = {
    "middleware": lambda sources: sources.data("middleware"),
    "templates": _templates,
    "static_files": _static_files,
    **{name: partial(_placed, name) for name in ("admin", "signals", "commands", "tasks")},
}
