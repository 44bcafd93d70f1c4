"""The Python that .python-version names, in pyenv's folder."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from inspector_app.workspaces.environment import Environment, installed_version
from inspector_app.workspaces.find import Found

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,60}\Z")


def locate(found: Found) -> Iterator[Environment]:
    versions = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    for name in _named(found):
        folder = versions / name
        python = folder / "bin" / "python"
        if not folder.is_dir():
            yield Environment(
                python, f"pyenv {name}", problem=".python-version names it, but it is not installed"
            )
            continue
        django = ""
        for packages in sorted((folder / "lib").glob("python3*/site-packages")):
            django = installed_version(packages, "django")
        yield Environment(python, f"pyenv {name}", python=name, django=django)


def _named(found: Found) -> list[str]:
    for folder in dict.fromkeys((found.script.parent, found.root)):
        try:
            text = (folder / ".python-version").read_text("utf-8")
        except (OSError, ValueError):
            continue
        return [line.strip() for line in text.splitlines() if _NAME.match(line.strip())]
    return []
