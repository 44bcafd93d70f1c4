"""A project's own command runs only when it is allowed as it is defined now, and isolated."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.http.response import HttpResponseBase
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from inspector_app.commands import registry
from inspector_app.commands.own import consent
from inspector_app.errors import Problem
from inspector_app.models import Workspace, WorkspaceTaskRun
from inspector_app.runs.create import create_run
from inspector_app.runs.execute import execute
from inspector_app.runs.proven import candidates, tier_for, unproven
from inspector_app.views import api_commands, api_runs
from inspector_app.views.commands import commands
from inspector_app.workspaces import trust
from tests.commands.own_project import DEFINITION, offer_report
from tests.runs.project import opened

pytestmark = pytest.mark.django_db(transaction=True)
Status = WorkspaceTaskRun.Status

# A launcher whose self-test claims what the test wants; it starts nothing.
LAUNCHER = """\
#!{python}
import json, sys
print(json.dumps({{"v": 1, "tiers": [
    {{"tier": tier, "works": tier in {works!r}, "reason": "because the test says so"}}
    for tier in ("copy-on-write", "write-blocked", "shadow", "guarded")]}}))
"""


@pytest.fixture
def shop(project: Path) -> Workspace:
    """A trusted project that offers the command ``report``."""
    return opened(offer_report(project))


@pytest.fixture
def proves(tmp_path: Path, settings: Settings) -> Callable[..., None]:
    """Make the self-test prove the tiers named, and no other."""

    def prove(*works: str) -> None:
        launcher = tmp_path / f"jail-{'-'.join(works) or 'none'}"
        launcher.write_text(LAUNCHER.format(python=sys.executable, works=works))
        launcher.chmod(0o755)
        settings.DJDESK_JAIL = launcher

    return prove


def allow(workspace: Workspace) -> None:
    preset = registry.get("report", workspace)
    consent.grant(workspace, preset, preset.digest)


def code_of(refused: Callable[[], Any]) -> str:
    with pytest.raises(Problem) as caught:
        refused()
    assert caught.value.message.endswith(".")
    return caught.value.code


def asked(workspace: Workspace, **options: Any) -> WorkspaceTaskRun:
    return create_run(workspace, "report", {"days": 3}, enqueue=False, **options)


def test_without_consent_it_is_refused(shop: Workspace, proves: Callable[..., None]) -> None:
    proves("copy-on-write")

    assert code_of(lambda: asked(shop)) == "not_allowed_yet"


def test_with_consent_it_asks_for_the_proven_isolating_tiers(
    shop: Workspace, proves: Callable[..., None]
) -> None:
    allow(shop)
    proves("copy-on-write", "shadow", "guarded")
    report = registry.get("report", shop)
    assert candidates(report, asked(shop).tier) == ["copy-on-write", "shadow"]
    proves("shadow", "guarded")
    assert candidates(report, asked(shop).tier) == "shadow"
    proves("copy-on-write", "shadow", "guarded")
    assert asked(shop, tier="shadow").tier == "shadow"


def test_without_a_proven_isolation_it_is_refused_and_told_why(
    shop: Workspace, proves: Callable[..., None]
) -> None:
    allow(shop)
    proves("write-blocked", "guarded")

    with pytest.raises(Problem) as caught:
        asked(shop)
    assert caught.value.code == "tier_unavailable"
    assert "shadow: because the test says so" in caught.value.message


@pytest.mark.parametrize("tier", ["guarded", "write-blocked"])
def test_a_weaker_tier_is_refused_even_when_it_is_asked_for(
    shop: Workspace, proves: Callable[..., None], tier: str
) -> None:
    allow(shop)
    proves("copy-on-write", "write-blocked", "shadow", "guarded")

    assert code_of(lambda: asked(shop, tier=tier)) == "tier_not_allowed"


@pytest.mark.parametrize("launcher", ["/nowhere/djdesk-jail", "/bin/false", "/bin/echo"])
def test_a_launcher_that_proves_nothing_is_no_isolation(
    shop: Workspace, settings: Settings, launcher: str
) -> None:
    settings.DJDESK_JAIL = Path(launcher)

    assert code_of(lambda: tier_for(registry.get("report", shop), "auto")) == ("tier_unavailable")


def test_djdesk_s_own_presets_run_in_any_tier(shop: Workspace, proves: Callable[..., None]) -> None:
    proves()

    assert tier_for(registry.get("check", shop), "guarded") == "guarded"


def test_a_changed_definition_asks_again(
    project: Path, shop: Workspace, proves: Callable[..., None]
) -> None:
    proves("copy-on-write")
    allow(shop)
    (project / "djdesk.toml").write_text(DEFINITION.replace("90", "9000"))

    assert code_of(lambda: asked(shop)) == "not_allowed_yet"
    assert consent.state(shop, registry.get("report", shop)) == "changed"
    allow(shop)
    assert asked(shop).preset == "report"


def test_consent_is_for_one_workspace(
    shop: Workspace, tmp_path: Path, proves: Callable[..., None]
) -> None:
    proves("copy-on-write")
    allow(shop)
    shutil.copytree(shop.root, tmp_path / "twin")

    assert code_of(lambda: asked(opened(tmp_path / "twin"))) == "not_allowed_yet"


def test_consent_falls_with_trust(shop: Workspace, proves: Callable[..., None]) -> None:
    proves("copy-on-write")
    allow(shop)
    trust.withdraw(shop)
    trust.grant(shop)

    assert code_of(lambda: asked(shop)) == "not_allowed_yet"


def test_trust_is_needed_as_well(shop: Workspace, proves: Callable[..., None]) -> None:
    proves("copy-on-write")
    trust.withdraw(shop)
    allow(shop)

    assert code_of(lambda: asked(shop)) == "not_trusted"


@pytest.mark.parametrize("change", ["definition", "consent", "tier", "file", "params"])
def test_the_worker_looks_at_everything_again(
    project: Path, shop: Workspace, proves: Callable[..., None], change: str
) -> None:
    proves("copy-on-write")
    allow(shop)
    run = asked(shop)
    match change:
        case "definition":
            (project / "djdesk.toml").write_text(DEFINITION.replace("90", "91"))
        case "consent":
            consent.withdraw(shop, "report")
        case "tier":
            WorkspaceTaskRun.objects.filter(pk=run.pk).update(tier="guarded")
        case "file":
            (project / "djdesk.toml").unlink()
        case "params":
            WorkspaceTaskRun.objects.filter(pk=run.pk).update(params={"days": 91})
    execute(run.pk)
    run.refresh_from_db()

    assert (run.status, run.pid, run.exit_code) == (Status.FAILED, None, None)
    assert run.message
    assert not (project / "report.txt").exists()


def posted(view: Callable[..., HttpResponseBase], body: Any, **path: str) -> tuple[int, Any]:
    request = RequestFactory().post("/", json.dumps(body), content_type="application/json")
    response = view(request, **path)
    return response.status_code, json.loads(response.content)  # type: ignore[attr-defined]


def test_the_api_allows_what_was_shown_and_nothing_else(
    shop: Workspace, proves: Callable[..., None]
) -> None:
    proves("copy-on-write")
    ask = {"workspace": shop.slug, "preset": "report", "params": {}}
    assert posted(api_runs.create, ask)[0] == 403
    listed = api_commands.presets(RequestFactory().get("/"), slug=shop.slug)
    presets = json.loads(listed.content)["presets"]  # type: ignore[attr-defined]
    digest = next(one["digest"] for one in presets if one["name"] == "report")

    for wrong in ("", "0" * 64, digest[:12], 5, [digest]):
        body = {"preset": "report", "digest": wrong}
        assert posted(api_commands.consents, body, slug=shop.slug)[0] == 409
    assert posted(api_commands.consents, {"preset": "report"}, slug=shop.slug)[0] == 422
    assert (
        posted(api_commands.consents, {"preset": "check", "digest": "x"}, slug=shop.slug)[0] == 422
    )

    body = {"preset": "report", "digest": digest}
    assert posted(api_commands.consents, body, slug=shop.slug) == (
        200,
        {"preset": "report", "consent": "given"},
    )
    assert posted(api_runs.create, ask)[0] == 201
    body["digest"] = None
    assert posted(api_commands.consents, body, slug=shop.slug)[1]["consent"] == "missing"


def test_the_page_lists_it_and_says_what_is_missing(
    shop: Workspace, proves: Callable[..., None]
) -> None:
    proves("guarded")
    page = commands(RequestFactory().get("/", {"preset": "report"}), slug=shop.slug)
    text = page.content.decode()

    assert "Own commands" in text
    assert "you have not allowed it yet" in text
    assert "It cannot run on this machine." in text


def test_the_page_shows_the_rest_when_the_file_is_bad(project: Path, shop: Workspace) -> None:
    (project / "djdesk.toml").write_text("[commands.report]\n'<b>' = 1\n")
    text = commands(RequestFactory().get("/"), slug=shop.slug).content.decode()

    assert "commands.report.&#x27;&lt;b&gt;&#x27;: this key is not known here." in text
    assert "showmigrations" in text


def test_a_file_that_says_nothing_new_is_no_reason_to_ask(
    project: Path, shop: Workspace, proves: Callable[..., None]
) -> None:
    proves("copy-on-write")
    allow(shop)
    (project / "djdesk.toml").write_text("# a comment\n" + DEFINITION)

    assert asked(shop).preset == "report"


def cli(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "backend.sidecar", "cli", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env=os.environ,
    )


@pytest.mark.usefixtures("shop")
def test_the_command_line_wants_the_digest_each_time(project: Path) -> None:
    listed = json.loads(cli("presets", project, "--json").stdout)["presets"]
    digest = next(one["digest"] for one in listed if one["name"] == "report")
    assert digest in cli("presets", project).stdout

    for extra in ([], ["--consent", digest[:-1]]):
        refused = cli("run", project, "report", "--trust", *extra)
        assert (refused.returncode, refused.stdout) == (2, "")
    weaker = cli("run", project, "report", "--trust", "--consent", digest, "--tier", "guarded")
    assert weaker.returncode == 2
    assert "never runs in the tier guarded" in weaker.stderr
    assert not (project / "report.txt").exists()


@pytest.mark.usefixtures("shop")
def test_a_bad_file_is_told_on_the_command_line(project: Path) -> None:
    (project / "djdesk.toml").write_text("commands = 1\n")
    told = cli("presets", project)

    assert told.returncode == 2
    assert "djdesk.toml: commands: expected a table." in told.stderr
    assert told.stdout.startswith("check: ")


def test_where_isolation_is_proven_it_runs_and_leaves_nothing(
    project: Path, shop: Workspace
) -> None:
    preset = registry.get("report", shop)
    allow(shop)
    if len(unproven(preset.tiers)) == len(preset.tiers):
        assert code_of(lambda: asked(shop)) == "tier_unavailable"
        return
    run = asked(shop)
    execute(run.pk)
    run.refresh_from_db()

    assert (run.status, run.exit_code) == (Status.SUCCEEDED, 0), run.message
    assert run.tier in preset.tiers
    assert "orders of 3 days" in run.log.text()
    assert run.files_changed == []
    assert not (project / "report.txt").exists()
