"""Texts for people, with or without a call that translates them."""

from __future__ import annotations

import ast

from inspector_app.workspaces.source import dotted

TRANSLATIONS = frozenset(
    {
        *("_", "gettext", "gettext_lazy", "gettext_noop", "pgettext_lazy", "_lazy"),
        *("ugettext_lazy", "ugettext", "translation.gettext_lazy"),
    }
)


def text_of(node: ast.expr) -> str | None:
    """The text as the source has it; None where it is computed."""
    match node:
        case ast.Constant(value=str() as text):
            return text
        case ast.Call(func=function, args=[*_, inner]) if dotted(function) in TRANSLATIONS:
            return text_of(inner)
    return None
