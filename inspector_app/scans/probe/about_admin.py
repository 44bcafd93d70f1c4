"""What is registered with the admin, for every site there is."""

from __future__ import annotations

import sys
from typing import Any

from .places import of_class
from .plain import dotted, plain, text

# By what a list is asked for, and what it shows.
_HOOKS = ("get_queryset", "get_list_select_related", "get_list_display", "get_changelist")


def read(notes: list[str]) -> list[dict[str, Any]]:
    # Asking for it is no reason to import it.
    module = sys.modules.get("django.contrib.admin.sites")
    if module is None:
        return []
    found = []
    for site in list(module.all_sites):
        for model, options in sorted(site._registry.items(), key=lambda pair: pair[0]._meta.label):
            # Libraries register what only looks like a model, for a page of their own.
            try:
                found.append(_entry(text(site.name), model, options))
            except Exception as error:
                name = dotted(type(options))
                notes.append(f"{name} cannot be told of: {type(error).__name__}: {text(error)}")
    return found


def _entry(site: str, model: Any, options: Any) -> dict[str, Any]:
    file, line = of_class(type(options))
    selected = options.list_select_related
    return {
        "model": text(model._meta.label),
        "site": site,
        "class": dotted(type(options)),
        "file": file,
        "line": line,
        "list_display": _names(options.list_display),
        "list_filter": _names(options.list_filter),
        "search_fields": _names(options.search_fields),
        "list_select_related": selected if isinstance(selected, bool) else plain(selected),
        "own_query": _own_query(model, options),
        "raw_id_fields": _names(options.raw_id_fields),
        "autocomplete_fields": _names(options.autocomplete_fields),
        "inlines": [dotted(one) for one in options.inlines],
    }


def _own_query(model: Any, options: Any) -> bool:
    """Whether code that is not Django's decides what the list shows, or how it is asked for."""
    hooks = [getattr(type(options), name, None) for name in _HOOKS]
    manager = getattr(model, "_default_manager", None)
    hooks.append(getattr(type(manager), "get_queryset", None))
    return not all(text(getattr(one, "__module__", "")).startswith("django.") for one in hooks)


def _names(given: Any) -> list[str]:
    """A list of an admin holds names, or functions and classes, or pairs with one in front."""
    found = []
    for one in given or ():
        first = one[0] if isinstance(one, (list, tuple)) and one else one
        found.append(first if isinstance(first, str) else dotted(first) or text(first))
    return found
