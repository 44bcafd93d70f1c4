"""Which settings module a project runs with, and where that is written."""

from __future__ import annotations

import ast
import configparser
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from .find import Found
from .source import Unparsable, dotted, literal, parse

NAME = "DJANGO_SETTINGS_MODULE"
_MODULE = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*\Z")


@dataclass(frozen=True)
class SettingsModule:
    """A dotted module name, and the file and line that name it."""

    name: str
    file: str
    line: int


def read_settings_modules(found: Found) -> list[SettingsModule]:
    """Every settings module the project names, the one manage.py uses first."""
    candidates = [
        *_from_python(found, found.manage_py),
        *_from_pyproject(found),
        *_from_ini(found),
        *_from_layout(found),
    ]
    unique: dict[str, SettingsModule] = {}
    for candidate in candidates:
        if _MODULE.match(candidate.name):
            unique.setdefault(candidate.name, candidate)
    return list(unique.values())


def _from_python(found: Found, file: Path) -> list[SettingsModule]:
    """``os.environ.setdefault(NAME, "…")`` and ``os.environ[NAME] = "…"``."""
    try:
        tree = parse(found.root / file)
    except Unparsable:
        return []
    names: list[SettingsModule] = []
    for node in ast.walk(tree):
        value: ast.AST | None = None
        if isinstance(node, ast.Call) and dotted(node.func).endswith("environ.setdefault"):
            if len(node.args) == 2 and literal(node.args[0]) == NAME:
                value = node.args[1]
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript):
            target = node.targets[0]
            if dotted(target.value).endswith("environ") and literal(target.slice) == NAME:
                value = node.value
        text = literal(value)
        if isinstance(text, str) and value is not None:
            names.append(SettingsModule(text, str(file), getattr(value, "lineno", 1)))
    return names


def _from_pyproject(found: Found) -> list[SettingsModule]:
    path = found.root / "pyproject.toml"
    try:
        text = path.read_text("utf-8")
        tables = tomllib.loads(text)
    except (OSError, ValueError):
        return []
    tool = tables.get("tool", {})
    values = [
        _dig(tool, "pytest", "ini_options", NAME),
        _dig(tool, "django-stubs", "django_settings_module"),
    ]
    return [
        SettingsModule(value, "pyproject.toml", _line_of(text, value))
        for value in values
        if isinstance(value, str)
    ]


def _dig(table: object, *keys: str) -> object:
    for key in keys:
        table = table.get(key) if isinstance(table, dict) else None
    return table


def _from_ini(found: Found) -> list[SettingsModule]:
    names = []
    for file, section in [
        ("pytest.ini", "pytest"),
        ("setup.cfg", "tool:pytest"),
        ("tox.ini", "pytest"),
    ]:
        parser = configparser.ConfigParser(interpolation=None)
        parser.optionxform = str  # type: ignore[assignment,method-assign]
        try:
            text = (found.root / file).read_text("utf-8")
            parser.read_string(text)
            value = parser.get(section, NAME)
        except (OSError, ValueError, configparser.Error):
            continue
        names.append(SettingsModule(value.strip(), file, _line_of(text, value.strip())))
    return names


def _line_of(text: str, value: str) -> int:
    return text[: max(text.find(value), 0)].count("\n") + 1


def _from_layout(found: Found) -> list[SettingsModule]:
    """settings.py and settings packages beside manage.py, when nothing names them."""
    base = found.script.parent
    names = []
    try:
        files = sorted(
            {
                *base.glob("settings.py"),
                *base.glob("*/settings.py"),
                *base.glob("*/settings/*.py"),
                *base.glob("settings/*.py"),
            }
        )
    except OSError:
        return []
    for file in files:
        module = file.relative_to(base).with_suffix("").parts
        if module[-1].startswith("__"):
            continue
        names.append(SettingsModule(".".join(module), str(file.relative_to(found.root)), 1))
    return names
