from __future__ import annotations

from typing import Any

import pytest
from pytest_django.fixtures import Settings

from inspector_app.errors import Problem
from inspector_app.models import Preference
from inspector_app.preferences import PREFERENCES, all_preferences, save
from inspector_app.runs.asked import asked_timeout

pytestmark = pytest.mark.django_db


def test_every_preference_has_a_default_that_fits() -> None:
    assert all_preferences().keys() == PREFERENCES.keys()
    for key, kind in PREFERENCES.items():
        assert key == "editor_command" or kind.clean(key, kind.default) == kind.default


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("theme", "blue"),
        ("theme", ["dark"]),
        ("timeout_s", 0),
        ("timeout_s", 601),
        ("timeout_s", "60"),
        ("timeout_s", True),
        ("timeout_s", None),
        ("single_keys", "yes"),
        ("editor", "emacs"),
        ("editor_command", "vim {file}"),
        ("notify", "sometimes"),
        ("closing", "minimise"),
    ],
)
def test_a_value_that_does_not_fit_is_named_by_its_key(key: str, value: Any) -> None:
    with pytest.raises(Problem) as caught:
        save({"density": "compact", key: value})

    assert (caught.value.code, caught.value.field) == ("invalid_parameter", key)
    # All are checked before the first is written.
    assert all_preferences()["density"] == "comfortable"


def test_what_another_version_stored_is_left_out() -> None:
    Preference.objects.create(key="theme", value="sepia")
    Preference.objects.create(key="timeout_s", value=0.5)
    Preference.objects.create(key="unknown", value=1)

    assert all_preferences()["theme"] == "system"
    assert all_preferences()["timeout_s"] == PREFERENCES["timeout_s"].default
    assert "unknown" not in all_preferences()


def test_the_time_limit_of_a_run_is_the_preferred_one() -> None:
    save({"timeout_s": 90})

    assert asked_timeout(None) == 90
    assert asked_timeout(5) == 5


def test_the_environment_of_this_start_comes_before_the_preference(
    settings: Settings,
) -> None:
    save({"timeout_s": 90})
    settings.DJDESK_INSPECTOR_TASK_TIMEOUT = 0.5
    settings.DJDESK_TIMEOUT_IS_SET = True

    assert asked_timeout(None) == 0.5
