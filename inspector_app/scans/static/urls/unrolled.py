"""Comprehensions over a table: ``[path(route, view) for route, view in [("a/", a), …]]``."""

from __future__ import annotations

import ast
import copy

_ROWS_LIMIT = 200


def unrolled(node: ast.ListComp) -> list[ast.expr] | None:
    """The element for each row, with what stands in the row; None where it is no such table."""
    match node.generators:
        case [
            ast.comprehension(
                target=ast.Tuple(elts=targets),
                iter=ast.List(elts=rows) | ast.Tuple(elts=rows),
                ifs=[],
            )
        ]:
            names = [one.id for one in targets if isinstance(one, ast.Name)]
        case _:
            return None
    if len(names) != len(targets) or len(rows) > _ROWS_LIMIT:
        return None
    found = []
    for row in rows:
        if not isinstance(row, ast.Tuple | ast.List) or len(row.elts) != len(names):
            return None
        words = dict(zip(names, row.elts, strict=True))
        found.append(_Filled(words).visit(copy.deepcopy(node.elt)))
    return found


class _Filled(ast.NodeTransformer):
    def __init__(self, words: dict[str, ast.expr]) -> None:
        self._words = words

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self._words.get(node.id, node)
