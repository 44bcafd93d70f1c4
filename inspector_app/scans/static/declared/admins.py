"""What is registered with an admin site: ``@admin.register(…)`` and ``site.register(…)``."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import Any

from inspector_app.workspaces.source import dotted, literal

from .model_names import FullName, model_name

Entry = dict[str, Any]
Full = Callable[[ast.AST], str]

_ADMIN = "django.contrib.admin"
_PLAIN = f"{_ADMIN}.options.ModelAdmin"
_LISTS = (
    *("list_display", "list_filter", "search_fields", "raw_id_fields", "autocomplete_fields"),
    "inlines",
)
# Methods that decide what a list shows, or how it is asked for.
_HOOKS = ("get_queryset", "get_list_select_related", "get_list_display", "get_changelist")
_BASES_LIMIT = 20


def admins_in(nodes: list[ast.AST], full: Full) -> Iterator[Entry]:
    """``nodes`` are those of one file; ``full`` gives the name of one where it comes from."""
    return _Admins(nodes, full).entries()


class _Admins:
    """The registrations of one file, with what the classes in it say."""

    def __init__(self, nodes: list[ast.AST], full: Full) -> None:
        self._nodes = nodes
        self._full = full
        classes = (node for node in nodes if isinstance(node, ast.ClassDef))
        self._classes = {node.name: node for node in classes}

    def entries(self) -> Iterator[Entry]:
        for node in self._nodes:
            match node:
                case ast.ClassDef(decorator_list=decorators):
                    for decorator in decorators:
                        yield from self._decorated(node, decorator)
                case ast.Call(func=ast.Attribute(value=site, attr="register"), args=[models, *_]):
                    if self._is_site(site):
                        yield from self._registered(node, site, models)

    def _decorated(self, node: ast.ClassDef, decorator: ast.expr) -> Iterator[Entry]:
        if not isinstance(decorator, ast.Call):
            return
        full = self._full(decorator.func)
        if not (full.startswith(_ADMIN) and full.endswith(".register")):
            return
        site = next((word.value for word in decorator.keywords if word.arg == "site"), None)
        for model in decorator.args:
            yield from self._entry(model, node, site, node.lineno)

    def _registered(self, call: ast.Call, site: ast.expr, models: ast.expr) -> Iterator[Entry]:
        given = next(iter(call.args[1:2]), None)
        several = models.elts if isinstance(models, ast.List | ast.Tuple) else [models]
        named = next((word.value for word in call.keywords if word.arg == "admin_class"), given)
        cls = self._classes.get(dotted(named)) if named is not None else None
        for model in several:
            known = cls is not None or named is None
            for entry in self._entry(model, cls, site, call.lineno, known=known):
                if cls is None and named is not None:
                    entry["class"] = self._full(named)
                yield entry

    def _is_site(self, node: ast.expr) -> bool:
        return self._full(node).endswith("site")

    def _entry(
        self,
        model: ast.expr,
        cls: ast.ClassDef | None,
        site: ast.expr | None,
        line: int,
        *,
        known: bool = True,
    ) -> Iterator[Entry]:
        """``known`` says that without ``cls`` Django's own class is meant, and none elsewhere."""
        values, complete = self._values(cls)
        complete = complete and known
        entry: Entry = {
            "model": model_name(model),
            "site": _site(site),
            "class": f"@{cls.name}" if cls is not None else _PLAIN,
            "line": cls.lineno if cls is not None else line,
        }
        entry |= {name: self._words(values.get(name)) for name in _LISTS}
        if "list_display" not in values and complete:
            entry["list_display"] = ["__str__"]
        selected = literal(values.get("list_select_related"))
        if isinstance(selected, list | tuple):
            selected = [str(one) for one in selected]
        unknown = None if "list_select_related" in values or not complete else False
        entry["list_select_related"] = selected if isinstance(selected, bool | list) else unknown
        own = any(name in values for name in _HOOKS)
        entry["own_query"] = True if own else False if complete else None
        yield entry

    def _values(self, cls: ast.ClassDef | None) -> tuple[dict[str, ast.AST], bool]:
        """The attributes and methods of a class and its bases in this file, nearest first.

        The second says that everything it inherits besides is Django's own.
        """
        values: dict[str, ast.AST] = {}
        pending, complete, seen = [cls] if cls is not None else [], True, 0
        while pending and seen < _BASES_LIMIT:
            current, seen = pending.pop(0), seen + 1
            for statement in current.body:
                match statement:
                    case ast.Assign(targets=[ast.Name(id=name)], value=value):
                        values.setdefault(name, value)
                    case ast.FunctionDef(name=name):
                        values.setdefault(name, statement)
            for base in current.bases:
                known = self._classes.get(dotted(base))
                if known is not None:
                    pending.append(known)
                elif not self._full(base).startswith(_ADMIN):
                    complete = False
        return values, complete

    def _words(self, node: ast.AST | None) -> list[str]:
        """The names in a list or tuple, of a sum those of its parts."""
        match node:
            case ast.List(elts=elements) | ast.Tuple(elts=elements):
                return [word for element in elements if (word := self._word(element))]
            case ast.BinOp(op=ast.Add(), left=left, right=right):
                return [*self._words(left), *self._words(right)]
        return []

    def _word(self, node: ast.expr) -> str:
        """A name, or what a function or class is called."""
        if isinstance(node, ast.Tuple) and node.elts:
            # A filter with the class that makes it.
            node = node.elts[0]
        text = literal(node)
        return text if isinstance(text, str) else FullName(self._full(node))


def _site(node: ast.expr | None) -> str:
    """Django's own is called admin, another one by what the code calls it."""
    name = dotted(node) if node is not None else ""
    return "admin" if name in ("", "admin.site", "site", "sites.site") else name
