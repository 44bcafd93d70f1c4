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
        word + rb"""[\w.-]{0,80}(?P<quote>\\?['"]|)\]?[ \t]{0,8}(?P<sep>=>?|:)(?![=:/])[ \t]{0,8}"""
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
_LITERAL, _BRACKET, _BARE = "literal", "bracket", "bare"


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
    colon: bool


@dataclass(frozen=True)
class _Value:
    """What stands beside a name, how it is written, and whether it is a secret."""

    kind: _Kind
    reach: Reach
    look: str
    secret: bool


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
        # Within a value no other one is looked for, or a long line would be read again and again.
        covered = 0
        for match in pattern.finditer(lowered):
            if match.start() < covered:
                continue
            value = _value(text, match, short=short, whole=whole)
            if value is not None:
                if value.look != _LITERAL:
                    covered = value.reach.end
                yield from _verdict(text, value, final=final)


def _value(
    text: bytes, match: re.Match[bytes], *, short: frozenset[bytes], whole: bool
) -> _Value | None:
    """What stands beside the name around ``match``; None if the name tells nothing."""
    quote = match["quote"]
    begin = max(match.start() - _LONGEST, 0)
    start = begin + 1 + text[begin : match.start()].translate(_OF_NAMES).rfind(b" ")
    kind = _kind(text[start : match.start("quote")])
    if not kind.telling or (quote and not text.endswith(quote, 0, start)):
        return None
    if kind.header and not quote and match["sep"] == b":":
        return _header(text, match.end(), kind)
    place = _Place(
        bool(quote),
        _is_at_start(text, start, whole=whole),
        text[start - 1 : start] in (b"?", b"&", b";"),
        text[match.start("sep") - 1 : match.start("sep")] == b" ",
        match["sep"] == b":",
    )
    return _beside(text, match.end(), kind, place, short)


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


def _header(text: bytes, at: int, kind: _Kind) -> _Value:
    scheme = _SCHEME.match(text, at)
    reach = bare(text, scheme.end()) if scheme else unquoted(text, at)
    sure = scheme is not None or "cookie" in kind.text.lower()
    return _Value(kind, reach, _BARE, sure or looks_secret(_text(reach.value)))


def _beside(
    text: bytes, at: int, kind: _Kind, place: _Place, short: frozenset[bytes]
) -> _Value | None:
    strong = kind.strength is Strength.STRONG
    if found := literal(text, at):
        secret = strong or found.value in short or looks_secret(_text(found.value))
        return _Value(kind, found, _LITERAL, secret)
    if text[at : at + 1] in (b"[", b"(", b"{"):
        inside = strong and (place.quoted or kind.setting)
        return _Value(kind, bracketed(text, at), _BRACKET, secret=True) if inside else None
    if kind.setting and place.at_start and place.spaced:
        reach = rest_of_line(text, at)
        return _Value(kind, reach, _BARE, strong and not _HARMLESS.fullmatch(reach.value))
    if place.quoted:
        return None
    reach = bare(text, at)
    secret = not place.spaced and _bare_is_secret(reach.value, kind, place, short)
    return _Value(kind, reach, _BARE, secret)


def _verdict(text: bytes, value: _Value, *, final: bool) -> Iterator[Span | Open]:
    reach, name = value.reach, value.kind.text
    if not reach.closed and reach.end == len(text) and not final:
        yield Open(reach.start, name, reach.until)
    elif value.secret:
        insides = [(reach.start, reach.end)]
        if value.look == _BRACKET:
            insides = strings_in(text, reach)
        for start, end in insides:
            if start < end and not is_marked(text[start:end]):
                yield Span(start, end, name)


def _bare_is_secret(value: bytes, kind: _Kind, place: _Place, short: frozenset[bytes]) -> bool:
    if not value or _HARMLESS.fullmatch(value):
        return False
    if value in short:
        return True
    if kind.strength is not Strength.STRONG or place.colon:
        # "TOKEN: missing" is a sentence.
        return looks_secret(_text(value))
    if kind.setting:
        return place.at_start or not _EXPRESSION.match(value)
    if place.in_query:
        return True
    return not _EXPRESSION.match(value) and not looks_public(_text(value)) and len(value) >= 6


def _text(value: bytes) -> str:
    return value.decode("utf-8", "replace")
