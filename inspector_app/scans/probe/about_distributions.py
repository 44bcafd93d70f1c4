"""What is installed beside the interpreter: names and versions from the packages' own metadata."""

from __future__ import annotations

import os
import re
import sys

_FIELD = re.compile(r"^(Name|Version):[ \t]*(.+?)[ \t]*$", re.MULTILINE)
_HEAD = 4096
_MOST = 5000
_METADATA = {".dist-info": "METADATA", ".egg-info": "PKG-INFO"}


def read(_notes: list[str]) -> list[dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for folder in dict.fromkeys(sys.path):
        for name in _names(folder):
            one = _read(os.path.join(folder, name), name)
            # The first on the path is the one that is imported.
            if one is not None and len(found) < _MOST:
                found.setdefault(re.sub(r"[-_.]+", "-", one["name"]).lower(), one)
    return [found[key] for key in sorted(found)]


def _names(folder: str) -> list[str]:
    try:
        return [name for name in os.listdir(folder or ".") if name.endswith(tuple(_METADATA))]
    except OSError:
        return []


def _read(path: str, name: str) -> dict[str, str] | None:
    kind = name[name.rindex(".") :]
    file = os.path.join(path, _METADATA[kind]) if os.path.isdir(path) else path
    try:
        with open(file, encoding="utf-8", errors="replace") as metadata:
            fields = dict(_FIELD.findall(metadata.read(_HEAD)))
    except OSError:
        return None
    if "Name" not in fields:
        return None
    return {"name": fields["Name"][:200], "version": fields.get("Version", "")[:100]}
