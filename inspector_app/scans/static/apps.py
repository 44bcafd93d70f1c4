"""The apps of INSTALLED_APPS: their labels, where they are, and which are the project's own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .names import Class, Names

_MRO_LIMIT = 20


@dataclass(frozen=True)
class StaticApp:
    """``folder`` is None where the app's source was not found; ``own`` says it is the project's."""

    entry: str
    name: str
    label: str
    folder: Path | None
    own: bool
    auto_field: str = ""


def read_apps(entries: list[str], names: Names) -> list[StaticApp]:
    return [_read(entry, names) for entry in dict.fromkeys(entries)]


def _read(entry: str, names: Names) -> StaticApp:
    name, config = entry, None
    parent, _, last = entry.rpartition(".")
    if parent and names.modules.package(entry) is None and names.modules.file(entry) is None:
        # Not a module, so it is an AppConfig; without source its usual place tells the app.
        found = names.resolve(parent, last)
        config = found if isinstance(found, Class) else None
        name = parent.removesuffix(".apps") if last[:1].isupper() else entry
        if config is not None:
            name = _app_of_base(config, names) or name
    elif names.modules.file(f"{entry}.apps") is not None:
        config = _default_config(names.classes(f"{entry}.apps"), names)
    name = str(_attribute(config, "name", names) or name)
    label = str(_attribute(config, "label", names) or name.rpartition(".")[2])
    folder = names.modules.package(name)
    own = folder is not None and names.modules.is_own(folder)
    auto_field = str(_attribute(config, "default_auto_field", names) or "")
    return StaticApp(entry, name, label, folder, own, auto_field)


def _app_of_base(config: Class, names: Names) -> str:
    """The app of the config that ``config`` extends, where only that one's place is known."""
    last = _chain(config, names)[-1]
    bases = [str(names.resolve(last.module, base)) for base in last.outline.bases]
    modules = [base.rpartition(".")[0] for base in bases]
    if any(module.startswith("django.apps") for module in modules):
        return ""
    return next((one.removesuffix(".apps") for one in modules if one.endswith(".apps")), "")


def _default_config(classes: list[Class], names: Names) -> Class | None:
    """The config Django picks: the only one, or the one that says it is the default."""
    configs = [one for one in classes if _is_config(one, names)]
    candidates = [one for one in configs if one.outline.values.get("default") is not False]
    if len(candidates) == 1:
        return candidates[0]
    default = [one for one in configs if one.outline.values.get("default") is True]
    return default[0] if len(default) == 1 else None


def _is_config(one: Class, names: Names) -> bool:
    chain = _chain(one, names)
    last = chain[-1]
    bases = [names.resolve(last.module, base) for base in last.outline.bases]
    return any(str(base).startswith("django.apps.") for base in bases) or any(
        "name" in link.outline.values for link in chain
    )


def _attribute(config: Class | None, name: str, names: Names) -> object:
    """A constant of an AppConfig, its own or inherited."""
    for one in _chain(config, names) if config is not None else []:
        if name in one.outline.values:
            return one.outline.values[name]
    return None


def _chain(one: Class, names: Names) -> list[Class]:
    """``one`` and the classes it inherits from first, as far as they can be read."""
    chain = [one]
    while len(chain) < _MRO_LIMIT:
        bases = [names.resolve(chain[-1].module, base) for base in chain[-1].outline.bases]
        found = [base for base in bases if isinstance(base, Class) and base not in chain]
        if not found:
            break
        chain.append(found[0])
    return chain
