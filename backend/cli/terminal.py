"""A command's output on a terminal: colours pass, whatever else a terminal would obey does not."""

from __future__ import annotations

import re

REPLACEMENT = "\N{REPLACEMENT CHARACTER}".encode()

# Colours; every control character but tab, newline and return; those above 127 in UTF-8.
_ORDERS = re.compile(
    rb"(?P<colour>\x1b\[[0-9;:]{0,40}m)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\xc2[\x80-\x9f]"
)
_UNFINISHED = re.compile(rb"(?:\x1b(?:\[[0-9;:]{0,40})?|\xc2)\Z")


class TerminalFilter:
    """Takes bytes as they come; holds back an order that is not complete."""

    def __init__(self) -> None:
        self._held = b""

    def feed(self, data: bytes) -> bytes:
        data, self._held = self._held + data, b""
        unfinished = _UNFINISHED.search(data)
        if unfinished:
            data, self._held = data[: unfinished.start()], unfinished[0]
        return _ORDERS.sub(lambda found: found["colour"] or REPLACEMENT, data)
