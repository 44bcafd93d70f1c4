"""The blocks of a settings module, executed on paper: conditions, loops, and what is tried."""

from __future__ import annotations

import ast

from .environment_calls import reads_in
from .expressions import bound_in, evaluate
from .guards import Fails, Guard, guard_of, suppressing
from .statements import Statements
from .touching import is_opaque, touched
from .values import Value, truth_of

_LOOP_LIMIT = 300
# Loops in loops take more turns than anybody waits for.
_TURNS_LIMIT = 3_000


class Body(Statements):
    """All statements of one module, and what they do to its scope."""

    _turns = 0

    def run(self, body: list[ast.stmt]) -> None:
        for node in body:
            self._run(node)

    def _run(self, node: ast.stmt) -> None:
        match node:
            case ast.Try():
                self._try(node.body, guard_of(node.handlers), node.orelse, node)
                self.run(node.finalbody)
            case ast.With() if (guard := suppressing(node)) is not None:
                self._try(node.body, guard, [], node)
            case ast.With():
                self.run(node.body)
            case ast.If(test=test):
                for named in bound_in(test):
                    self._assign(named.target, self._value(named.value), node)
                self._if(node, self._value(test))
            case ast.For():
                self._for(node)
            case ast.FunctionDef(name=name):
                self._functions[name] = node
            case ast.While() | ast.Match() | ast.Delete():
                self._doubt_all(node)
            case ast.Import() | ast.ImportFrom() | ast.Expr():
                self.simple(node)
            case ast.Assign() | ast.AnnAssign() | ast.AugAssign():
                self.simple(node)

    def _doubt_all(self, node: ast.stmt) -> None:
        """Whether and how often ``node`` is executed is not known."""
        for name in touched(node):
            self._scope.doubt(name, self._place(node))
        if is_opaque(node) or _has_star(node):
            self._scope.opaque.append(self._place(node))

    def _try(
        self, body: list[ast.stmt], guard: Guard, orelse: list[ast.stmt], node: ast.stmt
    ) -> None:
        """The body as far as it comes; the handler's where an import in it fails."""
        before = self._scope.copy()
        self._guards.append(guard)
        failed = ""
        try:
            self.run(body)
        except Fails as failure:
            failed = failure.exception
        finally:
            self._guards.pop()
        if failed and not guard.catches(failed):
            raise Fails(failed)
        if failed:
            names_before = dict(self._scope.names)
            self.run(guard.handling(failed))
            if failed == "KeyError":
                self._doubt_changes(node, names_before)
            return
        self.run(orelse)
        if guard.perhaps:
            came_through, self._scope.names = self._scope.copy(), before.names
            self.run(guard.handling("ImportError"))
            self._scope.become_one_of([came_through, self._scope.copy()], self._place(node))

    def _if(self, node: ast.If, test: Value) -> None:
        """The branch that is taken; what both agree on where that is not known."""
        truth = truth_of(test)
        if truth is None and _raises(node.body):
            truth = False
        if truth is None:
            branches = []
            for body in (node.body, node.orelse):
                before = self._scope.copy()
                self.run(body)
                branches.append(self._scope.copy())
                self._scope.__dict__.update(before.__dict__)
            self._scope.become_one_of(branches, self._place(node))
            return
        before = self._scope.copy()
        self.run(node.body if truth else node.orelse)
        if not test.whole:
            self._doubt_changes(node, before.names)
            reads = tuple(reads_in(node.test, self._scope.names, evaluate))
            for name in touched(node) if reads else ():
                if name in self._scope.names:
                    self._scope.made_from(name, reads)

    def _doubt_changes(self, node: ast.stmt, before: dict[str, Value]) -> None:
        """What was executed depends on the environment, as does all that could have been."""
        changed = {name for name in self._scope.names if before.get(name) != self._scope.get(name)}
        for name in changed | touched(node):
            self._scope.doubt(name, self._place(node))
        if is_opaque(node) or _has_star(node):
            self._scope.opaque.append(self._place(node))

    def _for(self, node: ast.For) -> None:
        """A loop over what is known; else whatever it touches is in doubt."""
        items = self._value(node.iter)
        known = isinstance(items.data, list) and len(items.data) <= _LOOP_LIMIT
        if not known or any(isinstance(one, ast.Break | ast.Continue) for one in ast.walk(node)):
            self._doubt_all(node)
            return
        before = dict(self._scope.names)
        for item in items.data if isinstance(items.data, list) else []:
            self._turns += 1
            if self._turns > _TURNS_LIMIT:
                self._doubt_all(node)
                return
            self._assign(node.target, Value(item), node)
            self.run(node.body)
        self.run(node.orelse)
        if not items.whole:
            self._doubt_changes(node, before)


def _has_star(node: ast.AST) -> bool:
    return any(
        alias.name == "*"
        for inner in ast.walk(node)
        if isinstance(inner, ast.ImportFrom)
        for alias in inner.names
    )


def _raises(body: list[ast.stmt]) -> bool:
    return isinstance(body[-1], ast.Raise)
