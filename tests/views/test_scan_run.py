"""The page of the run that a scan made: as every other, but it is asked for by a scan."""

from __future__ import annotations

from pathlib import Path

from tests.serving import Served


def test_its_log_tells_what_was_read(served: Served, project: Path) -> None:
    slug = served.open_trusted(project)
    status, page = served.get(f"/w/{slug}/runs/1/")
    log = served.get_json("/api/task-runs/1/log/?from=1&count=100")
    lines = [line["text"] for line in log["lines"]]

    assert status == 200
    assert b"djdesk-probe" in page
    assert lines[0].startswith("Django 5.2")
    assert lines[1] == "System check identified no issues (0 silenced)."
    assert lines[2].startswith("Read in ")
    assert "models, migrations" in lines[2]
    assert len(lines) == 3


def test_it_is_run_again_by_another_scan(served: Served, project: Path) -> None:
    slug = served.open_trusted(project)
    _, page = served.get(f"/w/{slug}/runs/1/")

    assert b"Scan again" in page
    assert b"Run again" not in page
    status, answer = served.post("/api/task-runs/", {"workspace": slug, "preset": "scan"})
    assert (status, answer["error"]["code"]) == (422, "command_not_allowed")


def test_one_that_failed_offers_no_other_parameters(served: Served, project: Path) -> None:
    (project / "orders" / "models.py").write_text("import no_such_package\n")
    slug = served.open_trusted(project)
    _, page = served.get(f"/w/{slug}/runs/1/")
    run = served.get_json("/api/task-runs/1/")

    assert (run["preset"], run["status"], run["exit_code"]) == ("scan", "failed", 1)
    assert b"What to do next" not in page
