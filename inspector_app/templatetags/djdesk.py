"""What templates need beyond Django: icons, exact command lines, sizes and durations."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from lucide.templatetags.lucide import lucide

from inspector_app.icons import ICONS

register = template.Library()


@register.simple_tag
def icon(name: str, css: str = "i") -> SafeString:
    """An inline Lucide icon, silent for screen readers; ``name`` must be in the registry."""
    if name not in ICONS:
        raise ValueError(f"{name!r} is not in inspector_app/icons.py")
    return SafeString(lucide(name, size=None, **{"class": css, "aria-hidden": "true"}))


@register.filter
def arguments(argv: Iterable[str]) -> SafeString:
    """A command line, one element for each argument, so that it wraps only between them."""
    return format_html_join(" ", "<span>{}</span>", ((part,) for part in argv))


@register.filter
def seconds(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.2f} s" if value < 10 else f"{value:.1f} s"


@register.filter
def memory(value: int | None) -> str:
    return "" if value is None else f"{value / 1_048_576:.0f} MB"


@register.filter
def home_path(value: str) -> str:
    """A path with the home folder as ``~``."""
    home = str(Path.home())
    return f"~{value.removeprefix(home)}" if value.startswith(f"{home}/") else value


@register.filter
def initials(name: str) -> str:
    """Two letters for the project's mark."""
    words = [word for word in name.replace("-", " ").replace("_", " ").split() if word]
    letters = "".join(word[0] for word in words[:2]) if len(words) > 1 else name[:2]
    return letters.upper()


@register.simple_tag
def ago(moment: datetime | None) -> SafeString | str:
    """A time that the page keeps up to date in words."""
    if moment is None:
        return ""
    return format_html(
        '<rel-time datetime="{}">{}</rel-time>',
        moment.isoformat(),
        moment.strftime("%Y-%m-%d %H:%M UTC"),
    )
