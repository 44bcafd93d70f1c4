"""The databases that settings name: alias and engine, and nothing else of them."""

from __future__ import annotations

from typing import Any

from .settings_values import StaticSettings
from .values import Value, opened


def read_databases(settings: StaticSettings, notes: list[str]) -> list[dict[str, Any]]:
    """Alias and engine, the last part of its name; ``notes`` gets what else they can be."""
    databases = settings.value("DATABASES")
    where = settings.why_in_doubt("DATABASES")
    place = f" ({where})" if where else ""
    if not isinstance(databases.data, dict):
        if "DATABASES" in settings.names:
            notes.append(f"DATABASES is computed{place}, so the databases are not known")
        return []
    found = [_entry(alias, opened(one), databases) for alias, one in databases.data.items()]
    if not databases.whole:
        notes.append(
            f"DATABASES depends on the environment or is computed{place}, so it may name others"
        )
    return found


def _entry(alias: object, options: Value, databases: Value) -> dict[str, Any]:
    pairs = options.data if isinstance(options.data, dict) else {}
    engine = opened(pairs.get("ENGINE"))
    named = _last(engine.data) if isinstance(engine.data, str) else ""
    entry: dict[str, Any] = {"alias": str(alias), "engine": named}
    candidates = engine.candidates or options.candidates
    if not named and candidates:
        entry["candidates"] = [_last(one) for one in candidates]
    if named and not (engine.whole and options.whole and databases.whole):
        entry["depends"] = True
    return entry


def _last(engine: str) -> str:
    return engine.rpartition(".")[2]
