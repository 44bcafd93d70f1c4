"""A command that writes runs where isolation is proven, and nowhere else, by whatever road."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from inspector_app.commands import registry
from inspector_app.commands.describe import described
from inspector_app.errors import Problem
from inspector_app.models import Scan, Workspace, WorkspaceTaskRun
from inspector_app.runs import policy
from inspector_app.runs.create import create_run
from inspector_app.runs.execute import execute
from inspector_app.views import api_runs
from inspector_app.views.commands import commands
from tests.proving import require
from tests.rehearsals.rehearsing import MODEL
from tests.runs.project import executed, opened

pytestmark = pytest.mark.django_db(transaction=True)

REHEARSALS = ("rehearse-makemigrations", "rehearse-migrate", "rehearse-collectstatic")

# A launcher whose trial of the tiers ends as the test wants; it runs nothing.
LAUNCHER = """\
#!{python}
import json
print(json.dumps({{"v": 1, "tiers": {tiers!r}}}))
"""


@pytest.fixture
def shop(project: Path) -> Workspace:
    (project / "orders" / "models.py").write_text(MODEL.format(field="BooleanField()"))
    return opened(project)


@pytest.fixture
def proves(tmp_path: Path, settings: Settings) -> Callable[..., None]:
    def prove(**attempts: dict[str, str] | None) -> None:
        """The trial of each tier: what its attempts ended in, or None where it does not work."""
        tiers = [
            {
                "tier": tier.replace("_", "-"),
                "works": found is not None,
                "reason": "because the test says so",
                "attempts": found or {},
            }
            for tier, found in attempts.items()
        ]
        launcher = tmp_path / f"jail-{len(list(tmp_path.iterdir()))}"
        launcher.write_text(LAUNCHER.format(python=sys.executable, tiers=tiers))
        launcher.chmod(0o755)
        settings.DJDESK_JAIL = launcher

    return prove


def code_of(refused: Callable[[], Any]) -> str:
    with pytest.raises(Problem) as caught:
        refused()
    assert caught.value.message.endswith(".")
    return caught.value.code


@pytest.fixture
def mounted_below(shop: Workspace) -> Iterator[Path]:
    """A project with a file system of its own in one of its folders, as containers make it."""
    if os.getuid() != 0:
        pytest.skip("only root can mount")
    folder = shop.root_path / "media"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "none", str(folder)], check=True)
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_folder_for_which_a_tier_does_not_work_is_rehearsed_in_the_next(
    shop: Workspace, mounted_below: Path
) -> None:
    require("copy-on-write")
    require("shadow")
    (mounted_below / "upload").touch()
    run = executed(shop, "rehearse-migrate")

    assert (run.status, run.tier) == ("succeeded", "shadow"), (run.message, run.log.text())
    assert "copy-on-write does not work here: overlay of the project" in run.log.text()

    run = executed(shop, "rehearse-migrate", tier="copy-on-write")
    assert (run.status, "guarded" in run.hint) == ("failed", False)


@pytest.mark.parametrize("preset", REHEARSALS)
@pytest.mark.parametrize("tier", ["write-blocked", "guarded"])
def test_a_weaker_tier_is_refused(shop: Workspace, preset: str, tier: str) -> None:
    assert code_of(lambda: create_run(shop, preset, {}, tier=tier)) == "tier_not_allowed"
    assert not shop.runs.exists()


@pytest.mark.parametrize("preset", REHEARSALS)
def test_without_a_proof_it_is_refused(
    shop: Workspace, proves: Callable[..., None], preset: str
) -> None:
    proves(copy_on_write=None, write_blocked={}, shadow=None, guarded={})

    assert code_of(lambda: create_run(shop, preset, {})) == "tier_unavailable"


@pytest.mark.parametrize("attempt", ["outside", "network", "unix_socket"])
def test_a_tier_that_lets_a_write_through_elsewhere_is_no_proof(
    shop: Workspace, proves: Callable[..., None], attempt: str
) -> None:
    through = {attempt: "happened"}
    proves(copy_on_write=None, shadow=through)
    assert code_of(lambda: create_run(shop, "rehearse-migrate", {})) == "tier_unavailable"

    proves(copy_on_write=through, shadow={attempt: "refused"})
    run = create_run(shop, "rehearse-migrate", {}, enqueue=False)
    assert run.tier == "shadow"


def test_the_worker_asks_again(project: Path, shop: Workspace, proves: Callable[..., None]) -> None:
    proves(copy_on_write={})
    run = create_run(shop, "rehearse-makemigrations", {}, enqueue=False)
    proves(copy_on_write=None, shadow=None, guarded={})
    execute(run.pk)
    run.refresh_from_db()

    assert (run.status, run.pid) == ("failed", None)
    assert "no isolation is proven" in run.message
    assert not (project / "orders" / "migrations" / "0001_initial.py").exists()


def test_a_row_that_asks_for_a_weaker_tier_is_not_executed(project: Path, shop: Workspace) -> None:
    run = WorkspaceTaskRun.objects.create(
        workspace=shop,
        number=1,
        preset="rehearse-makemigrations",
        argv=["python", "manage.py", "makemigrations"],
        cwd=shop.root,
        timeout_s=60,
        tier="guarded",
    )
    execute(run.pk)
    run.refresh_from_db()

    assert (run.status, run.pid) == ("failed", None)
    assert "never runs in the tier guarded" in run.message
    assert not (project / "orders" / "migrations" / "0001_initial.py").exists()


def test_over_http_it_is_refused_with_a_sentence(shop: Workspace) -> None:
    body = {"workspace": shop.slug, "preset": "rehearse-migrate", "tier": "guarded"}
    request = RequestFactory().post("/", json.dumps(body), content_type="application/json")
    answer = json.loads(api_runs.create(request).content)  # type: ignore[attr-defined]

    assert answer["error"]["code"] == "tier_not_allowed"
    assert answer["error"]["field"] == "tier"


def test_on_the_command_line_it_is_refused_with_a_sentence(project: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.patch"
    done = subprocess.run(
        [
            *(sys.executable, "-m", "backend.sidecar", "cli", "run", str(project)),
            *("rehearse-migrate", "--trust", "--tier", "write-blocked", "--patch", str(target)),
        ],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert "never runs in the tier write-blocked" in done.stderr
    assert not target.exists()


def test_a_machine_without_proof_is_told_so_before(
    shop: Workspace, proves: Callable[..., None]
) -> None:
    proves(copy_on_write=None, shadow={"outside": "happened"}, guarded={})
    presets = {one["name"]: one for one in described(shop)["presets"]}
    request = RequestFactory().get("/", {"preset": "rehearse-migrate"})
    page = commands(request, slug=shop.slug).content.decode()

    assert presets["check"]["impossible"] is None
    assert set(presets["rehearse-migrate"]["impossible"]) == {"copy-on-write", "shadow"}
    assert "It cannot run on this machine." in page
    assert "disabled" in page.partition('type="submit"')[2][:20]


def test_switched_off_it_is_no_command(shop: Workspace, settings: Settings) -> None:
    settings.INSPECTOR_SAFE_COMMANDS = ["check", "makemigrations", "migrate"]

    assert code_of(lambda: create_run(shop, "rehearse-migrate", {})) == "command_not_allowed"


@pytest.mark.parametrize(
    ("preset", "params", "field"),
    [
        ("rehearse-makemigrations", {"name": "--settings=x"}, "name"),
        ("rehearse-makemigrations", {"name": "../../x"}, "name"),
        ("rehearse-makemigrations", {"name": "a b"}, "name"),
        ("rehearse-makemigrations", {"dry_run": True}, "dry_run"),
        ("rehearse-makemigrations", {"empty": "yes"}, "empty"),
        ("rehearse-collectstatic", {"ignore_patterns": ["--settings=x"]}, "ignore_patterns"),
        ("rehearse-collectstatic", {"ignore_patterns": "*.css"}, "ignore_patterns"),
        ("rehearse-collectstatic", {"ignore_patterns": ["a\nb"]}, "ignore_patterns"),
        ("rehearse-collectstatic", {"ignore_patterns": ["a\0"]}, "ignore_patterns"),
        ("rehearse-migrate", {"settings": "x"}, "settings"),
        ("rehearse-migrate", {"app_label": "orders", "migration_name": "-x"}, "migration_name"),
        ("rehearse-migrate", {"plan": True}, "plan"),
    ],
)
def test_a_value_that_is_not_what_it_should_be_is_refused(
    shop: Workspace, preset: str, params: dict[str, Any], field: str
) -> None:
    with pytest.raises(Problem) as caught:
        registry.validate(registry.get(preset, shop), params, shop)

    assert caught.value.field == field


@pytest.mark.parametrize("params", [{}, {"database": "default"}])
def test_a_database_behind_a_server_is_refused(shop: Workspace, params: dict[str, Any]) -> None:
    databases = [{"alias": "default", "engine": "postgresql"}]
    scan = Scan(workspace=shop, state="done")
    scan.report = {"databases": databases}
    scan.save()

    with pytest.raises(Problem) as caught:
        create_run(shop, "rehearse-migrate", params)
    assert "a rehearsal reaches no server" in caught.value.message
    assert caught.value.field == "database"


def test_the_network_stays_off_even_where_it_is_allowed(shop: Workspace, tmp_path: Path) -> None:
    shop.network = True
    run = WorkspaceTaskRun(workspace=shop, argv=["python"], cwd=shop.root, timeout_s=1)
    asked = {
        name: policy.build(run, registry.get(name, shop), tmp_path)[0]["network"]
        for name in ("check", *REHEARSALS)
    }

    assert asked == {"check": True, **dict.fromkeys(REHEARSALS, False)}


def test_by_itself_the_strongest_isolating_tier_is_used(shop: Workspace) -> None:
    require("copy-on-write")

    assert executed(shop, "rehearse-migrate").tier == "copy-on-write"
