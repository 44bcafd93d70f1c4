"""Migrations: per app and in one database, one of them in detail, or an app's dependencies."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from inspector_app.commands import registry
from inspector_app.errors import Problem
from inspector_app.models import Workspace, WorkspaceTaskRun
from inspector_app.scans.totals import own_labels
from inspector_app.sections.migration_graph import graph
from inspector_app.sections.migrations import DEFAULT, SHOWN, App, History, Key, MigrationRow

from .migration_links import MigrationLinks
from .page import workspace_page
from .run_rows import brief
from .section import section

Context = dict[str, Any]

# Of migrations that fit a filter; the number of all is told.
LISTED = 400
# Of runs that printed SQL, for the one that is shown again.
LOOKED_AT = 100


@workspace_page("inspector_app/migrations/page.html")
def migrations(request: HttpRequest, workspace: Workspace) -> Context:
    context, report = section(workspace, "migrations", "migrations", "databases")
    if report is None:
        return context
    query = request.GET.dict()
    databases = _databases(report)
    alias = query.get("db", "")
    alias = alias if alias in {one["alias"] for one in databases} else DEFAULT
    history = History(report, own_labels(workspace), alias)
    fitting = history.fitting(query)
    filters = bool(query.get("q", "").strip()) or query.get("show") in SHOWN
    app, row = _chosen(history, query, fitting if filters else None)
    listed = [one for one in fitting if not filters or app is None or one.app == app.label]
    if not filters:
        listed = list(reversed(app.rows)) if app is not None else []
    as_graph = query.get("view") == "graph" and app is not None
    return context | {
        "total": len(history.rows),
        "history": history,
        "apps": _apps(history, fitting, filters),
        "unmigrated": report["migrations"].get("unmigrated") or [],
        "missing": report["migrations"].get("missing"),
        "conflicts": report["migrations"]["conflicts"],
        "kinds": history.counts(),
        "databases": databases,
        "database": next((one for one in databases if one["alias"] == alias), None),
        "alias": alias,
        "q": query.get("q", "")[:200],
        "show": query.get("show") if query.get("show") in SHOWN else "",
        "filters": filters,
        "app": app,
        "listed": listed[:LISTED],
        "listed_more": max(len(listed) - LISTED, 0),
        "row": row,
        "needs": _others(history, row.needs) if row is not None else [],
        "needed_by": _others(history, row.needed_by) if row is not None else [],
        "sql_run": _sql_run(workspace, row, alias) if row is not None else None,
        "graph": graph(history, app.label) if as_graph and app is not None else None,
        "presets": _presets(),
        "links": MigrationLinks(query),
    }


def _databases(report: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for one in report["databases"] or [] if one.get("alias")]


def _chosen(
    history: History, query: dict[str, str], fitting: list[MigrationRow] | None
) -> tuple[App | None, MigrationRow | None]:
    """What the address names; else what deserves attention first. ``fitting`` is a filter's."""
    label, _, name = query.get("name", "").partition(".")
    app, row = history.app(query.get("app", "")), history.row((label, name))
    if fitting is not None:
        if row is None:
            row = next((one for one in fitting if app is None or one.app == app.label), None)
        return app, row
    if app is None and row is not None:
        app = history.app(row.app)
    if app is None:
        app = next(
            (
                one
                for wanted in (_conflicting, _unapplied, _any)
                for one in history.apps
                if wanted(one)
            ),
            None,
        )
    if app is not None and (row is None or row.app != app.label):
        row = app.rows[-1]
    return app, row


def _conflicting(app: App) -> bool:
    return app.conflict


def _unapplied(app: App) -> bool:
    return app.own and app.unapplied > 0


def _any(app: App) -> bool:
    return bool(app.rows)


def _apps(history: History, fitting: list[MigrationRow], filters: bool) -> list[tuple[App, int]]:
    """Each app with the number of its migrations; with a filter, of those that fit."""
    if not filters:
        return [(app, len(app.rows)) for app in history.apps]
    counted = [(app, sum(row.app == app.label for row in fitting)) for app in history.apps]
    return [(app, number) for app, number in counted if number]


def _others(history: History, keys: list[Key]) -> list[tuple[str, str, MigrationRow | None]]:
    return [(*key, history.row(key)) for key in keys]


def _sql_run(workspace: Workspace, row: MigrationRow, alias: str) -> WorkspaceTaskRun | None:
    """The newest run that printed the SQL of ``row`` for that database."""
    wanted = {"app_label": row.app, "migration_name": row.name, "database": alias}
    runs = workspace.runs.filter(
        preset="sqlmigrate", status=WorkspaceTaskRun.Status.SUCCEEDED
    ).values_list("pk", "params")[:LOOKED_AT]
    for pk, params in runs:
        given = {"database": DEFAULT, **params}
        given.pop("verbosity", None)
        if given == wanted:
            return brief(workspace.runs.filter(pk=pk)).first()
    return None


def _presets() -> set[str]:
    try:
        return {preset.name for preset in registry.enabled()}
    except Problem:
        return set()
