"""Which Django a project asks for, from its requirement and lock files."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from .find import shown
from .source import read_text
from .versions import allows, numbers

_LINE = re.compile(
    r"\s*django\s*(?:\[[^\]]*\])?\s*\(?([=<>!~][^;#\\)]*|)\)?\s*(?:[;#\\].*)?\Z", re.IGNORECASE
)
_LOCKED = re.compile(r'^name = "django"\nversion = "([^"]+)', re.IGNORECASE | re.MULTILINE)
_MENTION = re.compile(r"""\s*["']?django["']?\s*(?:[=<>!~\[("',]|\Z)""", re.IGNORECASE)
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
    version = _dig(_json(text), "default", "django", "version")
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
        wanted = _dig(_toml(text), *keys)
        if isinstance(wanted, dict):
            wanted = [f"{key}{_specification(value)}" for key, value in wanted.items()]
        for line in wanted if isinstance(wanted, list) else []:
            if isinstance(line, str):
                yield from _requirement(line, name, _line_of_mention(text))


def _requirement(line: str, file: str, number: int) -> Iterator[DjangoRequirement]:
    match = _LINE.match(line)
    if match:
        wanted = match[1].strip()
        pin = _PINNED.match(wanted)
        yield DjangoRequirement(f"Django{wanted}", pin[1] if pin else "", file, number)


def _specification(value: object) -> str:
    """The version of a Poetry or Pipfile table as pip writes it."""
    text = value.get("version") if isinstance(value, dict) else value
    if not isinstance(text, str):
        return ""
    text = text.strip()
    release = numbers(text.lstrip("^~= "))
    if not release:
        return text if text[:1] in "<>!" else ""
    if text.startswith("^"):
        return f">={text[1:]},<{release[0] + 1}"
    if text.startswith("~") and not text.startswith("~="):
        return f"~={text[1:]}.0" if len(release) < 3 else f"~={text[1:]}"
    return f"=={text}" if text[0].isdigit() else text


def _line_of_mention(text: str) -> int:
    lines = enumerate(text.splitlines(), start=1)
    return next((number for number, line in lines if _MENTION.match(line)), 1)


def _dig(table: object, *keys: str) -> object:
    for key in keys:
        table = table.get(key) if isinstance(table, dict) else None
    return table


def _json(text: str) -> object:
    try:
        return json.loads(text) if text else None
    except (ValueError, RecursionError):
        return None


def _toml(text: str) -> object:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError):
        return None
