"""``include("base.py", optional("local.py"))`` of django-split-settings."""

from __future__ import annotations

import ast
from pathlib import Path

from inspector_app.workspaces.looking import looked_at
from inspector_app.workspaces.source import dotted, literal

_INCLUDES = frozenset({"include", "split_settings.tools.include", "tools.include"})
_OPTIONAL = frozenset({"optional", "tools.optional", "split_settings.tools.optional"})
_FILES_LIMIT = 100


def is_include(call: ast.Call) -> bool:
    return dotted(call.func) in _INCLUDES


def included_files(call: ast.Call, folder: Path) -> tuple[list[Path], bool]:
    """The files that ``call`` executes in its own namespace, and whether those are all."""
    files: list[Path] = []
    complete = not call.keywords or {word.arg for word in call.keywords} == {"scope"}
    for argument in call.args:
        optional, inner = _inner(argument)
        pattern = literal(inner)
        found = _matching(folder, pattern) if isinstance(pattern, str) else []
        files += found
        complete = complete and isinstance(pattern, str) and bool(found or optional)
    return files[:_FILES_LIMIT], complete and len(files) <= _FILES_LIMIT


def _inner(argument: ast.expr) -> tuple[bool, ast.expr]:
    """Whether a file may be missing, and the expression of its name."""
    match argument:
        case ast.Call(func=function, args=[inner]) if dotted(function) in _OPTIONAL:
            return True, inner
    return False, argument


def _matching(folder: Path, pattern: str) -> list[Path]:
    looked_at((folder / pattern).parent)
    try:
        return sorted(path for path in folder.glob(pattern) if path.is_file())
    except (OSError, ValueError, NotImplementedError, IndexError):
        # Absolute, or no pattern at all.
        return []
