"""What a function of a URLconf returns: its statements executed on paper, with its arguments."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from inspector_app.workspaces.source import dotted

from .shapes import Item

if TYPE_CHECKING:
    from .conf import Conf

# Functions that each call another twice would take longer with each of them.
_CALLS_LIMIT = 500


def returned(conf: Conf, node: ast.Call) -> list[Item] | None:
    """The patterns of ``get_urlpatterns()``; None where it returns early, or is not here."""
    name = dotted(node.func)
    function = conf.functions.get(name)
    given = _given(node, function.args) if function is not None else None
    if function is None or given is None or name in conf.calling:
        return None
    conf.calls += 1
    if conf.calls > _CALLS_LIMIT:
        conf.note(f"{conf.where.file}: functions are followed in part only")
        return None
    match function.body:
        case [*body, ast.Return(value=ast.expr() as value)]:
            if any(isinstance(one, ast.Return) for each in body for one in ast.walk(each)):
                return None
        case _:
            return None
    values = {one: conf.scope.value(word) for one, word in given.items()}
    lists = {one: conf.items(word) for one, word in given.items()}
    held = (conf.lists, conf.single, conf.routers, conf.scope.own)
    conf.lists = {one: items for one, items in {**conf.lists, **lists}.items() if items is not None}
    conf.single, conf.routers = dict(conf.single), dict(conf.routers)
    conf.scope.own = {**conf.scope.own, **values}
    conf.calling.add(name)
    try:
        conf.run(body)
        return conf.items(value)
    finally:
        conf.calling.discard(name)
        conf.lists, conf.single, conf.routers, conf.scope.own = held


def _given(node: ast.Call, arguments: ast.arguments) -> dict[str, ast.expr] | None:
    """What each parameter is in a call; None where that would fail or is computed."""
    places = [one.arg for one in [*arguments.posonlyargs, *arguments.args]]
    named = [one.arg for one in arguments.kwonlyargs]
    words = dict(zip(places[::-1], arguments.defaults[::-1], strict=False))
    defaults = zip(named, arguments.kw_defaults, strict=True)
    words |= {one: value for one, value in defaults if value is not None}
    if arguments.vararg or arguments.kwarg or len(node.args) > len(places):
        return None
    if any(isinstance(one, ast.Starred) for one in node.args):
        return None
    words |= dict(zip(places, node.args, strict=False))
    words |= {one.arg: one.value for one in node.keywords if one.arg is not None}
    return words if words.keys() == {*places, *named} else None
