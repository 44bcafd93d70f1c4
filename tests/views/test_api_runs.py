"""The API of runs, view by view; tests/runs/test_live.py has the whole engine behind it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.test import RequestFactory
from django.utils import timezone

from inspector_app.models import Workspace, WorkspaceTaskRun
from inspector_app.runs.log_writer import STDERR, STDOUT, LogWriter
from inspector_app.views import api_log, api_runs

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A trusted workspace that nothing is run in."""
    (tmp_path / "manage.py").write_text("")
    return Workspace.objects.create(
        slug="shop",
        name="shop",
        root=str(tmp_path),
        manage_py="manage.py",
        bundled=True,
        trusted_at=timezone.now(),
        opened_at=timezone.now(),
    )


@pytest.fixture
def finished(workspace: Workspace) -> WorkspaceTaskRun:
    """A run that printed on both streams."""
    run = WorkspaceTaskRun.objects.create(
        workspace=workspace,
        number=1,
        preset="check",
        argv=["python", "manage.py", "check"],
        cwd=workspace.root,
        status=WorkspaceTaskRun.Status.SUCCEEDED,
        timeout_s=60,
    )
    writer = LogWriter(run.folder)
    writer.write(STDOUT, b"[1,\n")
    writer.write(STDERR, b"a warning\n")
    writer.write(STDOUT, b'"caf\xe9"]')
    writer.close()
    run.lines, run.bytes = writer.lines, writer.bytes
    run.save()
    return run


def post(data: bytes | Any) -> tuple[int, dict[str, Any]]:
    body = data if isinstance(data, bytes) else json.dumps(data).encode()
    request = RequestFactory().post("/api/task-runs/", body, content_type="application/json")
    return answer(api_runs.create(request))


def get(view: Callable[..., HttpResponseBase], run_id: int, query: str = "") -> HttpResponseBase:
    return view(RequestFactory().get(f"/?{query}"), run_id=run_id)


def answer(response: HttpResponseBase) -> tuple[int, dict[str, Any]]:
    return response.status_code, json.loads(response.content)  # type: ignore[attr-defined]


HOSTILE_BODIES = [
    b"",
    b"{",
    b"[]",
    b'"check"',
    b"null",
    b"\xff\xfe",
    b"preset=check&workspace=shop",
    b"[" * 60_000,
    b'{"workspace": "shop", "preset": "check", "timeout": ' + b"9" * 5000 + b"}",
    b"{" + b" " * 70_000 + b"}",
]


@pytest.mark.usefixtures("workspace")
@pytest.mark.parametrize("body", HOSTILE_BODIES, ids=lambda body: repr(body[:20]))
def test_a_body_that_is_no_object_of_ours_is_refused(body: bytes) -> None:
    status, refused = post(body)

    assert status in (404, 422)
    assert refused["error"]["message"]
    assert not WorkspaceTaskRun.objects.exists()


HOSTILE_FIELDS: list[dict[str, Any]] = [
    {"workspace": None},
    {"workspace": 1},
    {"workspace": ["shop"]},
    {"workspace": "\ud800"},
    {"workspace": "a\0b"},
    {"workspace": "shop/../shop"},
    {"workspace": "shop' OR 1=1 --"},
    {"preset": None},
    {"preset": ["check"]},
    {"preset": {"name": "check"}},
    {"preset": "check\n"},
    {"preset": "che"},
    {"preset": "flush"},
    {"preset": "\ud800"},
    {"params": None},
    {"params": ["--settings=x"]},
    {"params": {"argv": ["x"]}},
    {"params": {"--deploy": True}},
    {"params": {"depl": True}},
    {"params": {"": "x"}},
    {"params": {"\ud800": "x"}},
    {"params": {"app_labels": "orders"}},
    {"params": {"app_labels": ["--settings=evil"]}},
    {"params": {"app_labels": ["orders\n"]}},
    {"params": {"app_labels": [["orders"]]}},
    {"params": {"app_labels": ["orders"] * 101}},
    {"params": {"tags": ["\ud800"]}},
    {"params": {"deploy": 1}},
    {"params": {"verbosity": True}},
    {"params": {"verbosity": 2.5}},
    {"params": {"verbosity": 10**30}},
    {"params": {"fail_level": "error"}},
    {"params": {"fail_level": ["ERROR"]}},
    {"timeout": "60"},
    {"timeout": -1},
    {"timeout": 1e308},
    {"timeout": 10**400},
    {"timeout": {}},
    {"tier": "none"},
    {"tier": ["guarded"]},
    {"argv": ["sh"]},
    {"settings": "evil"},
]


@pytest.mark.usefixtures("workspace")
@pytest.mark.parametrize("fields", HOSTILE_FIELDS, ids=lambda fields: repr(fields)[:50])
def test_a_hostile_request_is_refused_with_a_sentence(fields: dict[str, Any]) -> None:
    status, refused = post({"workspace": "shop", "preset": "check", **fields})

    assert status in (404, 422)
    assert set(refused["error"]) == {"code", "message", "hint", "field"}
    assert refused["error"]["message"].endswith(".")
    assert not WorkspaceTaskRun.objects.exists()


def test_a_run_that_is_asked_for_is_answered_as_queued(workspace: Workspace) -> None:
    status, run = post(
        {
            "workspace": "shop",
            "preset": "check",
            "params": {"app_labels": ["orders"], "deploy": True},
            "timeout": 30,
            "tier": "guarded",
        }
    )

    assert (status, run["status"], run["number"], run["timeout_s"]) == (201, "queued", 1, 30.0)
    assert run["workspace"] == workspace.slug
    assert run["argv"][-4:] == ["--no-color", "--deploy", "--", "orders"]
    assert run["command"][0] == "djdesk-python"
    assert run["url"] == "/w/shop/runs/1/"


@pytest.mark.parametrize("run_id", [99, 10**30])
@pytest.mark.parametrize(
    "view", [api_runs.detail, api_log.lines, api_log.stdout, api_log.text], ids=lambda v: v.__name__
)
def test_a_run_that_is_not_there_is_not_found(
    view: Callable[..., HttpResponseBase], run_id: int
) -> None:
    status, refused = answer(get(view, run_id))

    assert (status, refused["error"]["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", [1, 2, 3]),
        ("from=2", [2, 3]),
        ("from=2&count=1", [2]),
        ("count=0", []),
        ("from=4", []),
        ("from=999999999999", []),
        ("count=999999999999", [1, 2, 3]),
    ],
)
def test_any_range_of_lines_is_answered(
    finished: WorkspaceTaskRun, query: str, numbers: list[int]
) -> None:
    _, log = answer(get(api_log.lines, finished.pk, query))

    assert [line["n"] for line in log["lines"]] == numbers
    assert (log["total"], log["complete"]) == (3, True)


def test_a_line_has_its_stream_time_and_text(finished: WorkspaceTaskRun) -> None:
    _, log = answer(get(api_log.lines, finished.pk))

    assert [(line["stream"], line["text"]) for line in log["lines"]] == [
        ("stdout", "[1,"),
        ("stderr", "a warning"),
        ("stdout", '"caf\ufffd"]'),
    ]
    assert all(line["t"] >= 0 for line in log["lines"])


@pytest.mark.parametrize(
    "query",
    ["from=0", "from=-1", "from=1.5", "from=x", "from=٣", "count=-1", "from=" + "9" * 20, "x=1"],
)
def test_an_impossible_range_is_refused(finished: WorkspaceTaskRun, query: str) -> None:
    status, refused = answer(get(api_log.lines, finished.pk, query))

    assert status == 422
    assert refused["error"]["field"] == query.partition("=")[0]


def test_a_line_of_megabytes_is_cut_for_the_page(workspace: Workspace) -> None:
    run = WorkspaceTaskRun.objects.create(workspace=workspace, number=1, timeout_s=60)
    writer = LogWriter(run.folder)
    writer.write(STDOUT, b"x" * 3_000_000 + b"\n")
    writer.close()
    _, log = answer(get(api_log.lines, run.pk))

    assert len(log["lines"][0]["text"]) < 5000
    assert log["lines"][0]["text"].endswith("x … 2,996,000 more bytes")


@pytest.mark.parametrize(
    ("view", "name", "expected"),
    [
        (api_log.stdout, "shop-1-check.stdout.txt", b'[1,\n"caf\xe9"]'),
        (api_log.text, "shop-1-check.log.txt", b'[1,\na warning\n"caf\xe9"]'),
    ],
)
def test_a_download_is_exact_and_has_a_plain_name(
    finished: WorkspaceTaskRun, view: Callable[..., HttpResponseBase], name: str, expected: bytes
) -> None:
    response = get(view, finished.pk)

    assert isinstance(response, StreamingHttpResponse)
    assert b"".join(response) == expected
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["Content-Type"] == "text/plain; charset=utf-8"


def test_a_run_that_never_printed_has_nothing_to_download(workspace: Workspace) -> None:
    run = WorkspaceTaskRun.objects.create(workspace=workspace, number=1, timeout_s=60)
    status, refused = answer(get(api_log.stdout, run.pk))

    assert (status, refused["error"]["code"]) == (404, "not_found")
