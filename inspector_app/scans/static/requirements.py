"""Which Django a project asks for, from its requirement and lock files."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

_LINE = re.compile(
    r"^\s*django\s*(?:\[[^\]]*\])?\s*((?:[=<>!~]=?|===)[^;#\\]*)?\s*(?:[;#\\].*)?$", re.IGNORECASE
)
_PINNED = re.compile(r"^===?\s*([0-9][\w.]*)$")


@dataclass(frozen=True)
class DjangoRequirement:
    """The requirement as written, the exact version if it pins one, and where it stands."""

    text: str
    version: str
    file: str
    line: int


def read_django_requirement(root: Path) -> DjangoRequirement | None:
    """The most exact mention of Django: a lock file first, then a pin, then a range."""
    found = [*_locks(root), *_requirement_files(root), *_pyproject(root)]
    return next((one for one in found if one.version), found[0] if found else None)


def _locks(root: Path) -> list[DjangoRequirement]:
    for name in ("uv.lock", "poetry.lock", "pdm.lock"):
        try:
            text = (root / name).read_text("utf-8")
            packages = tomllib.loads(text).get("package", [])
        except (OSError, ValueError):
            continue
        for package in packages if isinstance(packages, list) else []:
            if isinstance(package, dict) and str(package.get("name", "")).lower() == "django":
                version = str(package.get("version", ""))
                line = text.lower().find('name = "django"')
                return [
                    DjangoRequirement(
                        f"Django {version}", version, name, text[: max(line, 0)].count("\n") + 1
                    )
                ]
    return []


def _requirement_files(root: Path) -> list[DjangoRequirement]:
    try:
        files = sorted(
            {
                *root.glob("requirements*.txt"),
                *root.glob("requirements/*.txt"),
                *root.glob("requirements*.in"),
                *root.glob("requirements/*.in"),
            }
        )
    except OSError:
        return []
    found = []
    for file in files:
        try:
            lines = file.read_text("utf-8").splitlines()
        except (OSError, ValueError):
            continue
        for number, line in enumerate(lines, start=1):
            match = _LINE.match(line)
            if match:
                wanted = (match[1] or "").strip()
                pin = _PINNED.match(wanted)
                found.append(
                    DjangoRequirement(
                        f"Django{wanted}",
                        pin[1] if pin else "",
                        str(file.relative_to(root)),
                        number,
                    )
                )
    return found


def _pyproject(root: Path) -> list[DjangoRequirement]:
    try:
        text = (root / "pyproject.toml").read_text("utf-8")
        wanted = tomllib.loads(text).get("project", {}).get("dependencies", [])
    except (OSError, ValueError, AttributeError):
        return []
    found = []
    for line in wanted if isinstance(wanted, list) else []:
        match = _LINE.match(line) if isinstance(line, str) else None
        if match:
            pin = _PINNED.match((match[1] or "").strip())
            number = text[: max(text.find(line), 0)].count("\n") + 1
            found.append(
                DjangoRequirement(line.strip(), pin[1] if pin else "", "pyproject.toml", number)
            )
    return found
