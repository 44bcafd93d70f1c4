"""What settings ask about the machine: whether a module can be imported, or a file is there."""

from __future__ import annotations

import ast
from pathlib import Path, PurePath

from inspector_app.workspaces.source import dotted, exists, is_dir, is_file

from .expressions import Scope, evaluate
from .modules import Modules

_FINDING = frozenset({"find_spec", "util.find_spec", "importlib.util.find_spec"})
_METHODS = {"exists": exists, "is_file": is_file, "is_dir": is_dir}
_FUNCTIONS = {"exists": exists, "isfile": is_file, "isdir": is_dir}


def answer(node: ast.expr, scope: Scope, modules: Modules) -> bool | None:
    """What ``find_spec("x")``, also compared with None, or ``path.exists()`` comes to.

    None where it is no such question, or its answer cannot be told.
    """
    match node:
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            found = answer(operand, scope, modules)
            return None if found is None else not found
        case ast.Call(func=function, args=[name]) if dotted(function) in _FINDING:
            module = evaluate(name, scope).data
            return modules.findable(module) if isinstance(module, str) else None
        case ast.Compare(
            left=ast.Call() as call, ops=[operator], comparators=[ast.Constant(value=None)]
        ):
            found = answer(call, scope, modules)
            return None if found is None else found is isinstance(operator, ast.IsNot | ast.NotEq)
        case ast.Call():
            return _is_there(node, scope, modules.root)
    return None


def _is_there(call: ast.Call, scope: Scope, root: Path) -> bool | None:
    """Only in the project is looked: what is elsewhere differs from machine to machine."""
    head, _, last = dotted(call.func).rpartition(".")
    match call:
        case ast.Call(func=ast.Attribute(value=held, attr=name), args=[], keywords=[]):
            look = _METHODS.get(name)
        case ast.Call(args=[held], keywords=[]) if head in ("os.path", "path", ""):
            look = _FUNCTIONS.get(last)
        case _:
            return None
    value = evaluate(held, scope)
    if look is None or not value.whole or not isinstance(value.data, str | PurePath):
        return None
    path = Path(value.data)
    inside = path.is_relative_to(root) and ".." not in path.parts
    return look(path) if inside else None
