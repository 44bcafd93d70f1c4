"""Whether the rows of a model are asked for by code that is not Django's."""

from __future__ import annotations

import builtins
import sys
from typing import Any

from inspector_app.scans.static.names import Class, Names

_BASES_LIMIT = 20
# What Python and Django have brings no manager along that joins relations.
_PLAIN = frozenset(dir(builtins))
_KNOWN = frozenset({"django", *sys.stdlib_module_names})


class Managers:
    """Answers for the models that were read."""

    def __init__(self, models: dict[str, list[dict[str, Any]]], names: Names) -> None:
        self._models = {one["label"]: one for found in models.values() for one in found}
        self._names = names

    def ask(self, label: str, otherwise: bool | None) -> bool | None:
        """True where the default manager has a ``get_queryset``; None where nobody knows."""
        model = self._models.get(label)
        if model is None:
            return None
        # A base that cannot be read may bring a manager along.
        if None in self._chain(f"{model['module']}.{model['name']}"):
            return None
        manager = model["managers"][0]["class"]
        chain = [] if manager.endswith(".as_manager") else self._chain(manager)
        if any(one.outline.asks for one in chain if one is not None):
            return True
        return None if None in chain else otherwise

    def _chain(self, full: str) -> list[Class | None]:
        """A class and what it extends, without Django's own; None for what cannot be read."""
        module, _, name = full.rpartition(".")
        found: list[Class | None] = []
        pending = [self._names.resolve(module, name)]
        for one in pending:
            if isinstance(one, Class) and not one.module.startswith("django."):
                found.append(one)
                named = [base for base in one.outline.bases if base not in _PLAIN]
                bases = [self._names.resolve(one.module, base) for base in named]
                pending += bases[: _BASES_LIMIT - len(pending)]
            elif isinstance(one, str) and one.partition(".")[0] not in _KNOWN:
                found.append(None)
        return found
