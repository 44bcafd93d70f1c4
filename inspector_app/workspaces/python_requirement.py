"""Which Python a project says it needs, in the file of whatever tool it uses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .opened import shown
from .requirements.setuptools import setup_arguments
from .requirements.versions import pip_specifier
from .source import literal, read_text
from .toml_tables import dig, line_of, toml
from .versions import allows, numbers

_SETUP_CFG = re.compile(r"^python_requires\s*=\s*(\S.*)$", re.MULTILINE)


@dataclass(frozen=True)
class PythonRequirement:
    """``text`` such as ``>=3.10``, and where it stands."""

    text: str
    file: str
    line: int

    @property
    def place(self) -> str:
        return f"{self.file}:{self.line}"

    def allows(self, version: str) -> bool:
        """Whether ``version`` will do; one that is not known does."""
        if not version:
            return True
        # Of a system's Python only the series is known; its newest release is meant.
        return allows(self.text, version if len(numbers(version)) > 2 else f"{version}.99")


def read_python_requirement(root: Path, base: Path) -> PythonRequirement | None:
    """What ``base``, or else ``root``, asks for."""
    for folder in dict.fromkeys((base, root)):
        for name, text, line in _written(folder):
            return PythonRequirement(text, shown((folder / name).relative_to(root)), line)
    return None


def _written(folder: Path) -> Iterator[tuple[str, str, int]]:
    """Name of the file, what it asks for, and the line."""
    text = read_text(folder / "pyproject.toml")
    table = toml(text)
    wanted = dig(table, "project", "requires-python")
    if isinstance(wanted, str):
        yield "pyproject.toml", wanted, line_of(text, "requires-python")
    wanted = dig(table, "tool", "poetry", "dependencies", "python")
    if isinstance(wanted, str) and pip_specifier(wanted):
        yield "pyproject.toml", pip_specifier(wanted), line_of(text, "python")
    text = read_text(folder / "setup.cfg")
    match = _SETUP_CFG.search(text)
    if match:
        yield "setup.cfg", match[1].strip(), text.count("\n", 0, match.start()) + 1
    given = setup_arguments(folder / "setup.py").get("python_requires")
    wanted = literal(given)
    if given is not None and isinstance(wanted, str):
        yield "setup.py", wanted, given.lineno
    text = read_text(folder / "Pipfile")
    for key in ("python_full_version", "python_version"):
        wanted = dig(toml(text), "requires", key)
        if isinstance(wanted, str) and numbers(wanted):
            series = f"=={wanted}" if len(numbers(wanted)) > 2 else f"=={wanted}.*"
            yield "Pipfile", series, line_of(text, key)
