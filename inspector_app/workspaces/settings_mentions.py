"""Where a project's files name a settings module: scripts, configurations of tools, env files."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from .source import Unreadable, dotted, literal, parse, read_text

NAME = "DJANGO_SETTINGS_MODULE"
CONFIGURATIONS = ("pyproject.toml", "pytest.ini", "setup.cfg", "tox.ini", "mypy.ini")

_MODULE = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*\Z")
# Options of pytest-django and django-stubs, variables of pytest-env, tox and env files.
_MENTION = re.compile(
    r"""^\s*(?:export\s+)?(?:(?:set_?env|env)\s*=\s*\[?\s*)?["']?(?:[DR]:)*"""
    r"""(?:DJANGO_SETTINGS_MODULE|django_settings_module)["']?\s*=\s*["']?([\w.]+)"""
)
_PYTEST_OPTION = re.compile(r"""--ds[=\s]["']?([\w.]+)""")


def is_module_name(text: str) -> bool:
    """Whether ``text`` is dotted identifiers, which is all that may stand for a module."""
    return len(text) <= 255 and _MODULE.match(text) is not None


def mentioned_in_text(file: Path) -> list[tuple[str, int]]:
    """Modules that a configuration or an env file names, each with its line."""
    named = []
    for number, line in enumerate(read_text(file).splitlines(), start=1):
        match = _MENTION.match(line) or _PYTEST_OPTION.search(line)
        if match and is_module_name(match[1]):
            named.append((match[1], number))
    return named


def mentioned_in_python(file: Path) -> list[tuple[str, int]]:
    """What a script puts into the environment; settings for tests come last."""
    try:
        tree = parse(file)
        constants = _constants(tree)
        named = [pair for value in _assigned(tree) for pair in _strings(value, constants)]
    except (Unreadable, RecursionError):
        return []
    valid = [pair for pair in named if is_module_name(pair[0])]
    return sorted(valid, key=lambda pair: "test" in pair[0].lower())


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
