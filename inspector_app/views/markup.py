"""HTML for long lists, escaped as templates escape it.

Django's ``format_html`` does the same three times slower: it looks for lazy translations in every
value, and here are only texts.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString


def filled(markup: str, *values: str) -> SafeString:
    """``markup`` with each ``{}`` filled; a value that is not safe yet is escaped."""
    return SafeString(
        markup.format(
            *(value if isinstance(value, SafeString) else escape(value) for value in values)
        )
    )


def joined(parts: Iterable[SafeString]) -> SafeString:
    return SafeString("\n".join(parts))
