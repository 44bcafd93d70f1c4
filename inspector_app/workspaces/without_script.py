"""Projects without manage.py: installed packages, src layouts, apps with settings for tests.

They are known by what names their settings module: the configuration of a tool, an env file, what
starts a server, or a file that is one.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from .found import Found
from .settings_mentions import mentioned_in_python, mentioned_in_text
from .settings_module import looks_like_settings
from .source import exists, is_dir, is_file
from .walk import SETTINGS

_TOPS = ("pyproject.toml", "setup.cfg", "setup.py", ".git")
_PACKAGES = frozenset({"site-packages", "dist-packages"})
_SERVERS = frozenset({"wsgi.py", "asgi.py"})
# In a folder called settings, the modules that others are built on or that are used by hand.
_IN_PACKAGE = ("__init__.py", "base.py", "local.py", "dev.py", "common.py", "development.py")


def projects_at(folder: Path, marks: Sequence[Path], deadline: float) -> list[Found]:
    """The projects in ``folder`` that ``marks`` (see :class:`walk.Walked`) tell of, in order.

    Ends at ``deadline`` on the monotonic clock with what was found by then.
    """
    bases: dict[Path, list[Path]] = {}
    for mark in marks:
        if time.monotonic() > deadline:
            break
        for base in _bases_of(mark, folder):
            known = bases.setdefault(_root_of(base, mark, folder), [])
            if base not in known:
                known.append(base)
    return [Found(root, None, (*found, *_sources(root, found))) for root, found in bases.items()]


def _bases_of(mark: Path, folder: Path) -> Iterator[Path]:
    """The folders from which the settings that ``mark`` tells of are imported."""
    if mark.name in _SERVERS:
        for module, _ in mentioned_in_python(mark):
            yield from _holding(module, mark.parent, folder)
    elif SETTINGS.match(mark.name):
        if looks_like_settings(mark):
            yield _import_base(mark)
    elif mark.name == "settings":
        inside = [mark / name for name in _IN_PACKAGE]
        if any(is_file(file) and looks_like_settings(file) for file in inside):
            yield _import_base(mark)
    else:
        for module, _ in mentioned_in_text(mark):
            yield from _holding(module, mark.parent, folder)


def _holding(module: str, start: Path, folder: Path) -> Iterator[Path]:
    """The folder that holds ``module``, looked for in ``start``, its src, and up to ``folder``."""
    for parent in (start, *start.parents):
        for base in (parent, parent / "src"):
            stem = base.joinpath(*module.split("."))
            if is_file(stem.with_name(f"{stem.name}.py")) or is_file(stem / "__init__.py"):
                yield base
                return
        # One more level up: a package may be opened by its own folder.
        if parent == folder.parent or exists(parent / ".git"):
            return


def _import_base(path: Path) -> Path:
    """The folder above the outermost package around ``path``."""
    base = path.parent
    while is_file(base / "__init__.py") and base.parent != base:
        base = base.parent
    return base


def _root_of(base: Path, mark: Path, folder: Path) -> Path:
    """What the user works in: the nearest folder with a manifest, or the package itself."""
    if base.name in _PACKAGES:
        return base / mark.relative_to(base).parts[0]
    for parent in (base, *base.parents):
        if any(exists(parent / name) for name in _TOPS):
            return parent
        # A package that is opened by its own folder may lie in the src of its project.
        if parent == folder or (parent == folder.parent and parent.name != "src"):
            break
    return base if base.is_relative_to(folder) else folder


def _sources(root: Path, bases: Sequence[Path]) -> list[Path]:
    """The project's packages in a src layout, whose settings for tests lie elsewhere."""
    source = root / "src"
    return [source] if is_dir(source) and source not in bases else []
