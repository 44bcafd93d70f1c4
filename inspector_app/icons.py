"""The Lucide icons the pages use; the packaged app ships these and no others, drawn already.

The package that draws them takes 1 MiB of memory for its archive and its XML.
"""

from __future__ import annotations

import functools
import json
from pathlib import Path

from django.conf import settings

# Stands for the class in an icon that is drawn already.
CLASS = "@class@"

ICONS = frozenset(
    {
        "arrow-down-to-line",
        "arrow-right",
        "arrow-up",
        "bell-off",
        "book-open",
        "box",
        "boxes",
        "braces",
        "case-sensitive",
        "chevron-down",
        "chevron-right",
        "chevron-up",
        "chevrons-up-down",
        "circle-alert",
        "circle-check",
        "circle-dashed",
        "circle-minus",
        "circle-x",
        "clock",
        "cloud-off",
        "command",
        "copy",
        "corner-down-right",
        "database",
        "download",
        "ellipsis",
        "external-link",
        "eye",
        "file-clock",
        "file-code",
        "file-output",
        "file-text",
        "flask-conical",
        "folder-input",
        "folder-open",
        "git-branch",
        "git-compare",
        "git-merge",
        "history",
        "info",
        "keyboard",
        "layout-dashboard",
        "list-checks",
        "list-filter",
        "map-pin",
        "list-tree",
        "lock",
        "maximize-2",
        "minus",
        "moon",
        "notebook-text",
        "package",
        "pin",
        "play",
        "plus",
        "refresh-cw",
        "rotate-cw",
        "route",
        "scan",
        "search",
        "settings",
        "shield",
        "shield-check",
        "shield-question-mark",
        "sliders-horizontal",
        "square",
        "square-terminal",
        "sun-moon",
        "table-2",
        "tag",
        "terminal",
        "text-wrap",
        "timer",
        "timer-off",
        "trash-2",
        "triangle-alert",
        "unplug",
        "workflow",
        "x",
    }
)


def markup(name: str, css: str) -> str:
    """An icon as inline SVG, hidden from screen readers; ``css`` are its classes."""
    if name not in ICONS:
        raise ValueError(f"{name!r} is not in inspector_app/icons.py")
    shipped: Path | None = settings.DJDESK_ICONS
    drawn = draw(name) if shipped is None else _shipped(shipped)[name]
    return drawn.replace(CLASS, css, 1)


@functools.cache
def draw(name: str) -> str:
    """The icon as the Lucide package has it; not in the packaged app."""
    from lucide.templatetags.lucide import lucide

    return str(lucide(name, size=None, **{"class": CLASS, "aria-hidden": "true"}))


@functools.cache
def _shipped(file: Path) -> dict[str, str]:
    icons: dict[str, str] = json.loads(file.read_text("utf-8"))
    return icons
