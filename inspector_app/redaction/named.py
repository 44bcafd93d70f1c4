"""Values that stand beside the name of a secret: settings, dicts, JSON, variables, headers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from .literals import Reach, bare, bracketed, literal, rest_of_line, strings_in, unquoted
from .marks import is_marked
from .names import Strength, strength
from .shapes import looks_public, looks_secret
from .span import Open, Span

# Each by itself, because a pattern that begins with a literal is searched for many times faster.
_WORDS = (b"api", b"auth", b"token", b"key", b"secret", b"pass", b"signature", b"cookie")
_BESIDE = tuple(
    re.compile(
        word + rb"""[\w.-]*+(?P<quote>\\?['"]|)\]?[ \t]{0,8}(?P<sep>=>?|:)(?![=:/])[ \t]{0,8}"""
    )
    for word in _WORDS
)
# The longest name that is recognised; everything that belongs to no name, as a space.
_LONGEST = 80
_OF_NAMES = bytes(
    byte if chr(byte).isascii() and (chr(byte).isalnum() or chr(byte) in "_.-") else 32
    for byte in range(256)
)
_HEADERS = re.compile(rb"(?:proxy-|http_)?authorization|(?:set-|http_)?cookie|x-[\w-]+")
_SCHEME = re.compile(rb"(?:basic|bearer|token|digest|negotiate|apikey)[ \t]+", re.IGNORECASE)
_HARMLESS = re.compile(
    rb"[+-]?[\d._]+|None|True|False|null|true|false|[\[({]\s*[\])}]|set\(\)|\.\.\.|<unset>"
)
# A call or an item: the text of a program, as tracebacks show it.
_EXPRESSION = re.compile(rb"[A-Za-z_][\w.]*[\[(]|[A-Za-z_][A-Za-z_.]*\Z|[{$%<]")
_OPENING = b"[({"


@dataclass(frozen=True)
class _Kind:
    """What a name by itself tells of the value beside it."""

    text: str
    strength: Strength
    # In capitals only, as settings and variables of the environment are.
    setting: bool
    header: bool

    @property
    def telling(self) -> bool:
        return self.header or self.strength is not Strength.NONE


@dataclass(frozen=True)
class _Place:
    """Where a name stands: ``quoted``, at the start of a line, in the query of an address."""

    quoted: bool
    at_start: bool
    in_query: bool
    spaced: bool


def find_named(
    text: bytes, *, final: bool, short: frozenset[bytes], whole: bool
) -> Iterator[Span | Open]:
    """The values beside names in ``text``.

    ``short`` are the known values that are too ordinary to be replaced elsewhere. ``whole`` says
    that ``text`` begins where a line does, ``final`` that nothing comes behind it.
    """
    if b"=" not in text and b":" not in text:
        return
    lowered = text.lower()
    for pattern in _BESIDE:
        for match in pattern.finditer(lowered):
            name_end = match.start("quote")
            begin = max(match.start() - _LONGEST, 0)
            start = begin + 1 + text[begin : match.start()].translate(_OF_NAMES).rfind(b" ")
            kind = _kind(text[start:name_end])
            quote = match["quote"]
            if kind.telling and (not quote or text.endswith(quote, 0, start)):
                place = _Place(
                    bool(quote),
                    _is_at_start(text, start, whole=whole),
                    text[start - 1 : start] in (b"?", b"&", b";"),
                    text[match.start("sep") - 1 : match.start("sep")] == b" ",
                )
                header = kind.header and not quote and match["sep"] == b":"
                if header:
                    yield from _header(text, match.end(), kind, final=final)
                else:
                    yield from _judge(text, match.end(), kind, place, final=final, short=short)


@lru_cache(maxsize=4096)
def _kind(raw: bytes) -> _Kind:
    name = raw.decode("ascii", "replace")
    header = _HEADERS.fullmatch(raw.lower()) is not None
    return _Kind(name, strength(name), raw.isupper(), header)


def _is_at_start(text: bytes, start: int, *, whole: bool) -> bool:
    lead = text[max(start - 8, 0) : start]
    for known in (b"", b"+ ", b"- ", b"export "):
        if lead == known and start == len(known):
            return whole
        if lead.endswith(b"\n" + known):
            return True
    return False


def _header(text: bytes, at: int, kind: _Kind, *, final: bool) -> Iterator[Span | Open]:
    scheme = _SCHEME.match(text, at)
    reach = bare(text, scheme.end()) if scheme else unquoted(text, at)
    is_secret = (
        scheme is not None or "cookie" in kind.text.lower() or looks_secret(_text(reach.value))
    )
    yield from _verdict(text, reach, kind, final=final, is_secret=is_secret)


def _judge(
    text: bytes, at: int, kind: _Kind, place: _Place, *, final: bool, short: frozenset[bytes]
) -> Iterator[Span | Open]:
    if found := literal(text, at):
        reach = found
        is_secret = (
            kind.strength is Strength.STRONG
            or reach.value in short
            or looks_secret(_text(reach.value))
        )
    elif text[at : at + 1] and text[at : at + 1] in _OPENING:
        if kind.strength is not Strength.STRONG or not (place.quoted or kind.setting):
            return
        yield from _strings_of_bracket(text, bracketed(text, at), kind, final=final)
        return
    elif kind.setting and place.at_start and place.spaced:
        reach = rest_of_line(text, at)
        is_secret = kind.strength is Strength.STRONG and not _HARMLESS.fullmatch(reach.value)
    elif place.quoted:
        return
    else:
        reach = bare(text, at)
        is_secret = not place.spaced and _bare_is_secret(reach.value, kind, place, short)
    yield from _verdict(text, reach, kind, final=final, is_secret=is_secret)


def _strings_of_bracket(
    text: bytes, reach: Reach, kind: _Kind, *, final: bool
) -> Iterator[Span | Open]:
    if not reach.closed and reach.end == len(text) and not final:
        yield Open(reach.start, kind.text, reach.until)
        return
    for start, end in strings_in(text, reach):
        if not is_marked(text[start:end]):
            yield Span(start, end, kind.text)


def _verdict(
    text: bytes, reach: Reach, kind: _Kind, *, final: bool, is_secret: bool
) -> Iterator[Span | Open]:
    if not reach.closed and reach.end == len(text) and not final:
        yield Open(reach.start, kind.text, reach.until)
    elif is_secret and reach.value and not is_marked(reach.value):
        yield Span(reach.start, reach.end, kind.text)


def _bare_is_secret(value: bytes, kind: _Kind, place: _Place, short: frozenset[bytes]) -> bool:
    if not value or _HARMLESS.fullmatch(value):
        return False
    if value in short:
        return True
    if kind.strength is not Strength.STRONG:
        return looks_secret(_text(value))
    if kind.setting:
        return place.at_start or not _EXPRESSION.match(value)
    if place.in_query:
        return True
    return not _EXPRESSION.match(value) and not looks_public(_text(value)) and len(value) >= 6


def _text(value: bytes) -> str:
    return value.decode("utf-8", "replace")
