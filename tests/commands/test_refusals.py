"""Every refusal at every door: the API, the form's preview, the page, the command line, the queue.

Nothing that is refused anywhere may start; the project of these tests would leave a mark.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.http.response import HttpResponseBase
from django.test import RequestFactory

from inspector_app.models import Workspace, WorkspaceTaskRun
from inspector_app.runs.create import create_run
from inspector_app.runs.execute import execute
from inspector_app.views import api_commands, api_runs
from inspector_app.views.commands import commands
from tests.conftest import make_project
from tests.runs.project import opened, when_loaded

pytestmark = pytest.mark.django_db(transaction=True)

LONG = "x" * 201


@dataclass(frozen=True)
class Refusal:
    """A request that must be refused, and what has to be said about it.

    ``typed`` ones cannot be written on a command line, where every value is text.
    """

    name: str
    says: str
    preset: Any = "check"
    params: Any = field(default_factory=dict)
    typed: bool = False


def values(preset: str, name: str, wrap: Callable[[str], Any], what: str) -> list[Refusal]:
    """Values that no parameter made of words may have."""
    hostile = {
        "an option": "--settings=evil",
        "a short option": "-o",
        "two words": "a b",
        "a line break": "a\nb",
        "a line break at the end": "orders\n",
        "a NUL": "a\0b",
        "a shell's words": "$(id);ls",
        "a path": "../etc",
        "a direction mark": "a\u202eb",
        "an overlong value": LONG,
        "nothing but a space": " ",
    }
    return [
        Refusal(
            f"{preset} {name}: {kind}",
            "longer than 200" if value == LONG else what,
            preset,
            {name: wrap(value)},
            # A process cannot be started with a NUL in its arguments.
            typed="\0" in value,
        )
        for kind, value in hostile.items()
    ]


def single(value: str) -> str:
    return value


def many(value: str) -> list[str]:
    return [value]


COMMANDS = [
    Refusal("an unknown command", "not on the list", "flush"),
    Refusal("another command of Django", "not on the list", "shell"),
    Refusal("an abbreviated command", "not on the list", "chec"),
    Refusal("a command in capitals", "not on the list", "CHECK"),
    Refusal("a command with a line break", "not on the list", "check\n"),
    Refusal("a command with a NUL", "not on the list", "check\0", typed=True),
    Refusal("a command with its options", "not on the list", "check --deploy"),
    Refusal("an overlong command", "not on the list", "c" * 70),
    Refusal("a preset's title", "not on the list", "migrate --plan"),
]
KEYS = [
    Refusal(f"{preset}: {kind}", "has no parameter", preset, {name: "true"})
    for preset in ("check", "dumpdata", "migrate", "makemigrations")
    for kind, name in {
        "an unknown key": "settings",
        "an abbreviated key": "verb",
        "a key with its dashes": "--verbosity",
        "a key in capitals": "DATABASE",
        "a key with a line break": "database\n",
        "an overlong key": LONG,
        "a file to write": "output_file",
        "what would apply it": "fake",
    }.items()
]
TYPES = [
    Refusal("a word for a flag", "expected true or false", "check", {"deploy": "yes"}),
    Refusal("a number for a flag", "true or false", "check", {"deploy": 1}, typed=True),
    Refusal("a word for a number", "whole number", "check", {"verbosity": "high"}),
    Refusal("a fraction", "whole number", "check", {"verbosity": 1.5}, typed=True),
    Refusal("a flag for a number", "whole number", "check", {"verbosity": True}, typed=True),
    Refusal("too large a number", "0 to 3", "check", {"verbosity": 4}),
    Refusal("a negative number", "0 to 8", "dumpdata", {"indent": -1}),
    Refusal("a huge number", "0 to 8", "dumpdata", {"indent": 10**17}),
    Refusal("text for a list", "a list", "check", {"app_labels": "orders"}, typed=True),
    Refusal("a list of lists", "got list", "check", {"tags": [["a"]]}, typed=True),
    Refusal("a list of numbers", "got int", "check", {"tags": [5]}, typed=True),
    Refusal("a list for text", "got list", "migrate", {"app_label": ["auth"]}, typed=True),
    Refusal("an object for text", "got dict", "sqlflush", {"database": {"a": 1}}, typed=True),
    Refusal("too many values", "more than 100", "check", {"tags": ["a"] * 101}),
    Refusal("a level in small letters", "one of CRITICAL", "check", {"fail_level": "error"}),
    Refusal("an unknown format", "one of json", "dumpdata", {"format": "python"}),
    Refusal("a list instead of parameters", "names and values", params=["-x"], typed=True),
    Refusal("text instead of parameters", "names and values", params="-x", typed=True),
]
PROJECT = [
    Refusal("an app it has not", "an app of this project", "check", {"app_labels": ["nosuch"]}),
    Refusal("its app's model", "an app of", "dumpdata", {"exclude": ["nosuch.Thing"]}),
    Refusal("a database it has not", "a database of", "migrate", {"database": "replica"}),
    Refusal("a migration without an app", "one of an app", "migrate", {"migration_name": "0001"}),
    Refusal(
        "a migration it has not",
        "a migration of auth",
        "migrate",
        {"app_label": "auth", "migration_name": "9999"},
    ),
    Refusal(
        "zero where it means nothing",
        "a migration of auth",
        "sqlmigrate",
        {"app_label": "auth", "migration_name": "zero"},
    ),
    Refusal("keys of no model", "keys are those of one model", "dumpdata", {"pks": ["1"]}),
    Refusal("keys of an app", "one model", "dumpdata", {"pks": ["1"], "app_labels": ["auth"]}),
]
MISSING = [
    Refusal("nothing that it needs", "needs app", "sqlmigrate", {}),
    Refusal("half of what it needs", "needs migration", "sqlmigrate", {"app_label": "auth"}),
    Refusal("an empty value", "needs apps", "sqlsequencereset", {"app_labels": []}, typed=True),
]
REFUSALS = [
    *COMMANDS,
    *KEYS,
    *TYPES,
    *PROJECT,
    *values("check", "app_labels", many, "is not an app label"),
    *values("check", "tags", many, "is not a check tag"),
    *values("check", "databases", many, "is not a database alias"),
    *values("migrate", "app_label", single, "is not an app label"),
    *values("dumpdata", "exclude", many, "is not an app label or app_label.Model"),
    *values("dumpdata", "pks", many, "is not a key"),
    *values("inspectdb", "table", many, "is not a table's name"),
    *values("sqlflush", "database", single, "is not a database alias"),
    *values("dumpdata", "format", single, "expected one of"),
]
# OneOf refuses an overlong value as what it is: none of the choices.
REFUSALS = [
    Refusal(r.name, "expected one of", r.preset, r.params) if r.params == {"format": LONG} else r
    for r in REFUSALS
]
ALL = [*REFUSALS, *MISSING]


@pytest.fixture
def mark(project: Path) -> Path:
    """A file that is there as soon as any command of the project has started."""
    path = project.with_name("it-was-run")
    when_loaded(project, f"open({str(path)!r}, 'w').close()")
    return path


@pytest.fixture
def shop(project: Path, mark: Path) -> Workspace:
    assert not mark.exists()
    return opened(project)


def each(refusals: list[Refusal]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("refusal", refusals, ids=lambda refusal: refusal.name)


def posted(view: Callable[..., HttpResponseBase], body: Any, **path: str) -> tuple[int, Any]:
    request = RequestFactory().post("/", json.dumps(body), content_type="application/json")
    response = view(request, **path)
    return response.status_code, json.loads(response.content)  # type: ignore[attr-defined]


@each(ALL)
def test_the_api_refuses(
    shop: Workspace, mark: Path, refusal: Refusal, caplog: pytest.LogCaptureFixture
) -> None:
    body = {"workspace": shop.slug, "preset": refusal.preset, "params": refusal.params}
    status, answer = posted(api_runs.create, body)

    assert status == 422
    assert refusal.says in answer["error"]["message"]
    assert "refused a run" in caplog.text
    assert not WorkspaceTaskRun.objects.exists()
    assert not mark.exists()


@each(REFUSALS)
def test_the_preview_of_the_form_refuses(shop: Workspace, mark: Path, refusal: Refusal) -> None:
    body = {"preset": refusal.preset, "params": refusal.params}
    status, answer = posted(api_commands.line, body, slug=shop.slug)
    problems = answer["problems"] if status == 200 else [answer["error"]]

    assert any(refusal.says in problem["message"] for problem in problems)
    words = json.dumps(answer.get("command", []))
    assert "evil" not in words
    assert not mark.exists()


@each(ALL)
def test_an_address_of_the_page_runs_nothing(shop: Workspace, mark: Path, refusal: Refusal) -> None:
    params = refusal.params if isinstance(refusal.params, dict) else {"params": refusal.params}
    query = {"preset": refusal.preset, **{str(key): value for key, value in params.items()}}
    page = commands(RequestFactory().get("/", query), slug=shop.slug)

    assert page.status_code == 200
    assert not WorkspaceTaskRun.objects.exists()
    assert not mark.exists()


@each(ALL)
def test_the_queue_s_worker_refuses(
    shop: Workspace, mark: Path, refusal: Refusal, caplog: pytest.LogCaptureFixture
) -> None:
    run = create_run(shop, "check", {}, enqueue=False)
    WorkspaceTaskRun.objects.filter(pk=run.pk).update(
        preset=refusal.preset, params=refusal.params, argv=["/bin/sh", "-c", f"touch {mark}"]
    )
    execute(run.pk)
    run.refresh_from_db()

    assert (run.status, run.pid, run.exit_code) == (WorkspaceTaskRun.Status.FAILED, None, None)
    assert refusal.says in run.message
    assert f"run {run.pk} refused" in caplog.text
    assert not run.log.exists()
    assert not mark.exists()


def as_words(params: dict[str, Any]) -> list[str]:
    return [
        f"{name}={','.join(value) if isinstance(value, list) else value}"
        for name, value in params.items()
    ]


# Each takes most of a second: of the hostile values those of a list and those of a single word.
WRITTEN = [
    *(one for one in (*COMMANDS, *KEYS, *TYPES, *PROJECT, *MISSING) if not one.typed),
    *(one for one in values("check", "tags", many, "is not a check tag") if not one.typed),
    *(one for one in values("migrate", "app_label", single, "not an app label") if not one.typed),
]


@each(WRITTEN)
def test_the_command_line_refuses(tmp_path: Path, refusal: Refusal) -> None:
    # What looks like an option is one to argparse, which knows none of that name.
    dashed = any(name.startswith("--") for name in refusal.params)
    project = make_project(tmp_path / "shop")
    mark = tmp_path / "it-was-run"
    when_loaded(project, f"open({str(mark)!r}, 'w').close()")
    words = ["run", str(project), refusal.preset, *as_words(refusal.params), "--trust"]
    done = subprocess.run(
        [sys.executable, "-m", "backend.sidecar", "cli", "--verbose", *words],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env=os.environ,
    )

    assert done.returncode == 2
    assert ("unrecognized arguments" if dashed else refusal.says) in done.stderr
    assert dashed or "refused a run" in done.stderr
    assert "Traceback" not in done.stderr
    assert not mark.exists()


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("tier", "none", "not a sandbox tier"),
        ("tier", "Guarded", "not a sandbox tier"),
        ("timeout_s", 0, "timeout is a number"),
        ("timeout_s", 1e9, "timeout is a number"),
    ],
)
def test_the_worker_checks_limits_again(
    shop: Workspace, mark: Path, column: str, value: Any, says: str
) -> None:
    run = create_run(shop, "check", {}, enqueue=False)
    WorkspaceTaskRun.objects.filter(pk=run.pk).update(**{column: value})
    execute(run.pk)
    run.refresh_from_db()

    assert (run.status, run.pid) == (WorkspaceTaskRun.Status.FAILED, None)
    assert says in run.message
    assert not mark.exists()


def test_a_parameter_that_the_project_s_django_has_not_is_refused(shop: Workspace) -> None:
    shop.django_version = "3.2.25"
    shop.save()
    body = {"workspace": shop.slug, "preset": "makemigrations", "params": {"scriptable": True}}
    _, answer = posted(api_runs.create, body)

    assert answer["error"]["message"] == (
        "makemigrations has scriptable only from Django 4.1 on; this project uses 3.2.25."
    )


def test_the_mark_is_there_once_a_command_is_run(shop: Workspace, mark: Path) -> None:
    run = create_run(shop, "check", {}, enqueue=False)
    execute(run.pk)
    run.refresh_from_db()

    attempted = [write["path"] for write in run.attempted_writes or []]
    assert mark.exists() or any(path.endswith(mark.name) for path in attempted)
