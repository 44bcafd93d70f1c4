"""Names of modules as an import inside a package means them."""

from __future__ import annotations

from pathlib import Path


def package_of(module: str, path: Path | None) -> str:
    """The package from which relative imports count in ``module``, whose file is ``path``."""
    is_package = path is not None and path.name == "__init__.py"
    return module if is_package else module.rpartition(".")[0]


def absolute(name: str | None, level: int, package: str) -> str:
    """The module of ``from ..name import``, with ``level`` dots, written in ``package``."""
    if not level:
        return name or ""
    parts = package.split(".")
    parts = parts[: max(len(parts) - (level - 1), 0)]
    return ".".join([*parts, *([name] if name else [])])
