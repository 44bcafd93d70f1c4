"""What uv would have to install for a project, said in its own words, or why that cannot be said.

What other tools declare is translated: the names are those that the project's files hold, the
versions those that its lock pins, else the range that is declared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from .requirements.asked import Asked
from .requirements.conda import NAMES
from .requirements.pip_files import main_file
from .requirements.reading import declared_in, locked_in
from .requirements.setuptools import computes_requirements
from .source import is_file, read_text
from .toml_tables import dig, toml

_USUAL_INDEX = "https://pypi.org/simple"


@dataclass(frozen=True)
class Source:
    """``arguments`` of ``uv pip install``; ``file`` is where they are from.

    ``left_out`` are sentences about what uv cannot install without running code of the project's.
    """

    file: Path
    arguments: list[str]
    left_out: list[str]


@dataclass(frozen=True)
class Nothing:
    """``why`` is for the user; empty where the project asks for nothing at all."""

    why: str


def uv_source(folder: Path, root: Path) -> Source | Nothing:
    """What ``folder``, which lies in ``root``, has for uv."""
    pylock = folder / "pylock.toml"
    if is_file(pylock):
        return Source(pylock, ["-r", str(pylock)], [])
    manifest = folder / "pyproject.toml"
    foreign = _foreign_index(folder)
    locks = locked_in(folder, root)
    standard = bool(dig(toml(read_text(manifest)), "project", "dependencies"))
    file = main_file(folder)
    if file is not None:
        return Source(file, ["-r", str(file)], [])
    if foreign:
        return Nothing(foreign)
    if standard and not locks:
        return Source(manifest, ["-r", str(manifest)], [])
    declared = [one for one in declared_in(folder, root) if not one.group]
    if declared:
        return _translated(declared, locks, root)
    return Nothing(_why_nothing(folder))


def _translated(declared: Sequence[Asked], locks: Sequence[Asked], root: Path) -> Source:
    pinned = _pins(locks)
    kept = [one for one in declared if _can_be_installed(one)]
    words = [_word(one, pinned.get(one.name)) for one in kept]
    left_out = [
        f"{one.name} comes from {_public(one.url)}, which would have to be built; it is left out."
        for one in declared
        if one not in kept and one.url is not None
    ]
    by_lock = any(one.name in pinned for one in kept)
    file = root / (locks[0].file if by_lock else declared[0].file)
    return Source(file, list(dict.fromkeys(words)), left_out)


def _pins(locks: Sequence[Asked]) -> dict[str, str]:
    """The version of what is locked in one only; of several, each is for other machines."""
    versions: dict[str, set[str]] = defaultdict(set)
    for one in locks:
        versions[one.name].add(one.specifier)
    return {name: next(iter(found)) for name, found in versions.items() if len(found) == 1}


def _word(one: Asked, pin: str | None) -> str:
    extras = f"[{','.join(one.extras)}]" if one.extras else ""
    version = f" @ {one.url}" if one.url is not None else pin or one.specifier
    return f"{one.name}{extras}{version}" + (f" ; {one.marker}" if one.marker else "")


def _can_be_installed(one: Asked) -> bool:
    return one.url is None or (one.url.startswith("https://") and one.url.endswith(".whl"))


def _public(url: str | None) -> str:
    """An address without the name and password that it may hold."""
    scheme, separator, rest = (url or "").rpartition("://")
    return f"{scheme}{separator}{rest.rpartition('@')[2]}"


def _foreign_index(folder: Path) -> str:
    """Names from an index of their own must not be looked for elsewhere: anybody can be there."""
    for name, keys in _INDEXES:
        for url in _addresses(dig(toml(read_text(folder / name)), *keys)):
            if url.rstrip("/") != _USUAL_INDEX:
                return (
                    f"{name} takes packages from {_public(url)}; DJDesk offers only what comes "
                    "from the usual index."
                )
    return ""


_INDEXES = (
    ("pyproject.toml", ("tool", "poetry", "source")),
    ("pyproject.toml", ("tool", "pdm", "source")),
    ("Pipfile", ("source",)),
)


def _addresses(sources: object) -> Iterator[str]:
    for one in sources if isinstance(sources, list) else []:
        url = dig(one, "url")
        if isinstance(url, str):
            yield url


def _why_nothing(folder: Path) -> str:
    if computes_requirements(folder / "setup.py"):
        return "setup.py computes what the project requires, so only running it would tell."
    conda = next((name for name in NAMES if is_file(folder / name)), None)
    if conda is not None:
        return f"{conda} names packages of conda, which uv does not install."
    return ""
