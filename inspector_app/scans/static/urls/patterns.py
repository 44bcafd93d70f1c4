"""One call of ``path()`` or ``re_path()``: a view with its name, or an include."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from inspector_app.scans.static.written import written

from .calls import argument
from .shapes import Include, Item, Part, Pattern

if TYPE_CHECKING:
    from .pattern_lists import PatternLists


def pattern(conf: PatternLists, node: ast.Call, kind: str) -> Item | None:
    """What ``path()`` makes of its arguments, None where one is missing."""
    route, view = argument(node, 0, "route"), argument(node, 1, "view")
    if route is None:
        route = argument(node, 0, "regex")
    if route is None or view is None:
        return None
    place = conf.place(node)
    part = Part(conf.scope.text(route), kind, place)
    given = argument(node, 2, "kwargs")
    included = conf.reader.includes.included(conf, part, view)
    if included is not None:
        return _with_defaults(conf, included, given)
    named = argument(node, 3, "name")
    name = conf.scope.text(named) if named is not None else None
    target = conf.views.view(conf.where.module, view, place)
    return Pattern(part, target, name, _defaults(conf, given))


def _with_defaults(conf: PatternLists, item: Item, given: ast.expr | None) -> Item:
    if isinstance(item, Include) and given is not None:
        return Include(item.part, item.items, item.namespace, _defaults(conf, given))
    return item


def _defaults(conf: PatternLists, node: ast.expr | None) -> dict[str, str]:
    if not isinstance(node, ast.Dict):
        return {}
    pairs = zip(node.keys, node.values, strict=True)
    texts = ((conf.scope.text(key) if key is not None else None, value) for key, value in pairs)
    return {key: written(value) or "…" for key, value in texts if key is not None}
