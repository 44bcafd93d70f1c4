"""Redacting bytes while they arrive: what is no secret passes at once, whatever the reads cut."""

from __future__ import annotations

import re
from collections.abc import Callable

from .marks import mark
from .scanner import Scanner
from .span import Open, Span

# How much of a line that is passed on already is looked at again, for the name of a value to come.
CONTEXT = 4096
# A value that is longer is replaced before its end is known, and the rest of it is left out.
HELD = 16 * 1024
# A text is looked through in parts of this size.
PART = 1024 * 1024


class StreamRedactor:
    """Takes the bytes of one stream and gives back those that may be kept.

    It holds back only what may yet turn out to be a part of a secret, at most :data:`HELD` bytes.
    """

    def __init__(self, scanner: Scanner, replaced: Callable[[], None]) -> None:
        self._scanner = scanner
        self._replaced = replaced
        # The end of what was passed on, and behind it what is held.
        self._text = b""
        self._passed = 0
        self._whole = True
        self._skip: re.Pattern[bytes] | None = None

    def feed(self, data: bytes) -> bytes:
        """Take ``data``; returns what is decided by now."""
        return b"".join(self._take(data[at : at + PART]) for at in range(0, len(data), PART))

    def settle(self) -> bytes:
        """Nothing came for a while: returns what was held, if it is no part of a secret itself.

        The first letters of a token's kind, such as the "g" of "ghp_", are the end of many words.
        """
        held = self._text[self._passed :]
        if not self._scanner.is_harmless_beginning(held):
            return b""
        self._passed = len(self._text)
        return held

    def flush(self) -> bytes:
        """The stream has ended: returns what was held."""
        if self._skip is not None:
            return b""
        found = self._scanner.find(self._text, final=True, whole=self._whole)
        rest = self._release(found.spans, len(self._text))
        self._text, self._passed = b"", 0
        return rest

    def _take(self, data: bytes) -> bytes:
        if self._skip is not None:
            end = self._skip.search(data)
            if end is None:
                return b""
            data, self._skip = data[end.start() :], None
        self._text += data
        found = self._scanner.find(self._text, final=False, whole=self._whole)
        result = self._release(found.spans, found.undecided)
        if len(self._text) - self._passed > HELD:
            result += self._give_up(found.open)
        self._forget(found.context)
        return result

    def _give_up(self, value: Open | None) -> bytes:
        """What is held is too long to wait for its end."""
        end = len(self._text)
        if value is None:
            return self._release([], end)
        self._skip = value.until
        return self._release([Span(self._passed, end, value.kind)], end)

    def _release(self, spans: list[Span], end: int) -> bytes:
        pieces = []
        at = self._passed
        for span in spans:
            if span.end <= at:
                continue
            pieces += [self._text[at : max(span.start, at)], mark(span.kind)]
            self._replaced()
            at = span.end
        pieces.append(self._text[at:end])
        self._passed = max(end, at)
        return b"".join(pieces)

    def _forget(self, context: int) -> None:
        """Keep what tells about the text to come: the line that is not finished, or its end."""
        start = min(context, self._passed)
        if self._passed - start > CONTEXT:
            start, self._whole = self._passed - CONTEXT, False
        elif start:
            self._whole = True
        self._text, self._passed = self._text[start:], self._passed - start
