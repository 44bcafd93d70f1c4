"""Requirements in tables: pyproject.toml of every tool, and Pipfile."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from inspector_app.workspaces.source import read_text
from inspector_app.workspaces.toml_tables import dig, toml

from .asked import Asked, parsed
from .pip_files import read_pip_file
from .versions import pip_specifier, python_marker

# Where Poetry and Pipenv take a package from, if not from an index.
_ELSEWHERE = ("git", "url", "path", "file", "hg", "svn")
# What some call the group of what an extra needs.
_OPTIONAL = "optional"


class Table:
    """One file: its text finds the line on which a requirement stands."""

    def __init__(self, path: Path, shown: str) -> None:
        self.path = path
        self.shown = shown
        self.text = read_text(path)
        self._lines = self.text.splitlines()

    def listed(self, texts: object, group: str = "") -> Iterator[Asked]:
        """A list of requirements in pip's form."""
        for text in texts if isinstance(texts, list) else []:
            if isinstance(text, str):
                one = parsed(text, self.shown, 0, group)
                if one is not None:
                    yield self._placed(one)

    def named(self, table: object, group: str = "") -> Iterator[Asked]:
        """A table of names and versions, as Poetry and Pipenv write them."""
        for name, values in table.items() if isinstance(table, dict) else ():
            if not isinstance(name, str) or name.lower() == "python":
                continue
            # Several, for different platforms, or one.
            for value in values if isinstance(values, list) else [values]:
                one = _of_table(name, value, self.shown, group)
                if one is not None:
                    yield self._placed(one)

    def _placed(self, one: Asked) -> Asked:
        """The line that names it first; names are spelled in many ways."""
        spelled = re.escape(one.name).replace(r"\-", "[-_.]")
        mention = re.compile(rf"""(?:^|["'\s]){spelled}(?![\w.-]*[\w])""", re.IGNORECASE)
        lines = enumerate(self._lines, start=1)
        number = next((number for number, line in lines if mention.search(line)), 0)
        return Asked(**{**vars(one), "line": number})


def read_pyproject(path: Path, shown: str) -> Iterator[Asked]:
    table = Table(path, shown)
    data = toml(table.text)
    yield from table.listed(dig(data, "project", "dependencies"))
    yield from _from_files(data, path.parent, shown)
    for group, texts in _items(data, "project", "optional-dependencies"):
        yield from table.listed(texts, group)
    for group, texts in _items(data, "dependency-groups"):
        yield from table.listed(texts, group)
    yield from table.named(dig(data, "tool", "poetry", "dependencies"))
    yield from table.named(dig(data, "tool", "poetry", "dev-dependencies"), "dev")
    for group, inner in _items(data, "tool", "poetry", "group"):
        yield from table.named(dig(inner, "dependencies"), group)
    for group, texts in _items(data, "tool", "pdm", "dev-dependencies"):
        yield from table.listed(texts, group)
    yield from table.listed(dig(data, "tool", "uv", "dev-dependencies"), "dev")
    for name, environment in _items(data, "tool", "hatch", "envs"):
        for key in ("dependencies", "extra-dependencies"):
            yield from table.listed(dig(environment, key), "" if name == "default" else name)


def read_pipfile(path: Path, shown: str) -> Iterator[Asked]:
    table = Table(path, shown)
    data = toml(table.text)
    yield from table.named(dig(data, "packages"))
    yield from table.named(dig(data, "dev-packages"), "dev")


def _from_files(data: object, folder: Path, shown: str) -> Iterator[Asked]:
    """Where setuptools is told to look for the dependencies instead."""
    names = dig(data, "tool", "setuptools", "dynamic", "dependencies", "file")
    root = folder
    for _ in Path(shown).parent.parts:
        root = root.parent
    for name in [names] if isinstance(names, str) else names if isinstance(names, list) else []:
        if isinstance(name, str) and "\0" not in name:
            yield from read_pip_file(folder / name, root)


def _items(data: object, *keys: str) -> list[tuple[str, Any]]:
    table = dig(data, *keys)
    return [(str(key), value) for key, value in table.items()] if isinstance(table, dict) else []


def _of_table(name: str, value: object, shown: str, group: str) -> Asked | None:
    table = value if isinstance(value, dict) else {"version": value}
    specifier = table.get("version")
    text = f"{name}{_extras(table)}{pip_specifier(specifier) if isinstance(specifier, str) else ''}"
    markers = [text for text in (_marker(table), _python(table)) if text]
    marked = f"{text} ; {' and '.join(f'({one})' for one in markers)}" if markers else text
    one = parsed(marked, shown, 0, group) or parsed(text, shown, 0, group)
    if one is None:
        return None
    if table.get("optional") is True and not group:
        one = Asked(**{**vars(one), "group": _OPTIONAL})
    elsewhere = next((key for key in _ELSEWHERE if isinstance(table.get(key), str)), None)
    if elsewhere is not None:
        prefix = f"{elsewhere}+" if elsewhere in ("git", "hg", "svn") else ""
        one = Asked(**{**vars(one), "url": f"{prefix}{table[elsewhere]}"})
    return one


def _marker(table: dict[str, Any]) -> str:
    text = table.get("markers")
    return text if isinstance(text, str) else ""


def _python(table: dict[str, Any]) -> str:
    text = table.get("python")
    return python_marker(text) if isinstance(text, str) else ""


def _extras(table: dict[str, Any]) -> str:
    extras = table.get("extras")
    words = [one for one in extras if isinstance(one, str)] if isinstance(extras, list) else []
    return f"[{','.join(words)}]" if words else ""
