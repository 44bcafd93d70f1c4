"""Which settings module a project runs with, and where that is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from .env_files import find_env_files, is_example
from .found import Found
from .opened import shown
from .settings_mentions import (
    CONFIGURATIONS,
    is_module_name,
    mentioned_in_python,
    mentioned_in_text,
)
from .source import is_dir, is_file, read_text
from .walk import SKIPPED, is_environment

__all__ = ["SettingsModule", "is_module_name", "read_settings_modules", "settings_file"]

# In a settings package, what a developer's machine uses comes first.
_LAYOUT_ORDER = ("settings", "local", "dev", "development", "base")
_USUAL = ("settings.py", "settings/*.py")
# By other names, and further down, files count only when they look like settings.
_UNUSUAL = ("settings_*.py", "*_settings.py")
_DEEPER = ("*/settings.py", "*/settings/*.py", "conf/*.py", "config/*.py")
_CONFIGURING = ("conf", "config")
# At the beginning of a line: others read it.
_SETS_APPS = re.compile(r"^\s*INSTALLED_APPS\b|\[[\"']INSTALLED_APPS[\"']\]\s*\+?=", re.MULTILINE)
_FOLDERS_LIMIT = 200
_CANDIDATES_LIMIT = 60


@dataclass(frozen=True)
class SettingsModule:
    """A dotted module name, and the file and line that name it.

    ``exists`` is False where neither the project nor its packages hold it.
    """

    name: str
    file: str
    line: int
    exists: bool = True

    @property
    def place(self) -> str:
        return f"{self.file}:{self.line}"


def read_settings_modules(
    found: Found, env_files: Iterable[Path] = (), packages: Sequence[Path] = ()
) -> list[SettingsModule]:
    """Every settings module the project names, the one it would use first.

    ``env_files`` are those whose variables its commands get: what they name goes before manage.py,
    which only sets what is not set. ``packages`` are the folders of installed packages.
    """
    unique: dict[str, SettingsModule] = {}
    for name, file, line in _candidates(found, env_files):
        if len(unique) < _CANDIDATES_LIMIT:
            exists = settings_file(found, name, packages) is not None
            unique.setdefault(name, SettingsModule(name, _shown(found, file), line, exists))
    return list(unique.values())


def settings_file(found: Found, module: str, packages: Sequence[Path] = ()) -> Path | None:
    """The file that holds ``module``, in the project or else in ``packages``."""
    own = (found.base, *found.python_path, found.base / "src", found.root, found.root / "src")
    for folder in dict.fromkeys((*own, *packages)):
        stem = folder.joinpath(*module.split("."))
        for file in (stem / "__init__.py", stem.with_name(f"{stem.name}.py")):
            if is_file(file):
                return file
    return None


def _candidates(found: Found, env_files: Iterable[Path]) -> Iterator[tuple[str, Path, int]]:
    folders = list(dict.fromkeys((found.base, found.root)))
    scripts = [found.script] if found.script is not None else []
    offered = [file for file in find_env_files(folders) if not is_example(file)]
    configurations = [folder / name for folder in folders for name in CONFIGURATIONS]
    for read, files in (
        (mentioned_in_text, env_files),
        (mentioned_in_python, scripts),
        (mentioned_in_text, [*configurations, *offered]),
        # Often the settings of production.
        (mentioned_in_python, _servers(found)),
    ):
        for file in files:
            yield from ((name, file, line) for name, line in read(file))
    yield from ((name, file, 1) for name, file in _from_layout(found))


def _servers(found: Found) -> list[Path]:
    return [
        file
        for name in ("wsgi.py", "asgi.py")
        for folder in _own_folders(found)
        if is_file(file := folder / name)
    ]


def _from_layout(found: Found) -> list[tuple[str, Path]]:
    """settings.py, settings packages and files like them, whether anything names them or not."""
    base, folders = found.base, _own_folders(found)
    inner = folders[1:]
    usual = _matching(folders, _USUAL)
    unusual = [*_matching(folders, _UNUSUAL), *_matching(inner, _DEEPER)]
    unusual += _matching([one for one in inner if one.name in _CONFIGURING], ("*.py",))
    named = [(name, file) for file in usual if (name := _module_of(file, base))]
    others = [
        (name, file)
        for file in dict.fromkeys(unusual)
        if looks_like_settings(file) and (name := _module_of(file, base))
    ]
    return [*sorted(named, key=_layout_rank), *sorted(others, key=_layout_rank)]


def _own_folders(found: Found) -> list[Path]:
    """The base and the folders in it, without those of other people's code."""
    # An installed package lies among others.
    top = found.base if found.base.is_relative_to(found.root) else found.root
    try:
        inner = sorted(path for path in top.iterdir() if _is_own(path))
    except OSError:
        inner = []
    return [top, *inner[:_FOLDERS_LIMIT]]


def _is_own(path: Path) -> bool:
    foreign = path.name.startswith(".") or path.name in SKIPPED
    return not foreign and is_dir(path) and not is_environment(path)


def looks_like_settings(file: Path) -> bool:
    """Whether ``file`` sets what only settings set, or takes all of other settings over."""
    text = read_text(file)
    return _SETS_APPS.search(text) is not None or ("import *" in text and "settings" in text)


def _module_of(file: Path, base: Path) -> str:
    *package, module = file.relative_to(base).with_suffix("").parts
    if module == "__init__":
        # An empty one only makes a package of its folder.
        return ".".join(package) if read_text(file).strip() else ""
    name = ".".join([*package, module])
    return name if is_module_name(name) else ""


def _layout_rank(candidate: tuple[str, Path]) -> int:
    last = candidate[0].rpartition(".")[2]
    return _LAYOUT_ORDER.index(last) if last in _LAYOUT_ORDER else len(_LAYOUT_ORDER)


def _matching(folders: Iterable[Path], patterns: Iterable[str]) -> list[Path]:
    found: list[Path] = []
    for folder in folders:
        with suppress(OSError):
            found += sorted({file for pattern in patterns for file in folder.glob(pattern)})
    return found


def _shown(found: Found, file: Path) -> str:
    return shown(file.relative_to(found.root) if file.is_relative_to(found.root) else file)
