"""What every page has. Each part is read when a template first asks for it, and then once."""

from __future__ import annotations

import functools
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from .host import get_host
from .preferences import CHOICES, all_preferences
from .runs.activity import activity


def page(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001
    return {
        "preferences": functools.cache(all_preferences),
        "preference_choices": [
            (name, name.capitalize(), [(value, value.capitalize()) for value in values])
            for name, values in CHOICES.items()
        ],
        "version": settings.DJDESK_VERSION,
        "in_window": get_host().window,
        "timeout_s": settings.DJDESK_INSPECTOR_TASK_TIMEOUT,
        "activity": functools.cache(activity),
    }
