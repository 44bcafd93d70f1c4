"""Opening a folder: found, read, remembered. The one road for drops, dialogs, URLs and the CLI."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from inspector_app.errors import Problem
from inspector_app.events import bus
from inspector_app.models import Workspace

from .choices import Choices
from .describing import describe
from .find import find_project
from .found import Found
from .source import is_file, is_path


def open_path(
    path: str | Path,
    *,
    settings_module: str | None = None,
    python: str | None = None,
    env_files: Sequence[str] | None = None,
    manage: str | None = None,
    read: bool = True,
) -> Workspace:
    """Open the project behind ``path`` and read what can be read without running it.

    ``settings_module``, ``python`` and ``env_files`` are a user's own choices (see
    :class:`Choices`), kept for later openings; ``manage`` names the manage.py where there are
    several. Without ``read`` the caller scans it himself.

    Raises:
        Problem: what :func:`find_project` raises, or what
            :func:`~inspector_app.workspaces.choices.checked` finds wrong.
    """
    found = _find(checked_path(path), manage)
    root = str(found.root)
    known = Workspace.objects.filter(root=root).first()
    facts = describe(found, known, Choices(settings_module, python, env_files))
    # The database is locked from here on: two openings of one folder make one workspace.
    with transaction.atomic():
        workspace = Workspace.objects.filter(root=root).first()
        if workspace is None:
            name = found.root.name or root
            workspace = Workspace(root=root, name=name[:255], slug=_free_slug(name))
        _take(workspace, facts)
        workspace.opened_at = timezone.now()
        workspace.save()
    bus.publish("workspace", {"slug": workspace.slug})
    if read:
        read_now(workspace)
    return workspace


def set_up(workspace: Workspace, choices: Choices) -> None:
    """Change what a user chose for an opened workspace, and read it again with that.

    Raises:
        Problem: as :func:`open_path`.
    """
    facts = describe(found_of(workspace), workspace, choices)
    _take(workspace, facts)
    workspace.save(update_fields=list(facts))
    bus.publish("workspace", {"slug": workspace.slug})
    read_now(workspace)


def checked_path(path: str | Path) -> Path:
    """``path`` as one; raises ``bad_path`` for what is none."""
    text = str(path)
    if not text.strip() or not is_path(text):
        raise Problem("bad_path", "That is not a path.", "Name the folder of a project.")
    return Path(text)


def found_of(workspace: Workspace) -> Found:
    """The project of an opened workspace, as it was found."""
    manage_py = Path(workspace.manage_py) if workspace.manage_py else None
    return Found(workspace.root_path, manage_py, tuple(map(Path, workspace.python_path)))


def read_now(workspace: Workspace) -> None:
    """Read an untrusted project at once, which takes no time; a trusted one runs its checks."""
    if workspace.trusted:
        from inspector_app.scans.requests import request_scan

        request_scan(workspace)
        return
    from inspector_app.scans.scan import scan

    scan(workspace)


def open_sample() -> Workspace:
    """Open the project that ships with DJDesk, by the same road as any other."""
    return open_path(Path(settings.DJDESK_SAMPLE_DIR) / "cyclery")


def _find(path: Path, manage: str | None) -> Found:
    """The project in ``path``; of several, the one that was opened there before."""
    try:
        return find_project(path, manage)
    except Problem as problem:
        if problem.code == "several_projects":
            known = Workspace.objects.filter(root=str(path.expanduser().resolve())).first()
            if known is not None and is_file(known.root_path / (known.manage_py or ".")):
                return found_of(known)
        raise


def _take(workspace: Workspace, facts: dict[str, Any]) -> None:
    for name, value in facts.items():
        setattr(workspace, name, value)


def _free_slug(name: str) -> str:
    """A slug that no workspace has; of names without ASCII letters it is a plain word."""
    base = slugify(name)[:60].strip("-_") or "project"
    taken = set(Workspace.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    number = 1
    slug = base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
