"""Reading a project's files as text, whatever is in them, and without running them."""

from __future__ import annotations

import ast
import os
import stat
import threading
import warnings
from pathlib import Path

from .looking import looked_at

SIZE_LIMIT = 2_000_000
_PIECE = 256 * 1024

# warnings.catch_warnings changes what all threads share.
_WARNINGS = threading.Lock()


class Unreadable(Exception):
    """A file that cannot be read, or not as Python; the text says why and continues its name.

    ``line`` is where that is so, 0 where it is no single one.
    """

    def __init__(self, why: str, line: int = 0) -> None:
        super().__init__(why)
        self.line = line


def home() -> Path:
    """The home directory; the root where the user has none, as in some containers."""
    try:
        return Path.home()
    except RuntimeError:
        return Path(Path.cwd().anchor)


def is_path(text: str) -> bool:
    """Whether a file could have ``text`` as its path: half characters and NUL are in none."""
    try:
        return b"\0" not in os.fsencode(text)
    except UnicodeEncodeError:
        return False


def is_file(path: Path) -> bool:
    """``Path.is_file`` that answers no where permissions hide the answer."""
    looked_at(path)
    try:
        return path.is_file()
    except OSError:
        return False


def is_dir(path: Path) -> bool:
    """``Path.is_dir`` that answers no where permissions hide the answer."""
    looked_at(path)
    try:
        return path.is_dir()
    except OSError:
        return False


def exists(path: Path) -> bool:
    """``Path.exists`` that answers no where permissions hide the answer."""
    looked_at(path)
    try:
        return path.exists()
    except OSError:
        return False


def read_bytes(path: Path) -> bytes:
    """The content of a regular file of bounded size; anything else could block or never end.

    Raises:
        Unreadable: missing, no permission, too large, or not a file.
    """
    looked_at(path)
    try:
        info = path.stat()
        if not stat.S_ISREG(info.st_mode):
            raise Unreadable("is not a regular file")
        data = b"" if info.st_size > SIZE_LIMIT else start_of(path, SIZE_LIMIT + 1)
        if max(info.st_size, len(data)) > SIZE_LIMIT:
            raise Unreadable(f"is larger than {SIZE_LIMIT // 1_000_000} MB")
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror or 'unknown reason'}") from error
    except ValueError as error:
        raise Unreadable("has an impossible name") from error
    return data


def start_of(path: Path, limit: int) -> bytes:
    """The first ``limit`` bytes of what was a regular file a moment ago, whatever it is by now.

    A pipe in its place, or a file of the kernel that has nothing to say yet, is not waited for.

    Raises:
        OSError: it cannot be read.
    """
    with open(path, "rb", buffering=0, opener=_without_waiting) as file:
        found = b""
        while len(found) < limit:
            more = file.read(min(limit - len(found), _PIECE))
            if not more:
                break
            found = found + more if found else more
        return found


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def read_text(path: Path) -> str:
    """The text of a small file such as a requirements list; empty when it cannot be read."""
    try:
        return read_bytes(path).decode("utf-8-sig", "replace")
    except Unreadable:
        return ""


def parse(path: Path) -> ast.Module:
    """The syntax tree of ``path``.

    Raises:
        Unreadable: as :func:`read_bytes`, or the content is not Python 3.
    """
    return parse_source(read_bytes(path))


def parse_source(data: bytes) -> ast.Module:
    """The syntax tree of a file's content.

    Raises:
        Unreadable: it is not Python 3.
    """
    try:
        # An invalid escape in somebody's string is not for DJDesk's log.
        with _WARNINGS, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _parsed(data)
    except SyntaxError as error:
        where = f" in line {error.lineno}" if error.lineno else ""
        raise Unreadable(f"has a syntax error{where}", error.lineno or 0) from error
    except (MemoryError, RecursionError) as error:
        raise Unreadable("is nested too deeply") from error
    except (ValueError, LookupError) as error:
        raise Unreadable("is not a text file") from error


def _parsed(data: bytes) -> ast.Module:
    try:
        return ast.parse(data)
    except SyntaxError:
        # Imported here: hardly any file needs it.
        from .newer_syntax import in_older_words

        try:
            return ast.parse(in_older_words(data))
        except (SyntaxError, ValueError, LookupError):
            pass
        raise


def literal(node: ast.AST | None) -> object:
    """The value of a literal expression, or None where it is anything else."""
    if node is None:
        return None
    try:
        return ast.literal_eval(node)
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
