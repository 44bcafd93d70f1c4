"""Where an interpreter lies, and all that comes with it."""

from __future__ import annotations

from pathlib import Path


def kept(interpreter: Path) -> list[Path]:
    """The environment of the interpreter, and the installation behind it."""
    # A program at the top of its folder brings its libraries along beside it.
    places = [interpreter, interpreter.resolve()]
    return [folder for place in places for folder in (place.parent, place.parent.parent)]


def environments(interpreter: Path) -> list[Path]:
    """Where ``interpreter`` and what was installed for it lie: its virtual environment, say."""
    places = [interpreter, interpreter.resolve()]
    return [place.parent.parent for place in places if place.parent.name == "bin"]
