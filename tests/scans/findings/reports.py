"""Small reports in the shape of real ones, for rules that are tried one by one."""

from __future__ import annotations

from typing import Any

Report = dict[str, Any]


def report(**parts: Any) -> Report:
    """A runtime report of a project without anything, but for ``parts``."""
    names = ("settings", "apps", "models", "migrations", "urls", "checks", "deploy", "admin")
    return {
        "generated_at": "2026-01-01T12:00:00+00:00",
        "project": {"root": "/p", "settings": "shop.settings", "django": "5.2", "python": "3.13.1"},
        "interpreter": {"path": "/p/.venv/bin/python", "bundled": False},
        "sections": {name: section() for name in names},
        "apps": [],
        "relations": [],
        "migrations": {"apps": {}, "conflicts": [], "unapplied": None},
        "databases": [],
        "requirement": None,
        "urls": [],
        "settings": {"changed": []},
        "checks": {"default": [], "deploy": [], "silenced": 0},
    } | parts


def section(source: str = "runtime", *, ok: bool = True) -> Report:
    return {"source": source, "ok": ok, "error": None if ok else "broken", "seconds": 0.1}


def settings(**values: Any) -> Report:
    changed = [
        {"name": name, "value": value, "redacted": False, "file": "shop/settings.py", "line": line}
        for line, (name, value) in enumerate(values.items(), start=1)
    ]
    return {"changed": changed}


def app(label: str, *models: Report, path: str | None = "") -> Report:
    folder = label if path == "" else path
    return {"label": label, "name": label, "path": folder, "readable": True, "models": list(models)}


def model(label: str, *fields: Report, **more: Any) -> Report:
    owner, _, name = label.partition(".")
    plain = dict.fromkeys(("proxy", "swapped", "auto_created", "abstract"), False)
    place = {"file": f"{owner}/models.py", "line": 4}
    return (
        {"label": label, "name": name, "managed": True, "fields": list(fields)}
        | plain
        | (place | more)
    )


def foreign_key(name: str, to: str, **more: Any) -> Report:
    return {
        "name": name,
        "kind": "ForeignKey",
        "to": to,
        "on_delete": "CASCADE",
        "null": False,
        "unique": False,
        "db_index": True,
        "file": "shop/models.py",
        "line": 9,
    } | more


def migration(name: str, *, applied: bool | None = None, **more: Any) -> Report:
    return {
        "name": name,
        "applied": applied,
        "file": f"shop/migrations/{name}.py",
        "line": 3,
    } | more


def url(
    *parts: Report, name: str | None = None, view: str = "shop.views.index", **more: Any
) -> Report:
    return {
        "route": "".join(part["text"] for part in parts),
        "name": name,
        "view": view,
        "file": "shop/urls.py",
        "line": parts[-1]["line"],
        "parts": list(parts),
        "app": "shop",
        "generated": None,
        "default_args": {},
        "view_file": "shop/views.py",
        "view_line": 1,
    } | more


def end(text: str, regex: str, line: int = 5, **converters: str) -> Report:
    """The last part of a pattern, with Django's own converters."""
    return {**start(text, regex, line, **converters), "regex": f"^{regex}\\Z"}


def start(text: str, regex: str, line: int = 2, **converters: str) -> Report:
    """A part that an include stands for."""
    return {
        "text": text,
        "kind": "path",
        "regex": f"^{regex}",
        "converters": {
            name: kind if "." in kind else f"django.urls.converters.{kind}"
            for name, kind in converters.items()
        },
        "file": "shop/urls.py",
        "line": line,
    }
