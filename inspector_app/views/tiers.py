"""The sandbox tiers in words: what each of them keeps from happening, and what it does not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from inspector_app.models import Workspace, WorkspaceTaskRun

_ALWAYS = (
    "The command line is built from an allow-list; nothing else can be run.",
    "The environment is clean: HOME and TMPDIR are scratch folders, standard input is closed.",
    "The whole process tree is stopped at the time limit, on Stop, and when DJDesk ends.",
    "Every file of the project is compared before and after, and differences are listed.",
)
_WALLS = (
    "Keys, passwords, browser profiles and DJDesk's own data cannot be read.",
    "There is no way to other programs: no network unless you allow it, no sockets, no signals.",
)
_SEEN = (
    "The names of hidden files and the command lines of other programs can be seen, "
    "no contents and no environments."
)


@dataclass(frozen=True)
class Tier:
    """``safe`` when writes to the project are prevented, not just found afterwards."""

    name: str
    label: str
    detail: str
    safe: bool
    protected: tuple[str, ...]
    open: tuple[str, ...]


TIERS = {
    tier.name: tier
    for tier in (
        Tier(
            "copy-on-write",
            "Isolated",
            "copy-on-write",
            safe=True,
            protected=(
                "A layer over your files takes all writes; they are listed and discarded.",
                *_WALLS,
                *_ALWAYS,
            ),
            open=(),
        ),
        Tier(
            "write-blocked",
            "Writes blocked",
            "",
            safe=True,
            protected=("Writes outside the scratch folders are refused.", *_WALLS, *_ALWAYS),
            open=(
                "A command that has to write fails; what it tried is not listed.",
                _SEEN,
            ),
        ),
        Tier(
            "shadow",
            "Shadow copy",
            "",
            safe=True,
            protected=(
                "The command runs in a copy of the folder; what it writes there is listed.",
                *_WALLS,
                *_ALWAYS,
            ),
            open=(
                "Where the kernel has no Landlock, only the folder itself is protected.",
                "Modes and times stay as they are, in the copy too, so a rehearsal lacks them.",
                _SEEN,
            ),
        ),
        Tier(
            "guarded",
            "Guarded",
            "not isolated",
            safe=False,
            protected=_ALWAYS,
            open=(
                "The command runs with your rights: it could write to this folder and to others.",
                "What changes in this folder is found and shown, but not prevented.",
                "The network is not cut off.",
            ),
        ),
    )
}


def tier_in_use(workspace: Workspace, recent: Iterable[WorkspaceTaskRun] = ()) -> Tier | None:
    """The tier of the newest command that ran, which is proof; None before the first one.

    ``recent`` are the newest runs, where they are known already.
    """
    used = next((run.tier for run in recent if run.tier in TIERS), None)
    if used is None:
        used = workspace.runs.filter(tier__in=TIERS).values_list("tier", flat=True).first()
    return TIERS[used] if used is not None else None
