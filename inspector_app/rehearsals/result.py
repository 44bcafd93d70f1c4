"""The result of a rehearsal on disk, beside the run's log: what it lists, and the differences.

``rehearsal.json`` holds the facts, ``rehearsal.diff`` the sections of all files one after the
other; a file's facts say where its section lies and whether it belongs into a patch.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .patch import comment

FORMAT = "djdesk-rehearsal/1"
_FACTS, _DIFF = "rehearsal.json", "rehearsal.diff"


@dataclass(frozen=True)
class Result:
    """``facts`` is the content of ``rehearsal.json``; see docs/http-api.md for its keys."""

    folder: Path
    facts: dict[str, Any]

    def section(self, number: int) -> bytes:
        """The difference of the file at this place of the list, as in a patch; else nothing.

        Raises:
            IndexError: there is no such file.
        """
        start, end = self.facts["files"][number]["section"] or (0, 0)
        with (self.folder / _DIFF).open("rb") as file:
            file.seek(start)
            return file.read(end - start)

    def patch(self, title: list[str]) -> Iterator[bytes]:
        """A patch of everything that one can hold; what it leaves out is named on top of it."""
        files = self.facts["files"]
        left_out = [one for one in files if not one["patch"]]
        lines = [*title, ""]
        if left_out or self.facts["databases"] or self.facts["omitted"]:
            lines.append("Not included:")
            lines += [f"  {one['path']}: {one['note']}" for one in left_out]
            lines += [f"  {one['path']}: a database." for one in self.facts["databases"]]
            if self.facts["omitted"]:
                lines.append(f"  {self.facts['omitted']:,} more changes, which are not listed.")
            lines.append("")
        yield comment(lines)
        with (self.folder / _DIFF).open("rb") as diff:
            for one in files:
                if one["patch"]:
                    start, end = one["section"]
                    diff.seek(start)
                    yield diff.read(end - start)


def load(folder: Path) -> Result | None:
    """None where a run has none, or an unreadable one."""
    try:
        facts = json.loads((folder / _FACTS).read_bytes())
    except (OSError, ValueError):
        return None
    return Result(folder, facts) if facts.get("format") == FORMAT else None


def store(folder: Path, facts: dict[str, Any], sections: list[bytes]) -> int:
    """Writes both files; returns their size in bytes.

    Raises:
        OSError: the disk is full, say; nothing is left then.
    """
    at = 0
    for file, section in zip(facts["files"], sections, strict=True):
        file["section"] = [at, at + len(section)] if section else None
        at += len(section)
    text = json.dumps({"format": FORMAT, **facts}).encode()
    try:
        (folder / _DIFF).write_bytes(b"".join(sections))
        (folder / _FACTS).write_bytes(text)
    except OSError:
        for name in (_FACTS, _DIFF):
            with suppress(OSError):
                (folder / name).unlink(missing_ok=True)
        raise
    return at + len(text)
