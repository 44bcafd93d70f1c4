"""Exit codes, one meaning each."""

from __future__ import annotations

from inspector_app.errors import Problem

FINE = 0
FAILED = 1
REFUSED = 2
UNREADABLE = 3
TIMED_OUT = 124
INTERRUPTED = 130

_PROJECT_PROBLEMS = frozenset(
    {
        "folder_missing",
        "folder_unreadable",
        "not_a_folder",
        "no_project",
        "several_projects",
        "bad_path",
        "manage_py_missing",
        "interpreter_missing",
    }
)


def of(problem: Problem) -> int:
    return UNREADABLE if problem.code in _PROJECT_PROBLEMS else REFUSED
