from __future__ import annotations

from inspector_app.sections.checks import check_rows

DEBUG = {"id": "security.W018", "level": "warning", "msg": "DEBUG", "hint": "", "obj": None}


def not_set(changed: list[str]) -> bool:
    """What is said of a check about DEBUG whose place nobody knows."""
    checks = {"default": [DEBUG], "deploy": None}
    (row,) = check_rows(
        {"checks": checks, "settings": {"changed": [{"name": name} for name in changed]}}
    )
    return row.not_set


def test_a_setting_is_not_set_where_the_project_leaves_it_to_django() -> None:
    assert not_set([])
    assert not not_set(["DEBUG"])
