"""The operations of a migration from its text, in the words of Django's own ``describe()``."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from inspector_app.workspaces.source import dotted, literal

# The parameters of Django's operations that have a place in their descriptions, in order.
_PARAMETERS = {
    "CreateModel": "name fields options",
    "DeleteModel": "name",
    "RenameModel": "old_name new_name",
    "AlterModelTable": "name table",
    "AlterModelTableComment": "name table_comment",
    "AlterUniqueTogether": "name together",
    "AlterIndexTogether": "name together",
    "AlterOrderWithRespectTo": "name order_with_respect_to",
    "AlterModelOptions": "name options",
    "AlterModelManagers": "name managers",
    "AddIndex": "model_name index",
    "AddIndexConcurrently": "model_name index",
    "RemoveIndex": "model_name name",
    "RemoveIndexConcurrently": "model_name name",
    "RenameIndex": "model_name new_name old_name old_fields",
    "AddConstraint": "model_name constraint",
    "AddConstraintNotValid": "model_name constraint",
    "RemoveConstraint": "model_name name",
    "AlterConstraint": "model_name name constraint",
    "ValidateConstraint": "model_name name",
    "AddField": "model_name name field",
    "RemoveField": "model_name name",
    "AlterField": "model_name name field",
    "RenameField": "model_name old_name new_name",
    "RunSQL": "sql reverse_sql",
    "RunPython": "code reverse_code",
    "SeparateDatabaseAndState": "database_operations state_operations",
    "CreateExtension": "name",
    "CreateCollation": "name",
    "RemoveCollation": "name",
}
_TEXTS = {
    "CreateModel": "Create {proxy}model {name}",
    "DeleteModel": "Delete model {name}",
    "RenameModel": "Rename model {old_name} to {new_name}",
    "AlterModelTable": "Rename table for {name} to {table}",
    "AlterModelTableComment": "Alter {name} table comment",
    "AlterUniqueTogether": "Alter unique_together for {name} ({count} constraint(s))",
    "AlterIndexTogether": "Alter index_together for {name} ({count} constraint(s))",
    "AlterOrderWithRespectTo": "Set order_with_respect_to on {name} to {order_with_respect_to}",
    "AlterModelOptions": "Change Meta options on {name}",
    "AlterModelManagers": "Change managers on {name}",
    "AddIndex": "Create index {inner} on {fields} model {model_name}",
    "AddIndexConcurrently": "Concurrently create index {inner} on {fields} model {model_name}",
    "RemoveIndex": "Remove index {name} from {model_name}",
    "RemoveIndexConcurrently": "Concurrently remove index {name} from {model_name}",
    "RenameIndex": "Rename index {old_name} on {model_name} to {new_name}",
    "AddConstraint": "Create constraint {inner} on model {model_name}",
    "AddConstraintNotValid": "Create not valid constraint {inner} on model {model_name}",
    "RemoveConstraint": "Remove constraint {name} from model {model_name}",
    "AlterConstraint": "Alter constraint {name} on {model_name}",
    "ValidateConstraint": "Validate constraint {name} on model {model_name}",
    "AddField": "Add field {name} to {model_name}",
    "RemoveField": "Remove field {name} from {model_name}",
    "AlterField": "Alter field {name} on {model_name}",
    "RenameField": "Rename field {old_name} on {model_name} to {new_name}",
    "RunSQL": "Raw SQL operation",
    "RunPython": "Raw Python operation",
    "SeparateDatabaseAndState": "Custom state/database change combination",
    "CreateExtension": "Creates extension {name}",
    "CreateCollation": "Create collation {name}",
    "RemoveCollation": "Remove collation {name}",
}
_LOSING = frozenset({"DeleteModel", "RemoveField"})
_LOSING_SQL = re.compile(r"\b(?:DROP\s+(?:TABLE|COLUMN|SCHEMA|DATABASE)|TRUNCATE|DELETE\s+FROM)\b")
_UNKNOWN = "…"


@dataclass(frozen=True)
class Operation:
    """``model`` is its name without the app; ``destructive`` says that it takes data away."""

    kind: str
    text: str
    model: str | None
    destructive: bool
    line: int


def read_operations(node: ast.expr) -> tuple[list[Operation], bool]:
    """The operations of a list, also of several added up, and whether that is all of them."""
    match node:
        case ast.List(elts=elements) | ast.Tuple(elts=elements):
            calls = [one for one in elements if isinstance(one, ast.Call) and dotted(one.func)]
            return [_operation(call) for call in calls], len(calls) == len(elements)
        case ast.BinOp(op=ast.Add(), left=left, right=right):
            first, all_of_first = read_operations(left)
            second, all_of_second = read_operations(right)
            return first + second, all_of_first and all_of_second
    return [], False


def _operation(call: ast.Call) -> Operation:
    kind = dotted(call.func).rpartition(".")[2]
    names = _PARAMETERS.get(kind, "").split()
    given = dict(zip(names, call.args, strict=False))
    given |= {word.arg: word.value for word in call.keywords if word.arg is not None}
    model = given.get("model_name") or given.get("new_name") or given.get("name")
    named = literal(model) if kind in _TEXTS or "model_name" in given else None
    of_model = isinstance(named, str) and not kind.startswith(("Run", "CreateE", "CreateC"))
    return Operation(
        kind,
        _text(kind, given),
        str(named) if of_model else None,
        _is_destructive(kind, given),
        call.lineno,
    )


def _text(kind: str, given: dict[str, ast.expr]) -> str:
    if kind == "RenameIndex" and "old_name" not in given:
        template = "Rename unnamed index for {old_fields} on {model_name} to {new_name}"
    else:
        template = _TEXTS.get(kind, kind)
    words = {name: _word(node) for name, node in given.items()}
    words |= _special(kind, given)
    return template.format_map(_Words(words))


class _Words(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return _UNKNOWN


def _word(node: ast.expr) -> str:
    value = literal(node)
    return str(value) if isinstance(value, str | tuple | list) else _UNKNOWN


def _special(kind: str, given: dict[str, ast.expr]) -> dict[str, str]:
    match kind:
        case "CreateModel":
            return {"proxy": "proxy " if _option(given.get("options"), "proxy") is True else ""}
        case "AlterModelTable" if _is_none(given.get("table")):
            return {"table": "(default)"}
        case "AlterOrderWithRespectTo" if _is_none(given.get("order_with_respect_to")):
            return {"order_with_respect_to": "None"}
        case "AlterUniqueTogether" | "AlterIndexTogether":
            together = given.get(f"{kind[5:].removesuffix('Together').lower()}_together")
            return {"count": _count(together or given.get("together"))}
        case "AddIndex" | "AddIndexConcurrently":
            return _of_index(given.get("index"))
        case "AddConstraint" | "AddConstraintNotValid":
            return {"inner": _word_of_call(given.get("constraint"), "name")}
    return {}


def _of_index(node: ast.expr | None) -> dict[str, str]:
    words = {"inner": _word_of_call(node, "name")}
    fields = _keyword(node, "fields")
    names = literal(fields) if fields is not None else None
    if isinstance(names, list | tuple):
        words["fields"] = f"field(s) {', '.join(map(str, names))} of"
    elif isinstance(node, ast.Call) and node.args:
        words["fields"] = f"{', '.join(ast.unparse(one) for one in node.args)} on"
    else:
        words["fields"] = f"field(s) {_UNKNOWN} of"
    return words


def _word_of_call(node: ast.expr | None, keyword: str) -> str:
    value = _keyword(node, keyword)
    return _word(value) if value is not None else _UNKNOWN


def _keyword(node: ast.expr | None, name: str) -> ast.expr | None:
    if not isinstance(node, ast.Call):
        return None
    return next((word.value for word in node.keywords if word.arg == name), None)


def _option(node: ast.expr | None, name: str) -> object:
    if not isinstance(node, ast.Dict):
        return None
    pairs = zip(node.keys, node.values, strict=True)
    return next((literal(value) for key, value in pairs if literal(key) == name), None)


def _count(node: ast.expr | None) -> str:
    match node:
        case ast.Call(func=ast.Name(id="set"), args=[]) | None:
            return "0"
        case ast.Call(func=ast.Name(id="set"), args=[inner]):
            return _count(inner)
        case ast.Set(elts=elements) | ast.List(elts=elements) | ast.Tuple(elts=elements):
            return str(len(elements))
        case ast.Constant(value=None):
            return "0"
    return _UNKNOWN


def _is_none(node: ast.expr | None) -> bool:
    return node is None or (isinstance(node, ast.Constant) and node.value is None)


def _is_destructive(kind: str, given: dict[str, ast.expr]) -> bool:
    if kind == "RunSQL":
        return any(_LOSING_SQL.search(text.upper()) for text in _texts(given.get("sql")))
    if kind == "SeparateDatabaseAndState":
        operations, _ = read_operations(given.get("database_operations", ast.List([])))
        return any(one.destructive for one in operations)
    return kind in _LOSING


def _texts(node: ast.expr | None) -> Iterator[str]:
    for inner in ast.walk(node) if node is not None else ():
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            yield inner.value
