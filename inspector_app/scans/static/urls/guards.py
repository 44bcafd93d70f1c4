"""What stands before a view: the decorators and base classes that decide who may call it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from inspector_app.workspaces.source import dotted, literal

# As a report calls them.
_NAMES = {
    "login_required": "login_required",
    "staff_member_required": "staff_member_required",
    "superuser_required": "superuser_required",
    "user_passes_test": "user_passes_test",
    "login_not_required": "login_not_required",
    "csrf_exempt": "csrf_exempt",
    "csrf_protect": "csrf_protect",
    "ensure_csrf_cookie": "ensure_csrf_cookie",
    "xframe_options_exempt": "xframe_options_exempt",
    "sensitive_post_parameters": "sensitive",
    "sensitive_variables": "sensitive",
    "cache_page": "cache",
    "cache_control": "cache",
    "never_cache": "cache",
    "gzip_page": "gzip_page",
    "require_http_methods": "require_http_methods",
    "require_GET": "require_http_methods",
    "require_POST": "require_http_methods",
    "require_safe": "require_http_methods",
    "api_view": "api_view",
    "transaction.atomic": "atomic",
    "atomic": "atomic",
    "non_atomic_requests": "non_atomic_requests",
}
_METHODS = {
    "require_GET": ("GET",),
    "require_POST": ("POST",),
    "require_safe": ("GET", "HEAD"),
}
MIXINS = frozenset({"LoginRequiredMixin", "PermissionRequiredMixin", "UserPassesTestMixin"})


def decorator_name(node: ast.expr) -> str:
    """What a report calls a decorator; its own name where its word says that it guards."""
    if isinstance(node, ast.Call) and dotted(node.func).endswith("method_decorator"):
        return decorator_name(node.args[0]) if node.args else ""
    name = dotted(node.func if isinstance(node, ast.Call) else node)
    last = name.rpartition(".")[2]
    if last == "permission_required":
        permission = _texts(node.args[0]) if isinstance(node, ast.Call) and node.args else []
        return f"permission_required:{','.join(permission)}" if permission else last
    if name in _NAMES or last in _NAMES:
        return _NAMES.get(name) or _NAMES[last]
    return last if last.endswith(("_required", "_exempt", "_only")) else ""


def names_of(nodes: list[ast.expr]) -> tuple[str, ...]:
    """The decorators that matter, outermost first."""
    flat = [inner for node in nodes for inner in _each(node)]
    return tuple(dict.fromkeys(filter(None, map(decorator_name, flat))))


def methods_of(nodes: list[ast.expr]) -> tuple[str, ...] | None:
    """The HTTP methods that decorators let through; None where any does."""
    for node in nodes:
        last = dotted(node.func if isinstance(node, ast.Call) else node).rpartition(".")[2]
        if last in _METHODS:
            return _METHODS[last]
        if last in ("require_http_methods", "api_view") and isinstance(node, ast.Call):
            texts = _texts(node.args[0]) if node.args else []
            return tuple(text.upper() for text in texts) or (
                ("GET",) if last == "api_view" else None
            )
    return None


def guards_of_class(node: ast.ClassDef) -> Iterator[str]:
    """What the text of one class statement says, without its bases' text."""
    yield from names_of(node.decorator_list)
    permission: list[str] = []
    for statement in node.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id="permission_required")], value=value):
                permission = _texts(value)
            case ast.Assign(targets=[ast.Name(id="permission_classes")], value=value):
                for one in getattr(value, "elts", []):
                    if dotted(one):
                        yield f"permission_class:{dotted(one).rpartition('.')[2]}"
            case ast.FunctionDef(name="dispatch", decorator_list=decorators):
                yield from names_of(decorators)
    for base in node.bases:
        last = dotted(base).rpartition(".")[2]
        if last == "PermissionRequiredMixin" and permission:
            yield f"permission_required:{','.join(permission)}"
        elif last in MIXINS:
            yield last


def _each(node: ast.expr) -> list[ast.expr]:
    """``method_decorator([a, b], name="dispatch")`` as its parts."""
    match node:
        case ast.Call(func=function, args=[ast.List(elts=inner) | ast.Tuple(elts=inner), *_]):
            return inner if dotted(function).endswith("method_decorator") else [node]
    return [node]


def _texts(node: ast.expr) -> list[str]:
    value = literal(node)
    if isinstance(value, str):
        return [value]
    return [one for one in value if isinstance(one, str)] if isinstance(value, list | tuple) else []
