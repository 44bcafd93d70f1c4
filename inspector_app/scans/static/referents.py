"""Which model an expression names: through assignments, functions and settings, never guessed."""

from __future__ import annotations

from .apps import StaticApp
from .class_shapes import Argument, Reference
from .names import Class, Names
from .settings_values import StaticSettings

_DEPTH_LIMIT = 10
_SETTINGS = frozenset({"settings", "django_settings", "conf.settings"})
# Functions whose arguments are the label of the model that they give, or its name.
_LABELLED = frozenset({"get_model", "get_model_name", "get_registered_model", "load_model"})


class Referents:
    """Follows references in the modules of one reading."""

    def __init__(self, names: Names, settings: StaticSettings, apps: list[StaticApp]) -> None:
        self._names = names
        self._settings = settings
        self._apps = {app.label: app for app in reversed(apps)}

    def follow(self, module: str, reference: Reference, depth: int = 0) -> Class | str:
        """What ``reference`` in ``module`` stands for.

        A class; a text that was written, such as ``app.Model``; the full name of a class that
        cannot be read; or an empty string where nothing of that can be known.
        """
        if depth > _DEPTH_LIMIT or not reference.name:
            return ""
        if reference.name.endswith("()"):
            return self._called(module, reference, depth)
        head, _, setting = reference.name.rpartition(".")
        if head and self._is_settings(module, head):
            return self._setting(setting, reference.default)
        found = self._names.resolve(module, reference.name)
        if not isinstance(found, Class):
            return self._bound(found, depth)
        return found if self._only(module, reference.name, found, depth) else ""

    def _only(self, module: str, name: str, found: Class, depth: int) -> bool:
        """Whether no other branch of ``module`` assigns something else to ``name``."""
        other = self._names.bound(f"{module}.{name}")
        if other is None:
            return True
        answer = self._argument(*other, depth)
        if isinstance(answer, str) and answer.count(".") == 1:
            answer = self._labelled(answer)
        return answer == found

    def base(self, module: str, name: str) -> Class | str:
        """The class that a base expression names; as :meth:`Names.resolve` where none is known."""
        found = self._names.resolve(module, name)
        if isinstance(found, Class):
            return found
        if not name.endswith("()") and self._names.bound(found) is None:
            return found
        referred = self.follow(module, Reference(name))
        if isinstance(referred, str) and referred.count(".") == 1:
            referred = self._labelled(referred)
        return referred if isinstance(referred, Class) or "." in referred else found

    def _labelled(self, label: str) -> Class | str:
        app_label, _, name = label.partition(".")
        app = self._apps.get(app_label)
        return self._names.resolve(f"{app.name}.models", name) if app is not None else label

    def _is_settings(self, module: str, head: str) -> bool:
        """Whether ``head`` is Django's settings, and not a module of a project with that name."""
        resolved = self._names.resolve(module, head)
        if isinstance(resolved, Class):
            return False
        if resolved.startswith("django.conf"):
            return True
        return head in _SETTINGS and self._names.modules.file(resolved) is None

    def _bound(self, full: str, depth: int) -> Class | str:
        """What is assigned to ``full``; the name itself where its module cannot be read."""
        setting = full.removeprefix("django.conf.settings.")
        if setting != full:
            return self._setting(setting, "")
        value = self._names.bound(full)
        if value is not None:
            return self._argument(*value, depth)
        module, _, last = full.rpartition(".")
        readable = self._names.outline(module) is not None
        return full if last[:1].isupper() and module and not readable else ""

    def _argument(
        self, module: str, value: Argument | tuple[object, ...] | None, depth: int
    ) -> Class | str:
        if isinstance(value, Reference):
            return self.follow(module, value, depth + 1)
        return value if isinstance(value, str) else ""

    def _called(self, module: str, reference: Reference, depth: int) -> Class | str:
        """The model a call gives; swapper looks at a setting first."""
        callee = reference.name.removesuffix("()")
        resolved = self._names.resolve(module, callee)
        function = "" if isinstance(resolved, Class) else resolved
        last = function.rpartition(".")[2]
        if "get_user_model" in (last, callee.rpartition(".")[2]):
            return self._setting("AUTH_USER_MODEL", "")
        if last in _LABELLED and reference.default:
            return self._swapped(reference.default) if _is_swapper(callee) else reference.default
        returned = self._names.bound(f"{function}()")
        return self._argument(*returned, depth) if returned is not None else ""

    def _setting(self, name: str, default: str) -> str:
        return self._settings.text(name, "auth.User" if name == "AUTH_USER_MODEL" else default)

    def _swapped(self, label: str) -> str:
        app_label, _, name = label.partition(".")
        return self._settings.text(f"{app_label}_{name}_MODEL".upper(), label)


def _is_swapper(callee: str) -> bool:
    return callee.startswith("swapper.")
