"""The callable behind a pattern: its dotted name, where it stands, and what guards it."""

from __future__ import annotations

import ast
from pathlib import Path

from inspector_app.scans.static.class_shapes import Reference
from inspector_app.scans.static.names import Class, Names
from inspector_app.scans.static.outline import Import, Outline
from inspector_app.workspaces.source import dotted

from .definitions import Definition, Definitions
from .guards import guards_of_class, methods_of, names_of
from .shapes import Place, View

_BASES_LIMIT = 6
_DEPTH_LIMIT = 8


class Views:
    """Names and places of views for one reading; files are looked through once."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._definitions: dict[Path, Definitions] = {}

    def view(self, module: str, node: ast.expr, place: Place, depth: int = 0) -> View:
        """What ``node`` in ``module`` calls in the end, behind decorators and ``as_view()``."""
        match node:
            case ast.Lambda():
                return View(f"{module}.<lambda>", place.file, node.lineno)
            case ast.Name() | ast.Attribute():
                return self._named(module, dotted(node))
            case ast.Call(func=ast.Attribute(value=cls, attr="as_view"), args=arguments):
                view = self._named(module, dotted(cls)) if dotted(cls) else View()
                if not view.name.rpartition(".")[2][:1].isupper():
                    # No class: an object that makes views, or a module's function.
                    return self._named(module, dotted(node.func))
                return _with_actions(view, arguments)
            case ast.Call(func=function, args=arguments) if depth < _DEPTH_LIMIT:
                return self._wrapped(module, function, arguments, place, depth)
        return View()

    def full_name(self, module: str, name: str) -> str:
        """The dotted name that ``name`` in ``module`` has where it is defined."""
        found = self._find(module, name)
        if found is not None:
            return found[0]
        resolved = self._names.resolve(module, name)
        return f"{resolved.module}.{resolved.name}" if isinstance(resolved, Class) else resolved

    def defines(self, module: str, name: str) -> bool:
        file = self._names.modules.file(module)
        return file is not None and name in self._of(file)

    def _wrapped(
        self,
        module: str,
        function: ast.expr,
        arguments: list[ast.expr],
        place: Place,
        depth: int,
    ) -> View:
        """``login_required(view)``, ``cache_page(60)(view)`` or ``partial(view, …)``."""
        for argument in arguments[:2]:
            view = self.view(module, argument, place, depth + 1)
            if view.name:
                names = (*names_of([function]), *view.decorators)
                methods = methods_of([function]) or view.methods
                unique = tuple(dict.fromkeys(names))
                return View(view.name, view.file, view.line, unique, methods)
        return View()

    def _named(self, module: str, name: str) -> View:
        found = self._find(module, name)
        if found is not None:
            full, file, definition = found
            return self._defined(full, file, definition)
        resolved = self._names.resolve(module, name)
        if isinstance(resolved, Class):
            full = f"{resolved.module}.{resolved.name}"
            shown = self._names.modules.shown(resolved.file)
            return View(full, shown, resolved.outline.line)
        called = self._called(resolved)
        if called is not None:
            return called
        # One that is only imported here, and whose source is not there.
        head = name.partition(".")[0]
        outline = self._names.outline(module)
        known = outline is not None and head in outline.others
        return View(resolved) if known and resolved != f"{module}.{name}" else View()

    def _called(self, full: str) -> View | None:
        """``view = View.as_view()`` in another module."""
        bound = self._names.bound(full)
        if bound is None or not isinstance(bound[1], Reference):
            return None
        cls = bound[1].name.removesuffix(".as_view()")
        return self._named(bound[0], cls) if cls != bound[1].name else None

    def _defined(self, full: str, file: Path, definition: Definition) -> View:
        node = definition.node
        shown = self._names.modules.shown(file)
        if isinstance(node, ast.ClassDef):
            guards = tuple(dict.fromkeys(self._guards(full, node)))
            return View(full, shown, definition.line, guards)
        decorators = node.decorator_list
        return View(full, shown, definition.line, names_of(decorators), methods_of(decorators))

    def _guards(self, full: str, node: ast.ClassDef) -> list[str]:
        """Those of a class and of the bases that can be read, nearest first."""
        found: list[str] = []
        pending, seen = [(full.rpartition(".")[0], node)], 1
        while pending:
            module, current = pending.pop(0)
            found += guards_of_class(current)
            for base in current.bases:
                known = self._find(module, dotted(base)) if seen < _BASES_LIMIT else None
                if known is not None and isinstance(known[2].node, ast.ClassDef):
                    seen += 1
                    pending.append((known[0].rpartition(".")[0], known[2].node))
        return found

    def _find(self, module: str, name: str) -> tuple[str, Path, Definition] | None:
        """Full name, file and definition, following plain imports only."""
        for _ in range(_DEPTH_LIMIT):
            file = self._names.modules.file(module)
            head, _, rest = name.partition(".")
            if file is None or not head:
                return None
            if not rest and head in self._of(file):
                definition = self._of(file).get(head)
                return (f"{module}.{head}", file, definition) if definition else None
            outline = self._names.outline(module)
            if outline is None:
                return None
            imports = [one for one in outline.others.get(head, []) if isinstance(one, Import)]
            if len(imports) == 1:
                module, name = self._imported(module, imports[0], rest)
            elif imports or not (module := self._starred(module, outline, head)):
                return None
        return None

    def _starred(self, module: str, outline: Outline, name: str) -> str:
        """The module that ``from module import *`` has ``name`` from."""
        targets = (self._names.absolute(module, star) for star in outline.stars)
        return next((target for target in targets if self.defines(target, name)), "")

    def _imported(self, module: str, one: Import, rest: str) -> tuple[str, str]:
        """The module that a name leads into, and what is left of the name there."""
        target = self._names.absolute(module, one)
        left = [part for part in (*one.name.split("."), *rest.split(".")) if part]
        while left and self._names.modules.file(f"{target}.{left[0]}") is not None:
            target = f"{target}.{left.pop(0)}"
        return target, ".".join(left)

    def _of(self, file: Path) -> Definitions:
        if file not in self._definitions:
            self._definitions[file] = Definitions.of(file)
        return self._definitions[file]


def _with_actions(view: View, arguments: list[ast.expr]) -> View:
    """``ViewSet.as_view({"get": "list"})`` answers to what it names."""
    match arguments:
        case [ast.Dict(keys=keys)]:
            texts = [key.value for key in keys if isinstance(key, ast.Constant)]
            methods = tuple(sorted(str(text).upper() for text in texts))
            return View(view.name, view.file, view.line, view.decorators, methods)
    return view
