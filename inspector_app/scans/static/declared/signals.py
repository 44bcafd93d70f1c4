"""Who listens to which signal: ``@receiver(…)`` and ``signal.connect(…)``."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import Any

from inspector_app.workspaces.source import dotted

from .model_names import model_name

Entry = dict[str, Any]
Full = Callable[[ast.AST], str]

_KNOWN = frozenset(
    {
        *("pre_save", "post_save", "pre_delete", "post_delete", "m2m_changed", "pre_init"),
        *("post_init", "pre_migrate", "post_migrate", "class_prepared", "request_started"),
        *("request_finished", "got_request_exception", "setting_changed", "connection_created"),
        *("user_logged_in", "user_logged_out", "user_login_failed"),
    }
)
_RECEIVERS = frozenset({"django.dispatch.receiver", "django.dispatch.dispatcher.receiver"})


def signals_in(nodes: list[ast.AST], full: Full) -> Iterator[Entry]:
    """``nodes`` are those of one file; ``full`` gives the name of one where it comes from."""
    for node in nodes:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                for decorator in node.decorator_list:
                    yield from _decorated(node, decorator, full)
            case ast.Call(func=ast.Attribute(value=signal, attr="connect"), args=[receiver, *_]):
                name = full(signal)
                if _is_signal(name) and dotted(receiver):
                    yield _entry(node.lineno, name, _method(receiver) or full(receiver), node)


def _method(receiver: ast.expr) -> str:
    """``cls.method`` and ``self.method`` without what only the code that runs can tell."""
    head, _, rest = dotted(receiver).partition(".")
    return rest if head in ("cls", "self") else ""


def _decorated(
    function: ast.FunctionDef | ast.AsyncFunctionDef, decorator: ast.expr, full: Full
) -> Iterator[Entry]:
    if not isinstance(decorator, ast.Call) or full(decorator.func) not in _RECEIVERS:
        return
    given = decorator.args[0] if decorator.args else None
    signals = given.elts if isinstance(given, ast.List | ast.Tuple) else [given]
    for signal in signals:
        name = full(signal) if signal is not None else ""
        yield _entry(function.lineno, name, f"@{function.name}", decorator)


def _is_signal(name: str) -> bool:
    module, _, last = name.rpartition(".")
    last = last.lstrip("@")
    return "signals" in module.split(".") or last.endswith("_signal") or last in _KNOWN


def _entry(line: int, signal: str, receiver: str, call: ast.Call) -> Entry:
    sender = next((word.value for word in call.keywords if word.arg == "sender"), None)
    return {
        "signal": signal,
        "receiver": receiver,
        "sender": model_name(sender) if sender is not None else None,
        "line": line,
    }
