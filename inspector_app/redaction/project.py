"""The secrets of one project, as its files have them now."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from inspector_app.errors import Problem
from inspector_app.models import Workspace
from inspector_app.scans.static.modules import Modules
from inspector_app.scans.static.settings_values import read_settings
from inspector_app.workspaces.running import packages_for
from inspector_app.workspaces.source import Unreadable, parse

from . import known
from .env_files import secrets_in_chosen, secrets_in_env_files
from .redactor import Redactor
from .secret import Secret
from .settings_source import secrets_in_source, secrets_in_value

logger = logging.getLogger(__name__)


def redactor_for(workspace: Workspace) -> Redactor:
    """A new redactor that knows what the project's settings and env files hold at this moment."""
    return redactor_of(workspace, secrets_of(workspace))


def redactor_of(workspace: Workspace, secrets: Iterable[Secret]) -> Redactor:
    """A new redactor that knows ``secrets``, which are from now on known to be the project's."""
    each = list(dict.fromkeys(secrets))
    known.remember(workspace.root, each)
    return Redactor(each)


def secrets_of(workspace: Workspace) -> list[Secret]:
    """What the project's settings and env files hold at this moment.

    They are read as text; nothing is executed. What cannot be read is left to the patterns.
    """
    try:
        return list(_secrets(workspace))
    except (OSError, ValueError, RecursionError):
        logger.warning("the secrets of %s could not be read", workspace.slug, exc_info=True)
        return []


def refuse_secrets(workspace: Workspace, params: dict[str, Any]) -> None:
    """Parameters are kept and shown in the command line, so a secret must not be one of them.

    Raises:
        Problem: ``secret_parameter``.
    """
    if not known.is_known(workspace.root):
        redactor_for(workspace)
    for name, value in params.items():
        if known.redacted(value) != value:
            raise Problem(
                "secret_parameter",
                f"The value of {name} is a secret, and command lines are kept.",
                "Nothing was run. Use a value that may be shown.",
                field=name,
            )


def _secrets(workspace: Workspace) -> Iterator[Secret]:
    root = workspace.root_path
    base = workspace.base_path
    modules = Modules(root, base, packages_for(workspace))
    folders = [root, base]
    if workspace.settings_module:
        modules.adopt(workspace.settings_module)
        static = read_settings(workspace.settings_module, modules)
        for name, value in static.names.items():
            yield from secrets_in_value(name.rpartition(".")[2], value.data)
        for file in static.files:
            folders.append(file.parent)
            try:
                yield from secrets_in_source(parse(file))
            except Unreadable:
                # It has a syntax error, so the project does not start either.
                continue
    yield from secrets_in_env_files(folders)
    yield from secrets_in_chosen(Path(file) for file in workspace.env_files)
