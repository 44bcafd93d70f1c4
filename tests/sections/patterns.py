"""URL patterns as a report has them, made of real ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver
from django.urls.resolvers import LocalePrefixPattern, RegexPattern


def report_urls(patterns: Any, parts: list[dict[str, Any]] | None = None) -> list[dict[str, Any]]:
    return list(_walk(patterns, parts or []))


def _walk(patterns: Any, before: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for one in patterns:
        parts = [*before, _part(one)]
        if isinstance(one, URLResolver):
            yield from _walk(one.url_patterns, parts)
        else:
            yield _url(one, parts)


def _url(one: URLPattern, parts: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "route": "".join(part["text"] for part in parts),
        "name": one.name,
        "view": f"{one.callback.__module__}.{one.callback.__qualname__}",
        "file": "shop/urls.py",
        "line": 3,
        "parts": parts,
    }


def _part(one: Any) -> dict[str, Any]:
    kind = "path"
    if isinstance(one.pattern, RegexPattern):
        kind = "regex"
    elif isinstance(one.pattern, LocalePrefixPattern):
        kind = "locale"
    return {
        "text": str(one.pattern),
        "kind": kind,
        "regex": one.pattern.regex.pattern,
        "converters": {},
        "file": "shop/urls.py",
        "line": 2,
    }
