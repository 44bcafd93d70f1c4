"""Where each URL pattern is written: the frame that made it."""

from __future__ import annotations

import sys
from typing import Any

from .places import NOWHERE, Place

# By identity: patterns compare and hash as their classes like. Each is kept, so none is reused.
_places: dict[int, tuple[object, Place]] = {}
_DEEPEST = 12


def record() -> None:
    """From now on remember who makes a pattern; called before the project's URLconf is imported."""
    from django.urls.resolvers import URLPattern, URLResolver

    for kind in (URLPattern, URLResolver):
        _wrap(kind)


def place_of(pattern: object) -> Place:
    kept = _places.get(id(pattern))
    return kept[1] if kept is not None else NOWHERE


def _wrap(kind: Any) -> None:
    original = kind.__init__

    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:  # noqa: N807
        _places[id(self)] = (self, _caller())
        original(self, *args, **kwargs)

    kind.__init__ = __init__


def _caller() -> Place:
    """The first frame that is not Django's function ``path`` or a class of patterns."""
    frame = sys._getframe(2)
    for _ in range(_DEEPEST):
        file = frame.f_code.co_filename.replace("\\", "/")
        between = file.endswith(("django/urls/conf.py", "django/conf/urls/__init__.py", "i18n.py"))
        if not between and frame.f_code.co_name != "__init__":
            break
        if frame.f_back is None:
            break
        frame = frame.f_back
    return frame.f_code.co_filename, frame.f_lineno
