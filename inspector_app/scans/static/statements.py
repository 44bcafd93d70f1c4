"""The simple statements of a settings module, executed on paper: imports, assignments, calls."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Protocol

from inspector_app.workspaces.source import dotted

from .assigning import changed_list, with_item, with_part
from .environment_calls import reads_in
from .expressions import evaluate
from .guards import Fails, Guard, unset_variable
from .import_path import follow_call
from .modules import Modules
from .paths import FUNCTIONS
from .questions import answer
from .relative_imports import absolute
from .scopes import Place, Scope
from .split_settings import included_files, is_include
from .touching import handed_over, is_opaque, root_name, touched
from .values import UNKNOWN, Function, Value, add
from .written import written

# Modules of nothing but constants, such as the levels of Django's messages.
_TELLING = frozenset({"constants", "defaults"})
_IMPORTING = frozenset({"import_module", "importlib.import_module", "__import__"})


class Reader(Protocol):
    """Gives the scope of another module; ``required`` says that it is missed when not there.

    ``include`` executes a file in the scope of another one. ``absent`` are modules that may be
    there elsewhere.
    """

    modules: Modules
    absent: list[str]

    def module(self, name: str, *, required: bool) -> Scope: ...

    def include(self, path: Path, scope: Scope, package: str) -> None: ...


class Statements:
    """What simple statements do to the scope of their module."""

    def __init__(self, reader: Reader, scope: Scope, package: str, path: Path) -> None:
        self._reader = reader
        self._path = path
        self._scope = scope
        self._package = package
        self._file = reader.modules.shown(path)
        self._guards: list[Guard] = []
        self._functions: dict[str, ast.AST] = {}

    def simple(self, node: ast.stmt) -> None:
        self._look(node)
        match node:
            case ast.ImportFrom():
                self._import(node)
            case ast.Import(names=aliases):
                self._require([alias.name for alias in aliases])
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    self._assign(target, self._value(value), node)
                    self._trace(target, value)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                self._assign(target, self._value(value), node)
                self._trace(target, value)
            case ast.AugAssign():
                self._add(node)
            case ast.Expr(value=ast.Call() as call):
                self._require(self._imported(call))
                self._call(call)

    def _imported(self, call: ast.Call) -> list[str]:
        """The module that ``import_module("x")`` imports, if that can be told."""
        if dotted(call.func) not in _IMPORTING or not call.args:
            return []
        name = evaluate(call.args[0], self._scope.names).data
        return [name] if isinstance(name, str) and name and not name.startswith(".") else []

    def _value(self, node: ast.expr) -> Value:
        if unset_variable(node):
            self._fail("KeyError")
        if isinstance(node, ast.Call):
            self._require(self._imported(node))
        found = answer(node, self._scope.names, self._reader.modules)
        if found is not None:
            return Value(found)
        return evaluate(node, self._scope.names)

    def _place(self, node: ast.stmt | ast.expr) -> Place:
        return Place(self._file, node.lineno)

    def _look(self, node: ast.stmt) -> None:
        """Doubt what the calls in a statement may change without being told here."""
        for call in (inner for inner in ast.walk(node) if isinstance(inner, ast.Call)):
            names = set(handed_over(call))
            function = self._functions.get(dotted(call.func))
            if function is not None:
                names |= touched(function)
                if is_opaque(function):
                    self._scope.opaque.append(self._place(node))
            for name in names:
                if isinstance(self._scope.get(name).data, (list, dict)):
                    self._scope.doubt(name, self._place(node))
        if is_opaque(node) and not _own_item(node):
            self._scope.opaque.append(self._place(node))

    def _require(self, modules: list[str], *, relative: bool = False, star: bool = False) -> None:
        """Stop the ``try`` around an import of what cannot be found.

        All names are taken from the settings of one machine, which are no installed package.
        """
        if not any(guard.catches("ImportError") for guard in self._guards):
            return
        for module in modules:
            found = self._reader.modules.findable(module)
            if found is None and star and not self._reader.modules.why_hidden(module):
                self._reader.absent.append(module)
                self._fail("ImportError")
            if found is False or (relative and not found):
                self._fail("ImportError")
            if found is None:
                self._guards[-1].perhaps = True

    def _fail(self, exception: str) -> None:
        if any(guard.catches(exception) for guard in self._guards):
            raise Fails(exception)

    def _import(self, node: ast.ImportFrom) -> None:
        module = absolute(node.module, node.level, self._package)
        if module == "os.path":
            self._take_functions(node)
            return
        star = any(alias.name == "*" for alias in node.names)
        self._require([module], relative=bool(node.level), star=star)
        if star and self._guards and self._reader.modules.findable(module) is None:
            self._scope.opaque.append(self._place(node))
        has = self._reader.modules.file
        # Functions and classes of libraries tell nothing; constants and settings modules do.
        names = [alias.name for alias in node.names]
        telling = node.level or any(name.isupper() or name in _TELLING for name in names)
        if not star and not (telling and has(module) is not None):
            return
        other = self._reader.module(module, required=star and not self._guards)
        if star:
            self._scope.opaque += other.opaque
        for name in list(other.names) if star else []:
            if not name.startswith("_"):
                self._scope.take(other, name, name)
        for alias in node.names:
            self._scope.take(other, alias.name, alias.asname or alias.name)
            if alias.name in other.names and other.opaque:
                self._scope.doubt(alias.asname or alias.name, other.opaque[0])
            if alias.name not in other.names and has(f"{module}.{alias.name}") is not None:
                # ``from . import base`` and then ``base.INSTALLED_APPS``.
                inner = self._reader.module(f"{module}.{alias.name}", required=False)
                for name in inner.names:
                    self._scope.take(inner, name, f"{alias.asname or alias.name}.{name}")

    def _take_functions(self, node: ast.ImportFrom) -> None:
        """``from os.path import join as j``."""
        taken = [(alias.name, alias.asname or alias.name) for alias in node.names]
        if taken == [("*", "*")]:
            taken = [(name, name) for name in (one.rpartition(".")[2] for one in FUNCTIONS)]
        for name, bound in taken:
            if (full := f"os.path.{name}") in FUNCTIONS:
                self._scope.bind(bound, Value(Function(full)), self._place(node))

    def _assign(self, target: ast.expr, value: Value, node: ast.stmt) -> None:
        match target:
            case ast.Name(id=name):
                if value.unknown and isinstance(node, ast.Assign | ast.AnnAssign):
                    value = self._passed_through(name, node.value)
                self._scope.bind(name, value, self._place(node))
            case ast.Subscript(value=ast.Call(func=ast.Name(id="globals")), slice=key):
                word = evaluate(key, self._scope.names).data
                if isinstance(word, str):
                    self._scope.bind(word, value, self._place(node))
                else:
                    self._scope.opaque.append(self._place(node))
            case ast.Subscript():
                self._set_item(target, value, node)
            case ast.Tuple(elts=targets) | ast.List(elts=targets):
                self._unpack(targets, value, node)

    def _passed_through(self, name: str, value: ast.expr | None) -> Value:
        """``NAME = with_more(NAME)`` gives at least what it was given, as far as anybody knows."""
        if isinstance(value, ast.Call) and name in handed_over(value):
            held = self._scope.get(name)
            return held.doubted() if isinstance(held.data, list | dict) else UNKNOWN
        return UNKNOWN

    def _trace(self, target: ast.expr, value: ast.expr) -> None:
        """Keep where a value's doubts come from, and the variables that it is made from.

        What is made from something in doubt is so since that place.
        """
        name = root_name(target)
        if not name or name not in self._scope.names:
            return
        doubts, reads = self._scope.doubts, self._scope.reads
        used = [one.id for one in ast.walk(value) if isinstance(one, ast.Name) and one.id != name]
        if name in doubts:
            doubts[name] = next((doubts[one] for one in used if one in doubts), doubts[name])
        inherited = [read for one in used for read in reads.get(one, ())]
        self._scope.made_from(name, (*reads_in(value, self._scope.names, evaluate), *inherited))
        if isinstance(target, ast.Name) and name in doubts:
            self._scope.expressions[name] = written(value)

    def _unpack(self, targets: list[ast.expr], value: Value, node: ast.stmt) -> None:
        items = value.data
        if isinstance(items, list) and len(items) == len(targets):
            values = [Value(item, value.whole) for item in items]
        else:
            values = [UNKNOWN] * len(targets)
        for target, one in zip(targets, values, strict=True):
            self._assign(target, one, node)

    def _set_item(self, target: ast.Subscript, value: Value, node: ast.stmt) -> None:
        """``NAME["key"] = …`` and ``NAME[0:0] = …``, on a copy: other modules keep their own."""
        name = root_name(target)
        if name not in self._scope.names:
            return
        held = self._scope.get(name)
        if isinstance(held.data, list):
            changed = with_part(held, target, value, self._scope.names)
        else:
            changed = with_item(held, target, value, self._scope.names)
        self._scope.change(name, changed, self._place(node))

    def _add(self, node: ast.AugAssign) -> None:
        """``NAME += …``, also of an item."""
        value = self._value(node.value)
        name = root_name(node.target)
        if name in self._scope.names and not value.whole:
            self._scope.made_from(name, reads_in(node.value, self._scope.names, evaluate))
        match node.op, node.target:
            case ast.Add() | ast.BitOr(), ast.Name(id=name) if name in self._scope.names:
                both = add(self._scope.get(name), value)
                self._scope.change(name, both, self._place(node))
            case ast.Add() | ast.BitOr(), ast.Subscript(value=held, slice=key) as target:
                old = evaluate(ast.Subscript(held, key, ast.Load()), self._scope.names)
                self._set_item(target, add(old, value), node)
            case _:
                self._scope.doubt(root_name(node.target), self._place(node))

    def _call(self, call: ast.Call) -> None:
        if not is_include(call):
            if not follow_call(call, self._scope.names, self._reader.modules):
                self._method(call)
            return
        files, complete = included_files(call, self._path.parent)
        if not complete:
            self._scope.opaque.append(self._place(call))
        for file in files:
            self._reader.include(file, self._scope, self._package)

    def _method(self, call: ast.Call) -> None:
        """``NAME.append("x")`` and its kin, and ``NAME["key"].update({…})``."""
        if not isinstance(call.func, ast.Attribute):
            return
        receiver = call.func.value
        name = root_name(receiver)
        if name not in self._scope.names:
            return
        arguments = [self._value(one) for one in call.args]
        held = evaluate(receiver, self._scope.names)
        changed = changed_list(held, call.func.attr, arguments, call.keywords)
        if changed is None:
            return
        if isinstance(receiver, ast.Name):
            self._scope.change(name, changed, self._place(call))
        elif isinstance(receiver, ast.Subscript):
            whole = with_item(self._scope.get(name), receiver, changed, self._scope.names)
            self._scope.change(name, whole, self._place(call))


def _own_item(node: ast.stmt) -> bool:
    """``globals()["NAME"] = …``, which is as good as ``NAME = …``."""
    match node:
        case ast.Assign(
            targets=[ast.Subscript(value=ast.Call(func=ast.Name(id="globals")))], value=value
        ):
            return not is_opaque(value)
    return False
