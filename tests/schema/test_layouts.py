"""Where boxes were moved to, kept for each view."""

from __future__ import annotations

from typing import Any

import pytest

from inspector_app.errors import Problem
from inspector_app.models import Preference, Workspace
from inspector_app.preferences import all_preferences
from inspector_app.schema import layouts
from inspector_app.workspaces.removal import remove

KEY = "0123456789abcdef"
PLACES = {"orders.Order": [10, -20]}


def test_places_are_kept_for_the_view_and_forgotten_with_none(workspace: Workspace) -> None:
    layouts.keep(workspace, KEY, PLACES)
    assert layouts.moved(workspace, KEY) == PLACES
    assert layouts.moved(workspace, "f" * 16) == {}
    layouts.keep(workspace, KEY, {})

    assert layouts.moved(workspace, KEY) == {}


@pytest.mark.parametrize(
    ("key", "places"),
    [
        ("../x", PLACES),
        (7, PLACES),
        (KEY, []),
        (KEY, {"a": [1]}),
        (KEY, {"a": [1.5, 2]}),
        (KEY, {"a": [True, 2]}),
        (KEY, {"a": [1, 10**9]}),
        (KEY, {"a" * 500: [1, 2]}),
    ],
)
def test_what_is_no_place_is_refused(workspace: Workspace, key: Any, places: Any) -> None:
    with pytest.raises(Problem) as refused:
        layouts.keep(workspace, key, places)

    assert refused.value.code == "invalid_parameter"
    assert not Preference.objects.exists()


def test_only_the_last_views_of_a_workspace_are_kept(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layouts, "KEPT", 2)
    for number in range(3):
        layouts.keep(workspace, f"{number:016}", PLACES)

    assert layouts.moved(workspace, f"{0:016}") == {}
    assert layouts.moved(workspace, f"{2:016}") == PLACES


def test_they_are_no_preferences_of_the_page(workspace: Workspace) -> None:
    before = all_preferences()
    layouts.keep(workspace, KEY, PLACES)

    assert all_preferences() == before


def test_they_go_with_the_workspace(workspace: Workspace) -> None:
    layouts.keep(workspace, KEY, PLACES)
    remove(workspace)

    assert not Preference.objects.exists()
