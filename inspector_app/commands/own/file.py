"""Definitions as text: ``djdesk.toml`` in a project's folder, untrusted, or what the user wrote."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from inspector_app.workspaces.source import Unreadable, read_bytes

from .table import FILE, bad

SIZE_LIMIT = 64 * 1024


def read_own_file(root: str) -> dict[str, Any] | None:
    """The file's content, or None where there is none.

    Raises:
        Problem: ``bad_own_commands`` when it cannot be read, or is no TOML.
    """
    path = Path(root, FILE)
    try:
        if not path.is_symlink() and not path.exists():
            return None
        if not path.resolve().is_relative_to(Path(root).resolve()):
            raise bad("", "it is a link that leads out of the project.")
        data = read_bytes(path)
    except Unreadable as problem:
        raise bad("", f"it {problem}.") from problem
    except (OSError, RuntimeError) as error:
        raise bad("", "it cannot be read.") from error
    return parsed(data)


def parsed(data: bytes) -> dict[str, Any]:
    """The tables in ``data``.

    Raises:
        Problem: ``bad_own_commands`` when it is no TOML.
    """
    if len(data) > SIZE_LIMIT:
        raise bad("", f"it is larger than {SIZE_LIMIT // 1024} KB.")
    try:
        return tomllib.loads(data.decode())
    except UnicodeDecodeError as error:
        raise bad("", "it is not UTF-8.") from error
    except RecursionError as error:
        raise bad("", "it is nested too deeply.") from error
    except tomllib.TOMLDecodeError as error:
        raise bad("", f"it is not TOML: {error}.") from error
    except ValueError as error:
        # Such as a number of 5,000 digits.
        raise bad("", "it holds a value that cannot be read.") from error
