"""What every page has. Each part is read when a template first asks for it, and then once."""

from __future__ import annotations

import functools
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from .help import of_page
from .host import get_host
from .preferences import TIMEOUT, all_preferences
from .runs.activity import activity


def page(request: HttpRequest) -> dict[str, Any]:
    preferences = functools.cache(all_preferences)
    return {
        "preferences": preferences,
        # What opens a place in the source; empty text where nothing does.
        "editor": functools.cache(lambda: _editor(preferences())),
        "help": of_page(request.resolver_match.view_name if request.resolver_match else ""),
        "version": settings.DJDESK_VERSION,
        "in_window": get_host().window,
        "timeout_s": lambda: preferences()[TIMEOUT],
        "activity": functools.cache(activity),
    }


def _editor(preferences: dict[str, Any]) -> str:
    from .editor.choice import editor

    ready = editor(preferences)
    return ready.title if ready is not None else ""
