"""One requirement, wherever it is written."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any

from inspector_app.workspaces.distributions import normal

_BEFORE = re.compile(r"[\w.-]+\s*(?:\[[^\]]*\])?")


@dataclass(frozen=True)
class Asked:
    """``name`` is as the package index spells it, ``specifier`` in pip's form and as written.

    ``group`` is empty for what is always needed. ``url`` is where it comes from, if that is not a
    package index. ``locked`` says that a lock file names this very version.
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

    @property
    def place(self) -> str:
        return f"{self.file}:{self.line}"

    def as_dict(self) -> dict[str, Any]:
        return asdict(self) | {"extras": list(self.extras)}


def parsed(text: str, file: str, line: int, group: str = "") -> Asked | None:
    """What a requirement in pip's form asks for; None where it is none."""
    # Not before there is one: no first page needs it.
    from packaging.requirements import InvalidRequirement, Requirement

    try:
        one = Requirement(text)
    except (InvalidRequirement, RecursionError):
        return None
    # packaging would put the clauses into another order.
    written = _BEFORE.sub("", text.strip(), count=1).partition(";")[0].strip(" ()")
    return Asked(
        normal(one.name),
        written if one.specifier else "",
        file,
        line,
        group,
        tuple(sorted(one.extras)),
        str(one.marker) if one.marker is not None else "",
        one.url,
    )


def locked(name: str, version: str, file: str, line: int, group: str = "") -> Asked:
    return Asked(normal(name), f"=={version}", file, line, group, locked=True)
