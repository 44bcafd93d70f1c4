"""Requirements in tables: pyproject.toml of every tool, Pipfile, setup.cfg, setup.py."""

from __future__ import annotations

import ast
import configparser
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from inspector_app.workspaces.source import Unreadable, dotted, literal, parse, read_text

from .shapes import Asked, parsed
from .versions import pip_specifier


class Table:
    """One file: its text finds the line on which a requirement stands."""

    def __init__(self, path: Path, shown: str) -> None:
        self.path = path
        self.shown = shown
        self.text = read_text(path)
        self._lines = self.text.splitlines()

    def toml(self) -> dict[str, Any]:
        try:
            return tomllib.loads(self.text)
        except (ValueError, RecursionError):
            return {}

    def listed(self, texts: object, group: str = "") -> Iterator[Asked]:
        """A list of requirements in pip's form."""
        for text in texts if isinstance(texts, list) else []:
            if isinstance(text, str):
                one = parsed(text, self.shown, 0, group)
                if one is not None:
                    yield self._placed(one)

    def named(self, table: object, group: str = "") -> Iterator[Asked]:
        """A table of names and versions, as Poetry and Pipenv write them."""
        for name, value in table.items() if isinstance(table, dict) else ():
            if name == "python":
                continue
            one = parsed(f"{name}{_extras(value)}{_specifier(value)}", self.shown, 0, group)
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
    data = table.toml()
    project, tool = _dict(data, "project"), _dict(data, "tool")
    yield from table.listed(project.get("dependencies"))
    for group, texts in _dict(project, "optional-dependencies").items():
        yield from table.listed(texts, group)
    for group, texts in _dict(data, "dependency-groups").items():
        yield from table.listed(texts, group)
    poetry = _dict(tool, "poetry")
    yield from table.named(poetry.get("dependencies"))
    yield from table.named(poetry.get("dev-dependencies"), "dev")
    for group, inner in _dict(poetry, "group").items():
        yield from table.named(_dict({"": inner}, "").get("dependencies"), group)
    for group, texts in _dict(_dict(tool, "pdm"), "dev-dependencies").items():
        yield from table.listed(texts, group)
    yield from table.listed(_dict(tool, "uv").get("dev-dependencies"), "dev")
    for name, inner in _dict(_dict(tool, "hatch"), "envs").items():
        environment = _dict({"": inner}, "")
        for key in ("dependencies", "extra-dependencies"):
            yield from table.listed(environment.get(key), "" if name == "default" else name)


def read_pipfile(path: Path, shown: str) -> Iterator[Asked]:
    table = Table(path, shown)
    data = table.toml()
    yield from table.named(data.get("packages"))
    yield from table.named(data.get("dev-packages"), "dev")


def read_setup_cfg(path: Path, shown: str) -> Iterator[Asked]:
    table = Table(path, shown)
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string(table.text)
    except configparser.Error:
        return
    wanted = parser.get("options", "install_requires", fallback="")
    yield from table.listed(wanted.splitlines())
    if parser.has_section("options.extras_require"):
        for group, texts in parser.items("options.extras_require"):
            yield from table.listed(texts.splitlines(), group)


def read_setup_py(path: Path, shown: str) -> Iterator[Asked]:
    """What ``setup()`` is given as a literal."""
    table = Table(path, shown)
    try:
        tree = parse(path)
    except (Unreadable, RecursionError):
        return
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=function, keywords=words) if dotted(function).endswith("setup"):
                given = {word.arg: literal(word.value) for word in words}
                yield from table.listed(given.get("install_requires"))
                for group, texts in _dict(given, "extras_require").items():
                    yield from table.listed(texts, str(group))


def _dict(table: Any, key: str) -> dict[str, Any]:
    inner = table.get(key) if isinstance(table, dict) else None
    return inner if isinstance(inner, dict) else {}


def _specifier(value: object) -> str:
    if isinstance(value, list):
        # One of several, for different platforms.
        value = value[0] if value else ""
    text = value.get("version") if isinstance(value, dict) else value
    return pip_specifier(text) if isinstance(text, str) else ""


def _extras(value: object) -> str:
    extras = value.get("extras") if isinstance(value, dict) else None
    words = [one for one in extras if isinstance(one, str)] if isinstance(extras, list) else []
    return f"[{','.join(words)}]" if words else ""
