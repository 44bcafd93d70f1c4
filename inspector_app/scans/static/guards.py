"""What a ``try`` or ``suppress()`` around statements catches, and what can fail in them."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from inspector_app.workspaces.source import dotted

_WIDER = {
    "ImportError": {"ImportError", "ModuleNotFoundError", "Exception", "BaseException", ""},
    "KeyError": {"KeyError", "LookupError", "Exception", "BaseException", ""},
}


class Fails(Exception):
    """The statement raises ``exception`` when it is executed; some guard around it catches that."""

    def __init__(self, exception: str) -> None:
        super().__init__(exception)
        self.exception = exception


@dataclass
class Guard:
    """``perhaps`` becomes true where an import is tried of which nobody can tell if it fails."""

    handlers: list[tuple[frozenset[str], list[ast.stmt]]] = field(default_factory=list)
    perhaps: bool = False

    def catches(self, exception: str) -> bool:
        return any(names & _WIDER[exception] for names, _ in self.handlers)

    def handling(self, exception: str) -> list[ast.stmt]:
        found = (body for names, body in self.handlers if names & _WIDER[exception])
        return next(found, [])


def guard_of(handlers: list[ast.ExceptHandler]) -> Guard:
    return Guard([(_names(handler.type), handler.body) for handler in handlers])


def suppressing(node: ast.With) -> Guard | None:
    """The guard that ``with suppress(ImportError):`` is, None for another ``with``."""
    match node.items:
        case [ast.withitem(context_expr=ast.Call(func=function, args=exceptions))] if dotted(
            function
        ) in ("suppress", "contextlib.suppress"):
            return Guard([(frozenset(map(dotted, exceptions)), [])])
    return None


def unset_variable(node: ast.expr) -> bool:
    """Whether ``node`` asks for an environment variable that must be there."""
    return any(
        isinstance(inner, ast.Subscript) and dotted(inner.value) in ("os.environ", "environ")
        for inner in ast.walk(node)
    )


def _names(node: ast.expr | None) -> frozenset[str]:
    if node is None:
        return frozenset({""})
    if isinstance(node, ast.Tuple):
        return frozenset(map(dotted, node.elts)) - {""}
    return frozenset({dotted(node)}) - {""}
