from __future__ import annotations

from typing import Any

import pytest

from inspector_app.commands import registry
from inspector_app.commands.parameters import Parameter
from inspector_app.errors import Problem
from inspector_app.models import Workspace

HOSTILE = ["--settings=x", "-h", "a b", "a\nb", "a\0b", "../x", "a;b", "$(id)", "x" * 201, 5, None]


@pytest.mark.django_db
@pytest.mark.parametrize("value", [value for value in HOSTILE if value is not None])
@pytest.mark.parametrize(
    ("preset", "name", "wrap"),
    [
        ("check", "app_labels", True),
        ("check", "tags", True),
        ("check", "databases", True),
        ("check", "fail_level", False),
        ("check", "verbosity", False),
        ("check", "deploy", False),
        ("showmigrations", "database", False),
        ("diffsettings", "output", False),
        ("sqlmigrate", "app_label", False),
    ],
)
def test_a_hostile_value_is_refused_by_name(preset: str, name: str, wrap: bool, value: Any) -> None:
    with pytest.raises(Problem) as caught:
        registry.validate(
            registry.get(preset, Workspace()), {name: [value] if wrap else value}, Workspace()
        )

    assert (caught.value.code, caught.value.field) == ("invalid_parameter", name)


@pytest.mark.django_db
@pytest.mark.parametrize("value", [value for value in HOSTILE if value is not None])
def test_a_hostile_migration_name_is_refused(value: Any) -> None:
    preset = registry.get("sqlmigrate", Workspace())

    with pytest.raises(Problem) as caught:
        registry.validate(preset, {"app_label": "a", "migration_name": value}, Workspace())

    assert caught.value.field == "migration_name"


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["settings", "pythonpath", "default", "output_file", "argv", "o"])
@pytest.mark.parametrize("preset", ["check", "showmigrations", "diffsettings", "sqlmigrate"])
def test_an_unknown_parameter_is_refused_not_ignored(preset: str, name: str) -> None:
    with pytest.raises(Problem) as caught:
        registry.validate(registry.get(preset, Workspace()), {name: "x"}, Workspace())

    assert (caught.value.code, caught.value.field) == ("unknown_parameter", name)


@pytest.mark.django_db
def test_a_missing_required_parameter_is_named() -> None:
    with pytest.raises(Problem) as caught:
        registry.validate(
            registry.get("sqlmigrate", Workspace()), {"app_label": "orders"}, Workspace()
        )

    assert (caught.value.code, caught.value.field) == ("missing_parameter", "migration_name")


@pytest.mark.django_db
@pytest.mark.parametrize("params", [None, [], "check", 3])
def test_parameters_that_are_no_object_are_refused(params: Any) -> None:
    with pytest.raises(Problem, match="object of names and values"):
        registry.validate(registry.get("check", Workspace()), params, Workspace())


def test_a_refusal_says_how_many_more_values_are_known() -> None:
    known = [f"app_{number:02}" for number in range(15)]

    with pytest.raises(Problem) as caught:
        Parameter("app_label", "App").one_of("zzz", known, "an app")

    assert "app_11 and 3 more." in caught.value.hint
