"""Project setup over HTTP: what there is to choose, and choosing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.serving import Served
from tests.workspaces.layouts import make_venv

URL = "/api/workspaces/shop/setup/"


@pytest.fixture
def opened(served: Served, project: Path) -> Served:
    (project / ".env").write_text("SHOP_TOKEN=Zq4-never-shown-1\nDEBUG=1\n")
    (project / "requirements.txt").write_text("Django>=5.2\nhttpx\n")
    make_venv(project / ".venv", django="5.2.4")
    served.open_first_page()
    assert served.post("/api/workspaces/", {"path": str(project)})[0] == 201
    return served


def test_everything_there_is_to_choose_is_listed(
    opened: Served, project: Path, unchanged: Callable[[Path], None]
) -> None:
    unchanged(project)
    setup = opened.get_json(URL)

    assert setup["settings"]["candidates"][0] == {
        "module": "shop.settings",
        "file": "manage.py",
        "line": 9,
        "exists": True,
    }
    used, *others = setup["interpreter"]["candidates"]
    assert (used["in_use"], used["django"], used["source"]) == (True, "5.2.4", "project")
    assert used["requirements"]["missing"] == ["httpx"]
    assert used["requirements"]["text"] == (
        "1 of 2 requirements not met: httpx missing (requirements.txt:2)."
    )
    assert "bundled" in [one["source"] for one in others]
    assert setup["interpreter"]["verified"] is False


def test_of_env_files_the_names_are_told_and_never_a_value(opened: Served) -> None:
    status, body = opened.get(URL)

    assert status == 200
    assert b"SHOP_TOKEN" in body
    assert b"Zq4-never-shown-1" not in body
    assert b"Zq4-never-shown-1" not in opened.get("/w/shop/setup/")[1]


def test_choices_are_taken_shown_and_given_back(opened: Served, project: Path) -> None:
    other = make_venv(project / "other", django="5.2.1")
    choice = {"settings": "shop.other", "python": str(other), "env_files": [".env"]}
    status, setup = opened.post(URL, choice)

    assert status == 200
    assert setup["settings"]["module"] == "shop.other"
    assert setup["interpreter"]["path"] == str(other)
    assert [one["chosen"] for one in setup["env_files"]] == [True]

    status, setup = opened.post(URL, {"settings": None, "python": None, "env_files": None})
    assert setup["settings"]["module"] == "shop.settings"
    assert setup["interpreter"]["path"] == str(project / ".venv/bin/python")
    assert [one["chosen"] for one in setup["env_files"]] == [False]


def test_the_same_may_be_chosen_when_a_folder_is_opened(served: Served, project: Path) -> None:
    (project / ".env").write_text("A=1\n")
    served.open_first_page()
    asked = {"path": str(project), "settings": "shop.other", "env_files": [".env"]}
    status, answer = served.post("/api/workspaces/", {**asked, "manage": "manage.py"})

    assert status == 201
    assert answer["workspace"]["settings_source"] == "chosen"
    assert answer["workspace"]["env_files"] == [str(project / ".env")]


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        ({"python": "/bin/ls"}, "interpreter_missing", "python"),
        ({"python": 5}, "invalid_parameter", "python"),
        ({"python": " "}, "invalid_parameter", "python"),
        ({"settings": "a b"}, "bad_settings", "settings"),
        ({"env_files": "x"}, "invalid_parameter", "env_files"),
        ({"env_files": [5]}, "invalid_parameter", "env_files"),
        ({"env_files": ["gone"]}, "bad_env_file", "env_files"),
        ({"interpreter": "x"}, "unknown_key", "interpreter"),
    ],
)
def test_what_cannot_be_chosen_is_refused_at_its_field(
    opened: Served, body: dict[str, Any], code: str, field: str
) -> None:
    status, answer = opened.post(URL, body)

    assert (status, answer["error"]["code"], answer["error"]["field"]) == (422, code, field)
    assert answer["error"]["hint"] or code == "invalid_parameter"


def test_an_environment_picked_in_the_window_is_used(opened: Served, project: Path) -> None:
    other = make_venv(project / "other", django="5.2.1")
    assert opened.post(f"{URL}pick/", {})[0] == 202
    asked = opened.wait_for("pick_folder")
    assert asked["title"] == "Choose an environment's folder"

    opened.tell(
        {"v": 1, "command": "picked", "request": asked["request"], "path": str(project / "other")}
    )

    setup = opened.wait_until(URL, lambda setup: setup["interpreter"]["chosen"])
    assert setup["interpreter"]["path"] == str(other)


def test_a_dialog_that_was_cancelled_changes_nothing(opened: Served, project: Path) -> None:
    opened.post(f"{URL}pick/", {})
    asked = opened.wait_for("pick_folder")
    opened.tell({"v": 1, "command": "picked", "request": asked["request"], "path": None})
    opened.post("/api/host/pick-folder/", {})
    asked = opened.wait_for("pick_folder")
    opened.tell(
        {"v": 1, "command": "picked", "request": asked["request"], "path": str(project / "shop")}
    )

    assert len(opened.get_json("/api/workspaces/")["workspaces"]) == 1
    assert opened.get_json(URL)["interpreter"]["chosen"] is False


def test_a_browser_has_no_such_dialog(tmp_path: Path, project: Path) -> None:
    with Served(tmp_path / "data", capabilities=[]) as served:
        served.open_first_page()
        served.post("/api/workspaces/", {"path": str(project)})
        status, answer = served.post(f"{URL}pick/", {})

    assert (status, answer["error"]["code"]) == (409, "no_window")
