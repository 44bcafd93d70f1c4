"""Exit codes, one meaning each."""

from __future__ import annotations

from inspector_app.errors import Problem

FINE = 0
FAILED = 1
REFUSED = 2
UNREADABLE = 3
TIMED_OUT = 124
SIGNALLED = 128

_PROJECT_PROBLEMS = frozenset(
    {
        "bad_path",
        "folder_missing",
        "folder_unreadable",
        "django_broken",
        "django_missing",
        "interpreter_hangs",
        "interpreter_missing",
        "not_a_python",
        "manage_py_missing",
        "no_project",
        "not_a_folder",
        "not_django",
        "no_interpreter",
        "no_settings",
        "several_projects",
    }
)


def of(problem: Problem) -> int:
    return UNREADABLE if problem.code in _PROJECT_PROBLEMS else REFUSED
