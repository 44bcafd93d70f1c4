"""Through the statements of a body and of the blocks in it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from .class_shapes import Conditions


def statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a body and of the ``if``, ``try`` and ``with`` blocks in it."""
    for node in body:
        match node:
            case ast.If():
                yield from statements([*node.body, *node.orelse])
            case ast.Try():
                handled = [inner for handler in node.handlers for inner in handler.body]
                yield from statements([*node.body, *node.orelse, *handled, *node.finalbody])
            case ast.With():
                yield from statements(node.body)
            case _:
                yield node


def conditional(
    body: list[ast.stmt], conditions: Conditions = ()
) -> Iterator[tuple[ast.stmt, Conditions]]:
    """As :func:`statements`, each with the conditions of the ``if`` blocks around it."""
    for node in body:
        match node:
            case ast.If(test=test):
                yield from conditional(node.body, (*conditions, (test, True)))
                yield from conditional(node.orelse, (*conditions, (test, False)))
            case ast.Try() | ast.With():
                for inner in statements([node]):
                    yield inner, conditions
            case _:
                yield node, conditions
