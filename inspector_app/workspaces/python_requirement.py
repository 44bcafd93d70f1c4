"""Which Python a project says it needs: requires-python in its pyproject.toml or setup.cfg."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from .opened import shown
from .requirement_lines import dig, line_of, specification, toml
from .source import read_text
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
        text = read_text(folder / "pyproject.toml")
        table = toml(text)
        wanted = dig(table, "project", "requires-python")
        if isinstance(wanted, str):
            return _placed(
                wanted, folder / "pyproject.toml", line_of(text, "requires-python"), root
            )
        wanted = specification(dig(table, "tool", "poetry", "dependencies", "python"))
        if wanted:
            return _placed(wanted, folder / "pyproject.toml", line_of(text, "python"), root)
        text = read_text(folder / "setup.cfg")
        match = _SETUP_CFG.search(text)
        if match:
            line = text.count("\n", 0, match.start()) + 1
            return _placed(match[1].strip(), folder / "setup.cfg", line, root)
    return None


def _placed(text: str, file: Path, line: int, root: Path) -> PythonRequirement:
    return PythonRequirement(text, shown(file.relative_to(root)), line)
