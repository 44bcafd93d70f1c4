"""Functions that a queue runs: Celery's, Huey's, RQ's, Dramatiq's and Django's own tasks."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from inspector_app.workspaces.source import literal

from .source_files import Source

Entry = dict[str, Any]

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
# The classes whose instances have a decorator of these names.
_QUEUES = {"celery.Celery": "celery", "celery.app.Celery": "celery"}


def tasks_in(source: Source) -> Iterator[Entry]:
    queues = dict(_queues(source))
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for decorator in node.decorator_list:
                kind = _kind(source, decorator, queues)
                if kind:
                    yield {
                        "kind": kind,
                        "name": _name(decorator) or f"{source.module}.{node.name}",
                        "file": source.shown,
                        "line": node.lineno,
                    }
                    break


def _kind(source: Source, decorator: ast.expr, queues: dict[str, str]) -> str:
    full = source.full(decorator.func if isinstance(decorator, ast.Call) else decorator)
    if full in _EXACT:
        return _EXACT[full]
    holder, _, last = full.rpartition(".")
    if full.startswith(_HUEY):
        return "huey" if last in _OF_HUEY - {"lock_task"} else ""
    if last == "task" and holder in queues:
        return queues[holder]
    if last in _OF_HUEY - {"lock_task"} and holder.rpartition(".")[2].lower() == "huey":
        return "huey"
    # ``from shop.celery import app`` and then ``@app.task``.
    module, _, name = holder.rpartition(".")
    celery = module.rpartition(".")[2].startswith("celery") or "celery" in name
    return "celery" if last in ("task", "periodic_task") and celery else ""


def _queues(source: Source) -> Iterator[tuple[str, str]]:
    """The names that this file binds to a queue."""
    for node in source.tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=function)):
                full = source.full(function)
                if full in _QUEUES:
                    yield f"{source.module}.{name}", _QUEUES[full]
                elif full.startswith("huey.") and full.endswith("Huey"):
                    yield f"{source.module}.{name}", "huey"


def _name(decorator: ast.expr) -> str:
    """The name that it is given; else Celery makes one of module and function."""
    if not isinstance(decorator, ast.Call):
        return ""
    named = next((word.value for word in decorator.keywords if word.arg in _NAMES), None)
    text = literal(named)
    return text if isinstance(text, str) else ""


_NAMES = frozenset({"name", "actor_name"})
