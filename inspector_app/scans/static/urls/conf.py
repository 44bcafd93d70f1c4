"""A URLconf executed on paper: the lists of patterns that its statements build."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from inspector_app.scans.static.expressions import bound_in
from inspector_app.scans.static.outline import Import
from inspector_app.scans.static.values import Value, truth_of
from inspector_app.scans.static.written import written
from inspector_app.workspaces.source import dotted

from .calls import helper, is_router
from .pattern_lists import LISTS, PatternLists
from .returned import returned
from .routers import Router
from .scope import UrlScope
from .shapes import Item, conditional, decorated, generated

_LOOP_LIMIT = 200
# Added to itself often enough, a list has no end.
_LIST_LIMIT = 20_000


class Conf(PatternLists):
    """All statements of one URLconf."""

    _turns = 0

    def run(self, body: list[ast.stmt]) -> None:
        for node in body:
            self._run(node)

    def _run(self, node: ast.stmt) -> None:
        match node:
            case ast.Assign() | ast.AnnAssign() | ast.AugAssign() | ast.Expr():
                self._simple(node)
            case ast.If(test=test):
                self._if(node, test)
            case ast.For():
                self._for(node)
            case ast.Try():
                self._try(node)
            case ast.With():
                self.run(node.body)
            case ast.ImportFrom():
                self._import(node)
            case ast.FunctionDef(name=name):
                self.functions[name] = node
            case ast.While() | ast.Match():
                self._unknown_block(node, f"a {type(node).__name__.lower()} block")

    def _simple(self, node: ast.stmt) -> None:
        match node:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    self._assign(target, value)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                self._assign(target, value)
            case ast.AugAssign(target=ast.Name(id=name), op=ast.Add(), value=value):
                self._extend(name, value)
            case ast.Expr(value=ast.Call() as call):
                self._call(call)

    def _returned(self, node: ast.Call) -> list[Item] | None:
        return returned(self, node)

    def _import(self, node: ast.ImportFrom) -> None:
        """``from .base import urlpatterns``, or all of a module that is called like a URLconf."""
        source = Import(node.module or "", "", node.level)
        module = self.reader.project.names.absolute(self.where.module, source)
        for alias in node.names:
            if alias.name not in ("*", "urlpatterns") or not LISTS.search(module):
                continue
            conf = self.reader.conf(module)
            lists = conf.lists if conf is not None else {}
            for name in lists if alias.name == "*" else lists.keys() & {alias.name}:
                self.lists[alias.asname or name] = list(lists[name])

    def _assign(self, target: ast.expr, value: ast.expr) -> None:
        if not isinstance(target, ast.Name):
            return
        name = target.id
        items = self.items(value)
        # What it was may be a part of what it becomes.
        again = self.scope.value(value) if name in self.scope.own else None
        for held in (self.lists, self.single, self.routers, self.scope.own):
            held.pop(name, None)
        if items is not None:
            self.lists[name] = items
            if items or not isinstance(value, ast.List):
                return
        elif name == "urlpatterns":
            self.lists[name] = [generated(written(value) or "code", self.place(value))]
            return
        if isinstance(value, ast.Call):
            one = self.item(value)
            if one is not None:
                self.single[name] = one
                return
            full = self.full(value.func)
            if is_router(full):
                self.routers[name] = Router(full, self.place(value))
                return
        self.scope.own[name] = self.scope.value(value) if again is None else again

    def _extend(self, name: str, value: ast.expr, *, first: bool = False) -> None:
        """``name += value``; what cannot be read is told as made by its text."""
        if name in self.scope.own and name not in self.lists:
            self.scope.own[name] = self.scope.value(
                ast.BinOp(ast.Name(name, ast.Load()), ast.Add(), value)
            )
            return
        more = self.items(value)
        if more is None:
            more = [generated(written(value) or "code", self.place(value))]
        held = self.lists.get(name, [])
        both = [*more, *held] if first else [*held, *more]
        if len(both) > _LIST_LIMIT:
            self.note(f"{self.shown(value)}: the list is followed in part only")
        self.lists[name] = both[:_LIST_LIMIT]

    def _call(self, call: ast.Call) -> None:
        match call.func, call.args:
            case ast.Attribute(value=ast.Name(id=name), attr="append"), [value] if (
                name in self.lists
            ):
                self._extend(name, ast.List([value], ast.Load()))
            case ast.Attribute(value=ast.Name(id=name), attr="insert"), [_, value] if (
                name in self.lists
            ):
                self._extend(name, ast.List([value], ast.Load()), first=True)
            case ast.Attribute(value=ast.Name(id=name), attr="extend"), [value] if (
                name in self.lists
            ):
                self._extend(name, value)
            case ast.Attribute(value=holder, attr="extend"), [ast.Attribute(value=other)]:
                self._merge(dotted(holder), dotted(other))
            case ast.Attribute(value=holder, attr=method), _ if method.startswith("register"):
                router = self.router(dotted(holder))
                if router is not None:
                    router.register(call, self.scope, self.views, self.where)
            case function, [ast.Name(id=name), decorator, *_] if name in self.lists:
                if helper(self.full(function)) == "decorate_urlpatterns":
                    names = self.decorator(decorator)
                    self.lists[name] = [decorated(one, names) for one in self.lists[name]]
            case function, [cls, name]:
                if helper(self.full(function)) == "register_converter":
                    self.converter(cls, name)

    def _merge(self, mine: str, other: str) -> None:
        """``router.registry.extend(other.registry)``."""
        router = self.router(mine.removesuffix(".registry"))
        more = self.router(other.removesuffix(".registry"))
        if router is not None and more is not None and router is not more:
            router.entries += more.entries

    def _if(self, node: ast.If, test: ast.expr) -> None:
        for named in bound_in(test):
            self._assign(named.target, named.value)
        value = self.scope.value(test)
        truth = truth_of(value)
        if truth is not None:
            if not value.whole:
                self.note(f"{self.shown(node)}: URLs depend on the environment")
            self.run(node.body if truth else node.orelse)
            return
        condition = written(test) or "a condition"
        self._perhaps(node.body, condition)
        self._perhaps(node.orelse, f"not ({condition})")

    def _perhaps(self, body: list[ast.stmt], condition: str) -> None:
        """What a block adds that may not be executed, each with the condition."""
        if not body:
            return
        before = {name: list(items) for name, items in self.lists.items()}
        self.run(body)
        for name, items in self.lists.items():
            old = {id(one) for one in before.get(name, [])}
            self.lists[name] = [
                one if id(one) in old else conditional(one, condition) for one in items
            ]
        for name, items in before.items():
            # A list that the block replaced is still there where it is not executed.
            left = {id(one) for one in self.lists.get(name, [])}
            gone = [one for one in items if id(one) not in left]
            if gone and name in self.lists:
                kept = [conditional(one, f"not ({condition})") for one in gone]
                self.lists[name] = [*kept, *self.lists[name]]

    def _for(self, node: ast.For) -> None:
        """A loop over what is known; else what it adds is made by the loop."""
        items = self.scope.value(node.iter)
        words = items.data if isinstance(items.data, list) and items.whole else None
        jumps = any(isinstance(one, ast.Break | ast.Continue) for one in ast.walk(node))
        match node.target:
            case ast.Name(id=name) if words is not None and not jumps:
                for word in words:
                    self._turns += 1
                    if self._turns > _LOOP_LIMIT:
                        self.note(f"{self.shown(node)}: the loop is followed in part only")
                        return
                    self.scope.own[name] = Value(word)
                    self.run(node.body)
            case _:
                self._unknown_block(node, f"a loop over {written(node.iter) or 'something'}")

    def _try(self, node: ast.Try) -> None:
        """The body where its imports work; the handlers where one is known not to."""
        findable = {self.reader.findable(name) for name in _imported(node.body, self.scope)}
        if False in findable:
            for handler in node.handlers[:1]:
                self.run(handler.body)
        elif None in findable:
            self._perhaps([*node.body, *node.orelse], "its imports work")
            for handler in node.handlers[:1]:
                self._perhaps(handler.body, "its imports fail")
        else:
            self.run([*node.body, *node.orelse])
        self.run(node.finalbody)

    def _unknown_block(self, node: ast.stmt, what: str) -> None:
        for name in dict.fromkeys(_changed(node)):
            if name in self.lists:
                self.lists[name].append(generated(what, self.place(node)))


def _imported(body: list[ast.stmt], scope: UrlScope) -> Iterable[str]:
    for node in body:
        match node:
            case ast.Import(names=aliases):
                yield from (alias.name for alias in aliases)
            case ast.ImportFrom(module=str() as module, level=0):
                yield module
            case (
                ast.Assign(value=ast.Call(func=function, args=[name]))
                | ast.Expr(value=ast.Call(func=function, args=[name]))
            ) if dotted(function).rpartition(".")[2] == "import_module":
                text = scope.text(name)
                if text is not None:
                    yield text


def _changed(node: ast.stmt) -> Iterable[str]:
    """The lists that a block adds something to."""
    for inner in ast.walk(node):
        match inner:
            case ast.AugAssign(target=ast.Name(id=name)):
                yield name
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=method)) if method in (
                "append",
                "extend",
                "insert",
            ):
                yield name
