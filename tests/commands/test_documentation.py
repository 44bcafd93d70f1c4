"""docs/commands.md says what the allow-list is; it is compared with the presets themselves."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from inspector_app.commands.own import own_presets
from inspector_app.commands.own.types import TYPES
from inspector_app.commands.preset import GROUPS, ISOLATING, Preset
from inspector_app.commands.presets import PRESETS
from tests.environment import CHECKOUT

TEXT = (CHECKOUT / "docs" / "commands.md").read_text()


def row(preset: Preset) -> str:
    line = " ".join([preset.name, *preset.fixed])
    parameters = ", ".join(f"`{one.name}`" for one in preset.parameters)
    return f"| `{line}` | {preset.description} | {parameters} |"


@pytest.mark.parametrize("preset", PRESETS.values(), ids=lambda preset: preset.name)
def test_a_preset_is_documented_as_it_is(preset: Preset) -> None:
    assert row(preset) in TEXT.splitlines()


def test_no_other_preset_is_documented() -> None:
    rows = [line for line in TEXT.splitlines() if line.startswith("| `") and line.count("|") == 4]
    tables = [line for line in rows if line in {row(preset) for preset in PRESETS.values()}]

    assert len(tables) == len(PRESETS)
    assert [name for name in GROUPS[:-1] if f"## {name}" not in TEXT] == []


def test_the_commands_that_skip_checks_are_named() -> None:
    skipping = [name for name, preset in PRESETS.items() if preset.skips_checks]
    others = [name for name, preset in PRESETS.items() if not preset.skips_checks]

    assert ", ".join(f"`{name}`" for name in skipping) in TEXT.replace("\n", " ")
    assert ", ".join(f"`{name}`" for name in others) in TEXT.replace("\n", " ")


def test_every_answer_is_documented() -> None:
    answers = {answer.message for preset in PRESETS.values() for answer in preset.answers}

    assert [message for message in answers if message not in TEXT.replace("\n", " ")] == []


def test_every_type_of_an_own_parameter_is_documented() -> None:
    assert [name for name in TYPES if f"| `{name}` |" not in TEXT] == []
    assert all(f"*{tier}*" in TEXT for tier in ISOLATING)


def test_the_example_of_an_own_command_is_a_good_one(tmp_path: Path) -> None:
    example = TEXT.partition("```toml\n")[2].partition("```")[0]
    tomllib.loads(example)
    (tmp_path / "djdesk.toml").write_text(example)
    (preset,) = own_presets(str(tmp_path))

    assert {one.kind for one in preset.parameters} == {
        "flag",
        "integer",
        "choice",
        "text",
        "choices",
    }
