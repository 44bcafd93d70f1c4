"""Requirement files in pip's format, with those that they include."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from inspector_app.workspaces.looking import looked_at
from inspector_app.workspaces.source import read_text

from .shapes import Asked, parsed

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


def read_pip_files(root: Path, base: Path) -> Iterator[Asked]:
    """Those in ``root`` and ``base``, and what these include from the project, each file once."""
    pending = [file for folder in dict.fromkeys((root, base)) for file in _files(folder)]
    seen = set(pending)
    while pending:
        file = pending.pop(0)
        shown = str(file.relative_to(root)) if file.is_relative_to(root) else str(file)
        for number, line in _logical_lines(read_text(file)):
            included = _INCLUDE.match(line)
            other = _inside(file.parent / included[1], root) if included else None
            if other is not None and other not in seen and len(seen) < _FILES_LIMIT:
                seen.add(other)
                pending.append(other)
            one = None if included else _asked(line, shown, number, group_of(file))
            if one is not None:
                yield one


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
