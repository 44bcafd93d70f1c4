"""URLs as HTML: a template takes five times as long for a thousand rows."""

from __future__ import annotations

from django.utils.safestring import SafeString

from inspector_app.sections.url_filter import UrlFilter
from inspector_app.sections.url_tree import Include, url_tree
from inspector_app.sections.urls import UrlRow

from .markup import filled, joined
from .place_button import place_button

# Trees of more URLs begin with their includes closed.
OPEN_MOST = 60

_NOTHING = SafeString("")
_HIDDEN = SafeString(" hidden")
_OPEN = SafeString(" open")
_NO_NAME = SafeString('<span class="dim">no name</span>')
_SAME_PATH = SafeString(' <span class="badge warn">same path</span>')
_SAME_NAME = SafeString(' <span class="badge line">same name</span>')


def table_rows(rows: list[UrlRow], shown: set[int]) -> SafeString:
    """Rows of the table; those that are not ``shown`` are hidden."""
    return joined(_row(row, row.number in shown) for row in rows)


def tree_nodes(
    rows: list[UrlRow], shown: set[int], asked: UrlFilter, first: list[UrlRow] | None = None
) -> SafeString:
    """The tree. With ``first``, of a large one only the includes around these rows, and these.

    Where something is looked for, every include is open, because it may be in there.
    """
    opened = asked.filters or len(rows) <= OPEN_MOST
    if first is not None and not opened:
        # Their includes are closed, so nobody sees that the rows in them come later.
        tree = url_tree(rows)
        return _nodes(tree, shown, opened, empty=True)
    return _nodes(url_tree(rows if first is None else first), shown, opened)


def short_view(view: str) -> str:
    """The name without its module, with the class of a method."""
    *_, before, name = ("", *view.split("."))
    return f"{before}.{name}" if before[:1].isupper() else name


def _row(row: UrlRow, shown: bool) -> SafeString:
    return filled(
        '<tr data-row data-app="{}" data-kind="{}" data-text="{}"{}><td class="mono">{}{}</td>'
        '<td>{}</td><td class="mono">{}</td><td class="small hide-narrow">{}</td>'
        "<td>{}</td></tr>",
        row.app,
        " ".join(sorted(row.kinds)),
        row.url["view"],
        _NOTHING if shown else _HIDDEN,
        _link(row, row.route or "/"),
        _badge(row),
        row.url["name"] or _NO_NAME,
        _view(row),
        _answers(row),
        place_button(row.url["file"], row.url["line"]),
    )


def _nodes(include: Include, shown: set[int], opened: bool, *, empty: bool = False) -> SafeString:
    items = (
        _include(node, shown, opened, empty)
        if isinstance(node, Include)
        else _leaf(node, node.number in shown)
        for node in include.nodes
    )
    return filled("<ul>{}</ul>", joined(filled("<li>{}</li>", item) for item in items))


def _include(include: Include, shown: set[int], opened: bool, empty: bool) -> SafeString:
    rows = list(include.rows)
    # The button stands beside the summary: what is pressed in there opens and closes.
    return filled(
        '<div class="inc" data-group{}>{}<details{}><summary><code>{}</code>'
        '<span class="n">{}</span></summary>{}</details></div>',
        _NOTHING if any(row.number in shown for row in rows) else _HIDDEN,
        place_button(include.file, include.line),
        _OPEN if opened else _NOTHING,
        include.text or "(no prefix)",
        f"{len(rows):,}",
        _NOTHING if empty else _nodes(include, shown, opened),
    )


def _leaf(row: UrlRow, shown: bool) -> SafeString:
    parts = row.url.get("parts") or []
    return filled(
        '<div class="leaf" data-row data-app="{}" data-kind="{}" data-text="{} {}"{}>'
        '<span class="mono">{}{}</span><span>{}</span><span class="mono">{}</span>{}</div>',
        row.app,
        " ".join(sorted(row.kinds)),
        row.route,
        row.url["view"],
        _NOTHING if shown else _HIDDEN,
        _link(row, (parts[-1]["text"] if parts else row.route) or "/"),
        _badge(row),
        row.url["name"] or _NO_NAME,
        _view(row),
        place_button(row.url["file"], row.url["line"]),
    )


def _link(row: UrlRow, text: str) -> SafeString:
    return filled('<a class="plainlink" href="?url={}" data-url>{}</a>', str(row.number), text)


def _badge(row: UrlRow) -> SafeString:
    if row.first is not None:
        return _SAME_PATH
    return _SAME_NAME if row.namesake is not None else _NOTHING


def _view(row: UrlRow) -> str:
    view = str(row.url["view"])
    if view:
        return short_view(view)
    return filled('<span class="dim">{}</span>', row.url.get("generated") or "not known")


def _answers(row: UrlRow) -> SafeString:
    """Which methods, and who may. Every class of views answers OPTIONS, so that is not said."""
    methods = row.url.get("methods")
    shown = " ".join(one for one in methods if one != "OPTIONS") if methods else ""
    guards = ", ".join(row.url.get("decorators") or [])
    return filled(
        '<span class="{}">{}</span>{}',
        "mid" if shown else "dim",
        shown or ("OPTIONS" if methods else "any"),
        filled(' <span class="dim">· {}</span>', guards) if guards else _NOTHING,
    )
