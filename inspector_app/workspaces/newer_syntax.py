"""Python that is newer than the one DJDesk runs on, said in older words, line for line.

DJDesk may run on an older Python than the project. What the grammar gained in 3.12 to 3.15 and what
people write is put into words of 3.11 that declare the same: type parameters (PEP 695) and lazy
imports (PEP 810) are dropped, ``except A, B:`` (PEP 758) gets its brackets, and fields of f-strings
and t-strings that only PEP 701 and 750 allow become one name that stands for nothing known.
"""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterator

_PIECE = re.compile(
    r"""(?P<comment>\#[^\n]*)"""
    r"""|(?P<prefix>\b(?:[bu]|r?[ft]|[bft]?r|rb))?(?P<quote>\"{3}|'{3}|"|')"""
    r"""|(?P<open>[\[({])|(?P<close>[\])}])|(?P<line>(?<!\\)\n)|(?P<colon>:)""",
    re.IGNORECASE,
)
_HEAD = re.compile(r"[ \t]*(?:async[ \t]+def|def|class)[ \t]+\w+[ \t]*(?=\[)")
_TYPE = re.compile(r"([ \t]*)(type[ \t]+)(\w+[ \t]*)(?=[\[=])")
_LAZY = re.compile(r"lazy[ \t]+(?=import\b|from\b)")
_EXCEPT = re.compile(r"[ \t]*except\b[ \t]*\*?[ \t]*")
_UNKNOWN = "{_}"
_UNCLOSED = "a string or a bracket is not closed"


def in_older_words(data: bytes) -> str:
    """The text of a Python file without what is newer than Python 3.11.

    Raises:
        ValueError: its bytes are no text, or something in it is not closed.
        SyntaxError: they name an encoding that is none.
    """
    encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    text = io.TextIOWrapper(io.BytesIO(data), encoding).read()
    return _Text(text).rewritten()


class _Text:
    """One pass over a text, from statement to statement."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._done: list[str] = []

    def rewritten(self) -> str:
        while self._at < len(self._text):
            self._statement()
        return "".join(self._done)

    def _statement(self) -> None:
        if lazy := _LAZY.match(self._text, self._at):
            self._at = lazy.end()
        elif alias := _TYPE.match(self._text, self._at):
            self._done.append(alias[1] + alias[3])
            self._at = alias.end()
            self._parameters()
        elif head := _HEAD.match(self._text, self._at):
            self._done.append(head[0])
            self._at = head.end()
            self._parameters()
        elif clause := _EXCEPT.match(self._text, self._at):
            self._done.append(clause[0])
            self._at = clause.end()
            self._exceptions()
        self._rest()

    def _parameters(self) -> None:
        """Drop ``[T: int]``, but not the lines that it takes."""
        if self._text[self._at : self._at + 1] == "[":
            end = _closing(self._text, self._at + 1)
            self._done.append("\\\n" * self._text.count("\n", self._at, end))
            self._at = end

    def _exceptions(self) -> None:
        """Put brackets around several exceptions that have none."""
        text, position, depth = self._text, self._at, 0
        for piece in _pieces(text, self._at):
            depth += bool(piece["open"]) - bool(piece["close"])
            if depth == 0 and (piece["line"] or piece["colon"]):
                position = piece.start()
                break
        names = text[self._at : position]
        several = "," in re.sub(r"[\[({].*[\])}]", "", names, flags=re.DOTALL)
        self._done.append(f"({names})" if several else names)
        self._at = position

    def _rest(self) -> None:
        """What is left of a statement, to the end of its last line."""
        depth = 0
        for piece in _pieces(self._text, self._at):
            depth += bool(piece["open"]) - bool(piece["close"])
            if piece["quote"] and _is_template(piece):
                self._done.append(self._text[self._at : piece.start()])
                end = _string_end(self._text, piece)
                self._done.append(_older_template(self._text, piece, end))
                self._at = end
            elif piece["line"] and depth <= 0:
                self._done.append(self._text[self._at : piece.end()])
                self._at = piece.end()
                return
        self._done.append(self._text[self._at :])
        self._at = len(self._text)


def _pieces(text: str, position: int) -> Iterator[re.Match[str]]:
    """What gives a text its structure; what is in a string or a comment does not."""
    while (piece := _PIECE.search(text, position)) is not None:
        yield piece
        position = _string_end(text, piece) if piece["quote"] else piece.end()


def _is_template(piece: re.Match[str]) -> bool:
    return not {"f", "t"}.isdisjoint((piece["prefix"] or "").lower())


def _string_end(text: str, piece: re.Match[str]) -> int:
    """The position behind a string that begins with ``piece``."""
    quote, position = piece["quote"], piece.end()
    template = _is_template(piece)
    while position < len(text) and not text.startswith(quote, position):
        if template and _begins_field(text, position):
            position = _field_end(text, position + 1)
        else:
            position += _step(text, position, template=template)
    return _inside(text, position + len(quote))


def _step(text: str, position: int, *, template: bool) -> int:
    """How many characters of a string belong together."""
    if text[position] == "\\":
        # Before a field it is a character as any other.
        return 1 if template and text.startswith("{", position + 1) else 2
    return 2 if template and text.startswith(("{{", "}}"), position) else 1


def _begins_field(text: str, position: int) -> bool:
    return text.startswith("{", position) and not text.startswith("{{", position)


def _closing(text: str, position: int) -> int:
    """The position behind the bracket that closes the one before ``position``."""
    depth = 1
    for piece in _pieces(text, position):
        depth += bool(piece["open"]) - bool(piece["close"])
        if depth == 0:
            return piece.end()
    raise ValueError(_UNCLOSED)


def _field_end(text: str, position: int) -> int:
    """The position behind the brace that closes a field; a quote in its format is no string."""
    depth = 1
    for piece in _pieces(text, position):
        depth += bool(piece["open"]) - bool(piece["close"])
        if depth == 0:
            return piece.end()
        if depth == 1 and piece["colon"]:
            return _format_end(text, piece.end())
    raise ValueError(_UNCLOSED)


def _format_end(text: str, position: int) -> int:
    while position < len(text) and text[position] != "}":
        position = _field_end(text, position + 1) if text[position] == "{" else position + 1
    return _inside(text, position + 1)


def _inside(text: str, end: int) -> int:
    if end > len(text):
        raise ValueError(_UNCLOSED)
    return end


def _older_template(text: str, piece: re.Match[str], end: int) -> str:
    """An f-string with fields that Python 3.11 can read; all of a t-string's are unknown."""
    prefix, quote, position = piece["prefix"], piece["quote"], piece.end()
    parts = [re.sub("[tT]", "f", prefix), quote]
    while position < end - len(quote):
        if _begins_field(text, position):
            closing = _field_end(text, position + 1)
            field = text[position:closing]
            parts.append(field if "f" in prefix.lower() and _is_old(field, quote) else _UNKNOWN)
        else:
            closing = position + _step(text, position, template=True)
            parts.append(text[position:closing])
        position = closing
    older = "".join([*parts, quote])
    return older + "\\\n" * (text.count("\n", piece.start(), end) - older.count("\n"))


def _is_old(field: str, quote: str) -> bool:
    lines = "\n" in field and len(quote) == 1
    if quote in field or "\\" in field or " #" in field or lines:
        return False
    inner = [one for one in _pieces(field, 1) if one["quote"] and _is_template(one)]
    ends = [_string_end(field, one) for one in inner]
    return all(
        _older_template(field, one, end) == field[one.start() : end]
        for one, end in zip(inner, ends, strict=True)
    )
