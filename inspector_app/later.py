"""Views that are imported when they are first asked for.

The first page of a new window needs one of forty; importing them all took longer than making it.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase


def view(name: str) -> Callable[..., HttpResponseBase]:
    """The function ``module.function`` of :mod:`inspector_app.views`."""
    module, _, function = name.rpartition(".")

    def later(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = getattr(import_module(f"inspector_app.views.{module}"), function)
        answer: HttpResponseBase = found(request, *args, **kwargs)
        return answer

    later.__name__ = later.__qualname__ = name
    return later
