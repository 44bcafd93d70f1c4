"""The pages' style sheets and scripts as a browser should ask for them: few requests, all at once.

Sheets and modules are written one concern a file. A window that opens would wait for each of them:
forty requests, and for modules one after the other along the imports.
"""

from __future__ import annotations

import functools
import re
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.contrib.staticfiles import finders

# What the address of the joined sheet ends with.
STYLESHEET = "inspector_app/djdesk.css"
MAIN_MODULE = "inspector_app/js/main.js"

# In this order; the cascade layers are named in the first.
SHEETS = (
    "tokens",
    "base",
    "layout",
    "text",
    "controls",
    "status",
    "shell",
    "tables",
    "lists",
    "log",
    "overlays",
    "home",
    "overview",
    "scans",
    "commands",
    "sections",
    "urls",
    "settings",
    "checks",
    "exports",
    "migrations",
    "runs",
    "rehearsal",
    "diagram",
    "models",
    "palette",
    "preferences",
    "zoom",
    *(["macos"] if sys.platform == "darwin" else []),
)

# Also in what a minifier leaves, where all stand on one line. With a bracket it is for later.
_IMPORT = re.compile(rb'(?:^|;)(?:import|export)\b[^;"(]*"(\.{1,2}/[^"]+)"', re.MULTILINE)


def find(name: str) -> Path | None:
    """The file of an asset, by its path below the static URL; None when there is none.

    Shipped assets lie in one folder. In a checkout they are served from where they are written.
    """
    if "\0" in name:
        return None
    if settings.DJDESK_FROZEN:
        root = Path(settings.STATIC_ROOT)
        path = (root / name).resolve()
        return path if path.is_relative_to(root.resolve()) and path.is_file() else None
    if ".." in PurePosixPath(name).parts or name.startswith("/"):
        return None
    found = finders.find(name)
    return Path(found) if isinstance(found, str) and Path(found).is_file() else None


def stylesheet() -> bytes:
    """All style sheets, joined in order."""
    return _joined() if settings.DJDESK_FROZEN else _joined.__wrapped__()


def modules(entry: str = MAIN_MODULE) -> tuple[str, ...]:
    """A script's module and every one it imports, directly or not: to be fetched at once."""
    return _modules(entry) if settings.DJDESK_FROZEN else _modules.__wrapped__(entry)


@functools.cache
def _joined() -> bytes:
    return b"\n".join(_read(f"inspector_app/css/{name}.css") for name in SHEETS)


@functools.cache
def _modules(entry: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    pending = [entry]
    while pending:
        name = pending.pop()
        if name not in found:
            found[name] = None
            pending += _imported(name)
    return tuple(found)


def _imported(name: str) -> Iterator[str]:
    """What the module ``name`` imports when it is loaded, not what it may import later."""
    folder = PurePosixPath(name).parent
    for match in _IMPORT.finditer(_read(name)):
        parts: list[str] = []
        for part in (folder / match[1].decode()).parts:
            if part == "..":
                parts.pop()
            else:
                parts.append(part)
        # Data that is imported is no script, and a link that took it for one would fail.
        if parts[-1].endswith(".js"):
            yield "/".join(parts)


def _read(name: str) -> bytes:
    path = find(name)
    if path is None:
        raise FileNotFoundError(name)
    return path.read_bytes()
