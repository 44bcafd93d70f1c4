"""One requirement, wherever it is written."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name


@dataclass(frozen=True)
class Asked:
    """``name`` is as the package index spells it; ``group`` is empty for what is always needed.

    ``locked`` says that a lock file names this very version.
    """

    name: str
    specifier: str
    file: str
    line: int
    group: str = ""
    extras: tuple[str, ...] = ()
    marker: str = ""
    url: str | None = None
    locked: bool = False

    def as_dict(self) -> dict[str, Any]:
        return asdict(self) | {"extras": list(self.extras)}


def parsed(text: str, file: str, line: int, group: str = "") -> Asked | None:
    """What a requirement in pip's form asks for; None where it is none."""
    try:
        one = Requirement(text)
    except (InvalidRequirement, RecursionError):
        return None
    return Asked(
        canonicalize_name(one.name),
        str(one.specifier),
        file,
        line,
        group,
        tuple(sorted(one.extras)),
        str(one.marker) if one.marker is not None else "",
        one.url,
    )


def locked(name: str, version: str, file: str, line: int, group: str = "") -> Asked:
    return Asked(canonicalize_name(name), f"=={version}", file, line, group, locked=True)
