"""Where the content of a file lies before and after a command, by the tier that it ran in."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from inspector_app.runs import secrets

from .entry import Entry, look


@dataclass(frozen=True)
class Layers:
    """``after`` holds what was written, ``before`` is the project itself.

    ``snapshots`` are whole copies of databases, by their paths: what the command found there.
    ``hidden`` must not be read, by whatever way.
    """

    before: Path
    after: Path
    copied: bool
    snapshots: dict[str, Path] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()

    def old(self, path: str) -> Entry | None:
        if self._is_hidden(path):
            return None
        snapshot = self.snapshots.get(path)
        if snapshot is not None:
            return look(snapshot.parent, snapshot.name)
        return look(self.before, path)

    def new(self, path: str) -> Entry | None:
        return None if self._is_hidden(path) else look(self.after, path)

    def target(self, link: Entry) -> bytes:
        """Where a link that was written leads, in the words of the project."""
        target = link.target()
        copy = os.fsencode(self.after)
        if self.copied and (target == copy or target.startswith(copy + b"/")):
            return os.fsencode(self.before) + target[len(copy) :]
        return target

    def _is_hidden(self, path: str) -> bool:
        full = f"{self.before}/{path}/"
        return any(full.startswith(f"{one}/") for one in self.hidden)


def layers_of(
    root: Path, scratch: Path, tier: str, snapshots: list[dict[str, str]]
) -> Layers | None:
    """None for a tier in which nothing takes the writes, or where only the launcher could look."""
    real = Path(os.path.realpath(root))
    copied = tier == "shadow"
    after = scratch / "copy" / real.name if copied else scratch / "upper"
    if tier not in ("shadow", "copy-on-write") or not after.is_dir():
        return None
    return Layers(
        before=real,
        after=Path(os.path.realpath(after)),
        copied=copied,
        snapshots={one["path"]: Path(one["file"]) for one in snapshots},
        hidden=tuple(os.path.realpath(path) for path in secrets.hidden()),
    )
