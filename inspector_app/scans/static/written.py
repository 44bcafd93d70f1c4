"""Expressions and lists of names as people read them: short."""

from __future__ import annotations

import ast

LONGEST = 200
# What has more lines is not put into words.
_LINES = 12
_NAMED = 8


def written(node: ast.expr) -> str:
    """The text of ``node`` on one line, cut where it is long; empty for what has many lines."""
    if (node.end_lineno or node.lineno) - node.lineno >= _LINES:
        return ""
    try:
        text = ast.unparse(node)
    except RecursionError:
        return ""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def some(names: list[str]) -> str:
    """The first of ``names``, and how many more there are."""
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")
