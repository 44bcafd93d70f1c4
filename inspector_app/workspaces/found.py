"""A Django project as it lies on disk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Found:
    """A project: ``root`` is what the user works in, ``manage_py`` is relative to it.

    A project without manage.py is run as ``python -m django`` with ``python_path``, the folders
    that hold its settings and its packages; the first one is that of the settings.
    """

    root: Path
    manage_py: Path | None = None
    python_path: tuple[Path, ...] = ()

    @property
    def script(self) -> Path | None:
        return self.root / self.manage_py if self.manage_py is not None else None

    @property
    def base(self) -> Path:
        """The folder whose modules the project's code imports by name."""
        if self.script is not None:
            return self.script.parent
        return self.python_path[0] if self.python_path else self.root
