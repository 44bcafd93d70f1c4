"""Projects whose commands write something, and what a rehearsal says of it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

from inspector_app.models import Workspace, WorkspaceTaskRun
from inspector_app.rehearsals.patch_title import patch_title
from inspector_app.rehearsals.result import Result, load
from tests.runs.project import executed, when_loaded

TIERS = ("copy-on-write", "shadow")

MODEL = "from django.db import models\nclass Order(models.Model):\n    paid = models.{field}\n"


def rehearsed(workspace: Workspace, preset: str, **options: Any) -> tuple[Result, WorkspaceTaskRun]:
    """The result of a rehearsal that ended by itself."""
    run = executed(workspace, preset, **options)
    assert (run.status, run.exit_code) == (WorkspaceTaskRun.Status.SUCCEEDED, 0), run.log.text()
    assert run.files_changed == []
    found = load(run.folder)
    assert found is not None, run.log.text()
    return found, run


def writing(project: Path, body: str) -> None:
    """Make every command of ``project`` run ``body`` in the project's folder."""
    when_loaded(project, f"if sys.argv[1:2] == ['collectstatic']:\n{_indented(body)}")
    settings = project / "shop" / "settings.py"
    settings.write_text(settings.read_text() + "\nSTATIC_ROOT = BASE_DIR / 'collected'\n")


def _indented(body: str) -> str:
    lines = ["import os, shutil", "from pathlib import Path", *body.strip().splitlines()]
    return "\n".join(f"    {line}" for line in lines)


def written(workspace: Workspace, tier: str) -> tuple[Result, WorkspaceTaskRun]:
    """What :func:`writing` wrote, and nothing of the command that came after it."""
    params = {"ignore_patterns": ["*"]}
    return rehearsed(workspace, "rehearse-collectstatic", params=params, tier=tier)


def by_path(result: Result) -> dict[str, dict[str, Any]]:
    return {one["path"]: one for one in result.facts["files"]}


def patch(result: Result, run: WorkspaceTaskRun) -> bytes:
    return b"".join(result.patch(patch_title(run)))


def patched(project: Path, patch: bytes, to: Path) -> Path:
    """A copy of ``project`` in which git has applied ``patch``."""
    shutil.copytree(project, to, symlinks=True)
    done = subprocess.run(
        ["git", "apply", "--verbose", "-"], cwd=to, input=patch, capture_output=True, check=False
    )
    assert done.returncode == 0, (done.stderr.decode(), patch.decode(errors="replace"))
    return to


def contents(folder: Path) -> dict[str, tuple[str, bytes]]:
    """Every file and link below ``folder``: what git would tell apart, and what is in it."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_symlink():
            found[name] = ("link", bytes(path.readlink()))
        elif path.is_file():
            kind = "program" if path.stat().st_mode & 0o100 else "file"
            found[name] = (kind, path.read_bytes())
    return found
