"""From the syntax tree of a class statement to its outline."""

from __future__ import annotations

import ast
import re

from inspector_app.workspaces.source import dotted, literal

from .class_shapes import Argument, ClassOutline, FieldOutline, Reference
from .field_reading import field_arguments
from .meta_reading import options
from .relation_defaults import default_of
from .walking import conditional

# The names of classes that relation fields extend.
_RELATION = re.compile(r"(Field|Key|Relation|Manager)s?\Z", re.IGNORECASE)
_MANAGER = re.compile(r"(?<!Taggable)Manager\Z|\.as_manager\Z")
_LONGEST_DOC = 300


def read_class(node: ast.ClassDef) -> ClassOutline:
    one = ClassOutline(node.name, _bases(node), node.lineno, docstring=_docstring(node))
    enumeration = any(base.endswith("Choices") for base in one.bases)
    for statement, conditions in conditional(node.body):
        match statement:
            case ast.ClassDef(name="Meta"):
                one.meta = dict(options(statement))
                one.meta_bases = _bases(statement)
                continue
            case ast.FunctionDef(name="__init__") if any(map(_RELATION.search, one.bases)):
                one.default_to = default_of(statement, argument)
                continue
            case ast.FunctionDef(name="get_queryset"):
                one.asks = True
                continue
        name, value = _assigned(statement)
        if not name:
            continue
        if enumeration and (not name.startswith("_") or name == "__empty__"):
            one.members += 1
        if isinstance(value, ast.Call) and (callee := dotted(value.func)):
            arguments = field_arguments(value, argument)
            if name == "objects" or _MANAGER.search(callee):
                one.managers.append((name, callee))
            one.fields.append(FieldOutline(name, callee, arguments, value.lineno, conditions))
        elif not conditions:
            one.values.update(_constant(name, value))
    return one


def module_value(node: ast.expr) -> Argument | tuple[object, ...] | None:
    """A constant of a module, a tuple of constants such as a version, or what a call gives."""
    if isinstance(node, ast.Tuple):
        value = literal(node)
        return value if isinstance(value, tuple) else None
    if isinstance(node, ast.Constant | ast.Call | ast.Name | ast.Attribute):
        return argument(node)
    return None


def returns_once(node: ast.FunctionDef) -> bool:
    """Whether a function needs no arguments, and does nothing but to return its last line."""
    if len(node.args.args) > len(node.args.defaults):
        return False
    imported: set[str] = set()
    for one in node.body[:-1]:
        match one:
            case ast.Expr(value=ast.Constant()):
                continue
            case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
                imported.update(alias.asname or alias.name.partition(".")[0] for alias in aliases)
            case _:
                return False
    # What it imports itself is not a name of its module.
    used = (one.id for one in ast.walk(node.body[-1]) if isinstance(one, ast.Name))
    return imported.isdisjoint(used)


def argument(node: ast.expr) -> Argument | None:
    value = literal(node)
    if isinstance(value, (str, bool, int)):
        return value
    match node:
        case ast.Call(func=ast.Name(id="getattr"), args=[ast.Name(id="settings"), name, *rest]):
            setting, default = literal(name), literal(rest[0]) if rest else ""
            if isinstance(setting, str):
                return Reference(f"settings.{setting}", str(default or ""), default)
        case ast.Call(func=func, args=words) if dotted(func):
            # get_model("app", "Model") or get_model("app.Model"), and their kin.
            texts = [text for text in map(literal, words) if isinstance(text, str)]
            label = ".".join(texts)
            complete = len(texts) == len(words) and label.count(".") == 1
            return Reference(f"{dotted(func)}()", label if complete else "")
        case ast.Name() | ast.Attribute() if dotted(node):
            return Reference(dotted(node))
    return None


def _bases(node: ast.ClassDef) -> list[str]:
    """The base expressions as dotted names; of ``mixin(Base)`` the argument, and ``mixin()``."""
    names: list[str] = []
    for base in node.bases:
        if isinstance(base, ast.Call):
            names.extend(filter(None, map(dotted, base.args)))
            names.append(f"{dotted(base.func)}()" if dotted(base.func) else "")
        elif isinstance(base, ast.Subscript):
            names.append(dotted(base.value))
        else:
            names.append(dotted(base))
    return [name for name in names if name]


def _docstring(node: ast.ClassDef) -> str:
    match node.body:
        case [ast.Expr(value=ast.Constant(value=str() as text)), *_]:
            lines = (line.strip() for line in text.splitlines())
            return next(filter(None, lines), "")[:_LONGEST_DOC]
    return ""


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
