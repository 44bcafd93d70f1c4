"""The URLs of a project, each with its view and the places of both."""

from __future__ import annotations

from typing import Any

from .sources import Sources

Entry = dict[str, Any]


def build_urls(sources: Sources) -> list[Entry]:
    told = sources.data("urls")
    if told is None:
        return sources.reading.urls.entries
    names = sorted(
        ((app["name"], app["label"]) for app in sources.data("apps") or []),
        key=lambda pair: -len(pair[0]),
    )
    return [_entry(one, names, sources) for one in told]


def _entry(url: Entry, names: list[tuple[str, str]], sources: Sources) -> Entry:
    return url | {
        "app": _app(url["view"], names),
        "file": sources.shown(url["file"]),
        "view_file": sources.shown(url["view_file"]),
        "parts": [part | {"file": sources.shown(part["file"])} for part in url["parts"]],
    }


def _app(view: str, names: list[tuple[str, str]]) -> str | None:
    """The app whose package the view is in; the longest name is the closest."""
    return next((label for name, label in names if view.startswith(name + ".")), None)
