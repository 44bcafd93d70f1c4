"""Every URL of the resolver, with the whole way to it."""

from __future__ import annotations

from typing import Any, Iterator

from .pattern_places import place_of
from .places import layers, of_callable, unwrapped
from .plain import dotted, shown, text
from .view_guards import decorators, methods

_MOST = 20_000
_DEEPEST = 40


def read(notes: list[str]) -> list[dict[str, Any]]:
    from django.conf import settings
    from django.urls import get_resolver

    if not hasattr(settings, "ROOT_URLCONF"):
        notes.append("ROOT_URLCONF is not set, so there are no URLs")
        return []
    found: list[dict[str, Any]] = []
    for entry in _walk(get_resolver(), _Way()):
        if len(found) >= _MOST:
            notes.append(f"only the first {_MOST} URLs are listed")
            break
        found.append(entry)
    return found


class _Way:
    """What lies between the root and a pattern."""

    def __init__(self) -> None:
        self.route = ""
        self.parts: list[dict[str, Any]] = []
        self.namespaces: list[str] = []
        self.generated: str | None = None
        self.defaults: dict[str, str] = {}
        self.includes: list[Any] = []

    def beyond(self, one: Any) -> _Way:
        way = _Way()
        way.route = self.route + str(one.pattern)
        way.parts = [*self.parts, _part(one)]
        namespace = getattr(one, "namespace", None)
        way.namespaces = [*self.namespaces, text(namespace)] if namespace else self.namespaces
        given = getattr(one, "default_kwargs", None) or getattr(one, "default_args", None) or {}
        way.defaults = {**self.defaults, **{text(key): shown(given[key], 200) for key in given}}
        way.generated = self.generated or _generator(one)
        return way


def _walk(resolver: Any, way: _Way) -> Iterator[dict[str, Any]]:
    # A URLconf may include itself.
    if len(way.includes) >= _DEEPEST:
        return
    for one in resolver.url_patterns:
        here = way.beyond(one)
        if hasattr(one, "url_patterns"):
            here.includes = [*way.includes, one]
            yield from _walk(one, here)
        else:
            yield _entry(one, here)


def _entry(pattern: Any, way: _Way) -> dict[str, Any]:
    view = pattern.callback
    target = _target(view)
    view_file, view_line = of_callable(target)
    file, line = place_of(pattern)
    return {
        "route": text(way.route),
        "name": _name(pattern.name, way.namespaces),
        "view": dotted(target) or dotted(type(target)),
        "file": file,
        "line": line,
        "view_file": view_file,
        "view_line": view_line,
        "parts": way.parts,
        "namespaces": way.namespaces,
        "methods": methods(view, target),
        "decorators": decorators(view, target),
        "generated": way.generated or _maker(view),
        "default_args": way.defaults,
    }


def _name(name: Any, namespaces: list[str]) -> str | None:
    return None if name is None else ":".join([*namespaces, text(name)])


def _target(view: Any) -> Any:
    """The class of a class-based view, else the function behind the decorators."""
    for layer in layers(view):
        for attribute in ("view_class", "cls"):
            found = getattr(layer, attribute, None)
            if isinstance(found, type):
                return found
    return unwrapped(view)


def _part(one: Any) -> dict[str, Any]:
    pattern = one.pattern
    kinds = {base.__name__ for base in type(pattern).__mro__}
    names = {"RoutePattern": "path", "RegexPattern": "regex", "LocalePrefixPattern": "locale"}
    file, line = place_of(one)
    converters = getattr(pattern, "converters", None) or {}
    return {
        "text": text(pattern),
        "kind": next((kind for name, kind in names.items() if name in kinds), "other"),
        "regex": _regex(pattern),
        "converters": {text(key): dotted(type(one)) for key, one in converters.items()},
        "file": file,
        "line": line,
    }


def _regex(pattern: Any) -> str:
    """Its text, without compiling it: Django does that when a request first needs it.

    A translated route has another one in each language.
    """
    kept = getattr(pattern, "_regex", None)
    if isinstance(kept, str) and isinstance(getattr(pattern, "_route", ""), str):
        return text(kept)
    from django.urls import resolvers

    try:
        made: Any = getattr(resolvers, "_route_to_regex")(  # noqa: B009 -- in no stubs
            str(pattern._route), pattern._is_endpoint
        )
        return text(made[0])
    except Exception:
        return _compiled(pattern)


def _compiled(pattern: Any) -> str:
    try:
        return text(pattern.regex.pattern)
    except Exception:  # A regular expression that is none; the checks tell of it.
        return ""


def _generator(one: Any) -> str | None:
    """What makes the patterns of an include."""
    if getattr(one, "app_name", None) != "admin" or not hasattr(one, "url_patterns"):
        return None
    made = any(hasattr(each.callback, "admin_site") for each in one.url_patterns if _is_view(each))
    return "admin.site.urls" if made else None


def _is_view(one: Any) -> bool:
    return hasattr(one, "callback")


def _maker(view: Any) -> str | None:
    given = getattr(view, "initkwargs", None)
    if getattr(view, "cls", None) is not None and isinstance(given, dict) and "basename" in given:
        return "DRF router"
    return None
