from __future__ import annotations

from pathlib import Path

import pytest

from tests.scans.asking import Answer, answer, ask_django, manage, read
from tests.scans.edge import make_edge_project

SETTINGS = "edge.settings.dev"


def write(root: Path, app: str, name: str, depends: list[tuple[str, str]], more: str = "") -> None:
    folder = root / app / "migrations"
    folder.mkdir(exist_ok=True)
    (folder / "__init__.py").touch()
    (folder / f"{name}.py").write_text(
        "from django.db import migrations\n\n"
        "class Migration(migrations.Migration):\n"
        f"    dependencies = {depends!r}\n    operations = []\n{more}"
    )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_edge_project(tmp_path)


def compared(root: Path) -> Answer:
    """The static answer, after it was found equal to Django's."""
    said, known = ask_django(root, SETTINGS), answer(read(root, SETTINGS))
    assert known.migrations == said.migrations
    assert known.conflicts == said.conflicts
    return known


def test_generated_migrations_are_listed(root: Path) -> None:
    for app in ("people", "shop", "stock", "reviews"):
        assert manage(root, "makemigrations", "-v0", "--skip-checks", app).returncode == 0

    known = compared(root)

    assert known.conflicts == {}
    assert known.migrations["people"] == ["0001_initial"]


def test_two_leaves_are_a_conflict(root: Path) -> None:
    write(root, "stock", "0001_initial", [])
    write(root, "stock", "0002_left", [("stock", "0001_initial")])
    write(root, "stock", "0002_right", [("stock", "0001_initial")])

    assert compared(root).conflicts == {"stock": ["0002_left", "0002_right"]}


def test_a_merge_ends_the_conflict(root: Path) -> None:
    write(root, "stock", "0001_initial", [])
    write(root, "stock", "0002_left", [("stock", "0001_initial")])
    write(root, "stock", "0002_right", [("stock", "0001_initial")])
    write(root, "stock", "0003_merge", [("stock", "0002_left"), ("stock", "0002_right")])

    assert compared(root).conflicts == {}


def test_a_squashed_migration_stands_for_what_it_replaces(root: Path) -> None:
    write(root, "stock", "0001_initial", [])
    write(root, "stock", "0002_more", [("stock", "0001_initial")])
    write(root, "stock", "0003_last", [("stock", "0002_more")])
    replaces = [("stock", "0001_initial"), ("stock", "0002_more")]
    write(root, "stock", "0001_squashed", [], f"    replaces = {replaces!r}\n")

    known = compared(root)

    assert known.conflicts == {}
    assert len(known.migrations["stock"]) == 4


def test_a_dependency_on_another_app_is_no_link_between_leaves(root: Path) -> None:
    write(root, "stock", "0001_initial", [("shop", "0001_initial")])
    write(root, "stock", "0002_more", [("stock", "0001_initial")])
    write(root, "shop", "0001_initial", [])

    assert compared(root).conflicts == {}


def test_a_folder_without_init_holds_no_migrations(root: Path) -> None:
    write(root, "stock", "0001_initial", [])
    (root / "stock" / "migrations" / "__init__.py").unlink()

    assert "stock" not in compared(root).migrations


def test_files_that_django_passes_over_are_none(root: Path) -> None:
    write(root, "stock", "0001_initial", [])
    for name in ("_helper.py", "notes.txt", "~0001_initial.py"):
        (root / "stock" / "migrations" / name).touch()

    assert compared(root).migrations["stock"] == ["0001_initial"]


def test_migration_modules_may_be_elsewhere_or_nowhere(root: Path) -> None:
    write(root, "stock", "0001_initial", [])
    write(root, "shop", "0001_initial", [])
    write(root, "legacy", "0009_elsewhere", [])
    settings = root / "edge" / "settings" / "dev.py"
    settings.write_text(
        settings.read_text()
        + "MIGRATION_MODULES = {'stock': 'legacy.migrations', 'shop': None, 'legacy': None}\n"
    )

    known = compared(root)

    assert known.migrations["stock"] == ["0009_elsewhere"]
    assert "shop" not in known.migrations


def test_a_migration_that_cannot_be_read_is_listed_and_noted(root: Path) -> None:
    write(root, "stock", "0001_initial", [])
    (root / "stock" / "migrations" / "0002_broken.py").write_text("def (:\n")

    reading = read(root, SETTINGS)

    assert answer(reading).migrations["stock"] == ["0001_initial", "0002_broken"]
    assert reading.sections["migrations"]["error"] == (
        "stock/migrations/0002_broken.py has a syntax error in line 1"
    )


def test_what_is_applied_is_not_known_and_not_made_up(root: Path) -> None:
    write(root, "stock", "0001_initial", [])

    entries = [one for found in read(root, SETTINGS).migrations.apps.values() for one in found]

    assert {one["applied"] for one in entries} == {None}
