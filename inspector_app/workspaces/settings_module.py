"""Which settings module a project runs with, and where that is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
from .source import is_file, read_text

__all__ = ["SettingsModule", "is_module_name", "read_settings_modules", "settings_file"]

# In a settings package, what a developer's machine uses comes first.
_LAYOUT_ORDER = ("settings", "local", "dev", "development", "base")
_USUAL = ("settings.py", "*/settings.py", "*/settings/*.py", "settings/*.py")
# By other names files count only when they look like settings.
_UNUSUAL = (
    *("settings_*.py", "*/settings_*.py", "*_settings.py", "*/*_settings.py"),
    *("*/*/settings.py", "*/*/settings/*.py", "*/conf/*.py", "*/config/*.py"),
)
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
    names = ("wsgi.py", "asgi.py")
    return [file for name in names for file in _matching(found.base, name, f"*/{name}")]


def _from_layout(found: Found) -> list[tuple[str, Path]]:
    """settings.py, settings packages and files like them, whether anything names them or not."""
    usual = _matching(found.base, *_USUAL)
    unusual = [file for file in _matching(found.base, *_UNUSUAL) if file not in usual]
    named = [(name, file) for file in usual if (name := _module_of(file, found.base))]
    others = [
        (name, file)
        for file in unusual
        if looks_like_settings(file) and (name := _module_of(file, found.base))
    ]
    return [*sorted(named, key=_layout_rank), *sorted(others, key=_layout_rank)]


def looks_like_settings(file: Path) -> bool:
    """Whether ``file`` sets what only settings set, or takes all of other settings over."""
    text = read_text(file)
    return "INSTALLED_APPS" in text or ("import *" in text and "settings" in text)


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


def _matching(base: Path, *patterns: str) -> list[Path]:
    try:
        found = sorted({file for pattern in patterns for file in base.glob(pattern)})
    except OSError:
        return []
    return [file for file in found if not _is_foreign(file, base)]


def _is_foreign(file: Path, base: Path) -> bool:
    """In an environment or a folder of packages, which hold other people's settings."""
    parents = file.relative_to(base).parents
    return any((base / parent / "pyvenv.cfg").is_file() for parent in parents if parent.name)


def _shown(found: Found, file: Path) -> str:
    return shown(file.relative_to(found.root) if file.is_relative_to(found.root) else file)
