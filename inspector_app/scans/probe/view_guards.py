"""What stands before a view: who may call it, and with which methods."""

from __future__ import annotations

from typing import Any, Iterator

from .places import layers
from .plain import text

# By the function that makes the test: user_passes_test gets it from both of these.
_BY_TEST = {"login_required", "permission_required", "staff_member_required", "superuser_required"}
_MIXINS = ("LoginRequiredMixin", "PermissionRequiredMixin", "UserPassesTestMixin")
_ATTRIBUTES = {"csrf_exempt": "csrf_exempt", "xframe_options_exempt": "xframe_options_exempt"}
_BY_FILE = {
    "django/views/decorators/cache.py": "cache",
    "django/views/decorators/gzip.py": "gzip_page",
    "django/views/decorators/debug.py": "sensitive",
}


def decorators(view: Any, target: Any) -> list[str]:
    """Names of those that matter, outermost first, each once."""
    found = [name for layer in layers(view) for name in _of_layer(layer)]
    if isinstance(target, type):
        found += _of_class(target)
    return list(dict.fromkeys(found))


def methods(view: Any, target: Any) -> list[str] | None:
    """The HTTP methods that it answers to; None where any method reaches it."""
    for layer in layers(view):
        allowed = _closure(layer).get("request_method_list")
        if isinstance(allowed, (list, tuple)) and _is_of(layer, "django/views/decorators/http.py"):
            return [text(one) for one in allowed]
    actions = getattr(view, "actions", None)
    if isinstance(actions, dict):
        return sorted(text(one).upper() for one in actions)
    names = getattr(target, "http_method_names", None)
    if isinstance(target, type) and isinstance(names, (list, tuple)):
        return [text(one).upper() for one in names if hasattr(target, text(one))]
    return None


def _of_layer(layer: Any) -> Iterator[str]:
    for attribute, name in _ATTRIBUTES.items():
        if getattr(layer, attribute, False) is True:
            yield name
    if getattr(layer, "login_required", None) is False:
        yield "login_not_required"
    closure = _closure(layer)
    test = closure.get("test_func")
    if callable(test):
        maker = str(getattr(test, "__qualname__", "")).partition(".")[0]
        inner = _closure(test)
        permission = inner.get("perms", inner.get("perm"))
        if maker == "permission_required" and permission:
            yield _permission(permission)
        else:
            yield maker if maker in _BY_TEST else "user_passes_test"
    elif "request_method_list" in closure and _is_of(layer, "django/views/decorators/http.py"):
        yield "require_http_methods"


def _of_class(target: type) -> Iterator[str]:
    bases = {base.__name__ for base in target.__mro__}
    for name in _MIXINS:
        if name in bases:
            permission = getattr(target, "permission_required", None)
            if name == "PermissionRequiredMixin" and permission:
                yield _permission(permission)
            else:
                yield name
    asked = getattr(target, "permission_classes", None)
    # A property tells it only of an instance.
    for one in asked if isinstance(asked, (list, tuple)) else ():
        yield "permission_class:" + text(getattr(one, "__name__", one))
    yield from _of_layer(target.__dict__.get("dispatch") or getattr(target, "dispatch", None))


def _permission(names: Any) -> str:
    every = [names] if isinstance(names, str) else list(names)
    return "permission_required:" + ",".join(text(one) for one in every)


def _closure(function: Any) -> dict[str, Any]:
    """The names that a function made by another one has from there."""
    code = getattr(function, "__code__", None)
    cells = getattr(function, "__closure__", None)
    if code is None or not cells:
        return {}
    found = {}
    for name, cell in zip(code.co_freevars, cells):
        try:
            found[name] = cell.cell_contents
        except ValueError:  # Not bound yet.
            continue
    return found


def _is_of(function: Any, file: str) -> bool:
    code = getattr(function, "__code__", None)
    return code is not None and code.co_filename.replace("\\", "/").endswith(file)
