"""djdesk presets."""

from __future__ import annotations

import json
from pathlib import Path

from inspector_app.commands.presets import PRESETS
from tests.backend.cli.asking import djdesk


def test_presets_lists_the_allow_list_with_the_project_s_choices(project: Path) -> None:
    presets = json.loads(djdesk("presets", project, "--json").stdout)["presets"]

    assert [preset["name"] for preset in presets] == list(PRESETS)
    assert "orders" in presets[0]["parameters"][0]["choices"]
