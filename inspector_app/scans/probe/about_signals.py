"""Who listens to which signal."""

from __future__ import annotations

import sys
import weakref
from typing import Any, Iterator

from .places import of_callable, unwrapped
from .plain import dotted, text

_MOST = 5000


def read(_notes: list[str]) -> list[dict[str, Any]]:
    from django.apps import apps
    from django.dispatch import Signal

    models = apps.get_models(include_auto_created=True, include_swapped=True)
    senders = {id(model): text(model._meta.label) for model in models}
    found = []
    for name, signal in _signals(Signal):
        for entry in list(signal.receivers):
            receiver = entry[1]
            if isinstance(receiver, weakref.ReferenceType):
                receiver = receiver()
            if receiver is not None:
                found.append(_entry(name, receiver, _sender(entry[0], senders)))
    return found[:_MOST]


def _signals(kind: type) -> Iterator[tuple[str, Any]]:
    """Every signal that a module names, once, by the module that made it if that can be told."""
    seen: dict[int, tuple[str, Any]] = {}
    # Tens of thousands of names are looked at, and what they name may answer for itself.
    kinds = {id(one) for one in _with_subclasses(kind)}
    for module_name, module in list(sys.modules.items()):
        names = getattr(module, "__dict__", None)
        if not isinstance(names, dict):
            continue
        for name, value in [one for one in list(names.items()) if id(type(one[1])) in kinds]:
            known = seen.get(id(value))
            if known is None or ("signal" in module_name and "signal" not in known[0]):
                seen[id(value)] = (f"{module_name}.{name}", value)
    yield from sorted(seen.values(), key=lambda pair: pair[0])


def _with_subclasses(kind: type) -> Iterator[type]:
    yield kind
    below: list[type] = type.__subclasses__(kind)
    for one in below:
        yield from _with_subclasses(one)


def _sender(key: Any, senders: dict[int, str]) -> str | None:
    """Only a model can be told from the number that Django keeps of it."""
    return senders.get(key[1]) if isinstance(key, tuple) and len(key) == 2 else None


def _entry(signal: str, receiver: Any, sender: str | None) -> dict[str, Any]:
    file, line = of_callable(receiver)
    function = unwrapped(receiver)
    return {
        "signal": text(signal),
        "receiver": dotted(function) or dotted(type(function)),
        "sender": sender,
        "file": file,
        "line": line,
    }
