"""Top-level functions and classes of a file, found without parsing the rest of it.

A project has more view code than anything else, and of most of it only the names are needed.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from pathlib import Path

from inspector_app.workspaces.source import Unreadable, read_bytes

_DEFINITION = re.compile(
    # Possessive and with limits: a file of nothing but decorators would be read for ever.
    r"^(?P<decorators>(?:@[^\n]*+\n(?:(?:[ \t)\]}#][^\n]*+)?\n){0,100}+){0,20}+)"
    r"(?P<head>(?:async[ \t]+)?(?:def|class)[ \t]+(?P<name>\w+))",
    re.MULTILINE,
)
# The next line that is not indented ends a class.
_END = re.compile(r"^[^\s)\]}#]", re.MULTILINE)
_LONGEST_CLASS = 200_000
# Without one of these in a class's body its head tells all that is asked for.
_TELLING = ("permission_", "def dispatch")
_HEAD = re.compile(r"[^\n]*(?:\n[^\n]+){0,30}?:(?=[ \t]*(?:#[^\n]*)?\n)")


@dataclass(frozen=True)
class Definition:
    """``node`` has the decorators and, of a class, its whole body; of a function none."""

    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    line: int


@dataclass
class Definitions:
    """Those of one file; the last of several with a name, as Python has it."""

    _text: str
    _found: dict[str, re.Match[str]] = field(default_factory=dict)
    # Most views of a project extend the same few.
    _read: dict[str, Definition | None] = field(default_factory=dict)

    @classmethod
    def of(cls, path: Path) -> Definitions:
        """Those in ``path``, none where it cannot be read."""
        try:
            text = read_bytes(path).decode("utf-8", "replace").replace("\r\n", "\n")
        except Unreadable:
            return cls("")
        return cls(text, {match["name"]: match for match in _DEFINITION.finditer(text)})

    def __contains__(self, name: str) -> bool:
        return name in self._found

    def get(self, name: str) -> Definition | None:
        if name not in self._read:
            self._read[name] = self._definition(name)
        return self._read[name]

    def _definition(self, name: str) -> Definition | None:
        match = self._found.get(name)
        if match is None:
            return None
        node = _parsed(self._source(match))
        line = self._text.count("\n", 0, match.start("head")) + 1
        return Definition(node, line) if node is not None else None

    def _source(self, match: re.Match[str]) -> str:
        if "class" not in match["head"]:
            return f"{match['decorators']}def {match['name']}(): pass\n"
        end = _END.search(self._text, match.end())
        source = self._text[match.start() : end.start() if end else None][:_LONGEST_CLASS]
        if any(word in source for word in _TELLING):
            return source
        head = _HEAD.match(source, match.start("head") - match.start())
        return f"{source[: head.end()]} pass\n" if head else source


def _parsed(source: str) -> ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | None:
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None
    match tree.body:
        case [ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef() as node, *_]:
            return node
    return None
