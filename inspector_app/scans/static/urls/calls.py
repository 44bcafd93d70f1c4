"""Calls in a URLconf by what they are: ``path()``, ``include()``, routers, helpers of Django."""

from __future__ import annotations

import ast

PATTERNS = {"path": "path", "re_path": "regex", "url": "regex"}
_HOMES = ("django.urls", "django.conf.urls")
_HELPERS = {
    "include": _HOMES,
    "i18n_patterns": ("django.conf.urls.i18n",),
    "static": ("django.conf.urls.static",),
    "staticfiles_urlpatterns": ("django.contrib.staticfiles.urls",),
    "format_suffix_patterns": ("rest_framework.urlpatterns",),
    "decorate_urlpatterns": ("wagtail.utils.urlpatterns",),
    "register_converter": ("django.urls",),
}
# Classes of django-rest-framework and what extends it by name.
_ROUTERS = ("Router",)


def helper(full: str) -> str:
    """Which of the functions known here ``full`` is; empty for another one.

    ``full`` is its whole dotted name. ``path``, ``re_path`` and ``url`` are ``pattern``.
    """
    module, _, last = full.rpartition(".")
    if last in PATTERNS and module.startswith(_HOMES):
        return last
    return last if last in _HELPERS and module.startswith(_HELPERS[last]) else ""


def is_router(full: str) -> bool:
    """Whether a class makes URLs of what is registered with it."""
    return full.rpartition(".")[2].endswith(_ROUTERS)


def argument(call: ast.Call, position: int, name: str) -> ast.expr | None:
    """An argument by its place or its name."""
    for word in call.keywords:
        if word.arg == name:
            return word.value
    found = call.args[position : position + 1]
    return found[0] if found and not isinstance(found[0], ast.Starred) else None
