"""What is installed in a Python environment, read from its files without starting it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from .distributions import installed_version, requires_python
from .source import exists, home, read_text
from .versions import allows, numbers

# Hooks of setuptools and virtualenv that change no import of the project's.
_HARMLESS = frozenset({"distutils-precedence.pth", "_virtualenv.pth"})
_BIN = "Scripts" if os.name == "nt" else "bin"
_EXECUTABLE = re.compile(r"python(\d+\.\d+)\Z")
_LIBRARY = re.compile(r"python3\.\d+\Z")
_CONDA_PYTHON = re.compile(r"python-(\d+\.\d+\.\d+)-")


@dataclass(frozen=True)
class Environment:
    """One Python that could run a project.

    ``problem`` says why it cannot, in words; versions are empty strings where no file tells them.
    """

    path: Path
    source: str
    python: str = ""
    django: str = ""
    problem: str = ""


def read_venv(folder: Path, source: str) -> Environment:
    """The virtual environment in ``folder``, recognised by its pyvenv.cfg."""
    try:
        return _read_venv(folder, source)
    except OSError as error:
        problem = f"it cannot be read: {error.strerror or 'unknown reason'}"
        return Environment(folder / _BIN / "python", source, problem=problem)


def _read_venv(folder: Path, source: str) -> Environment:
    config = _config(folder)
    version = config.get("version_info") or config.get("version") or ""
    version = ".".join(version.split(".")[:3])
    python, problem = _interpreter(folder)
    if problem:
        return Environment(python, source, version, problem=problem)
    if not (folder / "pyvenv.cfg").is_file():
        return Environment(python, source, problem="its folder has no pyvenv.cfg")
    base = config.get("home", "")
    if base and _missing(folder / base):
        problem = f"the Python it was made from is gone: {base} does not exist"
        return Environment(python, source, version, problem=problem)
    return _with_django(python, source, version)


def read_installation(python: Path, source: str, version: str = "") -> Environment:
    """A Python that is no virtual environment: the system's, pyenv's or conda's."""
    prefix = python.parent.parent
    if not python.exists():
        problem = _gone(python) if python.is_symlink() else "its Python executable is missing"
        return Environment(python, source, version, problem=problem)
    if not os.access(python, os.X_OK):
        return Environment(python, source, version, problem="its Python may not be executed")
    version = version or _conda_version(prefix) or _named_version(python)
    return _with_django(python, source, version)


def packages_of(python: Path) -> list[Path]:
    """The folders from which ``python`` imports installed packages, those in .pth files too."""
    folder = python.parent.parent
    config = _config(folder)
    packages = _site_packages(folder) if config else _system_packages(python)
    if config.get("include-system-site-packages", "").lower() == "true":
        packages += _system_packages(python)
    added = [path for packages_folder in packages for path in _added(packages_folder)]
    return list(dict.fromkeys([*packages, *added]))


def in_plain_sight(packages: Sequence[Path]) -> bool:
    """Whether all that is installed lies in ``packages``: no import hook leads elsewhere."""
    return any(exists(folder) for folder in packages) and not any(
        line.startswith(("import ", "import\t"))
        for folder in packages
        for file, line in _pth_lines(folder)
        if file not in _HARMLESS
    )


def _added(packages: Path) -> list[Path]:
    """The folders that .pth files name: how packages under development are installed."""
    lines = [line for _, line in _pth_lines(packages) if not line.startswith(("import", "#"))]
    paths = [packages / line for line in lines if "\0" not in line]
    return [path for path in paths if exists(path)]


def _pth_lines(packages: Path) -> Iterator[tuple[str, str]]:
    try:
        files = sorted(packages.glob("*.pth"))
    except OSError:
        return
    for file in files:
        yield from ((file.name, line.strip()) for line in read_text(file).splitlines() if line)


def _with_django(python: Path, source: str, version: str) -> Environment:
    packages = packages_of(python)
    django = _django(packages)
    needs = requires_python(packages, "django") if django else ""
    # Of a system's Python only the series is known; its newest release is meant.
    full = version if len(numbers(version)) != 2 else f"{version}.99"
    problem = ""
    if needs and version and not allows(needs, full):
        problem = f"its Python {version} does not suit its Django {django}, which needs {needs}"
    return Environment(python, source, version, django, problem)


def _django(packages: list[Path]) -> str:
    versions = (installed_version(folder, "django") for folder in packages)
    return next((version for version in versions if version), "")


def _config(folder: Path) -> dict[str, str]:
    lines = read_text(folder / "pyvenv.cfg").splitlines()
    pairs = (line.partition("=") for line in lines)
    return {key.strip().lower(): value.strip() for key, _, value in pairs}


def _interpreter(folder: Path) -> tuple[Path, str]:
    """The executable of a virtual environment, and what is wrong with it."""
    names = ["python.exe"] if os.name == "nt" else ["python", "python3"]
    python = folder / _BIN / names[0]
    if folder.is_symlink() and not folder.exists():
        return python, _gone(folder)
    for name in names:
        path = folder / _BIN / name
        if path.is_symlink() and not path.exists():
            return path, "its Python " + _gone(path).removeprefix("it ")
        if path.exists():
            executable = os.access(path, os.X_OK)
            return path, "" if executable else "its Python may not be executed"
    return python, "it holds no Python executable"


def _gone(link: Path) -> str:
    """What a broken link was meant to lead to: the first missing step of a chain of links."""
    target = link
    for _ in range(40):
        try:
            target = target.parent / target.readlink()
        except OSError:
            return f"it is a link to {target}, which is gone"
    return "it is a circle of links"


def _missing(path: Path) -> bool:
    """Whether nothing is there; where permissions hide the answer, something may be."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):
        return False
    return False


def _site_packages(folder: Path) -> list[Path]:
    if os.name == "nt":
        return [folder / "Lib" / "site-packages"]
    return [library / "site-packages" for library in _libraries(folder)]


def _system_packages(python: Path) -> list[Path]:
    """Where a Python that is no virtual environment looks, the user's own packages first."""
    real = python.resolve()
    prefix = real.parent.parent
    if os.name == "nt":
        return [real.parent / "Lib" / "site-packages"]
    match = _EXECUTABLE.match(real.name)
    libraries = _libraries(prefix)
    names = [f"python{match[1]}"] if match else [library.name for library in libraries]
    folders = []
    for name in names:
        folders += [
            home() / ".local" / "lib" / name / "site-packages",
            prefix / "local" / "lib" / name / "dist-packages",
            prefix / "lib" / name / "site-packages",
        ]
    return [*folders, prefix / "lib" / "python3" / "dist-packages"]


def _libraries(prefix: Path) -> list[Path]:
    try:
        return sorted(path for path in (prefix / "lib").iterdir() if _LIBRARY.match(path.name))
    except OSError:
        return []


def _named_version(python: Path) -> str:
    match = _EXECUTABLE.match(python.resolve().name)
    return match[1] if match else ""


def _conda_version(prefix: Path) -> str:
    try:
        names = os.listdir(prefix / "conda-meta")  # noqa: PTH208
    except OSError:
        return ""
    matches = (_CONDA_PYTHON.match(name) for name in names)
    return next((match[1] for match in matches if match), "")
