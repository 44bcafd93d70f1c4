"""Sections of a patch that ``git apply`` reads, and the words on top of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
FILE, PROGRAM, LINK = "100644", "100755", "120000"


@dataclass(frozen=True)
class Names:
    """Paths relative to the project, and git's modes; None: it is not there then."""

    old: str
    new: str
    old_mode: str | None
    new_mode: str | None


def section(names: Names, hunks: bytes = b"") -> bytes:
    """What stands for one file. Without hunks only its mode or its name changes, or it is empty."""
    old, new = quoted("a/" + names.old), quoted("b/" + names.new)
    lines = [f"diff --git {old} {new}"]
    if names.old_mode is None:
        lines.append(f"new file mode {names.new_mode}")
    elif names.new_mode is None:
        lines.append(f"deleted file mode {names.old_mode}")
    elif names.old_mode != names.new_mode:
        lines += [f"old mode {names.old_mode}", f"new mode {names.new_mode}"]
    if names.old != names.new:
        lines.append("similarity index 100%")
        lines += [f"rename from {quoted(names.old)}", f"rename to {quoted(names.new)}"]
    if hunks:
        lines.append("--- " + ("/dev/null" if names.old_mode is None else _ended(old)))
        lines.append("+++ " + ("/dev/null" if names.new_mode is None else _ended(new)))
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape") + hunks


def quoted(name: str) -> str:
    """As git writes a path: in quotes where a line could not hold it otherwise."""
    if all(letter.isprintable() and letter not in '"\\' for letter in name):
        return name
    return '"' + "".join(_escaped(letter) for letter in name) + '"'


def comment(lines: Iterable[str]) -> bytes:
    """Text on top of a patch, which whoever applies it skips; each line stays one."""
    whole = (quoted(line) if not line.isprintable() else line for line in lines)
    return "".join(f"# {line}\n" if line else "#\n" for line in whole).encode("utf-8", "replace")


def _ended(name: str) -> str:
    """A name with a space would otherwise end there for some programs."""
    return name + "\t" if " " in name else name


def _escaped(letter: str) -> str:
    if letter in _ESCAPES:
        return _ESCAPES[letter]
    if letter.isprintable():
        return letter
    return "".join(f"\\{byte:03o}" for byte in letter.encode("utf-8", "surrogateescape"))
