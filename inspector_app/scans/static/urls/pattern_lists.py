"""Expressions of a URLconf that stand for patterns, and for lists of them."""

from __future__ import annotations

import ast
import re
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from inspector_app.scans.static.values import Value, truth_of
from inspector_app.scans.static.written import written
from inspector_app.workspaces.source import dotted

from .calls import PATTERNS, helper
from .guards import names_of
from .patterns import pattern
from .routers import Router, Where
from .scope import UrlScope
from .shapes import (
    Generated,
    Item,
    Place,
    conditional,
    decorated,
    generated,
)
from .unrolled import unrolled
from .views import Views

if TYPE_CHECKING:
    from .reading import UrlReader

_COMPREHENSION_LIMIT = 200
_SUM_LIMIT = 20_000
# What lists of patterns are called, or their modules; others are not looked for elsewhere.
LISTS = re.compile(r"url|pattern|route|path", re.IGNORECASE)


class PatternLists(ABC):
    """What one URLconf has bound so far, and what its expressions make of it."""

    def __init__(self, reader: UrlReader, module: str, file: str) -> None:
        self.reader = reader
        self.where = Where(module, file)
        self.scope = UrlScope(module, reader.project)
        self.lists: dict[str, list[Item]] = {}
        self.single: dict[str, Item] = {}
        self.routers: dict[str, Router] = {}
        self.functions: dict[str, ast.FunctionDef] = {}
        self.calling: set[str] = set()
        self.calls = 0

    @property
    def views(self) -> Views:
        return self.reader.views

    def place(self, node: ast.stmt | ast.expr) -> Place:
        return Place(self.where.file, getattr(node, "lineno", 0))

    def shown(self, node: ast.stmt | ast.expr) -> str:
        return f"{self.where.file}:{getattr(node, 'lineno', 0)}"

    def note(self, text: str) -> None:
        self.reader.note(text)

    def full(self, node: ast.expr) -> str:
        return self.scope.resolved(dotted(node))

    def decorator(self, node: ast.expr) -> tuple[str, ...]:
        return names_of([node])

    def converter(self, cls: ast.expr, name: ast.expr) -> None:
        text = self.scope.text(name)
        if text is not None and dotted(cls):
            self.reader.converters[text] = self.views.full_name(self.where.module, dotted(cls))

    def router(self, name: str) -> Router | None:
        """The router that ``name`` is here, or in the module that it is imported from."""
        if name in self.routers:
            return self.routers[name]
        module, _, last = self.scope.resolved(name).rpartition(".")
        if not last or module == self.where.module:
            return None
        conf = self.reader.conf(module)
        return conf.routers.get(last) if conf is not None else None

    def items(self, node: ast.expr) -> list[Item] | None:
        """The patterns of a list expression; None where it is no list of patterns."""
        match node:
            case ast.List(elts=elements) | ast.Tuple(elts=elements):
                return self._elements(elements)
            case ast.ListComp():
                return self._comprehension(node)
            case ast.BinOp(op=ast.Add(), left=left, right=right):
                return self._sum(left, right)
            case ast.IfExp(test=test, body=body, orelse=orelse):
                return self._choice(test, body, orelse)
            case ast.Name(id=name) if name in self.lists:
                return list(self.lists[name])
            case ast.Name() | ast.Attribute():
                return self._elsewhere(dotted(node))
            case ast.Call():
                return self._called(node)
        return None

    def item(self, node: ast.expr) -> Item | None:
        """One element of a list of patterns."""
        match node:
            case ast.Name(id=name):
                return self.single.get(name)
            case ast.Call(func=function):
                kind = PATTERNS.get(helper(self.full(function)))
                return pattern(self, node, kind) if kind is not None else None
        return None

    def _elements(self, elements: list[ast.expr]) -> list[Item] | None:
        found: list[Item] = []
        known = not elements
        for element in elements:
            if len(found) > _SUM_LIMIT:
                # Unpacked twice into itself often enough, a list has no end.
                return found[:_SUM_LIMIT]
            if isinstance(element, ast.Starred):
                inner = self.items(element.value)
                known = known or inner is not None
                found += inner if inner is not None else [self._made(element.value)]
                continue
            one = self.item(element)
            inner = self._inner(element) if one is None else [one]
            if inner is not None:
                known = True
                found += inner
            elif isinstance(element, ast.Call) and helper(self.full(element.func)) == "":
                # A function of the project that makes a pattern, or a class of patterns.
                found.append(self._made(element))
            elif not isinstance(element, ast.Name | ast.Attribute):
                return None
        return found if known else None

    def _inner(self, element: ast.expr) -> list[Item] | None:
        """A list in a list, which URLconfs add together later."""
        return self.items(element) if isinstance(element, ast.Name | ast.List) else None

    def _made(self, node: ast.expr) -> Generated:
        return generated(written(node) or "code", self.place(node))

    def _sum(self, left: ast.expr, right: ast.expr) -> list[Item] | None:
        first, second = self.items(left), self.items(right)
        if first is None and second is None:
            return None
        if len(first or ()) + len(second or ()) > _SUM_LIMIT:
            return first
        sides = ((left, first), (right, second))
        return [
            one for node, some in sides for one in ([self._made(node)] if some is None else some)
        ]

    def _choice(self, test: ast.expr, body: ast.expr, orelse: ast.expr) -> list[Item] | None:
        first, second = self.items(body), self.items(orelse)
        if first is None or second is None:
            return None
        value = self.scope.value(test)
        truth = truth_of(value)
        if truth is not None:
            return first if truth else second
        condition = written(test) or "a condition"
        return [conditional(one, condition) for one in first] + [
            conditional(one, f"not ({condition})") for one in second
        ]

    def _comprehension(self, node: ast.ListComp) -> list[Item] | None:
        """``[path(f"{name}/", …) for name in NAMES]`` over texts that are known."""
        rows = unrolled(node)
        if rows is not None:
            return self._elements(rows)
        match node.generators:
            case [ast.comprehension(target=ast.Name(id=name), iter=source, ifs=[])]:
                values = self.scope.value(source)
            case _:
                return None
        if self.item(node.elt) is None:
            return None
        words = values.data if isinstance(values.data, list) and values.whole else None
        if words is None or len(words) > _COMPREHENSION_LIMIT:
            return [generated(f"a loop over {written(source) or 'something'}", self.place(node))]
        outer = self.scope.own.get(name)
        found = []
        for word in words:
            self.scope.own[name] = Value(word)
            one = self.item(node.elt)
            found += [one] if one is not None else []
        self.scope.own.pop(name)
        if outer is not None:
            self.scope.own[name] = outer
        return found

    def _elsewhere(self, name: str) -> list[Item] | None:
        """A list of another module, or what an object makes: ``router.urls``."""
        holder, _, last = name.rpartition(".")
        if last in ("urls", "urlpatterns", "get_urls") and holder:
            router = self.router(holder)
            if router is not None:
                return list(router.items())
        module, _, last = self.scope.resolved(name).rpartition(".")
        if module and module != self.where.module and LISTS.search(f"{module}.{last}"):
            conf = self.reader.conf(module)
            if conf is not None and last in conf.lists:
                return list(conf.lists[last])
        return None

    def _called(self, node: ast.Call) -> list[Item] | None:
        full = self.full(node.func)
        match helper(full):
            case "i18n_patterns":
                return self.reader.includes.locale(self, node)
            case "static":
                return self.reader.includes.static(self, node)
            case "staticfiles_urlpatterns":
                return self.reader.includes.static_files(self, node)
            case "format_suffix_patterns":
                items = self.items(node.args[0]) if node.args else None
                made = generated("format_suffix_patterns", self.place(node))
                return [*items, made] if items is not None else None
            case "decorate_urlpatterns":
                items = self.items(node.args[0]) if node.args else None
                names = self.decorator(node.args[1]) if len(node.args) > 1 else ()
                return [decorated(one, names) for one in items] if items is not None else None
        match full.rpartition(".")[2], node.args:
            case (("list" | "tuple" | "from_iterable"), [lists]):
                return self.items(lists)
            case ("reduce", [_, lists, *_]) | ("sum", [lists, _]):
                return self.items(lists)
            case "chain", lists:
                return self._elements(lists)
        returned = self._returned(node)
        return self._passed_through(node) if returned is None else returned

    def _passed_through(self, node: ast.Call) -> list[Item] | None:
        """What ``with_more(urlpatterns)`` was given, as far as it keeps that, and what it adds."""
        match node.args:
            case [ast.Name(id=name), *_] if self.lists.get(name):
                given = self.lists[name]
            case [ast.Call(), *_] if all(self.item(one) is not None for one in node.args):
                if dotted(node.func).endswith("i18n_patterns"):
                    # One of the project's own, for codes that Django writes otherwise.
                    return self.reader.includes.locale(self, node)
                given = self._elements(node.args) or []
            case _:
                return None
        kept = f"{written(node.func) or 'a function'}() keeps it"
        return [*(conditional(one, kept) for one in given), self._made(node)]

    @abstractmethod
    def _returned(self, node: ast.Call) -> list[Item] | None:
        """What a function of this module returns."""
