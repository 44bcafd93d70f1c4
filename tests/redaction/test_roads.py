"""Known secrets go in by every road at once; nothing of them may be on the disk afterwards."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.runs.project import when_loaded
from tests.serving import Served

# The environment of a command is clean, so what a project takes from there is its default, or what
# its env file holds.
SECRETS = {
    "SECRET_KEY": "Zq3-plain-text-of-the-key-000",
    "OTHER_KEY": "Zq4-of-the-env-file-111",
    "DB_PASSWORD": "Zq5/of'the\"database-222",
    "CACHE_PASSWORD": "Zq6-of-the-cache-333",
    "EMAIL_HOST_PASSWORD": "Zq7-of-the-mail-444",
    "NESTED": "Zq8-nested-555",
    "MADE": "Zq9made666",
    "SHORT": "Zq0a",
}
SETTINGS = f"""
import os, pathlib
SECRET_KEY = os.environ.get("SHOP_KEY", {SECRETS["SECRET_KEY"]!r})
DATABASES["replica"] = {{"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:",
    "PASSWORD": {SECRETS["DB_PASSWORD"]!r}, "USER": "shop"}}
CACHES = {{"default": {{"BACKEND": "django.core.cache.backends.redis.RedisCache",
    "LOCATION": "redis://:{SECRETS["CACHE_PASSWORD"]}@localhost:6379/1"}}}}
EMAIL_HOST_PASSWORD = {SECRETS["EMAIL_HOST_PASSWORD"]!r}
PAYMENT = {{"provider": "acme", "accounts": [{{"client_secret": {SECRETS["NESTED"]!r}}}]}}
# Not in any file as it is: only its name tells.
MADE_TOKEN = "".join(["Zq9", "made", "666"])
SHORT_PASSWORD = {SECRETS["SHORT"]!r}
SHOP_API_KEY = (pathlib.Path(__file__).parent.parent / ".env").read_text().split("=")[1].strip()
"""
PRINTING = """
from django.conf import settings
for stream in (sys.stdout, sys.stderr):
    print("key", settings.SECRET_KEY, settings.SHOP_API_KEY, file=stream)
    print(settings.DATABASES["replica"], settings.CACHES, file=stream)
    print(settings.PAYMENT, "mail", settings.EMAIL_HOST_PASSWORD, file=stream)
    stream.write(settings.SECRET_KEY[:10])
    stream.flush()
    stream.write(settings.SECRET_KEY[10:] + " in two writes\\n")
"""
FAILING = """
from django.conf import settings
from django.core import checks
def leaking(app_configs, **kwargs):
    return [checks.Warning("the key is " + settings.SECRET_KEY, id="orders.W001",
        hint="mail " + settings.EMAIL_HOST_PASSWORD, obj=settings.DATABASES["replica"]["PASSWORD"])]
checks.register(leaking)
"""
CRASHING = """
from django.conf import settings
raise RuntimeError(f"no {settings.SECRET_KEY} {settings.CACHES['default']['LOCATION']}")
"""


@pytest.fixture
def secretive(project: Path) -> Path:
    with (project / "shop" / "settings.py").open("a") as file:
        file.write(SETTINGS)
    (project / ".env").write_text(f"SHOP_API_KEY={SECRETS['OTHER_KEY']}\n")
    return project


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "kept"


@pytest.fixture
def engine(folder: Path) -> Iterator[Served]:
    with Served(folder / "data") as served:
        yield served


def run(engine: Served, slug: str, preset: str, **params: Any) -> dict[str, Any]:
    body = {"workspace": slug, "preset": preset, "params": params}
    status, created = engine.post("/api/task-runs/", body)
    assert status == 201, created
    address = f"/api/task-runs/{created['id']}/"
    ended = engine.wait_until(address, lambda one: one["finished_at"])
    assert isinstance(ended, dict)
    return ended


def rescan(engine: Served, slug: str) -> None:
    address = f"/api/workspaces/{slug}/status/"
    before = engine.get_json(address)["scan"]["id"]
    engine.post(f"/api/workspaces/{slug}/scan/", {})
    engine.wait_until(
        address, lambda now: now["scan"]["id"] != before and now["scan"]["finished_at"]
    )


def exports(slug: str) -> list[str]:
    return [f"/w/{slug}/export.{kind}" for kind in ("ipynb", "html", "md", "json")]


def leaks_in(data: bytes) -> list[str]:
    """The secrets that ``data`` shows, in any of the spellings in which it could."""
    text = data.decode("utf-8", "replace")
    spellings = {name: {value, repr(value)[1:-1]} for name, value in SECRETS.items()}
    spellings["DB_PASSWORD"] |= {
        "of\\'the",
        "of&#x27;the",
        json.dumps(SECRETS["DB_PASSWORD"])[1:-1],
    }
    return [name for name, values in spellings.items() if any(value in text for value in values)]


def leaks_on_disk(folder: Path) -> dict[str, list[str]]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    found = {str(path.relative_to(folder)): leaks_in(path.read_bytes()) for path in files}
    return {name: leaks for name, leaks in found.items() if leaks}


def test_no_road_brings_a_secret_to_the_disk_or_the_page(
    engine: Served, secretive: Path, folder: Path
) -> None:
    slug = engine.open_trusted(secretive)
    ids, answers = [], []
    bodies: dict[str, bytes] = {}
    for code, presets in (
        (PRINTING, (("check", {}), ("diffsettings", {}), ("diffsettings", {"all": True}))),
        (FAILING, (("check", {}),)),
        (CRASHING, (("check", {}),)),
    ):
        when_loaded(secretive, textwrap.dedent(code))
        for preset, params in presets:
            answers.append(run(engine, slug, preset, **params))
            ids.append(answers[-1]["id"])
        rescan(engine, slug)
        bodies |= {
            f"{address} {len(ids)}": engine.get(address)[1]
            for address in (f"/w/{slug}/", f"/w/{slug}/runs/", *exports(slug))
        }
    for one in ids:
        for name in ("", "log/?count=2000", "stdout/", "log.txt/"):
            bodies[f"{one} {name}"] = engine.get(f"/api/task-runs/{one}/{name}")[1]
    # A failed command is worth a notification.
    engine.wait_for("notify")
    bodies["status"] = engine.get(f"/api/workspaces/{slug}/status/")[1]
    # A refused request is told, and logged, with what was wrong in it.
    body = {"workspace": slug, "preset": "check", "params": {"tags": [SECRETS["SECRET_KEY"] + "!"]}}
    assert engine.post("/api/task-runs/", body)[0] == 422
    body["params"] = {"tags": [SECRETS["OTHER_KEY"]]}
    status, refused = engine.post("/api/task-runs/", body)
    assert (status, refused["error"]["code"]) == (422, "secret_parameter")
    engine.stop()
    bodies["messages"] = json.dumps(engine.messages).encode()
    bodies["stderr"] = engine.errors().encode()

    assert {name: leaks for name, found in bodies.items() if (leaks := leaks_in(found))} == {}
    assert leaks_on_disk(folder) == {}
    # The test itself works: they were there to be found.
    assert [one["redacted"] > 0 for one in answers] == [True] * len(answers)
    assert leaks_in(SETTINGS.encode()) != []
    with closing(sqlite3.connect(folder / "data" / "djdesk.sqlite3")) as connection:
        parts = connection.execute("select name, value from inspector_reportpart").fetchall()
    assert any("[redacted: SECRET_KEY]" in (value or "") for _, value in parts)
    assert [json.loads(value) for name, value in parts if name == "redacted"][-1] > 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["run", "PROJECT", "diffsettings", "--trust"],
        ["run", "PROJECT", "check", "--trust", "--json"],
        *(["inspect", "PROJECT", "--trust", "--format", one] for one in ("json", "md", "html")),
        ["export", "PROJECT", "--trust", "--format", "ipynb", "-o", "-"],
    ],
    ids=" ".join,
)
def test_the_command_line_shows_no_secret(secretive: Path, arguments: list[str]) -> None:
    when_loaded(secretive, PRINTING + FAILING)
    done = subprocess.run(
        [sys.executable, "-m", "backend.sidecar", "cli"]
        + [str(secretive) if one == "PROJECT" else one for one in arguments],
        capture_output=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )

    assert done.returncode == 0, done.stderr
    assert leaks_in(done.stdout + done.stderr) == []
    assert b"redacted" in (done.stdout + done.stderr).lower()


def test_what_is_no_secret_stays_exact(engine: Served, project: Path) -> None:
    slug = engine.open_trusted(project)
    when_loaded(project, "sys.stdout.buffer.write(bytes(range(256)) * 1000)")
    ended = run(engine, slug, "check")

    assert ended["redacted"] == 0
    written = engine.get(f"/api/task-runs/{ended['id']}/stdout/")[1]
    assert written.startswith(bytes(range(256)) * 1000)


def test_a_download_says_that_it_is_not_byte_exact(engine: Served, secretive: Path) -> None:
    slug = engine.open_trusted(secretive)
    ended = run(engine, slug, "diffsettings")
    with engine.stream(f"/api/task-runs/{ended['id']}/stdout/", {}) as response:
        headers = response.headers

    assert int(headers["X-DJDesk-Redacted"]) == ended["redacted"] > 0
    assert ".redacted.stdout.txt" in headers["Content-Disposition"]
    page = engine.get(ended["url"])[1].decode()
    assert f"{ended['redacted']} secrets redacted" in page


def test_a_run_that_was_lost_still_says_how_many_secrets_it_printed(
    secretive: Path, folder: Path
) -> None:
    code = (
        "from django.conf import settings\nprint(settings.SECRET_KEY, flush=True)\nsignal.pause()"
    )
    with Served(folder / "data") as first:
        slug = first.open_trusted(secretive)
        when_loaded(secretive, code)
        body = {"workspace": slug, "preset": "check", "params": {}}
        run_id = first.post("/api/task-runs/", body)[1]["id"]
        first.wait_until(f"/api/task-runs/{run_id}/log/", lambda log: log["total"])
        first.process.kill()
        first.process.wait()
    with Served(folder / "data") as second:
        second.open_first_page()
        run = second.get_json(f"/api/task-runs/{run_id}/")

    assert (run["status"], run["redacted"]) == ("lost", 1)
    assert leaks_on_disk(folder) == {}
