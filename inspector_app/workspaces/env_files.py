"""A project's env files: which there are, which variables they hold, and their values.

Nothing is loaded into DJDesk's own environment. Values are kept in memory only; pages and logs get
names.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from .source import is_dir, is_file, read_text
from .walk import is_environment

# More files than this belong to no project.
FILES_LIMIT = 50
# Of all values together, in characters: more than any system hands to a program.
VALUES_LIMIT = 1_000_000
EXAMPLES = frozenset({"example", "sample", "template", "dist", "default", "defaults", "tmpl"})
_BROKEN = re.compile(r"([A-Za-z_][\w.-]*)\s*=\s*(.*)", re.DOTALL)
_PATTERNS = (".env*", "*.env", "env.local")


@dataclass(frozen=True)
class Variable:
    """``value`` as it is written, without its quotes; ``line`` is where it begins.

    ``broken``: something is wrong with that line, so that no loader would take it.
    """

    name: str
    value: str
    line: int
    broken: bool = False


def find_env_files(folders: Iterable[Path]) -> list[Path]:
    """``.env``, ``.env.local``, ``prod.env`` and the files of ``.envs``; examples come last."""
    found: dict[Path, None] = {}
    for folder in dict.fromkeys(folders):
        files = sorted({path for pattern in _PATTERNS for path in _seen(folder.glob(pattern))})
        nested = folder / ".envs"
        if is_dir(nested):
            files += sorted(_seen(nested.rglob("*")))[: FILES_LIMIT * 4]
        found |= dict.fromkeys(file for file in files if _is_one(file))
    return sorted(found, key=is_example)[:FILES_LIMIT]


def _seen(paths: Iterator[Path]) -> Iterator[Path]:
    """``paths`` up to where a folder that cannot be read, or goes meanwhile, ends the looking."""
    with suppress(OSError):
        yield from paths


def is_example(file: Path) -> bool:
    """Whether it shows what to set instead of setting it, by its name."""
    return bool(EXAMPLES.intersection(file.name.lower().replace("-", ".").split(".")))


def read_variables(file: Path) -> list[Variable]:
    """The variables in ``file``, in order."""
    # Not before it is needed: most projects are opened without.
    from dotenv.parser import parse_stream

    found = []
    for one in parse_stream(io.StringIO(read_text(file))):
        text, line = one.original.string, one.original.line
        # Blank lines before a variable belong to it.
        line += len(text[: len(text) - len(text.lstrip())].splitlines())
        match = _BROKEN.search(text) if one.error else None
        if match:
            found.append(Variable(match[1], match[2].strip(" \t\r'\""), line, broken=True))
        elif one.key and not one.error and "\0" not in text:
            found.append(Variable(one.key, one.value or "", line))
    return found


def values_of(files: Iterable[Path]) -> dict[str, str]:
    """What ``files`` set together, later ones over earlier; ``${NAME}`` is one set before.

    A value for which there is no room is left out: of ones that double each other, a few lines
    would take all memory.
    """
    values: dict[str, str] = {}
    room = VALUES_LIMIT
    for file in files:
        for variable in read_variables(file):
            if variable.broken:
                continue
            value = _put_together(variable.value, values, room)
            if value is None:
                values.pop(variable.name, None)
                continue
            room -= len(value)
            values[variable.name] = value
    return values


def _put_together(text: str, values: Mapping[str, str], room: int) -> str | None:
    """``text`` with the values it names in it; None: that is longer than ``room``."""
    from dotenv.variables import parse_variables

    parts = []
    for atom in parse_variables(text):
        parts.append(atom.resolve(values))
        room -= len(parts[-1])
        if room < 0:
            return None
    return "".join(parts)


def handed_over(values: Mapping[str, str], kept: Iterable[str]) -> dict[str, str]:
    """Those of ``values`` that a command may be given: none of the names that DJDesk itself sets.

    Nor what makes the loader of programs load others.
    """
    reserved = frozenset(kept)
    return {
        name: value
        for name, value in values.items()
        if name not in reserved and not name.startswith(("LD_", "DYLD_"))
    }


def _is_one(file: Path) -> bool:
    # A pipe would be waited for, and .envrc is a script.
    return is_file(file) and file.name != ".envrc" and not is_environment(file)
