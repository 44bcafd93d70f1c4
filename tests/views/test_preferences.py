"""Preferences and their neighbours over HTTP."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands.own_project import offer_report
from tests.serving import Served
from tests.waiting import until


def test_the_next_run_of_a_project_has_the_network_it_is_given(
    served: Served, project: Path
) -> None:
    slug = served.open_trusted(project)

    assert served.post(f"/api/workspaces/{slug}/options/", {"network": True})[0] == 200
    assert b'aria-checked="true"' in served.get(f"/preferences/?project={slug}")[1]


@pytest.mark.parametrize("body", [{}, {"network": "on"}, {"network": 1}, {"disk": True}])
def test_an_impossible_option_is_refused(
    served: Served, project: Path, body: dict[str, Any]
) -> None:
    served.open_first_page()
    served.post("/api/workspaces/", {"path": str(project)})

    assert served.post("/api/workspaces/shop/options/", body)[0] == 422


def test_consent_is_taken_back_for_a_command_that_is_offered_no_more(
    served: Served, project: Path
) -> None:
    slug = served.open_trusted(offer_report(project))
    presets = served.get_json(f"/api/workspaces/{slug}/presets/")["presets"]
    digest = next(one["digest"] for one in presets if one["name"] == "report")
    consents = f"/api/workspaces/{slug}/consents/"
    assert served.post(consents, {"preset": "report", "digest": digest})[0] == 200
    (project / "djdesk.toml").write_text("broken")

    assert served.post(consents, {"preset": "report", "digest": None})[0] == 200
    assert b"Withdraw report" not in served.get("/preferences/")[1]


def test_only_djdesks_own_directories_are_shown(served: Served) -> None:
    served.open_first_page()

    assert served.post("/api/host/reveal/", {"directory": "/etc"})[0] == 422
    assert served.post("/api/host/reveal/", {"directory": "logs"})[0] == 202
    assert served.wait_for("reveal")["path"] == str(served.data_dir / "logs")


def test_the_window_is_told_what_its_closing_means(served: Served) -> None:
    assert served.wait_for("closing")["to_tray"] is False
    served.open_first_page()
    assert served.post("/api/preferences/", {"closing": "tray"})[0] == 200

    assert served.wait_for("closing")["to_tray"] is True


def test_the_tray_is_offered_where_there_is_one(served: Served) -> None:
    def offered() -> bool:
        page = served.get("/preferences/")[1]
        assert (b"shows no tray now" in page) == (b'value="tray" disabled' in page)
        return b"shows no tray now" not in page

    served.open_first_page()
    assert not offered()
    served.tell({"v": 1, "command": "tray", "present": True})

    until(offered, "the tray among the preferences")


def test_a_report_of_a_problem_names_machine_and_sandbox(served: Served) -> None:
    served.open_first_page()
    text = served.get_json("/api/diagnostics/")["text"]

    assert "versions\n    djdesk: " in text
    assert f"data: {served.data_dir}" in text


def test_preferences_of_a_project_that_is_unknown_are_no_page(served: Served) -> None:
    served.open_first_page()

    assert served.get("/preferences/?project=nothing")[0] == 404


def test_names_from_projects_are_text_in_preferences_palette_and_home(
    served: Served, project: Path
) -> None:
    hostile = project.rename(project.with_name('"><script>alert(1)<'))
    served.open_first_page()
    status, answer = served.post("/api/workspaces/", {"path": str(hostile)})
    slug = answer["workspace"]["slug"]

    assert status == 201
    for path in ("/", f"/preferences/?project={slug}", "/palette/"):
        body = served.get(path)[1]
        assert b"<script>alert" not in body, path
        assert b"alert(1)" in body, path


def test_a_chosen_entry_is_first_in_the_palette(served: Served) -> None:
    served.open_first_page()
    entry = {"id": "command:open", "kind": "command", "title": "Open folder", "url": ""}
    assert served.post("/api/recent/", entry)[0] == 200
    text = served.get("/palette/")[1].decode()
    content = json.loads(text.partition('type="application/json">')[2].partition("</script>")[0])

    assert [one["id"] for one in content["recent"]] == ["command:open"]
