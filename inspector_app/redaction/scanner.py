"""Finding secrets in text: known values, shapes of tokens, and what stands beside a name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .chains import follow
from .keyblocks import find_keys
from .named import find_named
from .secret import Secret
from .span import Open, Span, merged
from .tokens import find_tokens, names_begin, tokens_begin

# A value this long may stand inside of a word; a shorter one has to be a word.
ANYWHERE_FROM = 16
# A known value that its output breaks off within is a secret, too.
LEAST_BEGUN = 8

_WORD = re.compile(rb"[A-Za-z0-9_]")


@dataclass(frozen=True)
class _Known:
    kind: str
    spelling: bytes
    pattern: re.Pattern[bytes]


@dataclass(frozen=True)
class Found:
    """``spans`` are secrets; from ``undecided`` on it takes more text to tell.

    ``open`` is the value that begins there, if it is known what ends it. What is before ``context``
    says nothing about text to come.
    """

    spans: list[Span]
    undecided: int
    open: Open | None
    context: int


class Scanner:
    """Knows a project's secrets. Holds no state of a text, so that any number may be scanned."""

    def __init__(self, secrets: Iterable[Secret] = ()) -> None:
        spellings: dict[bytes, str] = {}
        short: set[bytes] = set()
        for secret in secrets:
            if secret.searched:
                for spelling in secret.spellings():
                    spellings.setdefault(spelling, secret.name)
            else:
                short.add(secret.value.encode("utf-8", "surrogatepass"))
        self._short = frozenset(short)
        # Longer ones first: one value may be a part of another.
        ordered = sorted(spellings.items(), key=lambda item: (-len(item[0]), item[0]))
        self._known = [_Known(kind, one, _pattern(one)) for one, kind in ordered]

    def find(self, text: bytes, *, final: bool, whole: bool = True) -> Found:
        """The secrets in ``text``.

        ``final``: nothing comes behind it. ``whole``: it begins where a line begins.
        """
        spans = [
            Span(match.start(), match.end(), known.kind)
            for known in self._known
            for match in known.pattern.finditer(text)
        ]
        spans += find_tokens(text)
        opened: list[Open] = []
        context = text.rfind(b"\n") + 1
        for one in (
            *find_keys(text, final=final),
            *find_named(text, final=final, short=self._short, whole=whole),
        ):
            if isinstance(one, Open):
                opened.append(one)
                continue
            chain = follow(text, one)
            spans += chain.parts
            if chain.reaches_end and not final:
                opened += chain.open
                context = min(context, text.rfind(b"\n", 0, one.start) + 1)
        if final:
            spans += self._broken_off(text)
            return Found(merged(spans), len(text), None, len(text))
        first = min(opened, key=lambda one: one.start, default=None)
        undecided = min(tokens_begin(text), self._begins(text))
        if first is not None and first.start <= undecided:
            undecided = first.start
        else:
            first = None
        spans = merged(spans)
        for span in reversed(spans):
            if span.start < undecided < span.end:
                # What reaches into the undecided part is decided with it.
                undecided, first = span.start, None
        context = min(context, text.rfind(b"\n", 0, undecided) + 1)
        return Found([span for span in spans if span.end <= undecided], undecided, first, context)

    def is_harmless_beginning(self, held: bytes) -> bool:
        """Whether ``held``, which is undecided, tells nothing of a secret whatever follows."""
        return names_begin(held) and not any(
            known.spelling.startswith(held[:1]) for known in self._known
        )

    def _begins(self, text: bytes) -> int:
        """Where the end of ``text`` may be the beginning of a known value, or one undecided."""
        first = len(text)
        for known in self._known:
            first = min(first, _begun(text, known.spelling))
        return first

    def _broken_off(self, text: bytes) -> list[Span]:
        spans = []
        for known in self._known:
            start = _begun(text, known.spelling)
            if len(text) - start >= LEAST_BEGUN:
                spans.append(Span(start, len(text), known.kind))
        return spans


def _pattern(spelling: bytes) -> re.Pattern[bytes]:
    # The condition stands behind the literal, because a pattern that begins with a literal is
    # searched for many times faster.
    escaped = re.escape(spelling)
    if len(spelling) >= ANYWHERE_FROM:
        return re.compile(escaped)
    before = rb"(?<![A-Za-z0-9_]" + escaped + b")" if _WORD.match(spelling) else b""
    after = rb"(?![A-Za-z0-9_])" if _WORD.match(spelling[-1:]) else b""
    return re.compile(escaped + before + after)


def _begun(text: bytes, spelling: bytes) -> int:
    """Where ``text`` ends with the first bytes of ``spelling``; its length where it does not.

    All of it counts as long as the next byte decides whether it is a word.
    """
    longest = len(spelling) if len(spelling) < ANYWHERE_FROM else len(spelling) - 1
    at = text.find(spelling[:1], max(len(text) - longest, 0))
    while at >= 0:
        if spelling.startswith(text[at:]):
            return at
        at = text.find(spelling[:1], at + 1)
    return len(text)
