"""How far a value reaches: to its closing quote, its closing bracket, or the end of its line."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Groups are not repeated with *+, which Python 3.11.2 matches wrongly; no alternative overlaps.
_LITERAL = re.compile(
    rb"""(?:[bBrRuUfF]{1,2}(?=['"]))?(?:
        '(?P<single>(?:[^'\\\n]|\\[^\n]?+)*)(?P<end1>'|)
      | "(?P<double>(?:[^"\\\n]|\\[^\n]?+)*)(?P<end2>"|)
      | \\(?P<mark>['"])(?P<escaped>(?:[^'"\\\n]|\\(?!(?P=mark))[^\n]?+)*)(?P<end3>\\(?P=mark)|)
    )""",
    re.VERBOSE,
)
_BARE = re.compile(rb"""[^\s'",;&)\]}>]*+""")
_LINE = re.compile(rb"[^\r\n]*+")
_UNQUOTED = re.compile(rb"""[^\r\n'"<>]*+""")
_MARK_OF_DEFAULTS = b"###"
_PIECES = re.compile(
    rb"""'(?:[^'\\\n]|\\[^\n])*'?|"(?:[^"\\\n]|\\[^\n])*"?|[\[({]|[\])}]|[^'"\[\](){}\n]++"""
)


@dataclass(frozen=True)
class Reach:
    """The bytes ``start`` to ``end`` of a value.

    ``closed`` says that what follows cannot belong to it; ``until`` matches where a longer value
    ends.
    """

    start: int
    end: int
    value: bytes
    closed: bool
    until: re.Pattern[bytes]


_QUOTES = {b"'": re.compile(rb"(?<!\\)['\n]"), b'"': re.compile(rb'(?<!\\)["\n]')}
_NEWLINE = re.compile(rb"\n")
_CLOSING = re.compile(rb"[\])}\n]")
_KEY = re.compile(rb"\s*:")
_SPACE = re.compile(rb"\s")


def literal(text: bytes, at: int) -> Reach | None:
    """The inside of a string literal at ``at``; to the end of the line where it is not closed."""
    match = _LITERAL.match(text, at)
    if match is None:
        return None
    for group, end, quote in (("single", "end1", b"'"), ("double", "end2", b'"')):
        if match[group] is not None:
            closed = bool(match[end]) or text[match.end() : match.end() + 1] == b"\n"
            return _reach(match, group, closed=closed, until=_QUOTES[quote])
    closed = bool(match["end3"]) or text[match.end() : match.end() + 1] == b"\n"
    return _reach(match, "escaped", closed=closed, until=_QUOTES[match["mark"]])


def bare(text: bytes, at: int) -> Reach:
    """A value without quotes: up to a space, a quote or a closing sign."""
    return _up_to(_BARE, text, at, _SPACE)


def unquoted(text: bytes, at: int) -> Reach:
    """All to the next quote or the end of the line: a header, perhaps within a string."""
    return _up_to(_UNQUOTED, text, at, _NEWLINE)


def rest_of_line(text: bytes, at: int) -> Reach:
    """All to the end of the line, without the mark that diffsettings puts behind defaults."""
    match = _LINE.match(text, at)
    end = match.end() if match else at
    value = text[at:end].removesuffix(_MARK_OF_DEFAULTS).rstrip()
    closed = end < len(text)
    return Reach(at, at + len(value) if closed else end, value, closed=closed, until=_NEWLINE)


def bracketed(text: bytes, at: int) -> Reach:
    """What a bracket at ``at`` holds, its own brackets excluded, on one line."""
    depth = 0
    end = at
    for piece in _PIECES.finditer(text, at):
        if piece.start() != end:
            break
        end = piece.end()
        if piece[0] in (b"[", b"(", b"{"):
            depth += 1
        elif piece[0] in (b"]", b")", b"}"):
            depth -= 1
            if depth == 0:
                return Reach(at + 1, end - 1, text[at + 1 : end - 1], closed=True, until=_CLOSING)
    closed = text[end : end + 1] == b"\n"
    return Reach(at + 1, end, text[at + 1 : end], closed=closed, until=_CLOSING)


def strings_in(text: bytes, reach: Reach) -> list[tuple[int, int]]:
    """Where the insides of the strings of a bracket are, without the keys of dicts."""
    found = []
    at = reach.start
    while at < reach.end:
        one = literal(text, at)
        if one is None or one.end == at:
            at += 1
            continue
        at = max(one.end + 1, at + 1)
        if not _KEY.match(text, at) and one.value:
            found.append((one.start, min(one.end, reach.end)))
    return found


def _up_to(pattern: re.Pattern[bytes], text: bytes, at: int, until: re.Pattern[bytes]) -> Reach:
    match = pattern.match(text, at)
    end = match.end() if match else at
    # A backslash before a quote belongs to the quote.
    value = text[at:end].rstrip(b"\\") if end < len(text) else text[at:end]
    return Reach(at, at + len(value), value, closed=end < len(text), until=until)


def _reach(match: re.Match[bytes], group: str, *, closed: bool, until: re.Pattern[bytes]) -> Reach:
    return Reach(match.start(group), match.end(group), match[group], closed=closed, until=until)
