"""Remembering which files and folders were looked at, to know later whether any of them changed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

State = tuple[int, int, int] | None
Seen = dict[str, State]

_seen: ContextVar[Seen | None] = ContextVar("seen", default=None)


@contextmanager
def looking() -> Iterator[Seen]:
    """Collects what is looked at from here on, each with its state before that."""
    seen: Seen = {}
    token = _seen.set(seen)
    try:
        yield seen
    finally:
        _seen.reset(token)


def looked_at(path: str | os.PathLike[str]) -> None:
    """To be called before a file is read, a folder is listed, or a path is tried."""
    seen = _seen.get()
    if seen is not None:
        text = os.fspath(path)
        if text not in seen:
            seen[text] = state_of(text)


def state_of(path: str) -> State:
    """What changes with a file's content or a folder's entries; None where nothing is there."""
    try:
        info = os.stat(path)  # noqa: PTH116 -- thousands of times in a scan
    except (OSError, ValueError):
        return None
    return info.st_mtime_ns, info.st_size, info.st_ino


def unchanged(seen: Seen) -> bool:
    return all(state_of(path) == state for path, state in seen.items())
