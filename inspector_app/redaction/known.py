"""The secrets this process has come across, for what is not said about one project: its own log."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .redactor import Redactor
    from .secret import Secret

_lock = threading.Lock()
_by_project: dict[str, tuple[Secret, ...]] = {}
_redactor: Redactor | None = None


def remember(root: str, secrets: Iterable[Secret]) -> None:
    """Keep the secrets of the project in ``root``, in the place of those it had before."""
    global _redactor  # noqa: PLW0603 -- one for the process, as its log is
    now = tuple(secrets)
    with _lock:
        if _by_project.get(root) != now:
            _by_project[root] = now
            _redactor = None


def is_known(root: str) -> bool:
    """Whether the secrets of the project in ``root`` were read."""
    return root in _by_project


def redacted(data: Any) -> Any:
    """A text, or JSON, without the secrets of any project."""
    return _current().data(data)


def _current() -> Redactor:
    global _redactor  # noqa: PLW0603
    with _lock:
        if _redactor is None:
            # Not before it is needed: its patterns would cost a part of each start.
            from .redactor import Redactor

            _redactor = Redactor(one for some in _by_project.values() for one in some)
        return _redactor


class RedactingFormatter(logging.Formatter):
    """Formats a record, its traceback included, without the secrets of any project."""

    def format(self, record: logging.LogRecord) -> str:
        return str(redacted(super().format(record)))
