"""Which files a command would have left otherwise than it found them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from .entry import Entry, same_content
from .layers import Layers

# Pairs of files that are compared because one of them may be the other under a new name.
MOST_PAIRS = 500


@dataclass(frozen=True)
class Change:
    """``old`` and ``new`` are what was and would be there; both None where that cannot be read.

    ``source`` is the path it had before, of a file that was only renamed.
    """

    path: str
    kind: str
    old: Entry | None
    new: Entry | None
    size: int
    source: str = ""


def changes_of(writes: list[dict[str, Any]], layers: Layers | None) -> list[Change]:
    """The changes within the project, by path; ``writes`` is what the launcher found.

    Opening a file and leaving it as it was is none, and neither is another time; a folder is one
    only if it is empty.
    """
    found = [_change(one, layers) for one in writes if not is_outside(one["path"], layers)]
    parents = {parent for one in found for parent in _parents(one.path)}
    changes = [
        one
        for one in found
        if not (_is_as_before(one) or (_is_only_folder(one) and one.path in parents))
    ]
    return sorted(_renamed(changes), key=lambda one: one.path)


def is_outside(path: str, layers: Layers | None) -> bool:
    """Whether the launcher's ``path`` is none of the project: it names HOME and TMPDIR shortly."""
    if path.startswith(("~/", "$TMPDIR/")):
        return layers is None or (layers.new(path) is None and layers.old(path) is None)
    return path.startswith("/")


def _change(write: dict[str, Any], layers: Layers | None) -> Change:
    path, kind = write["path"], write["change"]
    # The launcher says what came and went; where both are, what they are is looked at here.
    old = layers.old(path) if layers and kind != "created" else None
    new = layers.new(path) if layers and kind != "deleted" else None
    if kind != "deleted" and new is None:
        # It lies in memory that is gone, so nothing is known of what it became.
        old = None
    return Change(path, kind, old, new, write["size"])


def _is_as_before(change: Change) -> bool:
    if change.kind == "touched":
        return True
    old, new = change.old, change.new
    if old is None or new is None or old.mode != new.mode:
        return False
    return change.kind == "metadata" or (old.is_file and same_content(old, new))


def _is_only_folder(change: Change) -> bool:
    sides = [side for side in (change.old, change.new) if side is not None]
    return bool(sides) and all(side.is_folder for side in sides)


def _parents(path: str) -> Iterator[str]:
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def _renamed(changes: list[Change]) -> list[Change]:
    """The same with each deleted file whose content came up elsewhere as one that was renamed."""
    gone: dict[int, list[Change]] = {}
    for one in changes:
        if one.kind == "deleted" and one.old is not None and one.old.is_file and one.old.size:
            gone.setdefault(one.old.size, []).append(one)
    renamed: dict[str, Change] = {}
    used: set[str] = set()
    pairs = MOST_PAIRS
    for one in changes:
        if one.kind != "created" or one.new is None or not one.new.is_file:
            continue
        for candidate in gone.get(one.new.size, []):
            if candidate.path in used or candidate.old is None or pairs <= 0:
                continue
            pairs -= 1
            if same_content(candidate.old, one.new):
                used.add(candidate.path)
                renamed[one.path] = replace(
                    one, kind="renamed", old=candidate.old, source=candidate.path
                )
                break
    return [renamed.get(one.path, one) for one in changes if one.path not in used]
