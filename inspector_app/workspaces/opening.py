"""Opening a folder: found, read, remembered. The one road for drops, dialogs, URLs and the CLI."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from inspector_app.errors import Problem
from inspector_app.events import bus
from inspector_app.models import Workspace

from .find import Found, find_project
from .interpreter import CHOSEN, Choice, choose_interpreter, named_interpreter
from .settings_module import is_module_name, read_settings_modules
from .source import is_file, is_path


def open_path(
    path: str | Path,
    *,
    settings_module: str | None = None,
    python: str | None = None,
    read: bool = True,
) -> Workspace:
    """Open the project behind ``path`` and read what can be read without running it.

    ``settings_module`` and ``python`` are a user's own choices; the interpreter is kept for later
    openings. Without ``read`` the caller scans it himself.

    Raises:
        Problem: what :func:`find_project` raises, or ``interpreter_missing``, ``bad_path``,
            ``bad_settings``.
    """
    found = find_project(checked_path(path))
    _check_settings(settings_module)
    root = str(found.root)
    known = Workspace.objects.filter(root=root).first()
    facts = _describe(found, known, settings_module, python)
    # The database is locked from here on: two openings of one folder make one workspace.
    with transaction.atomic():
        workspace = Workspace.objects.filter(root=root).first()
        if workspace is None:
            name = found.root.name or root
            workspace = Workspace(root=root, name=name[:255], slug=_free_slug(name))
        for name, value in facts.items():
            setattr(workspace, name, value)
        workspace.opened_at = timezone.now()
        workspace.save()
    bus.publish("workspace", {"slug": workspace.slug})
    if read:
        _read(workspace)
    return workspace


def checked_path(path: str | Path) -> Path:
    """``path`` as one; raises ``bad_path`` for what is none."""
    text = str(path)
    if not text.strip() or not is_path(text):
        raise Problem("bad_path", "That is not a path.", "Name the folder of a project.")
    return Path(text)


def _check_settings(module: str | None) -> None:
    if module is not None and not is_module_name(module):
        raise Problem(
            "bad_settings",
            f"{module[:80]!r} is not the name of a settings module.",
            "Name it as Python imports it, for example shop.settings.dev.",
            field="settings",
        )


def _read(workspace: Workspace) -> None:
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


def interpreter_of(workspace: Workspace) -> Choice:
    """The candidates for an opened workspace, as they are on disk now."""
    found = Found(workspace.root_path, Path(workspace.manage_py))
    choice = choose_interpreter(found)
    kept = Path(workspace.interpreter)
    if workspace.interpreter_source != CHOSEN or not is_file(kept):
        return choice
    named = named_interpreter(kept)
    others = [(choice.chosen, "You chose another one."), *choice.losers]
    losers = [(one, why) for one, why in others if one.path != kept]
    return Choice(named.chosen, named.why, bundled=False, losers=losers)


def _describe(
    found: Found, known: Workspace | None, settings_module: str | None, python: str | None
) -> dict[str, Any]:
    """What was found out about a project, as fields of its workspace."""
    modules = read_settings_modules(found)
    choice = _choose(found, known, python)
    return {
        "manage_py": str(found.manage_py),
        "settings_module": settings_module or (modules[0].name if modules else ""),
        "interpreter": str(choice.chosen.path),
        "interpreter_source": choice.chosen.source,
        "interpreter_why": choice.why[:500],
        "python_version": choice.chosen.python,
        "django_version": choice.chosen.django,
        "bundled": choice.bundled,
    }


def _choose(found: Found, known: Workspace | None, python: str | None) -> Choice:
    if python is not None:
        if not is_path(python):
            raise Problem("bad_path", "That is not a path.", "Name a Python.", field="python")
        return named_interpreter(Path(python))
    if known is not None and known.interpreter_source == CHOSEN:
        kept = Path(known.interpreter)
        if is_file(kept):
            return named_interpreter(kept)
    return choose_interpreter(found)


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
