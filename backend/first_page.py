"""The first page, made once while the window is still on its way to ask for it.

Its views are imported and its templates compiled meanwhile, on the core that waits for WebKit.
"""

from __future__ import annotations

import logging
from urllib.parse import urlsplit

logger = logging.getLogger(__name__)


def prepare(address: str) -> None:
    """Make the page at ``address``, for nobody. What goes wrong is for the real request to say."""
    from django.db import connection
    from django.http import HttpRequest
    from django.urls import resolve

    request = HttpRequest()
    request.method = "GET"
    request.path = request.path_info = urlsplit(address).path
    try:
        found = resolve(request.path)
        request.resolver_match = found
        found.func(request, *found.args, **found.kwargs)
    except Exception:
        logger.warning("the first page could not be prepared", exc_info=True)
    finally:
        connection.close()
