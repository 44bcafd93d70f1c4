"""What a report holds, kind by kind, as named entries that two reports can be compared by."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

Report = dict[str, Any]

REDACTED = "redacted"
# What scans of earlier versions, and static reading, do not know of a field stays null.
_OF_FIELD = (
    *("kind", "null", "unique", "primary_key", "db_column", "column_type", "blank", "default"),
    *("default_text", "db_index", "choices", "max_length", "to", "through", "related_name"),
    *("on_delete", "editable", "help_text"),
)
_OF_MODEL = ("table", "proxy", "swapped", "managed", "ordering", "unique_together", "verbose_name")


@dataclass(frozen=True)
class Entry:
    """One thing. ``facts`` is what can change of it; a fact that is None or absent is not known.

    ``whole`` says that a fact which is absent does not exist, as with the parts of a setting.
    ``owner`` is the entry of another kind that it comes and goes with.
    """

    name: str
    facts: dict[str, Any] = field(default_factory=dict)
    file: str = ""
    line: int = 0
    owner: str = ""
    whole: bool = False


Entries = Iterator[tuple[Any, Entry]]


@dataclass(frozen=True)
class Kind:
    """``section`` names the part of the report that tells; empty for what every report has."""

    name: str
    noun: str
    section: str
    read: Callable[[Report], Entries]
    owners: str = ""


def _project(report: Report) -> Entries:
    project = {**report["project"], "interpreter": report["interpreter"]["path"]}
    for name in ("django", "python", "settings", "manage_py", "interpreter"):
        yield name, Entry(name, {"": project[name] or None})


def _apps(report: Report) -> Entries:
    for app in report["apps"]:
        yield app["name"], Entry(app["label"], {"path": app["path"]})


def _every_model(report: Report) -> Iterator[dict[str, Any]]:
    for app in report["apps"]:
        # Tables that Django makes for a field come and go with that field.
        yield from (model for model in app["models"] if not model["auto_created"])


def _models(report: Report) -> Entries:
    for model in _every_model(report):
        facts = {name: model.get(name) for name in _OF_MODEL}
        for name in ("constraints", "indexes"):
            named = model.get(name)
            facts[name] = None if named is None else [one.get("name") or "" for one in named]
        yield model["label"], Entry(model["label"], facts, model["file"], model["line"])


def _fields(report: Report) -> Entries:
    for model in _every_model(report):
        for one in model["fields"]:
            facts = {name: one.get(name) for name in _OF_FIELD}
            name = f"{model['label']}.{one['name']}"
            yield name, Entry(name, facts, one["file"], one["line"], owner=model["label"])


def _relations(report: Report) -> Entries:
    for one in report["relations"]:
        if not one["auto_created"]:
            name = f"{one['from']}.{one['field']}"
            facts = {"to": one["to"] or None, "kind": one["kind"]}
            yield name, Entry(name, facts, owner=one["from"])


def _migrations(report: Report) -> Entries:
    for app, migrations in report["migrations"]["apps"].items():
        for one in migrations:
            name = f"{app}.{one['name']}"
            facts = {"applied": one["applied"]}
            for alias, applied in (one.get("applied_on") or {}).items():
                if alias != "default":
                    facts[f"applied on {alias}"] = applied
            yield name, Entry(f"{app} {one['name']}", facts, one["file"], one["line"])


def _urls(report: Report) -> Entries:
    for one in report["urls"]:
        facts = {
            "view": one["view"] or None,
            "methods": one.get("methods"),
            "decorators": one.get("decorators"),
        }
        route = f"/{one['route'].lstrip('/')}"
        yield (route, one["name"]), Entry(route, facts, one["file"], one["line"])


def _settings(report: Report) -> Entries:
    for one in report["settings"]["changed"]:
        facts = {"": REDACTED} if one["redacted"] else dict(_parts(one["value"]))
        place = one.get("file") or "", one.get("line") or 0
        yield one["name"], Entry(one["name"], facts, *place, whole=True)


def _parts(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """The leaves of nested dictionaries, each by the path to it."""
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from _parts(inner, f"{path}.{key}" if path else str(key))
    else:
        # A null here is a value like any other.
        yield path, "None" if value is None else value


def _databases(report: Report) -> Entries:
    for one in report["databases"]:
        facts = {name: one.get(name) for name in ("engine", "version", "reachable")}
        yield one["alias"], Entry(one["alias"], {**facts, "engine": one["engine"] or None})


def _checks(name: str) -> Callable[[Report], Entries]:
    def read(report: Report) -> Entries:
        for one in report["checks"].get(name) or []:
            title = one["msg"].partition("\n")[0]
            about = f"{one['obj']}: " if one["obj"] else ""
            text = f"{one['id']} {about}{title}".strip()
            yield (one["id"], one["obj"], one["msg"]), Entry(text, {"level": one["level"]})

    return read


def _packages(report: Report) -> Entries:
    for one in report.get("distributions") or []:
        yield one["name"].lower(), Entry(one["name"], {"version": one["version"]})


def _findings(report: Report) -> Entries:
    for one in report["findings"]:
        key = (one.get("rule") or one["id"], one.get("object") or "", one["title"])
        yield key, Entry(one["title"], {"severity": one["severity"]}, one["file"], one["line"])


KINDS = (
    Kind("project", "fact", "", _project),
    Kind("apps", "app", "apps", _apps),
    Kind("models", "model", "models", _models),
    Kind("fields", "field", "models", _fields, owners="models"),
    Kind("relations", "relation", "models", _relations, owners="models"),
    Kind("migrations", "migration", "migrations", _migrations),
    Kind("urls", "URL", "urls", _urls),
    Kind("settings", "setting", "settings", _settings),
    Kind("databases", "database", "settings", _databases),
    Kind("checks", "check result", "checks", _checks("default")),
    Kind("deploy", "deploy check result", "deploy", _checks("deploy")),
    Kind("packages", "package", "distributions", _packages),
    Kind("findings", "finding", "", _findings),
)
NOUNS = {kind.name: kind.noun for kind in KINDS}


def entries(kind: Kind, report: Report) -> dict[Any, Entry]:
    """The entries of one kind by a key; one that stands there twice is counted in its key."""
    found: dict[Any, Entry] = {}
    for key, entry in kind.read(report):
        number = 1
        while (key, number) in found:
            number += 1
        found[key, number] = entry
    return found


def shown(value: Any) -> str:
    """A fact in one line, never long."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    text = " ".join(text.split())
    return text if len(text) <= 120 else f"{text[:119]}…"
