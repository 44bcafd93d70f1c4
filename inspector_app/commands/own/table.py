"""One table of djdesk.toml, read key by key: each has a type, and none may be left over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeVar

from inspector_app.errors import Problem

T = TypeVar("T")

FILE = "djdesk.toml"
_TEXT_LIMIT = 300
_PLAIN = re.compile(r"[\w-]{1,60}\Z", re.ASCII)


def bad(key: str, sentence: str) -> Problem:
    """What is wrong with the file, at ``key``; that is empty for the file as a whole."""
    return Problem(
        "bad_own_commands",
        f"{FILE}: {key}: {sentence}" if key else f"{FILE}: {sentence}",
        "Until it is mended, none of the commands in it is offered.",
        field=key or FILE,
    )


class Table:
    """``path`` is where it stands in the file, as in ``commands.report``."""

    def __init__(self, value: Any, path: str) -> None:
        if not isinstance(value, dict):
            raise bad(path, "expected a table.")
        self._left = dict(value)
        self.path = path

    def key(self, name: str) -> str:
        shown = name if _PLAIN.match(name) else repr(name[:60])
        return f"{self.path}.{shown}" if self.path else shown

    def tables(self, name: str, most: int, pattern: re.Pattern[str]) -> Iterator[tuple[str, Table]]:
        """The tables below ``name``, whose own names have the form of ``pattern``."""
        outer = Table(self._left.pop(name, {}), self.key(name))
        if len(outer._left) > most:
            raise bad(outer.path, f"more than {most} tables.")
        for inner, value in outer._left.items():
            if not pattern.match(inner):
                raise bad(outer.key(inner), "such a name is not possible.")
            yield inner, Table(value, outer.key(inner))

    def text(self, name: str, default: str | None = None, most: int = _TEXT_LIMIT) -> str:
        """One line of text for people; required where there is no default."""
        value = self._take(name, default, str, "text")
        if len(value) > most:
            raise bad(self.key(name), f"longer than {most} characters.")
        if not value.isprintable() or (default is None and not value.strip()):
            raise bad(self.key(name), "expected one line of text.")
        return value

    def word(self, name: str, default: str, pattern: re.Pattern[str], what: str) -> str:
        value = self.text(name, default)
        if not pattern.match(value):
            raise bad(self.key(name), f"{value[:60]!r} is not {what}.")
        return value

    def boolean(self, name: str) -> bool:
        return self._take(name, False, bool, "true or false")

    def integer(self, name: str, default: int | None, least: int, most: int) -> int:
        value = self._take(name, default, int, "a whole number")
        if not least <= value <= most:
            raise bad(self.key(name), f"expected {least} to {most}.")
        return value

    def words(self, name: str, pattern: re.Pattern[str], most: int) -> tuple[str, ...]:
        value: list[Any] = self._take(name, None, list, "a list of words")
        if not 1 <= len(value) <= most:
            raise bad(self.key(name), f"expected 1 to {most} words.")
        for one in value:
            if not isinstance(one, str) or len(one) > 60 or not pattern.match(one):
                raise bad(self.key(name), f"{str(one)[:60]!r} is not a plain word.")
        if len(set(value)) != len(value):
            raise bad(self.key(name), "a word is listed twice.")
        return tuple(value)

    def finish(self) -> None:
        """Refuse whatever was not asked for."""
        for name in self._left:
            raise bad(self.key(name), "this key is not known here.")

    def _take(self, name: str, default: T | None, kind: type[T], what: str) -> T:
        if name not in self._left:
            if default is None:
                raise bad(self.key(name), "this key is missing.")
            return default
        value = self._left.pop(name)
        # In Python true is a whole number as well.
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise bad(self.key(name), f"expected {what}.")
        return value
