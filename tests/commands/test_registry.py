from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from inspector_app.commands import registry
from inspector_app.errors import Problem
from inspector_app.models import Workspace


@pytest.mark.parametrize("name", ["flush", "shell", "chec", "check ", "CHECK", "", None, "--help"])
def test_a_command_that_is_not_on_the_list_is_refused(name: str | None) -> None:
    with pytest.raises(Problem) as caught:
        registry.get(name, Workspace())

    assert caught.value.code == "command_not_allowed"


def test_the_setting_switches_a_preset_off(settings: Settings) -> None:
    settings.INSPECTOR_SAFE_COMMANDS = ["check"]

    with pytest.raises(Problem):
        registry.get("showmigrations", Workspace())


def test_a_setting_that_names_no_preset_is_a_clear_problem(settings: Settings) -> None:
    settings.INSPECTOR_SAFE_COMMANDS = ["check", "flush"]

    with pytest.raises(Problem, match="INSPECTOR_SAFE_COMMANDS names 'flush'"):
        registry.enabled()
