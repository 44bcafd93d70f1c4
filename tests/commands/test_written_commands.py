"""Commands that a user writes down in Preferences, for a project that offers none."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from inspector_app.commands import registry
from inspector_app.commands.own import consent
from inspector_app.commands.own.written import write_down
from inspector_app.errors import Problem
from inspector_app.models import Workspace
from inspector_app.workspaces import trust
from tests.commands.own_project import DEFINITION, offer_report
from tests.proving import require
from tests.runs.project import executed, opened
from tests.serving import Served

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shop(project: Path) -> Workspace:
    """A trusted project that has the command ``report`` and offers nothing."""
    offer_report(project)
    (project / "djdesk.toml").unlink()
    return opened(project)


def refused(workspace: Workspace, text: object) -> Problem:
    with pytest.raises(Problem) as caught:
        write_down(workspace, text)
    return caught.value


def test_one_that_is_written_down_may_run_and_is_rehearsed(shop: Workspace) -> None:
    require("copy-on-write")
    write_down(shop, DEFINITION)
    run = executed(shop, "report", params={"days": 3})

    assert (run.status, run.tier) == ("succeeded", "copy-on-write")
    assert run.log.text() == "orders of 3 days\n"
    assert run.rehearsal is not None
    assert run.rehearsal["created"] == 1
    assert not (shop.root_path / "report.txt").exists()


@pytest.mark.parametrize(
    "params", [{"days": 91}, {"days": "--settings"}, {"day": 3}, {"days": 3, "verbosity": 3}]
)
def test_its_parameters_are_as_typed_as_those_of_a_preset(
    shop: Workspace, params: dict[str, object]
) -> None:
    write_down(shop, DEFINITION)

    with pytest.raises(Problem) as caught:
        executed(shop, "report", params=params)
    assert caught.value.code in ("invalid_parameter", "unknown_parameter")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[commands.check]", "commands.check: DJDesk has a preset of this name"),
        ("[commands.x]\nshell = 'rm'", "commands.x.shell: this key is not known here."),
        ("[commands.x.parameters.s]\ntype = 'flag'\nflag = '--settings'", "Django's own"),
        ("[commands.x", "it is not TOML"),
        ("# \ud800", "it is not UTF-8."),
        (7, "Definitions are text."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    shop: Workspace, text: object, words: str
) -> None:
    write_down(shop, DEFINITION)
    problem = refused(shop, text)
    shop.refresh_from_db()

    assert words in problem.message
    assert "djdesk.toml" not in problem.message
    assert shop.own_commands == DEFINITION


def test_one_that_is_written_no_more_is_allowed_no_more(shop: Workspace) -> None:
    write_down(shop, DEFINITION)
    write_down(shop, "")
    # The project offers the very same one now.
    offered = shop.root_path / "djdesk.toml"
    offered.write_text(DEFINITION)

    assert consent.state(shop, registry.get("report", shop)) == "missing"


def test_trust_that_is_withdrawn_takes_the_permission_along(shop: Workspace) -> None:
    write_down(shop, DEFINITION)
    trust.withdraw(shop)
    trust.grant(shop)

    with pytest.raises(Problem) as caught:
        executed(shop, "report", params={"days": 3})
    assert caught.value.code == "not_allowed_yet"


def test_it_comes_before_one_of_that_name_in_a_file_even_a_broken_one(shop: Workspace) -> None:
    write_down(shop, DEFINITION)
    (shop.root_path / "djdesk.toml").write_text("[commands.report]\n[commands.other]\n")
    found, problem = registry.beyond(shop)
    assert problem is None
    assert {preset.name: preset.written for preset in found} == {"report": True, "other": False}

    (shop.root_path / "djdesk.toml").write_text("broken")
    found, problem = registry.beyond(shop)
    assert [preset.name for preset in found] == ["report"]
    assert problem is not None
    assert registry.get("report", shop).written


def test_the_setting_switches_them_off(shop: Workspace, settings: Settings) -> None:
    write_down(shop, DEFINITION)
    settings.INSPECTOR_SAFE_COMMANDS = ["check"]

    with pytest.raises(Problem) as caught:
        executed(shop, "report", params={"days": 3})
    assert caught.value.code == "command_not_allowed"


def test_they_are_written_down_over_http_and_listed_with_the_others(
    served: Served, project: Path
) -> None:
    offer_report(project)
    (project / "djdesk.toml").unlink()
    slug = served.open_trusted(project)
    options = f"/api/workspaces/{slug}/options/"
    status, refused = served.post(options, {"own_commands": "[commands.x"})
    assert (status, refused["error"]["field"]) == (422, "own_commands")
    assert served.post(options, {"own_commands": DEFINITION})[0] == 200

    presets = served.get_json(f"/api/workspaces/{slug}/presets/")["presets"]
    assert {one["name"]: one["consent"] for one in presets}["report"] == "given"
    page = served.get(f"/w/{slug}/commands/?preset=report")[1]
    assert b"from Preferences" in page
    assert b"[commands.report]" in served.get("/preferences/")[1]
