"""Secrets that are known by their own shape, whatever they are called."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .span import Span

# A password in an address is shorter, and so is a token.
LONGEST = 4096


class _Shape:
    """Tokens that begin with one of ``begins``, all of one length, and go on with ``rest``."""

    def __init__(self, kind: str, rest: bytes, least: int, *begins: bytes) -> None:
        self.kind = kind
        self.begins = begins
        either = b"(?:" + b"|".join(re.escape(begin) for begin in begins) + b")"
        # Behind the literal: a pattern that begins with one is searched for many times faster.
        alone = rb"(?<![A-Za-z0-9_]" + either + b")"
        self.pattern = re.compile(either + alone + rest + b"{%d,}+" % least)
        self.unfinished = re.compile(either + alone + rest + rb"*+\Z")

    def begun(self, tail: bytes) -> int:
        """How many bytes at the end of ``tail`` are the first ones of a beginning, but not all."""
        for length in range(len(self.begins[0]) - 1, 0, -1):
            if tail.endswith(tuple(begin[:length] for begin in self.begins)):
                return length
        return 0


_SHAPES = (
    _Shape("AWS access key", rb"[A-Z2-7]", 16, b"AKIA", b"ASIA"),
    _Shape("GitHub token", rb"[A-Za-z0-9]", 30, b"ghp_", b"gho_", b"ghu_", b"ghs_", b"ghr_"),
    _Shape("GitHub token", rb"[A-Za-z0-9_]", 22, b"github_pat_"),
    _Shape("GitLab token", rb"[A-Za-z0-9_-]", 16, b"glpat-"),
    _Shape("Stripe key", rb"[A-Za-z0-9]", 10, b"sk_live_", b"sk_test_"),
    _Shape("Stripe key", rb"[A-Za-z0-9]", 10, b"rk_live_", b"rk_test_"),
    _Shape("Stripe key", rb"[A-Za-z0-9+/=]", 16, b"whsec_"),
    _Shape("Slack token", rb"[A-Za-z0-9-]", 10, *(b"xox%c-" % one for one in b"abeprs")),
    _Shape("Slack webhook", rb"[A-Za-z0-9/_-]", 20, b"hooks.slack.com/services/"),
    _Shape("Google key", rb"[A-Za-z0-9_-]", 30, b"AIza"),
    _Shape("SendGrid key", rb"[A-Za-z0-9_.-]", 40, b"SG."),
    _Shape("JSON web token", rb"[A-Za-z0-9_.=-]", 40, b"eyJ"),
    _Shape("SECRET_KEY", rb"[a-z0-9!@#$%^&*(_=+)-]", 16, b"django-insecure-"),
)
_JWT = re.compile(rb"eyJ[A-Za-z0-9_=-]{8,}\.eyJ[A-Za-z0-9_=-]{8,}\.[A-Za-z0-9_=-]*")

# The password of scheme://user:password@host: up to the last @ of the part that names the host; or,
# where what follows the colon is no port, up to the first @ at all.
_IN_ADDRESS = re.compile(
    rb"""
    ://[^\s/?\#'"<>:]*+:
    (?: (?P<password>[^\s/?\#'"<>]{1,1024})@[^\s/?\#'"<>@]*+
      | (?!\d{1,5}(?:[/?\#]|\Z))(?P<odd>[^\s'"<>@]{1,256})@[^\s/?\#'"<>@]*+ )
    """,
    re.VERBOSE,
)
_UNFINISHED_ADDRESS = re.compile(rb"""://[^\s/?#'"<>:]*+:(?!\d{1,5}[/?#])[^\s'"<>]*+\Z""")


def find_tokens(text: bytes) -> Iterator[Span]:
    """Tokens and passwords of addresses in ``text``."""
    for shape in _SHAPES:
        for match in shape.pattern.finditer(text):
            if shape.begins != (b"eyJ",) or _JWT.match(text, match.start()):
                yield Span(match.start(), match.end(), shape.kind)
    if b"@" in text and b"://" in text:
        for match in _IN_ADDRESS.finditer(text):
            group = "password" if match["password"] is not None else "odd"
            if not match[group].startswith(b"["):
                yield Span(match.start(group), match.end(group), "password")


def names_begin(held: bytes) -> bool:
    """Whether ``held`` is the beginning of what tells a token's kind, and not all of it."""
    return bool(held) and any(
        begin.startswith(held) and held != begin for shape in _SHAPES for begin in shape.begins
    )


def tokens_begin(text: bytes) -> int:
    """Where the end of ``text`` may be the beginning of one; its length if it is none."""
    first = len(text)
    tail = text[-LONGEST:]
    offset = len(text) - len(tail)
    for shape in _SHAPES:
        match = shape.unfinished.search(tail)
        begun = len(text) - shape.begun(tail)
        first = min(first, offset + match.start() if match else begun)
    address = _UNFINISHED_ADDRESS.search(tail) if b"://" in tail else None
    if address:
        first = min(first, offset + tail.index(b":", address.start() + 3) + 1)
    return first
