from __future__ import annotations

from pathlib import Path

from inspector_app.scans.crash import Crash, read_crash
from tests.scans.asking import manage


def check(project: Path) -> str:
    done = manage(project, "check")
    assert done.returncode
    return done.stderr


def test_a_missing_dependency_is_named_with_the_line_that_imports_it(project: Path) -> None:
    (project / "orders" / "models.py").write_text("import os\nimport rest_framework_x\n")

    assert read_crash(check(project), project) == Crash(
        "ModuleNotFoundError: No module named 'rest_framework_x'", "orders/models.py", 2
    )


def test_a_syntax_error_is_placed_in_its_file(project: Path) -> None:
    (project / "orders" / "models.py").write_text("class Order(:\n")

    crash = read_crash(check(project), project)

    assert crash is not None
    assert crash.exception.startswith("SyntaxError: ")
    assert (crash.file, crash.line) == ("orders/models.py", 1)


def test_of_chained_tracebacks_the_last_counts(project: Path) -> None:
    (project / "orders" / "models.py").write_text(
        "try:\n    1 / 0\nexcept ArithmeticError as e:\n    raise ValueError('last') from e\n"
    )

    assert read_crash(check(project), project) == Crash("ValueError: last", "orders/models.py", 4)


def test_an_output_without_a_traceback_is_no_crash(tmp_path: Path) -> None:
    assert read_crash("CommandError: no such app\n", tmp_path) is None
