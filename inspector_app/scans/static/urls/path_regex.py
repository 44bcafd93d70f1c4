"""The regular expression of a ``path()`` route, by Django's rules."""

from __future__ import annotations

import re

_ANGLE = re.compile(r"<(?:(?P<kind>[^>:]+):)?(?P<name>[^>]+)>")
_HOME = "django.urls.converters"
CONVERTERS = {
    "int": f"{_HOME}.IntConverter",
    "path": f"{_HOME}.PathConverter",
    "slug": f"{_HOME}.SlugConverter",
    "str": f"{_HOME}.StringConverter",
    "uuid": f"{_HOME}.UUIDConverter",
}
_REGEXES = {
    "int": "[0-9]+",
    "path": ".+",
    "slug": "[-a-zA-Z0-9_]+",
    "str": "[^/]+",
    "uuid": "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
}


def path_regex(route: str, *, end: bool) -> tuple[str, dict[str, str]]:
    """The expression, and the converter's short name for each parameter.

    A converter of the project's own counts as one for texts. ``end`` says that nothing follows.
    """
    pieces, at, names = ["^"], 0, {}
    for match in _ANGLE.finditer(route):
        kind, name = match["kind"] or "str", match["name"]
        names[name] = kind
        pieces += [re.escape(route[at : match.start()])]
        pieces += [f"(?P<{name}>{_REGEXES.get(kind, _REGEXES['str'])})"]
        at = match.end()
    pieces += [re.escape(route[at:]), r"\Z" if end else ""]
    return "".join(pieces), names
