"""What the engine does without, so that it stays small."""

from __future__ import annotations

import sys

# glibc's malloc.h
_M_ARENA_MAX = -8


def without_openssl() -> None:
    """Let every later import find no OpenSSL; call it before any other import.

    It would take 5 MiB. The engine makes no TLS connection, and Python's own hashes are the same.
    """
    for name in ("ssl", "_ssl", "_hashlib"):
        sys.modules[name] = None  # type: ignore[assignment]


def with_one_heap() -> None:
    """Let all threads share one heap; call it before the first thread.

    By default glibc gives each of our twenty threads its own, and what one frees no other can use:
    3 MiB after a few pages. The threads wait for the interpreter's lock anyway. Elsewhere, and with
    another C library, this changes nothing.
    """
    if sys.platform != "linux":
        return
    import ctypes

    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_ARENA_MAX, 1)
