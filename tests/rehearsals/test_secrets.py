"""Secrets in what a command would write never reach DJDesk's disk, its pages or a patch."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from inspector_app.views.rehearsal import rehearsal_context
from tests.rehearsals.rehearsing import by_path, patch, patched, writing, written
from tests.runs.project import opened

pytestmark = pytest.mark.django_db(transaction=True)

SECRET = "Zk7-wQ92xhT-4pLm"
TOKEN = "ghp_" + "a1B2c3D4e5F6g7H8i9J0" * 2
INNER = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC" * 2
KEY = f"-----BEGIN PRIVATE KEY-----\n{INNER}\n-----END PRIVATE KEY-----"


@pytest.fixture
def shop(project: Path) -> Path:
    (project / ".env").write_text(f"SERVICE_TOKEN={SECRET}\n")
    (project / "notes.txt").write_text("".join(f"line {n}\n" for n in range(40)) + SECRET + "\n")
    return project


def anywhere(*words: str) -> list[Path]:
    """Files below DJDesk's data directory that hold one of ``words``."""
    files = [path for path in Path(settings.DJDESK_RUNS_DIR).parent.rglob("*") if path.is_file()]
    return [path for path in files for word in words if word.encode() in path.read_bytes()]


def test_no_secret_of_a_file_is_kept(shop: Path, tmp_path: Path, tier: str) -> None:
    writing(
        shop,
        f"Path('a.txt').write_text('it is {SECRET}, really\\n')\n"
        f"Path('b.txt').write_text('token {TOKEN}\\n')\n"
        f"Path('key.pem').write_text({KEY!r} + '\\n')\n"
        f"Path('{SECRET}.txt').write_text('by its name')\n"
        "Path('beside.txt').write_text('harmless\\n')",
    )
    result, run = written(opened(shop), tier)

    assert anywhere(SECRET, TOKEN, INNER) == []
    files = by_path(result)
    assert all(not one["patch"] for path, one in files.items() if path != "beside.txt")
    assert result.facts["redacted"] >= 3
    page = repr(rehearsal_context(run))
    assert "[redacted:" in page
    assert SECRET not in page
    copy = patched(shop, patch(result, run), tmp_path / "patched")
    assert (copy / "beside.txt").read_text() == "harmless\n"
    assert not (copy / "a.txt").exists()


def test_a_secret_elsewhere_in_the_file_does_not_keep_it_out_of_the_patch(
    shop: Path, tmp_path: Path, tier: str
) -> None:
    body = (
        "p = Path('notes.txt'); p.write_text(p.read_text().replace('line 3\\n', 'line three\\n'))"
    )
    writing(shop, body)
    result, run = written(opened(shop), tier)

    assert by_path(result)["notes.txt"]["patch"]
    copy = patched(shop, patch(result, run), tmp_path / "patched")
    before = (shop / "notes.txt").read_text()
    assert (copy / "notes.txt").read_text() == before.replace("line 3\n", "line three\n")


def test_a_line_beside_a_secret_keeps_the_file_out_of_the_patch(shop: Path, tier: str) -> None:
    writing(shop, "p = Path('notes.txt'); p.write_text(p.read_text().replace('line 39', 'line'))")
    result, run = written(opened(shop), tier)

    found = by_path(result)["notes.txt"]
    assert (found["patch"], found["added"], found["removed"]) == (False, 1, 1)
    assert "It holds secrets" in found["note"]
    assert SECRET.encode() not in patch(result, run)


def test_names_in_a_database_are_redacted(shop: Path, tier: str) -> None:
    writing(
        shop,
        "import sqlite3; c = sqlite3.connect('other.sqlite3')\n"
        f"c.execute('CREATE TABLE t (a TEXT DEFAULT \"{SECRET}\")'); c.commit(); c.close()",
    )
    result, _ = written(opened(shop), tier)

    (database,) = result.facts["databases"]
    assert "[redacted:" in database["tables"][0]["columns"][0]["after"]
    assert anywhere(SECRET) == []
