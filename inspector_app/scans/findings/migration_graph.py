"""Dependencies between migrations that Django cannot follow: it stops before it does anything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .context import Context
from .finding import ERROR, Finding, Report, evidence, finding
from .own import own_apps, setting

Node = tuple[str, str]
Migration = dict[str, Any]

_STOPS = "Django puts all migrations in an order first, so migrate and makemigrations stop at it."


def broken(report: Report, _context: Context) -> Iterator[Finding]:
    """Only where all migrations of the apps in question were read."""
    section = report["sections"].get("migrations")
    if section is None or not section["ok"] or setting(report, "MIGRATION_MODULES"):
        return
    known = {
        (app, one["name"]): one
        for app, every in report["migrations"]["apps"].items()
        for one in every
    }
    own = {app["label"] for app in own_apps(report)}
    yield from _not_there(known, own)
    yield from _in_a_circle(known, own)


def _not_there(known: dict[Node, Migration], own: set[str]) -> Iterator[Finding]:
    replaced = {tuple(one) for each in known.values() for one in each.get("replaces") or []}
    for node, one in known.items():
        for needed in _needed(one):
            if needed in known or needed in replaced or needed[0] not in own:
                continue
            if needed[1] in ("__first__", "__latest__") or node[0] not in own:
                continue
            yield finding(
                "migration-dependency-missing",
                ERROR,
                f"{_shown(node)} depends on {_shown(needed)}, which is not there",
                proof=[evidence(_shown(node), (one["file"], one["line"]))],
                why=_STOPS,
                action="Bring its file back from version control, or name the migration that took "
                "its place.",
                identifier="migration graph",
                about=node[0],
            )


def _in_a_circle(known: dict[Node, Migration], own: set[str]) -> Iterator[Finding]:
    circle = _circle(known)
    if circle and any(app in own for app, _ in circle):
        names = " and ".join(map(_shown, circle))
        yield finding(
            "migrations-in-a-circle",
            ERROR,
            f"{names} depend on each other" if len(circle) > 1 else f"{names} depends on itself",
            proof=[
                evidence(_shown(node), (known[node]["file"], known[node]["line"]))
                for node in circle
            ],
            why=_STOPS,
            action="Take one of the dependencies out, or move what needs it into a migration of "
            "its own.",
            identifier="migration graph",
            about=next(app for app, _ in circle if app in own),
        )


def _circle(known: dict[Node, Migration]) -> list[Node]:
    """The first circle of dependencies; empty where there is none."""
    done: set[Node] = set()
    for start, one in known.items():
        # Migrations follow each other by the hundred, too many to call one function in another.
        path = {} if start in done else {start: iter(_needed(one))}
        while path:
            last = next(reversed(path))
            following = next(path[last], None)
            if following is None:
                done.add(last)
                del path[last]
            elif following in path:
                nodes = list(path)
                return nodes[nodes.index(following) :]
            elif following in known and following not in done:
                path[following] = iter(_needed(known[following]))
    return []


def _needed(one: Migration) -> list[Node]:
    return [(app, name) for app, name in one.get("dependencies") or []]


def _shown(node: Node) -> str:
    return ".".join(node)
