"""Apps with their models, and the relations between these."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from inspector_app.scans.static.apps import StaticApp

from .sources import Sources

Entry = dict[str, Any]


def build_apps(sources: Sources) -> list[Entry]:
    """In the order of INSTALLED_APPS."""
    told = sources.data("apps")
    models = _models(sources)
    abstract = sources.reading.models.abstract
    if told is None:
        return [
            {**_static(app, sources), "models": models.get(app.label, [])}
            | {"abstract_models": abstract.get(app.label, [])}
            for app in sources.reading.apps
        ]
    return [
        {
            "label": app["label"],
            "name": app["name"],
            "path": sources.shown(app["path"]) or "." if sources.is_own(app["path"]) else None,
            "readable": True,
            "verbose_name": app["verbose_name"],
            "config": app["config"],
            "models": models.get(app["label"], []),
            "abstract_models": abstract.get(app["label"], []),
        }
        for app in told
    ]


def apps_complete(sources: Sources) -> bool:
    return sources.data("apps") is not None or sources.reading.apps_complete


def build_relations(sources: Sources) -> list[Entry]:
    told = sources.data("models")
    relations: list[Entry] = sources.reading.models.relations if told is None else told["relations"]
    return relations


def _static(app: StaticApp, sources: Sources) -> Entry:
    path = _path(app.folder, sources) if app.own else None
    return {
        "label": app.label,
        "name": app.name,
        "path": path,
        "readable": app.folder is not None,
    }


def _path(folder: Path | None, sources: Sources) -> str | None:
    return None if folder is None else sources.shown(str(folder)) or "."


def _models(sources: Sources) -> dict[str, list[Entry]]:
    told = sources.data("models")
    static = sources.reading.models.models
    if told is None:
        return static
    places = {one["label"]: one for models in static.values() for one in models}
    admins = {one["model"]: one for one in sources.data("admin") or []}
    by_app: dict[str, list[Entry]] = {}
    for model in told["models"]:
        entry = _model(model, places.get(model["label"]), admins.get(model["label"]), sources)
        by_app.setdefault(model["app_label"], []).append(entry)
    return by_app


def _model(model: Entry, static: Entry | None, admin: Entry | None, sources: Sources) -> Entry:
    """The source text tells places best: a class may be made or moved while it is imported."""
    file, line = sources.shown(model["file"]), model["line"]
    if static is not None and (static["file"] == file or not file or not line):
        file, line = static["file"], static["line"]
    placed = {one["name"]: one for one in static["fields"]} if static is not None else {}
    entry = {key: value for key, value in model.items() if key != "app_label"}
    return entry | {
        "abstract": False,
        "fields": [_field(one, placed.get(one["name"]), file) for one in model["fields"]],
        "admin": _admin(admin, sources),
        "file": file,
        "line": line,
    }


def _field(field: Entry, static: Entry | None, file: str) -> Entry:
    if static is not None:
        return field | {"file": static["file"], "line": static["line"]}
    return field | {"file": file, "line": 0}


def _admin(admin: Entry | None, sources: Sources) -> Entry | None:
    if admin is None:
        return None
    return {
        "class": admin["class"],
        "file": sources.shown(admin["file"]),
        "line": admin["line"],
    }
