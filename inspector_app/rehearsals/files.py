"""One changed file as the page shows it and as a patch holds it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from inspector_app.redaction.redactor import Redactor, split_lines

from .budget import Budget
from .changes import Change
from .entry import READ_BYTES, Entry
from .hunks import MOST_LINES, Difference, Text, difference
from .layers import Layers
from .patch import FILE, LINK, PROGRAM, Names, section

# One difference longer than this is only counted.
HUNKS_BYTES = 1_000_000

_NOT_READ = "Its content was not kept."
_REDACTED = "It holds secrets, which are replaced, so a patch cannot hold it."


@dataclass
class File:
    """``facts`` are JSON; ``section`` is its part of a patch, shown also where it is not in one."""

    facts: dict[str, Any]
    section: bytes = b""
    redacted: int = 0


class Files:
    """Makes the differences of one rehearsal, as long as the budget lasts."""

    def __init__(self, layers: Layers | None, redactor: Redactor, budget: Budget) -> None:
        self._layers = layers
        self._redactor = redactor
        self._budget = budget

    def file(self, change: Change) -> File:
        shown = self._redactor.text(change.path)
        source = self._redactor.text(change.source)
        made = File(
            {
                "path": shown,
                "change": change.kind,
                "from": source,
                "kind": _kind(change),
                "sizes": _sizes(change),
                "modes": _modes(change),
                "added": 0,
                "removed": 0,
            }
        )
        # What is kept names the file by the name that may be shown, also where no patch gets it.
        reason = self._fill(made, replace(change, path=shown, source=source))
        if not reason and (shown, source) != (change.path, change.source):
            reason = "Its name holds a secret, which is replaced."
        if not reason and any(_is_gits(path) for path in (change.path, change.source)):
            reason = "Git keeps its own files out of patches."
        made.facts |= {"patch": bool(made.section) and not reason, "note": reason}
        return made

    def _fill(self, made: File, change: Change) -> str:
        """Gives it a section, or says why a patch cannot hold it."""
        old, new = change.old, change.new
        if old is None and new is None:
            return _NOT_READ
        if change.kind == "renamed":
            made.section = section(_names(change, old, new))
            return ""
        if all(side is None or side.is_folder for side in (old, new)):
            made.facts["kind"] = "folder"
            return "Git knows no empty folders."
        if any(side is not None and side.is_special for side in (old, new)):
            made.facts["kind"] = "special"
            return "It is no file, but a pipe, a socket or a device."
        # A folder says nothing by itself; what it holds is listed.
        old = None if old and old.is_folder else old
        new = None if new and new.is_folder else new
        if change.kind == "metadata":
            names = _names(change, old, new)
            if names.old_mode == names.new_mode:
                return "Only its permissions differ, of which Git keeps no more than one."
            made.section = section(names)
            return ""
        try:
            texts = [self._text(side) for side in (old, new)]
        except OSError:
            return "It could not be read."
        if self._budget.spent:
            return "There was no room or time left for its difference."
        before, after = texts
        if isinstance(before, str) or isinstance(after, str):
            return before if isinstance(before, str) else str(after)
        return self._difference(made, change, (old, new), (before, after))

    def _difference(
        self,
        made: File,
        change: Change,
        sides: tuple[Entry | None, Entry | None],
        texts: tuple[Text, Text],
    ) -> str:
        old, new = sides
        before, after = texts
        if old and new and old.is_link != new.is_link:
            # For git that is one thing that goes and another one that comes.
            parts = [(old, None, before, Text()), (None, new, Text(), after)]
        else:
            parts = [(old, new, before, after)]
        found: list[tuple[Names, Difference]] = []
        for one, other, from_text, to_text in parts:
            made_of = difference(from_text, to_text, self._budget.deadline)
            found.append((_names(change, one, other), made_of))
        size = sum(len(one.hunks) for _, one in found)
        made.facts |= {
            "added": sum(one.added for _, one in found),
            "removed": sum(one.removed for _, one in found),
        }
        if size > HUNKS_BYTES or not self._budget.take(size):
            return "Its difference is too long to be shown."
        made.redacted = sum(one.redacted for _, one in found)
        made.section = b"".join(section(names, one.hunks) for names, one in found)
        if not size and old and new:
            made.section = b""
            return "Nothing of it differs but what is replaced as a secret."
        return _REDACTED if made.redacted else ""

    def _text(self, entry: Entry | None) -> Text | str:
        """Its lines, or a sentence that says why it has none."""
        if entry is None:
            return Text()
        if entry.is_link:
            target = self._layers.target(entry) if self._layers else entry.target()
            return Text([target], self._redactor.lines(target))
        if entry.size > READ_BYTES:
            return "It is too large to be compared line by line."
        raw = entry.read()
        if b"\0" in raw:
            return "It is not text."
        lines = split_lines(raw)
        if len(lines) > MOST_LINES:
            return "It has too many lines to be compared."
        return Text(lines, self._redactor.lines(raw))


def _kind(change: Change) -> str:
    sides = [side for side in (change.old, change.new) if side is not None]
    return "link" if sides and all(side.is_link for side in sides) else "file"


def _sizes(change: Change) -> list[int | None]:
    if change.old is None and change.new is None:
        return [change.size, None] if change.kind == "deleted" else [None, change.size]
    return [side.size if side else None for side in (change.old, change.new)]


def _modes(change: Change) -> list[str | None]:
    return [f"{side.mode & 0o7777:04o}" if side else None for side in (change.old, change.new)]


def _names(change: Change, old: Entry | None, new: Entry | None) -> Names:
    return Names(change.source or change.path, change.path, _git_mode(old), _git_mode(new))


def _git_mode(entry: Entry | None) -> str | None:
    if entry is None:
        return None
    if entry.is_link:
        return LINK
    return PROGRAM if entry.executable else FILE


def _is_gits(path: str) -> bool:
    return any(part.lower() == ".git" for part in path.split("/"))
