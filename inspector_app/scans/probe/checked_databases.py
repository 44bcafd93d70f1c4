"""The databases whose features Django's checks of models go by: all since 6.1, none before."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import Any, Iterator

from .plain import text

_SINCE = (6, 1)


@contextmanager
def open_to_checks(notes: list[str], *, network: bool) -> Iterator[Any]:
    """What the checks get as ``databases``.

    A database elsewhere is asked only where the network is allowed; an SQLite file that is not
    there yet is not made, because its features do not depend on it.
    """
    import django

    if django.VERSION < _SINCE:
        yield None
        return
    from django.db import connections

    aliases, left_out, held = [], [], []
    try:
        for alias in connections:
            connection: Any = connections[alias]
            settings = connection.settings_dict
            if connection.vendor == "sqlite" and not _is_there(settings.get("NAME")):
                held.append((connection, settings))
                connection.settings_dict = {**settings, "NAME": ":memory:"}
            elif not network and connection.vendor not in ("sqlite", "unknown"):
                left_out.append(text(alias))
                continue
            aliases.append(alias)
        if left_out:
            names = ", ".join(left_out)
            notes.append(f"{names} took no part in them, because this workspace allows no network")
        yield aliases
    finally:
        for connection, settings in held:
            connection.close()
            connection.settings_dict = settings


def _is_there(name: Any) -> bool:
    return bool(name) and os.path.exists(os.fspath(name))
