"""Folders that manage.py or settings put on the path from which modules are imported."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath

from inspector_app.workspaces.source import Unreadable, dotted, parse

from .expressions import evaluate
from .modules import Modules
from .values import Value

_ADDING = frozenset({"sys.path.append", "sys.path.extend", "sys.path.insert", "site.addsitedir"})


def follow_script(modules: Modules) -> None:
    """Take over what the manage.py beside the project's code adds before Django is loaded."""
    script = modules.base / "manage.py"
    try:
        tree = parse(script)
    except Unreadable:
        return
    names = {"__file__": Value(str(script))}
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                names[name] = evaluate(value, names)
            case ast.Call():
                follow_call(node, names, modules)


def follow_call(call: ast.Call, names: Mapping[str, Value], modules: Modules) -> bool:
    """Take over what ``sys.path.insert(…)`` and its kin add; whether ``call`` is one of them."""
    if dotted(call.func) not in _ADDING or not call.args:
        return False
    value = evaluate(call.args[-1], names)
    named = list(_folders(value, modules.base))
    folders = [folder for folder in named if _is_near(folder, modules.root)]
    for folder in folders:
        modules.put_on_path(folder)
    if not (folders == named != [] and value.whole):
        modules.path_is_known = False
    return True


def _is_near(folder: Path, root: Path) -> bool:
    """Whether a project that nobody trusts may have it read: what lies in it, or beside it."""
    beside = root.parent if root.parent.parent != root.parent else root
    return folder.is_relative_to(beside)


def _folders(value: Value, base: Path) -> Iterator[Path]:
    """Commands run in the folder of manage.py, from which a relative path counts."""
    for one in value.data if isinstance(value.data, list) else [value.data]:
        if isinstance(one, str | PurePath) and "\0" not in str(one):
            yield Path(os.path.normpath(base / one))
