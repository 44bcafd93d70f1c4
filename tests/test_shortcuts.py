"""One registry of commands: everything that names a key follows it."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from inspector_app.shortcuts import Command, commands, display, groups
from tests.environment import CHECKOUT

GUIDE = (CHECKOUT / "docs" / "guide.md").read_text()
SCRIPT = CHECKOUT / "inspector_app" / "static" / "inspector_app" / "js" / "commands.js"


def row(command: Command) -> str:
    return f"| {' or '.join(command.shown)} | {command.title} |"


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("Mod+k", "Ctrl K"),
        ("Shift+n", "Shift N"),
        ("Mod+,", "Ctrl ,"),
        ("+", "+"),
        ("F6", "F6"),
        ("Mod+Enter", "Ctrl Enter"),
    ],
)
def test_a_key_is_shown_as_it_stands_on_the_keyboard(key: str, shown: str) -> None:
    assert display(key) == shown


def test_many_keys_are_shown_by_their_ends() -> None:
    assert commands()["section"].shown == ("Ctrl 1 to 9",)


def test_a_key_with_ctrl_means_one_thing_everywhere() -> None:
    keys = Counter(key for command in commands().values() for key in command.keys)
    # Single keys may mean something else on another page, where only one of the two can act.
    twice = {key for key, count in keys.items() if count > 1}

    assert twice <= {"f"}


@pytest.mark.parametrize("command", commands().values(), ids=lambda command: command.id)
def test_every_command_with_a_key_stands_in_the_guide(command: Command) -> None:
    assert not command.keys or row(command) in GUIDE.splitlines()


def test_the_guide_names_no_other_key() -> None:
    rows = [row(command) for members in groups().values() for command in members]
    table = GUIDE.partition("## Keys")[2].partition("\n## ")[0]
    found = [line for line in table.splitlines() if line.startswith("| ")][1:]

    assert [line for line in found if line not in rows] == [
        "| Arrows | Move between rows and tabs |",
        "| Enter | Open, choose |",
        "| Esc | Close, clear the filter |",
    ]


def test_the_script_does_nothing_that_is_not_registered() -> None:
    block = SCRIPT.read_text().partition("const behaviours = {")[2].partition("\n};")[0]
    named = re.findall(r'^  "?([\w-]+)"?: ', block, re.MULTILINE)

    assert named
    assert set(named) <= commands().keys()


def test_no_tooltip_names_a_key_by_itself() -> None:
    templates = (CHECKOUT / "templates").rglob("*.html")
    named = [path.name for path in templates if re.search(r"Ctrl [A-Z.,]", path.read_text())]

    assert named == []
