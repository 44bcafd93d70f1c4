"""How code outside of models names one: kept until the models are known."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from inspector_app.workspaces.source import dotted, literal


@dataclass(frozen=True, slots=True)
class ModelName:
    """``text`` is a label that is written out; ``name`` a name in the file; ``user`` is the model
    of AUTH_USER_MODEL."""

    text: str = ""
    name: str = ""
    user: bool = False


class FullName(str):
    """A name as :mod:`.file_facts` has them, among texts that mean something else."""

    __slots__ = ()


def model_name(node: ast.expr) -> ModelName:
    text = literal(node)
    if isinstance(text, str):
        return ModelName(text=text)
    name = dotted(node.func if isinstance(node, ast.Call) else node)
    if name.endswith(("settings.AUTH_USER_MODEL", "get_user_model")):
        return ModelName(user=True)
    return ModelName(name="" if isinstance(node, ast.Call) else name)
