"""What the page of a run offers when the run did not succeed."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

from tests.serving import Served

SLOW = """
import time
from django.core.checks import Tags, register

@register(Tags.database)
def stock(app_configs, databases, **kwargs):
    if databases:
        time.sleep(60)
    return []
"""


def ran(served: Served, slug: str, params: dict[str, Any], **more: object) -> str:
    """The page of a ``check`` that ended."""
    asked = {"workspace": slug, "preset": "check", "params": params, **more}
    run = served.post("/api/task-runs/", asked)[1]
    served.wait_until(f"/api/task-runs/{run['id']}/", lambda one: one["finished_at"])
    return html.unescape(served.get(f"/w/{slug}/runs/{run['number']}/")[1].decode())


def steps(page: str) -> dict[str, str]:
    """What each step is called, and where it leads; empty for one that runs at once."""
    part = page.partition('<ul class="next')[2].partition("</ul>")[0]
    titles = re.findall(r'<p class="med">(.*?)</p>', part)
    links = [re.search(r'href="(.*?)"', step) for step in part.split("<li>")[1:]]
    return dict(zip(titles, (link[1] if link else "" for link in links), strict=True))


def test_a_check_that_took_too_long_can_do_without_databases(served: Served, project: Path) -> None:
    (project / "orders" / "models.py").write_text(SLOW)
    slug = served.open_trusted(project)

    page = ran(served, slug, {"databases": ["default"], "deploy": True}, timeout=1)

    assert steps(page) == {
        "Allow 3 s for this command": "",
        "Leave out the checks of databases": f"/w/{slug}/commands/?preset=check&deploy=True",
        "Change the parameters": (
            f"/w/{slug}/commands/?preset=check&deploy=True&databases=default"
        ),
    }


def test_a_command_that_failed_leads_to_what_the_scan_found(served: Served, project: Path) -> None:
    (project / "orders" / "models.py").write_text("import no_such_package\n")
    slug = served.open_trusted(project)

    page = ran(served, slug, {})

    assert steps(page)["See what the newest scan found"] == f"/w/{slug}/"
    assert "The package no_such_package is not installed" in page
