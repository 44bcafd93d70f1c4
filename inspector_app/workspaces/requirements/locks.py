"""Lock files. Those of Poetry, uv and PDM are read line by line: they have tens of thousands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from inspector_app.workspaces.source import read_text

from .asked import Asked, locked

LOCKS = ("uv.lock", "poetry.lock", "pdm.lock", "pylock.toml")
_PACKAGE = re.compile(r"\[\[packages?\]\]\s*\Z")
_KEY = re.compile(r'(name|version)\s*=\s*"([^"]{1,200})"')


def read_toml_lock(path: Path, shown: str) -> Iterator[Asked]:
    """The packages of a lock; one that is the project itself has no version from outside."""
    found: dict[str, str] = {}
    line_of_name = 0
    for number, line in enumerate(read_text(path).splitlines(), start=1):
        if line.startswith("["):
            if _PACKAGE.match(line):
                found, line_of_name = {"": ""}, number
            elif "name" not in found or "version" not in found:
                found = {}
            continue
        match = _KEY.match(line) if "" in found else None
        if match is None:
            continue
        found.setdefault(match[1], match[2])
        if match[1] == "name":
            line_of_name = number
        if "name" in found and "version" in found:
            yield locked(found["name"], found["version"], shown, line_of_name)
            found = {}


def read_pipfile_lock(path: Path, shown: str) -> Iterator[Asked]:
    text = read_text(path)
    try:
        data = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return
    lines: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        lines.setdefault(line.partition('"')[2].partition('"')[0], number)
    for key, group in (("default", ""), ("develop", "dev")):
        packages = data.get(key) if isinstance(data, dict) else None
        for name, entry in packages.items() if isinstance(packages, dict) else ():
            version = entry.get("version") if isinstance(entry, dict) else None
            if isinstance(version, str):
                yield locked(name, version.lstrip("="), shown, lines.get(name, 0), group)
