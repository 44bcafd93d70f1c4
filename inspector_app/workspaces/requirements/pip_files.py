"""Requirement files in pip's format, with those that they include."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from inspector_app.workspaces.looking import looked_at
from inspector_app.workspaces.source import is_file, read_text

from .asked import Asked, parsed

_PATTERNS = (
    *("requirements*.txt", "requirements*.in", "*requirements.txt", "*-requirements.in"),
    *("requirements/*.txt", "requirements/*.in", "requirements/**/*.txt"),
)
_INCLUDE = re.compile(r"(?:-r|--requirement)[ =]?\s*(\S+)")
_EDITABLE = re.compile(r"(?:-e|--editable)[ =]?\s*(.+)")
_EGG = re.compile(r"[#&]egg=([A-Za-z0-9][\w.-]*)")
_OPTION = re.compile(r"\s--?[a-z][\w-]*(?:[= ]\S+)?")
_COMMENT = re.compile(r"(?:^|\s+)#(?!egg=).*$")
# What a file's name says about whom it is for.
_FOR_ALL = frozenset({"", "base", "common", "prod", "production", "requirements", "main", "core"})
_FILES_LIMIT = 100
# Files that ask for what the project needs to run; the others are for tests, docs and the like.
_MAIN = ("requirements", "base", "common", "core", "main", "prod", "production", "default")
# Whatever else is included is none of a requirement file's business.
_INCLUDED = (".txt", ".in", ".pip")


def read_pip_files(folder: Path, root: Path) -> Iterator[Asked]:
    """Those in ``folder``, and what these include from the project in ``root``, each file once."""
    return _read(_files(folder), root)


def read_pip_file(file: Path, root: Path) -> Iterator[Asked]:
    """One file, and what it includes, if that lies in ``root``."""
    inside = _inside(file, root)
    return _read([inside] if inside is not None else [], root)


def main_file(folder: Path) -> Path | None:
    """The requirements file of ``folder`` that its project needs to run, if it has one."""
    named = [folder / f"{stem}.txt" for stem in ("requirements", "requirements-prod")]
    named += [folder / "requirements" / f"{stem}.txt" for stem in _MAIN]
    # A list that was compiled from another one says the same with more.
    named += [folder / "requirements.in", folder / "requirements" / "base.in"]
    return next((file for file in named if is_file(file)), None)


def _read(pending: list[Path], root: Path) -> Iterator[Asked]:
    seen = set(pending)
    while pending:
        file = pending.pop(0)
        shown = str(file.relative_to(root)) if file.is_relative_to(root) else str(file)
        for number, line in _logical_lines(read_text(file)):
            included = _INCLUDE.match(line)
            other = _included(file, included[1], root) if included else None
            if other is not None and other not in seen and len(seen) < _FILES_LIMIT:
                seen.add(other)
                pending.append(other)
            one = None if included else _asked(line, shown, number, group_of(file))
            if one is not None:
                yield one


def _included(file: Path, name: str, root: Path) -> Path | None:
    if "\0" in name or not name.endswith(_INCLUDED):
        return None
    return _inside(file.parent / name, root)


def _inside(path: Path, root: Path) -> Path | None:
    """``path`` without dots, None where it leads out of the project."""
    plain = Path(os.path.normpath(path))
    return plain if plain.is_relative_to(root) else None


def group_of(file: Path) -> str:
    """``dev`` of requirements-dev.txt and requirements/dev.txt; empty for those of all."""
    words = [word for word in re.split(r"[-_.]", file.stem.lower()) if word != "requirements"]
    group = "-".join(words)
    return "" if group in _FOR_ALL else group


def _files(folder: Path) -> list[Path]:
    for place in (folder, folder / "requirements"):
        looked_at(place)
    try:
        found = {file for pattern in _PATTERNS for file in folder.glob(pattern)}
        return sorted(found)[:_FILES_LIMIT]
    except OSError:
        return []


def _asked(line: str, file: str, number: int, group: str) -> Asked | None:
    editable = _EDITABLE.match(line)
    text = editable[1] if editable else line
    egg = _EGG.search(text)
    if egg:
        return parsed(f"{egg[1]} @ {text.partition('#')[0].strip()}", file, number, group)
    if text.startswith("-") or editable:
        return None
    return parsed(_OPTION.sub("", text).strip(), file, number, group)


def _logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines without comments, those that end with a backslash joined; numbers are of the first."""
    start = 0
    pieces: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not pieces:
            start = number
        pieces.append(_COMMENT.sub("", line).rstrip("\\").strip())
        if line.rstrip().endswith("\\"):
            continue
        joined = " ".join(filter(None, pieces))
        pieces = []
        if joined:
            yield start, joined
