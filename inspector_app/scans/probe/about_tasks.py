"""Tasks of the queues that the project uses: those it has imported, and those of its apps."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from typing import Any, Callable, Iterator, Tuple

from .places import of_callable, unwrapped
from .plain import dotted, text

_LIBRARIES = ("celery", "huey", "rq", "dramatiq", "django.tasks")
_MODULES = ("tasks", "jobs")
_MOST = 5000

Found = Tuple[str, str, Any]


def read(notes: list[str]) -> list[dict[str, Any]]:
    used = [name for name in _LIBRARIES if name in sys.modules]
    if not used:
        return []
    modules = list(_modules(notes))
    found: list[Found] = []
    for name in used:
        find = _READERS[name]
        try:
            found += find(modules)
        except Exception as error:
            notes.append(f"tasks of {name} are not known: {text(error, 300)}")
    return [_entry(*one) for one in found[:_MOST]]


def _entry(kind: str, name: str, function: Any) -> dict[str, Any]:
    file, line = of_callable(function)
    return {"kind": kind, "name": text(name), "file": file, "line": line}


def _modules(notes: list[str]) -> Iterator[Any]:
    """The modules that each of these libraries imports by itself in a worker."""
    from django.apps import apps

    for config in apps.get_app_configs():
        for name in _MODULES:
            dotted_name = f"{config.name}.{name}"
            try:
                if importlib.util.find_spec(dotted_name) is not None:
                    yield importlib.import_module(dotted_name)
            except Exception as error:
                notes.append(f"{dotted_name} cannot be imported: {text(error, 300)}")


def _celery(_modules: list[Any]) -> Iterator[Found]:
    app = sys.modules["celery"].current_app
    for name, task in sorted(app.tasks.items()):
        if not name.startswith("celery."):
            yield "celery", name, task.run


def _huey(_modules: list[Any]) -> Iterator[Found]:
    kind = sys.modules["huey.api"].Huey
    queues = {id(value): value for value in _values() if isinstance(value, kind)}
    for queue in queues.values():
        for name, task in sorted(queue._registry._registry.items()):
            yield "huey", name, _attribute(name) or task


def _attribute(name: str) -> Any:
    """The function that a decorated name stands for."""
    module, _, last = name.rpartition(".")
    wrapper = getattr(sys.modules.get(module), last.replace("queuecmd_", ""), None)
    return getattr(wrapper, "func", wrapper)


def _rq(modules: list[Any]) -> Iterator[Found]:
    decorators = getattr(sys.modules.get("rq.decorators"), "__file__", None)
    for module in modules:
        for value in list(vars(module).values()):
            here = getattr(value, "__module__", None) == module.__name__
            # Its decorator gives a function a way to be put into a queue.
            code = getattr(getattr(value, "delay", None), "__code__", None)
            if here and code is not None and code.co_filename == decorators:
                yield "rq", dotted(value), value


def _dramatiq(_modules: list[Any]) -> Iterator[Found]:
    broker = sys.modules["dramatiq"].get_broker()
    for name, actor in sorted(broker.actors.items()):
        yield "dramatiq", name, actor.fn


def _django(_modules: list[Any]) -> Iterator[Found]:
    kind = sys.modules["django.tasks"].Task
    tasks = {id(value): value for value in _values() if isinstance(value, kind)}
    for task in tasks.values():
        yield "django", dotted(unwrapped(task.func)), task.func


def _values() -> Iterator[Any]:
    """Whatever a module has a name for."""
    for module in list(sys.modules.values()):
        names = getattr(module, "__dict__", None)
        if isinstance(names, dict):
            yield from list(names.values())


_READERS: dict[str, Callable[[list[Any]], Iterator[Found]]] = {
    "celery": _celery,
    "huey": _huey,
    "rq": _rq,
    "dramatiq": _dramatiq,
    "django.tasks": _django,
}
