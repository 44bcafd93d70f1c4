"""URLs: the newest scan's patterns as a table or a tree, and which of them answers a path."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from inspector_app.errors import Problem
from inspector_app.models import Workspace
from inspector_app.scans.newest import newest
from inspector_app.scans.totals import own_labels
from inspector_app.sections.url_filter import UrlFilter
from inspector_app.sections.url_matching.answer import find_view, path_of
from inspector_app.sections.urls import (
    UrlRow,
    app_counts,
    includes,
    kind_counts,
    url_rows,
)

from .page import page, workspace_page
from .section import follows, section
from .url_rows import table_rows, tree_nodes

Context = dict[str, Any]

# What is seen at once; the page asks for the others when it has shown these.
FIRST_ROWS = 25


@workspace_page("inspector_app/urls/page.html")
def urls(request: HttpRequest, workspace: Workspace) -> Context:
    context, report = section(workspace, "urls", "urls")
    if report is None:
        return context
    own = own_labels(workspace)
    rows = url_rows(report["urls"] or [], own)
    asked = UrlFilter.of(request.GET.dict())
    shown = asked.numbers(rows)
    context |= {
        "total": len(rows),
        "shown_total": len(shown),
        "includes": includes(row.url for row in rows),
        "kinds": kind_counts(rows),
        "apps": app_counts(rows, own),
        "asked": asked,
        "more": len(rows) > FIRST_ROWS,
    }
    if follows(request):
        return context
    first = _first(rows, shown)
    listed = tree_nodes(rows, shown, asked, first) if asked.tree else table_rows(first, shown)
    return context | {"listed": listed, **_chosen(request, rows)}


@page("inspector_app/urls/rest.html")
def url_rest(request: HttpRequest, slug: str) -> Context:
    """The rows that the page did not come with; all of them where those replace what it has."""
    _, rows = _rows(slug)
    asked = UrlFilter.of(request.GET.dict())
    shown = asked.numbers(rows)
    if asked.tree:
        return {"listed": tree_nodes(rows, shown, asked)}
    # Of a filtered table the page came with rows from everywhere, which all of them replace.
    rest = rows if asked.filters else rows[FIRST_ROWS:]
    return {"listed": table_rows(rest, shown)}


@page("inspector_app/urls/detail.html")
def url_detail(request: HttpRequest, slug: str) -> Context:
    """What is known of one pattern."""
    workspace, rows = _rows(slug)
    chosen = _chosen(request, rows)
    if not chosen:
        raise Http404
    return {"workspace": workspace, **chosen}


@page("inspector_app/urls/answer.html")
def url_answer(request: HttpRequest, slug: str) -> Context:
    """Which view answers a path."""
    workspace, rows = _rows(slug)
    try:
        answer = find_view([row.url for row in rows], path_of(request.GET.get("path", "")))
    except Problem as problem:
        return {"problem": problem}
    number = answer.number if answer.number is not None else answer.slow
    return {
        "workspace": workspace,
        "answer": answer,
        "row": rows[number] if number is not None else None,
        "later": [rows[one] for one in answer.later],
        "unknown": [rows[one] for one in answer.unknown],
        "slash": rows[answer.slash] if answer.slash is not None else None,
        "total": len(rows),
    }


def _rows(slug: str) -> tuple[Workspace, list[UrlRow]]:
    workspace = get_object_or_404(Workspace, slug=slug)
    found = newest(workspace, "urls")
    if found is None:
        raise Http404
    return workspace, url_rows(found.report["urls"] or [], own_labels(workspace))


def _first(rows: list[UrlRow], shown: set[int]) -> list[UrlRow]:
    """The first of those that fit the filter."""
    return [row for row in rows if row.number in shown][:FIRST_ROWS]


def _chosen(request: HttpRequest, rows: list[UrlRow]) -> Context:
    """The pattern that the address names; a number of an older scan may be gone."""
    text = request.GET.get("url", "")
    if not (text.isascii() and text.isdigit() and len(text) < 8 and int(text) < len(rows)):
        return {}
    row = rows[int(text)]
    return {
        "row": row,
        "first": rows[row.first] if row.first is not None else None,
        "namesake": rows[row.namesake] if row.namesake is not None else None,
    }
