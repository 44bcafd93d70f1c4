"""What a function of a URLconf returns: its statements executed on paper, with its defaults."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from inspector_app.scans.static.values import Value
from inspector_app.workspaces.source import dotted

from .shapes import Item

if TYPE_CHECKING:
    from .conf import Conf


def returned(conf: Conf, node: ast.Call) -> list[Item] | None:
    """The patterns of ``get_urlpatterns()``; None where it is given anything, or returns early."""
    name = dotted(node.func)
    function = conf.functions.get(name)
    if function is None or node.args or node.keywords or name in conf.calling:
        return None
    match function.body:
        case [*body, ast.Return(value=ast.expr() as value)] if not _needs(function.args):
            if any(isinstance(one, ast.Return) for each in body for one in ast.walk(each)):
                return None
        case _:
            return None
    held = (conf.lists, conf.single, conf.routers, conf.scope.own)
    conf.lists, conf.single, conf.routers = dict(conf.lists), dict(conf.single), dict(conf.routers)
    conf.scope.own = {**conf.scope.own, **_defaults(conf, function.args)}
    conf.calling.add(name)
    try:
        conf.run(body)
        return conf.items(value)
    finally:
        conf.calling.discard(name)
        conf.lists, conf.single, conf.routers, conf.scope.own = held


def _needs(arguments: ast.arguments) -> bool:
    """Whether a call without arguments would fail."""
    some = len(arguments.posonlyargs) + len(arguments.args) > len(arguments.defaults)
    return some or None in arguments.kw_defaults


def _defaults(conf: Conf, arguments: ast.arguments) -> dict[str, Value]:
    names = [one.arg for one in [*arguments.posonlyargs, *arguments.args]]
    values = dict(zip(names[::-1], arguments.defaults[::-1], strict=False))
    named = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    values |= {one.arg: value for one, value in named if value is not None}
    return {one: conf.scope.value(value) for one, value in values.items()}
