"""One project's secrets, replaced in whatever is said about it, and how many there were."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from .marks import mark
from .scanner import Scanner
from .secret import Secret
from .stream import StreamRedactor

_WITHOUT_TEXT = frozenset({type(None), bool, int, float})


class Redactor:
    """Replaces secrets by marks; ``count`` is the number of marks that it has set."""

    def __init__(self, secrets: Iterable[Secret] = ()) -> None:
        self._scanner = Scanner(secrets)
        self.count = 0

    def stream(self) -> StreamRedactor:
        """For the bytes of one stream."""
        return StreamRedactor(self._scanner, self._replaced)

    def text(self, text: str) -> str:
        """A text that is there as a whole: a message, a line of a report."""
        data = text.encode("utf-8", "surrogatepass")
        spans = self._scanner.find(data, final=True).spans
        if not spans:
            return text
        pieces, at = [], 0
        for span in spans:
            pieces += [data[at : span.start], mark(span.kind)]
            at = span.end
            self._replaced()
        return b"".join([*pieces, data[at:]]).decode("utf-8", "surrogatepass")

    def lines(self, data: bytes) -> list[bytes]:
        """The lines of a whole file with their ends, as many as it has, secrets replaced.

        A secret of several lines is replaced in each of them.
        """
        pieces, at = [], 0
        for span in self._scanner.find(data, final=True).spans:
            pieces.append(data[at : span.start])
            parts = data[span.start : span.end].split(b"\n")
            pieces.append(b"\n".join(mark(span.kind) if part.strip() else part for part in parts))
            at = span.end
            self._replaced()
        return split_lines(b"".join([*pieces, data[at:]]))

    def data(self, value: Any, texts: Collection[str] | None = None) -> Any:
        """The same for every text in JSON; numbers and keys stay.

        ``texts`` are those of ``value``, and perhaps more, of a caller who has them already.
        """
        # All at once first: a report has tens of thousands of texts, and hardly ever a secret.
        joined = "\n".join(texts_of(value) if texts is None else texts)
        if not self._scanner.find(joined.encode("utf-8", "surrogatepass"), final=True).spans:
            return value
        return _replaced_by(value, {text: self.text(text) for text in texts_of(value)})

    def _replaced(self) -> None:
        self.count += 1


def split_lines(data: bytes) -> list[bytes]:
    """Lines end with a newline and nothing else, as a patch counts them."""
    lines = data.split(b"\n")
    last = lines.pop()
    return [line + b"\n" for line in lines] + ([last] if last else [])


def texts_of(value: Any, *, keys: bool = False) -> dict[str, None]:
    """Every text in JSON once; those that are ``keys`` only when asked for.

    A loop and not a generator for each level: a report has hundreds of thousands of values.
    """
    found: dict[str, None] = {}
    names: set[str] = set()
    pending: list[Any] = [[value]]
    while pending:
        one = pending.pop()
        if isinstance(one, dict):
            if keys:
                names.update(one)
            one = one.values()
        for inner in one:
            # Most of all there is; to compare types takes half as long as isinstance.
            kind = type(inner)
            if kind is str:
                found[inner] = None
            elif kind is dict or kind is list:
                pending.append(inner)
            elif kind in _WITHOUT_TEXT:
                continue
            elif isinstance(inner, str):
                found[inner] = None
            elif isinstance(inner, (dict, list, tuple)):
                pending.append(inner)
    return found | dict.fromkeys(names)


def _replaced_by(value: Any, texts: dict[str, str]) -> Any:
    if isinstance(value, str):
        return texts[value]
    if isinstance(value, dict):
        return {key: _replaced_by(inner, texts) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_replaced_by(inner, texts) for inner in value]
    return value
