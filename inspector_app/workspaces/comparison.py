"""Whether an environment has what a project requires, from requirement files and dist-info."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .distributions import installed
from .environment import packages_of
from .requirements.asked import Asked
from .versions import allows


@dataclass(frozen=True)
class Comparison:
    """``asked`` distributions, and those of them that are missing or there in another version.

    Of one that several files ask for, the first that is not met stands for all.
    """

    asked: int = 0
    missing: list[Asked] = field(default_factory=list)
    other: list[tuple[Asked, str]] = field(default_factory=list)

    @property
    def met(self) -> bool | None:
        """None where the project asks for nothing that is written down."""
        if not self.asked:
            return None
        return not self.missing and not self.other


def compare(requirements: Sequence[Asked], python: Path, version: str) -> Comparison:
    """``requirements`` against the packages of ``python``, which is of ``version``."""
    wanted = [one for one in requirements if _applies(one, version)]
    if not wanted:
        return Comparison()
    present = installed(packages_of(python))
    missing: dict[str, Asked] = {}
    other: dict[str, Asked] = {}
    for one in wanted:
        if one.name not in present:
            missing.setdefault(one.name, one)
        elif not allows(one.specifier, present[one.name]):
            other.setdefault(one.name, one)
    return Comparison(
        asked=len({one.name for one in wanted}),
        missing=list(missing.values()),
        other=[(one, present[name]) for name, one in other.items()],
    )


def _applies(requirement: Asked, version: str) -> bool:
    """Whether its marker holds for that Python, on this system."""
    if not requirement.marker:
        return True
    from packaging.markers import (
        InvalidMarker,
        Marker,
        UndefinedComparison,
        UndefinedEnvironmentName,
    )

    about = {"extra": ""}
    if version:
        about["python_version"] = ".".join(version.split(".")[:2])
        about["python_full_version"] = version
    try:
        return Marker(requirement.marker).evaluate(about)
    except (InvalidMarker, UndefinedComparison, UndefinedEnvironmentName):
        return True
