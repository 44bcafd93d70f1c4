from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.serving import Served


@pytest.fixture
def sample_copy(tmp_path: Path, sample: Path) -> Path:
    import shutil

    return Path(shutil.copytree(sample, tmp_path / "<script>alert(1)</script> ü"))


def test_opening_a_folder_answers_its_workspace(served: Served, project: Path) -> None:
    served.open_first_page()
    status, answer = served.post("/api/workspaces/", {"path": str(project)})

    assert status == 201
    assert answer["workspace"]["root"] == str(project)
    assert answer["workspace"]["url"] == "/w/shop/"


def test_opening_the_same_folder_again_gives_the_same_workspace(
    served: Served, project: Path
) -> None:
    served.open_first_page()
    for path in (project, project / "manage.py"):
        served.post("/api/workspaces/", {"path": str(path)})

    assert len(served.get_json("/api/workspaces/")["workspaces"]) == 1


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/no/such/folder", "folder_missing"),
        ("/etc/hostname", "not_a_folder"),
        ("/usr/share/doc/dpkg", "no_project"),
        ("", "bad_path"),
        ("a\0b", "bad_path"),
        ("\ud800", "bad_path"),
        (5, "bad_path"),
        (None, "bad_path"),
    ],
)
def test_a_path_that_cannot_be_opened_is_refused_with_a_next_step(
    served: Served, path: Any, code: str
) -> None:
    served.open_first_page()
    status, answer = served.post("/api/workspaces/", {"path": path})

    assert (status, answer["error"]["code"]) == (422, code)
    assert answer["error"]["hint"]


def test_several_projects_are_offered_as_choices(served: Served, tmp_path: Path) -> None:
    from tests.conftest import make_project

    for name in ("one", "two"):
        make_project(tmp_path / "mono" / name)
    served.open_first_page()
    status, answer = served.post("/api/workspaces/", {"path": str(tmp_path / "mono")})
    choices = answer["error"]["choices"]

    assert (status, answer["error"]["code"]) == (422, "several_projects")
    assert [choice["label"] for choice in choices] == ["one", "two"]
    assert served.post("/api/workspaces/", {"path": choices[1]["value"]})[0] == 201


def test_the_status_holds_everything_the_shell_shows(
    served: Served, project: Path, unchanged: Callable[[Path], None]
) -> None:
    unchanged(project)
    slug = served.open_trusted(project)
    status = served.get_json(f"/api/workspaces/{slug}/status/")

    assert status["workspace"]["settings_module"] == "shop.settings"
    assert status["interpreter"]["django"].startswith("5.2")
    assert status["trust"]["trusted"] is True
    assert (status["scan"]["state"], status["scan"]["source"]) == ("done", "mixed")
    assert status["runs"]["total"] == 1
    assert status["runs"]["recent"][0]["preset"] == "scan"
    assert status["engine"]["state"] == "ready"


def test_a_run_goes_from_asked_to_ended_with_its_log(served: Served, project: Path) -> None:
    slug = served.open_trusted(project)
    status, run = served.post(
        "/api/task-runs/", {"workspace": slug, "preset": "diffsettings", "params": {"all": True}}
    )
    assert (status, run["status"], run["number"]) == (201, "queued", 2)
    run = served.wait_until(f"/api/task-runs/{run['id']}/", lambda run: run["finished_at"])
    log = served.get_json(f"/api/task-runs/{run['id']}/log/?from=2&count=3")

    assert (run["status"], run["exit_code"], run["files_changed"]) == ("succeeded", 0, [])
    assert [line["n"] for line in log["lines"]] == [2, 3, 4]
    assert log["total"] == run["lines"] > 100
    assert log["complete"] is True


def test_standard_output_is_downloaded_exactly(served: Served, project: Path) -> None:
    slug = served.open_trusted(project)
    _, run = served.post("/api/task-runs/", {"workspace": slug, "preset": "check"})
    served.wait_until(f"/api/task-runs/{run['id']}/", lambda run: run["finished_at"])
    status, data = served.get(f"/api/task-runs/{run['id']}/stdout/")

    assert (status, data) == (200, b"System check identified no issues (0 silenced).\n")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"preset": "shell"}, 422, "command_not_allowed"),
        ({"preset": "check", "argv": ["x"]}, 422, "unknown_key"),
        ({"preset": "check", "params": {"settings": "x"}}, 422, "unknown_parameter"),
        ({"preset": "check", "params": {"deploy": "yes"}}, 422, "invalid_parameter"),
        ({"preset": "check", "params": {"app_labels": ["nope"]}}, 422, "invalid_parameter"),
        ({"preset": "check", "timeout": 0}, 422, "invalid_parameter"),
        ({"preset": "check", "tier": "none"}, 422, "invalid_parameter"),
    ],
)
def test_a_refused_run_is_said_and_not_recorded(
    served: Served, project: Path, body: dict[str, Any], status: int, code: str
) -> None:
    slug = served.open_trusted(project)
    got, answer = served.post("/api/task-runs/", {"workspace": slug, **body})

    assert (got, answer["error"]["code"]) == (status, code)
    assert served.get_json(f"/api/workspaces/{slug}/status/")["runs"]["total"] == 1


def test_a_run_of_an_untrusted_workspace_is_refused(served: Served, project: Path) -> None:
    served.open_first_page()
    served.post("/api/workspaces/", {"path": str(project)})
    status, answer = served.post("/api/task-runs/", {"workspace": "shop", "preset": "check"})

    assert (status, answer["error"]["code"]) == (403, "not_trusted")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/task-runs/99/", 404),
        ("/api/workspaces/nope/status/", 404),
        ("/api/task-runs/99/log/", 404),
        ("/api/nothing/", 404),
    ],
)
def test_what_does_not_exist_is_said_as_json(served: Served, path: str, status: int) -> None:
    served.open_first_page()
    got, body = served.get(path)

    assert got == status
    assert json.loads(body)["error"]["code"] == "not_found"


@pytest.mark.parametrize("query", ["from=0", "from=x", "from=-1", "count=1e9", "from=1٣"])
def test_a_log_range_that_is_none_is_refused(served: Served, project: Path, query: str) -> None:
    from urllib.parse import quote

    served.open_trusted(project)
    status, body = served.get(f"/api/task-runs/1/log/?{quote(query, safe='=')}")

    assert (status, json.loads(body)["error"]["code"]) == (422, "invalid_parameter")


def test_ending_an_ended_run_is_a_conflict(served: Served, project: Path) -> None:
    served.open_trusted(project)
    status, answer = served.post("/api/task-runs/1/cancel/", {})

    assert (status, answer["error"]["code"]) == (409, "run_ended")


def test_a_removed_workspace_is_forgotten_and_its_folder_kept(
    served: Served, project: Path, unchanged: Callable[[Path], None]
) -> None:
    unchanged(project)
    slug = served.open_trusted(project)
    assert served.post(f"/api/workspaces/{slug}/remove/", {})[0] == 200

    assert served.get_json("/api/workspaces/")["workspaces"] == []
    assert list((served.data_dir / "runs").iterdir()) == []


def test_withdrawn_trust_stops_further_runs(served: Served, project: Path) -> None:
    slug = served.open_trusted(project)
    served.post(f"/api/workspaces/{slug}/trust/", {"trusted": False})

    assert served.post("/api/task-runs/", {"workspace": slug, "preset": "check"})[0] == 403


@pytest.mark.parametrize(
    ("name", "value"),
    [("keep_runs", 0), ("keep_mb", -1), ("parallel", 9), ("parallel", "2"), ("keep_runs", True)],
)
def test_an_impossible_limit_is_refused(served: Served, name: str, value: Any) -> None:
    served.open_first_page()
    status, answer = served.post("/api/preferences/", {name: value})

    assert (status, answer["error"]["field"]) == (422, name)


def test_preferences_are_kept(served: Served) -> None:
    served.open_first_page()
    assert served.post("/api/preferences/", {"theme": "dark"})[0] == 200

    kept = served.get_json("/api/preferences/")
    assert (kept["theme"], kept["density"]) == ("dark", "comfortable")
    assert b'data-theme="dark"' in served.get("/")[1]


@pytest.mark.parametrize("body", [{"theme": "pink"}, {"colour": "dark"}, {"theme": 1}])
def test_an_unknown_preference_is_refused(served: Served, body: dict[str, Any]) -> None:
    served.open_first_page()

    assert served.post("/api/preferences/", body)[0] == 422


def test_names_from_the_project_are_text_and_never_markup(
    served: Served, sample_copy: Path
) -> None:
    slug = served.open_trusted(sample_copy)
    for page in ("", "commands/", "runs/", "runs/1/"):
        status, body = served.get(f"/w/{slug}/{page}")
        assert status == 200
        assert b"<script>alert" not in body
        assert b"&lt;script&gt;alert" in body


def test_a_browser_without_a_window_is_told_so(tmp_path: Path) -> None:
    with Served(tmp_path / "data", capabilities=[]) as served:
        served.open_first_page()
        status, answer = served.post("/api/host/pick-folder/", {})

    assert (status, answer["error"]["code"]) == (409, "no_window")
