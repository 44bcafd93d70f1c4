"""Which Django a project asks for, from its requirement and lock files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from .opened import shown
from .requirement_lines import dig, line_of, specification, toml
from .source import read_text
from .versions import allows

_LINE = re.compile(
    r"\s*django\s*(?:\[[^\]]*\])?\s*\(?([=<>!~][^;#\\)]*|)\)?\s*(?:[;#\\].*)?\Z", re.IGNORECASE
)
_LOCKED = re.compile(r'^name = "django"\nversion = "([^"]+)', re.IGNORECASE | re.MULTILINE)
_PINNED = re.compile(r"===?\s*([0-9][\w.]*)\Z")


@dataclass(frozen=True)
class DjangoRequirement:
    """The requirement as written, the exact version if it pins one, and where it stands."""

    text: str
    version: str
    file: str
    line: int

    @property
    def place(self) -> str:
        return f"{self.file}:{self.line}"

    def allows(self, version: str) -> bool:
        return allows(self.text.removeprefix("Django"), version)


def read_django_requirement(root: Path, base: Path) -> DjangoRequirement | None:
    """The most exact mention of Django in ``base`` (manage.py's folder) and ``root``.

    A pin goes before a range; without Django in these files the answer is None.
    """
    found: list[DjangoRequirement] = []
    for folder in dict.fromkeys((base, root)):
        for one in (*_locks(folder), *_lines(folder), *_tables(folder)):
            placed = replace(one, file=shown((folder / one.file).relative_to(root)))
            if placed.version:
                return placed
            found.append(placed)
    return found[0] if found else None


def _locks(folder: Path) -> Iterator[DjangoRequirement]:
    for name in ("uv.lock", "poetry.lock", "pdm.lock"):
        text = read_text(folder / name)
        match = _LOCKED.search(text)
        if match:
            line = text.count("\n", 0, match.start()) + 1
            yield DjangoRequirement(f"Django=={match[1]}", match[1], name, line)
    text = read_text(folder / "Pipfile.lock")
    version = dig(_json(text), "default", "django", "version")
    if isinstance(version, str):
        line = text.count("\n", 0, max(text.find('"django"'), 0)) + 1
        yield DjangoRequirement(
            f"Django{version}", version.removeprefix("=="), "Pipfile.lock", line
        )


def _lines(folder: Path) -> Iterator[DjangoRequirement]:
    patterns = ("requirements*.txt", "requirements/*.txt", "requirements*.in", "requirements/*.in")
    try:
        files = sorted({file for pattern in patterns for file in folder.glob(pattern)})
    except OSError:
        return
    for file in [*files, folder / "setup.cfg"]:
        for number, line in enumerate(read_text(file).splitlines(), start=1):
            yield from _requirement(line, str(file.relative_to(folder)), number)


def _tables(folder: Path) -> Iterator[DjangoRequirement]:
    for name, *keys in (
        ("pyproject.toml", "project", "dependencies"),
        ("pyproject.toml", "tool", "poetry", "dependencies"),
        ("Pipfile", "packages"),
    ):
        text = read_text(folder / name)
        wanted = dig(toml(text), *keys)
        if isinstance(wanted, dict):
            wanted = [f"{key}{specification(value)}" for key, value in wanted.items()]
        for line in wanted if isinstance(wanted, list) else []:
            if isinstance(line, str):
                yield from _requirement(line, name, line_of(text, "django"))


def _requirement(line: str, file: str, number: int) -> Iterator[DjangoRequirement]:
    match = _LINE.match(line)
    if match:
        wanted = match[1].strip()
        pin = _PINNED.match(wanted)
        yield DjangoRequirement(f"Django{wanted}", pin[1] if pin else "", file, number)


def _json(text: str) -> object:
    try:
        return json.loads(text) if text else None
    except (ValueError, RecursionError):
        return None
