"""djdesk.toml, as strict as a request: what is wrong is named by its key, and never a traceback."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from inspector_app.commands import argv, registry
from inspector_app.commands.own import own_presets
from inspector_app.commands.preset import Preset
from inspector_app.errors import Problem
from inspector_app.models import Workspace
from tests.commands.bad_files import BAD

GOOD = """\
[commands.rebuild-index]
command = "rebuild_index"
summary = "search index"
description = "Builds the search index again."
skip_checks = true

[commands.rebuild-index.parameters.fast]
type = "flag"

[commands.rebuild-index.parameters.limit]
type = "integer"
min = 1
max = 500
help = "At most this many rows."

[commands.rebuild-index.parameters.mode]
type = "choice"
options = ["full", "delta"]
required = true

[commands.rebuild-index.parameters.using]
type = "database"
flag = "--database"

[commands.rebuild-index.parameters.token]
type = "word"
pattern = "[a-z0-9_-]{1,20}"

[commands.rebuild-index.parameters.app]
type = "app_label"
positional = true
required = true

[commands.rebuild-index.parameters.others]
type = "app_labels"
positional = true
"""


def write(folder: Path, text: str | bytes) -> Path:
    data = text if isinstance(text, bytes) else text.encode()
    (folder / "djdesk.toml").write_bytes(data)
    return folder


def only(folder: Path, text: str) -> Preset:
    (preset,) = own_presets(str(write(folder, text)))
    return preset


def problem_of(folder: Path, text: str | bytes) -> Problem:
    with pytest.raises(Problem) as caught:
        own_presets(str(write(folder, text)))
    assert caught.value.code == "bad_own_commands"
    assert caught.value.message.startswith("djdesk.toml: ")
    return caught.value


def test_without_the_file_nothing_is_offered(tmp_path: Path) -> None:
    assert own_presets(str(tmp_path)) == []
    assert own_presets("") == []


def test_a_definition_becomes_a_preset_that_runs_isolated_only(tmp_path: Path) -> None:
    preset = only(tmp_path, GOOD)

    assert (preset.name, preset.management_command) == ("rebuild-index", "rebuild_index")
    assert preset.tiers == ("copy-on-write", "shadow")
    assert [one.kind for one in preset.parameters] == [
        "flag", "integer", "choice", "choice", "text", "choice", "choices",
    ]  # fmt: skip


@pytest.mark.django_db
def test_its_values_become_the_command_line(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    workspace = Workspace(root=str(tmp_path), manage_py="manage.py", interpreter="python")
    preset = registry.get("rebuild-index", workspace)
    params = {
        "fast": True,
        "limit": 7,
        "mode": "delta",
        "using": "default",
        "token": "a-1",
        "app": "orders",
        "others": ["auth", "admin"],
    }
    clean = registry.validate(preset, params, workspace)

    assert argv.build(preset, clean, workspace)[1:] == [
        *("manage.py", "rebuild_index", "--no-color", "--skip-checks"),
        *("--fast", "--limit", "7", "--mode", "delta", "--database", "default"),
        *("--token", "a-1", "--", "orders", "auth", "admin"),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("fast", "true", "true or false"),
        ("limit", 0, "1 to 500"),
        ("limit", 501, "1 to 500"),
        ("limit", "7", "whole number"),
        ("mode", "ful", "one of full, delta"),
        ("mode", "--full", "one of full, delta"),
        ("token", "-x", "of the form"),
        ("token", "UPPER", "of the form"),
        ("token", "a" * 21, "of the form"),
        ("token", "a\n", "of the form"),
        ("token", "", "needs"),
        ("app", "-a", "not an app label"),
        ("others", "auth", "a list"),
        ("settings", "x", "no parameter"),
    ],
)
def test_its_values_are_refused_like_any(tmp_path: Path, name: str, value: Any, says: str) -> None:
    text = GOOD.replace(
        'pattern = "[a-z0-9_-]{1,20}"', 'pattern = "[a-z0-9_-]{1,20}"\nrequired = true'
    )
    workspace = Workspace(root=str(write(tmp_path, text)))
    preset = registry.get("rebuild-index", workspace)
    good = {"mode": "full", "token": "a", "app": "orders"}

    with pytest.raises(Problem, match=says) as caught:
        registry.validate(preset, {**good, name: value}, workspace)
    assert caught.value.field == name


@pytest.mark.parametrize(
    ("text", "key", "says"), [case[1:] for case in BAD], ids=[case[0] for case in BAD]
)
def test_what_is_wrong_is_named_by_its_key(
    tmp_path: Path, text: str | bytes, key: str, says: str
) -> None:
    problem = problem_of(tmp_path, text)

    assert problem.field == key
    assert says in problem.message
    assert problem.message.isprintable()


@pytest.mark.parametrize("kind", ["folder", "fifo", "link out", "broken link", "circle"])
def test_a_file_that_is_none_is_refused(tmp_path: Path, kind: str) -> None:
    root = tmp_path / "project"
    root.mkdir()
    path = root / "djdesk.toml"
    secret = tmp_path / "secret.toml"
    secret.write_text("[commands.a]\n")
    match kind:
        case "folder":
            path.mkdir()
        case "fifo":
            os.mkfifo(path)
        case "link out":
            path.symlink_to(secret)
        case "broken link":
            path.symlink_to(root / "nowhere.toml")
        case "circle":
            path.symlink_to(path)

    with pytest.raises(Problem) as caught:
        own_presets(str(root))
    assert caught.value.code == "bad_own_commands"


def test_a_definition_has_another_digest_after_any_change(tmp_path: Path) -> None:
    changed = [
        GOOD,
        GOOD.replace("500", "501"),
        GOOD.replace("rebuild_index", "rebuild_all"),
        GOOD.replace("skip_checks = true", "skip_checks = false"),
        GOOD.replace("At most", "Up to"),
        GOOD.replace('"full", "delta"', '"delta", "full"'),
        GOOD.replace("rebuild-index", "index-again"),
    ]

    assert len({only(tmp_path, text).digest for text in changed}) == len(changed)


def test_a_comment_changes_no_digest(tmp_path: Path) -> None:
    assert only(tmp_path, GOOD).digest == only(tmp_path, "# note\n" + GOOD).digest


@pytest.mark.django_db
def test_a_bad_file_does_not_get_in_the_way_of_djdesk_s_own_presets(tmp_path: Path) -> None:
    workspace = Workspace(root=str(write(tmp_path, "commands = [")))

    assert registry.get("check", workspace).name == "check"
    with pytest.raises(Problem, match="is not TOML"):
        registry.get("report", workspace)


def test_the_setting_switches_all_of_them_off(tmp_path: Path, settings: Any) -> None:
    settings.INSPECTOR_SAFE_COMMANDS = ["check"]
    workspace = Workspace(root=str(write(tmp_path, GOOD)))

    assert registry.own(workspace) == []
    with pytest.raises(Problem) as caught:
        registry.get("rebuild-index", workspace)
    assert caught.value.code == "command_not_allowed"
