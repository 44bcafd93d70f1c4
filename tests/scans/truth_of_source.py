"""Asks Django itself for URLs, settings and migrations, in a separate process, and prints JSON.

Run like tests/truth.py. It notes for each URL whether its pattern, and every include on the way to
it, was written at the top level of a module: what functions of libraries make of registrations is
not written in a URLconf.
"""

from __future__ import annotations

import inspect
import json
import os
import sys
from collections.abc import Callable
from typing import Any

MADE: dict[int, tuple[object, str, int, str]] = {}


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = sys.argv[1]
    sys.path[0] = ""
    sys.dont_write_bytecode = True
    out = os.dup(1)
    os.dup2(2, 1)
    record()
    import django

    django.setup()
    os.write(out, json.dumps({**urls(), **settings(), **migrations()}).encode())


def record() -> None:
    """Remember where ``path()`` and its kin are called, before anything imports them."""
    import django.conf.urls
    import django.urls
    from django.urls import conf
    from django.urls.resolvers import RegexPattern, RoutePattern

    django.urls.path = conf.path = recording(conf.path, RoutePattern)
    django.urls.re_path = conf.re_path = recording(conf.re_path, RegexPattern)
    if hasattr(django.conf.urls, "url"):
        django.conf.urls.url = django.urls.re_path


def recording(original: Any, kind: type) -> Callable[..., Any]:
    def path(route: Any, view: Any, kwargs: Any = None, name: Any = None) -> Any:
        made = original.func(route, view, kwargs, name, Pattern=kind)
        frame = sys._getframe(1)
        code = frame.f_code
        MADE[id(made)] = (made, code.co_filename, frame.f_lineno, code.co_name)
        return made

    return path


def urls() -> dict[str, Any]:
    from django.conf import settings as django_settings
    from django.urls import get_resolver

    found: list[dict[str, Any]] = []
    if hasattr(django_settings, "ROOT_URLCONF"):
        walk(get_resolver(), "", [], found, written=True)
    return {"urls": found}


def walk(
    resolver: Any, route: str, namespaces: list[str], found: list[dict[str, Any]], *, written: bool
) -> None:
    for pattern in resolver.url_patterns:
        _, file, line, function = MADE.get(id(pattern), (None, "", 0, ""))
        locale = type(pattern.pattern).__name__ == "LocalePrefixPattern"
        # Since Python 3.12 a comprehension has no frame of its own.
        here = written and (locale or function in ("<module>", "<listcomp>"))
        whole = route + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            inner = [*namespaces, pattern.namespace] if pattern.namespace else namespaces
            walk(pattern, whole, inner, found, written=here)
        else:
            name = ":".join([*namespaces, pattern.name]) if pattern.name else None
            view = target(pattern.callback)
            entry = {"route": whole, "name": name, "view": view, "file": file, "line": line}
            found.append({**entry, "written": here})


def target(view: Any) -> str:
    view = getattr(view, "view_class", None) or getattr(view, "cls", None) or view
    if not isinstance(view, type):
        view = inspect.unwrap(view)
    name = getattr(view, "__qualname__", type(view).__name__)
    return f"{view.__module__}.{name}"


def settings() -> dict[str, Any]:
    from django.conf import global_settings
    from django.conf import settings as django_settings

    names = (name for name in dir(django_settings) if name.isupper() and name != "SETTINGS_MODULE")
    changed = {
        name: getattr(django_settings, name)
        for name in names
        if not hasattr(global_settings, name)
        or getattr(global_settings, name) != getattr(django_settings, name)
    }
    return {"settings": {name: plain(value) for name, value in changed.items()}}


def plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    return value if isinstance(value, (str, int, float, bool)) or value is None else str(value)


def migrations() -> dict[str, Any]:
    from django.db.migrations.loader import MigrationLoader

    # Without the graph, which cannot be built where a migration is missing.
    loader = MigrationLoader(None, load=False, ignore_no_migrations=True)
    loader.load_disk()
    return {
        "migrations": {
            f"{label}.{name}": {
                "dependencies": sorted(list(one) for one in migration.dependencies),
                "replaces": [list(one) for one in migration.replaces],
                "run_before": [list(one) for one in migration.run_before],
                "atomic": migration.atomic,
                "operations": [
                    [type(one).__name__, one.describe()] for one in migration.operations
                ],
            }
            for (label, name), migration in loader.disk_migrations.items()
        }
    }


main()
