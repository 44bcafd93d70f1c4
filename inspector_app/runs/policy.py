"""What the sandbox launcher is told about a run: what, where, and behind which walls."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inspector_app.models import Workspace, WorkspaceTaskRun

from . import environment, places, secrets, snapshots
from .jail import GRACE_S
from .plain import plain

if TYPE_CHECKING:
    from inspector_app.commands.preset import Preset

# In the other tiers a command reads the real databases, whose locks hold.
WITH_COPIES = ("auto", "copy-on-write", "shadow")


def build(
    run: WorkspaceTaskRun,
    preset: Preset | None,
    folder: Path,
    stopped: Callable[[], bool] = lambda: False,
    say: Callable[[str], None] = lambda _: None,
) -> tuple[dict[str, Any], list[str]]:
    """The policy, and sentences about what it could not provide. ``folder`` is thrown away later.

    The two functions are those of :func:`~inspector_app.runs.snapshots.take`.

    Raises:
        OSError: something could not be written to ``folder``.
    """
    root = run.workspace.root_path
    tier = run.tier or "auto"
    policy = base(run.workspace, run.argv, folder)
    taken = snapshots.Taken()
    if tier in WITH_COPIES:
        taken = snapshots.take(root, folder / "databases", policy["hidden"], stopped, say)
    policy |= {
        "cwd": run.cwd,
        "env": environment.build(run.workspace, run.argv[0], folder),
        "timeout_s": run.timeout_s,
        "tier": _tiers(preset, tier),
        "network": run.workspace.network and not (preset is not None and preset.offline),
        "snapshots": taken.entries,
        "snapshots_beside": taken.beside,
    }
    if preset is not None and preset.rehearsal:
        # What it writes there is part of what it would do.
        policy |= {"plain": [], "layer": "disk"}
    return policy, taken.notes


def _tiers(preset: Preset | None, tier: str) -> str | list[str]:
    if preset is None:
        return tier
    # None of it is needed for a scan.
    from .proven import candidates

    return candidates(preset, tier)


def base(workspace: Workspace, argv: list[str], folder: Path) -> dict[str, Any]:
    """What the policy of every start of a project's interpreter says, with nothing but defaults."""
    root = workspace.root_path
    hidden = secrets.hidden()
    return {
        "v": 1,
        "argv": argv,
        "cwd": str(root),
        "root": str(root),
        "env": {},
        "timeout_s": None,
        "grace_s": GRACE_S,
        "tier": "auto",
        "network": workspace.network,
        "manifest": True,
        "scratch": str(folder),
        "hidden": hidden,
        "divert": [str(path) for path in _diverted(root)],
        "keep": [str(path) for path in places.kept(Path(argv[0]))],
        "plain": [str(path) for path in plain(Path(argv[0]), root, hidden)],
        # Nobody looks at what a command wrote that only reads.
        "layer": "memory",
        "snapshots": [],
        "snapshots_beside": [],
    }


def _diverted(root: Path) -> list[Path]:
    """Where an honest project writes besides its own folder: beside it, and at home."""
    return [*secrets.homes(), root.parent]
