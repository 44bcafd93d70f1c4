"""The end of the probe's pipe in this process. Whoever writes to it is not trusted."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

# wagtail's own test project comes to 3 MB, its largest message to 1.2 MB.
MESSAGE_BYTES = 32 * 1024 * 1024
TOTAL_BYTES = 64 * 1024 * 1024
_READ_BYTES = 256 * 1024

logger = logging.getLogger(__name__)


class ProbeChannel:
    """A pipe with a name: the project's process opens it, this one reads messages, one a line.

    More than :data:`TOTAL_BYTES`, and lines that are no JSON object, are read and dropped: a
    writer must never have to wait. ``renamed`` are paths that are replaced in what is told.
    """

    def __init__(
        self,
        path: Path,
        told: Callable[[dict[str, Any]], None],
        renamed: dict[str, str],
    ) -> None:
        os.mkfifo(path, 0o600)
        # Open for writing too, so that it does not end whenever a writer closes it.
        self._descriptor = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
        self._told = told
        self._renamed = [(_in_json(old), _in_json(new)) for old, new in renamed.items()]
        self._part = bytearray()
        self._total = 0

    def fileno(self) -> int:
        return self._descriptor

    def take(self) -> None:
        """Read what is there, and pass on what is complete."""
        while data := self._read():
            self._total += len(data)
            if self._total > TOTAL_BYTES:
                self._part.clear()
                continue
            *lines, rest = data.split(b"\n")
            for line in lines:
                self._part += line
                self._pass_on(bytes(self._part))
                self._part.clear()
            self._part += rest
            if len(self._part) > MESSAGE_BYTES:
                self._part.clear()
                self._total = TOTAL_BYTES

    def close(self) -> None:
        os.close(self._descriptor)

    def _read(self) -> bytes:
        try:
            return os.read(self._descriptor, _READ_BYTES)
        except BlockingIOError:
            return b""

    def _pass_on(self, line: bytes) -> None:
        if not line.strip():
            return
        for old, new in self._renamed:
            line = line.replace(old, new)
        try:
            # NaN is no JSON, and nothing that keeps a report takes it.
            message = json.loads(line, parse_constant=lambda _name: None)
        except (ValueError, RecursionError):
            logger.warning("the probe said what is no JSON: %.200r", line)
            return
        if isinstance(message, dict):
            self._told(message)


def _in_json(path: str) -> bytes:
    return json.dumps(path)[1:-1].encode()
