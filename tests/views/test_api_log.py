"""What a page asks about a whole log, and what it may ask of the window for it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.http.response import HttpResponseBase
from django.test import RequestFactory

from inspector_app.models import Workspace, WorkspaceTaskRun
from inspector_app.runs.log_writer import STDOUT, LogWriter
from inspector_app.views import api_log, api_runs
from tests.runs import rows

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shop(tmp_path: Path) -> Workspace:
    return rows.workspace(tmp_path)


@pytest.fixture
def run(shop: Workspace) -> WorkspaceTaskRun:
    return rows.row(shop, b"one\nTWO\nthree one\nfour\n")


def get(view: Callable[..., HttpResponseBase], run: WorkspaceTaskRun, **query: str) -> Any:
    response = view(RequestFactory().get("/", query), run_id=run.pk)
    return json.loads(response.content)  # type: ignore[attr-defined]


def post(
    view: Callable[..., HttpResponseBase], run: WorkspaceTaskRun, data: Any
) -> tuple[int, Any]:
    request = RequestFactory().post("/", json.dumps(data), content_type="application/json")
    response = view(request, run_id=run.pk)
    return response.status_code, json.loads(response.content)  # type: ignore[attr-defined]


def test_a_match_is_found_with_its_place_among_all(run: WorkspaceTaskRun) -> None:
    assert get(api_log.find, run, q="one", line="2") == {"total": 2, "n": 2, "line": 3}
    assert get(api_log.find, run, q="one", line="1", to="next")["line"] == 3
    assert get(api_log.find, run, q="two")["total"] == 1
    assert get(api_log.find, run, q="two", case="1") == {"total": 0, "n": 0, "line": 0}


def test_matching_lines_are_ranges(run: WorkspaceTaskRun) -> None:
    answer = get(api_log.matches, run, q="one")

    assert answer == {"total": 2, "ranges": [[1, 1], [3, 3]], "complete": True}
    assert get(api_log.matches, run, q="four", context="1")["ranges"] == [[3, 5]]


def test_marks_of_a_log(run: WorkspaceTaskRun) -> None:
    answer = get(api_log.marks, run)

    assert answer["lines"] == {"stdout": 4, "stderr": 0, "djdesk": 0}
    assert (answer["tracebacks"], answer["errors"]) == ([], [])


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"q": "x" * 501}, "q"),
        ({"stream": "stdin"}, "stream"),
        ({"line": "-1"}, "line"),
        ({"to": "nowhere"}, "to"),
        ({"regex": "1"}, "regex"),
    ],
)
def test_an_impossible_search_is_refused(
    run: WorkspaceTaskRun, query: dict[str, str], field: str
) -> None:
    assert get(api_log.find, run, **query)["error"]["field"] == field


def test_a_plain_download_is_what_is_displayed(shop: Workspace) -> None:
    run = rows.row(shop, b"\x1b[31mred\x1b[0m\r\n10 %\r20 %\nno end")
    response = api_log.text(RequestFactory().get("/", {"plain": "1"}), run_id=run.pk)

    assert b"".join(response) == b"red\n20 %\nno end\n"


class TestALogWithAGap:
    @pytest.fixture
    def run(self, shop: Workspace) -> WorkspaceTaskRun:
        run = rows.row(shop, status="output_limit")
        writer = LogWriter(run.folder, 64_000)
        for number in range(1, 20_001):
            writer.write(STDOUT, b"line %d\n" % number)
        writer.close()
        return run

    def test_its_lines_come_with_the_gap(self, run: WorkspaceTaskRun) -> None:
        answer = get(api_log.lines, run, count="1")
        ((first, last, size),) = answer["gaps"]

        assert 1 < first < last < 20_000
        assert size == get(api_runs.detail, run)["omitted_bytes"]

    def test_its_plain_download_says_how_many_lines_are_missing(
        self, run: WorkspaceTaskRun
    ) -> None:
        response = api_log.text(RequestFactory().get("/", {"plain": "1"}), run_id=run.pk)
        text = b"".join(response).decode()

        assert "lines omitted\n" in text
        assert text.endswith("line 20000\n")

    def test_its_standard_output_says_that_it_is_not_all(self, run: WorkspaceTaskRun) -> None:
        response = api_log.stdout(RequestFactory().get("/"), run_id=run.pk)
        text = b"".join(response)

        assert "shop-1-check.stdout.incomplete.txt" in response["Content-Disposition"]
        assert int(response["X-DJDesk-Omitted-Bytes"]) > 0
        assert text.endswith(b"bytes of output were omitted\n")


def test_a_run_is_kept_and_let_go(run: WorkspaceTaskRun) -> None:
    assert post(api_runs.keep, run, {"kept": True})[1]["kept"] is True
    assert get(api_runs.detail, run)["kept"] is True
    assert post(api_runs.keep, run, {"kept": False})[1]["kept"] is False


@pytest.mark.parametrize("kept", ["yes", 1, None])
def test_keeping_is_yes_or_no(run: WorkspaceTaskRun, kept: Any) -> None:
    status, answer = post(api_runs.keep, run, {"kept": kept})

    assert (status, answer["error"]["field"]) == (422, "kept")


def test_a_waiting_run_tells_its_place(shop: Workspace) -> None:
    for _ in range(2):
        rows.row(shop, status="running")
    waiting = rows.row(shop, status="queued")

    assert get(api_runs.detail, waiting)["queue"]["position"] == 1
