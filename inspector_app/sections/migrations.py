"""The migrations of a report as rows: the state of each in one database, and what it needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .words import fits, words_of

Key = tuple[str, str]

APPLIED, UNAPPLIED, UNKNOWN, REPLACED = "applied", "unapplied", "unknown", "replaced"
# What a choice of rows can be.
SHOWN = {UNAPPLIED: "Unapplied", "conflict": "Conflicts", "destructive": "Destructive"}
DEFAULT = "default"


@dataclass(slots=True)
class MigrationRow:
    """``state`` is that in the chosen database; ``replaced`` does not count, because a squashed
    migration stands for it, or it for a squashed one that cannot be used yet."""

    app: str
    entry: dict[str, Any]
    own: bool
    state: str = UNKNOWN
    leaf: bool = False
    needs: list[Key] = field(default_factory=list)
    needed_by: list[Key] = field(default_factory=list)

    @property
    def name(self) -> str:
        return str(self.entry["name"])

    @property
    def key(self) -> Key:
        return self.app, self.name

    @property
    def operations(self) -> list[dict[str, Any]] | None:
        """None where the scan has not read them."""
        return self.entry.get("operations")

    @property
    def destructive(self) -> bool:
        return any(one["destructive"] for one in self.operations or [])

    @property
    def kinds(self) -> set[str]:
        kinds = {self.state}
        if self.leaf:
            kinds.add("conflict")
        if self.destructive:
            kinds.add("destructive")
        return kinds


@dataclass
class App:
    label: str
    own: bool
    rows: list[MigrationRow]
    conflict: bool

    @property
    def unapplied(self) -> int:
        return sum(row.state == UNAPPLIED for row in self.rows)


class History:
    """All migrations of a report, as one database has them."""

    def __init__(self, report: dict[str, Any], own: frozenset[str], alias: str = DEFAULT) -> None:
        migrations = report["migrations"]
        self.alias = alias
        leaves = {(one["app"], name) for one in migrations["conflicts"] for name in one["leaves"]}
        self.rows = {
            (label, entry["name"]): MigrationRow(
                label, entry, label in own, leaf=(label, entry["name"]) in leaves
            )
            for label, entries in migrations["apps"].items()
            for entry in entries
        }
        self._by_app: dict[str, list[MigrationRow]] = {}
        for row in self.rows.values():
            self._by_app.setdefault(row.app, []).append(row)
        self._link()
        self._set_states()
        conflicts = {one["app"] for one in migrations["conflicts"]}
        self.apps = sorted(
            (
                App(label, label in own, rows, label in conflicts)
                for label, rows in self._by_app.items()
            ),
            key=lambda app: (not app.own, app.label),
        )

    def app(self, label: str) -> App | None:
        return next((app for app in self.apps if app.label == label), None)

    def row(self, key: Key) -> MigrationRow | None:
        return self.rows.get(key)

    def fitting(self, query: Mapping[str, str]) -> list[MigrationRow]:
        """Rows of all apps that the address asks for; ``app.name`` finds the one of that name."""
        words, shown = words_of(query.get("q", "")[:200]), query.get("show", "")
        return [
            row
            for app in self.apps
            for row in reversed(app.rows)
            if (shown not in SHOWN or shown in row.kinds)
            and (not words or fits(words, f"{row.app}.{row.name}"))
        ]

    def counts(self) -> list[tuple[str, str, int]]:
        return [
            (kind, label, sum(kind in row.kinds for row in self.rows.values()))
            for kind, label in SHOWN.items()
        ]

    def _link(self) -> None:
        for row in self.rows.values():
            for app, name in row.entry.get("dependencies") or []:
                row.needs.append(self._resolved(app, name))
        for row in self.rows.values():
            for app, name in row.entry.get("run_before") or []:
                if (other := self.rows.get(self._resolved(app, name))) is not None:
                    other.needs.append(row.key)
        for row in self.rows.values():
            row.needs = list(dict.fromkeys(row.needs))
            for key in row.needs:
                if (other := self.rows.get(key)) is not None:
                    other.needed_by.append(row.key)

    def _resolved(self, app: str, name: str) -> Key:
        """Django lets a migration depend on an app's first or latest one without its name."""
        rows = self._by_app.get(app)
        if rows and name in ("__first__", "__latest__"):
            return app, rows[0 if name == "__first__" else -1].name
        return app, name

    def _set_states(self) -> None:
        applied = {key: self._applied(row.entry) for key, row in self.rows.items()}
        for key, row in self.rows.items():
            row.state = {True: APPLIED, False: UNAPPLIED, None: UNKNOWN}[applied[key]]
        for key, row in self.rows.items():
            replaced = [(app, name) for app, name in row.entry.get("replaces") or []]
            states = [applied.get(one) for one in replaced]
            if not replaced:
                continue
            begun = any(states) and not all(states)
            for one in [key] if begun else replaced:
                other = self.rows.get(one)
                if other is not None and other.state != APPLIED:
                    other.state = REPLACED

    def _applied(self, entry: dict[str, Any]) -> bool | None:
        known = entry.get("applied_on")
        if isinstance(known, dict):
            value = known.get(self.alias)
        else:
            value = entry["applied"] if self.alias == DEFAULT else None
        return value if isinstance(value, bool) else None


def in_order(rows: Iterable[MigrationRow]) -> list[MigrationRow]:
    """Rows of one app, each behind those that it needs, by name where that leaves it open."""
    waiting = {row.key: row for row in sorted(rows, key=lambda row: row.name)}
    ordered: list[MigrationRow] = []
    while waiting:
        ready = next(
            (row for row in waiting.values() if not any(key in waiting for key in row.needs)),
            # In a circle, which Django refuses.
            next(iter(waiting.values())),
        )
        ordered.append(waiting.pop(ready.key))
    return ordered
