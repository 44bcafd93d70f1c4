"""The index: an FTS5 table in DJDesk's database with the documents of each workspace's newest scan.

A workspace's documents are found by a word of their own in the column ``scope``, so that the others
cost nothing.
"""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction

from inspector_app.models import Workspace

from .documents import documents
from .words import index_words, joined

_INSERT = """
    INSERT INTO inspector_search
        (scope, words, more, kind, weight, title, name, detail, file, line, anchor)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""


def scope(workspace: Workspace) -> str:
    return f"workspace{workspace.pk:d}"


def rebuild(workspace: Workspace, report: dict[str, Any]) -> None:
    """Replace what the index holds of ``workspace`` by ``report``, whole or not at all."""
    here = scope(workspace)
    known: dict[str, list[str]] = {}
    rows = [
        (
            here,
            index_words(one.title, known),
            index_words(f"{one.detail} {one.more}", known),
            one.kind,
            one.weight,
            one.title,
            joined(one.name),
            one.detail,
            one.file,
            one.line,
            one.anchor,
        )
        for one in documents(report)
    ]
    with transaction.atomic(), connection.cursor() as cursor:
        forget(workspace)
        cursor.executemany(_INSERT, rows)


def forget(workspace: Workspace) -> None:
    """Remove everything of ``workspace`` from the index."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM inspector_search WHERE inspector_search MATCH %s",
            [f"scope:{scope(workspace)}"],
        )
