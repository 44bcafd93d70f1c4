"""Model classes as their source text declares them, through bases inside the project."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import Any

from inspector_app.workspaces.source import Unreadable, dotted, literal, parse

from .apps import StaticApp
from .modules import Modules

RELATIONS = {
    "ForeignKey": "fk",
    "OneToOneField": "o2o",
    "ManyToManyField": "m2m",
    "GenericForeignKey": "gfk",
    "GenericRelation": "generic",
    "ParentalKey": "fk",
    "ParentalManyToManyField": "m2m",
    "TreeForeignKey": "fk",
}
_ROOTS = frozenset({"models.Model", "Model", "django.db.models.Model"})


@dataclass
class _Class:
    """A class statement in a models module; ``bases`` are its base expressions, dotted."""

    name: str
    bases: list[str]
    file: str
    line: int
    app: StaticApp
    meta: dict[str, Any] = field(default_factory=dict)
    fields: list[dict[str, Any]] = field(default_factory=list)
    targets: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass
class StaticModels:
    """Models for each app label, relations between them, and what could not be read."""

    models: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    relations: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_models(apps: list[StaticApp], modules: Modules) -> StaticModels:
    """The models of the project's own apps."""
    result = StaticModels()
    classes: list[_Class] = []
    for app in apps:
        if app.folder is not None:
            classes.extend(_read_app(app, modules, result))
    by_name: dict[str, _Class] = {}
    for one in classes:
        by_name.setdefault(one.name, one)
    own = [one for one in classes if _is_model(one, by_name, set())]
    for one in own:
        label = f"{one.app.label}.{one.name}"
        abstract = one.meta.get("abstract") is True
        result.models.setdefault(one.app.label, []).append(_describe(one, label, abstract))
        for name, kind, target in one.targets:
            result.relations.append(
                {
                    "from": label,
                    "to": _resolve(target, one, own),
                    "field": name,
                    "kind": kind,
                    "auto_created": False,
                }
            )
    return result


def _describe(one: _Class, label: str, abstract: bool) -> dict[str, Any]:
    table = one.meta.get("db_table")
    return {
        "name": one.name,
        "label": label,
        "table": table if isinstance(table, str) else f"{one.app.label}_{one.name.lower()}",
        "fields": one.fields,
        "proxy": one.meta.get("proxy") is True,
        "swapped": False,
        "managed": one.meta.get("managed") is not False,
        "auto_created": False,
        "abstract": abstract,
        "file": one.file,
        "line": one.line,
    }


def _read_app(app: StaticApp, modules: Modules, result: StaticModels) -> list[_Class]:
    if app.folder is None:
        return []
    files = [app.folder / "models.py"]
    if (app.folder / "models").is_dir():
        files = sorted((app.folder / "models").rglob("*.py"))
    found: list[_Class] = []
    for file in files:
        if not file.is_file():
            continue
        try:
            tree = parse(file)
        except Unreadable as error:
            result.notes.append(f"{modules.shown(file)} {error}")
            continue
        found.extend(
            _read_class(node, app, modules.shown(file))
            for node in tree.body
            if isinstance(node, ast.ClassDef)
        )
    return found


def _read_class(node: ast.ClassDef, app: StaticApp, file: str) -> _Class:
    one = _Class(node.name, [dotted(base) for base in node.bases], file, node.lineno, app)
    for statement in node.body:
        if isinstance(statement, ast.ClassDef) and statement.name == "Meta":
            for inner in statement.body:
                if isinstance(inner, ast.Assign) and isinstance(inner.targets[0], ast.Name):
                    one.meta[inner.targets[0].id] = literal(inner.value)
        name, value = _assigned(statement)
        if name and isinstance(value, ast.Call):
            _read_field(one, name, value)
    return one


def _assigned(statement: ast.stmt) -> tuple[str, ast.expr | None]:
    if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
        return statement.targets[0].id, statement.value
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        return statement.target.id, statement.value
    return "", None


def _read_field(one: _Class, name: str, call: ast.Call) -> None:
    kind = dotted(call.func).rpartition(".")[2]
    if kind in RELATIONS:
        target = _target(call)
        if kind != "GenericForeignKey":
            one.targets.append((name, RELATIONS[kind], target))
        else:
            one.targets.append((name, "gfk", ""))
    elif not kind.endswith("Field"):
        return
    one.fields.append({"name": name, "kind": kind, "line": call.lineno})


def _target(call: ast.Call) -> str:
    node: ast.expr | None = call.args[0] if call.args else None
    for keyword in call.keywords:
        if keyword.arg == "to":
            node = keyword.value
    value = literal(node)
    if isinstance(value, str):
        return value
    return dotted(node) if node is not None else ""


def _is_model(one: _Class, by_name: dict[str, _Class], seen: set[str]) -> bool:
    if one.name in seen:
        return False
    for base in one.bases:
        if base in _ROOTS or base.endswith(".models.Model"):
            return True
        last = base.rpartition(".")[2]
        if last in by_name:
            if _is_model(by_name[last], by_name, {*seen, one.name}):
                return True
        elif last in _LIBRARY_MODELS:
            return True
    return False


# Model classes of Django itself that projects inherit from.
_LIBRARY_MODELS = frozenset({"AbstractUser", "AbstractBaseUser", "PermissionsMixin", "MPTTModel"})


def _resolve(target: str, one: _Class, own: list[_Class]) -> str:
    """The ``app_label.Model`` a relation points at, as far as the text tells."""
    if target == "self":
        return f"{one.app.label}.{one.name}"
    if target in ("settings.AUTH_USER_MODEL", "get_user_model"):
        return "settings.AUTH_USER_MODEL"
    prefix, _, name = target.rpartition(".")
    if prefix and any(prefix == other.app.label for other in own):
        return target
    same_app = [o for o in own if o.name == name and o.app.label == one.app.label]
    anywhere = same_app or [o for o in own if o.name == name]
    return f"{anywhere[0].app.label}.{name}" if anywhere else target
