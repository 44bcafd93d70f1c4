"""Secrets in a project's env files, read as text and kept in memory only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from inspector_app.workspaces.source import is_dir, is_file, read_text

from .secret import Secret
from .settings_source import secrets_in_value

# More files than this belong to no project.
FILES_LIMIT = 50
_EXAMPLES = frozenset({"example", "sample", "template", "dist", "default", "defaults"})
_LINE = re.compile(r"\s*(?:export\s+)?([A-Za-z_][\w.-]*)\s*=\s*(.*)")
_QUOTED = re.compile(r"""(['"])(.*?)(?<!\\)\1""", re.DOTALL)
_COMMENT = re.compile(r"\s+#.*")


def secrets_in_env_files(folders: Iterable[Path]) -> Iterator[Secret]:
    """What ``.env``, ``.env.local``, ``prod.env`` and the files of ``.envs`` hold."""
    for file in _files(folders):
        yield from _secrets(read_text(file))


def _secrets(text: str) -> Iterator[Secret]:
    lines = text.splitlines(keepends=True)
    for number, line in enumerate(lines):
        match = _LINE.match(line)
        if match is None:
            continue
        name, raw = match[1], match[2]
        if raw[:1] in ("'", '"'):
            # A private key in quotes goes on over several lines.
            quoted = _QUOTED.match("".join([raw, "\n", *lines[number + 1 : number + 200]]))
            value = quoted[2] if quoted else raw[1:]
        else:
            value = _COMMENT.sub("", raw).strip()
        yield from secrets_in_value(name, value.replace("\\n", "\n"))
        yield from secrets_in_value(name, value)


def _files(folders: Iterable[Path]) -> list[Path]:
    found: dict[Path, None] = {}
    for folder in folders:
        nested = folder / ".envs"
        try:
            names = [*folder.glob(".env*"), *folder.glob("*.env")]
            names += sorted(nested.rglob("*"))[: FILES_LIMIT * 4] if is_dir(nested) else []
        except OSError:
            continue
        for path in names:
            if is_file(path) and not _EXAMPLES.intersection(path.name.lower().split(".")):
                found[path] = None
    return list(found)[:FILES_LIMIT]
