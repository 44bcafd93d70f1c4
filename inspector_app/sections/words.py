"""Filters of the pages: the same words fit the same rows here and in the browser."""

from __future__ import annotations

from collections.abc import Iterable


def words_of(text: str) -> list[str]:
    """What somebody typed, as words to look for."""
    return text.lower().split()


def fits(words: Iterable[str], text: str) -> bool:
    """Whether ``text`` has all ``words``."""
    lower = text.lower()
    return all(word in lower for word in words)
