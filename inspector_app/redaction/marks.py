"""What stands in the place of a secret."""

from __future__ import annotations

import re

MARK = b"[redacted: "
_MARKED = re.compile(rb"[\s,]*(?:\[redacted: [\w .-]{1,80}\][\s,]*)+")
_PLAIN = re.compile(r"[^\w.-]+", re.ASCII)


def mark(kind: str) -> bytes:
    """What stands in the place of a secret: what kind it was, and nothing of it."""
    return MARK + _PLAIN.sub(" ", kind).strip()[:60].encode() + b"]"


def is_marked(value: bytes) -> bool:
    """Whether ``value`` was redacted before."""
    return MARK in value and _MARKED.fullmatch(value) is not None
