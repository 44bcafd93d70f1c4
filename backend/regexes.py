"""Regular expressions that were compiled when DJDesk was frozen.

Python compiles each one anew in every process, 300 of them until a project is read. That is in
Python, and takes a tenth of the time until the first page or the first command.
"""

from __future__ import annotations

import _sre  # type: ignore[import-not-found]
import marshal
import re
import sys
from array import array
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

# Among what ships beside the code.
FILE = "regexes.bin"

# By pattern and flags, what _sre.compile takes besides the pattern: the final flags, the code as
# bytes, and the groups.
Compiled = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
Table = dict[tuple[str | bytes, int], Compiled]
Compile = Callable[[Any, int], "re.Pattern[Any]"]

_UNIT = "I"
# What such a file was made for: the numbers in it mean something to this Python only.
_MADE_FOR = (sys.hexversion, sys.byteorder, _sre.MAGIC, array(_UNIT).itemsize)


def use(file: str) -> None:
    """Take from ``file`` what is in it; without it, or for another Python, nothing changes.

    Call it before any other import: each may compile something.
    """
    try:
        with open(file, "rb") as opened:  # noqa: PTH123 -- pathlib compiles something, too
            made_for, table = marshal.load(opened)  # noqa: S302 -- shipped, like the code
    except (OSError, ValueError, EOFError, TypeError):
        return
    if made_for == _MADE_FOR:
        _replace_compile(lambda original: _from_table(table, original))


def record() -> Table:
    """A table that is filled from now on with all that this process compiles."""
    table: Table = {}
    _replace_compile(lambda original: _into_table(table, original))
    return table


def write(file: Path, table: Table) -> None:
    """
    Raises:
        OSError: it cannot be written.
    """
    file.write_bytes(marshal.dumps((_MADE_FOR, table)))


def _replace_compile(replacing: Callable[[Compile], Compile]) -> None:
    compiler = re._compiler  # type: ignore[attr-defined]  # noqa: SLF001
    compiler.compile = replacing(compiler.compile)


def _from_table(table: Table, original: Compile) -> Compile:
    def compile_(pattern: Any, flags: int = 0) -> re.Pattern[Any]:
        known = table.get((pattern, flags)) if isinstance(pattern, str | bytes) else None
        if known is None:
            return original(pattern, flags)
        all_flags, code, groups, names, indices = known
        return _sre.compile(  # type: ignore[no-any-return]
            pattern, all_flags, list(array(_UNIT, code)), groups, names, indices
        )

    return compile_


def _into_table(table: Table, original: Compile) -> Compile:
    compiler = re._compiler  # type: ignore[attr-defined]  # noqa: SLF001
    listening = _Listening()

    def compile_(pattern: Any, flags: int = 0) -> re.Pattern[Any]:
        compiler._sre = listening  # noqa: SLF001
        try:
            compiled = original(pattern, flags)
        finally:
            compiler._sre = _sre  # noqa: SLF001
        # What depends on the locale is compiled where it is used.
        if isinstance(pattern, str | bytes) and not compiled.flags & re.LOCALE:
            table[pattern, int(flags)] = listening.heard
        return compiled

    return compile_


class _Listening:
    """Stands in for the compiler's lower half, and keeps what it is given."""

    heard: Any = None

    def __getattr__(self, name: str) -> Any:
        return getattr(_sre, name)

    def compile(
        self,
        pattern: Any,
        flags: int,
        code: list[int],
        groups: int,
        names: dict[str, int],
        indices: tuple[str | None, ...],
    ) -> Any:
        packed = array(_UNIT, code).tobytes()
        self.heard = (int(flags), packed, groups, dict(names), tuple(indices))
        return _sre.compile(pattern, flags, code, groups, names, indices)
