"""Making the result of a rehearsal while the layer that took the writes is still there."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inspector_app.runs import snapshots
from inspector_app.runs.database_files import BESIDE

from .budget import Budget
from .changes import Change, changes_of, is_outside
from .databases import Databases, is_database
from .files import File, Files
from .layers import Layers, layers_of
from .result import store

if TYPE_CHECKING:
    from inspector_app.redaction.redactor import Redactor

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Ran:
    """What is known of the run: its folder, its policy, the launcher's report of its end.

    ``stopped`` tells whether somebody asks for the end of the reading, too.
    """

    folder: Path
    scratch: Path
    policy: dict[str, Any]
    ended: dict[str, Any]
    stopped: Callable[[], bool]


def rehearse(ran: Ran, redactor: Redactor) -> tuple[dict[str, Any], int] | None:
    """Stores the result and returns its summary and its bytes on disk.

    None where nobody knows what was written, or wants to know it any more.

    Raises:
        OSError: it could not be stored.
    """
    with snapshots.turn(ran.stopped) as mine:
        return _rehearse(ran, redactor) if mine else None


def _rehearse(ran: Ran, redactor: Redactor) -> tuple[dict[str, Any], int] | None:
    writes = ran.ended["attempted_writes"]
    if writes is None:
        return None
    budget = Budget(ran.stopped)
    layers = layers_of(
        Path(ran.policy["root"]), ran.scratch, ran.ended["tier"], ran.policy["snapshots"]
    )
    changes = changes_of(writes, layers)
    databases, changes = _split(changes, layers)
    facts: dict[str, Any] = {
        "complete": not (ran.ended["timed_out"] or ran.ended["stopped"] or ran.ended["disk_full"]),
        "network": ran.policy["network"],
        "databases": redactor.data(_compared(databases, layers, ran, budget)),
    }
    made = _files(changes, layers, redactor, budget)
    facts["files"] = [one.facts for one in made]
    facts["outside"] = redactor.data(
        [one for one in writes if is_outside(one["path"], layers) and one["change"] != "touched"]
    )
    facts["omitted"] = ran.ended["attempted_total"] - len(writes)
    facts["redacted"] = sum(one.redacted for one in made)
    facts["summary"] = summary = _summary(facts)
    return summary, store(ran.folder, facts, [one.section for one in made])


def _split(changes: list[Change], layers: Layers | None) -> tuple[list[Change], list[Change]]:
    """Databases, and everything else; what SQLite keeps beside one belongs to it."""
    databases = [one for one in changes if is_database(one.new) or is_database(one.old)]
    known = {one.path for one in databases}
    for one in changes:
        path = one.path.removesuffix("-wal")
        if path in (one.path, *known) or layers is None:
            continue
        # All that was written may still lie beside a file that is as it was.
        old, new = layers.old(path), layers.new(path)
        if is_database(new):
            databases.append(Change(path, "modified", old, new, one.size))
    taken = {one.path + suffix for one in databases for suffix in ("", *BESIDE)}
    return databases, [one for one in changes if one.path not in taken]


def _compared(
    databases: list[Change], layers: Layers | None, ran: Ran, budget: Budget
) -> list[dict[str, Any]]:
    if layers is None:
        return []
    manifest = ran.ended["manifest"]
    changed = {one["path"] for one in manifest["changed"]} if manifest is not None else set()
    reader = Databases(layers, ran.scratch / "rehearsed", budget, changed)
    return [reader.compare(one.path, one.old, one.new) for one in databases]


def _files(
    changes: list[Change], layers: Layers | None, redactor: Redactor, budget: Budget
) -> list[File]:
    files = Files(layers, redactor, budget)
    return [files.file(one) for one in changes]


def _summary(facts: dict[str, Any]) -> dict[str, Any]:
    """The numbers that lists of runs show."""
    kinds = [one["change"] for one in facts["files"]]
    return {
        "created": kinds.count("created"),
        "changed": kinds.count("modified") + kinds.count("metadata"),
        "deleted": kinds.count("deleted"),
        "renamed": kinds.count("renamed"),
        "databases": len(facts["databases"]),
        "outside": len(facts["outside"]),
        "omitted": facts["omitted"],
        "added": sum(one["added"] for one in facts["files"]),
        "removed": sum(one["removed"] for one in facts["files"]),
        "patch": any(one["patch"] for one in facts["files"]),
        "complete": facts["complete"],
        "network": facts["network"],
    }
