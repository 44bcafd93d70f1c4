"""Running the project's manage.py up to where Django takes over, and taking over instead.

What a manage.py does before, such as extending ``sys.path`` or reading an env file, is a part of
how the project starts.
"""

from __future__ import annotations

import importlib
import importlib.util
import runpy
import sys
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any, Callable, Sequence

from .session import Session

_MANAGEMENT = "django.core.management"


class _Done(BaseException):
    """All is told; unwinds what called Django, which may catch every Exception."""


def run(script: str, session: Session) -> None:
    """Start the project with the manage.py ``script``, or without one."""
    if script:

        def take_over(_utility: object) -> None:
            session.run()
            raise _Done

        def patch(module: ModuleType) -> None:
            module.ManagementUtility.execute = take_over

        if _MANAGEMENT in sys.modules:
            patch(sys.modules[_MANAGEMENT])
        else:
            sys.meta_path.insert(0, _WhenImported(_MANAGEMENT, patch))
        try:
            runpy.run_path(script, run_name="__main__")
        except BaseException:
            # Once all was told, it does not matter how the script ends.
            if not session.begun:
                raise
        if session.begun:
            return
    # Without one, or with one that hands over to something else than Django's own entry.
    importlib.import_module("django")
    session.run()


# Neither class inherits from what importlib.abc has for them, which loads ten modules more.


class _WhenImported:
    """Calls back once a module was imported, without importing it any earlier than the project."""

    def __init__(self, name: str, then: Callable[[ModuleType], None]) -> None:
        self._name = name
        self._then = then

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,  # noqa: ARG002 -- the protocol of finders
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        if fullname != self._name:
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(fullname)
        if spec is not None and spec.loader is not None:
            spec.loader = _Loader(spec.loader, self._then)  # type: ignore[assignment]
        return spec


class _Loader:
    def __init__(self, loader: Any, then: Callable[[ModuleType], None]) -> None:
        self._loader = loader
        self._then = then

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        module: ModuleType | None = self._loader.create_module(spec)
        return module

    def exec_module(self, module: ModuleType) -> None:
        # As if we had never been in between.
        module.__loader__ = self._loader
        if module.__spec__ is not None:
            module.__spec__.loader = self._loader
        self._loader.exec_module(module)
        self._then(module)
