"""Every refusal at every door: the API, the form's preview, the page, the command line, the queue.

Nothing that is refused anywhere may start; the project of these tests would leave a mark.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
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
from tests.commands.refusals import ALL, REFUSALS, WRITTEN, Refusal
from tests.conftest import make_project
from tests.runs.project import opened, when_loaded

pytestmark = pytest.mark.django_db(transaction=True)


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
