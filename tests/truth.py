"""Asks Django itself what a project is, in a separate process, and prints JSON.

Run by the project's own Python, in manage.py's folder, as ``truth.py SETTINGS_MODULE``; public API
only, so that what DJDesk reads can be compared with it.
"""

from __future__ import annotations

import io
import json
import os
import sys
from typing import Any


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = sys.argv[1]
    sys.path[0] = ""  # manage.py's folder, and not the one of this file.
    sys.dont_write_bytecode = True
    out = os.dup(1)
    os.dup2(2, 1)  # Projects print while they are imported.
    import django

    django.setup()
    from django.apps import apps
    from django.core import checks
    from django.db import connections
    from django.db.migrations.loader import MigrationLoader
    from django.urls import get_resolver

    models = {}
    relations = []
    for model in apps.get_models(include_auto_created=True, include_swapped=True):
        meta = model._meta
        models[meta.label] = {
            "table": meta.db_table,
            "proxy": meta.proxy,
            "swapped": bool(meta.swapped),
            "managed": meta.managed,
            "auto_created": bool(meta.auto_created),
            "fields": [] if meta.proxy else own_fields(meta),
        }
        if not meta.proxy:
            relations += own_relations(meta)
    found = checks.run_checks()
    deploy = checks.run_checks(include_deployment_checks=True)
    loader = MigrationLoader(None, ignore_no_migrations=True)
    migrations: dict[str, list[str]] = {}
    for app_label, name in loader.disk_migrations:
        migrations.setdefault(app_label, []).append(name)
    answer = {
        "apps": {config.label: config.name for config in apps.get_app_configs()},
        "models": models,
        "relations": sorted(relations, key=str),
        "migrations": {label: sorted(names) for label, names in migrations.items()},
        "conflicts": {label: sorted(names) for label, names in loader.detect_conflicts().items()},
        "databases": list(connections),
        "checks": sorted(one.id or "" for one in found if not one.is_silenced()),
        "deploy": sorted(one.id or "" for one in deploy if not one.is_silenced()),
        "silenced": sorted({one.id or "" for one in deploy if one.is_silenced()}),
        "urls": sorted(routes(get_resolver().url_patterns)),
        "settings": changed_settings(),
        "missing": missing(loader),
    }
    os.write(out, json.dumps(answer).encode())


def declared(meta: Any) -> list[Any]:
    """The fields of the model's own table; a child of a concrete model gets copies of some."""
    fields = [*meta.local_fields, *meta.local_many_to_many, *meta.private_fields]
    return [field for field in fields if not getattr(field, "mti_inherited", False)]


def own_fields(meta: Any) -> list[str]:
    return sorted(field.name for field in declared(meta))


def own_relations(meta: Any) -> list[list[Any]]:
    found = []
    for field in declared(meta):
        kind = kind_of(field)
        if kind:
            target = None if kind == "gfk" else field.related_model._meta.label
            found.append([meta.label, target, field.name, kind, bool(meta.auto_created)])
    return found


def kind_of(field: Any) -> str:
    if not field.is_relation:
        return ""
    if field.many_to_many:
        return "m2m"
    if field.one_to_one:
        return "o2o"
    if field.one_to_many:
        return "generic"
    return "gfk" if field.related_model is None else "fk"


def routes(patterns: Any, before: str = "", names: tuple[str, ...] = ()) -> list[list[Any]]:
    """The whole route of each URL, and its name with namespaces; empty for none."""
    found: list[list[Any]] = []
    for one in patterns:
        route = before + str(one.pattern)
        if hasattr(one, "url_patterns"):
            inner = (*names, one.namespace) if one.namespace else names
            found += routes(one.url_patterns, route, inner)
        else:
            found.append([route, ":".join((*names, one.name)) if one.name else ""])
    return found


def changed_settings() -> list[str]:
    """The names that diffsettings prints."""
    from django.core.management import call_command

    out = io.StringIO()
    call_command("diffsettings", stdout=out)
    return sorted(line.partition(" = ")[0] for line in out.getvalue().splitlines())


def missing(loader: Any) -> list[str]:
    """The apps for which makemigrations would make a migration; empty where leaves conflict."""
    from django.apps import apps
    from django.db.migrations.autodetector import MigrationAutodetector
    from django.db.migrations.state import ProjectState

    if loader.detect_conflicts():
        return []
    detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))
    return sorted(detector.changes(graph=loader.graph))


main()
