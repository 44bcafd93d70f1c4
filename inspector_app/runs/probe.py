"""Which walls stand on this machine, by the launcher's own trial of every tier."""

from __future__ import annotations

import json
import logging
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

PROBE_S = 30.0

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Proven:
    """One tier: ``attempts`` says of each kind of attempt: refused, diverted or happened."""

    tier: str
    works: bool
    reason: str
    attempts: dict[str, str] = field(default_factory=dict)


def probe(launcher: Path, folder: Path) -> list[Proven]:
    """Try every tier in a throw-away tree, strongest first.

    ``folder`` is, or will be, where scratch folders lie: whether layers can lie there is part of
    the question. Takes about 0.2 s. Empty when the launcher cannot be started.
    """
    near = next(one for one in (folder, *folder.absolute().parents) if one.is_dir())
    try:
        with tempfile.TemporaryDirectory(dir=near, prefix="djdesk-probe-") as place:
            done = subprocess.run(
                [str(launcher), "probe", place],
                capture_output=True,
                check=True,
                timeout=PROBE_S,
                stdin=subprocess.DEVNULL,
            )
        tiers = json.loads(done.stdout)["tiers"]
    except (OSError, subprocess.SubprocessError, ValueError):
        logger.exception("the trial of the sandbox failed")
        return []
    return [
        Proven(one["tier"], one["works"], one["reason"], one.get("attempts", {})) for one in tiers
    ]
