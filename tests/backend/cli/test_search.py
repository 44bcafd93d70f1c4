"""djdesk search: what is asked when the window has read the project, and when it has not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.backend.cli.asking import djdesk
from tests.serving import Served

MODEL = """from django.db import models


class LineItem(models.Model):
    price = models.IntegerField()
"""


@pytest.fixture
def shop(project: Path) -> Path:
    (project / "orders" / "models.py").write_text(MODEL)
    return project


def found(*arguments: str | Path, **environment: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(
        djdesk("search", *arguments, "--format", "json", **environment).stdout
    )
    return answer


def test_a_project_that_was_never_opened_is_read_and_left_as_it_is(
    shop: Path, unchanged: Any
) -> None:
    unchanged(shop)
    result = djdesk("search", "line it", shop)

    first = result.stdout.splitlines()[0]
    assert result.returncode == 0
    assert " ".join(first.split()) == "model orders.LineItem orders/models.py:4 model, 2 fields"
    assert "From its source text, read now" in result.stderr


def test_what_only_the_running_project_tells_is_found_with_trust(shop: Path) -> None:
    assert djdesk("search", "permission group", shop, "--kind", "url").returncode == 1
    answer = found("auth group add", shop, "--kind", "url", "--trust")

    assert [one["title"] for one in answer["results"]] == ["/admin/auth/group/add/"]
    assert answer["project"]["source"] == "mixed"


def test_nothing_that_is_called_so_ends_with_1_and_says_so(shop: Path) -> None:
    result = djdesk("search", "parliament", shop)

    assert (result.returncode, result.stdout) == (1, "")
    assert "is called “parliament”" in result.stderr


@pytest.mark.parametrize("arguments", [["…"], ["price", "--limit=0"], ["price", "--kind=x"]])
def test_what_cannot_be_asked_is_refused(shop: Path, arguments: list[str]) -> None:
    result = djdesk("search", arguments[0], shop, *arguments[1:])

    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr


def test_a_folder_without_a_project_ends_with_3(tmp_path: Path) -> None:
    assert djdesk("search", "price", tmp_path).returncode == 3


def test_names_of_the_project_give_a_terminal_no_orders(shop: Path) -> None:
    settings = shop / "shop" / "settings.py"
    settings.write_text(settings.read_text() + "\nLINE_PRICE = 'a\\x1b[2Jb'\n")
    result = djdesk("search", "line_price", shop)

    assert "LINE_PRICE" in result.stdout
    assert "\x1b" not in result.stdout


def test_beside_a_window_its_reading_and_its_runs_are_asked(shop: Path, tmp_path: Path) -> None:
    data = tmp_path / "window"
    with Served(data) as window:
        window.open_trusted(shop)
        here = {"DJDESK_DATA_DIR": str(data)}

        kept = found("auth group add", shop / "orders", **here)
        assert kept["project"] | {"read_at": None} == {
            "root": str(shop),
            "read_at": None,
            "source": "mixed",
            "kept": True,
            "changed_files": 0,
        }
        assert "/admin/auth/group/add/" in [one["title"] for one in kept["results"]]
        assert found("scan", shop, "--kind", "run", **here)["results"][0]["title"] == "#1 scan"

        (shop / "orders" / "models.py").write_text(MODEL.replace("LineItem", "Position"))
        stale = djdesk("search", "position", shop, **here)
        assert stale.returncode == 1
        assert "1 file changed since; --fresh reads it now" in stale.stderr
        assert djdesk("search", "position", shop, "--fresh", **here).returncode == 0


def test_a_database_of_another_version_is_left_alone(shop: Path, tmp_path: Path) -> None:
    file = tmp_path / "djdesk.sqlite3"
    file.write_bytes(b"no database, but somebody's")
    answer = found("price", shop, DJDESK_DATA_DIR=str(tmp_path))

    assert answer["project"]["kept"] is False
    assert answer["results"][0]["title"] == "orders.LineItem.price"
    assert file.read_bytes() == b"no database, but somebody's"
