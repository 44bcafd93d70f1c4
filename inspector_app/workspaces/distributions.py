"""What is installed in folders of packages, by the names and metadata that installers write."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from email.parser import HeaderParser
from pathlib import Path

from .source import read_text

_SEPARATORS = re.compile(r"[-_.]+")


def normal(name: str) -> str:
    """A distribution's name as it is compared: ``Django_Debug.Toolbar`` like the index does."""
    return _SEPARATORS.sub("-", name).lower()


def installed(folders: Iterable[Path]) -> dict[str, str]:
    """Version by normalised name; of one that is in several ``folders``, that of the first."""
    found: dict[str, str] = {}
    for folder in folders:
        for name, version in _named_in(folder).items():
            found.setdefault(name, version)
    return found


def installed_version(folder: Path, distribution: str) -> str:
    """The version of ``distribution`` in ``folder``, or an empty string."""
    return _named_in(folder).get(normal(distribution), "")


def requires_python(folders: Iterable[Path], distribution: str) -> str:
    """Which Pythons ``distribution`` says it runs on, such as ``>=3.10``; empty if it does not."""
    wanted = normal(distribution)
    for folder in folders:
        for entry in _entries(folder):
            if normal(_parsed(entry)[0]) == wanted:
                metadata = read_text(folder / entry / "METADATA")
                return HeaderParser().parsestr(metadata).get("Requires-Python", "") or ""
    return ""


def _named_in(folder: Path) -> dict[str, str]:
    parsed = (_parsed(entry) for entry in _entries(folder))
    return {normal(name): version for name, version in parsed if version}


def _entries(folder: Path) -> list[str]:
    try:
        names = os.listdir(folder)  # noqa: PTH208 -- names are all that is needed
    except OSError:
        return []
    return [name for name in names if name.endswith((".dist-info", ".egg-info"))]


def _parsed(entry: str) -> tuple[str, str]:
    """Name and version in ``Django-3.2.25-py3.8.egg-info`` or ``django-5.2.dist-info``."""
    name, _, version = entry.rpartition(".")[0].partition("-")
    return name, version.split("-")[0]
