"""All URLs below ROOT_URLCONF, as its source text and that of what it includes write them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from inspector_app.workspaces.source import Unreadable, parse

from .conf import Conf
from .includes import Includes
from .routes import Routes
from .scope import Project
from .views import Views

# A project with more URLconfs than this is generated.
_MODULES_LIMIT = 1_000
_HANDLERS = ("handler400", "handler403", "handler404", "handler500")


@dataclass
class StaticUrls:
    """``entries`` are as in a report; ``handlers`` the views for errors by their names.

    ``unreadable`` are URLconfs that cannot be read, each with why.
    """

    entries: list[dict[str, Any]] = field(default_factory=list)
    handlers: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    unreadable: dict[str, str] = field(default_factory=dict)


def read_urls(project: Project) -> StaticUrls:
    """What the project's root URLconf and all that it includes write."""
    root = project.settings.value("ROOT_URLCONF").data
    names = project.settings.names
    if "ROOT_URLCONF" not in names and "INSTALLED_APPS" not in names:
        # Settings that set neither are made in a way that was not followed.
        return StaticUrls(unreadable={"ROOT_URLCONF": "cannot be read from the source text"})
    if "ROOT_URLCONF" not in names and not project.settings.opaque:
        return StaticUrls(notes=["ROOT_URLCONF is not set, so there are no URLs"])
    if not isinstance(root, str):
        return StaticUrls(unreadable={"ROOT_URLCONF": "cannot be read from the source text"})
    reader = UrlReader(project)
    if not project.settings.value("ROOT_URLCONF").whole:
        reader.note("ROOT_URLCONF depends on the environment or is computed")
    conf = reader.conf(root)
    if conf is None:
        return StaticUrls(unreadable=reader.unreadable or {root: "was not found"})
    if "urlpatterns" not in conf.lists:
        reader.note(f"{root} has no urlpatterns that can be read")
    routes = Routes(project, reader.converters)
    entries = routes.entries(conf.lists.get("urlpatterns", []))
    handlers = {}
    for name in _HANDLERS:
        value = conf.scope.own.get(name)
        if value is not None and isinstance(value.data, str):
            handlers[name] = value.data
    return StaticUrls(entries, handlers, [*reader.notes, *routes.notes], reader.unreadable)


class UrlReader:
    """Reads each URLconf once, and knows those being read, because includes go in circles."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.views = Views(project.names)
        self.includes = Includes(self)
        self.converters: dict[str, str] = {}
        self.notes: dict[str, None] = {}
        self.unreadable: dict[str, str] = {}
        self._kept: dict[str, Conf | None] = {}
        self._open: list[str] = []

    def note(self, text: str) -> None:
        self.notes[text] = None

    def findable(self, module: str) -> bool | None:
        return self.project.modules.findable(module)

    def is_being_read(self, module: str) -> bool:
        return module in self._open

    def conf(self, module: str) -> Conf | None:
        """The URLconf ``module``, as far as it is read; None where it cannot be."""
        if module in self._kept:
            return self._kept[module]
        self._kept[module] = None
        file = self.project.modules.file(module)
        if file is None or len(self._kept) > _MODULES_LIMIT:
            return None
        shown = self.project.modules.shown(file)
        conf = self._kept[module] = Conf(self, module, shown)
        self._open.append(module)
        try:
            conf.run(parse(file).body)
        except Unreadable as problem:
            self.unreadable[shown] = str(problem)
            self._kept[module] = None
        except RecursionError:
            self.unreadable[shown] = "is nested too deeply"
        finally:
            self._open.pop()
        return self._kept[module]
