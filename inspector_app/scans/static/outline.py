"""What a module's text declares, without its code: imports, classes, and the fields of classes.

An outline is small, so that thousands can be kept; the syntax tree it came from is dropped.
"""

from __future__ import annotations

import ast
import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from inspector_app.workspaces.source import Unreadable, dotted, literal, parse

KEPT = 4096


@dataclass(frozen=True, slots=True)
class Reference:
    """An expression that names something: ``Customer``, ``settings.AUTH_USER_MODEL``, ``get()``."""

    name: str
    default: str = ""


Argument = str | bool | int | Reference


@dataclass(slots=True)
class FieldOutline:
    """``name = callee(…)`` in a class body; ``arguments`` are those that matter to a schema."""

    name: str
    callee: str
    arguments: dict[str, Argument]
    line: int


@dataclass(slots=True)
class ClassOutline:
    """A class statement. ``values`` are its attributes that are plain constants."""

    name: str
    bases: list[str]
    line: int
    fields: list[FieldOutline] = field(default_factory=list)
    values: dict[str, object] = field(default_factory=dict)
    meta: dict[str, object] | None = None
    meta_bases: list[str] = field(default_factory=list)


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
    where branches differ.
    """

    classes: dict[str, ClassOutline] = field(default_factory=dict)
    others: dict[str, list[Import | str]] = field(default_factory=dict)
    stars: list[Import] = field(default_factory=list)


# The arguments kept, by position for relations: the model, and nothing else.
_KEYWORDS = frozenset(
    {"to", "through", "null", "unique", "primary_key", "db_column", "db_table", "parent_link"}
)


_cache: OrderedDict[Path, tuple[tuple[int, int], Outline]] = OrderedDict()
_cache_lock = threading.Lock()


def outline_of(path: Path) -> Outline:
    """The outline of a file, from memory while its size and time stay the same.

    Raises:
        Unreadable: the file cannot be read as Python.
    """
    try:
        info = path.stat()
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror}") from error
    stamp = (info.st_size, info.st_mtime_ns)
    with _cache_lock:
        kept = _cache.get(path)
        if kept is not None and kept[0] == stamp:
            _cache.move_to_end(path)
            return kept[1]
    try:
        outline = read_outline(parse(path))
    except RecursionError as error:
        raise Unreadable("is nested too deeply") from error
    with _cache_lock:
        _cache[path] = (stamp, outline)
        while len(_cache) > KEPT:
            _cache.popitem(last=False)
    return outline


def read_outline(tree: ast.Module) -> Outline:
    outline = Outline()
    for node in statements(tree.body):
        match node:
            case ast.ClassDef():
                # In try/except and if/else the first definition is the usual one.
                outline.classes.setdefault(node.name, _class(node))
            case ast.Import():
                for alias in node.names:
                    head = alias.name if alias.asname else alias.name.partition(".")[0]
                    _bind(outline, alias.asname or head, Import(head, "", 0))
            case ast.ImportFrom():
                for alias in node.names:
                    one = Import(node.module or "", alias.name, node.level)
                    if alias.name == "*":
                        outline.stars.append(one)
                    else:
                        _bind(outline, alias.asname or alias.name, one)
            case ast.Assign(
                targets=[ast.Name(id=name)], value=ast.Name() | ast.Attribute() as value
            ):
                if dotted(value) not in ("", name):
                    _bind(outline, name, dotted(value))
    return outline


def _bind(outline: Outline, name: str, other: Import | str) -> None:
    others = outline.others.setdefault(name, [])
    if other not in others:
        others.append(other)


def statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a body and of the ``if``, ``try`` and ``with`` blocks in it."""
    for node in body:
        match node:
            case ast.If():
                yield from statements([*node.body, *node.orelse])
            case ast.Try():
                handled = [inner for handler in node.handlers for inner in handler.body]
                yield from statements([*node.body, *node.orelse, *handled, *node.finalbody])
            case ast.With():
                yield from statements(node.body)
            case _:
                yield node


def _class(node: ast.ClassDef) -> ClassOutline:
    one = ClassOutline(node.name, _bases(node), node.lineno)
    for statement in statements(node.body):
        if isinstance(statement, ast.ClassDef) and statement.name == "Meta":
            one.meta = dict(_constants(statement))
            one.meta_bases = _bases(statement)
            continue
        name, value = _assigned(statement)
        if not name:
            continue
        if isinstance(value, ast.Call) and (callee := dotted(value.func)):
            one.fields.append(FieldOutline(name, callee, _arguments(value), value.lineno))
        else:
            one.values.update(_constant(name, value))
    return one


def _bases(node: ast.ClassDef) -> list[str]:
    """The base expressions as dotted names; of ``mixin(Base)`` the arguments."""
    names: list[str] = []
    for base in node.bases:
        if isinstance(base, ast.Call):
            names.extend(filter(None, map(dotted, base.args)))
        elif isinstance(base, ast.Subscript):
            names.append(dotted(base.value))
        else:
            names.append(dotted(base))
    return [name for name in names if name]


def _constants(node: ast.ClassDef) -> Iterator[tuple[str, object]]:
    for statement in statements(node.body):
        name, value = _assigned(statement)
        if name:
            yield from _constant(name, value).items()


def _constant(name: str, node: ast.expr | None) -> dict[str, object]:
    if isinstance(node, ast.Constant) and isinstance(node.value, (str, bool, int, type(None))):
        return {name: node.value}
    return {}


def _assigned(statement: ast.stmt) -> tuple[str, ast.expr | None]:
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            return name, value
        case ast.AnnAssign(target=ast.Name(id=name), value=value):
            return name, value
    return "", None


def _arguments(call: ast.Call) -> dict[str, Argument]:
    nodes = {word.arg: word.value for word in call.keywords if word.arg in _KEYWORDS}
    if call.args:
        nodes.setdefault("to", call.args[0])
    values = {name: _argument(node) for name, node in nodes.items() if name is not None}
    return {name: value for name, value in values.items() if value is not None}


def _argument(node: ast.expr) -> Argument | None:
    value = literal(node)
    if isinstance(value, (str, bool, int)):
        return value
    match node:
        case ast.Call(func=ast.Name(id="getattr"), args=[ast.Name(id="settings"), name, *rest]):
            setting, default = literal(name), literal(rest[0]) if rest else ""
            if isinstance(setting, str):
                return Reference(f"settings.{setting}", str(default or ""))
        case ast.Call(func=func, args=words) if dotted(func):
            # get_model("app", "Model") and its kin.
            texts = [text for text in map(literal, words) if isinstance(text, str)]
            return Reference(f"{dotted(func)}()", ".".join(texts) if len(texts) == 2 else "")
        case ast.Name() | ast.Attribute() if dotted(node):
            return Reference(dotted(node))
    return None
