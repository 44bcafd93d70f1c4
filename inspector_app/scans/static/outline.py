"""What a module's text declares, without its code: imports, classes, constants.

An outline is small, so that thousands can be kept; the syntax tree it came from is dropped.
"""

from __future__ import annotations

import ast
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path

from inspector_app.workspaces.looking import looked_at
from inspector_app.workspaces.source import Unreadable, dotted, parse_source, read_bytes

from .class_reading import module_value, read_class, returns_once
from .class_shapes import Argument, ClassOutline
from .declared.file_facts import FileFacts, facts_of
from .walking import statements

KEPT = 4096


@dataclass(frozen=True, slots=True)
class Import:
    """``from module import name``; without ``name`` the module. ``level`` counts the dots."""

    module: str
    name: str
    level: int


@dataclass(slots=True)
class Outline:
    """The names that a module binds at its top level, also within ``if`` and ``try``.

    ``others`` are names that stand for something else, by an import or ``name = other``; several
    where branches differ. ``values`` are constants and the results of calls; of a function without
    arguments what it returns, under its name with ``()`` after it. None is more than one.
    ``facts`` is what else the file declares, None where it is nothing.
    """

    classes: dict[str, ClassOutline] = field(default_factory=dict)
    others: dict[str, list[Import | str]] = field(default_factory=dict)
    stars: list[Import] = field(default_factory=list)
    values: dict[str, Argument | tuple[object, ...] | None] = field(default_factory=dict)
    facts: FileFacts | None = None


_cache: OrderedDict[tuple[Path, bool], tuple[tuple[int, int, int], Outline]] = OrderedDict()
_cache_lock = threading.Lock()


def forget() -> None:
    """Give back the memory."""
    with _cache_lock:
        _cache.clear()


def outline_of(path: Path, *, own: bool = False) -> Outline:
    """The outline of a file, from memory while its size and time stay the same.

    Only one of the project's ``own`` files has facts.

    Raises:
        Unreadable: the file cannot be read as Python.
    """
    looked_at(path)
    try:
        info = path.stat()
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror}") from error
    stamp, key = (info.st_size, info.st_mtime_ns, info.st_ino), (path, own)
    with _cache_lock:
        kept = _cache.get(key)
        if kept is not None and kept[0] == stamp:
            _cache.move_to_end(key)
            return kept[1]
    try:
        data = read_bytes(path)
        tree = parse_source(data)
        outline = read_outline(tree)
        outline.facts = facts_of(data, tree) if own else None
    except RecursionError as error:
        raise Unreadable("is nested too deeply") from error
    with _cache_lock:
        _cache[key] = (stamp, outline)
        while len(_cache) > KEPT:
            _cache.popitem(last=False)
    return outline


def read_outline(tree: ast.Module) -> Outline:
    outline = Outline()
    for node in statements(tree.body):
        match node:
            case ast.ClassDef():
                # In try/except and if/else the first definition is the usual one.
                outline.classes.setdefault(node.name, read_class(node))
            case ast.Import():
                for alias in node.names:
                    head = alias.name if alias.asname else alias.name.partition(".")[0]
                    _bind(outline, alias.asname or head, Import(head, "", 0))
            case ast.ImportFrom():
                _import(outline, node)
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                _assign(outline, name, value)
            case ast.FunctionDef(name=name, body=[*_, ast.Return(value=ast.expr() as value)]):
                _hold(outline, f"{name}()", module_value(value) if returns_once(node) else None)
    return outline


def _import(outline: Outline, node: ast.ImportFrom) -> None:
    for alias in node.names:
        one = Import(node.module or "", alias.name, node.level)
        if alias.name == "*":
            outline.stars.append(one)
        else:
            _bind(outline, alias.asname or alias.name, one)


def _bind(outline: Outline, name: str, other: Import | str) -> None:
    others = outline.others.setdefault(name, [])
    if other not in others:
        others.append(other)


def _assign(outline: Outline, name: str, value: ast.expr) -> None:
    if not isinstance(value, ast.Name | ast.Attribute):
        _hold(outline, name, module_value(value))
    elif dotted(value) not in ("", name):
        _bind(outline, name, dotted(value))


def _hold(outline: Outline, name: str, value: Argument | tuple[object, ...] | None) -> None:
    held = outline.values.get(name, value)
    outline.values[name] = value if held == value else None
