"""What a relation field's own ``__init__`` makes it point at when nothing is named."""

from __future__ import annotations

import ast
from collections.abc import Callable

from inspector_app.workspaces.source import dotted, literal

from .class_shapes import Argument, Reference

Read = Callable[[ast.expr], Argument | None]


def default_of(init: ast.FunctionDef, read: Read) -> Argument | None:
    """The model that ``init`` passes on as ``to``; ``self.name`` is an attribute of the class."""
    local = _local(init)
    found = [*_passed(init), *(value for name, value in local.items() if name == "to")]
    for passed in found:
        node = local.get(dotted(passed), passed)
        answer = _of_self(node) or read(node)
        if isinstance(answer, Reference) and answer.name.partition(".")[0] in _parameters(init):
            continue
        if isinstance(answer, str | Reference):
            return answer
    return None


def _parameters(init: ast.FunctionDef) -> set[str]:
    every = (*init.args.posonlyargs, *init.args.args, *init.args.kwonlyargs)
    names = {one.arg for one in every} | {
        one.arg for one in (init.args.vararg, init.args.kwarg) if one is not None
    }
    return names - {"self"}


def _local(init: ast.FunctionDef) -> dict[str, ast.expr]:
    """Parameters with a default, and names that are assigned once."""
    arguments = init.args
    every = [*arguments.posonlyargs, *arguments.args]
    positional = every[len(every) - len(arguments.defaults) :]
    pairs = zip(positional, arguments.defaults, strict=True)
    found = {one.arg: default for one, default in pairs}
    for one, other in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        if other is not None:
            found[one.arg] = other
    for node in init.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                found[name] = value
    return found


def _passed(init: ast.FunctionDef) -> list[ast.expr]:
    """The expressions that become ``to``: set in the keywords, or handed to the base class."""
    found: list[ast.expr] = []
    for node in ast.walk(init):
        match node:
            case ast.Call(
                func=ast.Attribute(attr="setdefault"), args=[ast.Constant(value="to"), value]
            ):
                found.append(value)
            case ast.Assign(targets=[ast.Subscript(slice=ast.Constant(value="to"))], value=value):
                found.append(value)
            case ast.Call(
                func=ast.Attribute(value=ast.Call(func=ast.Name(id="super")), attr="__init__")
            ):
                found += [word.value for word in node.keywords if word.arg == "to"]
                found += [one for one in node.args[:1] if not isinstance(one, ast.Starred)]
    return found


def _of_self(node: ast.expr) -> Reference | None:
    match node:
        case ast.Attribute(value=ast.Name(id="self"), attr=name):
            return Reference(f"self.{name}")
        case ast.Call(func=ast.Name(id="getattr"), args=[ast.Name(id="self"), name, *_]):
            word = literal(name)
            return Reference(f"self.{word}") if isinstance(word, str) else None
    return None
