"""Who listens to which signal: ``@receiver(…)`` and ``signal.connect(…)``."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import Any

from inspector_app.workspaces.source import dotted, literal

from .source_files import Source

Entry = dict[str, Any]
Label = Callable[[Source, ast.expr], str | None]

_RECEIVERS = frozenset({"django.dispatch.receiver", "django.dispatch.dispatcher.receiver"})


def signals_in(source: Source, label: Label) -> Iterator[Entry]:
    """``label`` gives the label of the model that an expression names."""
    for node in ast.walk(source.tree):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                for decorator in node.decorator_list:
                    yield from _decorated(source, node, decorator, label)
            case ast.Call(func=ast.Attribute(value=signal, attr="connect"), args=[receiver, *_]):
                name = source.full(signal)
                if _is_signal(name) and dotted(receiver):
                    yield _entry(source, node.lineno, name, source.full(receiver), node, label)


def _decorated(
    source: Source,
    function: ast.FunctionDef | ast.AsyncFunctionDef,
    decorator: ast.expr,
    label: Label,
) -> Iterator[Entry]:
    if not isinstance(decorator, ast.Call) or not _is_receiver(source, decorator):
        return
    given = decorator.args[0] if decorator.args else None
    signals = given.elts if isinstance(given, ast.List | ast.Tuple) else [given]
    for signal in signals:
        name = source.full(signal) if signal is not None else ""
        receiver = f"{source.module}.{function.name}"
        yield _entry(source, function.lineno, name, receiver, decorator, label)


def _is_receiver(source: Source, decorator: ast.Call) -> bool:
    return source.full(decorator.func) in _RECEIVERS


def _is_signal(name: str) -> bool:
    module, _, last = name.rpartition(".")
    return "signals" in module.split(".") or last.endswith("_signal") or last in _KNOWN


_KNOWN = frozenset(
    {
        *("pre_save", "post_save", "pre_delete", "post_delete", "m2m_changed", "pre_init"),
        *("post_init", "pre_migrate", "post_migrate", "class_prepared", "request_started"),
        *("request_finished", "got_request_exception", "setting_changed", "connection_created"),
        *("user_logged_in", "user_logged_out", "user_login_failed"),
    }
)


def _entry(
    source: Source, line: int, signal: str, receiver: str, call: ast.Call, label: Label
) -> Entry:
    sender = next((word.value for word in call.keywords if word.arg == "sender"), None)
    return {
        "signal": signal,
        "receiver": receiver,
        "sender": _sender(source, sender, label),
        "file": source.shown,
        "line": line,
    }


def _sender(source: Source, node: ast.expr | None, label: Label) -> str | None:
    if node is None:
        return None
    text = literal(node)
    return text if isinstance(text, str) else label(source, node)
