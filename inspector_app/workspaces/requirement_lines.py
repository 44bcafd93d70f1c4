"""What a project requires, as its requirement files and manifests write it, with file and line.

Lock files are not read here: they name everything that is ever installed, for development as well.
"""

from __future__ import annotations

import configparser
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .distributions import normal
from .source import is_file, read_text
from .versions import numbers

# Files that ask for what the project needs to run; the others are for tests, docs and the like.
_MAIN = ("requirements", "base", "common", "core", "main", "prod", "production", "default")
_INCLUDE = re.compile(r"(?:-r|--requirement)[\s=]+(\S+)")
_INCLUDED = (".txt", ".in", ".pip")
_BEFORE = re.compile(r"[\w.-]+\s*(?:\[[^\]]*\])?")
_COMMENT = re.compile(r"(?:^|\s)#.*")
_FILES_LIMIT = 40
_DEPTH_LIMIT = 5


@dataclass(frozen=True)
class Requirement:
    """One distribution that is asked for: ``specifier`` as pip writes it, ``marker`` or nothing.

    ``file`` is absolute.
    """

    name: str
    specifier: str
    marker: str
    file: Path
    line: int


def read_requirements(*folders: Path) -> list[Requirement]:
    """What the project asks for to run; of the ``folders`` the first that asks for anything.

    Editable installs, addresses and whatever else has no name of a distribution are left out.
    """
    for folder in folders:
        found = [*_from_manifests(folder), *_from_files(folder)]
        if found:
            return list(dict.fromkeys(found))
    return []


def main_file(folder: Path) -> Path | None:
    """The requirements file of ``folder`` that its project needs to run, if it has one."""
    files = _main_files(folder)
    return files[0] if files else None


def parse_line(line: str, file: Path, number: int) -> Requirement | None:
    """One line of a requirements file, or None where it names no distribution."""
    from packaging.requirements import InvalidRequirement
    from packaging.requirements import Requirement as Parsed

    text = _COMMENT.sub("", line).partition(" --")[0].strip().rstrip("\\").strip()
    if not text or text.startswith(("-", ".", "/")):
        return None
    try:
        parsed = Parsed(text)
    except InvalidRequirement:
        return None
    marker = str(parsed.marker) if parsed.marker else ""
    # As it is written: packaging would put the clauses into another order.
    specifier = (
        _BEFORE.sub("", text, count=1).partition(";")[0].strip(" ()") if parsed.specifier else ""
    )
    return Requirement(normal(parsed.name), specifier, marker, file, number)


def _from_files(folder: Path) -> Iterator[Requirement]:
    seen: set[Path] = set()
    for file in _main_files(folder):
        yield from _read(file, seen, 0)


def _main_files(folder: Path) -> list[Path]:
    named = [folder / f"{stem}.txt" for stem in ("requirements", "requirements-prod")]
    named += [folder / "requirements" / f"{stem}.txt" for stem in _MAIN]
    named += [folder / "requirements.in", folder / "requirements" / "base.in"]
    present = [file for file in named if is_file(file)]
    # A list that was compiled from another one says the same with more.
    return present[:1]


def _read(file: Path, seen: set[Path], depth: int) -> Iterator[Requirement]:
    if file in seen or depth > _DEPTH_LIMIT or len(seen) > _FILES_LIMIT:
        return
    seen.add(file)
    for number, line in enumerate(read_text(file).splitlines(), start=1):
        include = _INCLUDE.match(line.strip())
        if include and include[1].endswith(_INCLUDED) and "\0" not in include[1]:
            yield from _read(file.parent / include[1], seen, depth + 1)
        elif requirement := parse_line(line, file, number):
            yield requirement


def _from_manifests(folder: Path) -> Iterator[Requirement]:
    file = folder / "pyproject.toml"
    text = read_text(file)
    table = toml(text)
    listed = dig(table, "project", "dependencies")
    yield from _listed(listed if isinstance(listed, list) else [], file, text)
    yield from _tabled(dig(table, "tool", "poetry", "dependencies"), file, text)
    file = folder / "Pipfile"
    text = read_text(file)
    yield from _tabled(dig(toml(text), "packages"), file, text)
    file = folder / "setup.cfg"
    text = read_text(file)
    yield from _listed(_setup_cfg(text), file, text)


def _listed(values: list[object], file: Path, text: str) -> Iterator[Requirement]:
    for value in values:
        if isinstance(value, str):
            found = parse_line(value, file, 0)
            if found is not None:
                line = line_of(text, value.split(";")[0].strip())
                yield Requirement(found.name, found.specifier, found.marker, file, line)


def _tabled(table: object, file: Path, text: str) -> Iterator[Requirement]:
    for name, value in table.items() if isinstance(table, dict) else ():
        if not isinstance(name, str) or name.lower() == "python":
            continue
        optional = isinstance(value, dict) and value.get("optional") is True
        found = None if optional else parse_line(f"{name}{specification(value)}", file, 0)
        if found is not None:
            line = line_of(text, name)
            yield Requirement(found.name, found.specifier, found.marker, file, line)


def specification(value: object) -> str:
    """The version of a Poetry or Pipfile table as pip writes it."""
    text = value.get("version") if isinstance(value, dict) else value
    if not isinstance(text, str):
        return ""
    text = text.strip()
    release = numbers(text.lstrip("^~= "))
    if not release:
        return text if text[:1] in "<>!" else ""
    if text.startswith("^"):
        return f">={text[1:]},<{_next(release)}"
    if text.startswith("~") and not text.startswith("~="):
        return f"~={text[1:]}.0" if len(release) < 3 else f"~={text[1:]}"
    return f"=={text}" if text[0].isdigit() else text


def _next(release: tuple[int, ...]) -> str:
    """What a caret does not allow any more: the left-most number that is not zero, raised."""
    for at, number in enumerate(release):
        if number or at == len(release) - 1:
            return ".".join(str(part) for part in (*release[:at], number + 1))
    return ""


def line_of(text: str, mention: str) -> int:
    """The first line that begins with ``mention``, or else holds it in quotes; else 1."""
    name = re.escape(mention)
    lines = text.splitlines()
    for pattern in (rf"""\s*["']?{name}(?![\w-])""", rf""".*["']{name}(?![\w-])"""):
        found = re.compile(pattern, re.IGNORECASE)
        for number, line in enumerate(lines, start=1):
            if found.match(line):
                return number
    return 1


def _setup_cfg(text: str) -> list[object]:
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string(text)
        return list(parser.get("options", "install_requires", fallback="").splitlines())
    except configparser.Error:
        return []


def dig(table: object, *keys: str) -> object:
    for key in keys:
        table = table.get(key) if isinstance(table, dict) else None
    return table


def toml(text: str) -> object:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError):
        return None
