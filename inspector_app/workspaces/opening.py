"""Opening a folder: found, read, remembered. The one road for drops, dialogs, URLs and the CLI."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.text import slugify

from inspector_app.errors import Problem
from inspector_app.events import bus
from inspector_app.models import Workspace

from .find import Found, find_project
from .interpreter import Choice, choose_interpreter, named_interpreter
from .settings_module import read_settings_modules


def open_path(
    path: str | Path, *, settings_module: str | None = None, python: str | None = None
) -> Workspace:
    """Open the project behind ``path`` and read what can be read without running it.

    ``settings_module`` and ``python`` are a user's own choices and are kept for later openings.

    Raises:
        Problem: what :func:`find_project` raises, or ``interpreter_missing``, ``bad_path``.
    """
    text = str(path)
    if not text.strip() or "\0" in text:
        raise Problem("bad_path", "That is not a path.", "Name the folder of a project.")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Problem(
            "bad_path",
            "The folder's name is not valid UTF-8, which DJDesk cannot keep in its database.",
            "Rename the folder, or open it through a link with another name.",
        ) from None
    found = find_project(Path(text))
    workspace = Workspace.objects.filter(root=str(found.root)).first() or Workspace(
        root=str(found.root), name=found.root.name or str(found.root)
    )
    _describe(workspace, found, settings_module, python)
    workspace.opened_at = timezone.now()
    if not workspace.slug:
        workspace.slug = _free_slug(workspace.name)
    workspace.save()
    bus.publish("workspace", {"slug": workspace.slug})

    _read(workspace)
    return workspace


def _read(workspace: Workspace) -> None:
    """Read an untrusted project at once, which takes no time; a trusted one runs its checks."""
    if workspace.trusted:
        from inspector_app.tasks import scan_workspace

        scan_workspace(workspace.pk)
        return
    from inspector_app.scans.scan import scan

    scan(workspace)


def open_sample() -> Workspace:
    """Open the project that ships with DJDesk, by the same road as any other."""
    return open_path(Path(settings.DJDESK_SAMPLE_DIR) / "cyclery")


def interpreter_of(workspace: Workspace) -> Choice:
    """The candidates for an opened workspace, as they are on disk now."""
    found = Found(workspace.root_path, Path(workspace.manage_py))
    return choose_interpreter(found)


def _describe(
    workspace: Workspace, found: Found, settings_module: str | None, python: str | None
) -> None:
    workspace.manage_py = str(found.manage_py)
    modules = read_settings_modules(found)
    if settings_module is not None:
        workspace.settings_module = settings_module
    elif modules:
        workspace.settings_module = modules[0].name
    if python is not None:
        choice = named_interpreter(Path(python))
    elif workspace.interpreter_source == "chosen" and Path(workspace.interpreter).is_file():
        choice = named_interpreter(Path(workspace.interpreter))
    else:
        choice = choose_interpreter(found)
    workspace.interpreter = str(choice.chosen.path)
    workspace.interpreter_source = choice.chosen.source
    workspace.interpreter_why = choice.why[:500]
    workspace.python_version = choice.chosen.python
    workspace.django_version = choice.chosen.django
    workspace.bundled = choice.bundled


def _free_slug(name: str) -> str:
    base = slugify(name)[:60] or slugify(name, allow_unicode=False)[:60] or "project"
    taken = set(Workspace.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    number = 1
    slug = base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
