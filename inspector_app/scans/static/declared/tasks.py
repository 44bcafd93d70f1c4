"""Functions that a queue runs: Celery's, Huey's, RQ's, Dramatiq's and Django's own tasks."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import Any

from inspector_app.workspaces.source import literal

Entry = dict[str, Any]
Full = Callable[[ast.AST], str]

_EXACT = {
    "celery.shared_task": "celery",
    "celery.task": "celery",
    "celery.task.task": "celery",
    "celery.task.periodic_task": "celery",
    "celery.decorators.task": "celery",
    "dramatiq.actor": "dramatiq",
    "django.tasks.task": "django",
    "django_tasks.task": "django",
    "django_rq.job": "rq",
    "rq.decorators.job": "rq",
}
_HUEY = "huey.contrib.djhuey."
_OF_HUEY = frozenset(
    {"task", "db_task", "periodic_task", "db_periodic_task", "on_commit_task", "lock_task"}
)
_NAMES = frozenset({"name", "actor_name"})
# The classes whose instances have a decorator of these names.
_QUEUES = {"celery.Celery": "celery", "celery.app.Celery": "celery"}


def tasks_in(nodes: list[ast.AST], full: Full) -> Iterator[Entry]:
    """``nodes`` are those of one file; ``full`` gives the name of one where it comes from."""
    queues = dict(_queues(nodes, full))
    for node in nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for decorator in node.decorator_list:
                kind = _kind(full(_callee(decorator)), queues)
                if kind:
                    yield {
                        "kind": kind,
                        "name": _name(decorator) or f"@{node.name}",
                        "line": node.lineno,
                    }
                    break


def _callee(decorator: ast.expr) -> ast.expr:
    return decorator.func if isinstance(decorator, ast.Call) else decorator


def _kind(full: str, queues: dict[str, str]) -> str:
    if full in _EXACT:
        return _EXACT[full]
    holder, _, last = full.rpartition(".")
    if full.startswith(_HUEY):
        return "huey" if last in _OF_HUEY - {"lock_task"} else ""
    if last == "task" and holder in queues:
        return queues[holder]
    if last in _OF_HUEY - {"lock_task"} and holder.rpartition(".")[2].lstrip("@").lower() == "huey":
        return "huey"
    # ``from shop.celery import app`` and then ``@app.task``.
    module, _, name = holder.rpartition(".")
    celery = module.rpartition(".")[2].startswith("celery") or "celery" in name
    return "celery" if last in ("task", "periodic_task") and celery else ""


def _queues(nodes: list[ast.AST], full: Full) -> Iterator[tuple[str, str]]:
    """The names that this file binds to a queue."""
    for node in nodes:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=function)):
                made = full(function)
                if made in _QUEUES:
                    yield f"@{name}", _QUEUES[made]
                elif made.startswith("huey.") and made.endswith("Huey"):
                    yield f"@{name}", "huey"


def _name(decorator: ast.expr) -> str:
    """The name that it is given; else Celery makes one of module and function."""
    if not isinstance(decorator, ast.Call):
        return ""
    named = next((word.value for word in decorator.keywords if word.arg in _NAMES), None)
    text = literal(named)
    return text if isinstance(text, str) else ""
