"""Which Django a project asks for, from its requirement and lock files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from inspector_app.workspaces.versions import allows

from .asked import Asked
from .pip_files import read_pip_files
from .reading import declared_in, locked_in

_PINNED = re.compile(r"===?\s*([0-9][\w.]*)\Z")


@dataclass(frozen=True)
class DjangoRequirement:
    """The requirement as written, the exact version if it pins one, and where it stands."""

    text: str
    version: str
    file: str
    line: int

    @property
    def place(self) -> str:
        return f"{self.file}:{self.line}"

    def allows(self, version: str) -> bool:
        return allows(self.text.removeprefix("Django"), version)


def read_django_requirement(root: Path, base: Path) -> DjangoRequirement | None:
    """The most exact mention of Django in ``base`` (manage.py's folder) and ``root``.

    A pin goes before a range; without Django in these files the answer is None.
    """
    found: list[DjangoRequirement] = []
    for folder in dict.fromkeys((base, root)):
        for one in _mentions(folder, root):
            if one.version:
                return one
            found.append(one)
    return found[0] if found else None


def _mentions(folder: Path, root: Path) -> Iterator[DjangoRequirement]:
    for part in (locked_in, _in_pip_files, declared_in):
        asked = [one for one in part(folder, root) if one.name == "django" and one.url is None]
        # What only some group needs comes behind what is always needed.
        for one in sorted(asked, key=lambda one: bool(one.group)):
            pin = _PINNED.match(one.specifier)
            version = pin[1] if pin else ""
            yield DjangoRequirement(f"Django{one.specifier}", version, one.file, one.line)


def _in_pip_files(folder: Path, root: Path) -> list[Asked]:
    return list(read_pip_files(folder, root))
