"""Migrations on disk, which of them each database has applied, and what is missing."""

from __future__ import annotations

from typing import Any

from .sources import Sources

Entry = dict[str, Any]
Key = tuple[str, str]


def build_migrations(sources: Sources) -> dict[str, Any]:
    told = sources.data("migrations")
    static = sources.reading.migrations
    if told is None:
        return {
            "apps": static.apps,
            "conflicts": static.conflicts,
            "unapplied": None,
            "missing": None,
        }
    state = _Applied(told["apps"], sources.data("databases") or [])
    return {
        "apps": {
            label: [_entry(label, one, state, sources) for one in entries]
            for label, entries in told["apps"].items()
        },
        "conflicts": told["conflicts"],
        "unapplied": state.unapplied("default"),
        "missing": told["missing"],
        "unmigrated": told["unmigrated"],
    }


def build_databases(sources: Sources) -> list[Entry]:
    told = sources.data("databases")
    if told is None:
        return sources.reading.databases
    return [{key: one[key] for key in one if key != "applied"} for one in told]


def _entry(label: str, migration: Entry, state: _Applied, sources: Sources) -> Entry:
    applied_on = state.of((label, migration["name"]))
    return migration | {
        "applied": applied_on.get("default"),
        "applied_on": applied_on,
        "file": sources.shown(migration["file"]),
        "line": 1,
    }


class _Applied:
    """Which migrations each database has: as Django counts, a squashed one stands for others."""

    def __init__(self, apps: dict[str, list[Entry]], databases: list[Entry]) -> None:
        self._replaces: dict[Key, list[Key]] = {
            (label, one["name"]): [(app, name) for app, name in one["replaces"]]
            for label, entries in apps.items()
            for one in entries
        }
        self._recorded: dict[str, set[Key] | None] = {
            one["alias"]: None if one["applied"] is None else {(a, n) for a, n in one["applied"]}
            for one in databases
        }

    def of(self, key: Key) -> dict[str, bool | None]:
        """For each database; None where it was not asked or did not answer."""
        return {
            alias: None if recorded is None else self._is_applied(key, recorded)
            for alias, recorded in self._recorded.items()
        }

    def unapplied(self, alias: str) -> int | None:
        """How many ``migrate`` would run; None where that is not known."""
        recorded = self._recorded.get(alias)
        if recorded is None:
            return None
        left_out = self._left_out(recorded)
        return sum(
            not self._is_applied(key, recorded) for key in self._replaces if key not in left_out
        )

    def _is_applied(self, key: Key, recorded: set[Key]) -> bool:
        replaced = self._replaces.get(key, [])
        return key in recorded or (bool(replaced) and recorded.issuperset(replaced))

    def _left_out(self, recorded: set[Key]) -> set[Key]:
        """Either a squashed migration or those that it replaces, whichever does not count."""
        left_out: set[Key] = set()
        for key, replaced in self._replaces.items():
            begun = not recorded.isdisjoint(replaced) and not recorded.issuperset(replaced)
            if replaced:
                left_out |= {key} if begun else set(replaced)
        return left_out
