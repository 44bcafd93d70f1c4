"""From a dotted module name to the file that holds it, inside one project."""

from __future__ import annotations

from pathlib import Path


class Modules:
    """Looks modules up the way Python would with manage.py's folder on its path."""

    def __init__(self, root: Path, base: Path) -> None:
        self.root = root
        self._bases = [base, base / "src", base / "apps"]

    def file(self, dotted: str) -> Path | None:
        """The file of module ``dotted``, None when it is not the project's."""
        parts = dotted.split(".")
        if not all(part.isidentifier() for part in parts):
            return None
        for base in self._bases:
            stem = base.joinpath(*parts)
            for candidate in (stem / "__init__.py", stem.with_suffix(".py")):
                if candidate.is_file():
                    return candidate
        return None

    def package(self, dotted: str) -> Path | None:
        """The folder of package ``dotted``; namespace packages count."""
        parts = dotted.split(".")
        if not all(part.isidentifier() for part in parts):
            return None
        for base in self._bases:
            folder = base.joinpath(*parts)
            if folder.is_dir() and folder.resolve().is_relative_to(self.root.resolve()):
                return folder
        return None

    def shown(self, path: Path) -> str:
        """``path`` as a report names it: relative to the project."""
        return str(path.relative_to(self.root)) if path.is_relative_to(self.root) else str(path)
