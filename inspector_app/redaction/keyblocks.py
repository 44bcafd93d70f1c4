"""Private keys in PEM form, on lines of their own or on one line in a literal."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .span import Open, Span

KIND = "private key"
# What stands between the marks is a key from this length on, whether or not its end was printed.
LEAST = 40

_BLOCK = re.compile(
    rb"""
    -----BEGIN[ ](?:[A-Z0-9]{1,20}[ ]){0,4}PRIVATE[ ]KEY-----
    (?P<body>(?:
        [A-Za-z0-9+/=]++
      | \r?\n[ \t>|]*+
      | \\+[nr]
      | ['"][ ]*\r?\n[ \t]*+[bBrR]?['"]
      | (?:Proc-Type|DEK-Info):[^\r\n\\]*+
      | [ ](?=[A-Za-z0-9+/=]{20}|-----END)
    )*)
    """,
    re.VERBOSE,
)
_END = re.compile(rb"-----|[^A-Za-z0-9+/=\s\\'\">|]")


def find_keys(text: bytes, *, final: bool) -> Iterator[Span | Open]:
    for match in _BLOCK.finditer(text):
        start, end = match.span("body")
        if end == len(text) and not final:
            yield Open(start, KIND, _END)
            continue
        while text[end - 1 : end] in (b"\n", b"\r"):
            end -= 1
        first = start
        while text[first : first + 1] in (b"\n", b"\r"):
            first += 1
        if end - first >= LEAST:
            yield Span(first, end, KIND)
