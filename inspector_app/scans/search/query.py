"""Asking the index, and the runs, which are searched where they are."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection

from inspector_app.commands.argv import from_command
from inspector_app.models import Workspace, WorkspaceTaskRun

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
    WHERE inspector_search MATCH %s AND (%s = '' OR kind = %s)
    ORDER BY
        CASE WHEN name = %s THEN 0 WHEN substr(name, 1, %s) = %s THEN 1 ELSE 2 END,
        weight,
        bm25(inspector_search, 0.0, 8.0, 1.0),
        length(title),
        title
    LIMIT %s
"""


@dataclass(frozen=True)
class Hit:
    """A thing of the project that was found, at ``file`` and ``line`` of its source, or a run."""

    kind: str
    title: str
    detail: str
    file: str = ""
    line: int = 0
    anchor: str = ""
    run: WorkspaceTaskRun | None = None


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
    """What :func:`find` finds, each with the page that shows it."""
    return [
        Result(
            one.kind,
            one.title,
            one.detail,
            one.run.get_absolute_url()
            if one.run is not None
            else address(workspace, one.kind, one.title, one.anchor),
            one.file,
            one.line,
        )
        for one in find(workspace, query, limit)
    ]


def find(workspace: Workspace, query: str, limit: int = 20, kind: str = "") -> list[Hit]:
    """The best ``limit`` hits for the words of ``query``, each the beginning of a word.

    Whatever stands in ``query`` but letters and digits separates words, and nothing else. ``kind``
    leaves all other kinds out.
    """
    limit = max(0, min(limit, MOST))
    expression = match(query)
    if not expression or not limit:
        return []
    runs_wanted = {"": min(_RUNS_SHOWN, limit), "run": limit}.get(kind, 0)
    runs = _runs(workspace, query, runs_wanted) if runs_wanted else []
    name = joined(query.strip().rpartition(".")[2]) or joined(query)
    with connection.cursor() as cursor:
        cursor.execute(
            _SELECT,
            [
                *(f"scope:{scope(workspace)} AND ({expression})", kind, kind),
                *(name, len(name), name, limit),
            ],
        )
        found = [
            Hit(of, title, detail, file, line, anchor)
            for of, title, detail, file, line, anchor in cursor.fetchall()
        ]
    # A route may stand there twice; one place to look at is one hit.
    unique = list({(one.kind, one.title, one.anchor): one for one in reversed(found)}.values())
    return [*unique[::-1][: limit - len(runs)], *runs]


def _runs(workspace: Workspace, query: str, most: int) -> list[Hit]:
    wanted = query.lower().split()
    found = []
    rows = workspace.runs.only("pk", "number", "preset", "argv", "status", "workspace_id")
    for run in rows[:_RUNS]:
        line = " ".join(from_command(run.argv, workspace))
        number = f"#{run.number}"
        if wanted and all(word in line.lower() or word == number for word in wanted):
            run.workspace = workspace
            state = str(run.status).replace("_", " ")
            found.append(Hit("run", f"{number} {line}", state, run=run))
    return found[:most]
