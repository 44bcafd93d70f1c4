"""Requirements as setuptools has them: setup.cfg, and what setup.py gives as literals."""

from __future__ import annotations

import ast
import configparser
from collections.abc import Iterator
from pathlib import Path

from inspector_app.workspaces.source import Unreadable, dotted, literal, parse

from .asked import Asked
from .tables import Table


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
    """What ``setup()`` is given as a literal, or as the name of one."""
    table = Table(path, shown)
    given = setup_arguments(path)
    yield from table.listed(_value(given, "install_requires"))
    extras = _value(given, "extras_require")
    for group, texts in extras.items() if isinstance(extras, dict) else ():
        yield from table.listed(texts, str(group))


def computes_requirements(path: Path) -> bool:
    """Whether setup.py gives requirements that only running it would tell."""
    given = setup_arguments(path)
    return "install_requires" in given and _value(given, "install_requires") is None


def setup_arguments(path: Path) -> dict[str, ast.expr]:
    """The keywords of ``setup()``; a plain name stands for what it is given in the same file."""
    try:
        tree = parse(path)
    except (Unreadable, RecursionError):
        return {}
    names: dict[str, ast.expr] = {}
    for statement in tree.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                names[name] = value
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=function, keywords=words) if dotted(function).endswith("setup"):
                return {word.arg: _behind(word.value, names) for word in words if word.arg}
    return {}


def _behind(value: ast.expr, names: dict[str, ast.expr]) -> ast.expr:
    return names.get(value.id, value) if isinstance(value, ast.Name) else value


def _value(given: dict[str, ast.expr], name: str) -> object:
    value = literal(given.get(name))
    return list(value) if isinstance(value, tuple) else value
