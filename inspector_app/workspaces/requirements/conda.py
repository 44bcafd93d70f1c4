"""environment.yml of conda: the plain list of packages that ``conda env export`` writes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from inspector_app.workspaces.source import read_text

from .asked import Asked, parsed

NAMES = ("environment.yml", "environment.yaml")
_ITEM = re.compile(r"(?P<indent>[ ]*)-[ ]+(?P<text>[^#]+?)[ ]*(?:#.*)?\Z")
# name=1.2=build, name=1.2, name==1.2, name>=1.2, perhaps behind a channel.
_PACKAGE = re.compile(
    r"(?:[\w./-]+::)?(?P<name>[\w.-]+)[ ]*(?P<version>[=<>!~][^= ]*(?:=[^= ]+)?)?"
)


def read_conda(path: Path, shown: str) -> Iterator[Asked]:
    """Packages of conda, and those below ``pip:``, which are in pip's form."""
    inside, pip_indent = False, -1
    for number, line in enumerate(read_text(path).splitlines(), start=1):
        if line[:1].strip():
            inside = line.startswith("dependencies:")
            if not line.startswith("-"):
                continue
        match = _ITEM.match(line)
        if not inside or match is None:
            continue
        indent, text = len(match["indent"]), match["text"].strip("\"'")
        if text == "pip:":
            pip_indent = indent
            continue
        of_pip = pip_indent >= 0 and indent > pip_indent
        if not of_pip:
            pip_indent = -1
        one = parsed(text if of_pip else _pip_form(text), shown, number)
        if one is not None and one.name != "python":
            yield one


def _pip_form(text: str) -> str:
    match = _PACKAGE.match(text)
    if match is None:
        return ""
    version = match["version"] or ""
    if version.startswith("=") and not version.startswith("=="):
        number = version[1:].partition("=")[0]
        version = f"=={number}" if number.count(".") > 1 else f"=={number}.*"
    return f"{match['name']}{version}"
