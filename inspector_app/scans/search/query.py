"""Asking the index, and the runs, which are searched where they are."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection

from inspector_app.commands.argv import from_command
from inspector_app.models import Workspace

from .addresses import address
from .index import scope
from .words import joined, match

MOST = 100
# Runs are searched by their command lines, the newest of them, and never crowd out the project.
_RUNS = 200
_RUNS_SHOWN = 3

# What is called exactly so comes first, then what begins so, then by kind, then by relevance.
_SELECT = """
    SELECT kind, title, detail, file, line, anchor
    FROM inspector_search
    WHERE inspector_search MATCH %s
    ORDER BY
        CASE WHEN name = %s THEN 0 WHEN substr(name, 1, %s) = %s THEN 1 ELSE 2 END,
        weight,
        bm25(inspector_search, 0.0, 8.0, 1.0),
        length(title),
        title
    LIMIT %s
"""


@dataclass(frozen=True)
class Result:
    """``url`` leads into the pages of DJDesk, ``file`` and ``line`` into the project's source."""

    kind: str
    title: str
    detail: str
    url: str
    file: str
    line: int

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def search(workspace: Workspace, query: str, limit: int = 20) -> list[Result]:
    """The best ``limit`` results for the words of ``query``, each the beginning of a word.

    Whatever stands in ``query`` but letters and digits separates words, and nothing else.
    """
    limit = max(0, min(limit, MOST))
    expression = match(query)
    if not expression or not limit:
        return []
    runs = _runs(workspace, query)[: min(_RUNS_SHOWN, limit)]
    name = joined(query.strip().rpartition(".")[2]) or joined(query)
    with connection.cursor() as cursor:
        cursor.execute(
            _SELECT,
            [f"scope:{scope(workspace)} AND ({expression})", name, len(name), name, limit],
        )
        rows = cursor.fetchall()
    found = [
        Result(kind, title, detail, address(workspace, kind, title, anchor), file, line)
        for kind, title, detail, file, line, anchor in rows
    ]
    # A route may stand there twice; one place to look at is one result.
    unique = list({(one.kind, one.url): one for one in reversed(found)}.values())[::-1]
    return [*unique[: limit - len(runs)], *runs]


def _runs(workspace: Workspace, query: str) -> list[Result]:
    wanted = query.lower().split()
    found = []
    rows = workspace.runs.only("pk", "number", "preset", "argv", "status", "workspace_id")
    for run in rows[:_RUNS]:
        line = " ".join(from_command(run.argv, workspace))
        number = f"#{run.number}"
        if wanted and all(word in line.lower() or word == number for word in wanted):
            run.workspace = workspace
            state = str(run.status).replace("_", " ")
            found.append(Result("run", f"{number} {line}", state, run.get_absolute_url(), "", 0))
    return found
