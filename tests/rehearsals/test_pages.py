"""The result of a rehearsal over HTTP, on the command line and on its run's page."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.http.response import HttpResponseBase
from django.test import RequestFactory

from inspector_app import preferences
from inspector_app.models import Workspace, WorkspaceTaskRun
from inspector_app.rehearsals.result import load
from inspector_app.runs import retention
from inspector_app.runs.serialize import run_json
from inspector_app.templatetags.djdesk import state
from inspector_app.views import api_rehearsal
from inspector_app.views.rehearsal import diff
from inspector_app.views.runs import run as run_page
from tests.proving import require
from tests.rehearsals.rehearsing import MODEL, patch, patched, rehearsed, writing, written
from tests.runs.project import executed, opened

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shop(project: Path) -> Workspace:
    (project / "orders" / "models.py").write_text(MODEL.format(field="BooleanField()"))
    return opened(project)


def body_of(response: HttpResponseBase) -> bytes:
    if response.streaming:
        return b"".join(response.streaming_content)  # type: ignore[attr-defined]
    return bytes(response.content)  # type: ignore[attr-defined]


def page_of(run: WorkspaceTaskRun) -> str:
    request = RequestFactory().get("/")
    return body_of(run_page(request, slug=run.workspace.slug, number=run.number)).decode()


def djdesk(*arguments: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "backend.sidecar", "cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_run_tells_in_numbers_what_it_would_change(shop: Workspace, tier: str) -> None:
    _, run = rehearsed(shop, "rehearse-makemigrations", tier=tier)
    summary = run_json(run)["rehearsal"]

    assert (summary["created"], summary["patch"], summary["complete"]) == (1, True, True)
    assert run_json(executed(shop, "check"))["rehearsal"] is None


def test_the_facts_and_the_patch_are_there_to_take(shop: Workspace, tier: str) -> None:
    result, run = rehearsed(shop, "rehearse-makemigrations", tier=tier)
    request = RequestFactory().get("/")
    facts = json.loads(body_of(api_rehearsal.facts(request, run.pk)))
    response = api_rehearsal.patch(request, run.pk)

    assert facts == result.facts
    assert body_of(response) == patch(result, run)
    assert response["Content-Disposition"].endswith('-rehearse-makemigrations.patch"')


def test_a_run_that_is_no_rehearsal_has_no_patch(shop: Workspace) -> None:
    run = executed(shop, "check")
    for view in (api_rehearsal.facts, api_rehearsal.patch):
        response = view(RequestFactory().get("/"), run.pk)
        assert response.status_code == 404
        assert "no result of a rehearsal" in body_of(response).decode()


def test_its_page_shows_the_difference(shop: Workspace, tier: str) -> None:
    _, run = rehearsed(shop, "rehearse-makemigrations", tier=tier)
    page = page_of(run)

    assert "Rehearsed, exit 0" in page
    assert "1 file created" in page
    assert f'href="/api/task-runs/{run.pk}/patch/"' in page
    assert "class Migration(migrations.Migration):" in page


def test_markup_in_what_was_written_is_text(project: Path, tier: str) -> None:
    evil = "<script>alert(1)</script>"
    writing(project, f"Path('a').write_text({evil!r}); Path('<img src=x>').write_text('x')")
    run = executed(
        opened(project),
        "rehearse-collectstatic",
        params={"ignore_patterns": ["*"]},
        tier=tier,
    )
    page = page_of(run)

    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert "<img src=x>" not in page


def test_a_long_difference_is_fetched_when_it_is_opened(project: Path, tier: str) -> None:
    writing(project, "Path('long.txt').write_text('line\\n' * 2_500)")
    run = executed(
        opened(project),
        "rehearse-collectstatic",
        params={"ignore_patterns": ["*"]},
        tier=tier,
    )
    page = page_of(run)
    assert "<ins>" not in page
    address = f"/w/{run.workspace.slug}/runs/{run.number}/diff/0/"
    assert f'hx-get="{address}"' in page

    request = RequestFactory().get("/")
    fetched = body_of(diff(request, slug=run.workspace.slug, number=run.number, file=0)).decode()
    assert fetched.count("<ins>") == 2_000
    assert "The first 2,000 lines are shown." in fetched


def test_the_page_of_a_migration_shows_tables_and_rows(shop: Workspace, tier: str) -> None:
    _, run = rehearsed(shop, "rehearse-migrate", tier=tier)
    page = page_of(run)

    assert "auth_user" in page
    assert "Schema difference of db.sqlite3" in page


def test_what_was_stopped_says_so(project: Path, tier: str) -> None:
    writing(project, "Path('begun').write_text('x'); import time; time.sleep(60)")
    run = executed(opened(project), "rehearse-collectstatic", tier=tier, timeout=5.0)

    assert run.status == WorkspaceTaskRun.Status.TIMED_OUT
    result = load(run.folder)
    assert result is not None
    assert [one["path"] for one in result.facts["files"]] == ["begun"]
    assert not result.facts["complete"]
    assert "It was stopped." in page_of(run)
    assert b"# The command was stopped, so this is only" in patch(result, run)


def test_a_result_takes_its_room_and_goes_with_its_run(shop: Workspace, tier: str) -> None:
    _, run = rehearsed(shop, "rehearse-makemigrations", tier=tier)
    files = [run.folder / name for name in ("rehearsal.json", "rehearsal.diff")]
    assert run.rehearsal_bytes == sum(path.stat().st_size for path in files)

    WorkspaceTaskRun.objects.filter(pk=run.pk).update(rehearsal_bytes=900_000_000)
    small = executed(shop, "check")
    preferences.save({"keep_mb": 500})
    retention.apply()
    assert list(shop.runs.values_list("pk", flat=True)) == [small.pk]
    assert not run.folder.exists()


def test_what_cannot_be_kept_is_said_in_the_log(
    shop: Workspace, tier: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("inspector_app.rehearsals.rehearse.store", full)
    run = executed(shop, "rehearse-makemigrations", tier=tier)

    assert (run.status, run.rehearsal) == ("succeeded", None)
    assert "what it would have changed could not be kept" in run.log.text()


def test_the_command_line_writes_a_patch(project: Path, tmp_path: Path, tier: str) -> None:
    (project / "orders" / "models.py").write_text(MODEL.format(field="BooleanField()"))
    target = tmp_path / "made.patch"
    done = djdesk(
        *("run", project, "rehearse-makemigrations", "name=made", "--trust", "--tier", tier),
        *("--patch", target),
    )

    assert done.returncode == 0, done.stderr
    assert "it would change 2:" in done.stderr
    assert "created orders/migrations/0001_made.py" in done.stderr
    copy = patched(project, target.read_bytes(), tmp_path / "patched")
    assert "CreateModel" in (copy / "orders/migrations/0001_made.py").read_text()
    assert not (project / "orders/migrations/0001_made.py").exists()


def test_the_command_line_has_the_whole_result_in_its_json(project: Path, tier: str) -> None:
    done = djdesk("run", project, "rehearse-migrate", "--trust", "--tier", tier, "--json")
    answer = json.loads(done.stdout)

    assert answer["rehearsal"]["databases"] == 1
    (database,) = answer["rehearsal_result"]["databases"]
    assert "auth_user" in {table["name"] for table in database["tables"]}


def test_a_patch_of_what_only_reads_is_refused(project: Path, tmp_path: Path) -> None:
    done = djdesk("run", project, "check", "--trust", "--patch", tmp_path / "x")

    assert done.returncode == 2
    assert "nothing to put into a patch" in done.stderr
    assert not (tmp_path / "x").exists()


def test_a_file_that_gets_another_mode_is_not_called_empty(project: Path) -> None:
    tier = "copy-on-write"  # In the other one modes stay as they are.
    require(tier)
    writing(project, "os.chmod('shop/urls.py', 0o755)")
    _, run = written(opened(project), tier)

    page = page_of(run)
    assert "0755" in page
    assert "Its content stays as it is." in page
    assert "It is empty." not in page


def test_a_difference_is_read_in_the_order_in_which_it_is_written(project: Path, tier: str) -> None:
    writing(project, r"Path('no\u202etes.txt').write_text('safe \u202edetrever')")
    _, run = written(opened(project), tier)

    page = page_of(run)
    assert "safe \ufffddetrever" in page
    assert "no\ufffdtes.txt" in page
    assert "\u202e" not in page


def test_a_list_of_runs_tells_a_rehearsal_from_a_command(shop: Workspace, tier: str) -> None:
    _, run = rehearsed(shop, "rehearse-makemigrations", tier=tier)

    assert state(run) == "rehearsed, exit 0"
    assert state(executed(shop, "check")) == "exit 0"


def test_what_somebody_removed_from_the_disk_is_named(shop: Workspace, tier: str) -> None:
    _, run = rehearsed(shop, "rehearse-makemigrations", tier=tier)
    assert "not on the disk any more" not in page_of(run)
    shutil.rmtree(run.folder)

    page = page_of(run)
    assert "Its output and what it would change are not on the disk any more." in page
    assert 'id="take-log"' not in page
