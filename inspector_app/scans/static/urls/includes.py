"""What an ``include`` brings in, and what Django's own helpers make of lists of patterns."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from inspector_app.scans.static.values import truth_of
from inspector_app.scans.static.written import written
from inspector_app.workspaces.source import dotted

from .calls import argument, helper
from .shapes import Generated, Include, Item, Part, Pattern, Place, View, conditional

if TYPE_CHECKING:
    from .pattern_lists import PatternLists
    from .reading import UrlReader

_DEBUG = "settings.DEBUG"
_SERVE = View("django.views.static.serve")
_SERVE_STATIC = View("django.contrib.staticfiles.views.serve")
# An attribute that is called so holds patterns, whatever object it is of.
_MADE = (".urls", ".get_urls", ".urlpatterns")


class Includes:
    """Follows includes of one reading."""

    def __init__(self, reader: UrlReader) -> None:
        self._reader = reader

    def included(
        self, conf: PatternLists, part: Part, view: ast.expr
    ) -> Include | Generated | None:
        """What the second argument of ``path()`` brings in; None where it is a view."""
        match view:
            case ast.Call(func=function) if helper(conf.full(function)) == "include":
                what = argument(view, 0, "arg")
                named = argument(view, 1, "namespace")
                namespace = (conf.scope.text(named) or "") if named is not None else ""
                return self._of(conf, part, what, namespace) if what is not None else None
            case ast.Attribute() if dotted(view).endswith(_MADE):
                return self._of(conf, part, view, "")
            case ast.Tuple(elts=[_, _, *named]):
                namespace = (conf.scope.text(named[0]) or "") if named else ""
                return self._of(conf, part, view, namespace)
        return None

    def _of(
        self, conf: PatternLists, part: Part, what: ast.expr, namespace: str
    ) -> Include | Generated:
        match what:
            case (
                ast.Tuple(elts=[patterns, app_name, *_])
                | ast.List(elts=[patterns, ast.Constant(value=str()) as app_name, *_])
            ):
                found = self._of(conf, part, patterns, "")
                named = namespace or conf.scope.text(app_name) or ""
                return replace(found, namespace=named)
        text = conf.scope.text(what)
        if text is not None:
            return self._module(conf, part, text, namespace)
        items = conf.items(what)
        if items is not None:
            return Include(part, tuple(items), namespace)
        name = dotted(what)
        full = conf.scope.resolved(name)
        if full.startswith("django.contrib.admin") and full.endswith("site.urls"):
            return Generated(part, "admin.site.urls", namespace="admin")
        if full and conf.reader.project.modules.file(full) is not None:
            return self._module(conf, part, full, namespace)
        return Generated(part, written(what) or "code", namespace=namespace)

    def _module(
        self, conf: PatternLists, part: Part, name: str, namespace: str
    ) -> Include | Generated:
        other = self._reader.conf(name)
        if other is None:
            self._reader.note(f"{conf.where.file}:{part.place.line} includes {name}, unread")
            return Generated(part, f"include of {name}", namespace=namespace)
        if self._reader.is_being_read(name):
            self._reader.note(f"{name} includes itself, which is followed once")
        app_name = other.scope.own.get("app_name")
        named = app_name.data if app_name is not None else None
        own = named if isinstance(named, str) else ""
        return Include(part, tuple(other.lists.get("urlpatterns", ())), namespace or own)

    def locale(self, conf: PatternLists, call: ast.Call) -> list[Item]:
        """``i18n_patterns``: below the code of the default language, where it has a prefix."""
        items = conf.items(ast.List(call.args, ast.Load())) or []
        translated = truth_of(conf.scope.setting("USE_I18N"))
        if translated is False:
            return items
        word = argument(call, 9, "prefix_default_language")
        prefixed = word is None or truth_of(conf.scope.value(word)) is not False
        language = conf.scope.setting("LANGUAGE_CODE").data
        known = isinstance(language, str)
        text = (f"{language}/" if known else None) if prefixed else ""
        return [Include(Part(text, "locale", conf.place(call)), tuple(items))]

    def static(self, conf: PatternLists, call: ast.Call) -> list[Item]:
        """``static()``: one pattern in debug mode for a prefix on this host, else none."""
        prefix = argument(call, 0, "prefix")
        text = conf.scope.text(prefix) if prefix is not None else None
        given = argument(call, 1, "view")
        place = conf.place(call)
        view = _SERVE if given is None else conf.views.view(conf.where.module, given, place)
        return self._serving(conf, text, view, place)

    def static_files(self, conf: PatternLists, call: ast.Call) -> list[Item]:
        prefix = argument(call, 0, "prefix")
        url = conf.scope.setting("STATIC_URL").data
        text = conf.scope.text(prefix) if prefix is not None else url
        given = text if isinstance(text, str) else None
        return self._serving(conf, given, _SERVE_STATIC, conf.place(call))

    def _serving(
        self, conf: PatternLists, prefix: str | None, view: View, place: Place
    ) -> list[Item]:
        debug = conf.scope.setting("DEBUG")
        truth = truth_of(debug)
        if truth is False or (prefix is not None and "//" in prefix):
            if truth is False and not debug.whole:
                conf.note(f"{place.file}:{place.line}: URLs depend on the environment")
            return []
        route = None
        if prefix is not None:
            route = rf"^{re.escape(prefix.lstrip('/'))}(?P<path>.*)$"
        one = Pattern(Part(route, "regex", place), view)
        return [one if truth else conditional(one, _DEBUG)]
