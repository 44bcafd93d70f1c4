"""What a page offers to take away."""

from __future__ import annotations

import json
from pathlib import Path

from inspector_app.scans.counts import declared
from tests.serving import Served


def test_every_format_tells_of_the_same_scan(served: Served, sample: Path) -> None:
    served.open_first_page()
    slug = served.post("/api/workspaces/", {"path": str(sample)})[1]["workspace"]["slug"]
    address = f"/w/{slug}/export"
    served.wait_until(f"/api/workspaces/{slug}/status/", lambda now: now["scan"]["finished_at"])

    report = json.loads(served.get(f"{address}.json")[1])
    told = {kind: served.get(f"{address}.{kind}")[1].decode() for kind in ("html", "md", "ipynb")}

    names = [model["name"] for app in report["apps"] if app["path"] for model in declared(app)]
    assert names
    for kind, text in told.items():
        assert [name for name in names if name not in text] == [], kind


def test_a_format_that_is_not_written_is_said(served: Served, project: Path) -> None:
    served.open_first_page()
    slug = served.post("/api/workspaces/", {"path": str(project)})[1]["workspace"]["slug"]

    status, page = served.get(f"/w/{slug}/export.docx")

    assert status == 422
    assert "is not an export format" in page.decode()
