"""Which settings module a project runs with, and where that is written."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .find import Found, shown
from .source import Unreadable, dotted, literal, parse, read_text

NAME = "DJANGO_SETTINGS_MODULE"

_MODULE = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*\Z")
_TEXT_FILES = ("pyproject.toml", "pytest.ini", "setup.cfg", "tox.ini", "mypy.ini", ".env")
# Options of pytest-django and django-stubs, variables of pytest-env, tox and env files.
_MENTION = re.compile(
    r"""^\s*(?:export\s+)?["']?(?:[DR]:)*(?:DJANGO_SETTINGS_MODULE|django_settings_module)"""
    r"""\s*=\s*["']?([\w.]+)"""
)
_PYTEST_OPTION = re.compile(r"""--ds[=\s]["']?([\w.]+)""")
# In a settings package, what a developer's machine uses comes first.
_LAYOUT_ORDER = ("settings", "local", "dev", "development", "base")


@dataclass(frozen=True)
class SettingsModule:
    """A dotted module name, and the file and line that name it."""

    name: str
    file: str
    line: int


def read_settings_modules(found: Found) -> list[SettingsModule]:
    """Every settings module the project names, the one manage.py uses first."""
    candidates = [
        *_from_python(found, found.script),
        *_from_texts(found),
        *_from_servers(found),
        *_from_layout(found),
    ]
    unique: dict[str, SettingsModule] = {}
    for candidate in candidates:
        if is_module_name(candidate.name):
            unique.setdefault(candidate.name, candidate)
    return list(unique.values())


def is_module_name(text: str) -> bool:
    """Whether ``text`` is dotted identifiers, which is all that may stand for a module."""
    return len(text) <= 255 and _MODULE.match(text) is not None


def _from_python(found: Found, file: Path) -> list[SettingsModule]:
    """What a script puts into the environment; settings for tests come last."""
    try:
        tree = parse(file)
        constants = _constants(tree)
        named = [
            SettingsModule(name, _shown(found, file), line)
            for value in _assigned(tree)
            for name, line in _strings(value, constants)
        ]
    except (Unreadable, RecursionError):
        return []
    return sorted(named, key=lambda module: "test" in module.name.lower())


def _constants(tree: ast.Module) -> dict[str, str]:
    return {
        node.targets[0].id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    }


def _assigned(tree: ast.Module) -> Iterator[ast.expr]:
    """The expressions given to the variable, in every way in which scripts write it."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=func, args=[name, value]) if literal(name) == NAME:
                if dotted(func).endswith(("environ.setdefault", "os.putenv")):
                    yield value
            case ast.Call(func=func, args=[ast.Dict(keys=keys, values=values)]):
                if dotted(func).endswith("environ.update"):
                    yield from (v for k, v in zip(keys, values, strict=True) if literal(k) == NAME)
            case ast.Call(func=func, keywords=keywords):
                if dotted(func).endswith("environ.update"):
                    yield from (keyword.value for keyword in keywords if keyword.arg == NAME)
            case ast.Assign(targets=[ast.Subscript(value=mapping, slice=name)], value=value):
                if dotted(mapping).endswith("environ") and literal(name) == NAME:
                    yield value


def _strings(node: ast.expr, constants: dict[str, str]) -> Iterator[tuple[str, int]]:
    """The strings an expression may come to: a constant, a choice, the default of getenv()."""
    match node:
        case ast.Constant(value=str() as text):
            yield text, node.lineno
        case ast.Name(id=name) if name in constants:
            yield constants[name], node.lineno
        case ast.IfExp(body=body, orelse=orelse):
            yield from _strings(body, constants)
            yield from _strings(orelse, constants)
        case ast.Call(args=[_, default]):
            yield from _strings(default, constants)
        case ast.BoolOp(values=values):
            for value in values:
                yield from _strings(value, constants)


def _from_texts(found: Found) -> list[SettingsModule]:
    named = []
    for folder in dict.fromkeys((found.script.parent, found.root)):
        for file in _TEXT_FILES:
            text = read_text(folder / file)
            for number, line in enumerate(text.splitlines(), start=1):
                match = _MENTION.match(line) or _PYTEST_OPTION.search(line)
                if match:
                    named.append(SettingsModule(match[1], _shown(found, folder / file), number))
    return named


def _from_servers(found: Found) -> list[SettingsModule]:
    """What wsgi.py and asgi.py name: often the settings of production."""
    return [
        module
        for name in ("wsgi.py", "asgi.py")
        for file in _matching(found.script.parent, name, f"*/{name}")
        for module in _from_python(found, file)
    ]


def _from_layout(found: Found) -> list[SettingsModule]:
    """settings.py and settings packages beside manage.py, when nothing names them."""
    base = found.script.parent
    patterns = ("settings.py", "*/settings.py", "*/settings/*.py", "settings/*.py")
    named = []
    for file in _matching(base, *patterns):
        *package, module = file.relative_to(base).with_suffix("").parts
        if module != "__init__":
            named.append(SettingsModule(".".join([*package, module]), _shown(found, file), 1))
        elif read_text(file).strip():
            named.append(SettingsModule(".".join(package), _shown(found, file), 1))
    return sorted(named, key=_layout_rank)


def _layout_rank(module: SettingsModule) -> int:
    last = module.name.rpartition(".")[2]
    return _LAYOUT_ORDER.index(last) if last in _LAYOUT_ORDER else len(_LAYOUT_ORDER)


def _matching(base: Path, *patterns: str) -> list[Path]:
    try:
        return sorted({file for pattern in patterns for file in base.glob(pattern)})
    except OSError:
        return []


def _shown(found: Found, file: Path) -> str:
    return shown(file.relative_to(found.root))
