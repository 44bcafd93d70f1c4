"""Reading a project's Python files as text, whatever is in them."""

from __future__ import annotations

import ast
import tokenize
import warnings
from functools import lru_cache
from io import BytesIO
from pathlib import Path

SIZE_LIMIT = 2_000_000


class Unparsable(Exception):
    """A file that cannot be read as Python; the text says why, for the report."""


def parse(path: Path) -> ast.Module:
    """The syntax tree of ``path``; cached while size and time of the file stay the same.

    Raises:
        Unparsable: missing, too large, binary, not decodable or not Python 3.
    """
    try:
        info = path.stat()
    except (OSError, ValueError) as error:
        raise Unparsable(f"cannot be read: {_reason(error)}") from error
    if info.st_size > SIZE_LIMIT:
        raise Unparsable(f"is larger than {SIZE_LIMIT // 1_000_000} MB")
    return _parse(path, info.st_size, info.st_mtime_ns)


@lru_cache(maxsize=256)
def _parse(path: Path, size: int, mtime_ns: int) -> ast.Module:  # noqa: ARG001 -- cache key
    try:
        data = path.read_bytes()
        encoding, _ = tokenize.detect_encoding(BytesIO(data).readline)
        text = data.decode(encoding)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (OSError, ValueError, SyntaxError, MemoryError, RecursionError) as error:
        raise Unparsable(_reason(error)) from error


def _reason(error: Exception) -> str:
    if isinstance(error, SyntaxError):
        return f"syntax error in line {error.lineno}" if error.lineno else "not Python 3 source"
    if isinstance(error, OSError):
        return error.strerror or "unreadable"
    if isinstance(error, (MemoryError, RecursionError)):
        return "nested too deeply"
    return "not a text file"


def literal(node: ast.AST | None) -> object:
    """The value of a literal expression, or None where it is anything else."""
    if node is None:
        return None
    try:
        return ast.literal_eval(node)  # type: ignore[arg-type]
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return None


def dotted(node: ast.AST) -> str:
    """``a.b.c`` of a name or attribute expression, or an empty string."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ""
    return ".".join([node.id, *reversed(parts)])
