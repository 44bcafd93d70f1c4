"""The lists behind the freeze: modules, data, and what is removed again."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from .probe import compile_probe

# Parts of the standard library that no Django project needs and that are large or need a display.
LEFT_OUT_OF_STDLIB = frozenset(
    {
        "antigravity",
        "idlelib",
        "lib2to3",
        "test",
        "this",
        "tkinter",
        "turtle",
        "turtledemo",
        "ensurepip",
        "_tkinter",
        "_dbm",
        "_gdbm",
        "nis",
    }
)
EXCLUDED = [*sorted(LEFT_OUT_OF_STDLIB), "django.contrib.gis", "lucide"]

# Shared libraries that come with modules left out above.
PRUNED = ("libdb-5*", "libgdbm*", "libkrb5*", "libk5crypto*", "libgssapi*", "libnsl*", "libtirpc*")


# Runs in a process of its own (docs/decisions/which-view-answers.md).
PROBE = Path("inspector_app/scans/probe")
MATCHER = Path("inspector_app/sections/url_matching/matcher.py")


def arguments(root: Path, build: Path, work: Path, made: Sequence[Path]) -> list[str]:
    """PyInstaller's arguments for modules and data; the files ``made`` lie at the top."""
    return [
        *(f"--hidden-import={name}" for name in _standard_library()),
        *(f"--exclude-module={name}" for name in [*EXCLUDED, *_foreign()]),
        *(f"--hidden-import={name}" for name in own_modules(root)),
        "--collect-submodules=huey.contrib.djhuey",
        "--collect-submodules=csp",
        "--collect-submodules=django_htmx",
        "--collect-submodules=waitress",
        "--collect-submodules=psutil",
        "--collect-data=django_htmx",
        _data(root / "templates", "templates"),
        # The sample is a project like any other: its source files are what is inspected.
        _data(root / "inspector_app" / "sample", "inspector_app/sample"),
        # The source of what other Pythons run.
        _data(root / PROBE, str(PROBE)),
        _data(compile_probe(root / PROBE, work / "probe"), f"{PROBE}/compiled"),
        _data(root / MATCHER, str(MATCHER.parent)),
        *(_data(file, ".") for file in made),
        _data(build / "static", "static"),
        *([_data(build / "docs", "docs")] if (build / "docs").is_dir() else []),
    ]


def require_full_text_search() -> None:
    """The SQLite that this Python loads is the one that is shipped; searching needs its FTS5."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE probe USING fts5(words)")


def write_icons(target: Path) -> Path:
    """The icons that the pages use, drawn, so that the package that draws them need not ship."""
    from inspector_app.icons import ICONS, draw

    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps({name: draw(name) for name in sorted(ICONS)}), "utf-8")
    return target


def prune(folder: Path) -> None:
    """Remove what nothing that is shipped can load."""
    for pattern in PRUNED:
        for path in folder.rglob(pattern):
            path.unlink()
    for cache in list(folder.rglob("__pycache__")):
        shutil.rmtree(cache)


def own_modules(root: Path) -> list[str]:
    """Every module of ours, by its file: importing them to ask would need a set-up Django."""
    names = []
    for package in ("backend", "inspector_app"):
        for file in sorted((root / package).rglob("*.py")):
            parts = file.relative_to(root).with_suffix("").parts
            if parts[:2] != ("inspector_app", "sample") and parts[1:3] != ("scans", "probe"):
                names.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return names


def _foreign() -> list[str]:
    """The modules of everything installed here that DJDesk does not depend on: test tools, docs."""
    from importlib.metadata import packages_distributions

    needed = dependencies("djdesk")
    return sorted(
        module
        for module, distributions in packages_distributions().items()
        if not needed & {_normal(name) for name in distributions}
    )


def dependencies(distribution: str) -> set[str]:
    """``distribution`` and everything it requires, without extras."""
    from importlib.metadata import PackageNotFoundError, requires

    found: set[str] = set()
    pending = [distribution]
    while pending:
        name = _normal(pending.pop())
        if name in found:
            continue
        found.add(name)
        try:
            wanted = requires(name) or []
        except PackageNotFoundError:
            continue
        pending.extend(
            re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in wanted if "extra ==" not in line
        )
    return found


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _standard_library() -> list[str]:
    """Every module of the standard library, submodules included, that this Python can import."""
    import importlib.util

    from PyInstaller.utils.hooks import collect_submodules

    names: list[str] = []
    for name in sorted(sys.stdlib_module_names - LEFT_OUT_OF_STDLIB):
        spec = importlib.util.find_spec(name) if name != "__main__" else None
        if spec is None or name.startswith("__"):
            continue
        names.append(name)
        if spec.submodule_search_locations:
            names.extend(
                module
                for module in collect_submodules(name, on_error="ignore")
                if not any(part in ("test", "tests", "idle_test") for part in module.split("."))
            )
    return names


def _data(source: Path, target: str) -> str:
    return f"--add-data={source}{os.pathsep}{target}"
