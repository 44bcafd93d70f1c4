"""The parser against what Django prints, asked for in a process of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from inspector_app.scans.checks import parse_checks
from tests.scans.asking import manage

# Registers checks of every level and shape, and prints them as Django has them.
CHECKS = """
import json, sys
from django.core import checks
from django.apps import AppConfig

ALL = [
    checks.Debug("debug", id="shop.D001"),
    checks.Info("info", hint="a hint", id="shop.I001"),
    checks.Warning("two\\nlines", hint="and\\nmore", obj="an: object", id="shop.W001"),
    checks.Warning("no id", obj="shop.Thing"),
    checks.Error("an error", id="shop.E001"),
    checks.Critical("critical", obj=AppConfig, id="shop.C001"),
    checks.Warning("silenced", id="shop.W009"),
]

class OrdersConfig(AppConfig):
    name = "orders"

    def ready(self):
        checks.register(lambda **kwargs: ALL)
"""


def check(project: Path, silenced: str = "") -> str:
    settings = project / "shop" / "settings.py"
    settings.write_text(settings.read_text() + f"\nSILENCED_SYSTEM_CHECKS = [{silenced!r}]\n")
    done = manage(project, "check", "--no-color")
    return done.stderr + done.stdout


def test_every_level_and_shape_is_read(project: Path) -> None:
    (project / "orders" / "apps.py").write_text(CHECKS)

    checks = parse_checks(check(project, "shop.W009"))

    assert checks is not None
    assert checks.silenced == 1
    read = {
        one["id"]: (one["level"], one["msg"], one["hint"], one["obj"]) for one in checks.results
    }
    assert read["shop.C001"] == (
        "critical",
        "critical",
        "",
        "<class 'django.apps.config.AppConfig'>",
    )
    assert read["shop.E001"] == ("error", "an error", "", None)
    assert read["shop.I001"] == ("info", "info", "a hint", None)
    assert read["shop.D001"] == ("debug", "debug", "", None)
    assert read["shop.W001"][1:] == ("two\nlines", "and\nmore", "an: object")
    assert read[""] == ("warning", "no id", "", "shop.Thing")


def test_no_issue_is_an_empty_list(project: Path) -> None:
    checks = parse_checks(check(project))

    assert checks is not None
    assert (checks.results, checks.silenced) == ([], 0)


def test_what_the_project_prints_is_passed_over(project: Path) -> None:
    settings = project / "shop" / "settings.py"
    settings.write_text("print('WARNINGS')\nprint('shop: (x.W001) no')\n" + settings.read_text())

    checks = parse_checks(check(project))

    assert checks is not None
    assert checks.results == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Traceback (most recent call last):\nNameError: x\n",
        "System check identified some issues:\n\nWARNINGS:\n?: (a.W001) cut off\n",
    ],
)
def test_an_output_that_did_not_end_tells_nothing(text: str) -> None:
    assert parse_checks(text) is None


def test_results_are_json(project: Path) -> None:
    (project / "orders" / "apps.py").write_text(CHECKS)
    checks = parse_checks(check(project))

    assert checks is not None
    assert json.loads(json.dumps(checks.results)) == checks.results
