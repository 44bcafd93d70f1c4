"""The databases, and which migrations each has applied; asked read-only and within seconds."""

from __future__ import annotations

import os
import threading
from typing import Any

from .plain import text

# How long one database may take to answer, and all together.
EACH_S = 3.0
_LOCKED_S = 1.0
_NAMED = {"postgresql": "connect_timeout", "postgis": "connect_timeout", "mysql": "connect_timeout"}


def read(*, network: bool) -> list[dict[str, Any]]:
    from django.db import connections

    found = []
    for alias in connections:
        settings = connections.settings.get(alias) or {}
        engine = text(settings.get("ENGINE", ""))
        entry: dict[str, Any] = {
            "alias": text(alias),
            "engine": engine.rpartition(".")[2],
            "vendor": None,
            "version": None,
            "reachable": None,
            "error": None,
            "applied": None,
        }
        try:
            connection = connections.create_connection(alias)
            entry["vendor"] = text(connection.vendor)
            entry.update(_ask(connection, network=network))
        except Exception as error:
            entry.update(reachable=False, error=_in_one_line(error))
        found.append(entry)
    return found


def _ask(connection: Any, *, network: bool) -> dict[str, Any]:
    if connection.vendor == "sqlite":
        return _ask_sqlite(connection.settings_dict.get("NAME"))
    if connection.settings_dict.get("ENGINE") == "django.db.backends.dummy":
        return {"error": "the settings name no database for it"}
    if not network:
        return {"error": "it was not asked, because this workspace allows no network"}
    return _ask_within_bounds(connection)


def _ask_sqlite(name: Any) -> dict[str, Any]:
    """By the standard library, because Django's connection would make a file that is missing."""
    import sqlite3
    from urllib.parse import quote

    file = os.fspath(name) if name else ""
    said: dict[str, Any] = {"version": sqlite3.sqlite_version}
    if not file or ":memory:" in file or "mode=memory" in file:
        return {**said, "error": "it lives in memory only while a command runs"}
    if file.startswith("file:"):
        return {**said, "error": "its name is an address, which is not followed"}
    if not os.path.exists(file):
        return {**said, "reachable": False, "error": "its file does not exist yet"}
    connection = sqlite3.connect(
        f"file:{quote(os.path.abspath(file))}?mode=ro", uri=True, timeout=_LOCKED_S
    )
    try:
        query = "SELECT 1 FROM sqlite_master WHERE name = 'django_migrations'"
        if connection.execute(query).fetchone() is None:
            return {**said, "reachable": True, "applied": []}
        rows = connection.execute("SELECT app, name FROM django_migrations").fetchall()
    finally:
        connection.close()
    return {**said, "reachable": True, "applied": [[text(app), text(one)] for app, one in rows]}


def _ask_within_bounds(connection: Any) -> dict[str, Any]:
    """On a thread that is given up when a server does not answer."""
    engine = str(connection.settings_dict.get("ENGINE", "")).rpartition(".")[2]
    if engine in _NAMED:
        options = dict(connection.settings_dict.get("OPTIONS") or {})
        options[_NAMED[engine]] = max(int(EACH_S) - 1, 1)
        connection.settings_dict = {**connection.settings_dict, "OPTIONS": options}
    # Django lets no other thread than its maker use a connection.
    connection.inc_thread_sharing()
    answer: dict[str, Any] = {}
    thread = threading.Thread(target=_into, args=(answer, connection), daemon=True)
    thread.start()
    thread.join(EACH_S)
    return answer or {"reachable": False, "error": f"no answer within {EACH_S:g} s"}


def _into(answer: dict[str, Any], connection: Any) -> None:
    from django.db.migrations.recorder import MigrationRecorder

    try:
        recorder = MigrationRecorder(connection)
        applied = sorted(recorder.applied_migrations()) if recorder.has_table() else []
        said: dict[str, Any] = {
            "reachable": True,
            "applied": [[text(app), text(name)] for app, name in applied],
            "version": _version(connection),
        }
    except Exception as error:
        said = {"reachable": False, "error": _in_one_line(error)}
    answer.update(said)


def _in_one_line(error: Exception) -> str:
    return " ".join(text(error, 500).split())


def _version(connection: Any) -> str | None:
    ask = getattr(connection, "get_database_version", None)
    try:
        return None if ask is None else ".".join(str(part) for part in ask())
    except Exception:
        return None
